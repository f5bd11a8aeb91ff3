"""Calendars keep their word: announced in time or with a public reason, extended only forward."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from comun.errores import Conflicto, DatoInvalido, FueraDePlazo, SinPermiso
from comun.fechas import comienzo_del_dia, dia_de, ultimo_dia
from comun.registro import Evento
from consulta.procesos.flows.gestionar import crear_consulta, editar_consulta, editar_etapa
from consulta.procesos.flows.plazos import prorrogar_etapa
from consulta.procesos.models import Consulta, Excepcion, Prorroga
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import (
    AsuntoFactory,
    ConsultaFactory,
    EtapaFactory,
    ProcesoFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretaria(db):
    return UserFactory(secretaria=True)


def que_abre_en(dias, **mas):
    inicio = comienzo_del_dia(dia_de(AHORA) + timedelta(days=dias))
    return EtapaFactory(inicio=inicio, fin=inicio + timedelta(days=20), **mas)


def datos(etapa, **mas):
    return {
        "etapa": etapa, "titulo": "t", "slug": "una", "sigla": "UNA", "resumen": "r",
        "que_se_puede_cambiar": "q", "quien_decide": "d", "publicada": True, "ahora": AHORA,
        "responder_antes_de": AHORA.date() + timedelta(days=200),
    } | mas  # fmt: skip


@pytest.mark.parametrize("dias", [14, 15, 60])
def test_fourteen_days_ahead_need_no_reason(secretaria, dias):
    consulta = crear_consulta(por=secretaria, **datos(que_abre_en(dias)))
    assert consulta.anunciada_en == AHORA and not Excepcion.objects.exists()


@pytest.mark.parametrize(("dias", "guarda"), [(13, 13), (1, 1), (0, 0), (-3, 0)])
def test_less_needs_a_reason_that_is_kept_in_public(secretaria, dias, guarda):
    etapa = que_abre_en(dias)
    for razon in ("", "  \u202e "):
        with pytest.raises(DatoInvalido) as error:
            crear_consulta(por=secretaria, razon_excepcion=razon, **datos(etapa))
        assert error.value.campo == "razon_excepcion"
    assert not Consulta.objects.exists()
    crear_consulta(por=secretaria, razon_excepcion="Plazo de una ley.", **datos(etapa))
    excepcion = Excepcion.objects.get()
    assert (excepcion.dias, excepcion.razon) == (guarda, "Plazo de una ley.")
    assert Evento.objects.filter(verbo="exceptuar_consulta").exists()


def test_a_hidden_consultation_is_announced_when_it_is_published(secretaria):
    consulta = crear_consulta(por=secretaria, **datos(que_abre_en(3), publicada=False))
    assert consulta.anunciada_en is None
    with pytest.raises(DatoInvalido):
        editar_consulta(objeto=consulta, por=secretaria, publicada=True, ahora=AHORA)
    editada = editar_consulta(
        objeto=consulta, por=secretaria, publicada=True, razon_excepcion="Sí.", ahora=AHORA
    )
    assert Consulta.objects.get().anunciada_en == editada.anunciada_en == AHORA
    editar_consulta(objeto=editada, por=secretaria, titulo="Otro", ahora=AHORA + timedelta(days=1))
    assert Consulta.objects.get().anunciada_en == AHORA


def test_an_opening_comes_no_nearer_than_was_promised(secretaria):
    etapa = que_abre_en(20)
    crear_consulta(por=secretaria, **datos(etapa))
    for inicio in (None, AHORA + timedelta(days=5), AHORA + timedelta(minutes=1)):
        with pytest.raises(DatoInvalido) as error:
            editar_etapa(objeto=etapa, por=secretaria, inicio=inicio, ahora=AHORA)
        assert error.value.campo == "inicio"
    cambiada = editar_etapa(
        objeto=etapa, por=secretaria, inicio=AHORA + timedelta(days=14), ahora=AHORA
    )
    assert cambiada.inicio == AHORA + timedelta(days=14)
    editar_etapa(objeto=etapa, por=secretaria, inicio=AHORA + timedelta(days=25), ahora=AHORA)


def test_an_exception_admits_its_days_and_no_fewer(secretaria):
    etapa = que_abre_en(5)
    crear_consulta(por=secretaria, razon_excepcion="Urge.", **datos(etapa))
    with pytest.raises(DatoInvalido):
        editar_etapa(objeto=etapa, por=secretaria, inicio=AHORA + timedelta(days=3), ahora=AHORA)
    editar_etapa(objeto=etapa, por=secretaria, inicio=AHORA + timedelta(days=6), ahora=AHORA)


def test_an_extension_keeps_what_was_and_says_why(secretaria):
    etapa = ConsultaFactory().etapa
    antes, nuevo = etapa.fin, etapa.fin + timedelta(days=7)
    prorrogar_etapa(
        etapa=etapa, fin=nuevo, razon=" Se cayó el sitio. ", por=secretaria, ahora=AHORA
    )
    etapa.refresh_from_db()
    hecha = Prorroga.objects.get()
    assert etapa.fin == hecha.fin_nuevo == nuevo
    assert (hecha.fin_anterior, hecha.razon) == (antes, "Se cayó el sitio.")
    detalle = Evento.objects.get(verbo="prorrogar_etapa").detalle
    assert detalle.despues["razon"] == "Se cayó el sitio."


@pytest.mark.parametrize(
    ("cuando", "cuanto", "razon", "error"),
    [
        (0, 0, "r", DatoInvalido), (0, -1, "r", DatoInvalido), (0, 3_700, "r", DatoInvalido),
        (0, 7, "  ", DatoInvalido),
        (0, 7, "x" * 2_001, DatoInvalido), (20, 7, "r", FueraDePlazo), (30, 7, "r", FueraDePlazo),
    ],
    ids=["igual", "atras", "otro-siglo", "sin-razon", "larga", "al-cerrar", "cerrada"],
)  # fmt: skip
def test_what_is_no_extension_is_refused(secretaria, cuando, cuanto, razon, error):
    etapa = ConsultaFactory().etapa
    with pytest.raises(error):
        prorrogar_etapa(
            etapa=etapa, fin=etapa.fin + timedelta(days=cuanto), razon=razon, por=secretaria,
            ahora=AHORA + timedelta(days=cuando),
        )  # fmt: skip
    assert not Prorroga.objects.exists()


def test_only_the_secretariat_extends_and_never_history(secretaria):
    consulta = ConsultaFactory()
    with pytest.raises(SinPermiso):
        prorrogar_etapa(
            etapa=consulta.etapa, fin=AHORA + timedelta(days=90), razon="r",
            por=UserFactory(editor=True), ahora=AHORA,
        )  # fmt: skip
    historica = ConsultaFactory(historica=True)
    with pytest.raises(Conflicto):
        prorrogar_etapa(
            etapa=historica.etapa, fin=AHORA + timedelta(days=90), razon="r",
            por=secretaria, ahora=AHORA,
        )  # fmt: skip


def test_an_extension_past_the_day_of_the_answers_moves_that_day_too(secretaria):
    consulta = ConsultaFactory()
    etapa, vencia = consulta.etapa, consulta.responder_antes_de
    recibido = aporte(asunto=AsuntoFactory(consulta=consulta))
    fin = AHORA + timedelta(days=60)

    def prorrogar(dia):
        return prorrogar_etapa(
            etapa=etapa, fin=fin, razon="r", por=secretaria, responder_antes_de=dia, ahora=AHORA
        )

    for dia in (None, vencia, ultimo_dia(fin) - timedelta(days=1)):
        with pytest.raises(DatoInvalido) as error:
            prorrogar(dia)
        assert error.value.campo == "responder_antes_de"
    assert not Prorroga.objects.exists()
    prorrogar(ultimo_dia(fin))
    consulta.refresh_from_db()
    recibido.refresh_from_db()
    assert consulta.responder_antes_de == ultimo_dia(fin)
    assert recibido.vence_el == vencia, "what was promised to who sent before stays"
    assert Evento.objects.filter(verbo="editar_consulta").count() == 1


def test_a_day_given_puts_off_and_never_brings_nearer(secretaria):
    consulta = ConsultaFactory()
    antes = consulta.responder_antes_de
    fin = consulta.etapa.fin + timedelta(days=1)
    prorrogar_etapa(
        etapa=consulta.etapa, fin=fin, razon="r", por=secretaria,
        responder_antes_de=antes - timedelta(days=2), ahora=AHORA,
    )  # fmt: skip
    consulta.refresh_from_db()
    assert consulta.responder_antes_de == antes


def test_an_announced_stage_stays_in_its_process(secretaria):
    etapa, otro = ConsultaFactory().etapa, ProcesoFactory()
    with pytest.raises(DatoInvalido) as error:
        editar_etapa(objeto=etapa, por=secretaria, proceso=otro, ahora=AHORA)
    assert error.value.campo == "proceso"
    suelta = EtapaFactory()
    assert editar_etapa(objeto=suelta, por=secretaria, proceso=otro, ahora=AHORA).proceso == otro


def test_no_consultation_is_put_into_history(secretaria):
    antigua = EtapaFactory(proceso__historico=True)
    consulta = ConsultaFactory(publicada=False)
    with pytest.raises(Conflicto):
        editar_consulta(objeto=consulta, por=secretaria, etapa=antigua, ahora=AHORA)


def test_why_less_time_was_given_is_not_rewritten(secretaria):
    crear_consulta(por=secretaria, razon_excepcion="Urge.", **datos(que_abre_en(5)))
    with pytest.raises(DatabaseError), transaction.atomic():
        Excepcion.objects.update(razon="Otra.")
    # Whoever decided may leave: only who it was is forgotten.
    assert Excepcion.objects.update(por=None) == 1
