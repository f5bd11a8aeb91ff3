"""Filters of the queue that a person keeps under a name. Only theirs: to share one, its address."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.textos import limpiar_linea
from consulta.respuestas.models import VistaGuardada
from consulta.respuestas.permissions import puede_ver_libro
from cuentas.models import User

VISTAS = 50
"""Views one account may keep."""


@transaction.atomic
def guardar_vista(
    *, nombre: str, filtros: str, por: User, ahora: datetime | None = None
) -> VistaGuardada:
    """Keep `filtros`, a query string as the queue writes it; a name one has already is given these.

    Raises SinPermiso, DatoInvalido (no name, too long) or Conflicto (too many).
    """
    if not puede_ver_libro(por):
        raise SinPermiso(_("Su cuenta no ve esta lista."))
    nombre = _nombre(nombre)
    largo = VistaGuardada._meta.get_field("filtros").max_length or 0
    if len(filtros) > largo:
        raise DatoInvalido(_("Son demasiados filtros para guardarlos."), campo="nombre")
    User.objects.select_for_update().get(pk=por.pk)
    suyas = VistaGuardada.objects.filter(cuenta=por)
    if not suyas.filter(nombre=nombre).exists() and suyas.count() >= VISTAS:
        raise Conflicto(_("Ya tiene 50 vistas: elimine alguna."))
    vista, _nueva = suyas.update_or_create(
        cuenta=por,
        nombre=nombre,
        defaults={"filtros": filtros, "creada_en": ahora or timezone.now()},
    )
    return vista


def renombrar_vista(*, vista: VistaGuardada, nombre: str, por: User) -> VistaGuardada:
    """Give it another name. Raises SinPermiso, or DatoInvalido (no name, or one that is taken)."""
    _suya(vista, por)
    vista.nombre = _nombre(nombre)
    try:
        with transaction.atomic():
            vista.save(update_fields=["nombre"])
    except IntegrityError:
        raise DatoInvalido(_("Ya tiene una vista con ese nombre."), campo="nombre") from None
    return vista


def eliminar_vista(*, vista: VistaGuardada, por: User) -> None:
    """Forget it. Raises SinPermiso."""
    _suya(vista, por)
    vista.delete()


def _suya(vista: VistaGuardada, por: User) -> None:
    if vista.cuenta_id != por.pk:
        raise SinPermiso(_("Esa vista es de otra persona."))


def _nombre(escrito: str) -> str:
    nombre = limpiar_linea(escrito)
    largo = VistaGuardada._meta.get_field("nombre").max_length or 0
    if not nombre:
        raise DatoInvalido(_("Escriba un nombre para la vista."), campo="nombre")
    if len(nombre) > largo:
        raise DatoInvalido(_("El nombre admite 80 caracteres."), campo="nombre")
    return nombre
