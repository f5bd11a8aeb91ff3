"""What is asked once before publishing, and never insisted on: is it meant to be public, is it meant twice.

A question is not a rule: who says «enviar igual» sends, and a program is told instead of asked.
"""

from collections.abc import Collection

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comun.datos_personales import Dato, datos_personales
from comun.errores import ErrorDeDominio
from consulta.aportes.flows.contenido import Contenido
from consulta.aportes.models import Aporte


class Pregunta(TextChoices):
    """What a form repeats in `seguro` once it was answered."""

    DATOS = "datos_personales", gettext_lazy("parece contener datos personales")
    REPETIDO = "ya_enviado", gettext_lazy("ya se envió lo mismo")


class PorPreguntar(ErrorDeDominio):
    """Nothing is wrong: somebody must say that they mean it."""

    pregunta: Pregunta

    @property
    def codigo(self) -> str:
        return self.pregunta.value


class MuestraDatos(PorPreguntar):
    """`datos` are what looks like personal data in the field `campo`."""

    pregunta = Pregunta.DATOS

    def __init__(self, datos: list[Dato], campo: str) -> None:
        self.datos = datos
        dichos = ", ".join(f"{d.clase} «{d.texto}»" for d in datos[:5])
        super().__init__(
            _("Su texto parece contener datos personales, que serán públicos: %(cuales)s.")
            % {"cuales": dichos},
            campo=campo,
        )


class YaEnviado(PorPreguntar):
    """The same author sent the same words to the same place before: `aporte`."""

    pregunta = Pregunta.REPETIDO

    def __init__(self, aporte: Aporte) -> None:
        self.aporte = aporte
        super().__init__(
            _("Usted ya envió este mismo texto aquí: es el aporte %(folio)s, del %(cuando)s.")
            % {
                "folio": aporte.folio,
                "cuando": date_format(
                    timezone.localtime(aporte.enviado_en), r"j \d\e F \d\e Y, H:i"
                ),
            }
        )


def sobre_datos(contenido: Contenido, antes: Contenido | None = None) -> MuestraDatos | None:
    """What `contenido` shows that looks like personal data, and `antes` did not; None when nothing.

    Only words are read: the signature is the author's own choice.
    """
    dichos = (
        set() if antes is None else {d for _c, t in _textos(antes) for d in datos_personales(t)}
    )
    for campo, texto in _textos(contenido):
        nuevos = [d for d in datos_personales(texto) if d not in dichos]
        if nuevos:
            return MuestraDatos(nuevos, campo)
    return None


def preguntar(
    dudas: Collection[PorPreguntar | None], que: Collection[Pregunta]
) -> tuple[PorPreguntar, ...]:
    """Raise the first of `dudas` that `que` asks about; returns the others, for who tells them later."""
    reales = tuple(d for d in dudas if d is not None)
    for duda in reales:
        if duda.pregunta in que:
            raise duda
    return reales


def _textos(contenido: Contenido) -> list[tuple[str, str]]:
    campos = [(c, v) for c, v in contenido.campos.items() if isinstance(v, str)]
    return [("titulo", contenido.titulo), *campos, ("texto", contenido.texto)]
