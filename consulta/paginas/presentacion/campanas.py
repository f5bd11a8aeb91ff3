"""Shared texts as the public sees them: «1 texto, 214 personas, 37 con aportes propios»."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from consulta.aportes.enums import ClaseGrupo, Situacion
from consulta.aportes.models import Grupo, Pertenece
from consulta.procesos.models import Consulta

EN_PIE = Q(
    fuera_en=None,
    aporte__situacion=Situacion.VIGENTE,
    grupo__clase=ClaseGrupo.CAMPANA,
    grupo__deshecho_en=None,
    grupo__consulta__publicada=True,
)


@dataclass(slots=True)
class VistaCampana:
    """A group of alike texts, counted by persons: one person who sent three times is one."""

    pk: int
    titulo: str
    url: str
    envios: int
    personas: int
    propios: int
    confirmada: datetime | None

    @property
    def frase(self) -> str:
        """The public line. It says sendings too where they are not as many as persons."""
        personas = f"{self.personas} persona{'s' if self.personas != 1 else ''}"
        if self.envios != self.personas:
            personas = f"{self.envios} envíos de {personas}"
        propios = (
            f"{self.propios} con aportes propios" if self.propios != 1 else "1 con un aporte propio"
        )
        return f"1 texto, {personas}, {propios}"


def campanas_de(aportes: Iterable[int]) -> dict[int, VistaCampana]:
    """The group in which each of those contributions stands, by its id; three queries at most."""
    donde = dict(
        Pertenece.objects.filter(EN_PIE, aporte__in=list(aportes)).values_list("aporte", "grupo")
    )
    if not donde:
        return {}
    vistas = vistas_de_campanas(Grupo.objects.filter(pk__in=set(donde.values())))
    return {aporte: vistas[grupo] for aporte, grupo in donde.items() if grupo in vistas}


def vistas_de_campanas(grupos: Iterable[Grupo]) -> dict[int, VistaCampana]:
    """Each with its figures, by id; one query besides that of the groups."""
    filas = {g.pk: g for g in grupos}
    cuentas = (
        Pertenece.objects.filter(EN_PIE, grupo__in=list(filas))
        .order_by()
        .values("grupo")
        .annotate(
            envios=Count("pk"),
            propios=Count("pk", filter=Q(con_aporte_propio=True)),
            cuentas=Count("aporte__autoria__cuenta", distinct=True),
            correos=Count(
                "aporte__autoria__correo",
                distinct=True,
                filter=Q(aporte__autoria__cuenta=None) & ~Q(aporte__autoria__correo=""),
            ),
            nadie=Count(
                "pk",
                filter=Q(aporte__autoria=None)
                | Q(aporte__autoria__cuenta=None, aporte__autoria__correo=""),
            ),
        )
    )
    return {
        c["grupo"]: VistaCampana(
            pk=c["grupo"],
            titulo=filas[c["grupo"]].titulo,
            url=reverse("paginas:campana", args=[c["grupo"]]),
            envios=c["envios"],
            personas=c["cuentas"] + c["correos"] + c["nadie"],
            propios=c["propios"],
            confirmada=filas[c["grupo"]].confirmado_en,
        )
        for c in cuentas
    }


def de_consulta(consulta: Consulta) -> "QuerySet[Grupo]":
    """Those of a consultation, the largest first."""
    return (
        Grupo.objects.filter(consulta=consulta, clase=ClaseGrupo.CAMPANA, deshecho_en=None)
        .annotate(
            cuantos=Count(
                "miembros",
                filter=Q(miembros__fuera_en=None, miembros__aporte__situacion=Situacion.VIGENTE),
            )
        )
        .filter(cuantos__gt=0)
        .order_by("-cuantos", "pk")
    )
