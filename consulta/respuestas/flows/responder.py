"""Answering one contribution from a form: the first answer, or the correction of a published one."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comun.errores import Conflicto, DatoInvalido
from comun.textos import limpiar
from consulta.aportes.models import Aporte
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.borrador import descartar_borradores
from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura, LineaDePunto
from consulta.respuestas.flows.publicar import publicar_version
from consulta.respuestas.flows.sellar import sellar_respuesta
from consulta.respuestas.models import Cobertura, Respuesta, RespuestaVersion
from cuentas.models import Institucion, User


@dataclass(frozen=True)
class Publicacion:
    """What came out. `nueva` is false when this very answer had been published before. One that waits
    for its approvals is sealed and not published: `version.publicada_en` is None."""

    version: RespuestaVersion
    nueva: bool


@transaction.atomic
def responder_aporte(
    *,
    aporte: Aporte,
    resultado: Resultado,
    destino: DestinoElegido,
    razon: str,
    institucion: Institucion,
    por: User,
    base: int = 0,
    version_leida: int | None = None,
    linea: str = "",
    motivo_cambio: str = "",
    solo_redaccion: bool = False,
    puntos: tuple[LineaDePunto, ...] = (),
    sumar_a: Respuesta | None = None,
    ahora: datetime | None = None,
) -> Publicacion:
    """Publish an answer to `aporte`, or the next version of the one it has; where the consultation
    asks for approvals, seal it, to be published once it has them. With `sumar_a` it joins that
    response of the same institution, whose next version covers it alone.

    `base` is the id of the version the author saw as current, 0 for none. When another one is
    current by now: the same words (a double click, a reload) give that one back, others raise
    Conflicto. `version_leida` is the version of the contribution they read. Raises DatoInvalido
    when a correction changes nothing, and what `sellar_respuesta` raises.
    """
    Aporte.objects.select_for_update().get(pk=aporte.pk)
    vigente = Cobertura.objects.vigentes_de([aporte]).get(aporte.pk)
    # Of a divided contribution one would compare each point: its correction says why it is one.
    igual = (
        vigente is not None
        and not puntos
        and _dice_lo_mismo(vigente, resultado, destino, razon, linea)
    )
    if vigente is not None and vigente.version_id != base:
        if igual:
            return Publicacion(vigente.version, nueva=False)
        raise Conflicto(
            _(
                "Mientras usted escribía, se publicó otra respuesta a este aporte. Lo que usted "
                "escribió sigue aquí: lea la publicada y, si corresponde, publique una corrección."
            )
        )
    if igual:
        raise DatoInvalido(_("La respuesta no cambió: corrija el texto, o déjela como está."))
    if vigente is None and sumar_a is not None:
        if sumar_a.institucion_id != institucion.pk or sumar_a.consulta_id != aporte.consulta_id:
            raise DatoInvalido(_("Esa respuesta es de otra institución."), campo="sumar")
        motivo_cambio = motivo_cambio or _("Se suma %(folio)s.") % {"folio": aporte.folio}
    version = sellar_respuesta(
        coberturas=[LineaDeCobertura(aporte, resultado, destino, linea, version_leida, puntos)],
        razon=razon,
        institucion=institucion,
        por=por,
        respuesta=vigente.version.respuesta if vigente is not None else sumar_a,
        motivo_cambio=motivo_cambio,
        solo_redaccion=solo_redaccion,
        ahora=ahora,
    )
    if not aporte.consulta.conformidades:
        version = publicar_version(version=version, por=por, ahora=ahora)
    descartar_borradores(aportes=[aporte.pk], institucion=institucion)
    return Publicacion(version, nueva=True)


def _dice_lo_mismo(
    cobertura: Cobertura, resultado: Resultado, destino: DestinoElegido, razon: str, linea: str
) -> bool:
    dicho = cobertura.destino
    return (
        cobertura.version.razon == limpiar(razon)
        and cobertura.resultado == resultado
        and cobertura.linea == limpiar(linea)
        and dicho.fragmento == destino.fragmento
        and dicho.compromiso == destino.compromiso
        and dicho.evento_id == (destino.evento.pk if destino.evento else None)
        and dicho.porque_nada == limpiar(destino.porque_nada)
    )
