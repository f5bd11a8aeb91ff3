from django.urls import path
from wagtail import hooks

from consulta.aportes.admin import remover


@hooks.register("register_admin_urls")
def urls_de_moderacion() -> list:
    return [path("participacion/aportes/<int:pk>/remover/", remover, name="remover_aporte")]
