"""Members are told once a day and consultation at most; officials once for each go. Each mail reads whole."""

from datetime import timedelta

import pytest
from django.core import mail

from comun.avisos import enviar_aviso
from comun.registro import Aviso
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.respuestas.enums import Sentido
from consulta.respuestas.flows.conflictos import declarar_conflicto
from consulta.respuestas.flows.decidir import decidir_conformidades
from consulta.respuestas.recordatorios import CADA_DIAS, RAZON, avisar_lo_que_espera
from foro.enums import Sector
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.foro import consulta_que_pide, decidir, mandato, sellar, suplencia

pytestmark = pytest.mark.django_db
CIVIL = Sector.SOCIEDAD_CIVIL
DIA = timedelta(days=1)


def dichos(ahora) -> int:
    return avisar_lo_que_espera(ahora)


def cartas(razon):
    """What each notice of `razon` says, text and HTML."""
    mail.outbox.clear()
    for aviso in Aviso.objects.filter(razon=razon).order_by("pk"):
        enviar_aviso.func(aviso.pk)
    return [f"{m.subject}\n{m.body}\n{m.alternatives[0].content}" for m in mail.outbox]


def test_many_answers_are_one_notice_a_day():
    quien, consulta = mandato(), consulta_que_pide()
    oficial = UserFactory(oficial=True)
    for _ in range(12):
        sellar(aporte(consulta=consulta), por=oficial)
    assert dichos(AHORA) == 1
    assert dichos(AHORA + timedelta(hours=3)) == 0
    (carta,) = cartas(RAZON)
    assert "12 respuestas esperan su conformidad" in carta
    assert "Y 2 más." in carta
    assert f"/conformidades/?consulta={consulta.slug}" in carta
    assert Aviso.objects.get(razon=RAZON).destino == f"cuenta:{quien.cuenta_id}"


def test_a_new_answer_is_told_the_next_day_and_an_old_one_after_some_days():
    mandato()
    consulta = consulta_que_pide()
    sellar(aporte(consulta=consulta))
    assert dichos(AHORA) == 1
    assert dichos(AHORA + DIA) == 0
    sellar(aporte(consulta=consulta), ahora=AHORA + DIA)
    assert dichos(AHORA + DIA + timedelta(minutes=1)) == 1
    assert dichos(AHORA + DIA * CADA_DIAS) == 0
    assert dichos(AHORA + DIA * (CADA_DIAS + 1)) == 1


def test_what_falls_due_is_told_every_day():
    mandato()
    version = sellar()
    uno = version.coberturas.get().aporte
    Aporte.objects.filter(pk=uno.pk).update(vence_el=(AHORA + DIA * 4).date())
    assert [dichos(AHORA + DIA * n) for n in range(4)] == [1, 1, 1, 1]


def test_nobody_is_told_of_what_they_may_not_decide():
    consulta = consulta_que_pide()
    barrado, libre = mandato(), mandato(CIVIL)
    version = sellar(aporte(consulta=consulta))
    declarar_conflicto(
        mandato=barrado, consulta=consulta, motivo="Asesoría.", por=barrado.cuenta, ahora=AHORA
    )
    mandato(Sector.ACADEMIA)
    mandato(hasta=AHORA.date() - DIA)
    assert dichos(AHORA) == 1
    decidir(version, libre)
    assert dichos(AHORA + DIA * 9) == 0


def test_a_substitute_is_told_too():
    titular, suplente = mandato(), UserFactory()
    suplencia(titular.cuenta, suplente)
    sellar()
    assert dichos(AHORA) == 2
    assert f"cuenta:{suplente.pk}" in set(Aviso.objects.values_list("destino", flat=True))


def test_what_was_decided_before_the_mail_goes_out_is_not_mailed():
    quien, version = mandato(), sellar()
    dichos(AHORA)
    decidir(version, quien)
    assert cartas(RAZON) == []


def test_officials_get_one_mail_for_each_go_with_every_answer():
    consulta, oficial = consulta_que_pide(), UserFactory(oficial=True)
    quien = mandato(nombre="Ana Soto")
    varias = [sellar(aporte(consulta=consulta), por=oficial) for _ in range(3)]
    decidir_conformidades(
        leidas={v.pk: v.sha256 for v in varias},
        mandato=quien,
        sentido=Sentido.PIDE_CAMBIOS,
        nota="No dicen qué ley.",
        por=quien.cuenta,
        ahora=AHORA,
    )
    (carta,) = cartas("conformidad_decidida")
    assert "Ana Soto pide cambios a 3 respuestas" in carta
    for version in varias:
        assert version.coberturas.get().aporte.folio in carta
    assert "No dicen qué ley." in carta
    assert "Retomar" in carta


def test_officials_are_told_when_what_they_answered_went_away():
    version = sellar()
    uno = Aporte.objects.get()
    retirar_aporte(aporte=uno, por=uno.autoria.cuenta, ahora=AHORA)
    (carta,) = cartas("respuesta_devuelta")
    assert "ya no hay a quién responder" in carta
    assert f"/admin/participacion/selladas/{version.pk}/" in carta


def test_the_mail_with_the_answer_says_who_approved_it():
    version, uno, otro = sellar(), mandato(nombre="Ana Soto"), mandato(CIVIL)
    decidir(version, uno, Sentido.CON_DISENSO, "Falta un plazo.")
    decidir(version, otro)
    (carta,) = cartas("respuesta")
    assert carta.count("Ana Soto") == 2
    assert "Conforme con disenso" in carta
    assert "Falta un plazo." in carta
