from django.apps import AppConfig


class ProcesosConfig(AppConfig):
    name = "consulta.procesos"
    label = "procesos"
    verbose_name = "Procesos"

    gatillos: list = []

    def ready(self) -> None:
        from consulta.procesos.fichas import registrar_fichas
        from consulta.procesos.models import GATILLOS

        self.gatillos = GATILLOS
        registrar_fichas()
