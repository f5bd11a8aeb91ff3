"""The first screen of the administration: what waits for whoever enters, and how things are done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Revision, WorkflowState
from wagtail.permissions import page_permission_policy

from comun.fechas import dia_de
from consulta.aportes.models import Aporte
from cuentas.models import User
from cuentas.roles import Rol
from portal.models import MensajeDeContacto

PROGRAMADAS = 5
GUIAS = [
    ("noticias", "Publicar una noticia", "Páginas › Noticias › Agregar página hija › Noticia."),
    ("agenda", "Anunciar una actividad", "Páginas › Agenda › Agregar página hija › Actividad."),
    ("biblioteca", "Subir un documento", "Páginas › Biblioteca › Agregar página hija › Documento."),
]


def _direccion(nombre: str) -> str:
    try:
        return reverse(nombre)
    except NoReverseMatch:
        return ""


def que_espera(usuario: User, *, ahora: datetime) -> dict[str, Any]:
    """What waits for `usuario` at `ahora`: of the ledger and of the pages, as their roles allow."""
    return {
        "libro": _libro(usuario, ahora),
        "paginas": _paginas(usuario, ahora),
        "mensajes": _mensajes(usuario),
    }


def _libro(usuario: User, ahora: datetime) -> dict[str, Any] | None:
    if not usuario.tiene_rol(Rol.OFICIAL, Rol.SECRETARIA, Rol.MODERADOR, Rol.ADMINISTRADOR):
        return None
    aportes = Aporte.objects.publicos()
    de_todas = usuario.tiene_rol(Rol.SECRETARIA, Rol.MODERADOR, Rol.ADMINISTRADOR)
    if not de_todas:
        aportes = aportes.filter(institucion=usuario.institucion_id or 0)
    de_quien = "todas las instituciones" if de_todas else str(usuario.institucion or "")
    return {
        "balance": aportes.balance(dia_de(ahora)),
        "de_quien": de_quien,
        "url": _direccion("participacion_aportes_modeladmin_index"),
    }


def _paginas(usuario: User, ahora: datetime) -> dict[str, Any] | None:
    if not page_permission_policy.user_has_any_permission(usuario, {"change", "publish"}):
        return None
    programadas = (
        Revision.page_revisions.filter(approved_go_live_at__gt=ahora)
        .order_by("approved_go_live_at")
        .values_list("object_id", "object_str", "approved_go_live_at")[:PROGRAMADAS]
    )
    return {
        "en_revision": WorkflowState.objects.filter(
            status=WorkflowState.STATUS_IN_PROGRESS
        ).count(),
        "borradores": Page.objects.filter(depth__gt=1, has_unpublished_changes=True).count(),
        "programadas": [
            {"url": reverse("wagtailadmin_pages:edit", args=[pk]), "titulo": titulo, "fecha": fecha}
            for pk, titulo, fecha in programadas
        ],
    }


def _mensajes(usuario: User) -> int | None:
    if not usuario.has_perm("portal.view_mensajedecontacto"):
        return None
    return MensajeDeContacto.objects.filter(atendido_en=None).count()


class PanelDeEspera(Component):
    """«Lo que espera por usted»."""

    order = 50
    template_name = "portal/admin/espera.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request: HttpRequest = parent_context["request"]
        assert isinstance(request.user, User)  # noqa: S101  the administration asks to sign in
        return que_espera(request.user, ahora=timezone.now())


class PanelDeAyuda(Component):
    """The editor's tasks in three lines each."""

    order = 300
    template_name = "portal/admin/ayuda.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        indices = dict(
            Page.objects.filter(depth=3, slug__in=[g[0] for g in GUIAS]).values_list("slug", "pk")
        )
        return {
            "guias": [
                {
                    "titulo": titulo,
                    "pasos": pasos,
                    "url": reverse("wagtailadmin_explore", args=[indices[slug]]),
                }
                for slug, titulo, pasos in GUIAS
                if slug in indices
            ]
        }
