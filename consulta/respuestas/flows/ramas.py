"""One response for a whole branch of a thread, as of a given time. What comes later stays pending."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.errores import DatoInvalido
from consulta.aportes.models import Aporte
from consulta.aportes.querysets import PENDIENTE
from consulta.respuestas.flows.sellar import Rama
from consulta.respuestas.flows.varios import MAXIMO, Reunidos, reunir_borrador
from cuentas.models import Institucion, User


@dataclass(frozen=True)
class Alcance:
    """Ids of a branch that wait for an answer as of an instant, and how many of it came later."""

    ids: list[int]
    posteriores: int


def alcance_de(cabeza: Aporte, hasta: datetime) -> Alcance:
    """The head and every participant's reply below it, sent up to `hasta` (included), that stand and
    are pending. Reads the thread once, narrowly; one query."""
    raiz = cabeza.raiz_id or cabeza.pk
    filas = Aporte.objects.confirmados().filter(raiz=raiz) | Aporte.objects.confirmados().filter(
        pk=cabeza.pk
    )
    pendientes = set(filas.filter(PENDIENTE).values_list("pk", flat=True))
    rama, ids, posteriores = {cabeza.pk}, [], 0
    # A reply is sent after what it replies to, and its id is greater.
    for pk, padre, enviado in filas.order_by("pk").values_list("pk", "padre_id", "enviado_en"):
        if pk != cabeza.pk and padre not in rama:
            continue
        rama.add(pk)
        if pk in pendientes:
            if enviado <= hasta:
                ids.append(pk)
            else:
                posteriores += 1
    return Alcance(ids, posteriores)


@transaction.atomic
def reunir_rama(
    *,
    cabeza: Aporte,
    institucion: Institucion,
    por: User,
    hasta: datetime | None = None,
    razon: str = "",
    comunes: Mapping[str, Any] | None = None,
    filas: Mapping[int, Mapping[str, Any]] | None = None,
    ahora: datetime | None = None,
) -> Reunidos:
    """Begin a response to a branch as of `hasta` (UTC; now when not given), a row for each of its
    contributions that waits.

    Raises what `reunir_borrador` raises, and DatoInvalido (`hasta`): in the future, nothing waits, or
    more do than one response covers.
    """
    ahora = ahora or timezone.now()
    hasta = hasta or ahora
    if hasta > ahora:
        raise DatoInvalido(_("Esa hora aún no llega: elija una anterior."), campo="hasta")
    ids = alcance_de(cabeza, hasta).ids
    if not ids:
        raise DatoInvalido(
            _("Hasta esa hora nadie espera respuesta en esta conversación."), campo="hasta"
        )
    if len(ids) > MAXIMO:
        raise DatoInvalido(
            _("Hasta esa hora esperan %(n)s comentarios, y una respuesta alcanza para %(m)s: "
              "elija una hora anterior.") % {"n": len(ids), "m": MAXIMO},
            campo="hasta",
        )  # fmt: skip
    return reunir_borrador(
        aportes=ids,
        consulta=cabeza.consulta,
        institucion=institucion,
        por=por,
        razon=razon,
        comunes=comunes,
        filas=filas,
        rama=Rama(cabeza, hasta),
        ahora=ahora,
    )
