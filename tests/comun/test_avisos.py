"""Mail: a real SMTP server, real tasks. Sent once, and nothing lost when the server is down."""

import logging
from copy import copy
from datetime import timedelta
from email import message_from_bytes, policy
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from comun.avisos import avisar
from comun.registro import Aviso
from comun.tareas import INTENTOS, JUNTAS, VIDA_MAXIMA, espera, recoger
from consulta.aportes.models import Autoria
from tests.factories import AHORA
from tests.factories.aportes import enviar
from tests.factories.cuentas import UserFactory
from tests.factories.respuestas import responder


class Buzon:
    """Keeps what arrives; refuses while `rechaza`."""

    def __init__(self):
        self.correos, self.rechaza, self.desconoce = [], False, False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.desconoce:
            return f"550 no existe <{address}>"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.rechaza:
            return "451 vuelva más tarde"
        self.correos.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def buzon(settings):
    buzon = Buzon()
    servidor = Controller(buzon, hostname="127.0.0.1", port=0)
    servidor.port = _puerto_libre()
    servidor.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", servidor.port
    settings.EMAIL_USE_TLS = False
    yield buzon
    servidor.stop()


def _puerto_libre() -> int:
    import socket

    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return enchufe.getsockname()[1]


def trabajar() -> None:
    call_command("db_worker", "--batch", "--no-startup-delay", "--queue-name", "*", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_the_receipt_reaches_the_author_in_text_and_html(buzon):
    persona = UserFactory()
    envio = enviar(por=persona)
    trabajar()
    (correo,) = buzon.correos
    assert correo["To"] == persona.email
    assert envio.aporte.folio in correo["Subject"]
    texto = correo.get_body(("plain",)).get_content()
    pagina = correo.get_body(("html",)).get_content()
    for parte in (texto, pagina):
        assert envio.codigo in parte
        assert envio.aporte.get_absolute_url() in parte
    assert Aviso.objects.get().enviado_en
    assert correo["Message-ID"].startswith(f"<aviso-{Aviso.objects.get().pk}-")


@pytest.mark.django_db(transaction=True)
def test_the_answer_reaches_the_author_with_reason_and_outcome(buzon):
    envio = enviar(por=UserFactory())
    responder(envio.aporte, razon="Porque <así> lo dice la ley.")
    trabajar()
    correo = next(c for c in buzon.correos if "Respondimos" in c["Subject"])
    assert "Porque <así> lo dice la ley." in correo.get_body(("plain",)).get_content()
    assert "Porque &lt;así&gt; lo dice la ley." in correo.get_body(("html",)).get_content()
    assert "No incorporada" in correo.get_body(("plain",)).get_content()


@pytest.mark.django_db(transaction=True)
def test_with_the_mail_server_down_nothing_is_lost_and_nothing_sent_twice(buzon):
    enviar(por=UserFactory())
    buzon.rechaza = True
    trabajar()
    assert not buzon.correos
    (correo,) = DBTaskResult.objects.filter(queue_name="correo")
    assert correo.status == TaskResultStatus.FAILED
    buzon.rechaza = False
    assert recoger(ahora=timezone.now()) == 1
    DBTaskResult.objects.update(run_after=timezone.now())
    trabajar()
    trabajar()
    assert len(buzon.correos) == 1
    assert recoger(ahora=timezone.now()) == 0


@pytest.mark.django_db
def test_the_same_notice_is_enqueued_once():
    aporte = enviar().aporte
    dos = [
        avisar(destino="aporte:1", razon="recibo", objeto=aporte, version=2, ahora=AHORA)
        for _ in range(2)
    ]
    assert dos[0] is not None
    assert dos[1] is None


@pytest.mark.django_db(transaction=True)
def test_whoever_was_erased_is_not_written_to(buzon):
    enviar(por=UserFactory())
    Autoria.objects.all().delete()
    trabajar()
    assert not buzon.correos
    assert Aviso.objects.get().sin_direccion


@pytest.mark.django_db
def test_a_task_held_by_a_dead_worker_is_freed():
    enviar()
    ahora = timezone.now()
    DBTaskResult.objects.exclude(queue_name="correo").delete()
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING, started_at=ahora - VIDA_MAXIMA, worker_ids=["muerto"]
    )
    assert recoger(ahora=ahora - timedelta(seconds=1)) == 0
    assert recoger(ahora=ahora + timedelta(seconds=1)) == 1
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


@pytest.mark.django_db
def test_tries_are_bounded_and_wait_longer_each_time():
    enviar()
    DBTaskResult.objects.update(
        status=TaskResultStatus.FAILED, worker_ids=["x"] * INTENTOS, finished_at=AHORA
    )
    assert recoger(ahora=AHORA) == 0
    esperas = [espera(n) for n in range(1, INTENTOS)]
    assert esperas == sorted(esperas)
    assert esperas[0] < timedelta(minutes=1)
    assert esperas[-1] == timedelta(hours=1)


@pytest.mark.django_db
def test_what_was_given_up_does_not_take_the_place_of_what_may_still_be_tried():
    enviar()
    tarea = DBTaskResult.objects.filter(queue_name="correo").get()
    DBTaskResult.objects.exclude(pk=tarea.pk).delete()
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, finished_at=AHORA, worker_ids=["x"])
    perdidas = [copy(tarea) for _ in range(JUNTAS)]
    for perdida in perdidas:
        perdida.pk = uuid4()
        perdida.status, perdida.finished_at = TaskResultStatus.FAILED, AHORA
        perdida.worker_ids = ["x"] * INTENTOS
    DBTaskResult.objects.bulk_create(perdidas)
    DBTaskResult.objects.filter(pk=tarea.pk).delete()
    tarea.status, tarea.finished_at, tarea.worker_ids = TaskResultStatus.FAILED, AHORA, ["x"]
    tarea.save(force_insert=True)
    assert recoger(ahora=AHORA) == 1
    tarea.refresh_from_db()
    assert tarea.status == TaskResultStatus.READY


def test_a_server_that_is_down_for_two_weeks_loses_nothing():
    assert sum((espera(n) for n in range(1, INTENTOS)), timedelta()) >= timedelta(days=14)


@pytest.mark.django_db(transaction=True)
def test_an_address_that_the_server_refuses_is_not_told_to_the_log(buzon, caplog):
    buzon.desconoce = True
    persona = UserFactory()
    enviar(por=persona)
    call_command("db_worker", "--batch", "--no-startup-delay", "--queue-name", "*")
    (tarea,) = DBTaskResult.objects.filter(queue_name="correo")
    assert tarea.status == TaskResultStatus.FAILED
    assert "550" in tarea.traceback
    formato = logging.Formatter()
    dicho = [formato.format(r) for r in caplog.records if r.name != "mail.log"]
    assert persona.email not in "".join([tarea.traceback, *dicho])
