"""Tables of the foundations, gathered for Django; each is told in the module it comes from."""

from comun.archivos import Archivo, Imagen, ImagenRendicion
from comun.registro import (
    Aviso,
    Cupo,
    Evento,
    EventoDetalle,
    Preferencia,
    PruebaGastada,
    Redaccion,
    Sello,
)

__all__ = [
    "Archivo",
    "Aviso",
    "Cupo",
    "Evento",
    "EventoDetalle",
    "Imagen",
    "ImagenRendicion",
    "Preferencia",
    "PruebaGastada",
    "Redaccion",
    "Sello",
]
