"""Saying who has a contribution in hand."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from consulta.aportes.models import Aporte
from consulta.respuestas.permissions import puede_asignar
from cuentas.models import Institucion, User


@transaction.atomic
def asignar_aporte(
    *,
    aporte: Aporte,
    institucion: Institucion,
    por: User,
    responsable: User | None = None,
    ahora: datetime | None = None,
) -> Aporte:
    """Hand a pending contribution to an institution and, if given, one of its people; the clock runs on.

    Raises SinPermiso, Conflicto (nothing to answer) and DatoInvalido (a person of another institution).
    """
    if not puede_asignar(por):
        raise SinPermiso(_("Su cuenta no puede asignar aportes."))
    if responsable is not None and responsable.institucion_id != institucion.pk:
        raise DatoInvalido(_("Esa persona trabaja en otra institución."), campo="responsable")
    aporte = Aporte.objects.select_for_update().get(pk=aporte.pk)
    if not aporte.es_visible or not aporte.exige_respuesta or aporte.esta_respondido:
        raise Conflicto(_("Este aporte no está pendiente."))
    antes = {"institucion": aporte.institucion_id, "responsable": aporte.responsable_id}
    aporte.institucion, aporte.responsable = institucion, responsable
    aporte.save(update_fields=["institucion", "responsable"])
    registrar(
        verbo="asignar_aporte",
        objeto=aporte,
        por=por,
        ahora=ahora or timezone.now(),
        antes=antes,
        despues={
            "institucion": institucion.pk,
            "responsable": responsable.pk if responsable else None,
        },
    )
    return aporte
