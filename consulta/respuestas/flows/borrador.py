"""Keeping an answer that is being written, so that nothing typed is lost and a colleague may go on."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.textos import limpiar
from consulta.aportes.models import Aporte
from consulta.respuestas.flows.coberturas import LARGO_LINEA, LARGO_RAZON
from consulta.respuestas.models import Borrador, FilaDeBorrador
from consulta.respuestas.permissions import puede_responder
from cuentas.models import Institucion, User

CAMPOS_DE_BORRADOR = {
    "resultado": 20,
    "razon": LARGO_RAZON,
    "linea": LARGO_LINEA,
    "destino": 20,
    "fragmento": 20,
    "compromiso": 20,
    "evento": 20,
    "porque_nada": LARGO_LINEA,
    "motivo_cambio": LARGO_LINEA,
}
"""Fields of the form that a draft keeps, each with its greatest length in characters."""


SEGUIDAS = timedelta(minutes=10)

COMUNES = ("razon", "motivo_cambio")
"""Those that a draft has once for all the contributions it covers."""


def borrador_de(aporte: Aporte, institucion: Institucion) -> Borrador | None:
    """What `institucion` is writing about `aporte`."""
    return (
        Borrador.objects.select_related("editor")
        .filter(filas__aporte=aporte, filas__institucion=institucion)
        .first()
    )


def es_de_varios(borrador: Borrador) -> bool:
    """Whether it is written on its own page: its text is of several contributions, of a branch of a
    thread, or the next version of an answer."""
    return bool(
        borrador.rama_id or borrador.respuesta_id or borrador.filas.order_by("pk")[1:].exists()
    )


@transaction.atomic
def guardar_borrador(
    *,
    aporte: Aporte,
    institucion: Institucion,
    datos: Mapping[str, Any],
    por: User,
    visto: str = "",
    version_leida: int | None = None,
    ahora: datetime | None = None,
) -> Borrador:
    """Keep `datos` as they are, complete or not. `visto` is the `sello_de_borrador` one started from.

    `datos["puntos"]` has the fields of each point, by its id. Raises SinPermiso, DatoInvalido (too
    long, naming the field) and Conflicto when it was saved since, by somebody else or in another
    window: saving again with the newer `visto` then replaces that text.
    """
    ahora = ahora or timezone.now()
    if not puede_responder(por, aporte, institucion):
        raise SinPermiso(_("Este aporte está a cargo de otra institución, o es un aporte suyo."))
    limpios = limpiar_campos(datos)
    Aporte.objects.select_for_update().get(pk=aporte.pk)
    previo = borrador_de(aporte, institucion)
    if previo is not None and es_de_varios(previo):
        raise Conflicto(
            _(
                "Este aporte está ahora en una respuesta para varios: lo que usted escribió sigue "
                "aquí. Cópielo y ábralo desde «En redacción»."
            )
        )
    sigue = previo is None or bool(visto) or _lo_sigue(previo, aporte, limpios)
    exigir_visto(previo, visto, por, sigue=sigue)
    borrador = previo or Borrador(
        consulta_id=aporte.consulta_id, institucion=institucion, creado_en=ahora
    )
    for campo in COMUNES:
        setattr(borrador, campo, limpios.pop(campo, ""))
    guardar_y_anotar(borrador, por=por, ahora=ahora, despues={"aporte": aporte.pk})
    leida = {"version_leida": version_leida} if version_leida else {}
    FilaDeBorrador.objects.update_or_create(
        institucion=institucion,
        aporte=aporte,
        defaults={"borrador": borrador, "datos": limpios, **leida},
    )
    return borrador


def limpiar_campos(datos: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a draft, and of each point in it. Raises DatoInvalido where one is too long."""
    limpios: dict[str, Any] = _limpiar(datos, "")
    puntos = datos.get("puntos")
    if isinstance(puntos, Mapping):
        dichos = {str(pk): _limpiar(suyos, f"punto-{pk}-") for pk, suyos in puntos.items()}
        limpios["puntos"] = {
            pk: {c: v for c, v in suyos.items() if v} for pk, suyos in dichos.items()
        }
    return limpios


def _limpiar(datos: Mapping[str, Any], prefijo: str) -> dict[str, str]:
    limpios = {campo: limpiar(str(datos.get(campo) or "")) for campo in CAMPOS_DE_BORRADOR}
    for campo, largo in CAMPOS_DE_BORRADOR.items():
        if len(limpios[campo]) > largo:
            raise DatoInvalido(
                _("Este texto admite %(m)s caracteres: acórtelo, por favor.") % {"m": largo},
                campo=f"{prefijo}{campo}",
            )
    return limpios


def _lo_sigue(previo: Borrador, aporte: Aporte, limpios: Mapping[str, Any]) -> bool:
    """Whether what comes goes on with what is kept: the answer to the first saving may get lost on its
    way, while another window that also began with nothing says something else."""
    return all(
        str(limpios.get(campo) or "").startswith(dicho)
        for campo, dicho in previo.datos_de(aporte).items()
        if isinstance(dicho, str)
    )


def exigir_visto(previo: Borrador | None, visto: str, por: User, *, sigue: bool = True) -> None:
    """Raises Conflicto when a draft was saved after `visto`, the seal one started from. Without one, only
    its own editor goes on, and only where what they send goes on with what is kept (`sigue`)."""
    if previo is None or sello_de_borrador(previo) == visto:
        return
    if previo.editor_id != por.pk or visto or not sigue:
        quien = previo.editor.nombre_interno if previo.editor else _("Otra persona")
        propio = _("Usted, en otra ventana,") if previo.editor_id == por.pk else None
        raise Conflicto(
            _(
                "%(quien)s guardó este borrador después de que usted lo abrió. Lo que usted escribió "
                "sigue aquí; si vuelve a guardar, reemplazará lo suyo."
            )
            % {"quien": propio or quien}
        )


def guardar_y_anotar(
    borrador: Borrador, *, por: User, ahora: datetime, despues: dict[str, Any]
) -> None:
    """Save a draft. What the same person saves within ten minutes is one event: a text saves itself
    every few seconds while it is being written."""
    seguida = (
        borrador.pk is not None
        and borrador.editor_id == por.pk
        and borrador.anotado_en is not None
        and ahora - borrador.anotado_en < SEGUIDAS
    )
    borrador.editor, borrador.modificado_en = por, ahora
    if not seguida:
        borrador.anotado_en = ahora
    borrador.save()
    if not seguida:
        registrar(verbo="guardar_borrador", objeto=borrador, por=por, ahora=ahora, despues=despues)


def sello_de_borrador(borrador: Borrador | None) -> str:
    """Tells one saving of a draft from another; empty when there is none."""
    return borrador.modificado_en.isoformat() if borrador is not None else ""


def descartar_borradores(*, aportes: Iterable[int], institucion: Institucion) -> None:
    """Drop what was being written about `aportes` (ids) once their answer is sealed, in the caller's
    transaction; a draft that still covers others keeps them."""
    filas = FilaDeBorrador.objects.filter(institucion=institucion, aporte__in=list(aportes))
    borradores = list(filas.values_list("borrador_id", flat=True).distinct())
    filas.delete()
    Borrador.objects.filter(pk__in=borradores, filas=None).delete()
