"""Pages of news and of the agenda, gathered for Django."""

from noticias.models.agenda import AgendaPage, EventoPage
from noticias.models.noticia import EtiquetaDeNoticia, NoticiaPage, NoticiasIndexPage

__all__ = ["AgendaPage", "EtiquetaDeNoticia", "EventoPage", "NoticiaPage", "NoticiasIndexPage"]
