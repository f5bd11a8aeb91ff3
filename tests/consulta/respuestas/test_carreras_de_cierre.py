"""Closing while something else happens: either it came before and is counted, or it shows as a change."""

from datetime import timedelta
from functools import partial

import pytest

from comun.errores import Conflicto
from comun.registro import Evento
from consulta.aportes.flows.moderar import remover_aporte, reponer_aporte
from consulta.aportes.models import Aporte
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.cerrar import FaltaResponder, cerrar_consulta
from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura
from consulta.respuestas.flows.sellar import sellar_respuesta
from consulta.respuestas.models import Cierre, RespuestaVersion
from tests.consulta.aportes.test_carreras import a_la_vez
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db(transaction=True)
LUEGO = AHORA + timedelta(days=30)


def lista():
    consulta = ConsultaFactory()
    uno, otro = aporte(consulta=consulta), aporte(consulta=consulta)
    responder(uno)
    remover_aporte(
        aporte=otro, por=UserFactory(moderador=True), causa="odio", motivo="x", ahora=AHORA
    )
    return consulta, uno, otro


def cerrar(consulta):
    return partial(
        cerrar_consulta, consulta=consulta, por=UserFactory(secretaria=True), ahora=LUEGO
    )


def test_four_people_closing_at_once_close_once():
    consulta, _uno, _otro = lista()
    hechos = a_la_vez([cerrar(consulta) for _ in range(4)])
    assert sum(isinstance(h, Cierre) for h in hechos) == 1
    assert sum(isinstance(h, Conflicto) for h in hechos) == 3
    assert Evento.objects.filter(verbo="cerrar_consulta").count() == 1


@pytest.mark.parametrize("vez", range(4))
def test_a_row_restored_meanwhile_stops_the_closing_or_shows_after_it(vez):
    consulta, _uno, otro = lista()
    reponer = partial(
        reponer_aporte, aporte=otro, por=UserFactory(moderador=True), razon="Error.", ahora=LUEGO
    )
    tareas = [cerrar(consulta), reponer]
    hechos = a_la_vez(tareas if vez % 2 else tareas[::-1])
    cierre = Cierre.objects.filter(pk=consulta.pk).first()
    pendiente = Aporte.objects.pendientes().filter(pk=otro.pk).exists()
    assert pendiente, hechos
    if cierre is None:
        assert any(isinstance(h, FaltaResponder) for h in hechos)
    else:
        eventos = list(
            Evento.objects.filter(verbo__in=("cerrar_consulta", "reponer_aporte")).order_by("seq")
        )
        assert [e.verbo for e in eventos] == ["cerrar_consulta", "reponer_aporte"]
        assert (cierre.recibidos, cierre.respondidos, cierre.removidos) == (2, 1, 1)


@pytest.mark.parametrize("vez", range(4))
def test_an_answer_sealed_meanwhile_stops_the_closing_or_comes_after_it(vez):
    consulta, uno, _otro = lista()
    version = RespuestaVersion.objects.get()
    oficial = UserFactory(oficial=True, institucion=version.respuesta.institucion)
    sellar = partial(
        sellar_respuesta,
        coberturas=[
            LineaDeCobertura(uno, Resultado.ACLARACION, DestinoElegido(porque_nada="Ya."))
        ],
        razon="Otra.", institucion=oficial.institucion, por=oficial, respuesta=version.respuesta,
        motivo_cambio="Se corrige.", ahora=LUEGO,
    )  # fmt: skip
    tareas = [cerrar(consulta), sellar]
    hechos = a_la_vez(tareas if vez % 2 else tareas[::-1])
    assert RespuestaVersion.objects.presentadas().count() == 1, hechos
    verbos = list(
        Evento.objects.filter(verbo__in=("cerrar_consulta", "sellar_respuesta"))
        .order_by("seq")
        .values_list("verbo", flat=True)
    )[-2:]
    if Cierre.objects.exists():
        assert verbos == ["cerrar_consulta", "sellar_respuesta"]
    else:
        assert any(isinstance(h, FaltaResponder) for h in hechos)


@pytest.mark.parametrize("vez", range(4))
def test_the_last_answer_and_the_closing_at_once(vez):
    consulta, _uno, _otro = lista()
    falta, oficial = aporte(consulta=consulta), UserFactory(oficial=True)
    tareas = [cerrar(consulta), partial(responder, falta, razon="La última.", por=oficial)]
    a_la_vez(tareas if vez % 2 else tareas[::-1])
    cierre = Cierre.objects.filter(pk=consulta.pk).first()
    balance = Aporte.objects.de_consulta(consulta).balance(AHORA.date())
    assert balance.cuadra and balance.pendientes == 0
    assert cierre is None or (cierre.recibidos, cierre.respondidos) == (3, 2)
