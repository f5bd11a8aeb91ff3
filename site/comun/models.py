"""Tables of the foundations, gathered for Django; each is told in the module it comes from."""

from comun.archivos import Archivo, Imagen, ImagenRendicion
from comun.registro import Aviso, Evento, EventoDetalle, Preferencia, Redaccion, Sello

__all__ = [
    "Archivo",
    "Aviso",
    "Evento",
    "EventoDetalle",
    "Imagen",
    "ImagenRendicion",
    "Preferencia",
    "Redaccion",
    "Sello",
]
