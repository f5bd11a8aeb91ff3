from django.apps import AppConfig


class ForoConfig(AppConfig):
    name = "foro"
    label = "foro"
    verbose_name = "Foro"
