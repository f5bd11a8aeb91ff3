"""Who may answer, and what."""

from consulta.aportes.models import Aporte
from consulta.respuestas.models import Respuesta
from cuentas.models import Institucion, User
from cuentas.roles import Rol


def puede_responder(usuario: User, aporte: Aporte, institucion: Institucion) -> bool:
    """An official for their own institution, unless it is in the hands of another one; the
    secretariat for any. Nobody answers their own contribution."""
    if not usuario.is_authenticated or _es_propio(usuario, aporte):
        return False
    if usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR):
        return True
    return (
        usuario.tiene_rol(Rol.OFICIAL)
        and usuario.institucion_id == institucion.pk
        and aporte.institucion_id in (None, institucion.pk)
    )


def puede_redactar(usuario: User, institucion: Institucion) -> bool:
    """Write drafts and prepare batches of an institution: its officials, and the secretariat."""
    return usuario.is_authenticated and (
        usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)
        or (usuario.tiene_rol(Rol.OFICIAL) and usuario.institucion_id == institucion.pk)
    )


def puede_publicar(usuario: User, respuesta: Respuesta) -> bool:
    """Publish what was sealed: an official of its institution, or the secretariat."""
    return usuario.is_authenticated and (
        usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)
        or (usuario.tiene_rol(Rol.OFICIAL) and usuario.institucion_id == respuesta.institucion_id)
    )


def puede_ver_libro(usuario: User) -> bool:
    """See the ledger in the back office: who has what in hand, and when it is due."""
    return usuario.is_authenticated and usuario.tiene_rol(
        Rol.OFICIAL, Rol.SECRETARIA, Rol.MODERADOR, Rol.ADMINISTRADOR
    )


def puede_asignar(usuario: User) -> bool:
    """Hand a contribution to an institution and a person."""
    return usuario.is_authenticated and usuario.tiene_rol(
        Rol.OFICIAL, Rol.SECRETARIA, Rol.ADMINISTRADOR
    )


def puede_cerrar(usuario: User) -> bool:
    """Close a consultation as answered."""
    return usuario.is_authenticated and usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)


def _es_propio(usuario: User, aporte: Aporte) -> bool:
    autoria = getattr(aporte, "autoria", None)
    return autoria is not None and autoria.cuenta_id == usuario.pk
