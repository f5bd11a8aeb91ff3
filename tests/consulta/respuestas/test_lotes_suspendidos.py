"""A batch that cannot keep its moment: its owner is told once, what kept it back and what to do."""

from datetime import timedelta

import pytest
from django.core import mail

from comun.avisos import enviar_aviso
from comun.registro import Aviso, Evento
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.respuestas.flows.lotes import programar_lote, publicar_lote, sellar_lote
from consulta.respuestas.flows.programados import RAZON, publicar_programado
from consulta.respuestas.models import RespuestaVersion
from consulta.respuestas.tasks import publicar_a_su_hora
from foro.enums import Sector
from tests.consulta.respuestas.test_lotes import lote_de
from tests.factories import AHORA
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db
EN = AHORA + timedelta(hours=2)


@pytest.fixture
def oficial():
    return UserFactory(oficial=True)


def programado(cuantos, oficial, *, sellado=True, pide=()):
    lote, aportes = lote_de(cuantos, oficial)
    type(lote.consulta).objects.filter(pk=lote.consulta_id).update(conformidades=list(pide))
    if sellado:
        sellar_lote(lote=lote, por=oficial, ahora=AHORA)
    programar_lote(lote=lote, en=EN, por=oficial, ahora=AHORA)
    return lote, aportes


def llega_la_hora(lote):
    publicar_a_su_hora(EN)
    publicar_a_su_hora(EN + timedelta(minutes=1))
    lote.refresh_from_db()


def cartas():
    mail.outbox.clear()
    for aviso in Aviso.objects.filter(razon=RAZON).order_by("pk"):
        enviar_aviso.func(aviso.pk)
    return mail.outbox


def test_one_that_waits_for_approvals_is_told_to_its_owner_once(client, oficial):
    lote, _ = programado(2, oficial, pide=[Sector.GOBIERNO])
    llega_la_hora(lote)
    assert (lote.publicado_en, lote.publicar_en, lote.suspendido_en) == (None, None, EN)
    assert "2 respuestas selladas no pudieron publicarse" in lote.suspendido_motivo
    aviso = Aviso.objects.get(razon=RAZON)
    assert aviso.destino == f"cuenta:{oficial.pk}"
    assert aviso.texto == "El lote «Primera entrega» no se publicó a su hora"
    (carta,) = cartas()
    for texto in (carta.body, carta.alternatives[0].content):
        assert "No se publicó ninguna respuesta." in texto and "Gobierno" in texto
        assert "póngale otra hora" in texto
        assert f"/admin/participacion/respuestas/lotes/{lote.pk}/" in texto
    client.force_login(oficial)
    pagina = client.get(f"/admin/participacion/respuestas/lotes/{lote.pk}/").content.decode()
    assert "no se pudo publicar a su hora" in pagina and "Gobierno" in pagina


def test_what_came_out_is_said_beside_what_did_not(oficial):
    lote, (uno, _dos) = programado(2, oficial)
    retirar_aporte(aporte=uno, por=uno.autoria.cuenta, ahora=AHORA)
    llega_la_hora(lote)
    assert RespuestaVersion.objects.publicadas().count() == 1
    assert lote.publicado_en == EN and lote.suspendido_en == EN
    (carta,) = cartas()
    assert "Sí se publicaron 1" in carta.body and "1 respuesta sellada" in carta.body


def test_drafts_that_nobody_sealed_are_told(oficial):
    lote, _ = programado(3, oficial, sellado=False)
    llega_la_hora(lote)
    assert lote.suspendido_motivo == "3 seguían en borrador, sin sellar."
    assert len(cartas()) == 1


def test_when_all_of_it_comes_out_nobody_is_told_anything(oficial):
    lote, _ = programado(2, oficial)
    llega_la_hora(lote)
    assert lote.publicado_en == EN and lote.suspendido_en is None
    assert not Aviso.objects.filter(razon=RAZON).exists()


@pytest.mark.parametrize("quien", ["creador", "oficiales", "secretaria"])
def test_when_the_owner_is_gone_the_next_in_charge_is_told(oficial, quien):
    lote, _ = programado(1, oficial)
    colega = UserFactory(oficial=True, institucion=oficial.institucion)
    mesa = UserFactory(secretaria=True)
    UserFactory(oficial=True)
    creador = UserFactory(oficial=True) if quien == "creador" else None
    type(lote).objects.filter(pk=lote.pk).update(
        creado_por=creador or oficial,
        institucion=None if quien == "secretaria" else oficial.institucion,
    )
    type(oficial).objects.filter(pk=oficial.pk).update(is_active=False)
    llega_la_hora(lote)
    assert lote.suspendido_motivo == "La cuenta que lo programó ya no está."
    esperado = {"creador": creador, "oficiales": colega, "secretaria": mesa}[quien]
    assert [a.destino for a in Aviso.objects.filter(razon=RAZON)] == [f"cuenta:{esperado.pk}"]


def test_another_moment_or_publishing_it_takes_the_warning_away_and_unsays_the_mail(oficial):
    lote, _ = programado(2, oficial, sellado=False)
    llega_la_hora(lote)
    assert lote.suspendido_en == EN
    despues = EN + timedelta(days=1)
    programar_lote(lote=lote, en=despues, por=oficial, ahora=EN + timedelta(hours=1))
    lote.refresh_from_db()
    assert lote.suspendido_en is None and cartas() == []
    publicar_a_su_hora(despues)
    assert Aviso.objects.filter(razon=RAZON).count() == 2
    assert Evento.objects.filter(verbo="suspender_lote").count() == 2
    sellar_lote(lote=lote, por=oficial, ahora=despues)
    publicar_lote(lote=lote, por=oficial, ahora=despues + timedelta(hours=1))
    lote.refresh_from_db()
    assert lote.suspendido_en is None and lote.suspendido_motivo == "" and cartas() == []


def test_a_moment_that_was_moved_or_a_batch_published_meanwhile_is_left_alone(oficial):
    movido, _ = programado(1, oficial)
    publicado, _ = programado(1, oficial)
    # What the clock read before a person acted.
    leidos = [type(movido).objects.get(pk=lote.pk) for lote in (movido, publicado)]
    programar_lote(lote=movido, en=EN + timedelta(days=7), por=oficial, ahora=AHORA)
    publicar_lote(lote=publicado, por=oficial, ahora=EN)
    for lote in leidos:
        assert publicar_programado(lote=lote, ahora=EN).versiones == []
    movido.refresh_from_db()
    publicado.refresh_from_db()
    assert movido.publicado_en is None and movido.publicar_en == EN + timedelta(days=7)
    assert (publicado.publicado_en, publicado.suspendido_en) == (EN, None)
    assert not Aviso.objects.filter(razon=RAZON).exists()
