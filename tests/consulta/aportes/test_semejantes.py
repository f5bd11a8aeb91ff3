"""Proposals about the same thing are found by their rare words, at the same cost however many there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Palabra
from consulta.aportes.semejanza.semejantes import semejantes
from tests.factories import AHORA
from tests.factories.aportes import PROPUESTA, aporte, contenido_de_propuesta
from tests.factories.procesos import ConsultaFactory

pytestmark = pytest.mark.django_db


def propuesta(consulta, titulo, problema, **campos):
    return aporte(
        consulta=consulta,
        dice=contenido_de_propuesta(titulo=titulo, campos=PROPUESTA | {"problema": problema}),
        **campos,
    )


@pytest.fixture
def consulta():
    consulta = ConsultaFactory(propuestas=True)
    for i, que in enumerate(("escuelas", "hospitales", "tribunales", "bibliotecas", "puertos")):
        propuesta(
            consulta, f"Datos abiertos de {que}", f"No se sabe cuántas {que} cierran cada año {i}."
        )
    return consulta


def test_the_one_about_the_same_thing_comes_first(consulta):
    pozos = propuesta(consulta, "Saber cuánta agua queda en mi cuenca", "Nadie publica los pozos.")
    halladas = semejantes(consulta, "Publicar el agua de cada cuenca", "Las cuencas se secan.")
    assert halladas[0].aporte_id == pozos.pk
    assert 0 < halladas[0].parecido <= 1


def test_accents_number_and_gender_do_not_matter(consulta):
    una = propuesta(consulta, "Elección de consejeras comunales", "Los consejos no se eligen.")
    assert semejantes(consulta, "ELECCION de consejeros comunal", "")[0].aporte_id == una.pk


@pytest.mark.parametrize(
    "texto", ["", "a", "de la que", "zxcvbn qwerty", "'; DROP TABLE x; --", "\x00 %s 😀"]
)
def test_what_resembles_nothing_gives_nothing(consulta, texto):
    assert semejantes(consulta, texto, texto) == []


def test_neither_another_consultation_nor_what_was_withdrawn_nor_itself_is_shown(consulta):
    una = propuesta(consulta, "Trenes nocturnos a Chillán", "Los trenes ya no paran.")
    assert semejantes(consulta, "Trenes a Chillán", "")
    assert not semejantes(consulta, "Trenes a Chillán", "", menos=una.pk)
    assert not semejantes(ConsultaFactory(propuestas=True), "Trenes a Chillán", "")
    retirar_aporte(aporte=una, por=una.autoria.cuenta, ahora=AHORA)
    assert not semejantes(consulta, "Trenes a Chillán", "")


def test_only_proposals_keep_words_and_they_cost_the_same_however_many(consulta):
    raiz = propuesta(consulta, "Trenes nocturnos a Chillán", "Los trenes ya no paran.")
    antes = Palabra.objects.count()
    aporte(padre=raiz)
    assert Palabra.objects.count() == antes

    def cuantas():
        with CaptureQueriesContext(connection) as hechas:
            assert semejantes(consulta, "Trenes a Chillán de noche", "Los trenes no paran")
        return len(hechas)

    pocas = cuantas()
    for i in range(20):
        propuesta(consulta, f"Trenes a Chillán número {i}", "Los trenes paran poco.")
    assert cuantas() == pocas <= 3
