"""The administration as the portal arranges it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page

from comun.archivos import Archivo
from portal import menu_ayuda  # noqa: F401 - its hook registers itself
from portal.contacto import AtenderForm
from portal.models import MensajeDeContacto
from portal.publicado import archivo_retirado, impedimento
from portal.tablero import PanelDeAyuda, PanelDeEspera


@hooks.register("insert_global_admin_css")
def marca() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/marca.css"))


@hooks.register("construct_homepage_panels")
def poner_paneles(request: HttpRequest, panels: list[Any]) -> None:
    panels += [PanelDeEspera(), PanelDeAyuda()]


def _rechazar(request: HttpRequest, paginas: Sequence[Page]) -> HttpResponse | None:
    motivo = impedimento(paginas)
    if not motivo:
        return None
    messages.error(request, motivo)
    return redirect("wagtailadmin_explore", paginas[0].get_parent().pk)


@hooks.register("before_delete_page")
def no_borrar_lo_publicado(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _rechazar(request, [page])


@hooks.register("before_unpublish_page")
def no_ocultar_lo_publicado(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _rechazar(request, [page])


@hooks.register("before_bulk_action")
def no_borrar_en_lote(
    request: HttpRequest, action_type: str, objects: Sequence[Any], accion: Any
) -> HttpResponse | None:
    paginas = [objeto for objeto in objects if isinstance(objeto, Page)]
    if action_type in {"delete", "unpublish"} and paginas:
        return _rechazar(request, paginas)
    return None


@hooks.register("before_serve_document")
def decir_por_que_no_esta(document: Archivo, request: HttpRequest) -> HttpResponse | None:
    """A file whose page was withdrawn is gone: 410, with the way to the reason."""
    pagina = archivo_retirado(document)
    if pagina is None:
        document.poner_nombre_de_descarga()
        return None
    return TemplateResponse(
        request, "biblioteca/retirado.html", {"page": pagina}, status=410
    ).render()


class MensajesViewSet(ModelViewSet):
    """Messages of contact: read, and mark as attended. Nobody writes them here."""

    model = MensajeDeContacto
    name = "mensajes_de_contacto"
    url_prefix = "mensajes-de-contacto"
    icon = "mail"
    menu_label = "Mensajes"
    menu_order = 290
    add_to_admin_menu = True
    inspect_view_enabled = True
    list_display = ("asunto", "nombre", "recibido_en", "atendido_en")
    list_filter = ("atendido_en",)
    inspect_view_fields = ("asunto", "nombre", "correo", "mensaje", "recibido_en", "atendido_en")
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[AtenderForm]:
        return AtenderForm


@hooks.register("register_admin_viewset")
def registrar_mensajes() -> MensajesViewSet:
    return MensajesViewSet()
