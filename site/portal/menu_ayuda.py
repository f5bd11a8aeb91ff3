"""The help menu of the administration, without the ways out to pages in English."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("construct_help_menu")
def sin_enlaces_externos(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Keep what works within the site: what is left is the help of the first screen and the keys."""
    menu_items[:] = [item for item in menu_items if not item.url.startswith(("http:", "https:"))]
