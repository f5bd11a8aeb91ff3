from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class CuentasConfig(AppConfig):
    name = "cuentas"
    label = "cuentas"
    verbose_name = "Cuentas"

    def ready(self) -> None:
        from comun.reloj import Oficio, registrar
        from cuentas.correos import registrar_correos
        from cuentas.invitacion import registrar_invitacion
        from cuentas.resumen import registrar_resumen, reunir

        registrar_correos()
        registrar_resumen()
        registrar_invitacion()
        registrar(Oficio("resúmenes del día", 600, lambda ahora: reunir(ahora=ahora)))


class UsuariosConfig(WagtailUsersAppConfig):
    """Wagtail's pages of accounts, with the fields of ours."""

    user_viewset = "cuentas.usuarios.CuentasViewSet"
