"""Saying who has a contribution in hand, referring it, and taking that back."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar_varios
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from consulta.aportes.models import Aporte
from consulta.respuestas.flows.mover import (
    Apartado,
    Movidos,
    asignar_aportes,
    bajo_llave,
    reparo_de_destino,
    reparo_de_estado,
)
from consulta.respuestas.models import Derivacion
from cuentas.models import Institucion, User

PARA_DESHACER = timedelta(minutes=10)


def asignar_aporte(
    *,
    aporte: Aporte,
    institucion: Institucion,
    por: User,
    responsable: User | None = None,
    razon: str = "",
    visto_en: datetime | None = None,
    ahora: datetime | None = None,
) -> Aporte:
    """Hand a pending contribution to an institution and, if given, one of its people; the clock runs on.

    Raises SinPermiso, DatoInvalido (a person of another institution; no reason to take it from one)
    or Conflicto (nothing to answer, another's, or it changed hands after `visto_en`).
    """
    hecho = asignar_aportes(
        aportes=[aporte.pk],
        institucion=institucion,
        por=por,
        responsable=responsable,
        razon=razon,
        visto_en=visto_en,
        ahora=ahora,
    )
    if hecho.apartados:
        raise Conflicto(hecho.apartados[0].motivo)
    return Aporte.objects.get(pk=aporte.pk)


def derivar_aporte(
    *,
    aporte: Aporte,
    institucion: Institucion,
    razon: str,
    por: User,
    responsable: User | None = None,
    visto_en: datetime | None = None,
    ahora: datetime | None = None,
) -> Derivacion:
    """Refer a contribution to another institution, saying why; it is due the same day as before.

    Whoever receives it is told. Raises as `asignar_aporte`, and DatoInvalido without a reason or when
    that institution has it already.
    """
    if not razon.strip():
        raise DatoInvalido(_("Escriba por qué la deriva: lo leerá quien la recibe."), campo="razon")
    if Aporte.objects.filter(pk=aporte.pk, institucion=institucion).exists():
        raise DatoInvalido(_("Esa institución ya lo tiene: elija otra."), campo="institucion")
    asignar_aporte(
        aporte=aporte,
        institucion=institucion,
        responsable=responsable,
        razon=razon,
        por=por,
        visto_en=visto_en,
        ahora=ahora,
    )
    return Derivacion.objects.filter(aporte=aporte).order_by("-pk")[0]


@transaction.atomic
def deshacer_asignacion(*, tanda: UUID, por: User, ahora: datetime | None = None) -> Movidos:
    """Give the rows of one act back to who had them, within `PARA_DESHACER`.

    Rows that moved on since, or were answered, stay and are set aside. Raises SinPermiso when it was
    somebody else's act, Conflicto when the time is over or it was undone.
    """
    ahora = ahora or timezone.now()
    filas = list(
        Derivacion.objects.select_for_update(of=("self",))
        .filter(tanda=tanda, deshecha_en=None)
        .order_by("aporte_id")
    )
    if not filas:
        raise Conflicto(_("Ya se deshizo, o no existe."))
    if filas[0].por_id != por.pk:
        raise SinPermiso(_("Solo deshace quien asignó."))
    if ahora - filas[0].en > PARA_DESHACER:
        raise Conflicto(_("Pasaron más de diez minutos: asígnelos de nuevo a quien corresponda."))
    hecho = Movidos(tanda=tanda)
    por_aporte = {d.aporte_id: d for d in filas}
    for aportes in bajo_llave(list(por_aporte)):
        vuelven = []
        for aporte in aportes:
            d = por_aporte[aporte.pk]
            motivo = reparo_de_estado(aporte) or reparo_de_destino(aporte, d.de_id)
            if not motivo and (aporte.institucion_id, aporte.responsable_id) != (
                d.a_id,
                d.responsable_id,
            ):
                motivo = _("Ya cambió de manos otra vez.")
            if motivo:
                hecho.apartados.append(Apartado(aporte, motivo))
                continue
            aporte.institucion_id, aporte.responsable_id = d.de_id, d.de_responsable_id
            vuelven.append(aporte)
        Aporte.objects.bulk_update(vuelven, ["institucion", "responsable"])
        Derivacion.objects.filter(tanda=tanda, aporte__in=vuelven).update(deshecha_en=ahora)
        registrar_varios(
            verbo="deshacer_asignacion",
            cambios=[
                (a, {"institucion": a.institucion_id, "responsable": a.responsable_id})
                for a in vuelven
            ],
            por=por,
            ahora=ahora,
        )
        hecho.aportes += [a.pk for a in vuelven]
    return hecho
