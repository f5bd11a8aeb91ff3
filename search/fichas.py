"""How the pages of the CMS read in the archive: any page of ours, with nothing to declare.

A page class may say more: `ficha_tipo` (a `Tipo`), `ficha_claves()` (other words it is found by) and
`ficha_texto()` (its words, in place of all its text fields).
"""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.html import strip_tags
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from comun.buscador import DatosFicha, Fuente, Tipo, registrar
from comun.paginas import PaginaBase


def paginas_publicas() -> Iterable[int]:
    """Ids of every page any visitor may open."""
    return Page.objects.live().public().filter(depth__gt=1).values_list("pk", flat=True)


def fichas_de_paginas(ids: Sequence[int]) -> dict[int, DatosFicha]:
    """Those of ours that are live, under no restriction and not withdrawn, as published, not as drafted."""
    paginas = Page.objects.live().public().filter(pk__in=ids).specific()
    fichas = {pagina.pk: _ficha_de(pagina) for pagina in paginas if isinstance(pagina, PaginaBase)}
    return {pk: ficha for pk, ficha in fichas.items() if ficha is not None}


def _ficha_de(pagina: PaginaBase) -> DatosFicha | None:
    partes = pagina.get_url_parts()
    if partes is None or partes[2] is None or getattr(pagina, "esta_retirada", False):
        return None
    propio = getattr(pagina, "ficha_texto", None)
    texto = propio() if propio else "\n\n".join(filter(None, textos_de(pagina)))
    claves = getattr(pagina, "ficha_claves", None)
    return DatosFicha(
        tipo=getattr(pagina, "ficha_tipo", Tipo.PAGINA),
        titulo=pagina.title,
        direccion=partes[2],
        texto=texto,
        claves=tuple(claves()) if claves else (),
        fecha=pagina.publicado(),
    )


def textos_de(pagina: PaginaBase) -> Iterator[str]:
    """Its summary, then the text of its rich and stream fields, in the order they are declared."""
    yield pagina.resumen
    for campo in pagina._meta.get_fields():
        if isinstance(campo, StreamField):
            valor: StreamValue = getattr(pagina, campo.name)
            yield "\n".join(valor.stream_block.get_searchable_content(valor))
        elif isinstance(campo, RichTextField):
            yield strip_tags(get_text_for_indexing(getattr(pagina, campo.name) or ""))


def registrar_fichas() -> None:
    """Called at start-up."""
    registrar(Fuente(modelo=Page, fichas=fichas_de_paginas, publicos=paginas_publicas))
