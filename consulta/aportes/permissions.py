"""Who may send, answer in a thread, withdraw, report, remove, appeal and block."""

from datetime import datetime

from django.db.models import Q
from django.utils.crypto import constant_time_compare

from consulta.aportes.codigos import huella_de_codigo
from consulta.aportes.enums import TipoAporte
from consulta.aportes.models import Apelacion, Aporte, Bloqueo
from consulta.aportes.respondidos import tiene_respuesta
from consulta.procesos.enums import Verbo
from consulta.procesos.models import Consulta
from consulta.procesos.permissions import puede_participar
from cuentas.models import User
from cuentas.roles import Rol

VERBO_DE = {
    TipoAporte.PROPUESTA: Verbo.PROPONER,
    TipoAporte.OBSERVACION: Verbo.OBSERVAR,
    TipoAporte.REPLICA: Verbo.REPLICAR,
}


def puede_enviar(usuario: User, consulta: Consulta, tipo: TipoAporte, ahora: datetime) -> bool:
    """Whether `usuario` may send a contribution of `tipo` at `ahora` through the site or the API."""
    verbo = VERBO_DE.get(tipo)
    return verbo is not None and puede_participar(usuario, consulta, verbo, ahora)


def puede_enviar_sin_cuenta(consulta: Consulta, tipo: TipoAporte, ahora: datetime) -> bool:
    """Whether a guest may send a contribution of `tipo` at `ahora`, to be confirmed by mail."""
    verbo = VERBO_DE.get(tipo)
    return (
        verbo is not None
        and consulta.publicada
        and consulta.acepta_invitados
        and consulta.etapa.permite(verbo, ahora)
    )


def puede_hablar_por_institucion(usuario: User) -> bool:
    """Whether their replies may carry the voice of their institution."""
    return (
        usuario.is_authenticated
        and usuario.institucion_id is not None
        and usuario.tiene_rol(Rol.OFICIAL, Rol.SECRETARIA)
    )


def es_autor(usuario: User, aporte: Aporte) -> bool:
    """Whether this account wrote it."""
    autoria = getattr(aporte, "autoria", None)
    return usuario.is_authenticated and autoria is not None and autoria.cuenta_id == usuario.pk


def es_suyo(usuario: User | None, aporte: Aporte, codigo: str = "") -> bool:
    """Whether they wrote it: by their account, or by the private code."""
    if usuario is not None and es_autor(usuario, aporte):
        return True
    return codigo_corresponde(codigo, aporte)


def puede_retirar(usuario: User | None, aporte: Aporte, ahora: datetime, codigo: str = "") -> bool:
    """Its author, while the stage is open and it stands."""
    return (
        es_suyo(usuario, aporte, codigo)
        and aporte.es_visible
        and TipoAporte(aporte.tipo) in VERBO_DE
        and aporte.consulta.etapa.permite(VERBO_DE[TipoAporte(aporte.tipo)], ahora)
    )


def puede_corregir(usuario: User | None, aporte: Aporte, ahora: datetime, codigo: str = "") -> bool:
    """Its author, while it could be withdrawn and no answer of it stands, under review or not."""
    return puede_retirar(usuario, aporte, ahora, codigo) and not tiene_respuesta(aporte)


def puede_remover(usuario: User, aporte: Aporte) -> bool:
    """A moderator, never of their own words."""
    return puede_moderar(usuario) and not es_autor(usuario, aporte)


def puede_moderar(usuario: User) -> bool:
    """See the moderation queue, settle reports, mark what was read, block."""
    return usuario.is_authenticated and usuario.tiene_rol(Rol.MODERADOR, Rol.ADMINISTRADOR)


def puede_reportar(usuario: User, aporte: Aporte) -> bool:
    """Anyone with an account, of what stands published and is not theirs. Blocks are told apart."""
    return (
        usuario.is_authenticated
        and usuario.is_active
        and aporte.es_visible
        and not es_autor(usuario, aporte)
    )


def puede_resolver_citas(usuario: User) -> bool:
    """Say where the words of a quote are in a later version, or that they are gone."""
    return usuario.is_authenticated and usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)


def puede_ingresar(usuario: User, consulta: Consulta) -> bool:
    """Enter, on behalf of somebody else, what came by letter or from a workshop: the secretariat."""
    return (
        usuario.is_authenticated
        and usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)
        and not consulta.etapa.proceso.es_historico
    )


def puede_resolver(usuario: User, apelacion: Apelacion) -> bool:
    """A moderator who neither removed the contribution nor wrote it."""
    return puede_remover(usuario, apelacion.aporte) and apelacion.removido_por_id != usuario.pk


def puede_bloquear(usuario: User, cuenta: User) -> bool:
    """Only accounts that hold no role of the house, and never one's own."""
    return (
        puede_moderar(usuario)
        and cuenta.pk != usuario.pk
        and not cuenta.is_staff
        and not cuenta.puede_administrar
    )


def puede_agrupar(usuario: User) -> bool:
    """Treat proposals together, or one in points: whoever answers them."""
    return usuario.is_authenticated and usuario.tiene_rol(
        Rol.OFICIAL, Rol.SECRETARIA, Rol.ADMINISTRADOR
    )


def puede_revisar_campanas(usuario: User) -> bool:
    """Confirm, rename and undo groups of alike texts."""
    return usuario.is_authenticated and usuario.tiene_rol(
        Rol.MODERADOR, Rol.SECRETARIA, Rol.ADMINISTRADOR
    )


def bloqueo_de(usuario: User, ahora: datetime) -> Bloqueo | None:
    """The block that keeps `usuario` from writing at `ahora`; one query."""
    return Bloqueo.objects.filter(en_vigor_q(ahora), cuenta=usuario.pk).first()


def bloqueo_de_correo(correo: str, ahora: datetime) -> Bloqueo | None:
    """As `bloqueo_de`, for a guest who gave this address."""
    if not correo:
        return None
    return Bloqueo.objects.filter(en_vigor_q(ahora), cuenta__email=correo.strip().lower()).first()


def codigo_corresponde(codigo: str, aporte: Aporte) -> bool:
    """Whether this is the private code of that contribution."""
    autoria = getattr(aporte, "autoria", None)
    if autoria is None or not codigo or not autoria.codigo_hash:
        return False
    return constant_time_compare(huella_de_codigo(codigo), autoria.codigo_hash)


def en_vigor_q(ahora: datetime) -> Q:
    """Blocks that hold at `ahora`: begun, not over, not lifted."""
    return Q(levantado_en=None, desde__lte=ahora) & (Q(hasta=None) | Q(hasta__gt=ahora))


def puede_apoyar(usuario: User, aporte: Aporte, ahora: datetime) -> bool:
    """Anyone signed in, as a person, while the stage is open; never their own words."""
    return (
        puede_participar(usuario, aporte.consulta, Verbo.APOYAR, ahora)
        and aporte.es_visible
        and not es_autor(usuario, aporte)
    )
