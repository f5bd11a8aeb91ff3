"""`make bench-respuestas`: what answering costs at 10,000 and 100,000 rows.

The public ledger, the officials' queue, a batch of 1,000 answers published at one moment, and 10,000
rows out to a spreadsheet and back in. Runs on the PostgreSQL of DATABASE_URL, which it fills: give it
one of its own. The client is in this process; TAMANOS and VUELTAS set the scale.
"""

import io
import os
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import django

TAMANOS = [int(n) for n in os.environ.get("TAMANOS", "10000 100000").split()]
VUELTAS = int(os.environ.get("VUELTAS", "15"))
LOTE = int(os.environ.get("LOTE", "1000"))
PLANILLA = int(os.environ.get("PLANILLA", "10000"))
LIBRO = {
    "libro de todo el sitio": "/libro/",
    "libro de una consulta": "{consulta}libro/",
    "libro, una región": "/libro/?region=08",
    "filas de una cifra": "{consulta}libro/aportes/?estado=respondido",
}
CABEZA = "| {:<36} | consultas | p50 ms | p95 ms | CPU ms | memoria kB |\n|---|---|---|---|---|---|"


@dataclass
class Trabajo:
    """One piece of work done once."""

    consultas: int = 0
    segundos: float = 0
    memoria: float = 0


@contextmanager
def contado(trabajo: Trabajo) -> Iterator[Trabajo]:
    """Time and count what is done inside. Memory is weighed by `pesado`, which makes it slower."""
    from django.db import connection

    def contar(ejecutar: Any, *lo_suyo: Any) -> Any:
        trabajo.consultas += 1
        return ejecutar(*lo_suyo)

    comienzo = time.perf_counter()
    with connection.execute_wrapper(contar):
        yield trabajo
    trabajo.segundos = time.perf_counter() - comienzo


@contextmanager
def pesado(trabajo: Trabajo) -> Iterator[Trabajo]:
    tracemalloc.start()
    with contado(trabajo):
        yield trabajo
    trabajo.memoria = tracemalloc.get_traced_memory()[1] / 1024 / 1024
    tracemalloc.stop()


def decir(nombre: str, trabajo: Trabajo) -> None:
    peso = f" · {trabajo.memoria:.0f} MB" if trabajo.memoria else ""
    print(f"{nombre}: {trabajo.segundos:.2f} s · {trabajo.consultas} consultas{peso}", flush=True)


def paginas(rutas: dict[str, str], cliente: Any) -> None:
    """Each page, warmed up, `VUELTAS` times."""
    import statistics

    from tests.carga.hilos import Medida, medir, preparar

    print(CABEZA.format("página"), flush=True)
    for nombre, ruta in rutas.items():
        medida = Medida()
        caso: Callable[[Any], Any] = lambda c, ruta=ruta: _leida(c.get(ruta))  # noqa: E731
        preparar(medida, caso, cliente)
        for _ in range(VUELTAS):
            medir(medida, caso, cliente)
        print(
            f"| {nombre:<36} | {medida.consultas} | {medida.p(0.5):.0f} | {medida.p(0.95):.0f} "
            f"| {statistics.median(medida.cpu):.0f} | {medida.memoria:.0f} |",
            flush=True,
        )


def _leida(respuesta: Any) -> Any:
    """Read to the end what is streamed, keeping nothing."""
    if respuesta.streaming:
        for _ in respuesta.streaming_content:
            pass
        respuesta.content = b""
    return respuesta


def responder_a_siete_de_diez(institucion: Any) -> None:
    """By the bulk writer of the demo; they stay answered for the ledger's pages."""
    import random
    from types import SimpleNamespace

    from django.utils import timezone

    from consulta.aportes.models import Aporte
    from portal.demo.en_bloque import responder

    filas = Aporte.objects.pendientes().select_related("consulta").order_by("pk")
    ids = [pk for pk in filas.values_list("pk", flat=True) if pk % 10 < 7]
    for i in range(0, len(ids), 10_000):
        lote: list[Any] = [
            SimpleNamespace(aporte=a) for a in filas.filter(pk__in=ids[i : i + 10_000])
        ]
        chances = random.Random(i)
        responder(lote, institucion=institucion, chances=chances, ahora=timezone.now())


def lote_de_mil(oficial: Any) -> None:
    """Seal a thousand answers, each of its own, publish them at one moment, let the worker tell."""
    from consulta.aportes.models import Aporte
    from consulta.respuestas.difusion import JUNTAS, difundir_publicadas
    from consulta.respuestas.enums import Resultado
    from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura
    from consulta.respuestas.flows.lotes import crear_lote, publicar_lote
    from consulta.respuestas.flows.sellar import sellar_respuesta
    from consulta.respuestas.models import RespuestaVersion

    nuevos = Aporte.objects.pendientes().filter(coberturas=None).order_by("-consulta", "pk")
    ids = list(nuevos.values_list("pk", flat=True)[: LOTE + PLANILLA])
    Aporte.objects.filter(pk__in=ids).update(institucion=oficial.institucion, responsable=oficial)
    aportes = list(Aporte.objects.filter(pk__in=ids[:LOTE]).select_related("consulta"))
    lote = crear_lote(
        nombre="Mil respuestas",
        consulta=aportes[0].consulta,
        institucion=oficial.institucion,
        por=oficial,
    )
    destino = DestinoElegido(porque_nada="La norma vigente ya lo regula.")
    with contado(Trabajo()) as trabajo:
        for aporte in aportes:
            sellar_respuesta(
                coberturas=[LineaDeCobertura(aporte, Resultado.NO_INCORPORADA, destino)],
                razon=f"Lo revisamos con el área técnica: {aporte.folio} pide otra norma.",
                institucion=oficial.institucion,
                por=oficial,
                lote=lote,
            )
    decir(f"sellar {len(aportes)} respuestas", trabajo)
    with contado(Trabajo()) as trabajo:
        hecho = publicar_lote(lote=lote, por=oficial)
    assert len(hecho.versiones) == len(aportes), hecho.apartadas[:3]
    decir(f"publicar un lote de {len(aportes)} (una transacción)", trabajo)
    ids = list(
        RespuestaVersion.objects.filter(lote=lote).order_by("pk").values_list("pk", flat=True)
    )
    with pesado(Trabajo()) as trabajo:
        for i in range(0, len(ids), JUNTAS):
            difundir_publicadas.func(ids[i : i + JUNTAS])
    decir("avisar y proyectar, el trabajador", trabajo)


def planilla_de_diez_mil(oficial: Any) -> None:
    """Out to XLSX, filled in, back in as drafts."""
    from openpyxl import load_workbook

    from consulta.aportes.models import Aporte
    from consulta.respuestas.flows.planillas import (
        aplicar_pieza,
        confirmar_planilla,
        leer_planilla,
        recibir_planilla,
    )
    from consulta.respuestas.planilla.columnas import COLUMNAS, DESTINOS, RESULTADOS
    from consulta.respuestas.planilla.escribir import escribir_planilla

    filas = Aporte.objects.pendientes().filter(institucion=oficial.institucion, coberturas=None)
    filas = filas.order_by("-consulta", "pk")
    consulta = filas.select_related("consulta")[0].consulta
    pedidas = Aporte.objects.filter(pk__in=list(filas.values_list("pk", flat=True)[:PLANILLA]))
    with pesado(Trabajo()) as trabajo, escribir_planilla(pedidas, oficial.institucion) as archivo:
        contenido = archivo.read()
    decir(f"XLSX de {pedidas.count()} filas, {len(contenido) // 1024} kB", trabajo)
    libro = load_workbook(io.BytesIO(contenido))
    hoja = max(libro.worksheets, key=lambda h: h.max_row)
    cabeza = next(n for n in range(1, 11) if hoja.cell(n, 1).value == COLUMNAS["folio"])
    lugar = {campo: i for i, campo in enumerate(COLUMNAS, 1)}
    for n in range(cabeza + 1, hoja.max_row + 1):
        hoja.cell(n, lugar["resultado"], RESULTADOS["no_incorporada"])
        hoja.cell(n, lugar["razon"], f"Lo revisamos en conjunto; caso {n % 500}.")
        hoja.cell(n, lugar["destino"], DESTINOS["nada"])
        hoja.cell(n, lugar["porque_nada"], "La norma vigente ya lo regula.")
    lleno = io.BytesIO()
    libro.save(lleno)
    recibida = recibir_planilla(
        contenido=lleno.getvalue(),
        nombre="respuestas.xlsx",
        consulta=consulta,
        institucion=oficial.institucion,
        por=oficial,
    )
    with pesado(Trabajo()) as trabajo:
        leer_planilla(planilla=recibida, por=oficial)
    decir("leerla y juzgarla", trabajo)
    recibida = confirmar_planilla(planilla=recibida, por=oficial)
    with contado(Trabajo()) as trabajo:
        while aplicar_pieza(planilla=recibida, por=oficial):
            pass
    decir("hacer los borradores", trabajo)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    os.environ["LIMITES"] = "enviar=1000000"
    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from consulta.aportes.models import Aporte
    from consulta.procesos.models import Consulta
    from tests.carga.cola import LISTA, PAGINAS, en_bloque, repartir
    from tests.carga.sembrar_hilo import poblar
    from tests.factories.cuentas import InstitucionFactory

    call_command("migrate", verbosity=0)
    for n in TAMANOS:
        poblar(n)
        consulta = Consulta.objects.order_by("-pk")[0]
        ruta = consulta.get_absolute_url()
        total = Aporte.objects.recibidos().count()
        responder_a_siete_de_diez(InstitucionFactory())
        print(f"\n## {total} aportes, siete de diez respondidos: el libro público", flush=True)
        paginas({k: v.format(consulta=ruta) for k, v in LIBRO.items()}, Client())
        oficial = repartir()
        cliente = Client()
        cliente.force_login(oficial)
        print(f"\n## {Aporte.objects.pendientes().count()} pendientes: la lista", flush=True)
        paginas({k: f"{LISTA}{v}" for k, v in PAGINAS.items()}, cliente)
        en_bloque(oficial)
    print(f"\n## Un lote de {LOTE} y una planilla de {PLANILLA}", flush=True)
    lote_de_mil(oficial)
    planilla_de_diez_mil(oficial)
    return 0


if __name__ == "__main__":
    sys.exit(main())
