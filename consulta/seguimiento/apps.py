from django.apps import AppConfig


class SeguimientoConfig(AppConfig):
    name = "consulta.seguimiento"
    label = "seguimiento"
    verbose_name = "Seguimiento"
