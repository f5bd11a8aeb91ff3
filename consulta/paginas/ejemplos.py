"""A good example beside each field of a proposal: all of them tell of one and the same."""

from django.utils.translation import gettext_lazy as _

EJEMPLOS = {
    "titulo": _("Publicar cada mes cuánta agua queda en los pozos de cada cuenca"),
    "problema": _(
        "En Petorca hay 40 comités de agua potable rural. Ninguno sabe cuánto sacan los pozos "
        "vecinos, y desde 2019 los turnos se deciden a ciegas."
    ),
    "brecha": _(
        "Los derechos de agua están publicados, pero las extracciones reales no, y la "
        "comunidad no participa cuando se fijan los turnos."
    ),
    "texto": _(
        "Un visor público por cuenca, actualizado cada mes, con los derechos otorgados, lo que "
        "cada titular informa que extrae y el nivel de los pozos de control. Donde no hay dato, "
        "que diga «no informó»."
    ),
    "resultados_esperados": _(
        "Al cabo de dos años, el 80 % de los titulares informa cada mes y los comités fijan sus "
        "turnos con esos datos."
    ),
    "actores": _("Dirección de Aguas, juntas de vigilancia, comités de agua rural, universidades."),
    "componentes": _("Un formato único de reporte, telemetría para comités chicos y el visor."),
    "tema": _("Medio ambiente y agua."),
    "organizacion": _("Comité de Agua El Maitén."),
    "archivos": _("El acta de la asamblea en que se acordó, o una foto del pozo."),
}
