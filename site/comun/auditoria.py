"""Writing the audit trail (INV-23)."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from comun.registro import Evento, EventoDetalle

LOTE = 1_000


def nombre_de(objeto: Model) -> str:
    """«app.modelo:pk», the name by which events, notices and redactions speak of a row."""
    return f"{objeto._meta.label_lower}:{objeto.pk}"


def seudonimo(cuenta: Any | None) -> str:
    """Keyed pseudonym of an account: stable, and meaningless without the key. Empty for the system."""
    if cuenta is None or cuenta.pk is None:
        return ""
    clave = settings.CLAVE_SEUDONIMOS.encode()
    return hmac.new(clave, f"cuenta:{cuenta.pk}".encode(), hashlib.sha256).hexdigest()[:32]


def compromiso(sal: str, detalle: dict[str, Any]) -> str:
    """SHA-256 of the salted canonical JSON of an event's detail: `actor` (pseudonym), `antes`, `despues`.

    The salt has 128 random bits and lies in the deletable detail: who does not hold it can guess
    nothing from the sum. docs/recibos.md says it for others to repeat.
    """
    texto = json.dumps(detalle, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(f"{sal}\n{texto}".encode()).hexdigest()


def registrar(
    *,
    verbo: str,
    objeto: Model,
    por: Any | None,
    ahora: datetime,
    antes: dict[str, Any] | None = None,
    despues: dict[str, Any] | None = None,
) -> Evento:
    """Append one event in the caller's transaction. `por` is the acting account, None the system."""
    sal = secrets.token_hex(16)
    cambio = {"antes": antes or {}, "despues": despues or {}}
    quien = seudonimo(por)
    evento = Evento.objects.create(
        actor_seudonimo=quien,
        en=ahora,
        verbo=verbo,
        objeto=nombre_de(objeto),
        compromiso=compromiso(sal, {"actor": quien, **cambio}),
    )
    EventoDetalle.objects.create(
        evento=evento, sal=sal, actor="" if por is None else str(por.pk), **cambio
    )
    return evento


def registrar_varios(
    *,
    verbo: str,
    cambios: Sequence[tuple[Model, dict[str, Any]]],
    por: Any | None,
    ahora: datetime,
) -> None:
    """As `registrar`, one event for each (object, after), in two statements for each thousand."""
    quien = seudonimo(por)
    for i in range(0, len(cambios), LOTE):
        sales = [
            (objeto, despues, secrets.token_hex(16)) for objeto, despues in cambios[i : i + LOTE]
        ]
        eventos = Evento.objects.bulk_create(
            Evento(
                actor_seudonimo=quien,
                en=ahora,
                verbo=verbo,
                objeto=nombre_de(objeto),
                compromiso=compromiso(sal, {"actor": quien, "antes": {}, "despues": despues}),
            )
            for objeto, despues, sal in sales
        )
        EventoDetalle.objects.bulk_create(
            EventoDetalle(
                evento=evento,
                sal=sal,
                actor="" if por is None else str(por.pk),
                despues=despues,
            )
            for evento, (_objeto, despues, sal) in zip(eventos, sales, strict=True)
        )


def es_lo_registrado(detalle: EventoDetalle, evento: Evento) -> bool:
    """Whether a detail is the one its event committed to. Reads nothing."""
    cambio = {"antes": detalle.antes, "despues": detalle.despues}
    # Before the first seal the sum spoke of the account and not of its pseudonym.
    return evento.compromiso in (
        compromiso(detalle.sal, {"actor": quien, **cambio})
        for quien in (evento.actor_seudonimo, detalle.actor)
    )
