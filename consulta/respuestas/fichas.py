"""How reasoned responses read in the archive: one row each, led to the first contribution it answers."""

from collections.abc import Sequence

from django.db.models import Q

from comun.buscador import DatosFicha, Fuente, Tipo, registrar
from consulta.aportes.enums import Situacion
from consulta.aportes.models import Aporte
from consulta.respuestas.models import Cobertura, Respuesta, RespuestaVersion

LINEAS = 50
"""Personal lines that are searched; a response may cover thousands."""

_VISIBLE = Q(
    aporte__confirmado_en__isnull=False,
    aporte__consulta__publicada=True,
    aporte__situacion=Situacion.VIGENTE,
)


def fichas_de_respuestas(ids: Sequence[int]) -> dict[int, DatosFicha]:
    """What each says now to the contributions one may still read: one that was corrected, or joined
    later, has a version of its own, and those before still answer the others."""
    en_vigor = (
        Cobertura.objects.publicadas().vigentes().filter(_VISIBLE, version__respuesta__in=ids)
    )
    cubiertos: dict[int, list[int]] = {}
    vigentes: set[int] = set()
    # Told apart here: as a subquery of the next it was walked once per version by PostgreSQL while its
    # statistics were those of an empty table, eighteen seconds in a database filled a moment ago.
    for pk, version_id, aporte_id in en_vigor.values_list(
        "version__respuesta", "version", "aporte"
    ).order_by():
        cubiertos.setdefault(pk, []).append(aporte_id)
        vigentes.add(version_id)
    versiones: dict[int, list[RespuestaVersion]] = {}
    for version in (
        RespuestaVersion.objects.filter(pk__in=vigentes)
        .select_related("respuesta__institucion")
        .order_by("-n")
    ):
        versiones.setdefault(version.respuesta_id, []).append(version)
    primeros = {pk: min(suyos) for pk, suyos in cubiertos.items()}
    aportes = Aporte.objects.select_related("consulta").in_bulk(list(primeros.values()))
    lineas = _lineas(list(cubiertos))
    return {
        pk: _ficha_de(versiones[pk], aportes[primeros[pk]], len(suyos), lineas.get(pk, []))
        for pk, suyos in cubiertos.items()
    }


def _lineas(ids: list[int]) -> dict[int, list[str]]:
    por_respuesta: dict[int, list[str]] = {}
    filas = (
        Cobertura.objects.vigentes()
        .filter(_VISIBLE, version__respuesta__in=ids, version__publicada_en__isnull=False)
        .exclude(linea="")
        .order_by("pk")
        .values_list("version__respuesta", "linea")
    )
    for pk, linea in filas:
        dichas = por_respuesta.setdefault(pk, [])
        if len(dichas) < LINEAS:
            dichas.append(linea)
    return por_respuesta


def _ficha_de(
    versiones: list[RespuestaVersion], primero: Aporte, cuantos: int, lineas: list[str]
) -> DatosFicha:
    """`versiones` are those in force, the newest first."""
    razones = dict.fromkeys(version.razon for version in versiones)
    version = versiones[0]
    institucion = version.respuesta.institucion.nombre
    demas = f" y {cuantos - 1} más" if cuantos > 1 else ""
    return DatosFicha(
        tipo=Tipo.RESPUESTA,
        titulo=f"Respuesta a {primero.folio}{demas}",
        direccion=primero.get_absolute_url(),
        texto="\n\n".join([*razones, *lineas]),
        claves=(institucion,),
        contexto=institucion,
        fecha=version.publicada_en,
    )


def registrar_fichas() -> None:
    """Called at start-up."""
    registrar(
        Fuente(
            modelo=Respuesta,
            fichas=fichas_de_respuestas,
            publicos=lambda: (
                Respuesta.objects.filter(versiones__publicada_en__isnull=False)
                .distinct()
                .values_list("pk", flat=True)
            ),
            depende_de={
                RespuestaVersion: lambda ids: Respuesta.objects.filter(
                    versiones__in=ids
                ).values_list("pk", flat=True),
                Aporte: lambda ids: (
                    Respuesta.objects.filter(versiones__coberturas__aporte__in=ids)
                    .distinct()
                    .values_list("pk", flat=True)
                ),
            },
        )
    )
