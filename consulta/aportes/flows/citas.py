"""A person says where the words of a quote are in a version, or that they are gone."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.textos import limpiar
from consulta.aportes.citas.localizar import lugar_en
from consulta.aportes.enums import EstadoAncla
from consulta.aportes.models import Ancla
from consulta.aportes.palabras import contexto
from consulta.aportes.permissions import puede_resolver_citas
from consulta.procesos.models import Fragmento
from cuentas.models import User


@transaction.atomic
def resolver_cita(
    *,
    ancla: Ancla,
    por: User,
    fragmento: Fragmento | None = None,
    cita: str = "",
    inicio: int | None = None,
    ahora: datetime | None = None,
) -> Ancla:
    """Put a quote in its place in its version, or without `fragmento` declare that it is gone.

    Resolving again undoes what was resolved before; the author's own choice is not touched. Raises
    SinPermiso, Conflicto (the original) and DatoInvalido (`fragmento`, `cita`).
    """
    ahora = ahora or timezone.now()
    if not puede_resolver_citas(por):
        raise SinPermiso(_("Solo la secretaría técnica ubica las citas."))
    ancla = Ancla.objects.select_for_update().get(pk=ancla.pk)
    if ancla.estado == EstadoAncla.ORIGINAL:
        raise Conflicto(_("Es la cita original: quien la escogió la dejó donde está."))
    antes = _estado(ancla)
    if fragmento is None:
        ancla.fragmento = ancla.inicio = None
        ancla.estado, ancla.seguridad = EstadoAncla.SIN_LUGAR, 100
    else:
        _poner(ancla, fragmento, limpiar(cita), inicio)
    ancla.por, ancla.en = por, ahora
    ancla.save()
    registrar(
        verbo="resolver_cita",
        objeto=ancla,
        por=por,
        ahora=ahora,
        antes=antes,
        despues=_estado(ancla),
    )
    return ancla


def _poner(ancla: Ancla, fragmento: Fragmento, cita: str, inicio: int | None) -> None:
    if fragmento.version_id != ancla.version_id:
        raise DatoInvalido(_("Ese párrafo es de otra versión."), campo="fragmento")
    if not cita:
        raise DatoInvalido(_("Escriba las palabras tal como están en el párrafo."), campo="cita")
    tramo = lugar_en(fragmento.texto, cita, inicio)
    if tramo is None:
        raise DatoInvalido(_("Esas palabras no están en ese párrafo."), campo="cita")
    ancla.fragmento, ancla.inicio = fragmento, tramo[0]
    ancla.cita = fragmento.texto[slice(*tramo)]
    ancla.prefijo, ancla.sufijo = contexto(fragmento.texto, *tramo)
    ancla.estado, ancla.seguridad = EstadoAncla.RESUELTA, 100


def _estado(ancla: Ancla) -> dict[str, object]:
    return {"estado": ancla.estado, "fragmento": ancla.fragmento_id, "inicio": ancla.inicio}
