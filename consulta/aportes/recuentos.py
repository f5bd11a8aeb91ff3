"""The sums of threads, which spare a count over 100,000 rows at every visit.

They are kept one by one as contributions are confirmed, and can always be computed again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, DateTimeField, F, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

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
    if not de_su_asunto.update(**sumas, ultimo_en=aporte.enviado_en):
        Recuento.objects.create(asunto_id=aporte.asunto_id, **suma, ultimo_en=aporte.enviado_en)
    if aporte.raiz_id is not None:
        Aporte.objects.filter(pk=aporte.raiz_id).update(replicas_n=F("replicas_n") + 1)


def contar_varios(aportes: Sequence[Aporte]) -> None:
    """As `contar`, of several that were confirmed together: two statements per subject."""
    sumas: dict[int, Counter[str]] = defaultdict(Counter)
    ultimos: dict[int, datetime] = {}
    for aporte in aportes:
        asunto = aporte.asunto_id
        ultimos[asunto] = max(aporte.enviado_en, ultimos.get(asunto, aporte.enviado_en))
        sumas[asunto].update(["total"])
        if aporte.raiz_id is None:
            sumas[asunto].update(filter(None, ["raices", aporte.postura]))
    for asunto, suma in sorted(sumas.items()):
        sus_sumas = {nombre: F(nombre) + n for nombre, n in suma.items()}
        de_su_asunto = Recuento.objects.filter(asunto=asunto)
        # What came by letter is dated before what was sent yesterday: the last one stays the last.
        ultimo = Greatest("ultimo_en", Value(ultimos[asunto], DateTimeField()))
        if not de_su_asunto.update(**sus_sumas, ultimo_en=ultimo):
            Recuento.objects.create(asunto_id=asunto, **suma, ultimo_en=ultimos[asunto])
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
            ultimo_en=Max("enviado_en"),
            **{p.value: Count("pk", filter=RAIZ & VIGENTE & Q(postura=p)) for p in Postura},
        )
    )
