"""Images drawn again: nothing is left of them but what one sees."""

import io
import struct

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from comun.errores import DatoInvalido
from consulta.aportes.archivos.clases import Clase

PIXELES = 40_000_000
"""Beyond what any phone's camera needs here; decoding more would take hundreds of MB."""

_FORMATOS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
_OPCIONES: dict[str, dict[str, object]] = {
    "jpg": {"quality": 88},
    "png": {"compress_level": 6},
    "webp": {"quality": 88},
}
_CON_SALIDA = {
    "jpg": ("RGB", "L"),
    "png": ("RGB", "RGBA", "L", "LA", "P", "1"),
    "webp": ("RGB", "RGBA"),
}
_TROZOS_PNG = frozenset({b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"})


def imagen_limpia(datos: bytes, clase: Clase) -> bytes:
    """Upright and without EXIF, GPS or comments; what was hidden after its end is gone too."""
    try:
        with Image.open(io.BytesIO(datos), formats=[_FORMATOS[clase.extension]]) as imagen:
            if imagen.width * imagen.height > PIXELES:
                raise DatoInvalido(
                    _("la imagen mide %(a)s × %(b)s puntos: redúzcala antes de adjuntarla.")
                    % {"a": imagen.width, "b": imagen.height}
                )
            perfil = imagen.info.get("icc_profile")
            derecha = ImageOps.exif_transpose(imagen)
            if derecha.mode not in _CON_SALIDA[clase.extension]:
                derecha = derecha.convert("RGBA" if "A" in derecha.getbands() else "RGB")
            if derecha.mode not in _CON_SALIDA[clase.extension]:
                derecha = derecha.convert("RGB")
            nueva = Image.new(derecha.mode, derecha.size)
            if derecha.mode == "P" and (paleta := derecha.getpalette()):
                nueva.putpalette(paleta)
            nueva.paste(derecha)
            if "transparency" in derecha.info and derecha.mode == "P":
                nueva.info["transparency"] = derecha.info["transparency"]
            salida = io.BytesIO()
            opciones = _OPCIONES[clase.extension] | ({"icc_profile": perfil} if perfil else {})
            nueva.save(salida, _FORMATOS[clase.extension], **opciones)
    except DatoInvalido:
        raise
    except Exception as error:  # Pillow's decoders raise whatever their format brings to mind
        raise DatoInvalido(
            _("la imagen está dañada. Ábrala, guárdela otra vez y adjúntela de nuevo.")
        ) from error
    return salida.getvalue()


def sin_datos(datos: bytes) -> bytes:
    """A JPEG or PNG inside another document, without EXIF, XMP or comments, its pixels untouched.

    Anything else, and what cannot be read, is returned as it is.
    """
    if datos.startswith(b"\xff\xd8"):
        return _jpeg_sin_datos(datos)
    if datos.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png_sin_datos(datos)
    return datos


def _jpeg_sin_datos(datos: bytes) -> bytes:
    partes, lugar = [datos[:2]], 2
    while lugar + 4 <= len(datos) and datos[lugar] == 0xFF:
        marca = datos[lugar + 1]
        if marca == 0xDA:  # from here on, pixels
            return b"".join([*partes, datos[lugar:]])
        if marca == 0xFF:
            lugar += 1
            continue
        largo = 2 + struct.unpack(">H", datos[lugar + 2 : lugar + 4])[0]
        # APP0 (JFIF), APP2 (colour profile) and APP14 (Adobe) say how to draw it; the others, who made it.
        if not (0xE0 <= marca <= 0xEF or marca == 0xFE) or marca in (0xE0, 0xE2, 0xEE):
            partes.append(datos[lugar : lugar + largo])
        lugar += largo
    return datos


def _png_sin_datos(datos: bytes) -> bytes:
    partes, lugar = [datos[:8]], 8
    while lugar + 12 <= len(datos):
        largo, tipo = struct.unpack(">I4s", datos[lugar : lugar + 8])
        if tipo not in _TROZOS_PNG:
            partes.append(datos[lugar : lugar + 12 + largo])
        lugar += 12 + largo
        if tipo == b"IEND":
            return b"".join(partes)
    return datos
