"""Atom feed of the news."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed

from comun.avisos import direccion_absoluta
from comun.fechas import comienzo_del_dia
from noticias.models import NoticiaPage

ENTRADAS = 30


class NoticiasFeed(Feed):
    """The latest news. An entry's identity outlives its address."""

    feed_type = Atom1Feed
    title = "Noticias de Estado Abierto"
    subtitle = (
        "Lo que hace la Mesa Nacional de Estado Abierto, sus redes y las instituciones del plan."
    )
    language = "es-cl"

    def link(self) -> str:
        return direccion_absoluta("/noticias/")

    def feed_url(self) -> str:
        return direccion_absoluta("/noticias/feed/")

    def items(self) -> list[NoticiaPage]:
        noticias = NoticiaPage.objects.publicas().recientes().prefetch_related("etiquetas")
        return list(noticias[:ENTRADAS])

    def item_title(self, item: NoticiaPage) -> str:
        return str(item.title)

    def item_description(self, item: NoticiaPage) -> str:
        return item.descripcion_breve()

    def item_link(self, item: NoticiaPage) -> str:
        return item.direccion()

    def item_guid(self, item: NoticiaPage) -> str:
        return f"urn:uuid:{item.translation_key}"

    def item_author_name(self, item: NoticiaPage) -> str:
        return item.unidad

    def item_categories(self, item: NoticiaPage) -> list[str]:
        return [etiqueta.name for etiqueta in item.etiquetas.all()]

    def item_pubdate(self, item: NoticiaPage) -> datetime:
        return comienzo_del_dia(item.fecha)

    def item_updateddate(self, item: NoticiaPage) -> datetime:
        return item.last_published_at or comienzo_del_dia(item.fecha)
