"""Entering what came by other ways: the author is who wrote it, never who typed it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar_varios
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from consulta.aportes.codigos import codigo_de, huella_de_codigo, nueva_sal
from consulta.aportes.enums import TipoAporte
from consulta.aportes.flows.adjuntar import Elegido, adjuntar
from consulta.aportes.flows.anotar import anotar_nuevas, valores_de
from consulta.aportes.flows.contenido import LARGO_NOMBRE, Contenido
from consulta.aportes.flows.entradas import (
    CANALES,
    Entrada,
    Ingreso,
    recibido_en,
    revisar_entrada,
)
from consulta.aportes.flows.recepcion import recibir_ingresados
from consulta.aportes.models import Aporte, AporteVersion, Autoria
from consulta.aportes.permissions import puede_ingresar
from consulta.aportes.recibos import lo_escrito
from consulta.procesos.models import Asunto, Consulta
from cuentas.models import User

__all__ = ["CANALES", "Entrada", "Ingreso", "ingresar_aporte", "ingresar_aportes"]


def ingresar_aporte(
    *,
    consulta: Consulta,
    contenido: Contenido,
    ingreso: Ingreso,
    por: User,
    clave: UUID,
    adjuntos: Sequence[Elegido] = (),
    tipo: TipoAporte = TipoAporte.PROPUESTA,
    asunto: Asunto | None = None,
    padre: Aporte | None = None,
    ahora: datetime | None = None,
) -> Aporte:
    """Enter a contribution on behalf of whoever sent it: `ingresar_aportes` of one."""
    entrada = Entrada(contenido, ingreso, clave, tipo, asunto, padre, adjuntos)
    return ingresar_aportes(consulta=consulta, entradas=[entrada], por=por, ahora=ahora)[0]


def ingresar_aportes(
    *,
    consulta: Consulta,
    entradas: Sequence[Entrada],
    por: User,
    ahora: datetime | None = None,
) -> list[Aporte]:
    """Enter contributions on behalf of those who sent them, all or none, in this order of folios.

    Each is dated the day it was received, which must lie in the window of the stage (INV-04), and
    shows who entered it and by what way it came. The same `clave` again is the same entry. The cost
    is a constant number of statements, and two for each level of replies inside `entradas`; the
    folio counter is held while the last of them run. Raises SinPermiso, FueraDePlazo, Conflicto,
    DatoInvalido (`referencia`: a letter needs its number; `firma`: nobody to sign for; `recibido`:
    in the future; `padre`).
    """
    ahora = ahora or timezone.now()
    if not puede_ingresar(por, consulta):
        raise SinPermiso(_("Solo la secretaría técnica ingresa aportes en nombre de otros."))
    try:
        return _ingresar(consulta, entradas, por, ahora)
    except IntegrityError:
        # Somebody entered one of them at the same moment: now it is there to be found.
        if not _previos(entradas):
            raise
        return _ingresar(consulta, entradas, por, ahora)


def _previos(entradas: Sequence[Entrada]) -> dict[UUID, Aporte]:
    """Those already entered, and the parents that are named by their key."""
    claves = {e.clave for e in entradas} | {e.padre for e in entradas if isinstance(e.padre, UUID)}
    filas = Aporte.objects.filter(clave_idempotencia__in=claves)
    return {a.clave_idempotencia: a for a in filas.select_related("consulta", "asunto__consulta")}


def _ingresar(
    consulta: Consulta, entradas: Sequence[Entrada], por: User, ahora: datetime
) -> list[Aporte]:
    hechos = _previos(entradas)
    if any(e.clave in hechos and hechos[e.clave].ingresado_por_id != por.pk for e in entradas):
        raise Conflicto(_("Este formulario ya se usó: ábralo de nuevo."))
    nuevas = []
    for entrada in entradas:
        if entrada.clave in hechos:
            continue
        if isinstance(entrada.padre, UUID) and entrada.padre in hechos:
            entrada = replace(entrada, padre=hechos[entrada.padre])
        instante = recibido_en(consulta, entrada.tipo, entrada.ingreso.recibido, ahora)
        nuevas.append((revisar_entrada(entrada, consulta), instante))
    if nuevas:
        with transaction.atomic():
            hechos |= _escribir(consulta, nuevas, por, ahora)
    return [hechos[e.clave] for e in entradas]


Revisada = tuple[Entrada, datetime]


def _escribir(
    consulta: Consulta, nuevas: Sequence[Revisada], por: User, ahora: datetime
) -> dict[UUID, Aporte]:
    general = None
    if any(e.asunto is None and e.padre is None for e, _instante in nuevas):
        general, _creado = Asunto.objects.get_or_create(consulta=consulta, fragmento=None)
    filas: dict[UUID, Aporte] = {}
    quedan = list(nuevas)
    while quedan:
        # A reply waits for the row it answers to have a key: one round per level.
        listas = [r for r in quedan if not isinstance(r[0].padre, UUID) or r[0].padre in filas]
        if not listas:
            raise DatoInvalido(_("Responde a un aporte que no está."), campo="padre")
        ronda = [_fila(consulta, e, instante, general, filas, por) for e, instante in listas]
        for aporte in Aporte.objects.bulk_create(ronda):
            filas[aporte.clave_idempotencia] = aporte
        quedan = [r for r in quedan if r[0].clave not in filas]
    pares = [(filas[e.clave], e) for e, _instante in nuevas]
    _escribir_palabras(pares)
    _escribir_autores(pares)
    aportes = [aporte for aporte, _entrada in pares]
    anotar_nuevas(aportes)
    for aporte, entrada in pares:
        if entrada.adjuntos:
            adjuntar(aporte=aporte, elegidos=entrada.adjuntos, por=por, ahora=ahora)
    registrar_varios(
        verbo="ingresar_aporte",
        por=por,
        ahora=ahora,
        cambios=[
            (
                aporte,
                {
                    "tipo": aporte.tipo,
                    "canal": aporte.canal,
                    "referencia": aporte.referencia,
                    "recibido": aporte.enviado_en.isoformat(),
                    **lo_escrito(aporte.contenido),
                },
            )
            for aporte in aportes
        ],
    )
    recibir_ingresados(aportes, ahora)
    return filas


def _fila(
    consulta: Consulta,
    entrada: Entrada,
    instante: datetime,
    general: Asunto | None,
    filas: dict[UUID, Aporte],
    por: User,
) -> Aporte:
    contenido, padre = entrada.contenido, entrada.padre
    if isinstance(padre, UUID):
        padre = filas[padre]
    asunto = padre.asunto if padre is not None else (entrada.asunto or general)
    assert asunto is not None  # noqa: S101  (the general one was made for those that have none)
    asunto.consulta = consulta
    aporte = Aporte(
        consulta=consulta,
        asunto=asunto,
        tipo=entrada.tipo,
        padre=padre,
        raiz_id=None if padre is None else (padre.raiz_id or padre.pk),
        enviado_en=instante,
        canal=entrada.ingreso.canal,
        ingresado_por=por,
        referencia=entrada.ingreso.referencia,
        tema=contenido.tema,
        region=contenido.region,
        tipo_autor=contenido.tipo_autor,
        postura=contenido.postura,
        vence_el=consulta.vence_el(instante),
        clave_idempotencia=entrada.clave,
    )
    if entrada.tipo is TipoAporte.PROPUESTA:
        aporte.valores = valores_de(contenido.campos)
    return aporte


def _escribir_palabras(pares: Sequence[tuple[Aporte, Entrada]]) -> None:
    versiones = AporteVersion.objects.bulk_create(
        AporteVersion(
            aporte=aporte,
            n=1,
            titulo=entrada.contenido.titulo,
            texto=entrada.contenido.texto,
            campos=entrada.contenido.campos,
            en=aporte.enviado_en,
        )
        for aporte, entrada in pares
    )
    for version in versiones:
        version.aporte.actuales = [
            version
        ]  # as `con_texto`: what follows reads the words at no cost


def _escribir_autores(pares: Sequence[tuple[Aporte, Entrada]]) -> None:
    autores = []
    for aporte, entrada in pares:
        sal = nueva_sal()
        aporte.autoria = Autoria(
            aporte=aporte,
            nombre_publico=(entrada.contenido.firma or "")[:LARGO_NOMBRE],
            organizacion=entrada.contenido.organizacion,
            correo=entrada.ingreso.correo,
            codigo_hash=huella_de_codigo(codigo_de(aporte_id=aporte.pk, sal=sal)),
            sal=sal,
        )
        autores.append(aporte.autoria)
    Autoria.objects.bulk_create(autores)
