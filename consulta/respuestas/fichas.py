"""How reasoned responses read in the archive: one row each, led to the first contribution it answers."""

from collections.abc import Sequence

from django.db.models import Count, Min, Q

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
    """The newest published version of those that answer something one may still read."""
    versiones = {
        v.respuesta_id: v
        for v in RespuestaVersion.objects.publicadas()
        .filter(respuesta__in=ids)
        .select_related("respuesta__institucion")
        .order_by("n")
    }
    cubre = {
        fila["version"]: fila
        for fila in Cobertura.objects.filter(_VISIBLE, version__in=versiones.values(), punto=None)
        .values("version")
        .annotate(primero=Min("aporte"), cuantos=Count("aporte"))
        .order_by()
    }
    aportes = Aporte.objects.select_related("consulta").in_bulk(
        [fila["primero"] for fila in cubre.values()]
    )
    lineas = _lineas(list(cubre))
    return {
        respuesta_id: _ficha_de(
            version, aportes[cubre[version.pk]["primero"]], cubre[version.pk]["cuantos"],
            lineas.get(version.pk, []),
        )
        for respuesta_id, version in versiones.items()
        if version.pk in cubre
    }  # fmt: skip


def _lineas(versiones: list[int]) -> dict[int, list[str]]:
    por_version: dict[int, list[str]] = {}
    filas = (
        Cobertura.objects.filter(_VISIBLE, version__in=versiones)
        .exclude(linea="")
        .order_by("pk")
        .values_list("version", "linea")
    )
    for version, linea in filas:
        dichas = por_version.setdefault(version, [])
        if len(dichas) < LINEAS:
            dichas.append(linea)
    return por_version


def _ficha_de(
    version: RespuestaVersion, primero: Aporte, cuantos: int, lineas: list[str]
) -> DatosFicha:
    institucion = version.respuesta.institucion.nombre
    demas = f" y {cuantos - 1} más" if cuantos > 1 else ""
    return DatosFicha(
        tipo=Tipo.RESPUESTA,
        titulo=f"Respuesta a {primero.folio}{demas}",
        direccion=primero.get_absolute_url(),
        texto="\n\n".join([version.razon, *lineas]),
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
