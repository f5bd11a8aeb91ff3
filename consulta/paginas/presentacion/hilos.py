"""Threads as pages draw them. Roots are paged; replies come a stretch at a time, oldest first.

Oldest first means that a reply comes after what it answers. Four levels are drawn; deeper ones stand
in the fourth and say whom they answer, and so does a reply whose parent is in another stretch.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef

from comun import buscador
from consulta.aportes.enums import Postura
from consulta.aportes.hilos import (
    FilaDeHilo,
    Orden,
    Raices,
    leer_filas,
    novedades_de,
    posicion_de_replica,
    posturas_de,
    primeras_replicas,
    replicas_de,
)
from consulta.aportes.models import Aporte, Recuento
from consulta.paginas.presentacion.aportes import Tramo, VistaAporte
from consulta.paginas.presentacion.direcciones import direccion, pagina_de
from consulta.paginas.presentacion.pedido import Pedido
from consulta.paginas.presentacion.tarjetas import Lector, folio_de, tarjetas_de
from consulta.paginas.presentacion.textos import con_marcas
from consulta.procesos.models import Asunto

RAICES_POR_PAGINA = 20
REPLICAS_POR_RAIZ = 5
REPLICAS_POR_PAGINA = 40
NIVELES = 4

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
    """The page asked for of what was said of `asunto`: four queries, six for a deep link."""
    if pedido.q:
        return _hallados(asunto, recuento, pedido, lector)
    raices = Raices(asunto, pedido.orden, pedido.postura)
    buscado = _buscado(pedido, asunto) if pedido.ver else None
    numero: Any = pedido.pagina
    if buscado is not None:
        posicion = raices.posicion(buscado.raiz or buscado)
        if posicion is None:
            pedido = pedido.sin_filtros()
            raices = Raices(asunto, pedido.orden, pedido.postura)
            posicion = raices.posicion(buscado.raiz or buscado) or 0
        numero = posicion // RAICES_POR_PAGINA + 1
    total = raices.cuantas(recuento)
    page_obj = _pagina(total, RAICES_POR_PAGINA, numero)
    desde = (page_obj.number - 1) * RAICES_POR_PAGINA
    ids = raices.ids(desde, desde + RAICES_POR_PAGINA, total)
    vistas = _dibujar(ids, buscado, lector)
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
    page_obj = _pagina(aporte.replicas_n, REPLICAS_POR_PAGINA, numero)
    ramas, tramo = tramo_de(aporte, page_obj.number, lector)
    hilo = Hilo(page_obj, ramas, aporte.replicas_n, pedido, tramo=tramo)
    _contar_nuevos(hilo, aporte.asunto, lector, aporte)
    return hilo


def tramo_de(raiz: Aporte, numero: int, lector: Lector) -> tuple[list[VistaAporte], Tramo]:
    """One stretch of the replies below a root, hung in their tree, and the ways out of it."""
    desde = (numero - 1) * REPLICAS_POR_PAGINA
    ids = list(
        replicas_de(raiz.pk).values_list("pk", flat=True)[desde : desde + REPLICAS_POR_PAGINA]
    )
    filas = leer_filas(ids, lector.cuenta)
    vistas = tarjetas_de(filas, lector)
    ramas = armar(filas, vistas, [raiz.pk])[raiz.pk]
    _nombrar_padres(filas, vistas, {raiz.pk}, lector)
    return ramas, _tramo(raiz.folio, raiz.replicas_n, desde, len(filas))


def ver_en_hilo(aporte: Aporte) -> str:
    """Where it stands among the others; empty for what opens a thread that has no page but its own."""
    if aporte.asunto.fragmento is not None or aporte.consulta.recibe_observaciones:
        base = pagina_de(aporte.asunto)
    elif aporte.raiz is not None:
        base = direccion("aporte", folio_de(aporte.consulta, aporte.raiz.n or 0))
    else:
        return ""
    return f"{base}?ver={aporte.folio}#aporte-{aporte.folio}"


def armar(
    filas: Sequence[FilaDeHilo], vistas: Mapping[int, VistaAporte], raices: Iterable[int]
) -> dict[int, list[VistaAporte]]:
    """Hang each reply of `filas`, which come oldest first, where it is drawn; returns those right below
    each of `raices`, which need not be among them."""
    nivel = dict.fromkeys(raices, 1)
    debajo: dict[int, list[VistaAporte]] = {
        pk: vistas[pk].replicas if pk in vistas else [] for pk in nivel
    }
    ramas = {pk: debajo[pk] for pk in nivel}
    arriba: dict[int, int] = {}
    for fila in filas:
        if fila.raiz_id is None or fila.pk in nivel:
            continue
        padre = fila.padre_id if fila.padre_id in nivel else fila.raiz_id
        if padre is None or padre not in nivel:
            continue
        vista, lugar = vistas[fila.pk], padre
        if nivel[padre] == NIVELES:
            lugar = arriba[padre]
            vista.en_respuesta_texto = vistas[padre].folio
            vista.en_respuesta_url = f"#aporte-{vistas[padre].folio}"
        debajo[lugar].append(vista)
        debajo[fila.pk] = vista.replicas
        arriba[fila.pk] = lugar
        nivel[fila.pk] = vista.nivel = nivel[lugar] + 1
    return ramas


def _dibujar(ids: Sequence[int], buscado: Aporte | None, lector: Lector) -> dict[int, VistaAporte]:
    """Cards of the roots `ids` with their first replies, or the stretch where the one looked for is."""
    desde, en_tramo, raiz_buscada = 0, [], None
    if buscado is not None and buscado.raiz_id in ids:
        raiz_buscada = buscado.raiz_id
        desde = posicion_de_replica(buscado) // REPLICAS_POR_PAGINA * REPLICAS_POR_PAGINA
        tramo = replicas_de(buscado.raiz_id or 0).values_list("pk", flat=True)
        en_tramo = list(tramo[desde : desde + REPLICAS_POR_PAGINA])
    otras = primeras_replicas([pk for pk in ids if pk != raiz_buscada], REPLICAS_POR_RAIZ)
    filas = leer_filas([*ids, *en_tramo, *otras], lector.cuenta)
    vistas = tarjetas_de(filas, lector)
    armar(filas, vistas, ids)
    mostradas: dict[int, int] = {}
    for fila in filas:
        if fila.raiz_id is not None:
            mostradas[fila.raiz_id] = mostradas.get(fila.raiz_id, 0) + 1
    for pk in ids:
        vista = vistas.get(pk)
        if vista is not None and vista.replicas_n:
            es_la_buscada = pk == raiz_buscada
            vista.tramo = _tramo(
                vista.folio,
                vista.replicas_n,
                desde if es_la_buscada else 0,
                mostradas.get(pk, 0),
                entero=es_la_buscada,
            )
    if raiz_buscada is not None:
        _nombrar_padres(filas, vistas, set(ids), lector)
    return vistas


def _tramo(folio: str, total: int, desde: int, mostradas: int, *, entero: bool = True) -> Tramo:
    """Ways out of a stretch. One that is not `entero` is a first taste, which its page takes the place of."""
    base = direccion("respuestas", folio)
    quedan = max(total - desde - mostradas, 0)
    numero = desde // REPLICAS_POR_PAGINA + 1
    return Tramo(
        folio,
        antes=desde,
        antes_url=f"{base}?pagina={numero - 1}&hacia=antes" if desde else "",
        despues=quedan,
        despues_url=f"{base}?pagina={numero + 1 if entero else 1}" if quedan else "",
        reemplaza=not entero,
    )


def _directas(aporte: Aporte, pedido: Pedido, lector: Lector) -> Hilo:
    hijas = Aporte.objects.confirmados().filter(padre=aporte).order_by("enviado_en", "pk")
    page_obj = _pagina(hijas.count(), REPLICAS_POR_PAGINA, pedido.pagina)
    desde = (page_obj.number - 1) * REPLICAS_POR_PAGINA
    ids = list(hijas.values_list("pk", flat=True)[desde : desde + REPLICAS_POR_PAGINA])
    filas = leer_filas(ids, lector.cuenta)
    vistas = tarjetas_de(filas, lector)
    nietas = Aporte.objects.confirmados().filter(padre=OuterRef("pk"))
    for pk in Aporte.objects.filter(Exists(nietas), pk__in=ids).values_list("pk", flat=True):
        vistas[pk].tramo = Tramo(vistas[pk].folio, despues_url=f"{vistas[pk].url}#hilo")
    return Hilo(page_obj, [vistas[f.pk] for f in filas], page_obj.paginator.count, pedido)


def _hallados(asunto: Asunto, recuento: Recuento | None, pedido: Pedido, lector: Lector) -> Hilo:
    """What has the words looked for, the latest first, each with the way to its place."""
    suyos = Aporte.objects.confirmados().vigentes().de_asunto(asunto)
    hallazgo = buscador.buscar_dentro(
        Aporte,
        pedido.q,
        suyos.order_by("-enviado_en", "-pk"),
        numero=pedido.numero,
        por_pagina=RAICES_POR_PAGINA,
    )
    filas = {f.pk: f for f in leer_filas(hallazgo.ids, lector.cuenta)}
    vistas = tarjetas_de(filas.values(), lector)
    _nombrar_padres(list(filas.values()), vistas, set(), lector)
    base = pagina_de(asunto)
    for vista in vistas.values():
        vista.hallado = True
        vista.html = con_marcas(buscador.marcar(vista.texto, pedido.q))
        vista.url_en_hilo = f"{base}?ver={vista.folio}#aporte-{vista.folio}"
    page_obj = _pagina(hallazgo.total, RAICES_POR_PAGINA, pedido.pagina)
    return Hilo(
        page_obj,
        [vistas[pk] for pk in hallazgo.ids if pk in vistas],
        recuento.total if recuento else 0,
        pedido,
        hay_mas=hallazgo.hay_mas,
    )


def _buscado(pedido: Pedido, asunto: Asunto) -> Aporte | None:
    """The contribution a deep link names, when it is of this thread; one query."""
    return (
        Aporte.objects.confirmados()
        .select_related("raiz")
        .filter(asunto=asunto, n=pedido.n_buscado)
        .first()
    )


def _pagina(total: int, cuantas: int, numero: Any) -> Page:
    """A page that was told how many there are, and counts nothing."""
    paginador = Paginator(range(total), cuantas)
    return paginador.get_page(numero)


def _contar_nuevos(hilo: Hilo, asunto: Asunto, lector: Lector, raiz: Aporte | None = None) -> None:
    if lector.cuenta is None or lector.nuevo_desde is None:
        return
    nuevos = novedades_de(
        asunto,
        desde=lector.nuevo_desde,
        cuenta=lector.cuenta,
        raiz_id=raiz.pk if raiz is not None else None,
    )
    hilo.nuevos = len(nuevos)
    if nuevos:
        n = Aporte.objects.filter(pk=nuevos[0]).values_list("n", flat=True).get()
        folio = folio_de(lector.consulta, n or 0)
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


def _nombrar_padres(
    filas: Sequence[FilaDeHilo],
    vistas: Mapping[int, VistaAporte],
    a_la_vista: set[int],
    lector: Lector,
) -> None:
    """Replies whose parent is in another stretch say whom they answer; one query, or none."""
    lejos = {f.padre_id for f in filas if f.padre_id} - set(vistas) - a_la_vista
    if not lejos:
        return
    numeros = dict(Aporte.objects.filter(pk__in=lejos).values_list("pk", "n"))
    for fila in filas:
        n = numeros.get(fila.padre_id or 0)
        if n:
            folio = folio_de(lector.consulta, n)
            vistas[fila.pk].en_respuesta_texto = folio
            vistas[fila.pk].en_respuesta_url = direccion("aporte", folio)
