"""`make bench-hilos`: what threads of 10, 1.000, 10.000 and 100.000 comments cost, side by side.

Runs on the PostgreSQL of DATABASE_URL, which it fills: give it one of its own. The client is in this
process, so CPU is that of Python from the request to the last byte; that of the database is told apart,
where its process is on this machine. Sizes take turns, so that a slow minute falls on all alike.
TAMANOS and VUELTAS set the scale.
"""

import os
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import django

TAMANOS = [int(n) for n in os.environ.get("TAMANOS", "10 1000 10000 100000").split()]
VUELTAS = int(os.environ.get("VUELTAS", "30"))
Caso = Callable[[Any], Any]


@dataclass
class Medida:
    """One case at one size; milliseconds, and `memoria` in kB at the peak of a request."""

    consultas: int = 0
    memoria: float = 0
    tiempos: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    cpu_base: list[float] = field(default_factory=list)

    def p(self, cuanto: float) -> float:
        en_orden = sorted(self.tiempos)
        return en_orden[min(int(len(en_orden) * cuanto), len(en_orden) - 1)]

    @property
    def en_una_celda(self) -> str:
        """Queries · p50 · p95 · CPU."""
        cpu = statistics.median(self.cpu)
        return f"{self.consultas} · {self.p(0.5):.0f} · {self.p(0.95):.0f} · {cpu:.0f}"


def casos(asunto: Any) -> dict[str, Caso]:
    """What is asked of a thread: name → function of the client."""
    from django.urls import reverse

    from consulta.aportes.models import Aporte, Recuento

    url = asunto.get_absolute_url()
    filas = Aporte.objects.filter(asunto=asunto).select_related("consulta")
    raices = Recuento.objects.get(asunto=asunto).raices
    raiz = filas.filter(raiz=None).order_by("enviado_en").first()
    honda = filas.filter(raiz=raiz).order_by("enviado_en")[max(raiz.replicas_n // 2 - 1, 0)]
    media = max(raices // 40, 1)
    trozo = reverse("paginas:respuestas", args=[raiz.folio])
    tramos = max(raiz.replicas_n // 80, 1)
    visible = filas.filter(raiz=None, situacion="vigente").first()
    fragmento = asunto.fragmento_id

    def decir(cliente: Any, a: str) -> Any:
        return cliente.post(a, {"texto": f"Otro comentario {uuid4()}", "clave": str(uuid4())})

    def por_api(cliente: Any) -> Any:
        datos = {"tipo": "observacion", "fragmento": fragmento, "clave": str(uuid4())}
        return cliente.post(
            "/api/v2/aportes/",
            {**datos, "texto": f"Otro comentario {uuid4()}"},
            content_type="application/json",
            headers={"X-Session-Token": cliente.session.session_key},
        )

    def sin_cambios(cliente: Any) -> Any:
        etags = cliente.__dict__.setdefault("etags", {})
        respuesta = cliente.get(url, headers={"If-None-Match": etags.get(url, "")})
        etags[url] = respuesta.get("ETag", "")
        return respuesta

    return {
        "primera página": lambda c: c.get(url),
        "página del medio": lambda c: c.get(f"{url}?pagina={media}"),
        "más apoyados": lambda c: c.get(f"{url}?orden=apoyados"),
        "sin respuesta": lambda c: c.get(f"{url}?orden=sin_respuesta"),
        "enlace a uno": lambda c: c.get(f"{url}?ver={honda.folio}"),
        "respuestas": lambda c: c.get(f"{trozo}?pagina={tramos}", headers={"hx-request": "true"}),
        "buscar": lambda c: c.get(f"{url}?q=municipio"),
        "sin cambios (304)": sin_cambios,
        "publicar": lambda c: decir(c, url),
        "replicar": lambda c: decir(c, reverse("paginas:replicar", args=[visible.folio])),
        "publicar por la API": por_api,
    }


SOLO_SIN_CUENTA = {"sin cambios (304)"}
SOLO_CON_CUENTA = {"publicar", "replicar", "publicar por la API"}


def medir(medida: Medida, caso: Caso, cliente: Any) -> None:
    base = cpu_de_la_base()
    cpu, reloj = time.process_time(), time.perf_counter()
    comprobar(caso(cliente))
    medida.tiempos.append((time.perf_counter() - reloj) * 1000)
    medida.cpu.append((time.process_time() - cpu) * 1000)
    medida.cpu_base.append(cpu_de_la_base() - base)


def preparar(medida: Medida, caso: Caso, cliente: Any) -> None:
    """Warm up, count the queries and weigh one request."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    comprobar(caso(cliente))
    with CaptureQueriesContext(connection) as hechas:
        comprobar(caso(cliente))
    medida.consultas = len(hechas)
    tracemalloc.start()
    comprobar(caso(cliente))
    medida.memoria = tracemalloc.get_traced_memory()[1] / 1024
    tracemalloc.stop()


def comprobar(respuesta: Any) -> None:
    assert respuesta.status_code in (200, 201, 302, 304), (
        respuesta.status_code,
        respuesta.content[:400],
    )


def cpu_de_la_base() -> float:
    """CPU of our backend of PostgreSQL so far, in milliseconds; nought where it is elsewhere."""
    from django.db import connection

    connection.ensure_connection()
    propio = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(propio.read_text().split()[0]) / 1e6 if propio.exists() else 0.0


def ruido() -> float:
    """How uneven this machine is now: p95 over p50 of the same bit of Python, in percent."""
    vueltas = []
    for _ in range(60):
        comienzo = time.perf_counter()
        sum(range(60_000))
        vueltas.append(time.perf_counter() - comienzo)
    vueltas.sort()
    return 100 * (vueltas[56] / vueltas[30] - 1)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    os.environ["LIMITES"] = "enviar=1000000"
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from tests.carga.sembrar_hilo import poblar
    from tests.factories.cuentas import UserFactory

    call_command("migrate", verbosity=0)
    comienzo = time.monotonic()
    hilos = {}
    for n in TAMANOS:
        hilos[n] = casos(poblar(n))
        print(f"  {n:>7} comentarios escritos · {time.monotonic() - comienzo:.0f} s", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    anonimo, conectado = Client(), Client()
    conectado.force_login(UserFactory(email="lectora@pruebas.example"))
    antes = ruido()
    resumen: dict[str, dict[int, Medida]] = {}
    for quien, cliente, otros in (
        ("sin cuenta", anonimo, SOLO_CON_CUENTA),
        ("con cuenta", conectado, SOLO_SIN_CUENTA),
    ):
        for nombre in [n for n in hilos[TAMANOS[0]] if n not in otros]:
            medidas = {n: Medida() for n in TAMANOS}
            for n in TAMANOS:
                preparar(medidas[n], hilos[n][nombre], cliente)
            for _ in range(VUELTAS):
                for n in TAMANOS:
                    medir(medidas[n], hilos[n][nombre], cliente)
            resumen[f"{nombre}, {quien}"] = medidas
            decir(f"{nombre}, {quien}", medidas)
    resumir(resumen)
    print(
        f"\nRuido de la máquina (p95 sobre p50 de un mismo cálculo): {antes:.0f} % al comenzar, "
        f"{ruido():.0f} % al terminar. {VUELTAS} vueltas; {time.monotonic() - comienzo:.0f} s en total."
    )
    return 0


def decir(titulo: str, medidas: dict[int, Medida]) -> None:
    base = statistics.median(medidas[TAMANOS[0]].cpu) or 1
    print(f"\n{titulo}")
    print(
        f"  {'comentarios':>12} {'consultas':>10} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>8} "
        f"{'CPU base':>9} {'por s':>7} {'kB':>7} {'razón':>7} {'dispersión':>11}"
    )
    for n, m in medidas.items():
        cpu = statistics.median(m.cpu)
        print(
            f"  {n:>12} {m.consultas:>10} {m.p(0.5):>8.1f} {m.p(0.95):>8.1f} {cpu:>8.1f} "
            f"{statistics.median(m.cpu_base):>9.1f} {1000 / statistics.mean(m.tiempos):>7.0f} "
            f"{m.memoria:>7.0f} {cpu / base:>7.2f} {'±' + format(statistics.pstdev(m.cpu), '.1f'):>11}",
            flush=True,
        )


def resumir(resumen: dict[str, dict[int, Medida]]) -> None:
    """The table of the whole, as docs/hilos.md has it."""
    print("\nConsultas · p50 ms · p95 ms · CPU ms")
    print("| | " + " | ".join(f"{n:,}".replace(",", ".") for n in TAMANOS) + " |")
    print("|---" * (len(TAMANOS) + 1) + "|")
    for titulo, medidas in resumen.items():
        print(f"| {titulo} | " + " | ".join(m.en_una_celda for m in medidas.values()) + " |")


if __name__ == "__main__":
    sys.exit(main())
