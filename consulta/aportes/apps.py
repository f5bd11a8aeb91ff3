from django.apps import AppConfig


class AportesConfig(AppConfig):
    name = "consulta.aportes"
    label = "aportes"
    verbose_name = "Aportes"

    gatillos: list = []

    def ready(self) -> None:
        from consulta.aportes.correos import registrar_correos
        from consulta.aportes.fichas import registrar_fichas
        from consulta.aportes.models import GATILLOS

        self.gatillos = GATILLOS
        registrar_correos()
        registrar_fichas()
