"""Two officials merge, two forms send the same file, at the same instant and on both databases."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from comun.errores import Conflicto, DatoInvalido
from consulta.aportes.enums import TipoAporte
from consulta.aportes.flows.adjuntar import ESPERA, Elegido, purgar_subidas
from consulta.aportes.flows.agrupar import agrupar_propuestas, deshacer_grupo
from consulta.aportes.flows.dividir import PuntoPropuesto, dividir_propuesta, pasajes_de
from consulta.aportes.flows.enviar import enviar_aporte
from consulta.aportes.models import Adjunto, Aporte, Grupo, Pertenece, Punto, Subida
from tests.consulta.aportes.test_carreras import a_la_vez, hasta_que_alguien_espere
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido_de_propuesta
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory, ConsultaFactory
from tests.factories.subidas import elegido, subida

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tres():
    consulta = ConsultaFactory(propuestas=True)
    asunto = AsuntoFactory(consulta=consulta)
    return [aporte(asunto=asunto) for _ in range(3)]


def juntar(aportes, por):
    return agrupar_propuestas(
        aportes=aportes, titulo="Uno", texto="Piden eso.", motivo="Un tema.", por=por, ahora=AHORA
    )


def test_a_proposal_merged_twice_at_once_is_in_one_group(tres):
    oficiales = [UserFactory(oficial=True) for _ in range(6)]
    comun, *otras = tres
    hechos = a_la_vez(
        [
            # Half of them name it last, so that the order of the locks is tried too.
            lambda p=p, i=i: juntar([comun, otras[i % 2]][:: -1 if i % 3 else 1], p)
            for i, p in enumerate(oficiales)
        ]
    )
    assert [isinstance(h, Grupo) for h in hechos].count(True) == 1, hechos
    assert all(isinstance(h, Grupo | Conflicto) for h in hechos), hechos
    assert Pertenece.objects.filter(aporte=comun).count() == 1


def test_a_proposal_divided_twice_at_once_has_the_points_of_one(tres):
    fila = Aporte.objects.con_texto().get(pk=tres[0].pk)
    puntos = [PuntoPropuesto(p) for p in pasajes_de(fila)[:2]]
    oficiales = [UserFactory(oficial=True) for _ in range(4)]
    hechos = a_la_vez(
        [
            lambda p=p: dividir_propuesta(
                aporte=fila, puntos=puntos, motivo="Son dos temas.", por=p, ahora=AHORA
            )
            for p in oficiales
        ]
    )
    assert [isinstance(h, Grupo) for h in hechos].count(True) == 1, hechos
    assert Punto.objects.count() == 2


def test_a_group_undone_twice_at_once_is_undone_once(tres):
    grupo = juntar(tres, UserFactory(oficial=True))
    oficiales = [UserFactory(oficial=True) for _ in range(4)]
    hechos = a_la_vez(
        [
            lambda p=p: deshacer_grupo(grupo=grupo, motivo="Dos temas.", por=p, ahora=AHORA)
            for p in oficiales
        ]
    )
    assert [isinstance(h, Grupo) for h in hechos].count(True) == 1, hechos


def test_a_waiting_file_used_twice_at_once_goes_with_one_proposal():
    asunto = AsuntoFactory(consulta=ConsultaFactory(propuestas=True))
    personas = [UserFactory() for _ in range(6)]
    una, dicho = elegido(asunto.consulta), contenido_de_propuesta()
    hechos = a_la_vez(
        [
            lambda p=p: enviar_aporte(
                asunto=asunto,
                tipo=TipoAporte.PROPUESTA,
                contenido=dicho,
                por=p,
                clave=uuid4(),
                adjuntos=[una],
                ahora=AHORA,
            )
            for p in personas
        ]
    )
    assert [isinstance(h, DatoInvalido) for h in hechos].count(True) == 5, hechos
    assert Aporte.objects.count() == Adjunto.objects.count() == 1
    assert not Subida.objects.exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_a_file_swept_while_its_proposal_is_sent_is_still_there():
    asunto, autora = AsuntoFactory(consulta=ConsultaFactory(propuestas=True)), UserFactory()
    una = subida(asunto.consulta, autora, ahora=AHORA - ESPERA + timedelta(seconds=1))
    dicho = contenido_de_propuesta()
    escrita = threading.Event()

    def enviar():
        with transaction.atomic():
            hecho = enviar_aporte(
                asunto=asunto, tipo=TipoAporte.PROPUESTA, contenido=dicho, por=autora,
                clave=uuid4(), adjuntos=[Elegido(una.token)], ahora=AHORA,
            )  # fmt: skip
            escrita.set()
            hasta_que_alguien_espere()
        return hecho

    def barrer():
        assert escrita.wait(20)
        return purgar_subidas(AHORA + timedelta(seconds=2))

    hechos = a_la_vez([enviar, barrer])
    assert not [h for h in hechos if isinstance(h, Exception)], hechos
    (adjunto,) = Adjunto.objects.all()
    assert adjunto.archivo.storage.exists(adjunto.archivo.name)
