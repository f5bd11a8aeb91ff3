"""Each person chooses how they are told; a link in the mail stops a kind with one click."""

import re
from datetime import datetime, timedelta
from urllib.parse import unquote

import pytest
from django.core import mail
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import get_default_timezone
from django_tasks_db.models import DBTaskResult

from comun.avisos import OBLIGATORIAS, Clase, Modo, avisar, avisar_a, enviar_aviso, enviar_avisos
from comun.avisos.preferencias import direccion_de_baja, leer_baja, modos_de, preferir
from comun.avisos.razones import razones
from comun.errores import DatoInvalido
from comun.registro import Aviso, Evento, Preferencia
from consulta.aportes.models import Autoria
from cuentas.resumen import HORA, reunir
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db

MANANA = datetime(2026, 11, 11, HORA, 5, tzinfo=get_default_timezone())


def trabajar() -> None:
    """Run what waits in the queue; the worker itself is tried in test_avisos."""
    for tarea in DBTaskResult.objects.filter(task_path__endswith="enviar_aviso"):
        enviar_aviso.func(*tarea.args_kwargs["args"])


def quiere(persona, modo: Modo, clase: Clase = Clase.RESPUESTAS) -> None:
    preferir(destino=f"cuenta:{persona.pk}", modos={clase: modo}, ahora=AHORA)


def respondido(persona, **opciones):
    uno = aporte(por=persona, **opciones)
    responder(uno)
    return uno


def de_respuesta():
    return Aviso.objects.filter(razon="respuesta")


def test_every_reason_that_one_may_stop_has_a_line_on_the_site():
    sin_linea = [
        nombre for nombre, r in razones().items() if r.clase not in OBLIGATORIAS and not r.linea
    ]
    assert not sin_linea


def test_the_answer_is_mailed_at_once_unless_one_said_otherwise():
    persona = UserFactory()
    uno = respondido(persona)
    trabajar()
    assert any(uno.folio in m.subject and m.to == [persona.email] for m in mail.outbox)


def test_whoever_wants_no_mail_finds_the_notice_on_the_site_only(client):
    persona = UserFactory()
    quiere(persona, Modo.NINGUNO)
    uno = respondido(persona)
    trabajar()
    assert not any("Respondimos" in m.subject for m in mail.outbox)
    client.force_login(persona)
    pagina = client.get("/avisos/").content.decode()
    assert f"Respondieron a su aporte {uno.folio}" in pagina


def test_a_receipt_cannot_be_stopped():
    with pytest.raises(DatoInvalido):
        preferir(destino="cuenta:1", modos={"recibos": Modo.NINGUNO}, ahora=AHORA)
    assert direccion_de_baja("cuenta:1", Clase.RECIBOS) == ""


def test_a_choice_leaves_a_trace_and_choosing_the_same_again_none():
    persona = UserFactory()
    quiere(persona, Modo.RESUMEN)
    quiere(persona, Modo.RESUMEN)
    assert Evento.objects.filter(verbo="preferir_avisos").count() == 1
    assert modos_de(f"cuenta:{persona.pk}")[Clase.RESPUESTAS] == Modo.RESUMEN


def test_the_digest_gathers_the_day_in_one_mail_and_never_twice():
    persona = UserFactory()
    quiere(persona, Modo.RESUMEN)
    folios = [respondido(persona).folio for _ in range(3)]
    trabajar()
    mail.outbox.clear()
    assert reunir(ahora=MANANA) == 1
    assert reunir(ahora=MANANA) == 0
    trabajar()
    trabajar()
    (correo,) = mail.outbox
    assert correo.to == [persona.email]
    assert "3 novedades" in correo.subject
    html = correo.alternatives[0][0]
    for folio in folios:
        assert folio in correo.body
        assert folio in html
    assert not de_respuesta().filter(enviado_en=None).exists()
    assert reunir(ahora=MANANA + timedelta(days=1)) == 0


def test_the_digest_waits_for_the_morning():
    persona = UserFactory()
    quiere(persona, Modo.RESUMEN)
    respondido(persona)
    assert reunir(ahora=MANANA - timedelta(hours=1)) == 0


def test_what_comes_after_the_digest_goes_in_the_next_one():
    persona = UserFactory()
    quiere(persona, Modo.RESUMEN)
    respondido(persona)
    reunir(ahora=MANANA)
    tarde = respondido(persona)
    assert reunir(ahora=MANANA + timedelta(hours=4)) == 0
    assert reunir(ahora=MANANA + timedelta(days=1)) == 1
    mail.outbox.clear()
    trabajar()
    assert tarde.folio in mail.outbox[-1].body


def test_a_digest_whose_person_left_goes_to_nobody():
    persona = UserFactory()
    quiere(persona, Modo.RESUMEN)
    respondido(persona)
    trabajar()
    mail.outbox.clear()
    reunir(ahora=MANANA)
    persona.is_active = False
    persona.save()
    trabajar()
    assert not mail.outbox


def test_one_click_in_the_mail_stops_that_kind_without_signing_in():
    persona = UserFactory()
    respondido(persona)
    trabajar()
    correo = next(m for m in mail.outbox if "Respondimos" in m.subject)
    assert correo.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    ruta = re.search(r"/avisos/baja/[^>]+", correo.extra_headers["List-Unsubscribe"])[0]
    assert ruta in correo.body
    assert ruta in correo.alternatives[0][0]
    extrano = Client(enforce_csrf_checks=True)
    assert extrano.get(ruta).status_code == 200
    assert not Preferencia.objects.exists(), "opening the link must not stop anything"
    assert extrano.post(ruta, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert modos_de(f"cuenta:{persona.pk}")[Clase.RESPUESTAS] == Modo.NINGUNO
    extrano.post(ruta, {"volver": "1"})
    assert modos_de(f"cuenta:{persona.pk}")[Clase.RESPUESTAS] == Modo.INMEDIATO


def test_one_click_in_the_digest_stops_the_kinds_it_brought_and_no_other():
    persona = UserFactory()
    quiere(persona, Modo.RESUMEN)
    respondido(persona)
    trabajar()
    mail.outbox.clear()
    reunir(ahora=MANANA)
    trabajar()
    (correo,) = mail.outbox
    assert correo.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    ruta = re.search(r"/avisos/baja/[^>]+", correo.extra_headers["List-Unsubscribe"])[0]
    assert ruta in correo.body and ruta in correo.alternatives[0][0]
    extrano = Client(enforce_csrf_checks=True)
    assert "Respuestas de las instituciones" in extrano.get(ruta).content.decode()
    otras = {c: m for c, m in modos_de(f"cuenta:{persona.pk}").items() if c != Clase.RESPUESTAS}
    assert extrano.post(ruta, {"List-Unsubscribe": "One-Click"}).status_code == 200
    ahora_rige = modos_de(f"cuenta:{persona.pk}")
    assert ahora_rige.pop(Clase.RESPUESTAS) == Modo.NINGUNO and ahora_rige == otras
    extrano.post(ruta, {"volver": "1"})
    assert modos_de(f"cuenta:{persona.pk}")[Clase.RESPUESTAS] == Modo.RESUMEN


def test_every_mail_that_may_be_stopped_says_how_in_one_click():
    """All that is registered, by its kind: the headers and the foot come with the sending, for all alike."""
    for razon, como in razones().items():
        baja = direccion_de_baja("aporte:1", como.clase)
        assert bool(baja) == (como.clase not in OBLIGATORIAS), razon
        if baja:
            leida = leer_baja(unquote(baja.split("/avisos/baja/")[1].rstrip("/")))
            assert leida is not None and leida.clases == (como.clase,)


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "e" * 3000])
def test_an_address_to_stop_that_we_did_not_write_leads_nowhere(client, token):
    assert client.get(f"/avisos/baja/{token}/").status_code == 404


def test_the_receipt_offers_no_way_to_stop_receipts():
    aporte(por=UserFactory())
    trabajar()
    assert "List-Unsubscribe" not in mail.outbox[-1].extra_headers


def test_who_stops_between_the_notice_and_its_mail_is_not_written_to():
    persona = UserFactory()
    respondido(persona)
    quiere(persona, Modo.NINGUNO)
    trabajar()
    assert not any("Respondimos" in m.subject for m in mail.outbox)


def test_telling_twice_tells_once():
    persona = UserFactory()
    uno = aporte(por=persona)
    aviso = avisar(destino=f"aporte:{uno.pk}", razon="recibo", objeto=uno, ahora=AHORA)
    assert aviso is None
    assert Aviso.objects.filter(razon="recibo", objeto=f"aportes.aporte:{uno.pk}").count() == 1


def test_no_notice_of_the_site_names_an_address():
    persona = UserFactory()
    respondido(persona)
    assert not Aviso.objects.filter(
        Q(texto__contains=persona.email) | Q(url__contains=persona.email)
    ).exists()


def test_telling_many_costs_the_same_for_three_and_for_three_hundred():
    def decir(cuantos: int, version: int) -> int:
        with CaptureQueriesContext(connection) as consultas:
            avisar_a(
                destinos=[f"cuenta:{persona.pk + n}" for n in range(cuantos)],
                razon="recibo",
                objeto=uno,
                ahora=AHORA,
                version=version,
            )
        return len([c for c in consultas if c["sql"].startswith("SELECT")])

    persona = UserFactory()
    uno = aporte(por=persona)
    assert decir(3, 7) == decir(300, 8)
    tareas = DBTaskResult.objects.filter(task_path__endswith="enviar_avisos")
    assert sum(len(t.args_kwargs["args"][0]) for t in tareas) == 303


def test_one_mail_that_fails_does_not_hold_up_the_others(monkeypatch):
    personas = [UserFactory() for _ in range(3)]
    uno = aporte(por=personas[0])
    malo = personas[1].email
    buena = mail.EmailMultiAlternatives.send

    def enviar(self, *args, **kwargs):
        if malo in self.to:
            raise ConnectionRefusedError
        return buena(self, *args, **kwargs)

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", enviar)
    respuesta = aporte(por=personas[1]), aporte(por=personas[2])
    ids = list(Aviso.objects.filter(razon="recibo").order_by("pk").values_list("pk", flat=True))
    with pytest.raises(ConnectionRefusedError):
        enviar_avisos.func(ids)
    assert Aviso.objects.filter(enviado_en=None).count() == 1
    malo = ""
    enviar_avisos.func(ids)
    assert not Aviso.objects.filter(enviado_en=None).exists()
    assert len(mail.outbox) == len({uno, *respuesta})


def test_a_server_that_does_not_answer_is_not_waited_for_fifty_times(monkeypatch):
    intentos: list[str] = []

    def callar(self, *args, **kwargs):
        intentos.append(self.to[0])
        raise TimeoutError

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", callar)
    for _ in range(5):
        aporte(por=UserFactory())
    ids = list(Aviso.objects.filter(razon="recibo").values_list("pk", flat=True))
    with pytest.raises(TimeoutError):
        enviar_avisos.func(ids)
    assert len(intentos) == 3


def test_the_link_of_a_mail_written_before_one_had_an_account_stops_it_all_the_same():
    uno = aporte()
    autoria = Autoria.objects.filter(aporte=uno)
    autoria.update(cuenta=None, correo="invitada@pruebas.example")
    baja = direccion_de_baja(f"aporte:{uno.pk}", Clase.RESPUESTAS)
    persona = UserFactory()
    autoria.update(cuenta=persona)
    Client().post(re.search(r"/avisos/baja/.+", baja)[0])
    assert modos_de(f"cuenta:{persona.pk}")[Clase.RESPUESTAS] == Modo.NINGUNO


def test_what_was_kept_for_the_digest_and_then_stopped_is_not_in_it():
    persona = UserFactory()
    quiere(persona, Modo.RESUMEN)
    respondido(persona)
    trabajar()
    mail.outbox.clear()
    quiere(persona, Modo.NINGUNO)
    reunir(ahora=MANANA)
    trabajar()
    assert not mail.outbox
    assert de_respuesta().get().enviado_en is None


def test_whoever_has_todays_digest_is_not_asked_about_again(django_assert_num_queries):
    for _ in range(3):
        persona = UserFactory()
        quiere(persona, Modo.RESUMEN)
        respondido(persona)
    assert reunir(ahora=MANANA) == 3
    for aviso in de_respuesta():
        aviso.pk, aviso.version, aviso.resumen = None, 9, None
        aviso.save(force_insert=True)
    with django_assert_num_queries(1):
        assert reunir(ahora=MANANA + timedelta(hours=1)) == 0
    assert reunir(ahora=MANANA + timedelta(days=1)) == 3
