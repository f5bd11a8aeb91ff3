"""The card of a contribution in a thread, drawn once per process for as long as it says the same.

A thread is read far more than it is written, and drawing its cards was most of what a page cost. What a
card shows is all in its VistaAporte: those fields are the key, so nothing old can ever be shown and
nothing has to be told to forget. Visitors who may do the same share a card.
"""

from dataclasses import fields
from operator import attrgetter

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from consulta.paginas.presentacion.aportes import VistaAporte

register = template.Library()

CUANTAS = 4_000
"""Cards kept: some 10 MB in each process."""

APARTE = frozenset({"nivel", "replicas", "replicas_n", "tramo", "parrafos", "respuestas"})
"""What aporte.html does not draw of a card in a thread, or draws of other pages."""

_lo_que_se_ve = attrgetter(*(f.name for f in fields(VistaAporte) if f.name not in APARTE))
_dibujadas: dict[object, SafeString] = {}


@register.simple_tag
def tarjeta(a: object) -> SafeString:
    """As components/aporte.html draws `a`."""
    if settings.DEBUG or not isinstance(a, VistaAporte) or a.parrafos or a.respuestas:
        return _dibujar(a)
    clave = _lo_que_se_ve(a)
    hecha = _dibujadas.get(clave)
    if hecha is None:
        if len(_dibujadas) >= CUANTAS:
            _dibujadas.clear()
        hecha = _dibujadas[clave] = _dibujar(a)
    return hecha


def _dibujar(a: object) -> SafeString:
    return mark_safe(get_template("components/aporte.html").render({"a": a}))  # noqa: S308 (a template)
