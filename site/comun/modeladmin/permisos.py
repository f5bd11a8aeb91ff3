"""Who may do what in an admin, and the buttons that follow from it."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper

if TYPE_CHECKING:
    from comun.modeladmin import AdminDeSala


def nadie(*_quien: Any) -> bool:
    """The permission of what is not offered."""
    return False


def denegar(request: HttpRequest, motivo: str = "") -> HttpResponse:
    """The 403 page of the back office."""
    return TemplateResponse(request, "modeladmin/denegado.html", {"motivo": motivo}, status=403)


class PermisosDeSala(PermissionHelper):
    """Asks the admin's `puede_…` functions."""

    def __init__(self, model: type[models.Model], inspect: bool, *, admin: "AdminDeSala") -> None:
        super().__init__(model, inspect)
        self.admin = admin

    def user_can_list(self, user: Any) -> bool:
        return self.admin.puede_ver(user)

    def user_can_create(self, user: Any) -> bool:
        return self.admin.flujo_crear is not None and self.admin.puede_crear(user)

    def user_can_edit_obj(self, user: Any, obj: models.Model) -> bool:
        return self.admin.flujo_editar is not None and self.admin.puede_editar(user, obj)

    def user_can_inspect_obj(self, user: Any, obj: models.Model) -> bool:
        return self.inspect_view_enabled and self.admin.puede_ver(user)

    def user_can_delete_obj(self, user: Any, obj: models.Model) -> bool:
        return False


class BotonesDeSala(ButtonHelper):
    """modeladmin's buttons with words of ours, and those the admin adds for a row."""

    def get_buttons_for_obj(self, obj: models.Model, exclude: Any = None, **clases: Any) -> list:
        # The title of the row is already the way to see it.
        botones = super().get_buttons_for_obj(obj, exclude=["inspect"], **clases)
        clase = self.finalise_classname(["button-secondary", *clases.get("classnames_add", ())])
        propios = self.view.model_admin.botones(self.request.user, obj)
        return [*({"classname": clase, "title": b["label"], **b} for b in propios), *botones]

    def get_primary_button(self, obj: models.Model) -> dict[str, Any] | None:
        if self.permission_helper.user_can_inspect_obj(self.request.user, obj):
            return self.inspect_button(obj.pk) | {"title": ""}
        boton: dict[str, Any] | None = super().get_primary_button(obj)
        return boton
