"""`make bench-hilos`: what threads of 10, 1.000, 10.000 and 100.000 comments cost, side by side.

Runs on the PostgreSQL of DATABASE_URL, which it fills: give it one of its own. The client is in this
process, so CPU is that of Python; p50 and p95 hold the database too. Cases of all sizes take turns,
so that a slow minute of the machine falls on all of them alike. TAMANOS and VUELTAS set the scale.
"""

import os
import random
import statistics
import sys
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import django

TAMANOS = [int(n) for n in os.environ.get("TAMANOS", "10 1000 10000 100000").split()]
VUELTAS = int(os.environ.get("VUELTAS", "30"))
RAICES = 0.5
"""Share of roots; half of the replies hang from the first one, the others from any."""
LOTE = 2_000


@dataclass
class Medida:
    """One case at one size."""

    consultas: int = 0
    tiempos: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def p(self, cuanto: float) -> float:
        en_orden = sorted(self.tiempos)
        return en_orden[min(int(len(en_orden) * cuanto), len(en_orden) - 1)]


def poblar(total: int) -> Any:
    """A draft of one paragraph with `total` comments; returns its Asunto."""
    from django.utils import timezone

    from comun import buscador
    from consulta.aportes.models import Aporte, Contador
    from consulta.aportes.recuentos import recontar
    from consulta.procesos.models import Asunto
    from cuentas.models import Institucion, User
    from portal.demo.en_bloque import Pieza, escribir
    from tests.factories.procesos import ConsultaFactory, version_publicada

    ahora = timezone.now()
    consulta = ConsultaFactory(
        etapa__inicio=ahora - timedelta(days=9),
        etapa__fin=ahora + timedelta(days=9),
        slug=f"hilo-{total}",
        sigla=f"H{total}",
    )
    version = version_publicada(consulta, [f"Un párrafo con {total} comentarios."])
    asunto = Asunto.objects.select_related("consulta").get(fragmento__version=version)
    institucion = Institucion.objects.get_or_create(nombre="Oficina de Pruebas")[0]
    personas = list(User.objects.filter(email__startswith="hilo"))
    if not personas:
        personas = User.objects.bulk_create(
            User(email=f"hilo{i}@pruebas.example", nombre_publico=f"Persona {i}")
            for i in range(200)
        )
    chances = random.Random(total)
    raices: list[Aporte] = []
    for desde in range(0, total, LOTE):
        piezas = []
        for i in range(desde, min(desde + LOTE, total)):
            padre = None
            if raices and i % 2:
                padre = raices[0] if chances.random() < RAICES else chances.choice(raices[-500:])
            pieza = Pieza.inventar(
                asunto=asunto, n=i + 1, padre=padre,
                en=ahora - timedelta(days=8) + timedelta(days=7) * (i / total),
                titulo="", texto=f"Comentario {i} sobre datos abiertos y municipios. " * 3,
                tema=None, persona=chances.choice(personas), institucion=institucion, chances=chances,
            )  # fmt: skip
            if padre is None:
                pieza.aporte.tipo = "observacion"
                raices.append(pieza.aporte)
            piezas.append(pieza)
        escribir(piezas)
        buscador.proyectar_ids(Aporte, [p.aporte.pk for p in piezas])
    Contador.objects.update_or_create(consulta=consulta, defaults={"ultimo": total})
    recontar(consulta)
    return asunto


def casos(asunto: Any) -> dict[str, Any]:
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

    def publicar(cliente: Any) -> Any:
        return cliente.post(url, {"texto": f"Otro comentario {uuid4()}", "clave": str(uuid4())})

    return {
        "primera página": lambda c: c.get(url),
        "página del medio": lambda c: c.get(f"{url}?pagina={media}"),
        "más apoyados": lambda c: c.get(f"{url}?orden=apoyados"),
        "sin respuesta": lambda c: c.get(f"{url}?orden=sin_respuesta"),
        "enlace a uno": lambda c: c.get(f"{url}?ver={honda.folio}"),
        "respuestas": lambda c: c.get(f"{trozo}?pagina={tramos}", headers={"hx-request": "true"}),
        "buscar": lambda c: c.get(f"{url}?q=municipio"),
        "publicar": publicar,
    }


def medir(medida: Medida, caso: Any, cliente: Any, *, contar: bool) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    if contar:
        with CaptureQueriesContext(connection) as hechas:
            respuesta = caso(cliente)
        medida.consultas = len(hechas)
        assert respuesta.status_code in (200, 302), (respuesta.status_code, respuesta.content[:400])
        return
    cpu, reloj = time.process_time(), time.perf_counter()
    caso(cliente)
    medida.tiempos.append((time.perf_counter() - reloj) * 1000)
    medida.cpu.append((time.process_time() - cpu) * 1000)


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
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

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
    for quien, cliente in (("sin cuenta", anonimo), ("con cuenta", conectado)):
        for nombre in hilos[TAMANOS[0]]:
            if nombre == "publicar" and cliente is anonimo:
                continue
            medidas = {n: Medida() for n in TAMANOS}
            for n in TAMANOS:
                for _ in range(2):
                    medir(medidas[n], hilos[n][nombre], cliente, contar=True)
            for _ in range(VUELTAS):
                for n in TAMANOS:
                    medir(medidas[n], hilos[n][nombre], cliente, contar=False)
            decir(f"{nombre}, {quien}", medidas)
    print(
        f"\nRuido de la máquina (p95 sobre p50 de un mismo cálculo): {antes:.0f} % al comenzar, ",
        end="",
    )
    print(
        f"{ruido():.0f} % al terminar. {VUELTAS} vueltas; {time.monotonic() - comienzo:.0f} s en total."
    )
    return 0


def decir(titulo: str, medidas: dict[int, Medida]) -> None:
    base = statistics.median(medidas[TAMANOS[0]].cpu) or 1
    print(f"\n{titulo}")
    print(
        f"  {'comentarios':>12} {'consultas':>10} {'p50 ms':>8} {'p95 ms':>8} "
        f"{'CPU ms':>8} {'razón':>7} {'dispersión':>11}"
    )
    for n, m in medidas.items():
        cpu = statistics.median(m.cpu)
        print(
            f"  {n:>12} {m.consultas:>10} {m.p(0.5):>8.1f} {m.p(0.95):>8.1f} {cpu:>8.1f} "
            f"{cpu / base:>7.2f} {'±' + format(statistics.pstdev(m.cpu), '.1f'):>11}",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
