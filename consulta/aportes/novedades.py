"""Telling those who follow a thread that something was said, without filling anybody's mailbox.

Posting only enqueues one task. A follower has at most one notice per thread until they come back to
read it: the notice's version is the number of their visits, so twenty thousand comments make one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from comun.avisos import Novedad, avisar_a, avisar_cada
from comun.fechas import dia_de
from comun.tareas import absorber
from consulta.aportes.models import Aporte, Seguimiento, Visita
from consulta.procesos.models import Asunto

SEGUIMIENTO = "seguimiento"
REPLICA = "replica"
JUNTAS = 200
"""Contributions of which one task gives notice."""


def anunciar(aporte: Aporte) -> None:
    """Call it when a contribution is confirmed, in that transaction."""
    avisar_novedad.enqueue(aporte.pk)


def anunciar_varios(aportes: Sequence[Aporte]) -> None:
    """As `anunciar`, with one task for them all."""
    if len(aportes) == 1:
        anunciar(aportes[0])
    else:
        avisar_novedades.enqueue([a.pk for a in aportes])


@task()
def avisar_novedades(ids: list[int]) -> int:
    """Give notice of several; returns how many notices. Safe to repeat."""
    ahora = timezone.now()
    hechos = 0
    for i in range(0, len(ids), JUNTAS):
        with transaction.atomic():
            hechos += _avisar(ids[i : i + JUNTAS], ahora)
    return hechos


@task()
def avisar_novedad(aporte_id: int) -> int:
    """Give notice of one contribution, and of those that wait for the same; returns how many notices.
    Safe to repeat, never to its author."""
    ahora = timezone.now()
    try:
        with transaction.atomic():
            otras = [args[0] for args in absorber(avisar_novedad, cuantas=JUNTAS)]
            return _avisar([aporte_id, *otras], ahora)
    except Exception:  # one of the others may be what fails: by itself it fails alone
        with transaction.atomic():
            return _avisar([aporte_id], ahora)


def _avisar(ids: Iterable[int], ahora: datetime) -> int:
    """A dozen queries, whatever they are, and some for each thing that is followed."""
    aportes = list(
        Aporte.objects.confirmados()
        .vigentes()
        .select_related("consulta", "padre__autoria", "padre__consulta", "autoria")
        .filter(pk__in=list(ids))
        .order_by("pk")
    )
    hechos = len(avisar_cada(novedades=_replicas(aportes, ahora), razon=REPLICA, ahora=ahora))
    for (seguido, version), cuentas in _seguidores(aportes).items():
        nuevos = avisar_a(
            destinos=[f"cuenta:{pk}" for pk in cuentas],
            razon=SEGUIMIENTO,
            objeto=seguido,
            version=version,
            ahora=ahora,
        )
        hechos += len(nuevos)
    return hechos


def _autor(aporte: Aporte | None) -> int | None:
    """The account of who wrote it."""
    return getattr(getattr(aporte, "autoria", None), "cuenta_id", None)


def _replicas(aportes: Sequence[Aporte], ahora: datetime) -> list[Novedad]:
    """For the author of what each answers: with an account once per visit, as a guest once a day."""
    replicas = [
        a
        for a in aportes
        if a.padre is not None
        and getattr(a.padre, "autoria", None) is not None
        and not (_autor(a) and _autor(a) == _autor(a.padre))
    ]
    visitas = Visita.objects.filter(
        cuenta__in={_autor(a.padre) for a in replicas} - {None},
        asunto__in={a.asunto_id for a in replicas},
    ).filter(Q(raiz=None) | Q(raiz__in={a.raiz_id for a in replicas}))
    veces: Counter[tuple[int, int, int | None]] = Counter()
    for visita in visitas:
        veces[visita.cuenta_id, visita.asunto_id, visita.raiz_id] += visita.veces
    novedades = []
    for a in replicas:
        cuenta, padre = _autor(a.padre), a.padre
        assert padre is not None  # noqa: S101  (it is a reply)
        if cuenta is None:
            version = dia_de(ahora).toordinal()
        else:
            donde = {None, a.raiz_id}
            version = 1 + sum(veces[cuenta, a.asunto_id, raiz] for raiz in donde)
        novedades.append(Novedad(f"aporte:{padre.pk}", padre, version))
    return novedades


def _seguidores(aportes: Sequence[Aporte]) -> dict[tuple[Aporte | Asunto, int], list[int]]:
    """Who follows a thread, a fragment or the whole consultation of these: their accounts by what they
    follow and by the notice that is due, the one after their last visit. Two queries.

    Of one contribution each is told once, by the nearest thing they follow, and not who wrote it, nor
    who is told that it answers them.
    """
    raices = {a.raiz_id or a.pk for a in aportes}
    asuntos, consultas = {a.asunto_id for a in aportes}, {a.consulta_id for a in aportes}
    filas = list(
        Seguimiento.objects.filter(
            Q(raiz__in=raices)
            | Q(raiz=None, asunto__in=asuntos)
            | Q(raiz=None, asunto__consulta__in=consultas, asunto__fragmento=None)
        )
        .select_related(
            "raiz__consulta", "asunto__consulta", "asunto__fragmento__version__consulta"
        )
        .order_by("pk")
    )
    if not filas:
        return {}
    visitas = {
        (v.cuenta_id, v.asunto_id, v.raiz_id): v.veces
        for v in Visita.objects.filter(
            asunto__consulta__in=consultas, cuenta__in={f.cuenta_id for f in filas}
        )
    }
    de_cuenta: dict[int, list[Seguimiento]] = defaultdict(list)
    for fila in filas:
        de_cuenta[fila.cuenta_id].append(fila)
    alcance = _alcance(aportes)
    grupos: dict[tuple[Aporte | Asunto, int], list[int]] = defaultdict(list)
    for cuenta, suyas in sorted(de_cuenta.items()):
        dichas: set[int] = alcance.suyas[cuenta].copy()
        for fila in sorted(suyas, key=_cercania):
            nuevas = alcance.de(fila) - dichas
            if nuevas:
                veces = visitas.get((cuenta, fila.asunto_id, fila.raiz_id), 0)
                grupos[fila.raiz or fila.asunto, veces + 1].append(cuenta)
                dichas |= nuevas
    return grupos


Ids = dict[int, set[int]]


@dataclass(frozen=True)
class Alcance:
    """Which contributions (ids) each followed thing brings, and which an account is not told of."""

    raices: Ids = field(default_factory=lambda: defaultdict(set))
    asuntos: Ids = field(default_factory=lambda: defaultdict(set))
    consultas: Ids = field(default_factory=lambda: defaultdict(set))
    suyas: Ids = field(default_factory=lambda: defaultdict(set))

    def de(self, fila: Seguimiento) -> set[int]:
        if fila.raiz_id is not None:
            return self.raices[fila.raiz_id]
        if fila.asunto.fragmento_id is not None:
            return self.asuntos[fila.asunto_id]
        return self.consultas[fila.asunto.consulta_id]


def _alcance(aportes: Sequence[Aporte]) -> Alcance:
    alcance = Alcance()
    for a in aportes:
        alcance.raices[a.raiz_id or a.pk].add(a.pk)
        alcance.asuntos[a.asunto_id].add(a.pk)
        alcance.consultas[a.consulta_id].add(a.pk)
        for cuenta in (_autor(a), _autor(a.padre)):
            if cuenta is not None:
                alcance.suyas[cuenta].add(a.pk)
    return alcance


def _cercania(fila: Seguimiento) -> tuple[bool, bool, int]:
    """The thread comes before its fragment, and that before the whole consultation."""
    return fila.raiz_id is None, fila.asunto.fragmento_id is None, fila.pk
