"""`make bench-respuestas`: what the officials' queue costs with 10,000 and with 100,000 pending rows.

Runs on the PostgreSQL of DATABASE_URL, which it fills: give it one of its own. The client is in this
process; TAMANOS and VUELTAS set the scale. Rows are spread over institutions, people, themes and due
days; some are being written about, none is answered.
"""

import os
import statistics
import sys
import time
from typing import Any

import django

TAMANOS = [int(n) for n in os.environ.get("TAMANOS", "10000 100000").split()]
VUELTAS = int(os.environ.get("VUELTAS", "15"))
LISTA = "/admin/participacion/aportes/"
PAGINAS = {
    "míos": "?estado=pendiente&a_cargo=mios",
    "mi institución": "?estado=pendiente&a_cargo=institucion",
    "todos los pendientes": "?estado=pendiente",
    "en redacción": "?estado=en_redaccion",
    "vencidos": "?estado=vencido",
    "más apoyados": "?estado=pendiente&orden=apoyados",
    "región y tipo": "?estado=pendiente&region=08&tipo=observacion",
    "palabras": "?estado=pendiente&q=municipios+datos",
    "última página": "?estado=pendiente&p=9999999",
}


def repartir() -> Any:
    """All rows pending, in the hands of ten institutions and a hundred people; returns one of them."""
    from django.db import connection

    from consulta.respuestas.models import Borrador, FilaDeBorrador
    from cuentas.models import User
    from tests.factories.cuentas import InstitucionFactory, UserFactory

    casas = [InstitucionFactory(nombre=f"Servicio {i}") for i in range(10)]
    gente = list(User.objects.filter(email__startswith="cola").order_by("pk")) or [
        UserFactory(oficial=True, email=f"cola{i}@pruebas.example", institucion=casas[i % 10])
        for i in range(100)
    ]
    primera, persona = casas[0].pk, gente[0].pk
    FilaDeBorrador.objects.all().delete()
    Borrador.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE aportes_aporte SET respondido_en = NULL, situacion = 'vigente', motivo = '', "
            "causa = '', quitado_en = NULL, "
            "vence_el = CURRENT_DATE + (id %% 60)::int - 15, region = lpad((id %% 16 + 1)::text, 2, '0'), "
            "institucion_id = CASE WHEN id %% 4 = 0 THEN NULL ELSE %s + (id %% 10) END, "
            "responsable_id = CASE WHEN id %% 4 = 1 THEN %s + (id %% 100) END, apoyos = id %% 97",
            [primera, persona],
        )
        cursor.execute("VACUUM ANALYZE")
    _redactar(casas[0])
    return gente[0]


def _redactar(casa: Any) -> None:
    """One row of twenty is being written about, in one draft."""
    from django.utils import timezone

    from consulta.aportes.models import Aporte
    from consulta.procesos.models import Consulta
    from consulta.respuestas.models import Borrador, FilaDeBorrador

    ahora = timezone.now()
    borrador = Borrador.objects.create(
        consulta=Consulta.objects.order_by("-pk")[0],
        institucion=casa,
        creado_en=ahora,
        modificado_en=ahora,
    )
    filas = Aporte.objects.filter(institucion__isnull=False).order_by("pk")
    FilaDeBorrador.objects.bulk_create(
        (
            FilaDeBorrador(borrador=borrador, institucion_id=institucion, aporte_id=pk)
            for pk, institucion in filas.values_list("pk", "institucion")
            if pk % 20 == 3
        ),
        batch_size=2_000,
    )


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    os.environ["LIMITES"] = "enviar=1000000"
    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from consulta.aportes.models import Aporte
    from tests.carga.hilos import Medida, medir, preparar
    from tests.carga.sembrar_hilo import poblar

    call_command("migrate", verbosity=0)
    for n in TAMANOS:
        poblar(n)
        oficial = repartir()
        cliente = Client()
        cliente.force_login(oficial)
        print(f"\n{Aporte.objects.pendientes().count()} pendientes", flush=True)
        print(
            "| Página | consultas | p50 ms | p95 ms | CPU ms | CPU base ms | kB |",
            "|---|---|---|---|---|---|---|",
            sep="\n",
            flush=True,
        )
        for nombre, pedido in PAGINAS.items():
            medida = Medida()
            caso = lambda c, pedido=pedido: c.get(f"{LISTA}{pedido}")  # noqa: E731
            preparar(medida, caso, cliente)
            for _ in range(VUELTAS):
                medir(medida, caso, cliente)
            print(
                f"| {nombre} | {medida.consultas} | {medida.p(0.5):.0f} | {medida.p(0.95):.0f} "
                f"| {statistics.median(medida.cpu):.0f} | {statistics.median(medida.cpu_base):.0f} "
                f"| {medida.memoria:.0f} |",
                flush=True,
            )
        en_bloque(oficial)
    return 0


def en_bloque(oficial: Any) -> None:
    """Assign a thousand rows at once, then let the rules look at what is new."""
    from django.utils import timezone

    from consulta.aportes.models import Aporte
    from consulta.respuestas.flows.asignar import deshacer_asignacion
    from consulta.respuestas.flows.mover import asignar_aportes
    from consulta.respuestas.flows.plazos import avisar_plazos
    from consulta.respuestas.flows.reglas import aplicar_reglas_nuevas, crear_regla
    from tests.factories.cuentas import UserFactory

    libres = Aporte.objects.pendientes().filter(institucion=None)
    ids = list(libres.values_list("pk", flat=True)[:1000])
    hecho: Any = None

    def asignar() -> None:
        nonlocal hecho
        hecho = asignar_aportes(
            aportes=ids, institucion=oficial.institucion, responsable=oficial, por=oficial
        )

    mesa = UserFactory(secretaria=True)
    crear_regla(
        consulta=libres.first().consulta,
        por=mesa,
        institucion=oficial.institucion,
        palabras="datos",
    )
    for nombre, hacer in (
        (f"asignar {len(ids)}", asignar),
        ("deshacerlo", lambda: deshacer_asignacion(tanda=hecho.tanda, por=oficial)),
        ("un minuto del reloj con una regla", lambda: aplicar_reglas_nuevas(timezone.now())),
        ("el aviso del día", lambda: avisar_plazos(_a_las_nueve())),
    ):
        comienzo = time.perf_counter()
        hacer()
        print(f"{nombre}: {(time.perf_counter() - comienzo) * 1000:.0f} ms", flush=True)


def _a_las_nueve() -> Any:
    """Nine o'clock of the next business day."""
    from datetime import datetime, time

    from django.utils import timezone

    from comun.fechas import SANTIAGO, dia_de
    from consulta.procesos.habiles import sumar_habiles

    return datetime.combine(sumar_habiles(dia_de(timezone.now()), 1), time(9), tzinfo=SANTIAGO)


if __name__ == "__main__":
    sys.exit(main())
