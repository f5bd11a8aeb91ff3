"""From when a contribution counts: an account's when it is sent, a guest's when it is confirmed."""

from datetime import datetime

from django.db.models import F

from comun import buscador
from comun.avisos import avisar
from consulta.aportes.models import Aporte, Contador
from consulta.aportes.novedades import anunciar
from consulta.aportes.recuentos import contar


def recibir_aporte(aporte: Aporte, ahora: datetime) -> None:
    """Enqueue the receipt, give the folio, count it and put it in the archive.

    Runs inside the flow's transaction. The folio comes last, so that the counter's lock is held for
    the shortest time; what must happen to every contribution that counts goes before it.
    """
    avisar(destino=f"aporte:{aporte.pk}", razon="recibo", objeto=aporte, ahora=ahora)
    anunciar(aporte)
    _dar_folio(aporte, ahora)
    contar(aporte)
    buscador.proyectar([aporte])


def _dar_folio(aporte: Aporte, ahora: datetime) -> None:
    if not Contador.objects.filter(consulta=aporte.consulta).update(ultimo=F("ultimo") + 1):
        Contador.objects.get_or_create(consulta=aporte.consulta)
        Contador.objects.filter(consulta=aporte.consulta).update(ultimo=F("ultimo") + 1)
    aporte.n = Contador.objects.values_list("ultimo", flat=True).get(consulta=aporte.consulta)
    aporte.confirmado_en = ahora
    aporte.save(update_fields=["n", "confirmado_en"])
