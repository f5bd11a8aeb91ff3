"""Atom feed of the library."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed

from biblioteca.models import DocumentoPage
from comun.avisos import direccion_absoluta
from comun.fechas import comienzo_del_dia

ENTRADAS = 30


class BibliotecaFeed(Feed):
    """The documents published last. An entry's identity outlives its address."""

    feed_type = Atom1Feed
    title = "Biblioteca de Estado Abierto"
    subtitle = "Actas, planes, autoevaluaciones e informes publicados."
    language = "es-cl"

    def link(self) -> str:
        return direccion_absoluta("/biblioteca/")

    def feed_url(self) -> str:
        return direccion_absoluta("/biblioteca/feed/")

    def items(self) -> list[DocumentoPage]:
        publicados = DocumentoPage.objects.publicos().vigentes().con_archivo()
        return list(publicados.order_by("-first_published_at", "-pk")[:ENTRADAS])

    def item_title(self, item: DocumentoPage) -> str:
        return str(item.title)

    def item_description(self, item: DocumentoPage) -> str:
        return item.descripcion_breve()

    def item_link(self, item: DocumentoPage) -> str:
        return item.direccion()

    def item_guid(self, item: DocumentoPage) -> str:
        return f"urn:uuid:{item.translation_key}"

    def item_author_name(self, item: DocumentoPage) -> str:
        return item.fuente

    def item_categories(self, item: DocumentoPage) -> list[str]:
        return [str(item.get_tipo_display())]

    def item_pubdate(self, item: DocumentoPage) -> datetime:
        return item.first_published_at or comienzo_del_dia(item.fecha)

    def item_updateddate(self, item: DocumentoPage) -> datetime:
        return item.last_published_at or comienzo_del_dia(item.fecha)
