from django.apps import AppConfig


class NoticiasConfig(AppConfig):
    name = "noticias"
    label = "noticias"
    verbose_name = "Noticias y agenda"
