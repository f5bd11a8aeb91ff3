"""What happens to things outside the flows: pages in the admin, and models edited in plain forms."""

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import Model
from django.db.models.signals import post_delete, post_migrate, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from comun import buscador
from search.fichas import paginas_publicas
from search.models import Ficha, TextoFicha


def al_guardar(sender: type[Model], instance: Model, raw: bool = False, **kwargs: Any) -> None:
    """A page was saved, live or not, whoever did it; or a model that asked to be told."""
    if not raw and (isinstance(instance, Page) or buscador.proyecta_al_guardar(sender)):
        buscador.proyectar([instance])


def al_borrar(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Django deletes a page once as what it is and once as a Page; the second finds nothing to do."""
    if isinstance(instance, Page) or buscador.proyecta_al_guardar(sender):
        buscador.retirar([instance])


def al_publicar(instance: Page, **kwargs: Any) -> None:
    """Published or unpublished: by now its tags and the children of its form are saved too."""
    buscador.proyectar([instance])


def al_mover(instance: Page, **kwargs: Any) -> None:
    """Its place or its slug changed, and with it the address and perhaps the secrecy of what is below."""
    _proyectar_rama(instance.pk)


def al_restringir(instance: PageViewRestriction, **kwargs: Any) -> None:
    """What is below a page became private, or stopped being so."""
    _proyectar_rama(instance.page_id)


def _proyectar_rama(pagina_id: int) -> None:
    pagina = Page.objects.filter(pk=pagina_id).first()
    if pagina is not None:
        rama = Page.objects.descendant_of(pagina, inclusive=True)
        buscador.proyectar_ids(Page, rama.values_list("pk", flat=True))


def tras_migrar(using: str, **kwargs: Any) -> None:
    """A migration makes the first pages of a new installation, and no signal tells of them."""
    tablas = set(connections[using].introspection.table_names())
    if {Page._meta.db_table, TextoFicha._meta.db_table} <= tablas and not Ficha.objects.exists():
        buscador.proyectar_ids(Page, paginas_publicas())


def conectar() -> None:
    """Called at start-up. The receivers ask what is declared when they run: rooms start later."""
    post_save.connect(al_guardar, dispatch_uid="search.guardado")
    post_delete.connect(al_borrar, dispatch_uid="search.borrado")
    post_migrate.connect(
        tras_migrar, sender=apps.get_app_config("search"), dispatch_uid="search.migrado"
    )
    for senal in (page_published, page_unpublished):
        senal.connect(al_publicar, dispatch_uid="search.publicacion")
    for senal in (post_page_move, page_slug_changed):
        senal.connect(al_mover, dispatch_uid="search.lugar")
    for senal in (post_save, post_delete):
        senal.connect(al_restringir, sender=PageViewRestriction, dispatch_uid="search.restriccion")
