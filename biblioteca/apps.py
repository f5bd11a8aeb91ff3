from django.apps import AppConfig


class BibliotecaConfig(AppConfig):
    name = "biblioteca"
    label = "biblioteca"
    verbose_name = "Biblioteca"
