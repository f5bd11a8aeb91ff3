"""From which seats of the forum a person may act on a day: their own, and those they stand in for."""

from datetime import date

from cuentas.models import User
from cuentas.suplencias import titulares_de
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
