"""What surrounds a proposal on its page: files, points, the group it is treated in, who entered it."""

from dataclasses import dataclass, field

from django.urls import reverse

from consulta.aportes.divisiones import version_de_los_puntos
from consulta.aportes.enums import Canal, ClaseGrupo, TipoAporte
from consulta.aportes.models import Adjunto, Aporte, Grupo, Pertenece, Punto


@dataclass(slots=True)
class VistaGrupo:
    """A merge or a division that stands. `otros` are the other contributions of a merge."""

    titulo: str
    url: str
    motivo: str
    es_division: bool
    otros: list[Aporte] = field(default_factory=list)


@dataclass(slots=True)
class Alrededor:
    """Empty for what is no proposal, or is not shown any more. `puntos_de` is the version the points
    quote, where it is no longer the current one."""

    adjuntos: list[Adjunto] = field(default_factory=list)
    puntos: list[Punto] = field(default_factory=list)
    puntos_de: int = 0
    grupos: list[VistaGrupo] = field(default_factory=list)
    ingreso: str = ""


def alrededor_de(aporte: Aporte) -> Alrededor:
    """Of a proposal, with `consulta` and `autoria` loaded; four queries, five when it is in a group."""
    if aporte.tipo != TipoAporte.PROPUESTA or not aporte.es_visible:
        return Alrededor()
    adjuntos = list(aporte.adjuntos.filter(hasta=None))
    for adjunto in adjuntos:
        adjunto.aporte = aporte
    grupos = list(
        Grupo.objects.filter(miembros__aporte=aporte, deshecho_en=None)
        .exclude(clase=ClaseGrupo.CAMPANA)
        .select_related("consulta")
    )
    otros = _otros(grupos, aporte) if grupos else {}
    division = next((g for g in grupos if g.clase == ClaseGrupo.DIVISION), None)
    return Alrededor(
        adjuntos=adjuntos,
        puntos=list(aporte.puntos.all()),
        puntos_de=version_de_los_puntos(aporte, division) if division is not None else 0,
        grupos=[
            VistaGrupo(
                g.titulo,
                url_de_grupo(g),
                g.motivo,
                g.clase == ClaseGrupo.DIVISION,
                otros.get(g.pk, []),
            )
            for g in grupos
        ],
        ingreso=ingreso_de(aporte),
    )


def url_de_grupo(grupo: Grupo) -> str:
    """Its page. Needs `consulta` loaded."""
    return reverse("paginas:grupo", args=[grupo.consulta.slug, grupo.pk])


def ingreso_de(aporte: Aporte) -> str:
    """«Ingresada por X en nombre de Y · Oficio N° 123»; empty for what its author sent."""
    if aporte.canal not in (Canal.OFICIO, Canal.MESA, Canal.PAPEL):
        return ""
    por = aporte.ingresado_por
    quien = (
        por.institucion.nombre if por is not None and por.institucion else "la secretaría técnica"
    )
    como = {
        Canal.OFICIO: f"Oficio N° {aporte.referencia}",
        Canal.MESA: f"Mesa: {aporte.referencia}",
        Canal.PAPEL: f"En papel{f', {aporte.referencia}' if aporte.referencia else ''}",
    }[Canal(aporte.canal)]
    return f"Ingresada por {quien} en nombre de {aporte.firma} · {como}"


def _otros(grupos: list[Grupo], aporte: Aporte) -> dict[int, list[Aporte]]:
    ids = [g.pk for g in grupos if g.clase == ClaseGrupo.FUSION]
    pares = (
        Pertenece.objects.filter(grupo__in=ids)
        .exclude(aporte=aporte)
        .select_related("aporte__consulta")
        .order_by("aporte__n")
    )
    otros: dict[int, list[Aporte]] = {}
    for par in pares:
        otros.setdefault(par.grupo_id, []).append(par.aporte)
    return otros
