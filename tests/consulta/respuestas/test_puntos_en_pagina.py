"""A divided contribution answered by the form: what a point leaves blank is what the whole says."""

import pytest
from django.urls import reverse

from consulta.aportes.flows.dividir import PuntoPropuesto, dividir_propuesta
from consulta.respuestas.models import Cobertura
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido_de_propuesta
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory, EtapaFactory
from tests.factories.respuestas import compromiso

pytestmark = pytest.mark.django_db
PASAJES = ["Primero, publicar los datos.", "Segundo, abrir las sesiones."]


@pytest.fixture
def dividida():
    consulta = ConsultaFactory(etapa=EtapaFactory(tipo="recepcion"))
    uno = aporte(consulta=consulta, dice=contenido_de_propuesta(texto="\n\n".join(PASAJES)))
    dividir_propuesta(
        aporte=uno, puntos=[PuntoPropuesto(p) for p in PASAJES], motivo="Trata dos materias.",
        por=UserFactory(secretaria=True), ahora=AHORA,
    )  # fmt: skip
    return uno


def publicar(client, uno, **de_puntos):
    client.force_login(UserFactory(oficial=True))
    campos = {
        "resultado": "no_incorporada", "razon": "Lo revisamos punto por punto.", "linea": "Gracias.",
        "destino": "nada", "porque_nada": "La norma ya lo regula.", "version_leida": uno.version,
        "accion": "publicar",
    }  # fmt: skip
    puntos = [f"punto-{p.pk}" for p in uno.puntos.order_by("n")]
    propios = {
        f"{puntos[int(n[1]) - 1]}-{campo}": v
        for n, suyos in de_puntos.items()
        for campo, v in suyos.items()
    }
    return client.post(reverse("responder_aporte", args=[uno.pk]), campos | propios)


def dichos(uno):
    vigente = Cobertura.objects.vigentes_de([uno])[uno.pk]
    return vigente, [(p.resultado, p.linea, p.destino.texto) for p in vigente.puntos_dichos]


def test_an_outcome_of_its_own_without_a_place_lands_where_the_whole_does(client, dividida):
    plan = compromiso()
    cual = f"{plan.plan.numero}.{plan.numero}"
    hecha = publicar(
        client, dividida,
        p1={"resultado": "incorporada", "destino": "compromiso", "referencia": cual},
        p2={"resultado": "aclaracion", "porque_nada": "\r\n "},
    )  # fmt: skip
    assert hecha.status_code == 302
    vigente, [uno, dos] = dichos(dividida)
    assert uno[0] == "incorporada" and dos == ("aclaracion", "", "La norma ya lo regula.")
    assert vigente.resultado == "parcial"


def test_a_place_of_its_own_without_an_outcome_is_kept(client, dividida):
    hecha = publicar(
        client, dividida, p1={"destino": "nada", "porque_nada": "Lo ve otro servicio."}
    )
    assert hecha.status_code == 302
    assert dichos(dividida)[1] == [
        ("no_incorporada", "", "Lo ve otro servicio."),
        ("no_incorporada", "", "La norma ya lo regula."),
    ]


def test_a_place_without_its_commitment_is_told_beside_the_point(client, dividida):
    hecha = publicar(client, dividida, p2={"resultado": "parcial", "destino": "compromiso"})
    assert hecha.status_code == 422
    assert "Punto 2" in hecha.content.decode()
