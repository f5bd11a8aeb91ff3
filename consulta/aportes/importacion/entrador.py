"""Entering the rows of a spreadsheet, a batch in each transaction: fast, and safe to stop anywhere."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from comun.errores import ErrorDeDominio
from consulta.aportes.flows.entradas import Entrada
from consulta.aportes.flows.ingresar import ingresar_aportes
from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta
from cuentas.models import User

TANDA = 100
"""Rows of one transaction: a third of a second, which is what anyone who sends meanwhile may wait."""

Falla = tuple[int, str, str]
"""Line, column and what is wrong."""


@dataclass
class Entrador:
    """Enters rows and counts what became of them. Whoever kills it halfway loses the batch that was
    being written, whole, and runs it again: what is there is passed over by its key."""

    consulta: Consulta
    por: User
    nuevas: int = 0
    ya_estaban: int = 0
    fallas: list[Falla] = field(default_factory=list)

    @property
    def vistas(self) -> int:
        return self.nuevas + self.ya_estaban + len(self.fallas)

    def entrar(self, filas: Sequence[tuple[int, Entrada]]) -> None:
        """Enter `filas`, each with the line it came from. If one of them cannot be, the others are."""
        claves = [e.clave for _linea, e in filas]
        hechas = set(
            Aporte.objects.filter(clave_idempotencia__in=claves).values_list(
                "clave_idempotencia", flat=True
            )
        )
        faltan = [(linea, e) for linea, e in filas if e.clave not in hechas]
        self.ya_estaban += len(hechas)
        try:
            self._ingresar([e for _linea, e in faltan])
        except ErrorDeDominio:
            for linea, entrada in faltan:
                try:
                    self._ingresar([entrada])
                except ErrorDeDominio as error:
                    self.fallas.append((linea, error.campo or "", error.mensaje))

    def _ingresar(self, entradas: Sequence[Entrada]) -> None:
        if entradas:
            ingresar_aportes(consulta=self.consulta, entradas=entradas, por=self.por)
            self.nuevas += len(entradas)


class Avance:
    """Says once a second how far a long work is; `de` is all there is to do, None where unknown."""

    def __init__(self, de: int | None, decir: Callable[[str], object]) -> None:
        self.de, self.decir = de, decir
        self.empezo = self.dicho = time.monotonic()

    def van(self, cuantas: int, *, fin: bool = False) -> None:
        """`cuantas` are done. The end is always said, with how fast it went."""
        ahora = time.monotonic()
        if not fin and ahora - self.dicho < 1:
            return
        self.dicho = ahora
        ritmo = cuantas / max(ahora - self.empezo, 0.001)
        if self.de is None:
            self.decir(f"{cuantas} filas")
            return
        parte = 100 * cuantas // self.de if self.de else 100
        falta = max(0, round((self.de - cuantas) / ritmo)) if ritmo else 0
        resta = "" if fin else f"; faltan unos {falta} s"
        self.decir(f"{cuantas} de {self.de} ({parte} %), {ritmo:.0f} por segundo{resta}")
