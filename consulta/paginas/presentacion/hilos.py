"""Threads. Roots are paged; their first replies come in one query, whatever the size of the thread.

Replies are taken oldest first, so that each comes after what it answers. Four levels are drawn;
deeper ones stand in the fourth and say whom they answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from consulta.aportes.models import Aporte
from consulta.paginas.presentacion.aportes import VistaAporte, cuantas_replicas, vistas_de
from consulta.procesos.models import Asunto

RAICES_POR_PAGINA = 20
REPLICAS_POR_RAIZ = 8
REPLICAS_POR_PAGINA = 40
NIVELES = 4

RECIENTES = "recientes"
ANTIGUOS = "antiguos"
ORDENES = {RECIENTES: "Más recientes primero", ANTIGUOS: "Más antiguos primero"}


class PaginadorContado(Paginator):
    """A paginator that was told how many there are, and counts nothing."""

    def __init__(self, filas: "QuerySet[Any]", cuantas: int, total: int) -> None:
        super().__init__(filas, cuantas)
        self.count = total


@dataclass(slots=True)
class Hilo:
    """A page of a thread. `total` counts every contribution of it, replies included."""

    page_obj: Page
    raices: Sequence[VistaAporte]
    total: int
    orden: str


def hilo_de_asunto(
    asunto: Asunto, *, ahora: datetime, replicable: bool, pagina: str | None, orden: str
) -> Hilo:
    """The page `pagina` of what was said of `asunto`; six queries at most."""
    todos = Aporte.objects.confirmados().de_asunto(asunto)
    cuenta = todos.aggregate(total=Count("pk"), raices=Count("pk", filter=Q(raiz=None)))
    sentido = ("enviado_en", "pk") if orden == ANTIGUOS else ("-enviado_en", "-pk")
    ids_de_raices = todos.raices().order_by(*sentido).values_list("pk", flat=True)
    page_obj = PaginadorContado(ids_de_raices, RAICES_POR_PAGINA, cuenta["raices"]).get_page(pagina)
    ids = list(page_obj.object_list)
    vistas: dict[int, VistaAporte] = {}
    if ids:
        cuantas = cuantas_replicas(ids)
        filas = list(
            Aporte.objects.con_texto()
            .filter(Q(pk__in=ids) | Q(pk__in=_primeras_replicas(ids)))
            .order_by("enviado_en", "pk")
        )
        vistas = vistas_de(filas, ahora=ahora, replicable=replicable)
        mostradas = armar(filas, vistas, ids)
        for pk in ids:
            vistas[pk].replicas_mas = cuantas.get(pk, 0) - mostradas.get(pk, 0)
            vistas[pk].replicas_url = f"{vistas[pk].url}#hilo"
    return Hilo(page_obj, [vistas[pk] for pk in ids], cuenta["total"], orden)


def hilo_de_aporte(
    aporte: Aporte, *, ahora: datetime, replicable: bool, pagina: str | None
) -> Hilo:
    """The replies below `aporte`, oldest first: all of them below a root, the direct ones below a reply."""
    es_raiz = aporte.raiz_id is None
    todas = Aporte.objects.confirmados().filter(**{"raiz" if es_raiz else "padre": aporte})
    page_obj = PaginadorContado(
        todas.con_texto().order_by("enviado_en", "pk"), REPLICAS_POR_PAGINA, todas.count()
    ).get_page(pagina)
    filas = list(page_obj.object_list)
    vistas = vistas_de(filas, ahora=ahora, replicable=replicable)
    if es_raiz:
        sueltas = [f.pk for f in filas if f.padre_id not in vistas]
        armar(filas, vistas, sueltas)
        _nombrar_padres(filas, vistas, aporte)
    else:
        sueltas = [f.pk for f in filas]
        for fila in filas:
            vistas[fila.pk].replicas_mas = 0
        _contar_directas(vistas)
    return Hilo(page_obj, [vistas[pk] for pk in sueltas], page_obj.paginator.count, ANTIGUOS)


def pagina_en_su_hilo(aporte: Aporte) -> int:
    """On which page of its root's thread a reply is; one query."""
    antes = Aporte.objects.confirmados().filter(raiz=aporte.raiz_id)
    posicion = antes.filter(
        Q(enviado_en__lt=aporte.enviado_en) | Q(enviado_en=aporte.enviado_en, pk__lt=aporte.pk)
    ).count()
    return posicion // REPLICAS_POR_PAGINA + 1


def armar(
    filas: Sequence[Aporte], vistas: Mapping[int, VistaAporte], raices: Iterable[int]
) -> dict[int, int]:
    """Hang each reply of `filas`, which come oldest first, where it is drawn; returns how many by root."""
    nivel = dict.fromkeys(raices, 1)
    arriba: dict[int, int] = {}
    raiz_de = {pk: pk for pk in nivel}
    cuantas: dict[int, int] = {}
    for fila in filas:
        padre = fila.padre_id
        if fila.pk in nivel or padre is None or padre not in nivel:
            continue
        vista = vistas[fila.pk]
        lugar = padre
        if nivel[padre] == NIVELES:
            lugar = arriba[padre]
            vista.en_respuesta_texto = vistas[padre].folio
            vista.en_respuesta_url = f"#aporte-{vistas[padre].folio}"
        vistas[lugar].replicas.append(vista)
        arriba[fila.pk] = lugar
        nivel[fila.pk] = nivel[lugar] + 1
        raiz_de[fila.pk] = raiz_de[padre]
        cuantas[raiz_de[padre]] = cuantas.get(raiz_de[padre], 0) + 1
    return cuantas


def _primeras_replicas(raices: Sequence[int]) -> "QuerySet[Any]":
    return (
        Aporte.objects.confirmados()
        .filter(raiz__in=raices)
        .annotate(
            lugar=Window(
                RowNumber(),
                partition_by=F("raiz"),
                order_by=[F("enviado_en").asc(), F("pk").asc()],
            )
        )
        .filter(lugar__lte=REPLICAS_POR_RAIZ)
        .order_by()
        .values("pk")
    )


def _nombrar_padres(
    filas: Sequence[Aporte], vistas: Mapping[int, VistaAporte], raiz: Aporte
) -> None:
    """Replies whose parent is on another page say whom they answer; one query."""
    padres = {f.padre_id for f in filas if f.padre_id is not None}
    lejos = padres - set(vistas) - {raiz.pk}
    folios = {p.pk: p for p in Aporte.objects.filter(pk__in=lejos).select_related("consulta")}
    for fila in filas:
        padre = folios.get(fila.padre_id or 0)
        if padre is not None:
            vistas[fila.pk].en_respuesta_texto = padre.folio
            vistas[fila.pk].en_respuesta_url = padre.get_absolute_url()


def _contar_directas(vistas: Mapping[int, VistaAporte]) -> None:
    directas = (
        Aporte.objects.confirmados()
        .filter(padre__in=list(vistas))
        .order_by()
        .values_list("padre")
        .annotate(Count("pk"))
    )
    for pk, cuantas in directas:
        vistas[pk].replicas_mas = cuantas
        vistas[pk].replicas_url = f"{vistas[pk].url}#hilo"
