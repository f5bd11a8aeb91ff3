from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from comun.modeladmin import MENU_PARTICIPACION

participacion = Menu(register_hook_name=MENU_PARTICIPACION)


@hooks.register("register_admin_menu_item")
def menu_participacion() -> MenuItem:
    return SubmenuMenuItem(
        _("Participación"), participacion, name="participacion", icon_name="group", order=150
    )
