from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from comun.modeladmin import MENU_PARTICIPACION
from consulta.procesos import admin
from consulta.procesos.escritorio import fragmento, revision

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
def urls_de_plazos() -> list:
    return [path("participacion/etapas/<int:pk>/prorrogar/", admin.prorrogar, name=admin.PRORROGAR)]


@hooks.register("register_admin_urls")
def urls_de_versiones() -> list:
    return [
        path("participacion/versiones/<int:pk>/revisar/", revision.revisar, name="revisar_version"),
        path(
            "participacion/versiones/<int:pk>/deshacer/",
            revision.deshacer_cambio,
            name="deshacer_cambio",
        ),
        path(
            "participacion/versiones/<int:pk>/publicar/", revision.publicar, name="publicar_version"
        ),
        path("participacion/fragmentos/<int:pk>/", fragmento.fragmento, name="corregir_fragmento"),
        path(
            "participacion/consultas/<int:pk>/anunciar/", admin.anunciar, name="anunciar_consulta"
        ),
    ]
