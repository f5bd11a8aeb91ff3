"""`manage.py importar_aportes CSV --consulta SLUG`: see what a spreadsheet would bring, then bring it."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from comun.errores import ErrorDeDominio
from comun.planillas import filas_csv
from consulta.aportes.flows.ingresar import ingresar_aporte
from consulta.aportes.importacion.filas import Lector, Pedido
from consulta.aportes.importacion.planilla import Fila, Planilla, abrir
from consulta.aportes.models import Aporte
from consulta.aportes.permissions import puede_ingresar
from consulta.procesos.models import Consulta
from cuentas.encargados import encargado

Falla = tuple[int, str, str]
"""Line, column and what is wrong."""

ENCABEZADO = ("línea", "columna", "problema")


class Command(BaseCommand):
    help = (
        "Ingresa aportes que llegaron por oficio, mesa o papel. Sin --aplicar solo revisa: muestra qué "
        "traería y los errores por fila. Repetirlo continúa donde quedó. Columnas: docs/importar.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("csv", type=Path, metavar="CSV")
        parser.add_argument("--consulta", required=True, metavar="SLUG")
        parser.add_argument(
            "--aplicar", action="store_true", help="Escribe. Sin esto, solo revisa."
        )
        parser.add_argument(
            "--saltar-errores",
            action="store_true",
            help="Ingresa las filas buenas aunque otras fallen.",
        )
        parser.add_argument(
            "--errores", type=Path, metavar="CSV", help="Guarda aquí los errores por fila."
        )
        parser.add_argument("--por", default="", metavar="CORREO", help="Cuenta que ingresa.")
        parser.add_argument(
            "--maximo", type=int, default=20, help="Cuántos errores se muestran (20)."
        )

    def handle(self, *args: Any, csv: Path, consulta: str, **opciones: Any) -> None:
        fila = Consulta.objects.con_contexto().filter(slug=consulta).first()
        if fila is None:
            raise CommandError(f"No hay una consulta con dirección «{consulta}».")
        por = encargado(opciones["por"])
        if por is None or not puede_ingresar(por, fila):
            raise CommandError(
                "Indique con --por el correo de una cuenta de la secretaría técnica."
            )
        if not csv.is_file():
            raise CommandError(f"No existe el archivo {csv}.")
        try:
            planilla = abrir(csv)
            self._presentar(planilla)
            total, fallas = self._revisar(planilla, Lector(planilla, fila, timezone.now()))
        except ErrorDeDominio as error:
            raise CommandError(error.mensaje) from error
        self._mostrar(fallas, opciones["maximo"], opciones["errores"])
        buenas = total - len(fallas)
        self.stdout.write(f"{total} filas: {buenas} se pueden ingresar, {len(fallas)} con errores.")
        if fallas and not (opciones["aplicar"] and opciones["saltar_errores"]):
            raise CommandError(
                "No se ingresó nada: corrija las filas, o use --aplicar --saltar-errores.",
                returncode=1,
            )
        if not opciones["aplicar"]:
            self.stdout.write(
                "Es una vista previa: no se escribió nada. Para ingresarlas, --aplicar."
            )
            return
        self._aplicar(planilla, fila, por, buenas, opciones)

    def _presentar(self, planilla: Planilla) -> None:
        separador = {";": "punto y coma", ",": "coma", "\t": "tabulador"}[planilla.separador]
        self.stdout.write(
            f"{planilla.ruta.name}: {planilla.codificacion}, separado por {separador}."
        )
        self.stdout.write(f"Columnas: {', '.join(c for c in planilla.columnas if c)}.")
        if planilla.ignoradas:
            self.stdout.write(f"Se ignoran: {', '.join(planilla.ignoradas)}.")

    def _revisar(self, planilla: Planilla, lector: Lector) -> tuple[int, list[Falla]]:
        fallas: list[Falla] = []
        total = 0
        for fila, pedido in self._leidas(planilla, lector, "Revisando"):
            total += 1
            if isinstance(pedido, ErrorDeDominio):
                fallas.append((fila.linea, pedido.campo or "", pedido.mensaje))
        return total, fallas

    def _leidas(
        self, planilla: Planilla, lector: Lector, que: str
    ) -> Iterator[tuple[Fila, Pedido | ErrorDeDominio]]:
        dicho = time.monotonic()
        for fila in planilla.filas():
            try:
                yield fila, lector.leer(fila)
            except ErrorDeDominio as error:
                yield fila, error
            if time.monotonic() - dicho >= 1:
                dicho = time.monotonic()
                self.stderr.write(f"  {que}… fila {fila.n}")

    def _mostrar(self, fallas: list[Falla], maximo: int, destino: Path | None) -> None:
        for linea, columna, problema in fallas[:maximo]:
            donde = f"línea {linea}, {columna}" if columna else f"línea {linea}"
            self.stdout.write(f"  ✗ {donde}: {problema}")
        if len(fallas) > maximo:
            self.stdout.write(f"  … y {len(fallas) - maximo} más")
        if destino is not None:
            destino.write_bytes(b"".join(filas_csv(ENCABEZADO, fallas)))
            self.stdout.write(f"Errores en {destino}")

    def _aplicar(
        self,
        planilla: Planilla,
        consulta: Consulta,
        por: Any,
        buenas: int,
        opciones: dict[str, Any],
    ) -> None:
        lector = Lector(planilla, consulta, timezone.now())
        nuevas = ya_estaban = 0
        fallas: list[Falla] = []
        for fila, pedido in self._leidas(planilla, lector, f"Ingresando {buenas} filas"):
            if isinstance(pedido, ErrorDeDominio):
                continue
            # Each row is a transaction of its own: whoever stops it halfway loses none and doubles none.
            previo = Aporte.objects.filter(clave_idempotencia=pedido.clave).exists()
            if previo:
                ya_estaban += 1
                continue
            try:
                ingresar_aporte(**self._argumentos(pedido, lector), consulta=consulta, por=por)
                nuevas += 1
            except ErrorDeDominio as error:
                fallas.append((fila.linea, error.campo or "", error.mensaje))
        self._mostrar(fallas, opciones["maximo"], opciones["errores"] if fallas else None)
        self.stdout.write(
            f"{nuevas} aportes ingresados, {ya_estaban} ya estaban, {len(fallas)} fallaron."
        )
        if fallas:
            raise CommandError("Algunas filas no se pudieron ingresar.", returncode=1)

    def _argumentos(self, pedido: Pedido, lector: Lector) -> dict[str, Any]:
        padre = None
        if pedido.padre:
            clave = lector.clave_de(pedido.padre)
            padre = (
                Aporte.objects.select_related("asunto__consulta")
                .filter(clave_idempotencia=clave)
                .first()
            )
        return {
            "contenido": pedido.contenido,
            "ingreso": pedido.ingreso,
            "clave": pedido.clave,
            "tipo": pedido.tipo,
            "asunto": pedido.asunto,
            "padre": padre,
        }
