"""Attached files made safe: what they are by content, and themselves without what tells on their author.

`limpiar_archivo` is the one door. A clean copy is made here and the original is never kept: see
docs/decisions/0016-attachments-are-rewritten-at-the-door.md.
"""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from comun.errores import DatoInvalido
from consulta.aportes.archivos.clases import Clase, clase_de
from consulta.aportes.archivos.imagenes import imagen_limpia
from consulta.aportes.archivos.nombres import nombre_seguro
from consulta.aportes.archivos.oficina import oficina_limpia
from consulta.aportes.archivos.pdf import pdf_limpio

CAMPO = "archivos"


@dataclass(frozen=True)
class ArchivoLimpio:
    """What is stored and served. `sha256` is of `datos`, after cleaning."""

    nombre: str
    clase: Clase
    datos: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.datos).hexdigest()


def limpiar_archivo(nombre: str, datos: bytes) -> ArchivoLimpio:
    """A clean copy of `datos`, under a name that fits what it is.

    The same bytes always give the same copy. Raises DatoInvalido (`archivos`), naming the file and
    what to do: empty, too large, of another kind than its name says, encrypted, broken, with macros.
    """
    seguro = nombre_seguro(nombre)
    try:
        comprobar_tamano(len(datos))
        clase = clase_de(seguro, datos)
        limpio = _LIMPIEZAS[clase.familia](datos, clase)
        comprobar_tamano(len(limpio), crecido=True)
    except DatoInvalido as error:
        raise DatoInvalido(f"«{seguro}»: {error.mensaje}", campo=CAMPO) from error
    return ArchivoLimpio(nombre_seguro(seguro, clase.extension), clase, limpio)


def comprobar_tamano(largo: int, *, crecido: bool = False) -> None:
    """Raises DatoInvalido for an empty file or one beyond ADJUNTOS_MB (twice that, once rewritten)."""
    if not largo:
        raise DatoInvalido(_("el archivo está vacío. Revise que se haya guardado bien."))
    tope = settings.ADJUNTOS_MB * (2 if crecido else 1)
    if largo > tope * 1024 * 1024:
        raise DatoInvalido(
            _("pesa %(mb)s MB y el máximo es %(tope)s MB. Redúzcalo o divídalo en partes.")
            % {
                "mb": f"{largo / 1024 / 1024:.1f}".replace(".", ","),
                "tope": settings.ADJUNTOS_MB,
            }
        )


_LIMPIEZAS = {"imagen": imagen_limpia, "pdf": pdf_limpio, "oficina": oficina_limpia}
