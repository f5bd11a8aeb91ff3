"""What came by other ways, judged before anything is written: where it goes, when it came, what it says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from comun.errores import Conflicto, DatoInvalido, FueraDePlazo
from comun.fechas import dia_de, ultimo_dia
from comun.textos import limpiar_linea
from consulta.aportes.enums import Canal, TipoAporte
from consulta.aportes.flows.adjuntar import Elegido
from consulta.aportes.flows.contenido import Contenido, revisar
from consulta.aportes.flows.invitados import revisar_correo
from consulta.aportes.flows.postura import comprobar_postura
from consulta.aportes.models import Aporte
from consulta.aportes.permissions import VERBO_DE
from consulta.procesos.enums import TipoEtapa
from consulta.procesos.models import Asunto, Consulta

CANALES = (Canal.OFICIO, Canal.MESA, Canal.PAPEL)
LARGO_REFERENCIA = 80
INSTANTE = timedelta(microseconds=1)
"""The least the clock tells: what came in at the closing came before it."""


@dataclass(frozen=True)
class Ingreso:
    """How it came. `recibido` is the day it arrived, in Santiago; `correo`, where its author gets a
    receipt, if they left one; `referencia`, the number of the letter or the name of the workshop."""

    canal: Canal
    recibido: date
    referencia: str = ""
    correo: str = ""


@dataclass(frozen=True)
class Entrada:
    """One contribution to enter. `asunto` is what a comment speaks of (None: the consultation as a
    whole); `padre` what a reply answers: a row, or the key of one entered before it."""

    contenido: Contenido
    ingreso: Ingreso
    clave: UUID
    tipo: TipoAporte = TipoAporte.PROPUESTA
    asunto: Asunto | None = None
    padre: Aporte | UUID | None = None
    adjuntos: Sequence[Elegido] = ()


def revisar_entrada(entrada: Entrada, consulta: Consulta) -> Entrada:
    """The same, cleaned. Raises Conflicto or DatoInvalido naming the field. Writes and reads nothing."""
    tipo, padre = entrada.tipo, entrada.padre
    if (tipo is TipoAporte.REPLICA) != (padre is not None):
        raise DatoInvalido(_("Una réplica responde a otro aporte."), campo="padre")
    if isinstance(padre, Aporte):
        if padre.consulta_id != consulta.pk:
            raise DatoInvalido(_("Responde a un aporte de otra consulta."), campo="padre")
        if not padre.es_visible:
            raise Conflicto(_("El aporte al que responde ya no está publicado."), campo="padre")
    referencia = _referencia(entrada.ingreso)
    correo = revisar_correo(entrada.ingreso.correo) if entrada.ingreso.correo else ""
    limpio = revisar(entrada.contenido, tipo)
    if limpio.postura:
        comprobar_postura(limpio.postura, consulta, tipo)
    if not limpio.firma and not limpio.organizacion:
        raise DatoInvalido(_("Escriba en nombre de quién la ingresa."), campo="firma")
    ingreso = replace(entrada.ingreso, referencia=referencia, correo=correo)
    return replace(entrada, contenido=limpio, ingreso=ingreso)


def recibido_en(consulta: Consulta, tipo: TipoAporte, recibido: date, ahora: datetime) -> datetime:
    """The instant by which it is dated, inside the window. Raises FueraDePlazo, or DatoInvalido
    (`recibido`) for a day to come."""
    etapa = consulta.etapa
    if not consulta.publicada or VERBO_DE.get(tipo) not in TipoEtapa(etapa.tipo).permite:
        raise FueraDePlazo(_("Esta consulta no recibe este tipo de aportes."))
    instante = min(timezone.make_aware(datetime.combine(recibido, time(12))), ahora)
    if recibido > timezone.localtime(ahora).date():
        raise DatoInvalido(_("La fecha en que se recibió no puede ser futura."), campo="recibido")
    if etapa.inicio is None or etapa.fin is None:
        raise FueraDePlazo(_("La etapa de esta consulta no tiene fechas."))
    # The first and the last day of the window count whole, whatever the hour the letter was stamped.
    if not dia_de(etapa.inicio) <= recibido <= ultimo_dia(etapa.fin) or ahora < etapa.inicio:
        raise FueraDePlazo(_("Se recibió fuera del plazo de la consulta: no se puede ingresar."))
    return min(max(instante, etapa.inicio), etapa.fin - INSTANTE)


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
