"""A correction that only mends the words: the same outcomes, in the same places."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from comun.errores import DatoInvalido
from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura, LineaDePunto
from consulta.respuestas.models import Cobertura, Respuesta, RespuestaVersion

CAMPO = "solo_redaccion"


def exigir_misma_decision(lineas: Sequence[LineaDeCobertura], respuesta: Respuesta | None) -> None:
    """Raises DatoInvalido unless `respuesta` is published and each line decides what it decides now: of
    the same contributions and points, outcome and destination. Two queries."""
    vigente: RespuestaVersion | None = None
    if respuesta is not None:
        vigente = respuesta.versiones.publicadas().order_by("-n").first()
    if vigente is None:
        raise DatoInvalido(
            _("Una primera respuesta no corrige la redacción de ninguna."), campo=CAMPO
        )
    dichas = Cobertura.objects.filter(version=vigente).select_related("destino")
    antes = {
        (c.aporte_id, c.punto_id): (
            c.resultado,
            c.destino.fragmento_id,
            c.destino.compromiso_id,
            c.destino.evento_id,
            c.destino.porque_nada,
        )
        for c in dichas
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
