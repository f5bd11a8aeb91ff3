from datetime import timedelta

import pytest

from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.registro import Aviso, Evento
from consulta.aportes import colas
from consulta.aportes.enums import Causa, EstadoReporte, Situacion
from consulta.aportes.flows.apelar import apelar_remocion, resolver_apelacion
from consulta.aportes.flows.moderar import (
    desestimar_reportes,
    marcar_revisados,
    remover_aporte,
    remover_varios,
    reponer_aporte,
)
from consulta.aportes.flows.reportar import reportar_aporte
from consulta.aportes.models import Aporte, Bloqueo, Reporte
from tests.factories import AHORA
from tests.factories.aportes import aporte, enviar, hilo
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderadora():
    return UserFactory(moderador=True)


@pytest.fixture
def otra():
    return UserFactory(moderador=True)


def remover(uno, por, **campos):
    return remover_aporte(aporte=uno, por=por, ahora=AHORA, **({"causa": "odio"} | campos))


def apelar(uno, **campos):
    datos = {"por": uno.autoria.cuenta, "texto": "No insulté a nadie."} | campos
    return apelar_remocion(aporte=uno, ahora=AHORA + timedelta(hours=1), **datos)


def reportar(uno, por=None, causa="odio"):
    return reportar_aporte(aporte=uno, por=por or UserFactory(), causa=causa, ahora=AHORA)


def balance():
    return Aporte.objects.all().balance(AHORA.date())


def test_a_report_is_one_per_person_and_hides_nothing():
    uno, persona = aporte(), UserFactory()
    primero = reportar(uno, persona)
    assert reportar(uno, persona, causa="publicidad") == primero
    for _i in range(5):
        reportar(uno)
    uno.refresh_from_db()
    assert uno.es_visible
    assert Reporte.objects.filter(aporte=uno).count() == 6


def test_one_does_not_report_ones_own_words_nor_what_is_gone(moderadora):
    uno = aporte()
    with pytest.raises(SinPermiso):
        reportar(uno, uno.autoria.cuenta)
    with pytest.raises(DatoInvalido) as error:
        reportar(uno, causa="me cae mal")
    assert error.value.campo == "causa"
    remover(uno, moderadora)
    with pytest.raises(Conflicto):
        reportar(uno)


def test_removing_keeps_cause_reason_and_date_and_settles_the_reports(moderadora):
    uno = aporte()
    reporte = reportar(uno)
    hecho = remover(uno, moderadora, motivo="Nombra a una vecina.")
    assert (hecho.situacion, hecho.causa, hecho.motivo, hecho.quitado_en) == (
        Situacion.REMOVIDO,
        Causa.ODIO,
        "Nombra a una vecina.",
        AHORA,
    )
    reporte.refresh_from_db()
    assert (reporte.estado, reporte.resuelto_por) == (EstadoReporte.ACOGIDO, moderadora)
    razones = set(Aviso.objects.values_list("razon", flat=True))
    assert {"remocion", "reporte"} <= razones


def test_without_an_explanation_the_cause_speaks(moderadora):
    assert remover(aporte(), moderadora).motivo == Causa.ODIO.label


def test_dismissing_needs_a_note_and_tells_who_reported(moderadora):
    uno = aporte()
    reporte = reportar(uno)
    with pytest.raises(DatoInvalido):
        desestimar_reportes(aporte=uno, por=moderadora, nota=" ", ahora=AHORA)
    assert desestimar_reportes(aporte=uno, por=moderadora, nota="Es opinión.", ahora=AHORA) == 1
    with pytest.raises(Conflicto):
        desestimar_reportes(aporte=uno, por=moderadora, nota="Otra vez.", ahora=AHORA)
    assert Aviso.objects.filter(destino=f"cuenta:{reporte.cuenta_id}", razon="reporte").exists()
    uno.refresh_from_db()
    assert uno.es_visible
    assert uno.revisado_en == AHORA


def test_removing_several_leaves_an_event_each_and_says_which_failed(moderadora):
    propio = aporte(por=moderadora)
    ajenos = [aporte(asunto=propio.asunto) for _i in range(3)]
    tanda = remover_varios(
        aportes=[propio, *ajenos], por=moderadora, causa="publicidad", ahora=AHORA
    )
    assert len(tanda.hechos) == 3
    assert [folio for folio, _m in tanda.errores] == [propio.folio]
    assert Evento.objects.filter(verbo="remover_aporte").count() == 3


def test_sums_hold_when_something_is_removed_and_comes_back_with_its_answer(moderadora):
    uno = aporte()
    responder(uno, por=UserFactory(oficial=True))
    assert balance().respondidos == 1
    remover(uno, moderadora)
    assert balance().cuadra
    assert (balance().respondidos, balance().removidos) == (0, 1)
    reponer_aporte(aporte=uno, por=moderadora, razon="Fue un error.", ahora=AHORA)
    assert balance().cuadra
    assert (balance().respondidos, balance().removidos) == (1, 0)
    uno.refresh_from_db()
    assert (uno.causa, uno.motivo, uno.repuesto_razon) == ("", "", "Fue un error.")


def test_an_appeal_is_made_once_per_removal_by_the_author_or_their_code(moderadora, otra):
    envio = enviar()
    uno = envio.aporte
    with pytest.raises(Conflicto):
        apelar(uno)
    remover(uno, moderadora)
    with pytest.raises(SinPermiso):
        apelar(uno, por=UserFactory())
    with pytest.raises(SinPermiso):
        apelar(uno, por=None, codigo="AAAA-BBBB-CCCC")
    primera = apelar(uno, por=None, codigo=envio.codigo)
    with pytest.raises(Conflicto):
        apelar(uno)
    resolver_apelacion(apelacion=primera, por=otra, acogida=True, razon="Es opinión.", ahora=AHORA)
    uno.refresh_from_db()
    assert uno.es_visible
    remover_aporte(aporte=uno, por=otra, causa="odio", ahora=AHORA + timedelta(days=1))
    uno.refresh_from_db()
    segunda = apelar_remocion(
        aporte=uno, por=uno.autoria.cuenta, texto="Otra vez.", ahora=AHORA + timedelta(days=2)
    )
    assert segunda.removido_por == otra
    assert Aviso.objects.filter(razon="remocion").count() == 2


def test_whoever_removed_does_not_decide_the_appeal_whatever_their_role(otra):
    admin = UserFactory(administrador=True)
    uno = aporte()
    remover(uno, admin)
    apelacion = apelar(uno)
    with pytest.raises(SinPermiso):
        resolver_apelacion(apelacion=apelacion, por=admin, acogida=False, razon="No.", ahora=AHORA)
    with pytest.raises(DatoInvalido):
        resolver_apelacion(apelacion=apelacion, por=otra, acogida=False, razon=" ", ahora=AHORA)
    resolver_apelacion(apelacion=apelacion, por=otra, acogida=False, razon="No.", ahora=AHORA)
    uno.refresh_from_db()
    assert uno.situacion == Situacion.REMOVIDO
    with pytest.raises(Conflicto):
        resolver_apelacion(apelacion=apelacion, por=otra, acogida=True, razon="Sí.", ahora=AHORA)


def test_a_pending_appeal_is_decided_and_not_gone_around(moderadora):
    uno = aporte()
    remover(uno, moderadora)
    apelar(uno)
    with pytest.raises(Conflicto):
        reponer_aporte(aporte=uno, por=moderadora, razon="Ya está.", ahora=AHORA)


def test_marking_as_read_is_audited_once(moderadora):
    filas = [aporte(asunto=AsuntoFactory()) for _i in range(2)]
    assert marcar_revisados(aportes=filas, por=moderadora, ahora=AHORA) == 2
    assert marcar_revisados(aportes=filas, por=moderadora, ahora=AHORA) == 0
    with pytest.raises(SinPermiso):
        marcar_revisados(aportes=filas, por=UserFactory(oficial=True), ahora=AHORA)


def test_settling_reports_costs_the_same_however_many_people_reported(
    moderadora, django_assert_max_num_queries
):
    costos = []
    for personas in (2, 25):
        uno = aporte()
        for _i in range(personas):
            reportar(uno)
        with django_assert_max_num_queries(60) as consultas:
            remover(uno, moderadora)
        costos.append(len(consultas))
        assert Aviso.objects.filter(razon="reporte", objeto__endswith=f":{uno.pk}").count() == (
            personas
        )
    assert costos[1] <= costos[0]  # the first one warms caches


def test_removing_a_root_costs_the_same_with_many_replies_and_leaves_them(
    moderadora, django_assert_max_num_queries
):
    costos = []
    for replicas in (1, 40):
        raiz = aporte()
        hilo(raiz, replicas)
        with django_assert_max_num_queries(60) as consultas:
            remover(raiz, moderadora)
        costos.append(len(consultas))
        assert Aporte.objects.vigentes().filter(raiz=raiz).count() == replicas
    assert costos[1] <= costos[0]  # the first one warms caches


def test_a_block_to_come_is_not_in_force_yet():
    manana = AHORA + timedelta(days=1)
    Bloqueo.objects.create(cuenta=UserFactory(), desde=manana, motivo="X", por=None)
    assert not colas.bloqueos(AHORA).exists()
    assert colas.bloqueos(manana).exists()
