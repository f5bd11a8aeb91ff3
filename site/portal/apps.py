from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    label = "portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from portal import contacto, retiradas  # noqa: F401  contacto registers how its mail reads
        from portal.bitacora import seguir_paginas
        from portal.oficios import registrar_oficios

        page_published.connect(retiradas.al_publicar, dispatch_uid="portal.retiradas")
        registrar_oficios()
        seguir_paginas()
