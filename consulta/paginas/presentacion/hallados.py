"""What has the words looked for in a thread, the latest first, each with the way to its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from comun import buscador
from consulta.aportes.filas import leer_filas
from consulta.aportes.models import Aporte
from consulta.paginas.presentacion.aportes import VistaAporte
from consulta.paginas.presentacion.direcciones import pagina_de
from consulta.paginas.presentacion.pedido import Pedido
from consulta.paginas.presentacion.ramas import nombrar_padres
from consulta.paginas.presentacion.tarjetas import Lector, tarjetas_de
from consulta.paginas.presentacion.textos import con_marcas
from consulta.procesos.models import Asunto

HALLADOS_POR_PAGINA = 20


@dataclass(frozen=True, slots=True)
class Hallados:
    """A page of them. `hay_mas`: there are more than the pages tell."""

    page_obj: Page
    vistas: Sequence[VistaAporte]
    hay_mas: bool


def hallar(asunto: Asunto, pedido: Pedido, lector: Lector) -> Hallados:
    """The page asked for of those of `asunto` that say every word of `pedido.q`."""
    suyos = Aporte.objects.confirmados().vigentes().de_asunto(asunto)
    hallazgo = buscador.buscar_dentro(
        Aporte,
        pedido.q,
        suyos.order_by("-enviado_en", "-pk"),
        numero=pedido.numero,
        por_pagina=HALLADOS_POR_PAGINA,
    )
    filas = leer_filas(hallazgo.ids, lector.cuenta)
    vistas = tarjetas_de(filas, lector)
    nombrar_padres(filas, vistas, lector)
    base = pagina_de(asunto)
    for vista in vistas.values():
        vista.hallado = True
        vista.html = con_marcas(buscador.marcar(vista.texto, pedido.q))
        vista.url_en_hilo = f"{base}?ver={vista.folio}#aporte-{vista.folio}"
    page_obj = pagina_contada(hallazgo.total, HALLADOS_POR_PAGINA, pedido.pagina)
    en_orden = [vistas[pk] for pk in hallazgo.ids if pk in vistas]
    return Hallados(page_obj, en_orden, hallazgo.hay_mas)


def pagina_contada(total: int, cuantas: int, numero: Any) -> Page:
    """A page that was told how many there are, and counts nothing."""
    return Paginator(range(total), cuantas).get_page(numero)
