"""Who may answer, and what."""

from consulta.aportes.models import Aporte
from consulta.aportes.permissions import es_suyo
from consulta.respuestas.models import Lote, Nota, Respuesta
from cuentas.models import Institucion, User
from cuentas.roles import Rol
from cuentas.suplencias import instituciones_que_suple


def puede_responder(usuario: User, aporte: Aporte, institucion: Institucion) -> bool:
    """An official for their own institution, or for that of an official they stand in for, unless it is
    in the hands of another one; the secretariat for any. Nobody answers their own contribution."""
    if not usuario.is_authenticated or _es_propio(usuario, aporte):
        return False
    if usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR):
        return True
    return aporte.institucion_id in (None, institucion.pk) and responde_por(usuario, institucion.pk)


def puede_redactar(usuario: User, institucion: Institucion) -> bool:
    """Write drafts and prepare batches of an institution: its officials, and the secretariat."""
    return usuario.is_authenticated and (
        usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)
        or responde_por(usuario, institucion.pk)
    )


def puede_preparar(usuario: User, lote: Lote) -> bool:
    """Prepare and publish a batch: whoever may write for its institution; one of any institution, the
    secretariat alone."""
    return puede_redactar(usuario, lote.institucion or Institucion())


def puede_publicar(usuario: User, respuesta: Respuesta) -> bool:
    """Publish what was sealed: an official of its institution, or the secretariat."""
    return usuario.is_authenticated and (
        usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)
        or responde_por(usuario, respuesta.institucion_id)
    )


def responde_por(usuario: User, institucion_id: int | None) -> bool:
    """Whether `usuario` is an official of that institution, or stands in today for one who is."""
    if institucion_id is None or not usuario.is_authenticated or not usuario.is_active:
        return False
    if usuario.institucion_id == institucion_id and usuario.tiene_rol(Rol.OFICIAL):
        return True
    return institucion_id in instituciones_que_suple(usuario)


def instituciones_de(usuario: User) -> set[int]:
    """Those an official answers for today, their own and of whom they stand in for; none for others."""
    if not usuario.is_authenticated or not usuario.is_active:
        return set()
    propia = {usuario.institucion_id} if usuario.tiene_rol(Rol.OFICIAL) else set()
    return {pk for pk in propia | set(instituciones_que_suple(usuario)) if pk is not None}


def puede_ver_libro(usuario: User) -> bool:
    """See the ledger in the back office: who has what in hand, and when it is due."""
    return usuario.is_authenticated and usuario.tiene_rol(
        Rol.OFICIAL, Rol.SECRETARIA, Rol.MODERADOR, Rol.ADMINISTRADOR
    )


def puede_asignar(usuario: User) -> bool:
    """Hand contributions to an institution and a person; which ones, `puede_asignar_aporte` says."""
    return usuario.is_authenticated and usuario.tiene_rol(
        Rol.OFICIAL, Rol.SECRETARIA, Rol.ADMINISTRADOR
    )


def puede_cerrar(usuario: User) -> bool:
    """Close a consultation as answered."""
    return usuario.is_authenticated and usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)


def puede_asignar_aporte(usuario: User, aporte: Aporte) -> bool:
    """Hand over or refer this one: what nobody has, what their institution has; the secretariat any."""
    return puede_asignar(usuario) and (
        usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)
        or aporte.institucion_id is None
        or responde_por(usuario, aporte.institucion_id)
    )


def puede_gestionar_reglas(usuario: User) -> bool:
    """Say which institution gets which contributions by itself."""
    return usuario.is_authenticated and usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)


def puede_anotar(usuario: User) -> bool:
    """Write private notes, and ask another institution."""
    return puede_asignar(usuario)


def puede_contestar(usuario: User, pregunta: Nota) -> bool:
    """Answer what was asked of an institution: its officials, or the secretariat."""
    return usuario.is_authenticated and (
        usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)
        or responde_por(usuario, pregunta.para_id)
    )


def puede_opinar(usuario: User | None, aporte: Aporte, codigo: str = "") -> bool:
    """Its author, by account or by the private code, while it stands."""
    return es_suyo(usuario, aporte, codigo) and aporte.es_visible


def puede_pedir_revision(usuario: User | None, aporte: Aporte, codigo: str = "") -> bool:
    """Its author, of what is owed an answer. Term and «once» are told apart, by the flow."""
    return puede_opinar(usuario, aporte, codigo) and aporte.exige_respuesta


def puede_borrar_revision(usuario: User) -> bool:
    """Take the words of a review off: moderators, and whoever sees to erasures."""
    return usuario.is_authenticated and usuario.tiene_rol(
        Rol.MODERADOR, Rol.SECRETARIA, Rol.ADMINISTRADOR
    )


def _es_propio(usuario: User, aporte: Aporte) -> bool:
    autoria = getattr(aporte, "autoria", None)
    return autoria is not None and autoria.cuenta_id == usuario.pk
