"""Pages of the portal itself, gathered for Django."""

from portal.models.contacto import ContactoPage, MensajeDeContacto
from portal.models.paginas import InicioPage, PaginaEstandar

__all__ = ["ContactoPage", "InicioPage", "MensajeDeContacto", "PaginaEstandar"]
