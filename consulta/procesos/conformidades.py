"""Whose approval each answer of a consultation needs, and when that may be changed.

It does not change while a sealed answer waits, neither to fewer nor to more: who approved knew the
rule. Rooms above say how many wait; they register once, from `AppConfig.ready`.
"""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from comun.errores import DatoInvalido
from consulta.procesos.models import Consulta
from foro.enums import Sector

Esperan = Callable[[Consulta], int]

_esperan: list[Esperan] = []


def cuidar_conformidades(funcion: Esperan) -> None:
    """`funcion(consulta)` is how many sealed answers wait in it."""
    if funcion not in _esperan:
        _esperan.append(funcion)


def revisar_conformidades(consulta: Consulta | None, sectores: Iterable[str]) -> list[str]:
    """The sectors in their own order, each once. Raises DatoInvalido: one that is none, or a change
    while answers wait in `consulta` (None: a new one)."""
    pedidos = set(sectores)
    if not pedidos <= set(Sector.values):
        raise DatoInvalido(
            _("Use uno de estos: %(s)s.") % {"s": ", ".join(Sector.values)}, campo="conformidades"
        )
    orden = [sector.value for sector in Sector if sector in pedidos]
    if consulta is None or set(consulta.conformidades) == pedidos:
        return orden
    if n := sum(funcion(consulta) for funcion in _esperan):
        raise DatoInvalido(
            _(
                "Hay %(n)s respuestas selladas que esperan publicarse: publíquelas o déjelas sin "
                "efecto antes de cambiar quién les da su conformidad."
            )
            % {"n": n},
            campo="conformidades",
        )
    return orden


def sectores_en_palabras(sectores: Iterable[str]) -> str:
    """«del Gobierno y de la sociedad civil»; empty when none is asked."""
    nombres = [EN_FRASE[Sector(s)] for s in sectores]
    if len(nombres) < 2:
        return "".join(nombres)
    return f"{', '.join(nombres[:-1])} y {nombres[-1]}"


EN_FRASE = {
    Sector.GOBIERNO: "del Gobierno",
    Sector.SOCIEDAD_CIVIL: "de la sociedad civil",
    Sector.ACADEMIA: "de la academia",
    Sector.OTROS_PODERES: "de los otros poderes del Estado",
}
