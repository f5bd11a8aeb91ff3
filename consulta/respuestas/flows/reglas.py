"""Rules of assignment: writing them, and letting them take the rows that fit."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import DatoInvalido, SinPermiso
from comun.textos import limpiar_linea
from consulta.procesos.models import Consulta
from consulta.respuestas.flows.mover import Movidos, bajo_llave, pasar, reparo_de_estado
from consulta.respuestas.models import Regla
from consulta.respuestas.permissions import puede_gestionar_reglas
from consulta.respuestas.reglas import casan, libres, no_las_tuvo
from cuentas.models import User

CAMPOS = (
    "tema", "region", "tipo", "tipo_autor", "palabras", "desde_parrafo", "hasta_parrafo",
    "institucion", "responsable", "activa",
)  # fmt: skip
PARRAFO_MAXIMO = 1_000_000
DE_UNA_VEZ = 2_000
"""Rows that one minute of the clock hands over for one rule at most; the rest wait for the next."""

TRASLAPE = timedelta(minutes=10)
"""The clock looks back this much: a row is dated when it was sent, and commits a little later."""


@transaction.atomic
def crear_regla(
    *, consulta: Consulta, por: User, ahora: datetime | None = None, **datos: Any
) -> Regla:
    """Add a rule after the others. Raises SinPermiso or DatoInvalido naming the field."""
    _permitir(por)
    ahora = ahora or timezone.now()
    Consulta.objects.select_for_update(no_key=True).get(pk=consulta.pk)
    ultima = consulta.reglas.order_by("-orden").values_list("orden", flat=True).first() or 0
    regla = Regla(consulta=consulta, orden=ultima + 1, vale_desde=ahora)
    _llenar(regla, datos)
    regla.save()
    registrar(verbo="crear_regla", objeto=regla, por=por, ahora=ahora, despues=_dice(regla))
    return regla


@transaction.atomic
def editar_regla(*, regla: Regla, por: User, ahora: datetime | None = None, **datos: Any) -> Regla:
    """Change a rule: from now on the clock follows the new one. Raises as `crear_regla`."""
    _permitir(por)
    ahora = ahora or timezone.now()
    regla = Regla.objects.select_for_update().get(pk=regla.pk)
    antes = _dice(regla)
    _llenar(regla, datos)
    regla.vale_desde = ahora
    regla.save()
    registrar(
        verbo="editar_regla", objeto=regla, por=por, ahora=ahora, antes=antes, despues=_dice(regla)
    )
    return regla


@transaction.atomic
def eliminar_regla(*, regla: Regla, por: User, ahora: datetime | None = None) -> None:
    """Take a rule away: what it handed over stays where it is. Raises SinPermiso."""
    _permitir(por)
    registrar(
        verbo="eliminar_regla",
        objeto=regla,
        por=por,
        ahora=ahora or timezone.now(),
        antes=_dice(regla),
    )
    regla.delete()


@transaction.atomic
def mover_regla(*, regla: Regla, sube: bool, por: User, ahora: datetime | None = None) -> Regla:
    """Let it decide before the one above it, or after the one below. Raises SinPermiso."""
    _permitir(por)
    Consulta.objects.select_for_update(no_key=True).get(pk=regla.consulta_id)
    filas = list(Regla.objects.filter(consulta=regla.consulta_id).order_by("orden", "pk"))
    i = next(n for n, fila in enumerate(filas) if fila.pk == regla.pk)
    j = i - 1 if sube else i + 1
    if 0 <= j < len(filas):
        filas[i], filas[j] = filas[j], filas[i]
    for n, fila in enumerate(filas, start=1):
        fila.orden = n
    Regla.objects.bulk_update(filas, ["orden"])
    registrar(
        verbo="mover_regla",
        objeto=regla,
        por=por,
        ahora=ahora or timezone.now(),
        despues={"orden": [fila.pk for fila in filas]},
    )
    return next(fila for fila in filas if fila.pk == regla.pk)


@transaction.atomic
def aplicar_reglas(
    *,
    consulta: Consulta,
    por: User | None = None,
    desde: datetime | None = None,
    limite: int | None = None,
    ahora: datetime | None = None,
) -> Movidos:
    """Hand over the pending rows nobody has, each by the first active rule that fits it.

    With `desde` (UTC), only rows confirmed since. Rows a person freed again stay free. `por` None is
    the clock. A constant number of queries for each rule and 500 rows. Raises SinPermiso.
    """
    if por is not None:
        _permitir(por)
    ahora = ahora or timezone.now()
    hecho = Movidos()
    reglas = Regla.objects.filter(consulta=consulta, activa=True)
    for regla in reglas.select_related("institucion", "responsable").order_by("orden", "pk"):
        filas = libres(consulta)
        if desde is not None:
            filas = filas.filter(confirmado_en__gte=max(desde, regla.vale_desde or desde))
        suyas = casan(regla, filas).filter(no_las_tuvo(regla)).order_by("pk")
        for aportes in bajo_llave(list(suyas.values_list("pk", flat=True)[:limite])):
            # Somebody may have taken one while we waited for its lock.
            quedan = [a for a in aportes if a.institucion_id is None and not reparo_de_estado(a)]
            quien = regla.responsable
            if quien and not (quien.is_active and quien.institucion_id == regla.institucion_id):
                quien = None  # left since: the institution gives it to somebody else
            pasar(quedan, regla.institucion, quien, por, "", hecho.tanda, ahora, regla)
            hecho.aportes += [a.pk for a in quedan]
    return hecho


def aplicar_reglas_nuevas(ahora: datetime) -> int:
    """What the clock does each minute: rows that came since a rule was last looked at. Returns how many.

    `vale_desde` moves on with each round, so a round reads what is new and nothing else.
    """
    cuantas = 0
    consultas = Consulta.objects.filter(reglas__activa=True).distinct().order_by("pk")
    for consulta in consultas:
        activas = consulta.reglas.filter(activa=True)
        desde = activas.order_by("vale_desde").values_list("vale_desde", flat=True).first()
        hecho = aplicar_reglas(
            consulta=consulta, desde=desde or ahora - TRASLAPE, limite=DE_UNA_VEZ, ahora=ahora
        )
        cuantas += len(hecho.aportes)
        if len(hecho.aportes) < DE_UNA_VEZ:
            activas.filter(vale_desde__lt=ahora - TRASLAPE).update(vale_desde=ahora - TRASLAPE)
    return cuantas


def _permitir(por: User) -> None:
    if not puede_gestionar_reglas(por):
        raise SinPermiso(_("Las reglas de asignación las escribe la secretaría técnica."))


def _llenar(regla: Regla, datos: dict[str, Any]) -> None:
    for campo in CAMPOS:
        if campo in datos:
            setattr(regla, campo, datos[campo])
    regla.palabras = limpiar_linea(regla.palabras or "")[:200]
    if regla.responsable and regla.responsable.institucion_id != regla.institucion_id:
        raise DatoInvalido(_("Esa persona trabaja en otra institución."), campo="responsable")
    desde, hasta = regla.desde_parrafo, regla.hasta_parrafo
    for campo in ("desde_parrafo", "hasta_parrafo"):
        if (getattr(regla, campo) or 0) > PARRAFO_MAXIMO:
            raise DatoInvalido(_("Ningún borrador tiene tantos párrafos."), campo=campo)
    if desde is not None and hasta is not None and hasta < desde:
        raise DatoInvalido(_("Termina antes de empezar."), campo="hasta_parrafo")
    if not any(
        (
            regla.tema, regla.region, regla.tipo, regla.tipo_autor, regla.palabras,
            desde is not None, hasta is not None,
        )
    ):  # fmt: skip
        raise DatoInvalido(_("Ponga al menos una condición: sin ninguna, tomaría todo."))


def _dice(regla: Regla) -> dict[str, Any]:
    return {campo: getattr(regla, f"{campo}_id", getattr(regla, campo)) for campo in CAMPOS} | {
        "consulta": regla.consulta_id,
        "orden": regla.orden,
    }
