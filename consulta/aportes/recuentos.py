"""The sums of threads, which spare a count over 100,000 rows at every visit.

They are kept one by one as contributions are confirmed, and can always be computed again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from consulta.aportes.enums import Postura
from consulta.aportes.models import Aporte, Recuento
from consulta.aportes.querysets import VIGENTE
from consulta.procesos.models import Consulta

CUENTAS = ("total", "raices", *Postura.values)
RAIZ = Q(raiz=None)


def contar(aporte: Aporte) -> None:
    """Add a contribution just confirmed. Call it under the folio's lock, so that sums cannot drift."""
    es_raiz = aporte.raiz_id is None
    suma = {"total": 1, "raices": int(es_raiz)}
    if es_raiz and aporte.postura:
        suma[aporte.postura] = 1
    de_su_asunto = Recuento.objects.filter(asunto=aporte.asunto_id)
    sumas = {nombre: F(nombre) + n for nombre, n in suma.items()}
    if not de_su_asunto.update(**sumas):
        Recuento.objects.create(asunto_id=aporte.asunto_id, **suma)
    if aporte.raiz_id is not None:
        Aporte.objects.filter(pk=aporte.raiz_id).update(replicas_n=F("replicas_n") + 1)


def contar_varios(aportes: Sequence[Aporte]) -> None:
    """As `contar`, of several that were confirmed together: two statements per subject."""
    sumas: dict[int, Counter[str]] = defaultdict(Counter)
    for aporte in aportes:
        sumas[aporte.asunto_id].update(["total"])
        if aporte.raiz_id is None:
            sumas[aporte.asunto_id].update(filter(None, ["raices", aporte.postura]))
    for asunto, suma in sorted(sumas.items()):
        sus_sumas = {nombre: F(nombre) + n for nombre, n in suma.items()}
        if not Recuento.objects.filter(asunto=asunto).update(**sus_sumas):
            Recuento.objects.create(asunto_id=asunto, **suma)
    por_raiz = Counter(a.raiz_id for a in aportes if a.raiz_id is not None)
    por_cuantas: dict[int, list[int]] = defaultdict(list)
    for raiz, cuantas in sorted(por_raiz.items()):
        por_cuantas[cuantas].append(raiz)
    for cuantas, raices in por_cuantas.items():
        Aporte.objects.filter(pk__in=raices).update(replicas_n=F("replicas_n") + cuantas)


def contar_postura(aporte: Aporte, *, cuanto: int) -> None:
    """Add (1) or take away (-1) the stance of a root that stands again, or stands no more."""
    if aporte.raiz_id is None and aporte.postura:
        Recuento.objects.filter(asunto=aporte.asunto_id).update(
            **{aporte.postura: F(aporte.postura) + cuanto}
        )


def mover_postura(aporte: Aporte, *, antes: str) -> None:
    """Take a root's stance `antes` for the one it has since it was corrected."""
    if aporte.raiz_id is None and antes != aporte.postura:
        cambios = {p: F(p) + n for p, n in ((antes, -1), (aporte.postura, 1)) if p}
        Recuento.objects.filter(asunto=aporte.asunto_id).update(**cambios)


def recontar(consulta: Consulta) -> None:
    """Compute the sums of a consultation anew, after rows were written in bulk."""
    Recuento.objects.filter(asunto__consulta=consulta).delete()
    Recuento.objects.bulk_create((Recuento(**fila) for fila in _sumas(consulta)), batch_size=500)
    replicas = (
        Aporte.objects.confirmados()
        .filter(raiz=OuterRef("pk"))
        .order_by()
        .values("raiz")
        .annotate(n=Count("pk"))
        .values("n")
    )
    Aporte.objects.filter(consulta=consulta, raiz=None).update(
        replicas_n=Coalesce(Subquery(replicas), 0)
    )


def descuadres(consulta: Consulta) -> Iterator[str]:
    """In plain words, each kept sum that differs from the rows it sums."""
    guardadas = {
        fila["asunto_id"]: tuple(fila[c] for c in CUENTAS)
        for fila in Recuento.objects.filter(asunto__consulta=consulta).values("asunto_id", *CUENTAS)
    }
    reales = {fila["asunto_id"]: tuple(fila[c] for c in CUENTAS) for fila in _sumas(consulta)}
    nada = (0,) * len(CUENTAS)
    for asunto in sorted(guardadas.keys() | reales.keys()):
        if guardadas.get(asunto, nada) != reales.get(asunto, nada):
            yield (
                f"asunto {asunto}: guarda {guardadas.get(asunto, nada)} "
                f"y son {reales.get(asunto, nada)} ({', '.join(CUENTAS)})"
            )
    raices = Aporte.objects.filter(consulta=consulta, raiz=None).annotate(
        reales=Count("hilo", filter=Q(hilo__confirmado_en__isnull=False))
    )
    for raiz in raices.exclude(replicas_n=F("reales")).select_related("consulta"):
        yield f"{raiz}: guarda {raiz.replicas_n} réplicas y son {raiz.reales}"
    apoyados = Aporte.objects.filter(consulta=consulta).annotate(reales=Count("quienes_apoyan"))
    for aporte in apoyados.exclude(apoyos=F("reales")).select_related("consulta"):
        yield f"{aporte}: guarda {aporte.apoyos} apoyos y son {aporte.reales}"


def _sumas(consulta: Consulta) -> Iterable[Any]:
    return (
        Aporte.objects.confirmados()
        .de_consulta(consulta)
        .order_by()
        .values("asunto_id")
        .annotate(
            total=Count("pk"),
            raices=Count("pk", filter=RAIZ),
            **{p.value: Count("pk", filter=RAIZ & VIGENTE & Q(postura=p)) for p in Postura},
        )
    )
