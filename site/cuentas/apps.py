from django.apps import AppConfig


class CuentasConfig(AppConfig):
    name = "cuentas"
    label = "cuentas"
    verbose_name = "Cuentas"
