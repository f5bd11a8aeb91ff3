"""From which seats of the forum a person may act on a day: their own, and those they stand in for."""

from datetime import date

from django.db.models import Exists, Q
from django.utils import timezone

from comun.fechas import dia_de
from cuentas.models import Suplencia, User
from cuentas.suplencias import titulares_de, vigente_q
from foro.models import Mandato


def asientos_de(usuario: User, dia: date) -> list[Mandato]:
    """Mandates in force that `usuario` holds, theirs first, or holds as a substitute; two queries.

    Whether they act as a substitute is told by `mandato.cuenta_id`.
    """
    if not usuario.is_authenticated or not usuario.is_active:
        return []
    personas = [usuario.pk, *(t.pk for t in titulares_de(usuario, dia))]
    filas = Mandato.objects.vigentes(dia).filter(cuenta__in=personas, cuenta__is_active=True)
    mandatos = list(filas.select_related("organizacion", "cuenta").order_by("pk"))
    return sorted(mandatos, key=lambda m: m.cuenta_id != usuario.pk)


def tiene_asiento(cuenta: int) -> Exists:
    """Whether that account (its id) may act from some seat today, as an expression."""
    hoy = dia_de(timezone.now())
    titulares = Suplencia.objects.filter(vigente_q(hoy), suplente=cuenta).values("titular")
    suyos = Mandato.objects.vigentes(hoy).filter(cuenta__is_active=True)
    return Exists(suyos.filter(Q(cuenta=cuenta) | Q(cuenta__in=titulares)))
