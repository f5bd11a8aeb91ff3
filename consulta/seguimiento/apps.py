from django.apps import AppConfig


class SeguimientoConfig(AppConfig):
    name = "consulta.seguimiento"
    label = "seguimiento"
    verbose_name = "Seguimiento"

    def ready(self) -> None:
        from consulta.seguimiento.fichas import registrar_fichas

        registrar_fichas()
