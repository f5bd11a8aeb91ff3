"""A batch is published while people write, while another official publishes it, and the worker dies."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import connection, connections
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from comun.avisos import enviar_aviso
from comun.errores import Conflicto
from comun.registro import Aviso, Evento
from comun.tareas import recoger
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.respuestas.flows.lotes import (
    Publicadas,
    desechar_lote,
    poner_en_lote,
    publicar_lote,
    sellar_lote,
)
from consulta.respuestas.flows.varios import reunir_borrador
from consulta.respuestas.models import Borrador, RespuestaVersion
from tests.consulta.aportes.test_carreras import a_la_vez
from tests.consulta.respuestas.test_lotes import lote_de
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
RAIZ = Path(__file__).parents[3]


def sellado(cuantos):
    oficial = UserFactory(oficial=True)
    lote, aportes = lote_de(cuantos, oficial)
    sellar_lote(lote=lote, por=oficial, ahora=AHORA)
    return lote, aportes, oficial


def test_two_officials_publishing_the_same_batch_at_once_publish_it_once():
    lote, aportes, oficial = sellado(6)
    colega = UserFactory(oficial=True, institucion=oficial.institucion)
    hechos = a_la_vez(
        [lambda p=p: publicar_lote(lote=lote, por=p, ahora=AHORA) for p in (oficial, colega) * 2]
    )
    assert all(isinstance(h, Publicadas) for h in hechos)
    assert sum(len(h.versiones) for h in hechos) == len(aportes)
    assert not any(h.apartadas for h in hechos)
    assert Evento.objects.filter(verbo="publicar_respuesta").count() == len(aportes)
    assert Evento.objects.filter(verbo="publicar_lote").count() == 1


def test_withdrawing_while_a_batch_is_published_ends_in_one_of_the_two():
    lote, aportes, oficial = sellado(4)
    uno = aportes[0]
    a_la_vez(
        [
            lambda: retirar_aporte(aporte=uno, por=uno.autoria.cuenta, ahora=AHORA),
            lambda: publicar_lote(lote=lote, por=oficial, ahora=AHORA),
        ]
    )
    balance = Aporte.objects.all().balance(AHORA.date())
    assert balance.cuadra
    assert balance.respondidos + balance.retirados == len(aportes)


def test_people_write_while_a_batch_is_published_and_nothing_of_theirs_is_lost():
    lote, aportes, oficial = sellado(60)
    asunto, personas = aportes[0].asunto, [UserFactory() for _ in range(8)]
    publicada = threading.Event()

    def escribir(persona):
        hechos = 0
        while hechos < 2 or not (publicada.is_set() or hechos >= 6):
            aporte(asunto=asunto, por=persona)
            hechos += 1
        return hechos

    def publicar():
        try:
            return publicar_lote(lote=lote, por=oficial, ahora=AHORA)
        finally:
            publicada.set()

    hecho, *escritos = a_la_vez([publicar, *(lambda p=p: escribir(p) for p in personas)])
    assert len(hecho.versiones) == 60
    assert all(isinstance(n, int) for n in escritos), escritos
    assert Aporte.objects.count() == 60 + sum(escritos)


def _entorno() -> dict[str, str]:
    ajustes = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{ajustes['NAME']}"
    else:
        quien = (
            f"{ajustes['USER']}:{ajustes['PASSWORD']}" if ajustes["PASSWORD"] else ajustes["USER"]
        )
        servidor = f"{ajustes['HOST'] or 'localhost'}:{ajustes['PORT'] or 5432}"
        url = f"postgres://{quien}@{servidor}/{ajustes['NAME']}"
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "PYTHONPATH": f"{RAIZ}:{RAIZ / 'site'}",
    }


def _obrero() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(RAIZ / "manage.py"), "db_worker", "--queue-name", "*", "--batch",
         "--no-startup-delay", "--no-reload"],
        env=_entorno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def test_a_worker_killed_while_it_tells_people_loses_nobody_and_tells_nobody_twice():
    lote, aportes, oficial = sellado(120)
    Aviso.objects.all().delete()
    DBTaskResult.objects.all().delete()
    publicar_lote(lote=lote, por=oficial, ahora=AHORA)
    avisos = Aviso.objects.filter(razon="respuesta")
    connections.close_all()
    obrero = _obrero()
    limite = time.monotonic() + 120
    while avisos.count() < 5 and time.monotonic() < limite and obrero.poll() is None:
        time.sleep(0.02)
    obrero.send_signal(signal.SIGKILL)
    obrero.wait()
    hechos = avisos.count()
    assert 5 <= hechos < len(aportes), "the worker should die in the middle"
    assert DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).exists()
    recoger(ahora=timezone.now() + timedelta(hours=1))
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=timezone.now())
    connections.close_all()
    assert _obrero().wait(timeout=300) == 0
    destinos = list(avisos.values_list("destino", flat=True))
    assert sorted(destinos) == sorted(f"aporte:{a.pk}" for a in aportes)
    enviar = DBTaskResult.objects.filter(task_path=enviar_aviso.module_path)
    numeros = [t.args_kwargs["args"][0] for t in enviar]
    assert len(numeros) == len(set(numeros))
    assert RespuestaVersion.objects.publicadas().count() == len(aportes)


def test_sealing_moving_gathering_and_discarding_at_once_wait_for_each_other():
    oficial = UserFactory(oficial=True)
    lote, _ = lote_de(8, oficial)
    borradores = list(Borrador.objects.filter(lote=lote))

    def reunir(uno):
        return reunir_borrador(
            aportes=[uno.pk], consulta=lote.consulta, institucion=oficial.institucion, por=oficial,
            lote=lote, razon="Sí.", ahora=AHORA,
        )  # fmt: skip

    nuevos = [aporte(consulta=lote.consulta) for _ in range(6)]
    hechos = a_la_vez(
        [
            lambda: sellar_lote(lote=lote, por=oficial, ahora=AHORA),
            lambda: poner_en_lote(lote=lote, borradores=borradores, por=oficial),
            *(partial(reunir, uno) for uno in nuevos[:3]),
            lambda: desechar_lote(lote=lote, por=oficial, ahora=AHORA),
            lambda: publicar_lote(lote=lote, por=oficial, ahora=AHORA),
            *(partial(reunir, uno) for uno in nuevos[3:]),
        ]
    )
    raras = [h for h in hechos if isinstance(h, Exception) and not isinstance(h, Conflicto)]
    assert raras == []
