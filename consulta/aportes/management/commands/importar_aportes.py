"""`manage.py importar_aportes CSV --consulta SLUG`: see what a spreadsheet would bring, then bring it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from comun.errores import ErrorDeDominio
from comun.planillas import filas_csv
from consulta.aportes.flows.entradas import Entrada
from consulta.aportes.importacion.entrador import TANDA, Avance, Entrador, Falla
from consulta.aportes.importacion.filas import Lector
from consulta.aportes.importacion.planilla import Fila, Planilla, abrir
from consulta.aportes.permissions import puede_ingresar
from consulta.procesos.models import Consulta
from cuentas.encargados import encargado

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
        avance = Avance(None, lambda dicho: self.stderr.write(f"  Revisando… {dicho}"))
        for fila, entrada in self._leidas(planilla, lector):
            total += 1
            avance.van(total)
            if isinstance(entrada, ErrorDeDominio):
                fallas.append((fila.linea, entrada.campo or "", entrada.mensaje))
        return total, fallas

    def _leidas(
        self, planilla: Planilla, lector: Lector
    ) -> Iterator[tuple[Fila, Entrada | ErrorDeDominio]]:
        for fila in planilla.filas():
            try:
                yield fila, lector.leer(fila)
            except ErrorDeDominio as error:
                yield fila, error

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
        entrador = Entrador(consulta, por)
        avance = Avance(buenas, lambda dicho: self.stderr.write(f"  Ingresando… {dicho}"))
        tanda: list[tuple[int, Entrada]] = []
        for fila, entrada in self._leidas(planilla, Lector(planilla, consulta, timezone.now())):
            if isinstance(entrada, ErrorDeDominio):
                continue
            tanda.append((fila.linea, entrada))
            if len(tanda) == TANDA:
                entrador.entrar(tanda)
                avance.van(entrador.vistas)
                tanda = []
        entrador.entrar(tanda)
        avance.van(entrador.vistas, fin=True)
        fallas = entrador.fallas
        self._mostrar(fallas, opciones["maximo"], opciones["errores"] if fallas else None)
        self.stdout.write(
            f"{entrador.nuevas} aportes ingresados, {entrador.ya_estaban} ya estaban, "
            f"{len(fallas)} fallaron."
        )
        if fallas:
            raise CommandError("Algunas filas no se pudieron ingresar.", returncode=1)
