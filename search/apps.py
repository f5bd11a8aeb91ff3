from django.apps import AppConfig
from django.conf import settings


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = "Búsqueda"

    def ready(self) -> None:
        from comun import buscador, reloj
        from search import checks, fichas, senales
        from search.proyeccion import Proyector
        from search.sincronia import turno_del_reloj

        checks.registrar()
        fichas.registrar_fichas()
        buscador.conectar(Proyector())
        senales.conectar()
        if settings.ELASTICSEARCH_URL:
            reloj.registrar(reloj.Oficio("sincronizar la búsqueda", 2, turno_del_reloj))
