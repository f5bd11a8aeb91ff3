"""What the address of a thread asks for. It may come from anywhere: nothing in it fails."""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest

from comun.listas import PAGINA, consulta_sin, elegido
from comun.textos import limpiar_linea
from consulta.aportes.enums import Postura
from consulta.aportes.hilos import Orden

LARGO_BUSQUEDA = 200
_NUMERO = re.compile(r"[A-Za-z][A-Za-z0-9]{1,11}-([0-9]{1,9})")


@dataclass(frozen=True)
class Pedido:
    """Order, stance, words, page, and the folio that a deep link wants to see in its place."""

    orden: Orden = Orden.RECIENTES
    postura: str = ""
    q: str = ""
    pagina: str = "1"
    ver: str = ""
    resto: str = ""

    @property
    def numero(self) -> int:
        return int(self.pagina) if self.pagina.isdecimal() and len(self.pagina) < 9 else 1

    @property
    def n_buscado(self) -> int:
        hallado = _NUMERO.fullmatch(self.ver)
        return int(hallado[1]) if hallado else 0

    def sin_filtros(self) -> "Pedido":
        """As usual: what a deep link falls back on when the order or stance leaves its target out."""
        return replace(self, orden=Orden.RECIENTES, postura="")

    def ordenes(self) -> list[dict[str, object]]:
        """The orders as links that keep stance and words."""
        return [
            {"texto": str(o.label), "url": self.url(orden=o.value), "elegido": o is self.orden}
            for o in Orden
        ]

    def url(self, **cambios: str) -> str:
        """The address of this thread with `cambios`, from its first page."""
        partes = {"orden": str(self.orden.value), "postura": self.postura, "q": self.q} | cambios
        if partes["orden"] == Orden.RECIENTES:
            partes["orden"] = ""
        return f"?{urlencode({k: v for k, v in partes.items() if v})}#hilo"


def pedido_de(request: HttpRequest) -> Pedido:
    """Read it from the query string; what is not understood is left out."""
    return Pedido(
        orden=Orden(elegido(request, "orden", Orden.values) or Orden.RECIENTES),
        postura=elegido(request, "postura", Postura.values),
        q=limpiar_linea(request.GET.get("q", "")[: LARGO_BUSQUEDA * 2])[:LARGO_BUSQUEDA],
        pagina=request.GET.get(PAGINA, "1"),
        ver=request.GET.get("ver", "")[:24],
        resto=consulta_sin(request, "ver", "hacia"),
    )
