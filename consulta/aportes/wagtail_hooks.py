from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from comun.modeladmin import MENU_PARTICIPACION
from consulta.aportes.admin import remover
from consulta.aportes.escritorio import campanas, citas, moderacion, propuestas
from consulta.aportes.permissions import puede_moderar, puede_resolver_citas
from cuentas.models import User
from cuentas.roles import Rol


class MenuDeModeracion(MenuItem):
    """Only for those who moderate."""

    def is_shown(self, request: HttpRequest) -> bool:
        return puede_moderar(request.user)  # type: ignore[arg-type]


@hooks.register(MENU_PARTICIPACION)
def menu_de_moderacion() -> MenuItem:
    return MenuDeModeracion(
        _("Moderación"), reverse_lazy(moderacion.COLA), icon_name="warning", order=20
    )


@hooks.register("register_admin_urls")
def urls_de_moderacion() -> list:
    return [
        path("participacion/aportes/<int:pk>/remover/", remover, name="remover_aporte"),
        path("participacion/moderacion/", moderacion.cola, name=moderacion.COLA),
        path("participacion/moderacion/<int:pk>/", moderacion.caso, name=moderacion.CASO),
        path(
            "participacion/moderacion/bloqueos/<int:pk>/levantar/",
            moderacion.levantar,
            name="moderacion_levantar",
        ),
    ]


@hooks.register(MENU_PARTICIPACION)
def menu_de_campanas() -> MenuItem:
    return SoloPara(
        _("Textos compartidos"), reverse_lazy(campanas.LISTA), icon_name="copy",
        order=21, roles=(Rol.MODERADOR, Rol.SECRETARIA, Rol.ADMINISTRADOR),
    )  # fmt: skip


@hooks.register("register_admin_urls")
def urls_de_campanas() -> list:
    return [
        path(
            "participacion/textos-compartidos/",
            campanas.lista,
            name=campanas.LISTA,
        ),
        path(
            "participacion/textos-compartidos/<int:pk>/",
            campanas.una,
            name=campanas.UNA,
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
        path("participacion/citas/", citas.citas, name="citas_huerfanas"),
        path("participacion/citas/<int:pk>/", citas.ubicar, name="ubicar_cita"),
    ]


@hooks.register("register_admin_urls")
def urls_de_propuestas() -> list:
    return [
        path("participacion/ingresar/", propuestas.ingresar, name="ingresar_aporte"),
        path("participacion/grupos/", propuestas.grupos, name="grupos_de_propuestas"),
        path("participacion/grupos/nuevo/", propuestas.agrupar, name="agrupar_propuestas"),
        path(
            "participacion/grupos/<int:pk>/deshacer/",
            propuestas.deshacer,
            name="deshacer_grupo",
        ),
        path(
            "participacion/aportes/<int:pk>/dividir/",
            propuestas.dividir,
            name="dividir_propuesta",
        ),
    ]


class SoloPara(MenuItem):
    """An entry of the menu for whoever may use it."""

    def __init__(self, *args: Any, roles: tuple[Rol, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles = roles

    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and request.user.tiene_rol(*self.roles)


@hooks.register(MENU_PARTICIPACION)
def entrada_de_ingresar() -> MenuItem:
    return SoloPara(
        _("Ingresar una propuesta"), reverse_lazy("ingresar_aporte"), icon_name="doc-full-inverse",
        order=30, roles=(Rol.SECRETARIA, Rol.ADMINISTRADOR),
    )  # fmt: skip


@hooks.register(MENU_PARTICIPACION)
def entrada_de_grupos() -> MenuItem:
    return SoloPara(
        _("Grupos de propuestas"), reverse_lazy("grupos_de_propuestas"), icon_name="list-ul",
        order=31, roles=(Rol.OFICIAL, Rol.SECRETARIA, Rol.ADMINISTRADOR),
    )  # fmt: skip
