"""Naming a member of the forum, mending what was written wrong, ending a mandate."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.cambios import escribir_fila
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.textos import limpiar
from cuentas.models import User
from foro.decididos import ultimo_acto
from foro.models import Mandato
from foro.permissions import puede_gestionar_foro

FIJOS = ("cuenta", "organizacion", "sector", "nombre", "desde")
"""What says who decided: it stays once they did."""


@transaction.atomic
def crear_mandato(*, por: User, ahora: datetime | None = None, **campos: Any) -> Mandato:
    """A person sits in the forum from `desde` on, one seat at a time.

    Raises SinPermiso, DatoInvalido (naming the field) or Conflicto (they have a seat in those days).
    """
    _permitir(por)
    _revisar(None, campos)
    mandato: Mandato = escribir_fila(
        objeto=Mandato(), campos=campos, por=por, verbo="crear_mandato", ahora=ahora
    )
    return mandato


@transaction.atomic
def editar_mandato(
    *, objeto: Mandato, por: User, ahora: datetime | None = None, **campos: Any
) -> Mandato:
    """Mend a mandate. Once somebody decided by it, who they are stays, and it ends no earlier than
    what they decided.

    Raises SinPermiso, DatoInvalido (naming the field) or Conflicto.
    """
    _permitir(por)
    actual = Mandato.objects.select_for_update().get(pk=objeto.pk)
    _revisar(actual, campos)
    ultimo = ultimo_acto(actual)
    if ultimo is not None:
        for campo in FIJOS:
            if campo in campos and campos[campo] != getattr(actual, campo):
                raise DatoInvalido(
                    _("Con este mandato ya se decidió: termínelo y cree otro."), campo=campo
                )
        hasta = campos.get("hasta", actual.hasta)
        if hasta is not None and hasta < ultimo:
            raise DatoInvalido(
                _("Con este mandato se decidió el %(dia)s: no puede terminar antes.")
                % {"dia": ultimo.strftime("%d-%m-%Y")},
                campo="hasta",
            )
    mandato: Mandato = escribir_fila(
        objeto=actual, campos=campos, por=por, verbo="editar_mandato", ahora=ahora
    )
    return mandato


@transaction.atomic
def terminar_mandato(
    *, mandato: Mandato, hasta: date, por: User, motivo: str = "", ahora: datetime | None = None
) -> Mandato:
    """Its last day is `hasta`. What was decided by it stays decided.

    Raises SinPermiso, DatoInvalido (naming the field) or Conflicto (it ended before that day).
    """
    actual = Mandato.objects.select_for_update().get(pk=mandato.pk)
    _permitir(por)
    if actual.hasta is not None and actual.hasta < hasta:
        raise Conflicto(_("Este mandato ya terminó antes de ese día."))
    hecho = editar_mandato(objeto=actual, por=por, ahora=ahora, hasta=hasta)
    registrar(
        verbo="terminar_mandato",
        objeto=hecho,
        por=por,
        ahora=ahora or timezone.now(),
        despues={"hasta": hasta.isoformat(), "motivo": limpiar(motivo)},
    )
    return hecho


def _permitir(por: User) -> None:
    if not puede_gestionar_foro(por):
        raise SinPermiso(_("Solo la secretaría técnica dice quiénes integran el foro."))


def _revisar(actual: Mandato | None, campos: dict[str, Any]) -> None:
    """Days in order, and one seat at a time: their account is locked while that is looked at."""
    cuenta: User | None = campos.get("cuenta") or (actual.cuenta if actual else None)
    desde: date | None = campos.get("desde") or (actual.desde if actual else None)
    if cuenta is None or desde is None:
        raise DatoInvalido(_("Diga quién es y desde cuándo."), campo="cuenta")
    hasta: date | None = campos.get("hasta", actual.hasta if actual else None)
    if hasta is not None and hasta < desde:
        raise DatoInvalido(_("Termina antes de empezar."), campo="hasta")
    User.objects.select_for_update(no_key=True).get(pk=cuenta.pk)
    otros = Mandato.objects.filter(cuenta=cuenta)
    if actual is not None:
        otros = otros.exclude(pk=actual.pk)
    if otros.que_se_cruzan(desde, hasta).exists():
        raise Conflicto(_("Esta persona ya integra el foro en esos días."))
