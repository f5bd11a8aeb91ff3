"""Speaking for an organisation: a person asks, the secretariat verifies, either side ends it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.avisos import avisar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.textos import limpiar, limpiar_linea
from cuentas.models import REPRESENTABLES, Institucion, Representacion, User
from cuentas.permissions import puede_verificar_representaciones

Estado = Representacion.Estado
LARGO_RESPALDO = 2000


@transaction.atomic
def pedir_representacion(
    *,
    cuenta: User,
    institucion: Institucion | None = None,
    nombre: str = "",
    tipo: str = "",
    cargo: str = "",
    respaldo: str,
    ahora: datetime | None = None,
) -> Representacion:
    """Ask to speak for `institucion`, or for one the portal does not know, by `nombre` and `tipo`.

    Raises SinPermiso, DatoInvalido (naming the field) or Conflicto: one request waits already, or
    this account speaks for an organisation.
    """
    if not cuenta.is_authenticated or not cuenta.is_active:
        raise SinPermiso(_("Ingrese con su cuenta."))
    nombre, respaldo = limpiar_linea(nombre)[:200], limpiar(respaldo)
    if institucion is not None and institucion.tipo not in REPRESENTABLES:
        raise DatoInvalido(
            _("Los organismos públicos hablan por sus cuentas oficiales."), campo="institucion"
        )
    if institucion is None:
        if not nombre:
            raise DatoInvalido(
                _("Elija la organización de la lista, o escriba su nombre."), campo="nombre"
            )
        if tipo not in REPRESENTABLES:
            raise DatoInvalido(_("Diga qué tipo de organización es."), campo="tipo")
        institucion = Institucion.objects.filter(nombre__iexact=nombre).first()
        if institucion is not None and institucion.tipo not in REPRESENTABLES:
            raise DatoInvalido(_("Ese es el nombre de un organismo público."), campo="nombre")
    if not respaldo or len(respaldo) > LARGO_RESPALDO:
        raise DatoInvalido(
            _("Cuente, en 2.000 caracteres como máximo, cómo podemos comprobarlo."),
            campo="respaldo",
        )
    User.objects.select_for_update().get(pk=cuenta.pk)
    vivas = Representacion.objects.filter(
        cuenta=cuenta, estado__in=[Estado.PENDIENTE, Estado.VERIFICADA]
    )
    if vivas.exists():
        raise Conflicto(
            _("Ya tiene una solicitud en curso, o habla por una organización: termínela primero.")
        )
    hecha = Representacion.objects.create(
        cuenta=cuenta,
        institucion=institucion,
        nombre_propuesto="" if institucion else nombre,
        tipo_propuesto="" if institucion else tipo,
        cargo=limpiar_linea(cargo)[:120],
        respaldo=respaldo,
        pedida_en=ahora or timezone.now(),
    )
    _anotar("pedir_representacion", hecha, cuenta, hecha.pedida_en)
    return hecha


@transaction.atomic
def verificar_representacion(
    *,
    representacion: Representacion,
    por: User,
    institucion: Institucion | None = None,
    ahora: datetime | None = None,
) -> Representacion:
    """From now on they speak for it. `institucion` says which one it is, where a name was proposed;
    without it the proposed one is created.

    Raises SinPermiso (also for one's own request), DatoInvalido (a public body), Conflicto: resolved
    already, or another person speaks for that organisation.
    """
    ahora = ahora or timezone.now()
    fila = _por_resolver(representacion, por)
    if fila.institucion is None:
        fila.institucion = institucion or _institucion_propuesta(fila)
    if fila.institucion.tipo not in REPRESENTABLES:
        raise DatoInvalido(
            _("Los organismos públicos hablan por sus cuentas oficiales."), campo="institucion"
        )
    fila.estado, fila.resuelta_por, fila.resuelta_en = Estado.VERIFICADA, por, ahora
    try:
        with transaction.atomic():
            fila.save()
            User.objects.filter(pk=fila.cuenta_id).update(representa=fila.institucion)
    except IntegrityError as error:
        raise Conflicto(
            _("%(cual)s ya tiene representante, o esta persona ya habla por otra organización.")
            % {"cual": fila.institucion}
        ) from error
    _anotar("verificar_representacion", fila, por, ahora)
    _avisar(fila, ahora)
    return fila


@transaction.atomic
def rechazar_representacion(
    *, representacion: Representacion, por: User, motivo: str, ahora: datetime | None = None
) -> Representacion:
    """Say no, and why; the person may ask again. Raises SinPermiso, DatoInvalido or Conflicto."""
    ahora = ahora or timezone.now()
    fila = _por_resolver(representacion, por)
    fila.motivo = limpiar(motivo)
    if not fila.motivo:
        raise DatoInvalido(_("Escriba el motivo: la persona lo recibirá."), campo="motivo")
    fila.estado, fila.resuelta_por, fila.resuelta_en = Estado.RECHAZADA, por, ahora
    fila.save()
    _anotar("rechazar_representacion", fila, por, ahora)
    _avisar(fila, ahora)
    return fila


@transaction.atomic
def terminar_representacion(
    *, representacion: Representacion, por: User, motivo: str = "", ahora: datetime | None = None
) -> Representacion:
    """End it, or take a request back: its own person, or the secretariat saying why. What was said
    in that voice stays. Raises SinPermiso, DatoInvalido or Conflicto."""
    ahora = ahora or timezone.now()
    fila = Representacion.objects.select_for_update().get(pk=representacion.pk)
    suya = fila.cuenta_id == por.pk
    if not suya and not puede_verificar_representaciones(por):
        raise SinPermiso(_("Solo esa persona o la secretaría técnica la terminan."))
    if fila.estado not in (Estado.PENDIENTE, Estado.VERIFICADA):
        raise Conflicto(_("Esta representación ya terminó."))
    fila.motivo = limpiar(motivo)
    if not suya and not fila.motivo:
        raise DatoInvalido(_("Escriba el motivo: la persona lo recibirá."), campo="motivo")
    if fila.estado == Estado.VERIFICADA:
        User.objects.filter(pk=fila.cuenta_id).update(representa=None)
    fila.estado, fila.resuelta_por, fila.resuelta_en = Estado.TERMINADA, por, ahora
    fila.save()
    _anotar("terminar_representacion", fila, por, ahora)
    if not suya:
        _avisar(fila, ahora)
    return fila


def _por_resolver(representacion: Representacion, por: User) -> Representacion:
    if not puede_verificar_representaciones(por) or representacion.cuenta_id == por.pk:
        raise SinPermiso(_("La verifica otra persona, de la secretaría técnica."))
    fila = Representacion.objects.select_for_update().get(pk=representacion.pk)
    if fila.estado != Estado.PENDIENTE:
        raise Conflicto(_("Esta solicitud ya se resolvió."))
    return fila


def _institucion_propuesta(fila: Representacion) -> Institucion:
    institucion, _nueva = Institucion.objects.get_or_create(
        nombre=fila.nombre_propuesto, defaults={"tipo": fila.tipo_propuesto}
    )
    return institucion


def _anotar(verbo: str, fila: Representacion, por: User, ahora: datetime) -> None:
    registrar(
        verbo=verbo,
        objeto=fila,
        por=por,
        ahora=ahora,
        despues={"estado": fila.estado, "institucion": fila.institucion_id},
    )


def _avisar(fila: Representacion, ahora: datetime) -> None:
    """One mail per turn it takes: verified or rejected first, ended after."""
    avisar(
        destino=f"cuenta:{fila.cuenta_id}",
        razon="representacion",
        objeto=fila,
        ahora=ahora,
        version=fila.turno,
    )
