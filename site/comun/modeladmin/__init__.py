"""The one bridge to wagtail-modeladmin: each admin is declared, and its forms go through flows.

A subclass of `AdminDeSala` names the model, a plain form, the flows that create and change it and the
`puede_…` functions of its room. Nothing is deleted here (INV-06), Django's model permissions decide
nothing, and whoever may not do something gets a 403. Nothing outside this module knows modeladmin's
classes, save for the declarations, so that it can be swapped for Wagtail's viewsets.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.utils import label_for_field, quote
from django.contrib.auth.models import Permission
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import re_path
from django.utils.functional import Promise
from django.utils.text import capfirst
from wagtail import hooks
from wagtail_modeladmin.options import ModelAdmin

from comun.filtros import Filtro
from comun.modeladmin.permisos import BotonesDeSala, PermisosDeSala, denegar, nadie
from comun.modeladmin.vistas import CrearView, EditarView, ListaView, VerView, anotar_error

__all__ = [
    "MENU_PARTICIPACION",
    "AdminDeSala",
    "ListaView",
    "VerView",
    "anotar_error",
    "denegar",
    "nadie",
]

MENU_PARTICIPACION = "menu_participacion"
"""Hook by which a room puts its admins in the menu «Participación»."""


class AdminDeSala(ModelAdmin):
    """One kind of thing in the back office. All that a subclass says is declared here."""

    puede_ver: Callable[[Any], bool] = staticmethod(nadie)
    puede_crear: Callable[[Any], bool] = staticmethod(nadie)
    puede_editar: Callable[[Any, Any], bool] = staticmethod(nadie)
    flujo_crear: Callable[..., models.Model] | None = None
    flujo_editar: Callable[..., models.Model] | None = None
    formulario: type[forms.ModelForm]
    list_filter: ClassVar[tuple[type[Filtro], ...]] = ()
    menu_hook = MENU_PARTICIPACION
    nota: str | Promise = ""
    """One sentence under the title of the list: what these are, and what one does here."""

    list_per_page = 50
    history_view_enabled = False
    index_view_class = ListaView
    create_view_class = CrearView
    edit_view_class = EditarView
    inspect_view_class = VerView
    button_helper_class = BotonesDeSala

    def botones(self, usuario: Any, objeto: Any) -> list[dict[str, Any]]:
        """Further buttons of one row: dicts with `label` and `url`."""
        return []

    def tras_guardar(self, objeto: Any) -> str:
        """Where to go after saving."""
        if self.inspect_view_enabled:
            return self.url_helper.get_action_url("inspect", quote(objeto.pk))
        return self.url_helper.index_url

    def get_permission_helper_class(self) -> Any:
        return partial(PermisosDeSala, admin=self)

    def get_extra_attrs_for_field_col(self, obj: Any, field_name: str) -> dict[str, str]:
        etiqueta = label_for_field(field_name, self.model, model_admin=self)
        return {"data-etiqueta": capfirst(str(etiqueta))}

    def get_admin_urls_for_registration(self) -> tuple[Any, ...]:
        """Addresses of what this admin offers, and of nothing else."""
        ofrece = {
            "index": True,
            "create": self.flujo_crear is not None,
            "edit": self.flujo_editar is not None,
            "inspect": self.inspect_view_enabled,
        }
        return tuple(
            re_path(
                self.url_helper.get_action_url_pattern(accion),
                _con_numero(getattr(self, f"{accion}_view")),
                name=self.url_helper.get_action_url_name(accion),
            )
            for accion, si in ofrece.items()
            if si
        )

    def register_with_wagtail(self) -> None:
        hooks.register("register_admin_urls", self.get_admin_urls_for_registration)
        hooks.register(self.menu_hook, self.get_menu_item)

    def get_permissions_for_registration(self) -> models.QuerySet:
        return Permission.objects.none()


def _con_numero(vista: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """modeladmin's addresses take any word for an id."""

    def numerada(request: HttpRequest, instance_pk: str | None = None) -> HttpResponse:
        if instance_pk is None:
            return vista(request)
        if not (instance_pk.isascii() and instance_pk.isdigit() and len(instance_pk) < 19):
            raise Http404
        return vista(request, instance_pk=instance_pk)

    return numerada
