from django.apps import AppConfig


class PaginasConfig(AppConfig):
    name = "consulta.paginas"
    label = "paginas"
    verbose_name = "Páginas de participación"
