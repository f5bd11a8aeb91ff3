"""How plans and commitments read in the archive."""

from collections.abc import Sequence

from comun.buscador import DatosFicha, Fuente, Tipo, registrar
from consulta.seguimiento.models import Compromiso, Plan


def fichas_de_planes(ids: Sequence[int]) -> dict[int, DatosFicha]:
    """Every plan is public."""
    return {
        p.pk: DatosFicha(
            tipo=Tipo.PLAN,
            titulo=p.titulo,
            direccion=p.get_absolute_url(),
            texto=p.resumen,
            claves=(f"Plan {p.numero}", f"{p.desde}", f"{p.hasta}"),
        )
        for p in Plan.objects.filter(pk__in=ids)
    }


def fichas_de_compromisos(ids: Sequence[int]) -> dict[int, DatosFicha]:
    """Every commitment is public."""
    compromisos = Compromiso.objects.filter(pk__in=ids).select_related("plan", "institucion")
    return {
        c.pk: DatosFicha(
            tipo=Tipo.COMPROMISO,
            titulo=c.titulo,
            direccion=c.get_absolute_url(),
            texto="\n\n".join(filter(None, [c.descripcion, c.nota])),
            contexto=c.plan.titulo,
            claves=(
                f"Compromiso {c.numero}", f"Plan {c.plan.numero}", c.institucion.nombre,
                str(c.get_area_display()),
            ),
        )
        for c in compromisos
    }  # fmt: skip


def registrar_fichas() -> None:
    """Called at start-up."""
    registrar(
        Fuente(
            modelo=Plan,
            fichas=fichas_de_planes,
            publicos=lambda: Plan.objects.values_list("pk", flat=True),
            al_guardar=(Plan,),
        )
    )
    registrar(
        Fuente(
            modelo=Compromiso,
            fichas=fichas_de_compromisos,
            publicos=lambda: Compromiso.objects.values_list("pk", flat=True),
            al_guardar=(Compromiso,),
            depende_de={
                Plan: lambda ids: Compromiso.objects.filter(plan__in=ids).values_list(
                    "pk", flat=True
                )
            },
        )
    )
