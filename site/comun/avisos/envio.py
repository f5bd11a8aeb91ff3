"""Notices that are sent once: a row per recipient, reason, object and version, and a task that mails it.

The row and the task are written in the caller's transaction: a rollback sends nothing, a crash after
the commit loses nothing.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPServerDisconnected
from socket import gaierror
from typing import TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Model, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import task

from comun.auditoria import nombre_de
from comun.avisos.entrega import entregar
from comun.avisos.preferencias import direccion_de_baja, modos_para, quien
from comun.avisos.razones import Razon, cuentas_de, direccion_absoluta, razon_de
from comun.clases import Modo
from comun.registro import Aviso
from comun.tareas import ESPERADA

T = TypeVar("T")

TANDA = 1_000
"""Recipients told in one go."""

JUNTOS = 50
"""Mails of one task: few enough to end long before a task is taken for dead."""

MUDAS = 3
SIN_SERVIDOR = (ConnectionError, TimeoutError, gaierror, SMTPServerDisconnected)
"""How it looks when nobody answers; a mail that is refused is another thing."""


@dataclass(frozen=True)
class Novedad:
    """What one recipient is told: of which object, and which version of it."""

    destino: str
    objeto: Model
    version: int = 1

    @property
    def clave(self) -> tuple[str, str, int]:
        return self.destino, nombre_de(self.objeto), self.version


def avisar(
    *, destino: str, razon: str, objeto: Model, ahora: datetime, version: int = 1
) -> Aviso | None:
    """Tell a recipient something, as they chose to be told; None when they were told already."""
    nuevos = avisar_a(destinos=[destino], razon=razon, objeto=objeto, ahora=ahora, version=version)
    return nuevos[0] if nuevos else None


def avisar_nuevo(
    *, destino: str, cuenta: int | None, razon: str, objeto: Model, ahora: datetime
) -> Aviso:
    """As `avisar`, of an object that counts from this transaction on and of whose reason nobody was
    told before: neither earlier notices nor whose `destino` is (`cuenta`) are looked up."""
    cuentas = {destino: cuenta} if cuenta is not None else {}
    (aviso,) = _preparar([Novedad(destino, objeto)], cuentas, razon, ahora)
    aviso.save(force_insert=True)
    _encolar([aviso])
    return aviso


def avisar_nuevos(*, avisos: Mapping[str, Model], razon: str, ahora: datetime) -> None:
    """As `avisar_nuevo` for many: each recipient of `avisos`, none of which has an account, is told of
    an object of their own. Three queries, and one task for each `JUNTOS` mails."""
    clase = razon_de(razon).clase
    modos = modos_para(set(avisos), clase)
    filas = [
        Aviso(
            destino=destino,
            clase=clase,
            # Without an account there is no day to gather.
            modo=Modo.INMEDIATO if modos[destino] == Modo.RESUMEN else modos[destino],
            razon=razon,
            objeto=nombre_de(objeto),
            creado_en=ahora,
        )
        for destino, objeto in avisos.items()
    ]
    Aviso.objects.bulk_create(filas)
    _encolar(filas)


def avisar_a(
    *, destinos: Iterable[str], razon: str, objeto: Model, ahora: datetime, version: int = 1
) -> list[Aviso]:
    """Tell many the same, each as they chose; returns the notices of who had not been told.

    A constant number of queries for each thousand recipients, and one task for each `JUNTOS` mails.
    """
    novedades = [Novedad(destino, objeto, version) for destino in destinos]
    return avisar_cada(novedades=novedades, razon=razon, ahora=ahora)


def avisar_cada(*, novedades: Iterable[Novedad], razon: str, ahora: datetime) -> list[Aviso]:
    """As `avisar_a`, where each may be told of something else."""
    unicas = list({n.clave: n for n in novedades}.values())
    nuevos: list[Aviso] = []
    for tanda in _en_tandas(unicas, TANDA):
        nuevos += _avisar_tanda(tanda, razon, ahora)
    _encolar(nuevos)
    return nuevos


def _encolar(avisos: list[Aviso]) -> None:
    """The task of each mail, of one reason."""
    por_enviar = [a.pk for a in avisos if a.modo == Modo.INMEDIATO]
    if len(por_enviar) == 1:
        esperada = razon_de(avisos[0].razon).esperada
        enviar_aviso.using(priority=ESPERADA if esperada else 0).enqueue(por_enviar[0])
    else:
        for juntos in _en_tandas(por_enviar, JUNTOS):
            enviar_avisos.enqueue(juntos)


def _avisar_tanda(novedades: Sequence[Novedad], razon: str, ahora: datetime) -> list[Aviso]:
    pedidas = {n.clave for n in novedades}
    avisados = {a.clave for a in _de(novedades, razon).only("destino", "objeto", "version")}
    faltan = [n for n in novedades if n.clave not in avisados]
    if not faltan:
        return []
    cuentas = cuentas_de({n.destino for n in faltan})
    # Its twin may have won the race: the unique key keeps one, and sending it twice sends it once.
    Aviso.objects.bulk_create(_preparar(faltan, cuentas, razon, ahora), ignore_conflicts=True)
    nuevas = pedidas - avisados
    return [a for a in _de(faltan, razon).order_by("pk") if a.clave in nuevas]


def _de(novedades: Sequence[Novedad], razon: str) -> QuerySet[Aviso]:
    """The notices of one reason to those recipients, of those objects and versions in any pairing."""
    return Aviso.objects.filter(
        razon=razon,
        destino__in={n.destino for n in novedades},
        objeto__in={nombre_de(n.objeto) for n in novedades},
        version__in={n.version for n in novedades},
    )


def _preparar(
    novedades: Sequence[Novedad], cuentas: Mapping[str, int], razon: str, ahora: datetime
) -> list[Aviso]:
    """The rows, unsaved, as each recipient chose."""
    como = razon_de(razon)
    nombres = {
        n.destino: f"cuenta:{cuentas[n.destino]}" if n.destino in cuentas else n.destino
        for n in novedades
    }
    modos = modos_para(set(nombres.values()), como.clase)
    lineas = _lineas([n for n in novedades if n.destino in cuentas], como)
    filas = []
    for n in novedades:
        modo = modos[nombres[n.destino]]
        if modo == Modo.RESUMEN and n.destino not in cuentas:
            modo = Modo.INMEDIATO  # without an account there is no day to gather
        texto, url = lineas.get(n.clave, ("", ""))
        filas.append(
            Aviso(
                destino=n.destino,
                cuenta=cuentas.get(n.destino),
                clase=como.clase,
                modo=modo,
                razon=razon,
                objeto=nombre_de(n.objeto),
                version=n.version,
                texto=texto[: Aviso.LARGO_TEXTO],
                url=url,
                creado_en=ahora,
            )
        )
    return filas


def _lineas(
    novedades: Sequence[Novedad], como: Razon
) -> dict[tuple[str, str, int], tuple[str, str]]:
    """What the site says to each, asked once for each object and version."""
    if como.linea is None:
        return {}
    juntas: dict[tuple[str, int], list[Novedad]] = defaultdict(list)
    for n in novedades:
        juntas[nombre_de(n.objeto), n.version].append(n)
    lineas: dict[tuple[str, str, int], tuple[str, str]] = {}
    for (_objeto, version), suyas in juntas.items():
        dichas = como.linea(suyas[0].objeto, [n.destino for n in suyas], version)
        lineas |= {n.clave: dichas[n.destino] for n in suyas if n.destino in dichas}
    return lineas


def identificador(aviso: Aviso) -> str:
    """A Message-ID that is the same however often the mail is tried: a second copy can be told."""
    suma = hashlib.sha256(f"{settings.SECRET_KEY}:{aviso.pk}".encode()).hexdigest()[:16]
    return f"<aviso-{aviso.pk}-{suma}@{urlsplit(settings.DIRECCION_BASE).hostname}>"


@task(queue_name="correo")
def enviar_avisos(ids: list[int]) -> str:
    """Send several; what fails does not hold up the others, and is raised in the end to be retried.

    After `MUDAS` in a row that the mail server did not answer the rest wait for the next try: fifty
    patient waits would last longer than a task may.
    """
    fallas: list[Exception] = []
    mudas = 0
    for aviso_id in ids:
        try:
            enviar_aviso.func(aviso_id)
            mudas = 0
        except SIN_SERVIDOR as falla:
            fallas.append(falla)
            mudas += 1
            if mudas == MUDAS:
                break
        except Exception as falla:  # whatever one mail met, the next one must still go
            fallas.append(falla)
    if fallas:
        raise fallas[0]
    return f"{len(ids)} avisos"


@task(queue_name="correo")
def enviar_aviso(aviso_id: int) -> str:
    """Send one notice, if it was not sent yet. Raises what the mail server raised: the clock retries."""
    aviso = Aviso.objects.get(pk=aviso_id)
    if aviso.enviado_en is not None or aviso.sin_direccion:
        return "ya estaba"
    como = razon_de(aviso.razon)
    nombre = quien(aviso.destino)
    if modos_para([nombre], como.clase)[nombre] == Modo.NINGUNO:  # said so since it was enqueued
        Aviso.objects.filter(pk=aviso.pk).update(modo=Modo.NINGUNO)
        return "sin correo"
    with translation.override(settings.LANGUAGE_CODE):
        correo = como.redactor(aviso)
        if correo is None or not correo.para:
            Aviso.objects.filter(pk=aviso.pk).update(sin_direccion=True)
            return "sin dirección"
        contexto = {
            "sitio": settings.SITIO_NOMBRE,
            "base": settings.DIRECCION_BASE.rstrip("/"),
            "asunto": correo.asunto,
            "baja": direccion_de_baja(aviso.destino, como.clase),
            "clase_de_aviso": como.clase.label,
            "preferencias": direccion_absoluta("/avisos/preferencias/") if aviso.cuenta else "",
            **correo.contexto,
        }
        encabezados = {"Message-ID": identificador(aviso), "Auto-Submitted": "auto-generated"}
        if contexto["baja"]:
            encabezados["List-Unsubscribe"] = f"<{contexto['baja']}>"
            encabezados["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        mensaje = EmailMultiAlternatives(
            subject=f"{settings.EMAIL_SUBJECT_PREFIX}{correo.asunto}",
            body=render_to_string(f"correo/{correo.plantilla}.txt", contexto)
            + render_to_string("correo/pie.txt", contexto),
            to=[correo.para],
            headers=encabezados,
        )
        mensaje.attach_alternative(
            render_to_string(f"correo/{correo.plantilla}.html", contexto), "text/html"
        )
    for nombre, texto, tipo in correo.adjuntos:
        # As bytes: what is no text/* would be sent in Latin-1, and no receipt with accents could be read.
        mensaje.attach(nombre, texto.encode(), tipo)
    entregar(mensaje)
    ahora = timezone.now()
    Aviso.objects.filter(pk=aviso.pk, enviado_en=None).update(enviado_en=ahora)
    aviso.resumidos.filter(enviado_en=None).update(enviado_en=ahora)
    return "enviado"


def _en_tandas(cosas: list[T], cuantas: int) -> Iterator[list[T]]:
    for i in range(0, len(cosas), cuantas):
        yield cosas[i : i + cuantas]
