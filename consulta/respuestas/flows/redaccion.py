"""A correction that only mends the words: the same outcomes, in the same places."""

from collections.abc import Sequence

from django.db.models import Max
from django.utils.translation import gettext as _

from comun.errores import DatoInvalido
from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura, LineaDePunto
from consulta.respuestas.models import Cobertura, Respuesta

CAMPO = "solo_redaccion"


def exigir_misma_decision(lineas: Sequence[LineaDeCobertura], respuesta: Respuesta | None) -> None:
    """Raises DatoInvalido unless `respuesta` answered each contribution before and each line decides
    what it decides now: of the same points, outcome and destination. Two queries.

    What is said of a contribution now is in the last version that covers it: later ones may be about
    others.
    """
    publicadas = Cobertura.objects.publicadas().filter(
        version__respuesta=respuesta, aporte__in=[linea.aporte.pk for linea in lineas]
    )
    vigentes = dict(publicadas.order_by().values_list("aporte").annotate(ultima=Max("version")))
    if respuesta is None or any(linea.aporte.pk not in vigentes for linea in lineas):
        raise DatoInvalido(
            _("Una primera respuesta no corrige la redacción de ninguna."), campo=CAMPO
        )
    dichas = Cobertura.objects.filter(version__in=vigentes.values(), aporte__in=vigentes)
    antes = {
        (c.aporte_id, c.punto_id): (
            c.resultado,
            c.destino.fragmento_id,
            c.destino.compromiso_id,
            c.destino.evento_id,
            c.destino.porque_nada,
        )
        for c in dichas.select_related("destino")
        if c.version_id == vigentes[c.aporte_id]
    }
    for linea in lineas:
        for punto, dicho in _partes(linea):
            if antes.get((linea.aporte.pk, punto)) != (dicho.resultado, *_lugar(dicho.destino)):
                raise DatoInvalido(
                    _(
                        "Cambia el resultado o dónde quedó %(folio)s: eso es más que la redacción. "
                        "Quite la marca, para avisarle como corresponde."
                    )
                    % {"folio": linea.aporte.folio},
                    campo=CAMPO,
                )


def _partes(
    linea: LineaDeCobertura,
) -> list[tuple[int | None, LineaDeCobertura | LineaDePunto]]:
    return [(None, linea), *((p.punto.pk, p) for p in linea.puntos)]


def _lugar(destino: DestinoElegido) -> tuple[int | None, int | None, int | None, str]:
    return (
        destino.fragmento.pk if destino.fragmento else None,
        destino.compromiso.pk if destino.compromiso else None,
        destino.evento.pk if destino.evento else None,
        destino.porque_nada,
    )
