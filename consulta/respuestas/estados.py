"""The state of a row of the ledger, in one word. The sums themselves are in `aportes.querysets`.

A row is in exactly one state. Being overdue, or due soon, is not a state but a `Plazo`: a part of
what is pending.
"""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from consulta.aportes.enums import Situacion
from consulta.aportes.models import Aporte
from consulta.aportes.querysets import PENDIENTE, VIGENTE, vencido_q
from consulta.respuestas.models import Cobertura, FilaDeBorrador, Revision


class Estado(models.TextChoices):
    SIN_ASIGNAR = "sin_asignar", _("Sin asignar")
    ASIGNADO = "asignado", _("Asignado")
    EN_REDACCION = "en_redaccion", _("En redacción")
    EN_CONFORMIDAD = "en_conformidad", _("En conformidad")
    EN_REVISION = "en_revision", _("En revisión")
    RESPONDIDO = "respondido", _("Respondido")
    RETIRADO = "retirado", _("Retirado")
    REMOVIDO = "removido", _("Removido")
    NO_EXIGE = "no_exige", _("No exige respuesta")


DE_PENDIENTES = (
    Estado.SIN_ASIGNAR,
    Estado.ASIGNADO,
    Estado.EN_REDACCION,
    Estado.EN_CONFORMIDAD,
    Estado.EN_REVISION,
)
"""The states whose rows wait for an answer: their sums add up to what is pending."""


class Plazo(models.TextChoices):
    """Cuts across the states of what is pending."""

    PENDIENTE = "pendiente", _("Pendientes")
    VENCIDO = "vencido", _("Vencidos")
    POR_VENCER = "por_vencer", _("Por vencer")


NOMBRES_DE_ESTADOS = {valor: str(texto) for valor, texto in [*Plazo.choices, *Estado.choices]}
"""What each is called, by its value."""

_SELLADO = Exists(Cobertura.objects.presentadas().filter(aporte=OuterRef("pk")))
_EN_REVISION = Exists(Revision.objects.filter(aporte=OuterRef("pk"), resuelta_en=None))
# What an institution began to write stops counting once the row is another's.
_ESCRITO = Exists(
    FilaDeBorrador.objects.filter(
        aporte=OuterRef("pk"), institucion=Coalesce(OuterRef("institucion"), F("institucion"))
    )
)
_ALGUIEN = Q(institucion__isnull=False)

# In the order in which they are asked: the first that fits gives its name to the row.
_DE_UNO_EN_UNO: list[tuple[Estado, Q]] = [
    (Estado.RETIRADO, Q(situacion=Situacion.RETIRADO)),
    (Estado.REMOVIDO, Q(situacion=Situacion.REMOVIDO)),
    (Estado.NO_EXIGE, Q(exige_respuesta=False)),
    (Estado.RESPONDIDO, Q(respondido_en__isnull=False)),
    (Estado.EN_CONFORMIDAD, Q(_SELLADO)),
    (Estado.EN_REVISION, Q(_EN_REVISION)),
    (Estado.EN_REDACCION, Q(_ESCRITO)),
    (Estado.ASIGNADO, _ALGUIEN),
]

CASO = Case(
    *(When(condicion, then=Value(estado.value)) for estado, condicion in _DE_UNO_EN_UNO),
    default=Value(Estado.SIN_ASIGNAR.value),
    output_field=CharField(),
)
"""The state of a confirmed row, as an expression."""


def en_marcha() -> "QuerySet[Any]":
    """Ids of the contributions with something sealed that waits, a review or a draft: few among many, the
    only ones whose state does not stand in their own row."""
    return (
        Cobertura.objects.presentadas()
        .values("aporte")
        .union(
            Revision.objects.filter(resuelta_en=None).order_by().values("aporte"),
            FilaDeBorrador.objects.order_by().values("aporte"),
        )
    )


_CONDICIONES: dict[str, Q] = {
    Estado.RETIRADO: Q(situacion=Situacion.RETIRADO),
    Estado.REMOVIDO: Q(situacion=Situacion.REMOVIDO),
    Estado.NO_EXIGE: VIGENTE & Q(exige_respuesta=False),
    Estado.RESPONDIDO: VIGENTE & Q(exige_respuesta=True, respondido_en__isnull=False),
    Estado.EN_CONFORMIDAD: PENDIENTE & Q(_SELLADO),
    Estado.EN_REVISION: PENDIENTE & ~Q(_SELLADO) & Q(_EN_REVISION),
    Estado.EN_REDACCION: PENDIENTE & ~Q(_SELLADO) & ~Q(_EN_REVISION) & Q(_ESCRITO),
    Estado.ASIGNADO: PENDIENTE & _ALGUIEN & ~Q(_SELLADO) & ~Q(_EN_REVISION) & ~Q(_ESCRITO),
    Estado.SIN_ASIGNAR: PENDIENTE
    & Q(institucion=None)
    & ~Q(_SELLADO)
    & ~Q(_EN_REVISION)
    & ~Q(_ESCRITO),
}


def estado_q(estado: str) -> Q:
    """The confirmed rows in `estado`. Withdrawn and removed outrank answered (INV-02)."""
    return _CONDICIONES[Estado(estado)]


def plazo_q(plazo: str, hoy: date, hasta: date) -> Q:
    """Pending rows: all, those due before `hoy`, or those due from `hoy` to `hasta`, both included."""
    return {
        Plazo.PENDIENTE: PENDIENTE,
        Plazo.VENCIDO: vencido_q(hoy),
        Plazo.POR_VENCER: PENDIENTE & Q(vence_el__gte=hoy, vence_el__lte=hasta),
    }[Plazo(plazo)]


def con_estado(filas: "QuerySet[Aporte]") -> "QuerySet[Aporte]":
    """`filas` (confirmed) with what `estado_de` reads, in the same query."""
    return filas.annotate(estado_libro=CASO)


def con_replicas_en_espera(filas: "QuerySet[Aporte]") -> "QuerySet[Aporte]":
    """`filas` with what `esperan_replicas` reads, in the same query."""
    debajo = Aporte.objects.filter(PENDIENTE, raiz=OuterRef("pk"))
    return filas.annotate(replicas_en_espera=Exists(debajo))


def esperan_replicas(cabeza: Aporte) -> bool:
    """Whether something below the head of a thread waits for an answer: free after
    `con_replicas_en_espera`, one query otherwise, none without replies."""
    if not cabeza.replicas_n:
        return False
    dicho: bool | None = getattr(cabeza, "replicas_en_espera", None)
    if dicho is None:
        dicho = Aporte.objects.filter(PENDIENTE, raiz=cabeza).exists()
    return dicho


def estado_de(aporte: Aporte) -> Estado:
    """Where it is: free after `con_estado`, one query otherwise."""
    escrito = getattr(aporte, "estado_libro", None)
    if escrito is None:
        escrito = Aporte.objects.filter(pk=aporte.pk).values_list(CASO, flat=True)[0]
    return Estado(escrito)


def esta_vencido(aporte: Aporte, hoy: date) -> bool:
    """Whether it waits for an answer past its day. Reads nothing."""
    espera = aporte.es_visible and aporte.exige_respuesta and not aporte.esta_respondido
    return espera and aporte.vence_el is not None and aporte.vence_el < hoy
