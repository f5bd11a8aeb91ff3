"""Days of Santiago inside a statement, on both databases."""

from comun.fechas import SANTIAGO

_ZONA = SANTIAGO.key


def dia(instante: str, vendor: str) -> str:
    """The day in Santiago of a column of instants; text on SQLite, as its dates are."""
    if vendor == "postgresql":
        return f"({instante} AT TIME ZONE '{_ZONA}')::date"
    return f"django_datetime_cast_date({instante}, '{_ZONA}', 'UTC')"


def mes(instante: str, vendor: str) -> str:
    """Its month, «2026-11»."""
    if vendor == "postgresql":
        return f"to_char({instante} AT TIME ZONE '{_ZONA}', 'YYYY-MM')"
    return f"substr({dia(instante, vendor)}, 1, 7)"


def dias_entre(desde: str, hasta: str, vendor: str) -> str:
    """Calendar days from the day of one instant to that of the other."""
    uno, otro = dia(desde, vendor), dia(hasta, vendor)
    if vendor == "postgresql":
        return f"({otro} - {uno})"
    return f"CAST(julianday({otro}) - julianday({uno}) AS INTEGER)"
