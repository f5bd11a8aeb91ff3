"""Keeping an answer that is being written, so that nothing typed is lost and a colleague may go on."""

from collections.abc import Iterable, Mapping
from datetime import datetime

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


COMUNES = ("razon", "motivo_cambio")
"""Those that a draft has once for all the contributions it covers."""


def borrador_de(aporte: Aporte, institucion: Institucion) -> Borrador | None:
    """What `institucion` is writing about `aporte`."""
    return (
        Borrador.objects.select_related("editor")
        .filter(filas__aporte=aporte, filas__institucion=institucion)
        .first()
    )


@transaction.atomic
def guardar_borrador(
    *,
    aporte: Aporte,
    institucion: Institucion,
    datos: Mapping[str, str],
    por: User,
    visto: str = "",
    ahora: datetime | None = None,
) -> Borrador:
    """Keep `datos` as they are, complete or not. `visto` is the `sello_de_borrador` one started from.

    Raises SinPermiso, DatoInvalido (too long, naming the field) and Conflicto when somebody else of
    the institution saved since: saving again with the newer `visto` then replaces their text.
    """
    ahora = ahora or timezone.now()
    if not puede_responder(por, aporte, institucion):
        raise SinPermiso(_("Este aporte está a cargo de otra institución, o es un aporte suyo."))
    limpios = {campo: limpiar(datos.get(campo) or "") for campo in CAMPOS_DE_BORRADOR}
    for campo, largo in CAMPOS_DE_BORRADOR.items():
        if len(limpios[campo]) > largo:
            raise DatoInvalido(
                _("Este texto admite %(m)s caracteres: acórtelo, por favor.") % {"m": largo},
                campo=campo,
            )
    Aporte.objects.select_for_update().get(pk=aporte.pk)
    previo = borrador_de(aporte, institucion)
    if previo is not None and previo.editor_id != por.pk and sello_de_borrador(previo) != visto:
        raise Conflicto(
            _(
                "%(quien)s guardó este borrador después de que usted lo abrió. Lo que usted escribió "
                "sigue aquí; si vuelve a guardar, reemplazará lo suyo."
            )
            % {"quien": previo.editor or _("Otra persona")}
        )
    borrador = previo or Borrador(
        consulta_id=aporte.consulta_id, institucion=institucion, creado_en=ahora
    )
    for campo in COMUNES:
        setattr(borrador, campo, limpios.pop(campo))
    borrador.editor, borrador.modificado_en = por, ahora
    borrador.save()
    FilaDeBorrador.objects.update_or_create(
        institucion=institucion, aporte=aporte, defaults={"borrador": borrador, "datos": limpios}
    )
    registrar(
        verbo="guardar_borrador",
        objeto=borrador,
        por=por,
        ahora=ahora,
        despues={"aporte": aporte.pk},
    )
    return borrador


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
