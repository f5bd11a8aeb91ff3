from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from comun.modeladmin import MENU_PARTICIPACION
from consulta.procesos import admin

participacion = Menu(register_hook_name=MENU_PARTICIPACION)

for mesa in (
    admin.ProcesoAdmin,
    admin.EtapaAdmin,
    admin.ConsultaAdmin,
    admin.VersionAdmin,
    admin.TemaAdmin,
):
    mesa().register_with_wagtail()


@hooks.register("register_admin_menu_item")
def menu_participacion() -> MenuItem:
    return SubmenuMenuItem(
        _("Participación"), participacion, name="participacion", icon_name="group", order=150
    )


@hooks.register("register_admin_urls")
def urls_de_versiones() -> list:
    return [
        path("participacion/versiones/<int:pk>/publicar/", admin.publicar, name="publicar_version"),
        path(
            "participacion/consultas/<int:pk>/anunciar/", admin.anunciar, name="anunciar_consulta"
        ),
    ]
