"""Creating and changing plans and commitments."""

from typing import Any

from django.utils.translation import gettext as _

from comun.cambios import escribir_fila
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from consulta.seguimiento.models import Compromiso, Plan
from consulta.seguimiento.permissions import puede_gestionar_planes
from cuentas.models import User


def crear_plan(*, por: User, **campos: Any) -> Plan:
    """Raises SinPermiso and DatoInvalido (it would end before it begins)."""
    _permitir(por)
    _revisar_anios(campos)
    return escribir_fila(objeto=Plan(), campos=campos, por=por, verbo="crear_plan")


def editar_plan(*, objeto: Plan, por: User, **campos: Any) -> Plan:
    """The number of a plan is in the address of its commitments: it stays.

    Raises SinPermiso, Conflicto (historical) and DatoInvalido.
    """
    actual = Plan.objects.select_related("proceso").get(pk=objeto.pk)
    _permitir(por, actual)
    if campos.get("numero", actual.numero) != actual.numero:
        raise DatoInvalido(
            _("El número está en direcciones publicadas: no cambia."), campo="numero"
        )
    _revisar_anios(campos)
    return escribir_fila(objeto=objeto, campos=campos, por=por, verbo="editar_plan")


def crear_compromiso(*, por: User, **campos: Any) -> Compromiso:
    """Raises SinPermiso and Conflicto (historical plan)."""
    _permitir(por, campos["plan"])
    return escribir_fila(objeto=Compromiso(), campos=campos, por=por, verbo="crear_compromiso")


def editar_compromiso(*, objeto: Compromiso, por: User, **campos: Any) -> Compromiso:
    """Plan and number are its lasting address: they stay.

    Raises SinPermiso, Conflicto (historical) and DatoInvalido.
    """
    actual = Compromiso.objects.select_related("plan__proceso").get(pk=objeto.pk)
    _permitir(por, actual.plan)
    for campo in ("plan", "numero"):
        if campos.get(campo, getattr(actual, campo)) != getattr(actual, campo):
            raise DatoInvalido(_("Es parte de la dirección publicada: no cambia."), campo=campo)
    return escribir_fila(objeto=objeto, campos=campos, por=por, verbo="editar_compromiso")


def _revisar_anios(campos: dict[str, Any]) -> None:
    if campos.get("hasta", 0) < campos.get("desde", 0):
        raise DatoInvalido(_("El plan termina antes de empezar."), campo="hasta")


def _permitir(por: User, plan: Plan | None = None) -> None:
    if not puede_gestionar_planes(por):
        raise SinPermiso(_("Solo la secretaría técnica cambia los planes."))
    if plan is not None and plan.proceso is not None and plan.proceso.es_historico:
        raise Conflicto(_("Un plan histórico es de solo lectura."))
