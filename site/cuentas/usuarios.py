"""Accounts in the back office: Wagtail's own pages, with the public name and the institution."""

from typing import Any

from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

PROPIOS = {"nombre_publico", "institucion"}


class CrearCuentaForm(UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | PROPIOS


class EditarCuentaForm(UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | PROPIOS


class CuentasViewSet(UserViewSet):
    def get_form_class(self, for_update: bool = False) -> Any:
        return EditarCuentaForm if for_update else CrearCuentaForm
