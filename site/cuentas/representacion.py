"""For which organisation an account may speak."""

from cuentas.models import Institucion, Representacion, User


def organizacion_de(usuario: User) -> Institucion | None:
    """The organisation it represents, verified by the secretariat; one query, kept on the object."""
    if not usuario.is_authenticated or not usuario.is_active:
        return None
    if not hasattr(usuario, "_organizacion"):
        vigente = (
            Representacion.objects.select_related("institucion")
            .filter(cuenta=usuario, estado=Representacion.Estado.VERIFICADA)
            .first()
        )
        usuario._organizacion = vigente.institucion if vigente else None  # type: ignore[attr-defined]
    organizacion: Institucion | None = usuario._organizacion  # type: ignore[attr-defined]
    return organizacion
