"""Remembering when someone reads a thread, so that next time they see what is new."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from consulta.aportes.models import Aporte, Visita
from consulta.procesos.models import Asunto
from cuentas.models import User

DURA = timedelta(minutes=30)
"""A visit: coming back later than this after it began is another one."""


@dataclass(frozen=True)
class Lectura:
    """What a visit means for what is drawn: things after `desde` are new; nothing is, the first time."""

    desde: datetime | None
    guardada: Visita | None


def lectura_de(
    *, asunto: Asunto, por: User, ahora: datetime, raiz: Aporte | None = None
) -> Lectura:
    """What is new to this account at `ahora`; one query, nothing written."""
    return lectura_con(Visita.objects.filter(cuenta=por, asunto=asunto, raiz=raiz).first(), ahora)


def lectura_con(visita: Visita | None, ahora: datetime) -> Lectura:
    """As `lectura_de`, when their last visit is at hand; no query."""
    if visita is None:
        return Lectura(None, None)
    return Lectura(visita.antes if ahora - visita.en < DURA else visita.en, visita)


def anotar_visita(
    *,
    asunto: Asunto,
    por: User,
    lectura: Lectura,
    ahora: datetime,
    raiz: Aporte | None = None,
) -> bool:
    """Write that they came: once per visit, however many pages they read in it. No audit: it is a
    reading mark of their own, nothing of the ledger. False when there was nothing to write."""
    visita = lectura.guardada
    if visita is None:
        # Another tab of theirs may have come first: then there is nothing to write.
        Visita.objects.bulk_create(
            [Visita(cuenta=por, asunto=asunto, raiz=raiz, en=ahora)], ignore_conflicts=True
        )
        return True
    if ahora - visita.en < DURA:
        return False
    return bool(
        Visita.objects.filter(pk=visita.pk, en=visita.en).update(
            antes=F("en"), en=ahora, veces=F("veces") + 1
        )
    )
