"""Accounts in the back office: Wagtail's own pages, with our roles, and saved by our flows."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.log_actions import log
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import (
    CreateView,
    EditView,
    IndexView,
    UserColumn,
    UserFilterSet,
    UserViewSet,
)

from comun.errores import DatoInvalido
from cuentas.flows.cuentas import (
    anotar_cambio_de_cuenta,
    crear_cuenta,
    exigir_institucion,
    lo_que_se_audita,
)
from cuentas.models import User
from cuentas.roles import Rol

PROPIOS = {"nombre_publico", "institucion"}
QUE_PUEDE = {
    Rol.PARTICIPANTE: _("propone y comenta"),
    Rol.EDITOR: _("publica noticias, actividades y documentos"),
    Rol.OFICIAL: _("responde aportes por su institución"),
    Rol.SECRETARIA: _("prepara procesos, anuncia consultas y reparte aportes"),
    Rol.MODERADOR: _("atiende reportes y remueve lo que no cumple las normas"),
    Rol.ADMINISTRADOR: _("todo lo anterior, y da los roles"),
}


def nombre_de_rol(grupo: Group) -> str:
    """How people call a group; a group that is no role keeps its name."""
    return str(Rol(grupo.name).label) if grupo.name in Rol.values else grupo.name


class RolesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        que = QUE_PUEDE.get(obj.name)
        return f"{nombre_de_rol(obj)}: {que}" if que else nombre_de_rol(obj)


ORDEN = ("email", "first_name", "last_name", "nombre_publico", "institucion")


class ConRoles(forms.ModelForm):
    """Fields both forms share. Roles give every right: Wagtail's tick for a superuser is not offered."""

    is_superuser = None
    first_name = forms.CharField(label=_("Nombre"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Apellido"), max_length=150, required=False)
    groups = RolesField(
        label=_("Roles"),
        queryset=Group.objects.order_by("pk"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Marque uno o más. Quien responde necesita además una institución."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*ORDEN, "is_active", "groups"])

    def clean_email(self) -> str:
        correo: str = self.cleaned_data["email"].strip().lower()
        iguales = User.objects.filter(email__iexact=correo).exclude(pk=self.instance.pk)
        if iguales.exists():
            raise forms.ValidationError(_("Ya hay una cuenta con ese correo."))
        return correo

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        try:
            exigir_institucion(datos.get("groups") or (), datos.get("institucion"))
        except DatoInvalido as error:
            self.add_error(error.campo, error.mensaje)
        return datos


class CrearCuentaForm(ConRoles, UserCreationForm):
    """Without a password: its owner sets it, by the link that is sent to them."""

    password_enabled = False

    class Meta(UserCreationForm.Meta):
        fields = (UserCreationForm.Meta.fields | PROPIOS) - {"is_superuser"}


class EditarCuentaForm(ConRoles, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = (UserEditForm.Meta.fields | PROPIOS) - {"is_superuser"}

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["is_active"]


class CrearCuentaView(CreateView):
    page_title = _("Abrir una cuenta")
    page_subtitle = ""
    success_message = _("Se creó la cuenta de %(object)s. Le enviamos un correo con el enlace para elegir su contraseña.")  # fmt: skip # noqa: E501

    def save_instance(self) -> User:
        cuenta = crear_cuenta(por=self.request.user, **self.form.cleaned_data)
        log(instance=cuenta, action="wagtail.create", content_changed=True)
        return cuenta


class EditarCuentaView(EditView):
    def save_instance(self) -> User:
        with transaction.atomic():
            antes = lo_que_se_audita(User.objects.select_for_update().get(pk=self.object.pk))
            cuenta: User = super().save_instance()
            anotar_cambio_de_cuenta(cuenta=cuenta, por=self.request.user, antes=antes)
        return cuenta


class FiltroDeCuentas(UserFilterSet):
    is_superuser = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = self.filters["group"]
        roles.label = _("Rol")
        roles.field.label_from_instance = nombre_de_rol


class ListaDeCuentas(IndexView):
    """Who they are, what they may do, for whom. Changes are made one account at a time."""

    @cached_property
    def columns(self) -> list[Any]:
        return [
            self._get_title_column_class(UserColumn)(
                "name",
                accessor=lambda u: u.get_full_name() or u.nombre_publico or _("Sin nombre"),
                label=_("Nombre"),
                sort_key="name",
                get_url=self.get_edit_url,
                classname="name",
            ),
            Column("email", label=_("Correo"), sort_key="email"),
            Column(
                "roles",
                label=_("Roles"),
                accessor=lambda u: ", ".join(nombre_de_rol(g) for g in u.groups.all()) or "—",
            ),
            Column("institucion", label=_("Institución"), accessor=lambda u: u.institucion or "—"),
            BooleanColumn("is_active", label=_("Activa"), sort_key="is_active"),
            DateColumn("last_login", label=_("Último ingreso"), sort_key="last_login"),
        ]

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("institucion").prefetch_related("groups")


class CuentasViewSet(UserViewSet):
    index_view_class = ListaDeCuentas
    add_view_class = CrearCuentaView
    edit_view_class = EditarCuentaView
    filterset_class = FiltroDeCuentas

    def get_form_class(self, for_update: bool = False) -> Any:
        return EditarCuentaForm if for_update else CrearCuentaForm
