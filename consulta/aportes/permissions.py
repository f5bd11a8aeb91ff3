"""Who may send, answer in a thread, withdraw and remove."""

from datetime import datetime

from consulta.aportes.enums import TipoAporte
from consulta.aportes.models import Aporte
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
    autoria = getattr(aporte, "autoria", None)
    return usuario.is_authenticated and autoria is not None and autoria.cuenta_id == usuario.pk


def puede_retirar(usuario: User, aporte: Aporte, ahora: datetime) -> bool:
    """Its author, while the stage is open and it stands."""
    return (
        es_autor(usuario, aporte)
        and aporte.es_visible
        and aporte.consulta.etapa.permite(VERBO_DE[TipoAporte(aporte.tipo)], ahora)
    )


def puede_remover(usuario: User, aporte: Aporte) -> bool:
    """A moderator, never of their own words."""
    return (
        usuario.is_authenticated
        and usuario.tiene_rol(Rol.MODERADOR, Rol.ADMINISTRADOR)
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


def puede_agrupar(usuario: User) -> bool:
    """Treat proposals together, or one in points: whoever answers them."""
    return usuario.is_authenticated and usuario.tiene_rol(
        Rol.OFICIAL, Rol.SECRETARIA, Rol.ADMINISTRADOR
    )
