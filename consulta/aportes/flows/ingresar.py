"""Entering what came by other ways: the author is who wrote it, never who typed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, FueraDePlazo, SinPermiso
from comun.textos import limpiar_linea
from consulta.aportes.codigos import codigo_de, huella_de_codigo, nueva_sal
from consulta.aportes.enums import Canal, TipoAporte
from consulta.aportes.flows.adjuntar import Elegido, adjuntar
from consulta.aportes.flows.anotar import anotar_propuesta
from consulta.aportes.flows.contenido import LARGO_NOMBRE, Contenido, revisar
from consulta.aportes.flows.recepcion import recibir_aporte
from consulta.aportes.models import Aporte, AporteVersion, Autoria
from consulta.aportes.permissions import VERBO_DE, puede_ingresar
from consulta.aportes.recibos import lo_escrito
from consulta.procesos.enums import TipoEtapa
from consulta.procesos.models import Asunto, Consulta
from cuentas.models import User

CANALES = (Canal.OFICIO, Canal.MESA, Canal.PAPEL)
LARGO_REFERENCIA = 80


@dataclass(frozen=True)
class Ingreso:
    """How it came. `recibido` is the day it arrived, in Santiago; `correo`, where its author gets a
    receipt, if they left one; `referencia`, the number of the letter or the name of the workshop."""

    canal: Canal
    recibido: date
    referencia: str = ""
    correo: str = ""


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
    """Enter a contribution on behalf of whoever sent it. It is dated the day it was received, which must
    lie in the window of the stage (INV-04), and shows who entered it and by what way it came.

    `asunto` is what a comment speaks of (the consultation as a whole), `padre` what a reply answers.
    The same `clave` again is the same entry. Raises SinPermiso, FueraDePlazo, Conflicto, DatoInvalido
    (`referencia`: a letter needs its number; `firma`: nobody to sign for; `recibido`: in the future).
    """
    ahora = ahora or timezone.now()
    if not puede_ingresar(por, consulta):
        raise SinPermiso(_("Solo la secretaría técnica ingresa aportes en nombre de otros."))
    previo = Aporte.objects.filter(clave_idempotencia=clave).select_related("consulta").first()
    if previo is not None:
        return _el_mismo(previo, por)
    recibido_en = _instante(consulta, tipo, ingreso, ahora)
    lugar = _lugar(consulta, tipo, asunto, padre)
    referencia = _referencia(ingreso)
    limpio = revisar(contenido, tipo)
    if not limpio.firma and not limpio.organizacion:
        raise DatoInvalido(_("Escriba en nombre de quién la ingresa."), campo="firma")
    try:
        with transaction.atomic():
            return _escribir(
                lugar, limpio, ingreso, referencia, recibido_en, por, clave, adjuntos, ahora
            )
    except IntegrityError:
        previo = Aporte.objects.filter(clave_idempotencia=clave).select_related("consulta").first()
        if previo is None:
            raise
        return _el_mismo(previo, por)


def _el_mismo(previo: Aporte, por: User) -> Aporte:
    if previo.ingresado_por_id != por.pk:
        raise Conflicto(_("Este formulario ya se usó: ábralo de nuevo."))
    return previo


@dataclass(frozen=True)
class _Lugar:
    """Where it goes: what it is, what it speaks of, what it answers."""

    tipo: TipoAporte
    asunto: Asunto
    padre: Aporte | None


def _lugar(
    consulta: Consulta, tipo: TipoAporte, asunto: Asunto | None, padre: Aporte | None
) -> _Lugar:
    if (tipo is TipoAporte.REPLICA) != (padre is not None):
        raise DatoInvalido(_("Una réplica responde a otro aporte."), campo="padre")
    if padre is not None:
        if padre.consulta_id != consulta.pk:
            raise DatoInvalido(_("Responde a un aporte de otra consulta."), campo="padre")
        if not padre.es_visible:
            raise Conflicto(_("El aporte al que responde ya no está publicado."), campo="padre")
        return _Lugar(tipo, padre.asunto, padre)
    if asunto is None:
        asunto, _nuevo = Asunto.objects.get_or_create(consulta=consulta, fragmento=None)
    asunto.consulta = consulta
    return _Lugar(tipo, asunto, None)


def _instante(consulta: Consulta, tipo: TipoAporte, ingreso: Ingreso, ahora: datetime) -> datetime:
    etapa = consulta.etapa
    if not consulta.publicada or VERBO_DE.get(tipo) not in TipoEtapa(etapa.tipo).permite:
        raise FueraDePlazo(_("Esta consulta no recibe este tipo de aportes."))
    mediodia = timezone.make_aware(datetime.combine(ingreso.recibido, time(12)))
    recibido = min(mediodia, ahora)
    if ingreso.recibido > timezone.localtime(ahora).date():
        raise DatoInvalido(_("La fecha en que se recibió no puede ser futura."), campo="recibido")
    if etapa.inicio is None or etapa.fin is None:
        raise FueraDePlazo(_("La etapa de esta consulta no tiene fechas."))
    # The first and the last day of the window count whole, whatever the hour the letter was stamped.
    inicio, ultimo = timezone.localtime(etapa.inicio), timezone.localtime(etapa.fin)
    if not inicio.date() <= ingreso.recibido <= ultimo.date() or recibido < etapa.inicio:
        if ingreso.recibido == inicio.date() and etapa.inicio <= ahora:
            return etapa.inicio
        raise FueraDePlazo(_("Se recibió fuera del plazo de la consulta: no se puede ingresar."))
    return min(recibido, etapa.fin)


def _referencia(ingreso: Ingreso) -> str:
    referencia = limpiar_linea(ingreso.referencia)[:LARGO_REFERENCIA]
    if ingreso.canal not in CANALES:
        raise DatoInvalido(
            _("Elija cómo llegó: por oficio, de una mesa o en papel."), campo="canal"
        )
    if ingreso.canal is Canal.OFICIO and not referencia:
        raise DatoInvalido(_("Escriba el número del oficio."), campo="referencia")
    if ingreso.canal is Canal.MESA and not referencia:
        raise DatoInvalido(_("Escriba de qué mesa viene."), campo="referencia")
    return referencia


def _escribir(
    lugar: _Lugar,
    contenido: Contenido,
    ingreso: Ingreso,
    referencia: str,
    recibido_en: datetime,
    por: User,
    clave: UUID,
    adjuntos: Sequence[Elegido],
    ahora: datetime,
) -> Aporte:
    consulta, padre = lugar.asunto.consulta, lugar.padre
    aporte = Aporte.objects.create(
        consulta=consulta,
        asunto=lugar.asunto,
        tipo=lugar.tipo,
        padre=padre,
        raiz_id=None if padre is None else (padre.raiz_id or padre.pk),
        enviado_en=recibido_en,
        canal=ingreso.canal,
        ingresado_por=por,
        referencia=referencia,
        tema=contenido.tema,
        region=contenido.region,
        tipo_autor=contenido.tipo_autor,
        postura=contenido.postura,
        vence_el=consulta.responder_antes_de,
        clave_idempotencia=clave,
    )
    version = AporteVersion.objects.create(
        aporte=aporte,
        n=1,
        titulo=contenido.titulo,
        texto=contenido.texto,
        campos=contenido.campos,
        en=recibido_en,
    )
    sal = nueva_sal()
    aporte.autoria = Autoria.objects.create(
        aporte=aporte,
        nombre_publico=(contenido.firma or "")[:LARGO_NOMBRE],
        organizacion=contenido.organizacion,
        correo=ingreso.correo,
        codigo_hash=huella_de_codigo(codigo_de(aporte_id=aporte.pk, sal=sal)),
        sal=sal,
    )
    anotar_propuesta(aporte)
    adjuntar(aporte=aporte, elegidos=adjuntos, por=por, ahora=ahora)
    registrar(
        verbo="ingresar_aporte",
        objeto=aporte,
        por=por,
        ahora=ahora,
        despues={
            "tipo": lugar.tipo,
            "canal": ingreso.canal,
            "referencia": referencia,
            "recibido": recibido_en.isoformat(),
            **lo_escrito(version),
        },
    )
    recibir_aporte(aporte, ahora)
    return aporte
