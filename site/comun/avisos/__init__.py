"""Telling people: by mail as each chose, and on the site.

`avisar` and, for many, `avisar_a` are the door. Each room registers at start-up how the notices of
its reasons read.
"""

from comun.avisos.envio import (
    Novedad,
    avisar,
    avisar_a,
    avisar_cada,
    avisar_nuevo,
    avisar_nuevos,
    enviar_aviso,
    enviar_avisos,
    identificador,
)
from comun.avisos.razones import (
    Correo,
    cuentas_de,
    direccion_absoluta,
    registrar_destino,
    registrar_razon,
)
from comun.clases import OBLIGATORIAS, PREDETERMINADO, Clase, Modo

__all__ = [
    "OBLIGATORIAS",
    "PREDETERMINADO",
    "Clase",
    "Correo",
    "Modo",
    "Novedad",
    "avisar",
    "avisar_a",
    "avisar_cada",
    "avisar_nuevo",
    "avisar_nuevos",
    "cuentas_de",
    "direccion_absoluta",
    "enviar_aviso",
    "enviar_avisos",
    "identificador",
    "registrar_destino",
    "registrar_razon",
]
