"""Correcting one's own words while the stage is open: a new version, the former stays (INV-06)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun import buscador
from comun.auditoria import registrar
from comun.avisos import avisar
from comun.errores import Conflicto, FueraDePlazo, SinPermiso
from comun.limites import gastar
from consulta.aportes.cambiados import aporte_cambiado
from consulta.aportes.divisiones import divisiones_de
from consulta.aportes.enums import TipoAporte
from consulta.aportes.flows.adjuntar import Elegido, adjuntar
from consulta.aportes.flows.anotar import anotar_propuesta
from consulta.aportes.flows.bloquear import exigir_sin_bloqueo
from consulta.aportes.flows.contenido import Contenido, revisar
from consulta.aportes.flows.postura import comprobar_postura
from consulta.aportes.flows.preguntas import Pregunta, preguntar, sobre_datos
from consulta.aportes.flows.quitar import bajo_llave
from consulta.aportes.models import Aporte, AporteVersion, Huella
from consulta.aportes.permissions import es_suyo, puede_corregir
from consulta.aportes.recibos import lo_escrito
from consulta.aportes.recuentos import mover_postura
from consulta.aportes.respondidos import tiene_respuesta
from cuentas.models import User


@transaction.atomic
def corregir_aporte(
    *,
    aporte: Aporte,
    contenido: Contenido,
    por: User | None,
    version: int,
    codigo: str = "",
    adjuntos: Sequence[Elegido] = (),
    conservar: Collection[int] | None = None,
    preguntas: Collection[Pregunta] = (),
    ahora: datetime | None = None,
) -> Aporte:
    """Write version n+1 with a receipt of its own, and show it from now on.

    The author proves to be so by account or by `codigo`. `version` is the one they had before them:
    if another tab corrected it meanwhile, nothing is written over. Signature, organisation and voice
    stay, and so does the stance where none is given. `adjuntos` are files uploaded before
    (`subir_adjunto`); `conservar` the ids of those it had that stay (None: all). What was answered is not
    corrected any more, not even while a review of the answer is open: the answer stands, and speaks of
    those very words.

    Raises SinPermiso (a blocked author, too), FueraDePlazo, DatoInvalido (naming the field), Conflicto
    or, where `preguntas` asks about what it now shows, MuestraDatos.
    """
    ahora = ahora or timezone.now()
    aporte = bajo_llave(aporte)
    if not es_suyo(por, aporte, codigo):
        raise SinPermiso(_("Solo quien escribió un aporte puede corregirlo."))
    if tiene_respuesta(aporte):
        raise Conflicto(
            _(
                "Este aporte ya tiene respuesta, que habla de lo que dice ahora: no se corrige, "
                "tampoco mientras la respuesta se revisa. "
                "Si quiere agregar algo, responda en su hilo."
            )
        )
    # Their own block, also where they come by the code.
    exigir_sin_bloqueo(aporte.autoria.cuenta, ahora, correo=aporte.autoria.correo)
    if not puede_corregir(por, aporte, ahora, codigo):
        raise FueraDePlazo(_("El plazo terminó: el aporte ya no se puede corregir."))
    antes = aporte.contenido
    if version != aporte.version:
        raise Conflicto(
            _(
                "Este aporte se corrigió en otra pestaña u otro equipo mientras usted escribía. "
                "Compare con el texto vigente y envíe otra vez si quiere reemplazarlo."
            )
        )
    limpio = revisar(contenido, TipoAporte(aporte.tipo))
    if limpio.postura:
        comprobar_postura(limpio.postura, aporte.consulta, TipoAporte(aporte.tipo))
    postura = aporte.postura
    clasificacion = _clasificacion(aporte, limpio)
    archivos = _cambian_los_archivos(aporte, adjuntos, conservar)
    nuevo = (limpio.titulo, limpio.texto, limpio.campos)
    mismo = nuevo == (antes.titulo or "", antes.texto, antes.campos or {})
    if mismo and not clasificacion and not archivos:
        raise Conflicto(_("No cambió nada: el texto es el mismo que ya está publicado."))
    dicho = Contenido(texto=antes.texto or "", titulo=antes.titulo or "", campos=antes.campos or {})
    preguntar([sobre_datos(limpio, dicho)], preguntas)
    gastar("corregir", f"aporte:{aporte.pk}", ahora)
    aporte.version += 1
    siguiente = AporteVersion.objects.create(
        aporte=aporte,
        n=aporte.version,
        titulo=limpio.titulo,
        texto=limpio.texto,
        campos=limpio.campos,
        en=ahora,
    )
    aporte.actuales = [siguiente]
    aporte.save(update_fields=["version", *clasificacion])
    mover_postura(aporte, antes=postura)
    anotar_propuesta(aporte)
    Huella.objects.filter(aporte=aporte).delete()  # the clock compares the new words
    if archivos:
        adjuntar(aporte=aporte, elegidos=adjuntos, por=por, ahora=ahora, conservar=conservar)
    registrar(
        verbo="corregir_aporte",
        objeto=aporte,
        por=por,
        ahora=ahora,
        antes={"version": antes.n},
        despues={
            "version": siguiente.n,
            "cambia": [*clasificacion, *archivos],
            **lo_escrito(siguiente),
        },
    )
    avisar(
        destino=f"aporte:{aporte.pk}",
        razon="recibo",
        objeto=aporte,
        ahora=ahora,
        version=siguiente.n,
    )
    _pedir_que_miren_los_puntos(aporte, siguiente, ahora)
    buscador.proyectar([aporte])
    aporte_cambiado(aporte=aporte, ahora=ahora)
    return aporte


def _pedir_que_miren_los_puntos(aporte: Aporte, version: AporteVersion, ahora: datetime) -> None:
    """Its points quote the words it had: whoever divided it is asked to look again."""
    for grupo in divisiones_de(aporte):
        if grupo.creado_por_id is not None:
            avisar(
                destino=f"cuenta:{grupo.creado_por_id}",
                razon="division_corregida",
                objeto=grupo,
                ahora=ahora,
                version=version.n,
            )


def _cambian_los_archivos(
    aporte: Aporte, adjuntos: Sequence[Elegido], conservar: Collection[int] | None
) -> list[str]:
    """Names «archivos» when some come or some go."""
    if adjuntos:
        return ["archivos"]
    if conservar is None:
        return []
    fuera = aporte.adjuntos.filter(hasta=None).exclude(pk__in=conservar).exists()
    return ["archivos"] if fuera else []


def _clasificacion(aporte: Aporte, contenido: Contenido) -> list[str]:
    """Set what a proposal is classified by, and the stance where one is given; names what changed."""
    quiere: dict[str, object] = {"postura": contenido.postura or aporte.postura}
    if aporte.tipo == TipoAporte.PROPUESTA:
        quiere |= {
            "tema_id": contenido.tema.pk if contenido.tema else None,
            "region": contenido.region,
            "tipo_autor": contenido.tipo_autor,
        }
    cambia = [campo for campo, valor in quiere.items() if getattr(aporte, campo) != valor]
    for campo in cambia:
        setattr(aporte, campo, quiere[campo])
    return [campo.removesuffix("_id") for campo in cambia]
