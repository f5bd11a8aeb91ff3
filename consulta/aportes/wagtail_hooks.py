from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from comun.modeladmin import MENU_PARTICIPACION
from consulta.aportes import admin_citas, escritorio
from consulta.aportes.admin import remover
from consulta.aportes.permissions import puede_moderar, puede_resolver_citas


class MenuDeModeracion(MenuItem):
    """Only for those who moderate."""

    def is_shown(self, request: HttpRequest) -> bool:
        return puede_moderar(request.user)  # type: ignore[arg-type]


@hooks.register(MENU_PARTICIPACION)
def menu_de_moderacion() -> MenuItem:
    return MenuDeModeracion(
        _("Moderación"), reverse_lazy(escritorio.COLA), icon_name="warning", order=20
    )


@hooks.register("register_admin_urls")
def urls_de_moderacion() -> list:
    return [
        path("participacion/aportes/<int:pk>/remover/", remover, name="remover_aporte"),
        path("participacion/moderacion/", escritorio.cola, name=escritorio.COLA),
        path("participacion/moderacion/<int:pk>/", escritorio.caso, name=escritorio.CASO),
        path(
            "participacion/moderacion/bloqueos/<int:pk>/levantar/",
            escritorio.levantar,
            name="moderacion_levantar",
        ),
    ]


class MenuDeCitas(MenuItem):
    """Only for those who put quotes in their place."""

    def is_shown(self, request: HttpRequest) -> bool:
        return puede_resolver_citas(request.user)  # type: ignore[arg-type]


@hooks.register(MENU_PARTICIPACION)
def menu_de_citas() -> MenuItem:
    return MenuDeCitas(
        _("Citas sin lugar"), reverse_lazy("citas_huerfanas"), icon_name="openquote", order=55
    )


@hooks.register("register_admin_urls")
def urls_de_citas() -> list:
    return [
        path("participacion/citas/", admin_citas.citas, name="citas_huerfanas"),
        path("participacion/citas/<int:pk>/", admin_citas.ubicar, name="ubicar_cita"),
    ]
