from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = "Búsqueda"

    def ready(self) -> None:
        from comun import buscador
        from search import fichas, senales
        from search.proyeccion import Proyector

        fichas.registrar_fichas()
        buscador.conectar(Proyector())
        senales.conectar()
