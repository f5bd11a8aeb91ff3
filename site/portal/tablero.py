"""The first screen of the administration: what waits for whoever enters, and how things are done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Revision, WorkflowState

from comun.fechas import dia_de
from consulta.aportes import colas
from consulta.aportes.models import Aporte
from consulta.aportes.permissions import puede_moderar
from consulta.aportes.querysets import Balance
from consulta.respuestas.permissions import puede_asignar
from cuentas.models import User
from cuentas.roles import Rol
from portal.guias import APORTES, MODERACION, direccion, edita_paginas, grupos_de_guias
from portal.models import MensajeDeContacto

PROGRAMADAS = 5


def que_espera(usuario: User, *, ahora: datetime) -> dict[str, Any]:
    """What waits for `usuario` at `ahora`: of the ledger and of the pages, as their roles allow."""
    return {
        "moderacion": _moderacion(usuario),
        "libro": _libro(usuario, ahora),
        "paginas": _paginas(usuario, ahora),
        "mensajes": _mensajes(usuario),
    }


def _moderacion(usuario: User) -> dict[str, Any] | None:
    """What someone reported or appealed and waits for a decision, which is a moderator's first task."""
    if not puede_moderar(usuario):
        return None
    cola = direccion(MODERACION)
    return {
        **colas.por_decidir(),
        "url_reportados": f"{cola}?ver=reportados",
        "url_apelaciones": f"{cola}?ver=apelaciones",
    }


def _libro(usuario: User, ahora: datetime) -> dict[str, Any] | None:
    if not usuario.tiene_rol(Rol.OFICIAL, Rol.SECRETARIA, Rol.MODERADOR, Rol.ADMINISTRADOR):
        return None
    aportes = Aporte.objects.publicos()
    de_todas = usuario.tiene_rol(Rol.SECRETARIA, Rol.MODERADOR, Rol.ADMINISTRADOR)
    if not de_todas:
        aportes = aportes.filter(institucion=usuario.institucion_id or 0)
    lista = direccion(APORTES)
    cargo = "" if de_todas else f"&a_cargo={'institucion' if usuario.institucion_id else 'mios'}"
    return {
        "balance": aportes.balance(dia_de(ahora)),
        "de_quien": "todas las instituciones"
        if de_todas
        else str(usuario.institucion or "su institución"),
        "sin_asignar": _sin_asignar(ahora) if puede_asignar(usuario) else None,
        "url_pendientes": f"{lista}?estado=pendiente{cargo}",
        "url_vencidos": f"{lista}?estado=vencido{cargo}",
        "url_respondidos": f"{lista}?estado=respondido{cargo}",
        "url_sin_asignar": f"{lista}?estado=pendiente&a_cargo=sin_asignar",
    }


def _sin_asignar(ahora: datetime) -> Balance:
    """Of what waits, the sums of those that no institution has taken: any official may answer them."""
    return Aporte.objects.publicos().pendientes().filter(institucion=None).balance(dia_de(ahora))


def _paginas(usuario: User, ahora: datetime) -> dict[str, Any] | None:
    if not edita_paginas(usuario):
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


def _quien(contexto: Mapping[str, Any]) -> User:
    request: HttpRequest = contexto["request"]
    assert isinstance(request.user, User)  # noqa: S101  the administration asks to sign in
    return request.user


class PanelDelPortal(Component):
    """A panel of ours, dressed by `css/tablero.css`."""

    class Media:
        css: ClassVar = {"all": ["css/tablero.css"]}


class PanelDeEspera(PanelDelPortal):
    """«Lo que espera por usted»."""

    order = 50
    template_name = "portal/admin/espera.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return que_espera(_quien(parent_context), ahora=timezone.now())


class PanelDeAyuda(PanelDelPortal):
    """«Cómo se hace», for the roles of whoever looks."""

    order = 300
    template_name = "portal/admin/ayuda.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"grupos": grupos_de_guias(_quien(parent_context))}
