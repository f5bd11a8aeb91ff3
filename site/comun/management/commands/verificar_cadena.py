"""`manage.py verificar_cadena`: recompute every leaf, root, link and head of the chain of seals."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comun.cadena import LOTE, cabeza, falla_de_sello, fallas_de_enlace, sin_sellar
from comun.registro import Sello


class Command(BaseCommand):
    help = (
        "Recalcula la cadena de sellos desde los eventos: hojas, raíces, enlaces y cabezas. "
        "Termina con error si algo fue cambiado, falta o sobra."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--desde", type=int, default=1, metavar="N", help="Primer sello que se revisa (1)."
        )
        parser.add_argument(
            "--maximo", type=int, default=100, help="Cuántas fallas se muestran (100)."
        )

    def handle(self, *args: Any, desde: int, maximo: int, **options: Any) -> None:
        if desde < 1:
            raise CommandError("--desde es el número de un sello: 1 o más.")
        ultimo = cabeza()
        if ultimo is None:
            self.stdout.write(f"Todavía no hay sellos; {sin_sellar()} eventos esperan el primero.")
            return
        if desde > ultimo.n:
            raise CommandError(f"El último sello es el {ultimo.n}.")
        fallas = [*fallas_de_enlace(desde), *self._por_dentro(desde, ultimo.n)]
        for falla in fallas[:maximo]:
            self.stdout.write(f"  ✗ sello {falla.n}: {falla.detalle}")
        if len(fallas) > maximo:
            self.stdout.write(f"  … y {len(fallas) - maximo} más")
        if fallas:
            raise CommandError(f"La cadena no cuadra: {len(fallas)} fallas.", returncode=1)
        self.stdout.write(f"Cabeza: sello {ultimo.n}  {ultimo.sha256}")
        self.stdout.write(f"Por sellar: {sin_sellar()} eventos")
        self.stdout.write(self.style.SUCCESS("La cadena cuadra."))

    def _por_dentro(self, desde: int, hasta: int) -> list[Any]:
        comienzo = dicho = time.monotonic()
        fallas, eventos, sellos = [], 0, 0
        total = hasta - desde + 1
        for sello in Sello.objects.filter(n__gte=desde, n__lte=hasta).order_by("n").iterator(LOTE):
            falla = falla_de_sello(sello)
            if falla is not None:
                fallas.append(falla)
            sellos, eventos = sellos + 1, eventos + sello.cuantos
            if time.monotonic() - dicho >= 1:
                dicho = time.monotonic()
                self.stderr.write(f"  … {sellos} de {total} sellos, {eventos} eventos")
        segundos = time.monotonic() - comienzo
        self.stdout.write(f"{sellos} sellos, {eventos} eventos ({segundos:.1f} s)")
        return fallas
