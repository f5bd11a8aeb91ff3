"""Text as people send it, made safe to keep: it is cleaned once, at the door, and escaped on the way out."""

import re
import unicodedata

# Control characters have no place in a text, nor do the bidirectional overrides, which can make a
# sentence read as another one. Right-to-left marks and isolates stay: real Arabic or Hebrew needs them.
_PROHIBIDOS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\ufeff\ud800-\udfff]")
_LINEAS = re.compile(r"\n{3,}")


def limpiar(texto: str) -> str:
    """NFC, line ends as `\\n`, no control characters, no bidi overrides, at most one blank line in a row."""
    texto = texto.replace("\r\n", "\n").replace("\r", "\n")
    texto = _PROHIBIDOS.sub("", unicodedata.normalize("NFC", texto))
    return _LINEAS.sub("\n\n", texto).strip()


def limpiar_linea(texto: str) -> str:
    """As `limpiar`, on one line."""
    return " ".join(limpiar(texto).split())
