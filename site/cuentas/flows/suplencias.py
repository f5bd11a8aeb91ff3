"""Standing in for somebody between two days, and ending it before."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.fechas import dia_de
from comun.textos import limpiar_linea
from cuentas.models import Suplencia, User
from cuentas.permissions import puede_nombrar_suplente, puede_nombrar_suplentes

DIAS_MAXIMO = 366
"""A longer absence is a change of post: rows are assigned to somebody else."""


@transaction.atomic
def crear_suplencia(
    *,
    titular: User,
    suplente: User,
    desde: date,
    hasta: date,
    por: User,
    motivo: str = "",
    ahora: datetime | None = None,
) -> Suplencia:
    """`suplente` inherits what `titular` has in hand and approves, from `desde` to `hasta`, both included.

    A person names somebody of their own institution; the secretariat anybody. Raises SinPermiso,
    DatoInvalido (naming the field), or Conflicto when the two have one for some of those days.
    """
    ahora = ahora or timezone.now()
    if not puede_nombrar_suplente(por, titular):
        raise SinPermiso(_("Solo puede nombrar a quien le supla a usted."))
    if titular.pk == suplente.pk:
        raise DatoInvalido(_("Nadie se suple a sí mismo: elija a otra persona."), campo="suplente")
    if not suplente.is_active:
        raise DatoInvalido(_("Esa cuenta está desactivada."), campo="suplente")
    if not puede_nombrar_suplentes(por) and suplente.institucion_id != titular.institucion_id:
        raise DatoInvalido(
            _("Es de otra institución: pídale a la secretaría técnica que lo registre."),
            campo="suplente",
        )
    if hasta < desde:
        raise DatoInvalido(_("Termina antes de empezar: revise las fechas."), campo="hasta")
    if hasta < dia_de(ahora):
        raise DatoInvalido(_("Ese día ya pasó."), campo="hasta")
    if (hasta - desde).days > DIAS_MAXIMO:
        raise DatoInvalido(
            _("Una suplencia dura un año como máximo: para más tiempo, asigne los aportes."),
            campo="hasta",
        )
    User.objects.select_for_update().get(pk=titular.pk)
    misma = Suplencia.objects.filter(titular=titular, suplente=suplente, terminada_en=None)
    if misma.filter(desde__lte=hasta, hasta__gte=desde).exists():
        raise Conflicto(_("Esa persona ya le suple en algunos de esos días."))
    hecha = Suplencia.objects.create(
        titular=titular,
        suplente=suplente,
        desde=desde,
        hasta=hasta,
        motivo=limpiar_linea(motivo)[:200],
        creada_por=por,
        creada_en=ahora,
    )
    registrar(
        verbo="crear_suplencia",
        objeto=hecha,
        por=por,
        ahora=ahora,
        despues={
            "titular": titular.pk,
            "suplente": suplente.pk,
            "desde": desde.isoformat(),
            "hasta": hasta.isoformat(),
        },
    )
    return hecha


@transaction.atomic
def terminar_suplencia(
    *, suplencia: Suplencia, por: User, ahora: datetime | None = None
) -> Suplencia:
    """End it now: from this instant the substitute has only what is their own.

    Raises SinPermiso, or Conflicto when it had ended.
    """
    ahora = ahora or timezone.now()
    suplencia = (
        Suplencia.objects.select_for_update(of=("self",))
        .select_related("titular")
        .get(pk=suplencia.pk)
    )
    if not puede_nombrar_suplente(por, suplencia.titular):
        raise SinPermiso(_("Esta suplencia no es suya."))
    if suplencia.terminada_en is not None or suplencia.hasta < dia_de(ahora):
        raise Conflicto(_("Esta suplencia ya terminó."))
    suplencia.terminada_en = ahora
    suplencia.save(update_fields=["terminada_en"])
    registrar(verbo="terminar_suplencia", objeto=suplencia, por=por, ahora=ahora)
    return suplencia
