"""Shared texts as the public sees them: «1 texto, 214 personas, 37 con aportes propios»."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from consulta.aportes.enums import ClaseGrupo, Situacion
from consulta.aportes.models import Grupo, Pertenece
from consulta.procesos.models import Consulta

if TYPE_CHECKING:
    from django.db.models import QuerySet

EN_PIE = Q(
    fuera_en=None,
    aporte__situacion=Situacion.VIGENTE,
    grupo__clase=ClaseGrupo.CAMPANA,
    grupo__deshecho_en=None,
    grupo__consulta__publicada=True,
)


@dataclass(frozen=True, slots=True)
class VistaCampana:
    """A group of alike texts, counted by persons: one person who sent three times is one."""

    pk: int
    titulo: str
    url: str
    frase: str
    envios: int
    personas: int
    propios: int
    confirmada: datetime | None


def vista_de(grupo: Grupo) -> VistaCampana:
    """Its figures are kept on the row: no query."""
    return VistaCampana(
        pk=grupo.pk,
        titulo=grupo.titulo,
        url=reverse("paginas:campana", args=[grupo.pk]),
        frase=grupo.frase,
        envios=grupo.envios,
        personas=grupo.personas,
        propios=grupo.propios,
        confirmada=grupo.confirmado_en,
    )


def campanas_de(aportes: Iterable[int]) -> dict[int, VistaCampana]:
    """The group in which each of those contributions stands, by its id; one query, or none."""
    ids = list(aportes)
    if not ids:
        return {}
    filas = list(Pertenece.objects.filter(EN_PIE, aporte__in=ids).select_related("grupo"))
    vistas = {g.pk: vista_de(g) for g in {fila.grupo_id: fila.grupo for fila in filas}.values()}
    return {fila.aporte_id: vistas[fila.grupo_id] for fila in filas}


def de_consulta(consulta: Consulta) -> "QuerySet[Grupo]":
    """Those of a consultation that stand, the largest first."""
    return Grupo.objects.filter(
        consulta=consulta, clase=ClaseGrupo.CAMPANA, deshecho_en=None, envios__gt=0
    ).order_by("-envios", "pk")
