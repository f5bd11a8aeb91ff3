"""The age of whoever takes part: asked in three steps, and as little of it kept as can be."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comun.errores import DatoInvalido
from cuentas.models import TramoEdad

MENOR = "menor"
OPCIONES = [(MENOR, gettext_lazy("Menos de 14 años")), *TramoEdad.choices]
PREGUNTA = gettext_lazy("¿Qué edad tiene?")


def mensaje_para_menores() -> str:
    """What whoever is under 14 reads: nothing was kept, and how their words can still arrive."""
    return _(
        "Para participar por su cuenta hay que tener 14 años o más: no guardamos nada de lo que "
        "escribió. Su opinión igual cuenta: pídale a su madre, padre o a otra persona adulta que "
        "la envíe con su propio nombre y diga en el texto que la idea es suya."
    )


def revisar_edad(tramo: str) -> TramoEdad:
    """The bracket, when it may take part. Raises DatoInvalido: unanswered, or under 14."""
    if tramo == MENOR:
        raise DatoInvalido(mensaje_para_menores(), campo="tramo_edad")
    if tramo not in TramoEdad.values:
        raise DatoInvalido(_("Diga qué edad tiene: marque una opción."), campo="tramo_edad")
    return TramoEdad(tramo)
