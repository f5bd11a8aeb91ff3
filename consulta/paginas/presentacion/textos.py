"""Words and times of a card, written once in Python: a page of a thread has more than a hundred."""

from datetime import datetime
from functools import lru_cache

from django.utils.dates import MONTHS_3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from comun.fechas import SANTIAGO


def en_parrafos(texto: str) -> SafeString:
    """Plain words as paragraphs, escaped; single line ends stay."""
    trozos = (t.strip() for t in escape(texto).replace("\r\n", "\n").split("\n\n"))
    parrafos = (f"<p>{trozo.replace(chr(10), '<br>')}</p>" for trozo in trozos if trozo)
    return mark_safe("".join(parrafos))  # noqa: S308 (escaped above)


def con_marcas(partes: list[tuple[str, bool]]) -> SafeString:
    """Pairs (text, was it looked for) as one paragraph with marks."""
    trozos = (f"<mark>{escape(t)}</mark>" if si else escape(t) for t, si in partes)
    return mark_safe(f"<p>{''.join(trozos)}</p>")  # noqa: S308 (escaped above)


def momento(en: datetime) -> str:
    """«5 mar 2027, 15:30 h», in Santiago."""
    local = en.astimezone(SANTIAGO)
    return f"{local.day} {_mes(local.month)} {local.year}, {local:%H:%M} h"


@lru_cache(maxsize=12)
def _mes(numero: int) -> str:
    return str(MONTHS_3[numero])
