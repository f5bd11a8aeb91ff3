from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    label = "portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        from portal import contacto  # noqa: F401  registers how its mail reads
        from portal.oficios import registrar_oficios

        registrar_oficios()
