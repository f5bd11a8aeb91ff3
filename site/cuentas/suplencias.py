"""Who stands in for whom on a day of Santiago. It ends by itself; nothing is handed back."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from comun.fechas import dia_de
from cuentas.models import Suplencia, User
from cuentas.roles import Rol


def vigente_q(dia: date) -> Q:
    """Substitutions in force on `dia`: both days included, unless somebody ended them before."""
    return Q(desde__lte=dia, hasta__gte=dia, terminada_en=None)


def titulares_de(usuario: User, dia: date | None = None) -> list[User]:
    """Those `usuario` stands in for on `dia` (today in Santiago), with their institution; one query.

    Not transitive: the substitute of a substitute inherits from the latter only what is their own.
    """
    if not usuario.is_authenticated or not usuario.is_active:
        return []
    filas = Suplencia.objects.filter(vigente_q(dia or dia_de(timezone.now())), suplente=usuario)
    titulares = User.objects.filter(pk__in=filas.values("titular"), is_active=True)
    return list(titulares.select_related("institucion").order_by("pk"))


def suplentes_de(titular: User, dia: date | None = None) -> list[User]:
    """Those who stand in for `titular` on `dia` (today in Santiago); one query."""
    filas = Suplencia.objects.filter(vigente_q(dia or dia_de(timezone.now())), titular=titular)
    return list(User.objects.filter(pk__in=filas.values("suplente"), is_active=True).order_by("pk"))


def actua_por(usuario: User, titular: User, dia: date | None = None) -> bool:
    """Whether `usuario` is `titular` or stands in for them on `dia`; no query for oneself."""
    return usuario.pk == titular.pk or any(t.pk == titular.pk for t in titulares_de(usuario, dia))


def instituciones_que_suple(usuario: User, dia: date | None = None) -> frozenset[int]:
    """Institutions whose officials `usuario` stands in for on `dia` (today in Santiago).

    Kept for the life of the object, as its roles are: a thousand rows ask once.
    """
    dia = dia or dia_de(timezone.now())
    sabidas: dict[date, frozenset[int]] = usuario.__dict__.setdefault(
        "_instituciones_que_suple", {}
    )
    if dia not in sabidas:
        sabidas[dia] = frozenset(
            t.institucion_id
            for t in titulares_de(usuario, dia)
            if t.institucion_id is not None and t.tiene_rol(Rol.OFICIAL)
        )
    return sabidas[dia]
