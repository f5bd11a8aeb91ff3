"""The daily digest: one mail with all that a person wanted to read together.

A digest is a notice too, one per account and day: it is claimed together with what it gathers, so a
second clock, or a clock that died half-way, gathers nothing twice.
"""

from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils.timezone import localtime

from comun.avisos import Correo, direccion_absoluta, enviar_aviso, registrar_razon
from comun.avisos.preferencias import direccion_de_baja_de_resumen, modos_de
from comun.clases import Clase, Modo
from comun.registro import Aviso
from cuentas.models import User

RAZON = "resumen"
HORA = 8
"""Digests go from this hour on, local time."""

LINEAS = 50
"""Lines of a digest, the latest ones; of the others it says how many, and where."""


def reunir(*, ahora: datetime) -> int:
    """Enqueue the digests of the day that are still due; returns how many. Safe to call at any time."""
    local = localtime(ahora)
    if local.hour < HORA:
        return 0
    version = int(f"{local:%Y%m%d}")
    por_reunir = Aviso.objects.filter(
        modo=Modo.RESUMEN, resumen=None, enviado_en=None, cuenta__isnull=False, creado_en__lte=ahora
    )
    # Whoever has today's already is not asked about again every ten minutes until tomorrow.
    suyo = Aviso.objects.filter(
        destino=Concat(Value("cuenta:"), Cast(OuterRef("cuenta"), CharField())),
        razon=RAZON,
        version=version,
    )
    sin_resumen = por_reunir.filter(~Exists(suyo)).order_by()
    reunidos = 0
    for cuenta in list(sin_resumen.values_list("cuenta", flat=True).distinct()):
        with transaction.atomic():
            resumen, nuevo = Aviso.objects.get_or_create(
                destino=f"cuenta:{cuenta}",
                razon=RAZON,
                objeto=f"cuentas.user:{cuenta}",
                version=version,
                defaults={"creado_en": ahora, "cuenta": cuenta},
            )
            if not nuevo:
                continue
            por_reunir.filter(cuenta=cuenta).update(resumen=resumen)
            enviar_aviso.enqueue(resumen.pk)
        reunidos += 1
    return reunidos


def resumen(aviso: Aviso) -> Correo | None:
    """The mail: lines by kind, the latest first in each."""
    persona = User.objects.filter(pk=aviso.cuenta or 0, is_active=True).first()
    callados = [c for c, modo in modos_de(aviso.destino).items() if modo == Modo.NINGUNO]
    # Said so since they were kept for the digest.
    aviso.resumidos.filter(clase__in=callados).update(modo=Modo.NINGUNO, resumen=None)
    reunidos = aviso.resumidos.exclude(texto="")
    cuantos = reunidos.count()
    if persona is None or not cuantos:
        return None
    lineas = sorted(reunidos.order_by("-creado_en", "-pk")[:LINEAS], key=lambda a: a.clase)
    novedades = "novedad" if cuantos == 1 else "novedades"
    return Correo(
        para=persona.email,
        asunto=f"Su resumen del día: {cuantos} {novedades}",
        plantilla="resumen",
        contexto={
            "grupos": [
                (
                    Clase(clase).label,
                    [(a.texto, direccion_absoluta(a.url) if a.url else "") for a in suyos],
                )
                for clase, suyos in groupby(lineas, key=lambda a: a.clase)
            ],
            "mas": cuantos - len(lineas),
            "bandeja": direccion_absoluta("/avisos/"),
            "baja": direccion_de_baja_de_resumen(
                aviso.destino, set(reunidos.order_by().values_list("clase", flat=True))
            ),
            "clase_de_aviso": "Su resumen del día",
        },
    )


def registrar_resumen() -> None:
    """Called once at start-up."""
    registrar_razon(RAZON, resumen, clase=Clase.SITIO)
