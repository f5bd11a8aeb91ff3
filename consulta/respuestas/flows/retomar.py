"""Writing on from an answer that was sent back: a draft with its very words."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, SinPermiso
from consulta.aportes.models import Aporte
from consulta.respuestas.enums import Sentido
from consulta.respuestas.flows.dejar import dejar_sin_efecto, selladas_bajo_llave
from consulta.respuestas.models import (
    Borrador,
    Cobertura,
    Conformidad,
    FilaDeBorrador,
    RespuestaVersion,
)
from consulta.respuestas.permissions import puede_publicar
from cuentas.models import User


@transaction.atomic
def retomar(
    *, version: RespuestaVersion, por: User, motivo: str = "", ahora: datetime | None = None
) -> Borrador:
    """A draft of the institution with the sealed words, for each contribution that still stands; what
    somebody is already writing about one of them stays as it is.

    A version that was waiting is left without effect: `motivo` says why, and may be empty where a
    member asked for changes. Raises SinPermiso, DatoInvalido (naming the field) or Conflicto (it is
    published, or nothing it covers may be answered any more).
    """
    ahora = ahora or timezone.now()
    cubiertos = Cobertura.objects.filter(version=version, punto=None).values("aporte")
    aportes = Aporte.objects.select_for_update().filter(pk__in=cubiertos).order_by("pk")
    list(aportes.values_list("pk"))
    (fila,) = selladas_bajo_llave([version.pk])
    if not puede_publicar(por, fila.respuesta):
        raise SinPermiso(_("Esta respuesta es de otra institución."))
    if fila.sin_efecto_en is None:
        dejar_sin_efecto(version=fila, motivo=motivo or _pedido(fila), por=por, ahora=ahora)
    borrador = _borrador(fila, por, ahora)
    registrar(
        verbo="retomar_respuesta",
        objeto=borrador,
        por=por,
        ahora=ahora,
        despues={"version": fila.pk, "sha256": fila.sha256},
    )
    return borrador


def _pedido(version: RespuestaVersion) -> str:
    """Who asked for changes last, as a reason; empty when nobody did."""
    pidio = Conformidad.objects.filter(version=version, sentido=Sentido.PIDE_CAMBIOS)
    ultima = pidio.select_related("mandato").order_by("-en", "-pk").first()
    if ultima is None:
        return ""
    return _("%(quien)s pidió cambios en nombre de su sector.") % {"quien": ultima.mandato.nombre}


def _borrador(version: RespuestaVersion, por: User, ahora: datetime) -> Borrador:
    respuesta = version.respuesta
    filas = Cobertura.objects.filter(version=version).select_related("aporte", "destino")
    vivas = [c for c in filas.order_by("pk") if c.aporte.es_visible and c.aporte.exige_respuesta]
    ids = {c.aporte_id for c in vivas}
    ajenas = Cobertura.objects.publicadas().filter(aporte__in=ids)
    ids -= set(ajenas.exclude(version__respuesta=respuesta).values_list("aporte_id", flat=True))
    if not ids:
        raise Conflicto(_("Nada de lo que responde espera ya una respuesta."))
    escritas = FilaDeBorrador.objects.filter(institucion=respuesta.institucion_id, aporte__in=ids)
    previa = escritas.select_related("borrador").order_by("pk").first()
    nuevas = ids - set(escritas.values_list("aporte_id", flat=True))
    if not nuevas and previa is not None:
        return previa.borrador
    borrador = Borrador.objects.create(
        consulta_id=respuesta.consulta_id,
        institucion_id=respuesta.institucion_id,
        respuesta=respuesta if respuesta.versiones.publicadas().exists() else None,
        lote=version.lote if version.lote and version.lote.publicado_en is None else None,
        rama_id=version.rama_id,
        rama_hasta=version.rama_hasta,
        razon=version.razon,
        motivo_cambio=version.motivo_cambio,
        solo_redaccion=version.solo_redaccion,
        editor=por,
        creado_en=ahora,
        modificado_en=ahora,
        anotado_en=ahora,
    )
    FilaDeBorrador.objects.bulk_create(
        FilaDeBorrador(
            borrador=borrador,
            institucion_id=respuesta.institucion_id,
            aporte_id=c.aporte_id,
            datos=datos_de_cobertura(c, [p for p in vivas if p.aporte_id == c.aporte_id]),
            version_leida=c.version_leida,
        )
        for c in vivas
        if c.punto_id is None and c.aporte_id in nuevas
    )
    return borrador


def datos_de_cobertura(general: Cobertura, todas: list[Cobertura]) -> dict[str, Any]:
    """The fields of the form that say what was sealed about one contribution, `todas` being its rows:
    the general one and those of its points."""
    puntos = {str(c.punto_id): _datos(c) for c in todas if c.punto_id is not None}
    return _datos(general) | ({"puntos": puntos} if puntos else {})


def _datos(cobertura: Cobertura) -> dict[str, str]:
    destino = cobertura.destino
    ids = {
        "fragmento": destino.fragmento_id,
        "compromiso": destino.compromiso_id,
        "evento": destino.evento_id,
    }
    return {
        "resultado": cobertura.resultado,
        "linea": cobertura.linea,
        "destino": next((nombre for nombre, pk in ids.items() if pk), "nada"),
        "porque_nada": destino.porque_nada,
        **{nombre: str(pk or "") for nombre, pk in ids.items()},
    }
