from django.apps import AppConfig


class RespuestasConfig(AppConfig):
    name = "consulta.respuestas"
    label = "respuestas"
    verbose_name = "Respuestas"

    gatillos: list = []

    def ready(self) -> None:
        from consulta.respuestas.correos import registrar_correos
        from consulta.respuestas.fichas import registrar_fichas
        from consulta.respuestas.models import GATILLOS

        self.gatillos = GATILLOS
        registrar_correos()
        registrar_fichas()
