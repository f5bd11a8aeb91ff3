"""The sums of threads, which spare a count over 100,000 rows at every visit.

They are kept one by one as contributions are confirmed, and can always be computed again.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from consulta.aportes.models import Aporte, Recuento
from consulta.procesos.models import Consulta


def contar(aporte: Aporte) -> None:
    """Add a contribution just confirmed. Call it under the folio's lock, so that sums cannot drift."""
    es_raiz = aporte.raiz_id is None
    sumas = {"total": F("total") + 1, "raices": F("raices") + int(es_raiz)}
    de_su_asunto = Recuento.objects.filter(asunto=aporte.asunto_id)
    if not de_su_asunto.update(**sumas, ultimo_en=aporte.enviado_en):
        Recuento.objects.create(
            asunto_id=aporte.asunto_id, total=1, raices=int(es_raiz), ultimo_en=aporte.enviado_en
        )
    if aporte.raiz_id is not None:
        Aporte.objects.filter(pk=aporte.raiz_id).update(replicas_n=F("replicas_n") + 1)


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
        r.asunto_id: (r.total, r.raices) for r in Recuento.objects.filter(asunto__consulta=consulta)
    }
    reales = {f["asunto_id"]: (f["total"], f["raices"]) for f in _sumas(consulta)}
    for asunto in sorted(guardadas.keys() | reales.keys()):
        if guardadas.get(asunto, (0, 0)) != reales.get(asunto, (0, 0)):
            yield (
                f"asunto {asunto}: guarda {guardadas.get(asunto, (0, 0))} "
                f"y son {reales.get(asunto, (0, 0))} (aportes, hilos)"
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
            total=Count("pk"), raices=Count("pk", filter=Q(raiz=None)), ultimo_en=Max("enviado_en")
        )
    )
