"""`manage.py comprobar_libro`: recompute every sum, folio, seal and hash of the ledger."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from consulta.respuestas.libro import (
    COMPROBACIONES,
    Comprobacion,
    comprobar_sumas,
    de_un_instante,
    sumas,
)
from consulta.respuestas.libro_respuestas import DE_RESPUESTAS

ANCHO = 52
REGLAS = (*COMPROBACIONES, *DE_RESPUESTAS)


class Command(BaseCommand):
    help = "Recomputa el libro de aportes y respuestas. Termina con error si una fila no cuadra."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--maximo",
            type=int,
            default=100,
            help="Cuántas filas con problemas se muestran por regla (100).",
        )

    def handle(self, *args: Any, maximo: int, **options: Any) -> None:
        with de_un_instante():
            hechas = [self._sumas(), *(self._una(regla) for regla in REGLAS)]
        malas = 0
        for hecha in hechas:
            malas += len(hecha.hallazgos)
            for nota in hecha.notas:
                self.stdout.write(f"  · {hecha.regla}: {nota}")
            for hallazgo in hecha.hallazgos[:maximo]:
                self.stdout.write(f"  ✗ {hallazgo.fila}  {hallazgo.regla}: {hallazgo.detalle}")
            if len(hecha.hallazgos) > maximo:
                self.stdout.write(f"  … y {len(hecha.hallazgos) - maximo} más de «{hecha.regla}»")
        if malas:
            raise CommandError(f"El libro no cuadra: {malas} filas con problemas.", returncode=1)
        self.stdout.write(self.style.SUCCESS("El libro cuadra."))

    def _sumas(self) -> Comprobacion:
        filas = sumas()
        titulos = ("recibidos", "respondidos", "pendientes", "retirados", "removidos")
        self.stdout.write(f"{'Consulta':<14}" + "".join(f"{t:>13}" for t in titulos))
        for suma in filas:
            cifras = "".join(f"{getattr(suma, t):>13}" for t in titulos)
            marca = "" if suma.cuadra else "  ✗ no cuadra"
            self.stdout.write(f"{suma.consulta.sigla:<14}{cifras}{marca}")
        self.stdout.write("")
        return self._decir(comprobar_sumas(filas), 0)

    def _una(self, regla: Any) -> Comprobacion:
        comienzo = time.monotonic()
        return self._decir(regla(), time.monotonic() - comienzo)

    def _decir(self, hecha: Comprobacion, segundos: float) -> Comprobacion:
        cuenta = f"{len(hecha.hallazgos)} con problemas" if hecha.hallazgos else "bien"
        self.stdout.write(
            f"{hecha.regla:<{ANCHO}}{hecha.filas:>9} filas  {cuenta} ({segundos:.1f} s)"
        )
        return hecha
