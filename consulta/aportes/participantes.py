"""Who took part in a consultation, as recipients of notices: nobody is told twice."""

from collections.abc import Iterator

from django.db.models import Min

from consulta.aportes.enums import Situacion
from consulta.aportes.models import Autoria
from consulta.procesos.models import Consulta


def destinos_de(consulta: Consulta) -> Iterator[str]:
    """Each account with a standing contribution, and each address that took part without one.

    One name per person: «cuenta:7», or «aporte:12» for the first contribution of an address.
    """
    suyas = Autoria.objects.filter(
        aporte__consulta=consulta,
        aporte__confirmado_en__isnull=False,
        aporte__situacion=Situacion.VIGENTE,
    )
    cuentas = suyas.filter(cuenta__isnull=False).order_by().values_list("cuenta", flat=True)
    for cuenta in cuentas.distinct().iterator(chunk_size=2_000):
        yield f"cuenta:{cuenta}"
    sin_cuenta = suyas.filter(cuenta=None).exclude(correo="").order_by().values("correo")
    primeros = sin_cuenta.annotate(primero=Min("aporte")).values_list("primero", flat=True)
    for aporte in primeros.iterator(chunk_size=2_000):
        yield f"aporte:{aporte}"
