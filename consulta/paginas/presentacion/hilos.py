"""Threads as pages draw them: the roots of one page, or the replies below one contribution."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page
from django.db.models import Exists, OuterRef

from consulta.aportes.enums import Postura
from consulta.aportes.filas import leer_filas
from consulta.aportes.hilos import (
    Lugar,
    Orden,
    Raices,
    novedades_de,
    posicion_de_replica,
    posturas_de,
)
from consulta.aportes.models import Aporte, Recuento
from consulta.paginas.presentacion.aportes import Tramo, VistaAporte
from consulta.paginas.presentacion.direcciones import direccion, pagina_de
from consulta.paginas.presentacion.hallados import hallar, pagina_contada
from consulta.paginas.presentacion.pedido import Pedido
from consulta.paginas.presentacion.ramas import REPLICAS_POR_PAGINA, dibujar, tramo_de
from consulta.paginas.presentacion.tarjetas import Lector, folio_de, tarjetas_de
from consulta.procesos.models import Asunto

RAICES_POR_PAGINA = 20

RECIENTES = "recientes"
ANTIGUOS = "antiguos"
ORDENES = {RECIENTES: "Más recientes primero", ANTIGUOS: "Más antiguos primero"}
"""Orders of the lists of contributions; those of a thread are `Orden`."""


@dataclass(slots=True)
class Barra:
    """One of the three stances in the bar at the head of a thread; `x` and `ancho` are percentages."""

    postura: str
    texto: str
    cuantas: int
    x: float
    ancho: float
    url: str


@dataclass(slots=True)
class Hilo:
    """A page of a thread. `total` counts every contribution of it, replies included."""

    page_obj: Page
    raices: Sequence[VistaAporte]
    total: int
    pedido: Pedido
    tramo: Tramo | None = None
    posturas: Sequence[Barra] = field(default_factory=list)
    nuevos: int = 0
    primero_nuevo_url: str = ""
    hay_mas: bool = False

    @property
    def ordenes(self) -> list[dict[str, object]]:
        return self.pedido.ordenes()

    @property
    def url_todas(self) -> str:
        """The same thread without stance, in the usual order."""
        return self.pedido.url(postura="", orden="", q="")

    @property
    def url_sin_busqueda(self) -> str:
        return self.pedido.url(q="")

    @property
    def filtrado(self) -> bool:
        return bool(self.pedido.postura) or self.pedido.orden is Orden.SIN_RESPUESTA

    @property
    def titulo_sin_nada(self) -> str:
        """What to say when the filter leaves nothing."""
        if self.pedido.postura:
            return f"Ningún comentario «{Postura(self.pedido.postura).label}»"
        return "Todos los comentarios tienen respuesta"


def hilo_de_asunto(
    asunto: Asunto, recuento: Recuento | None, pedido: Pedido, lector: Lector
) -> Hilo:
    """The page asked for of what was said of `asunto`: two queries, four for a deep link, and what its
    cards ask (`tarjetas_de`)."""
    if pedido.q:
        hallado = hallar(asunto, pedido, lector)
        total = recuento.total if recuento else 0
        return Hilo(hallado.page_obj, hallado.vistas, total, pedido, hay_mas=hallado.hay_mas)
    raices = Raices(asunto, pedido.orden, pedido.postura)
    buscado = _buscado(pedido, asunto) if pedido.ver else None
    numero: Any = pedido.pagina
    arriba = 0
    if buscado is not None:
        lugar = raices.lugar_de(buscado)
        if lugar is None:
            pedido = pedido.sin_filtros()
            raices = Raices(asunto, pedido.orden, pedido.postura)
            lugar = raices.lugar_de(buscado) or Lugar(0, 0)
        numero = lugar.raices // RAICES_POR_PAGINA + 1
        arriba = lugar.replicas
    total = raices.cuantas(recuento)
    page_obj = pagina_contada(total, RAICES_POR_PAGINA, numero)
    desde = (page_obj.number - 1) * RAICES_POR_PAGINA
    ids = raices.ids(desde, desde + RAICES_POR_PAGINA, total)
    vistas = dibujar(ids, buscado, arriba, lector)
    hilo = Hilo(
        page_obj,
        [vistas[pk] for pk in ids if pk in vistas],
        recuento.total if recuento else 0,
        pedido,
        posturas=_barras(recuento, pedido) if asunto.consulta.pide_postura else [],
    )
    _contar_nuevos(hilo, asunto, lector)
    return hilo


def hilo_de_aporte(aporte: Aporte, pedido: Pedido, lector: Lector) -> Hilo:
    """The replies below `aporte`, oldest first: all of them below a root, the direct ones below a reply."""
    if aporte.raiz_id is not None:
        return _directas(aporte, pedido, lector)
    numero: Any = pedido.pagina
    buscado = _buscado(pedido, aporte.asunto) if pedido.ver else None
    if buscado is not None and buscado.raiz_id == aporte.pk:
        numero = posicion_de_replica(buscado) // REPLICAS_POR_PAGINA + 1
    page_obj = pagina_contada(aporte.replicas_n, REPLICAS_POR_PAGINA, numero)
    ramas, tramo = tramo_de(aporte, page_obj.number, lector)
    hilo = Hilo(page_obj, ramas, aporte.replicas_n, pedido, tramo=tramo)
    _contar_nuevos(hilo, aporte.asunto, lector, aporte)
    return hilo


def ver_en_hilo(aporte: Aporte) -> str:
    """Where it stands among the others; empty for what opens a thread that has no page but its own."""
    if aporte.asunto.fragmento is not None or aporte.consulta.recibe_observaciones:
        base = pagina_de(aporte.asunto)
    elif aporte.raiz is not None:
        base = direccion("aporte", folio_de(aporte.consulta, aporte.raiz.n or 0))
    else:
        return ""
    return f"{base}?ver={aporte.folio}#aporte-{aporte.folio}"


def _directas(aporte: Aporte, pedido: Pedido, lector: Lector) -> Hilo:
    hijas = Aporte.objects.confirmados().filter(padre=aporte).order_by("enviado_en", "pk")
    page_obj = pagina_contada(hijas.count(), REPLICAS_POR_PAGINA, pedido.pagina)
    desde = (page_obj.number - 1) * REPLICAS_POR_PAGINA
    ids = list(hijas.values_list("pk", flat=True)[desde : desde + REPLICAS_POR_PAGINA])
    filas = leer_filas(ids, lector.cuenta)
    vistas = tarjetas_de(filas, lector)
    nietas = Aporte.objects.confirmados().filter(padre=OuterRef("pk"))
    for pk in Aporte.objects.filter(Exists(nietas), pk__in=ids).values_list("pk", flat=True):
        vistas[pk].tramo = Tramo(vistas[pk].folio, despues_url=f"{vistas[pk].url}#hilo")
    return Hilo(page_obj, [vistas[f.pk] for f in filas], page_obj.paginator.count, pedido)


def _buscado(pedido: Pedido, asunto: Asunto) -> Aporte | None:
    """The contribution a deep link names, when it is of this thread; one query."""
    return (
        Aporte.objects.confirmados()
        .select_related("raiz")
        .filter(asunto=asunto, n=pedido.n_buscado)
        .first()
    )


def _contar_nuevos(hilo: Hilo, asunto: Asunto, lector: Lector, raiz: Aporte | None = None) -> None:
    if lector.cuenta is None or lector.nuevo_desde is None:
        return
    numeros = novedades_de(
        asunto,
        desde=lector.nuevo_desde,
        cuenta=lector.cuenta,
        raiz_id=raiz.pk if raiz is not None else None,
    )
    hilo.nuevos = len(numeros)
    if numeros:
        folio = folio_de(lector.consulta, numeros[0])
        base = raiz.get_absolute_url() if raiz is not None else pagina_de(asunto)
        hilo.primero_nuevo_url = f"{base}?ver={folio}#aporte-{folio}"


def _barras(recuento: Recuento | None, pedido: Pedido) -> list[Barra]:
    cuentas = posturas_de(recuento)
    total = sum(n for _, n in cuentas)
    barras, x = [], 0.0
    for postura, n in cuentas:
        ancho = 100 * n / total if total else 0.0
        url = pedido.url(postura=postura.value)
        barras.append(Barra(postura.value, str(Postura(postura).label), n, x, ancho, url))
        x += ancho
    return barras
