from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class CuentasConfig(AppConfig):
    name = "cuentas"
    label = "cuentas"
    verbose_name = "Cuentas"


class UsuariosConfig(WagtailUsersAppConfig):
    """Wagtail's pages of accounts, with the fields of ours."""

    user_viewset = "cuentas.usuarios.CuentasViewSet"
