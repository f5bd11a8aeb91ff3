"""What is too large for a request goes to a worker of its own process: told while it goes on, resumed when
it dies in the middle, and never done twice."""

import io
import signal
import time
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from openpyxl import load_workbook

from comun.tareas import recoger
from consulta.aportes.models import Aporte
from consulta.respuestas import despacho
from consulta.respuestas.avance import QUIETO
from consulta.respuestas.enums import EstadoDePlanilla
from consulta.respuestas.models import Borrador, FilaDeBorrador, Lote, Planilla, RespuestaVersion
from consulta.respuestas.planilla.columnas import COLUMNAS
from consulta.respuestas.planilla.escribir import escribir_planilla
from tests.consulta.respuestas.test_carreras_de_lotes import _obrero
from tests.consulta.respuestas.test_lotes import lote_de
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory

pytestmark = pytest.mark.django_db(transaction=True)
NOMBRES = list(COLUMNAS)
FILAS = 140
PLANILLAS = "/admin/participacion/respuestas/planillas/"
LOTES = "/admin/participacion/respuestas/lotes/"


@pytest.fixture
def oficial():
    return UserFactory(oficial=True)


def llena(cuantos, oficial):
    """A filled spreadsheet over the size that is read while one waits, each row with its own reason."""
    asunto = AsuntoFactory()
    suyos = [aporte(asunto=asunto) for _ in range(cuantos)]
    filas = Aporte.objects.filter(pk__in=[a.pk for a in suyos]).order_by("pk")
    libro = load_workbook(escribir_planilla(filas, oficial.institucion))
    hoja = libro["Respuestas"]
    for n in range(cuantos):
        dice = {
            "resultado": "No incorporada", "destino": "Nada cambia",
            "porque_nada": "La norma ya lo regula.",
            "razon": f"Razón {n}. " + " ".join(f"{n * 7919 * i % 104729:x}" for i in range(1, 140)),
        }  # fmt: skip
        for campo, valor in dice.items():
            hoja.cell(row=n + 2, column=NOMBRES.index(campo) + 1, value=valor)
    caja = io.BytesIO()
    libro.save(caja)
    assert len(caja.getvalue()) > despacho.DE_INMEDIATO
    return asunto.consulta, caja


def subir(client, consulta, caja):
    caja.seek(0)
    caja.name = "respuestas.xlsx"
    respuesta = client.post(PLANILLAS, {"consulta": consulta.pk, "archivo": caja})
    assert respuesta.status_code == 302, respuesta.content
    return Planilla.objects.get()


def ver(client, ruta):
    return client.get(ruta).content.decode()


def trabajar():
    """A worker until nothing is left to do."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
    connections.close_all()
    assert _obrero().wait(timeout=300) == 0


def matar_cuando(pasa):
    """A worker that is killed as soon as `pasa()`; then what it held is made ready again."""
    connections.close_all()
    obrero = _obrero()
    limite = time.monotonic() + 120
    while not pasa() and time.monotonic() < limite and obrero.poll() is None:
        time.sleep(0.01)
    obrero.send_signal(signal.SIGKILL)
    obrero.wait()
    assert pasa(), "the worker should die in the middle"
    assert DBTaskResult.objects.filter(status="RUNNING").exists()
    recoger(ahora=timezone.now() + timedelta(hours=1))


def test_a_large_spreadsheet_is_read_and_drafted_by_the_worker(client, oficial):
    consulta, caja = llena(FILAS, oficial)
    client.force_login(oficial)
    planilla = subir(client, consulta, caja)
    ruta = f"{PLANILLAS}{planilla.pk}/"
    pagina = ver(client, ruta)
    assert planilla.estado == EstadoDePlanilla.LEYENDO
    assert "Leyendo el archivo: 0 filas" in pagina and "<progress" in pagina
    assert "Actualizar" in pagina and "No avanza" not in pagina
    trabajar()
    pagina = ver(client, ruta)
    assert f"Hacer borradores con {FILAS} filas" in pagina
    client.post(ruta, {"accion": "confirmar"})
    pagina = ver(client, ruta)
    assert f"Haciendo borradores: 0 de {FILAS} filas" in pagina
    trabajar()
    planilla.refresh_from_db()
    assert planilla.estado == EstadoDePlanilla.APLICADA
    assert Borrador.objects.filter(lote=planilla.lote).count() == FILAS
    assert "Haciendo borradores" not in ver(client, ruta)


def test_a_worker_killed_in_the_middle_of_a_spreadsheet_makes_no_draft_twice(client, oficial):
    consulta, caja = llena(FILAS, oficial)
    client.force_login(oficial)
    planilla = subir(client, consulta, caja)
    trabajar()
    ruta = f"{PLANILLAS}{planilla.pk}/"
    client.post(ruta, {"accion": "confirmar"})
    matar_cuando(lambda: Borrador.objects.count() >= 5)
    hechos = Borrador.objects.count()
    assert 5 <= hechos < FILAS
    assert f"Haciendo borradores: {hechos} de {FILAS} filas" in ver(client, ruta)
    Planilla.objects.update(avance_en=timezone.now() - QUIETO * 2)
    pagina = ver(client, ruta)
    assert "No avanza desde las" in pagina and "Se retoma sola" in pagina
    assert 'value="desechar"' in pagina
    trabajar()
    planilla.refresh_from_db()
    assert planilla.estado == EstadoDePlanilla.APLICADA
    assert FilaDeBorrador.objects.count() == Borrador.objects.count() == FILAS


def test_one_thrown_away_while_the_worker_was_dead_stays_away(client, oficial):
    consulta, caja = llena(FILAS, oficial)
    client.force_login(oficial)
    planilla = subir(client, consulta, caja)
    Planilla.objects.update(subida_en=timezone.now() - QUIETO * 2)
    ruta = f"{PLANILLAS}{planilla.pk}/"
    assert "No avanza" in ver(client, ruta)
    client.post(ruta, {"accion": "desechar"})
    trabajar()
    planilla.refresh_from_db()
    assert planilla.estado == EstadoDePlanilla.DESECHADA and not planilla.filas.exists()
    assert not Borrador.objects.exists()


def test_what_cannot_be_read_says_so_after_the_worker_tried(client, oficial):
    consulta = AsuntoFactory().consulta
    client.force_login(oficial)
    caja = io.BytesIO(b"PK\x03\x04" + b"roto" * 20_000)
    planilla = subir(client, consulta, caja)
    trabajar()
    pagina = ver(client, f"{PLANILLAS}{planilla.pk}/")
    assert "No se pudo leer el archivo" in pagina and "Subir otra" in pagina


def test_a_batch_is_sealed_by_the_worker_and_says_what_it_could_not_seal(client, oficial):
    lote, _ = lote_de(55, oficial)
    malo = Borrador.objects.filter(lote=lote).order_by("pk")[7]
    Borrador.objects.filter(pk=malo.pk).update(razon="")
    client.force_login(oficial)
    ruta = f"{LOTES}{lote.pk}/"
    client.post(ruta, {"accion": "sellar"})
    pagina = ver(client, ruta)
    assert "Sellando en segundo plano: faltan 55." in pagina and 'max="55"' in pagina
    assert "Sellar todo" not in pagina and "No avanza" not in pagina
    assert (
        "ya se está sellando"
        in client.post(ruta, {"accion": "sellar"}, follow=True).content.decode()
    )
    trabajar()
    pagina = ver(client, ruta)
    assert RespuestaVersion.objects.filter(lote=lote).count() == 54
    assert "1 no se selló" in pagina and f"Borrador {malo.pk}" in pagina and "razón" in pagina
    assert "Sellando" not in pagina and "Sellar todo" in pagina


def test_a_worker_killed_in_the_middle_of_sealing_seals_nothing_twice(client, oficial):
    lote, _ = lote_de(120, oficial)
    client.force_login(oficial)
    ruta = f"{LOTES}{lote.pk}/"
    client.post(ruta, {"accion": "sellar"})
    selladas = RespuestaVersion.objects.filter(lote=lote)
    matar_cuando(lambda: selladas.count() >= 5)
    hechas = selladas.count()
    assert 5 <= hechas < 120
    assert f"faltan {120 - hechas}." in ver(client, ruta)
    trabajar()
    assert selladas.count() == 120 == selladas.values("coberturas__aporte").distinct().count()
    lote.refresh_from_db()
    assert lote.sellando_desde is None and not Borrador.objects.exists()


def test_sealing_that_stands_still_says_so_and_may_be_gone_on_with(client, oficial):
    lote, _ = lote_de(51, oficial)
    client.force_login(oficial)
    ruta = f"{LOTES}{lote.pk}/"
    client.post(ruta, {"accion": "sellar"})
    DBTaskResult.objects.all().delete()
    Lote.objects.update(sellando_desde=timezone.now() - QUIETO * 2)
    pagina = ver(client, ruta)
    assert "No avanza desde las" in pagina and "Sellar todo" in pagina
    client.post(ruta, {"accion": "sellar"})
    trabajar()
    assert RespuestaVersion.objects.filter(lote=lote).count() == 51
