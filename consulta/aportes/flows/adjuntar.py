"""Attached files: taken one by one, cleaned at the door, and given to a contribution when it is sent."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, FueraDePlazo, SinPermiso
from comun.textos import limpiar_linea
from consulta.aportes.archivos import CAMPO, comprobar_tamano, limpiar_archivo
from consulta.aportes.archivos.nombres import nombre_seguro
from consulta.aportes.models import Adjunto, Aporte, Subida
from consulta.aportes.permissions import puede_ingresar
from consulta.procesos.enums import Verbo
from consulta.procesos.models import Consulta
from cuentas.models import User

ESPERA = timedelta(hours=24)
"""How long a file waits for the contribution it belongs to."""

SIN_ENVIAR = 40
"""Files one account may have waiting: eight forms left half written."""

LARGO_DESCRIPCION = 200


@dataclass(frozen=True)
class Elegido:
    """A waiting file that goes with a contribution, and what it shows, for those who do not see it."""

    token: str
    descripcion: str = ""


def subir_adjunto(
    *,
    consulta: Consulta,
    archivo: UploadedFile,
    por: User | None,
    descripcion: str = "",
    ahora: datetime | None = None,
) -> Subida:
    """Clean a file and keep it for 24 hours, until its contribution is sent. `por` None is a guest.

    It is cleaned in the request: ten MB take less than a second (docs/propuestas.md), and whoever
    sends a file that cannot be taken learns it while they still have it at hand.

    Raises SinPermiso, FueraDePlazo, Conflicto (too many waiting) or DatoInvalido (`archivos`).
    """
    ahora = ahora or timezone.now()
    _comprobar(consulta, por, ahora)
    nombre = archivo.name or ""
    try:
        comprobar_tamano(archivo.size or 0)
    except DatoInvalido as error:
        raise DatoInvalido(f"«{nombre_seguro(nombre)}»: {error.mensaje}", campo=CAMPO) from error
    limpio = limpiar_archivo(nombre, archivo.read())
    token = secrets.token_urlsafe(32)
    subida = Subida(
        consulta=consulta,
        cuenta=por,
        token=token,
        subido_en=ahora,
        nombre=limpio.nombre,
        tipo_mime=limpio.clase.mime,
        bytes=len(limpio.datos),
        sha256=limpio.sha256,
        descripcion=limpiar_linea(descripcion)[:LARGO_DESCRIPCION],
    )
    # The name on disk says nothing and cannot be guessed.
    en_disco = f"{secrets.token_hex(16)}.{limpio.clase.extension}"
    subida.archivo.save(en_disco, ContentFile(limpio.datos), save=False)
    try:
        subida.save()
    except BaseException:
        subida.archivo.delete(save=False)
        raise
    return subida


def adjuntar(
    *,
    aporte: Aporte,
    elegidos: Sequence[Elegido],
    por: User | None,
    ahora: datetime,
    conservar: Iterable[int] | None = None,
) -> list[Adjunto]:
    """Give the waiting files `elegidos` to the current version of `aporte`, in the caller's transaction.

    A correction names in `conservar` the files of the former version that stay (None: all of them);
    the others end with that version, where they can still be read.

    Raises DatoInvalido (`archivos`): a file that waits no more, repeated, or too many.
    """
    _cerrar(aporte, conservar)
    if not elegidos:
        return []
    if not aporte.consulta.acepta_adjuntos:
        raise DatoInvalido(_("Esta consulta no recibe archivos adjuntos."), campo=CAMPO)
    descripciones = {e.token: limpiar_linea(e.descripcion)[:LARGO_DESCRIPCION] for e in elegidos}
    subidas = list(
        Subida.objects.select_for_update().filter(
            token__in=descripciones, consulta=aporte.consulta, subido_en__gt=ahora - ESPERA
        )
    )
    if len(subidas) != len(elegidos):
        raise DatoInvalido(
            _("Uno de los archivos ya no está guardado: adjúntelo de nuevo."), campo=CAMPO
        )
    vigentes = list(aporte.adjuntos.filter(hasta=None))
    comprobar_conjunto([*(a.sha256 for a in vigentes), *(s.sha256 for s in subidas)])
    hechos = Adjunto.objects.bulk_create(
        Adjunto(
            aporte=aporte,
            desde=aporte.version,
            archivo=s.archivo.name,
            nombre=s.nombre,
            tipo_mime=s.tipo_mime,
            bytes=s.bytes,
            sha256=s.sha256,
            descripcion=descripciones[s.token] or s.descripcion,
        )
        for s in subidas
    )
    Subida.objects.filter(pk__in=[s.pk for s in subidas]).delete()
    registrar(
        verbo="adjuntar",
        objeto=aporte,
        por=por,
        ahora=ahora,
        despues={"archivos": [{"nombre": a.nombre, "sha256": a.sha256} for a in hechos]},
    )
    return hechos


def comprobar_conjunto(sumas: Sequence[str]) -> None:
    """Raises DatoInvalido for too many files, or the same one twice; `sumas` are their SHA-256."""
    if len(sumas) > settings.ADJUNTOS_MAXIMO:
        raise DatoInvalido(
            _("Puede adjuntar hasta %(n)s archivos: quite los que sobren.")
            % {"n": settings.ADJUNTOS_MAXIMO},
            campo=CAMPO,
        )
    if len(set(sumas)) != len(sumas):
        raise DatoInvalido(_("Adjuntó el mismo archivo dos veces: quite uno."), campo=CAMPO)


@transaction.atomic
def quitar_subida(*, token: str) -> None:
    """Forget a waiting file, and delete it. Nothing happens where it is not waiting any more."""
    _borrar(Subida.objects.filter(token=token))


def purgar_subidas(ahora: datetime) -> int:
    """Delete the files that waited more than 24 hours; returns how many. A job of the clock."""
    with transaction.atomic():
        return _borrar(Subida.objects.filter(subido_en__lte=ahora - ESPERA).order_by("pk")[:200])


def _borrar(subidas: "QuerySet[Subida]") -> int:
    # Under their lock: one that goes with a contribution in this moment keeps its file.
    filas = list(subidas.select_for_update())
    Subida.objects.filter(pk__in=[s.pk for s in filas]).delete()
    transaction.on_commit(lambda: _del_disco(filas))
    return len(filas)


def _del_disco(subidas: Iterable[Subida]) -> None:
    for subida in subidas:
        subida.archivo.delete(save=False)


def _cerrar(aporte: Aporte, conservar: Iterable[int] | None) -> None:
    if conservar is None:
        return
    fuera = aporte.adjuntos.filter(hasta=None).exclude(pk__in=list(conservar))
    fuera.update(hasta=aporte.version - 1)


def _comprobar(consulta: Consulta, por: User | None, ahora: datetime) -> None:
    if not consulta.acepta_adjuntos:
        raise SinPermiso(_("Esta consulta no recibe archivos adjuntos."))
    if por is None and not consulta.acepta_invitados:
        raise SinPermiso(_("Ingrese con su cuenta para adjuntar archivos."))
    if por is not None and puede_ingresar(por, consulta):
        return
    if not consulta.publicada or not any(consulta.etapa.permite(v, ahora) for v in Verbo):
        raise FueraDePlazo(_("Esta consulta no está recibiendo aportes."))
    esperan = Q(cuenta=por) & Q(subido_en__gt=ahora - ESPERA)
    if por is not None and Subida.objects.filter(esperan).count() >= SIN_ENVIAR:
        raise Conflicto(
            _(
                "Tiene muchos archivos sin enviar. Envíe o borre lo que dejó a medias, o espere un día."
            )
        )
