"""Batches: prepared at leisure, sealed, published at one moment, what is off set aside."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.registro import Aviso, Evento
from consulta.aportes.flows.corregir import corregir_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.respuestas.flows.lotes import (
    crear_lote,
    desechar_lote,
    poner_en_lote,
    programar_lote,
    publicar_lote,
    sellar_lote,
)
from consulta.respuestas.flows.varios import reunir_borrador
from consulta.respuestas.forms.varios import ElegirLoteForm
from consulta.respuestas.models import Borrador, Lote, RespuestaVersion
from consulta.respuestas.tasks import publicar_a_su_hora, sellar_en_segundo_plano
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db
DICE = {"resultado": "no_incorporada", "destino": "nada", "porque_nada": "La norma ya lo regula."}


def lote_de(cuantos, por, *, comunes=DICE, razon="La ley vigente no lo permite."):
    """A batch with a draft for each of `cuantos` contributions."""
    asunto = AsuntoFactory()
    aportes = [aporte(asunto=asunto) for _ in range(cuantos)]
    lote = crear_lote(
        nombre="Primera entrega", consulta=asunto.consulta, institucion=por.institucion, por=por,
        ahora=AHORA,
    )  # fmt: skip
    for uno in aportes:
        reunir_borrador(
            aportes=[uno.pk], consulta=asunto.consulta, institucion=por.institucion, por=por,
            razon=razon, comunes=comunes, lote=lote, ahora=AHORA,
        )  # fmt: skip
    return lote, aportes


@pytest.fixture
def oficial():
    return UserFactory(oficial=True)


def test_a_batch_is_sealed_and_published_at_one_moment(oficial):
    lote, aportes = lote_de(3, oficial)
    assert len(sellar_lote(lote=lote, por=oficial, ahora=AHORA).versiones) == 3
    assert not Borrador.objects.exists()
    assert Aporte.objects.filter(respondido_en__isnull=False).count() == 0
    luego = AHORA + timedelta(hours=3)
    hecho = publicar_lote(lote=lote, por=oficial, ahora=luego)
    assert len(hecho.versiones) == 3
    assert set(RespuestaVersion.objects.values_list("publicada_en", flat=True)) == {luego}
    assert Aporte.objects.filter(respondido_en=luego).count() == len(aportes)
    lote.refresh_from_db()
    assert lote.publicado_en == luego
    assert Evento.objects.filter(verbo="publicar_lote").count() == 1


def test_publishing_a_batch_again_publishes_nothing_twice(oficial):
    lote, _ = lote_de(2, oficial)
    sellar_lote(lote=lote, por=oficial, ahora=AHORA)
    publicar_lote(lote=lote, por=oficial, ahora=AHORA)
    otra = publicar_lote(lote=lote, por=oficial, ahora=AHORA)
    assert (otra.versiones, otra.apartadas) == ([], [])
    assert Evento.objects.filter(verbo="publicar_respuesta").count() == 2


def test_what_was_withdrawn_corrected_or_answered_meanwhile_is_set_aside_with_its_reason(oficial):
    lote, (uno, dos, tres) = lote_de(3, oficial)
    sellar_lote(lote=lote, por=oficial, ahora=AHORA)
    retirar_aporte(aporte=uno, por=uno.autoria.cuenta, ahora=AHORA)
    corregir_aporte(
        aporte=dos, contenido=contenido("Otra cosa."), por=dos.autoria.cuenta, version=1,
        ahora=AHORA,
    )  # fmt: skip
    hecho = publicar_lote(lote=lote, por=oficial, ahora=AHORA)
    assert [v.coberturas.get().aporte_id for v in hecho.versiones] == [tres.pk]
    motivos = " ".join(a.motivo for a in hecho.apartadas)
    assert "retirado" in motivos and "corrigió" in motivos
    assert Aporte.objects.filter(pk__in=[uno.pk, dos.pk], respondido_en=None).count() == 2


def test_a_draft_that_lacks_something_stays_and_the_others_are_sealed(oficial):
    lote, _ = lote_de(2, oficial)
    incompleto = aporte(asunto=Aporte.objects.first().asunto)
    reunir_borrador(
        aportes=[incompleto.pk], consulta=lote.consulta, institucion=oficial.institucion,
        por=oficial, razon="Falta lo demás.", lote=lote, ahora=AHORA,
    )  # fmt: skip
    hecho = sellar_lote(lote=lote, por=oficial, ahora=AHORA)
    assert len(hecho.versiones) == 2
    [detenido] = hecho.detenidos
    assert "resultado" in detenido.motivo and incompleto.folio in detenido.motivo
    assert Borrador.objects.get().pk == detenido.borrador.pk


def test_without_the_approvals_asked_a_batch_waits(oficial):
    lote, _ = lote_de(1, oficial)
    type(lote.consulta).objects.filter(pk=lote.consulta_id).update(conformidades=["gobierno"])
    sellar_lote(lote=lote, por=oficial, ahora=AHORA)
    hecho = publicar_lote(lote=lote, por=oficial, ahora=AHORA)
    assert "conformidad" in hecho.apartadas[0].motivo
    lote.refresh_from_db()
    assert lote.publicado_en is None


def test_the_clock_publishes_at_the_moment_that_was_set_and_not_before(oficial):
    lote, _ = lote_de(1, oficial)
    sellar_lote(lote=lote, por=oficial, ahora=AHORA)
    en = AHORA + timedelta(hours=2)
    programar_lote(lote=lote, en=en, por=oficial, ahora=AHORA)
    publicar_a_su_hora(en - timedelta(seconds=1))
    assert not RespuestaVersion.objects.publicadas().exists()
    publicar_a_su_hora(en)
    publicar_a_su_hora(en + timedelta(minutes=1))
    assert RespuestaVersion.objects.publicadas().count() == 1


def test_a_moment_whose_account_is_gone_is_taken_back_and_recorded(oficial):
    lote, _ = lote_de(1, oficial)
    sellar_lote(lote=lote, por=oficial, ahora=AHORA)
    en = AHORA + timedelta(hours=2)
    programar_lote(lote=lote, en=en, por=oficial, ahora=AHORA)
    type(oficial).objects.filter(pk=oficial.pk).update(is_active=False)
    publicar_a_su_hora(en)
    lote.refresh_from_db()
    assert (lote.publicar_en, lote.publicado_en) == (None, None)
    assert Evento.objects.filter(verbo="suspender_lote").count() == 1


def test_a_past_moment_is_refused(oficial):
    lote, _ = lote_de(1, oficial)
    with pytest.raises(DatoInvalido) as error:
        programar_lote(lote=lote, en=AHORA - timedelta(minutes=1), por=oficial, ahora=AHORA)
    assert error.value.campo == "publicar_en"


def test_only_its_institution_and_the_secretariat_touch_a_batch(oficial):
    lote, _ = lote_de(1, oficial)
    otro = UserFactory(oficial=True)
    for intento in (
        lambda: sellar_lote(lote=lote, por=otro),
        lambda: publicar_lote(lote=lote, por=otro),
        lambda: programar_lote(lote=lote, en=None, por=otro),
        lambda: desechar_lote(lote=lote, por=otro),
        lambda: poner_en_lote(lote=lote, borradores=[], por=otro),
    ):
        with pytest.raises(SinPermiso):
            intento()
    assert desechar_lote(lote=lote, por=UserFactory(secretaria=True)) == 1


def test_drafts_of_another_consultation_do_not_enter_and_a_published_batch_takes_none(oficial):
    lote, _ = lote_de(1, oficial)
    ajeno, _ = lote_de(1, oficial)
    borrador = Borrador.objects.get(lote=ajeno)
    with pytest.raises(DatoInvalido):
        poner_en_lote(lote=lote, borradores=[borrador], por=oficial)
    sellar_lote(lote=lote, por=oficial, ahora=AHORA)
    publicar_lote(lote=lote, por=oficial, ahora=AHORA)
    with pytest.raises(Conflicto):
        poner_en_lote(lote=lote, borradores=[borrador], por=oficial)


def test_publishing_costs_the_same_queries_for_two_and_for_twelve(oficial):
    consultas = []
    for cuantos in (2, 12):
        lote, _ = lote_de(cuantos, oficial)
        sellar_lote(lote=lote, por=oficial, ahora=AHORA)
        with CaptureQueriesContext(
            connection,
        ) as hechas:
            publicar_lote(lote=lote, por=oficial, ahora=AHORA)
        consultas.append(len(hechas))
    assert consultas[0] == consultas[1]


def test_the_worker_seals_many_in_pieces(oficial, settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
                                  "QUEUES": ["default", "correo", "busqueda"]}}  # fmt: skip
    monkeypatch.setattr("consulta.respuestas.tasks.PIEZA", 2)
    lote, _ = lote_de(5, oficial)
    sellar_en_segundo_plano(lote, oficial)
    assert RespuestaVersion.objects.presentadas().filter(lote=lote).count() == 5
    assert Lote.objects.get(pk=lote.pk).sellando_desde is None


def orden(*args):
    salida = StringIO()
    try:
        call_command("publicar_respuestas", *args, stdout=salida)
    except CommandError as error:
        return salida.getvalue() + str(error), error.returncode
    return salida.getvalue(), 0


def test_the_command_says_what_it_published_and_ends_with_error_when_something_is_set_aside(
    oficial,
):
    lote, (uno, _dos) = lote_de(2, oficial)
    dicho, codigo = orden(f"--lote={lote.pk}")
    assert codigo == 1 and "aún no está sellado" in dicho
    sellar_lote(lote=lote, por=oficial)
    dicho, codigo = orden(f"--lote={lote.pk}", "--simular")
    assert codigo == 0 and "2 se publicarían" in dicho
    assert not RespuestaVersion.objects.publicadas().exists()
    retirar_aporte(aporte=uno, por=uno.autoria.cuenta, ahora=AHORA)
    dicho, codigo = orden(f"--lote={lote.pk}")
    assert codigo == 1 and "1 publicadas, 1 apartadas" in dicho and "retirado" in dicho
    assert RespuestaVersion.objects.publicadas().count() == 1
    assert orden("--lote=999")[1] == 2


def test_the_command_repeated_tells_that_it_was_done(oficial):
    lote, _ = lote_de(2, oficial)
    assert orden(f"--lote={lote.pk}", "--sellar")[1] == 0
    dicho, codigo = orden(f"--lote={lote.pk}")
    assert codigo == 0 and "0 publicadas" in dicho and "2 publicadas antes" in dicho


def test_what_is_set_aside_in_a_batch_tells_nobody(oficial):
    lote, (uno, dos) = lote_de(2, oficial)
    sellar_lote(lote=lote, por=oficial, ahora=AHORA)
    retirar_aporte(aporte=uno, por=uno.autoria.cuenta, ahora=AHORA)
    publicar_lote(lote=lote, por=oficial, ahora=AHORA)
    assert [a.destino for a in Aviso.objects.filter(razon="respuesta")] == [f"aporte:{dos.pk}"]


def test_an_answered_one_does_not_enter_a_draft(oficial):
    uno = aporte()
    responder(uno)
    with pytest.raises(DatoInvalido):
        reunir_borrador(
            aportes=[uno.pk], consulta=uno.consulta, institucion=oficial.institucion, por=oficial
        )


def test_the_page_of_a_batch_lists_what_is_sealed_and_counts_in_plain_words(client, oficial):
    lote, aportes = lote_de(1, oficial)
    client.force_login(oficial)
    ruta = reverse("lote_de_respuestas", args=[lote.pk])
    assert "Ver el que está en redacción" in client.get(ruta).content.decode()
    pagina = client.post(ruta, {"accion": "sellar"}, follow=True).content.decode()
    assert "1 respuesta sellada: lista para publicarse." in pagina
    assert "1 lista para publicarse" in pagina and aportes[0].folio in pagina
    pagina = client.post(ruta, {"accion": "publicar"}, follow=True).content.decode()
    assert "1 respuesta publicada. Se avisa a quienes escribieron." in pagina


def test_setting_no_moment_where_there_was_none_asks_for_one(client, oficial):
    lote, _aportes = lote_de(1, oficial)
    client.force_login(oficial)
    ruta = reverse("lote_de_respuestas", args=[lote.pk])
    hecho = client.post(ruta, {"accion": "programar", "publicar_en": ""})
    assert hecho.status_code == 422
    assert "Escriba el día y la hora." in hecho.content.decode()


def test_nothing_enters_the_batch_of_another_institution(oficial):
    lote, _ = lote_de(1, oficial)
    otra, uno = UserFactory(oficial=True), aporte(consulta=lote.consulta)
    mesa = UserFactory(secretaria=True)
    de_todas = crear_lote(nombre="De todas", consulta=lote.consulta, por=mesa, ahora=AHORA)
    for ajeno, error in ((lote, DatoInvalido), (de_todas, SinPermiso)):
        with pytest.raises(error):
            reunir_borrador(
                aportes=[uno.pk], consulta=lote.consulta, institucion=otra.institucion, por=otra,
                lote=ajeno, ahora=AHORA,
            )  # fmt: skip
    assert Borrador.objects.filter(lote=lote).count() == 1


def test_the_page_of_a_draft_offers_the_batches_its_reader_may_prepare(oficial):
    lote, _ = lote_de(1, oficial)
    mesa = UserFactory(secretaria=True)
    de_todas = crear_lote(nombre="De todas", consulta=lote.consulta, por=mesa, ahora=AHORA)
    borrador = Borrador.objects.get()
    for quien, ofrece in ((oficial, {lote}), (mesa, {lote, de_todas})):
        form = ElegirLoteForm(borrador=borrador, usuario=quien)
        assert set(form.fields["lote"].queryset) == ofrece
