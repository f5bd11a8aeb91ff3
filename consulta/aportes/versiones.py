"""The versions of a contribution as the public counts them.

What its author mends in the first ten minutes was hardly read: it replaces what was there without a
mark. From then on each correction is a version anyone may read.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from consulta.aportes.models import Aporte, AporteVersion

ENMIENDA = timedelta(minutes=10)


def corregido_en(aporte: Aporte) -> datetime | None:
    """When it was last corrected, as the public is told; None when it was not. Needs `con_texto()`."""
    desde = aporte.confirmado_en or aporte.enviado_en
    return correccion_publica(aporte.version, aporte.contenido.en, desde)


def correccion_publica(version: int, en: datetime | None, desde: datetime) -> datetime | None:
    """`en`, when version number `version` was written, if the public is told; `desde` is when the
    contribution came to be read."""
    return en if version > 1 and en is not None and en >= desde + ENMIENDA else None


def versiones_publicas(aporte: Aporte, versiones: Iterable[AporteVersion]) -> list[AporteVersion]:
    """Those of `versiones` the public may read, oldest first: of the first minutes, the last one."""
    limite = (aporte.confirmado_en or aporte.enviado_en) + ENMIENDA
    filas = sorted(versiones, key=lambda v: v.n)
    primeras = [v for v in filas if v.en < limite]
    return [*primeras[-1:], *(v for v in filas if v.en >= limite)]
