from django.apps import AppConfig


class PaginasConfig(AppConfig):
    name = "consulta.paginas"
    label = "paginas"
    verbose_name = "Páginas de participación"

    def ready(self) -> None:
        from cuentas.menu import Enlace, ofrecer_enlace
        from foro.asientos import tiene_asiento

        ofrecer_enlace(Enlace("Conformidades", "/conformidades/", tiene_asiento))
