"""One response for many: a shared text with a row for each contribution, gathered, kept, sealed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta
from consulta.respuestas.flows.borrador import (
    COMUNES,
    exigir_visto,
    guardar_y_anotar,
    limpiar_campos,
)
from consulta.respuestas.flows.coberturas import conflictos_de
from consulta.respuestas.flows.lineas import Dicho, Leidas, Reparo, leer_lineas
from consulta.respuestas.flows.publicar import publicar_version
from consulta.respuestas.flows.sellar import Rama, de_quien_es, lote_abierto, sellar_respuesta
from consulta.respuestas.models import Borrador, FilaDeBorrador, Lote, Respuesta, RespuestaVersion
from consulta.respuestas.permissions import puede_preparar, puede_redactar, puede_responder
from cuentas.models import Institucion, User

MAXIMO = 1_000
"""Contributions of one response."""


@dataclass
class Reunidos:
    """A new draft, and what could not stand in it with the reason."""

    borrador: Borrador
    fuera: list[Reparo] = field(default_factory=list)


class FilasConReparos(DatoInvalido):
    """Some rows of a draft cannot be sealed as they are."""

    def __init__(self, reparos: list[Reparo]) -> None:
        primero = reparos[0]
        texto = f"{primero.aporte.folio}: {primero.texto}"
        if len(reparos) > 1:
            texto = _("%(n)s filas necesitan atención. La primera: %(uno)s") % {
                "n": len(reparos),
                "uno": texto,
            }
        super().__init__(texto, campo="filas")
        self.reparos = reparos


@transaction.atomic
def reunir_borrador(
    *,
    aportes: Iterable[int],
    consulta: Consulta,
    institucion: Institucion,
    por: User,
    razon: str = "",
    comunes: Mapping[str, Any] | None = None,
    filas: Mapping[int, Mapping[str, Any]] | None = None,
    lote: Lote | None = None,
    respuesta: Respuesta | None = None,
    motivo_cambio: str = "",
    solo_redaccion: bool = False,
    rama: Rama | None = None,
    ahora: datetime | None = None,
) -> Reunidos:
    """Begin one response for the contributions with these ids. A constant number of queries.

    What awaits no answer, is in other hands or in another draft of the institution stays out, and is
    told. With `respuesta` it is of the institution that gave that one. Raises SinPermiso, Conflicto (the
    batch was published) or DatoInvalido: none is left (`aportes`), more than `MAXIMO`, too long, a batch
    or a response of somebody else's.
    """
    ahora = ahora or timezone.now()
    institucion = de_quien_es(respuesta, institucion)
    if not puede_redactar(por, institucion):
        raise SinPermiso(_("Su cuenta no puede responder por esa institución."))
    if respuesta is not None and respuesta.consulta_id != consulta.pk:
        raise DatoInvalido(_("Esa respuesta es de otra consulta."), campo="respuesta")
    ids = sorted(set(aportes))
    if len(ids) > MAXIMO:
        raise DatoInvalido(
            _("Una respuesta alcanza para %(m)s aportes: elija menos.") % {"m": MAXIMO},
            campo="aportes",
        )
    list(Aporte.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    lote = lote_abierto(lote, consulta.pk)
    if lote is not None and lote.institucion_id not in (None, institucion.pk):
        raise DatoInvalido(_("Ese lote es de otra institución."), campo="lote")
    if lote is not None and not puede_preparar(por, lote):
        raise SinPermiso(_("Ese lote lo prepara la secretaría técnica."))
    hallados = Aporte.objects.select_related("consulta", "autoria").in_bulk(ids)
    entran, fuera = _separar(hallados, consulta, institucion, por, respuesta)
    if not entran:
        motivo = fuera[0].texto if fuera else _("Elija al menos un aporte.")
        raise DatoInvalido(motivo, campo="aportes")
    textos = limpiar_campos({"razon": razon, "motivo_cambio": motivo_cambio, **(comunes or {})})
    borrador = Borrador(
        consulta=consulta,
        institucion=institucion,
        lote=lote,
        respuesta=respuesta,
        solo_redaccion=solo_redaccion and respuesta is not None,
        creado_en=ahora,
        rama=rama.cabeza if rama else None,
        rama_hasta=rama.hasta if rama else None,
        **{campo: textos.pop(campo) for campo in COMUNES},
        datos={campo: valor for campo, valor in textos.items() if valor},
    )
    guardar_y_anotar(borrador, por=por, ahora=ahora, despues={"aportes": [a.pk for a in entran]})
    FilaDeBorrador.objects.bulk_create(
        FilaDeBorrador(
            borrador=borrador,
            institucion=institucion,
            aporte=aporte,
            version_leida=aporte.version,
            datos=_propios((filas or {}).get(aporte.pk, {})),
        )
        for aporte in entran
    )
    return Reunidos(borrador, fuera)


def _separar(
    hallados: Mapping[int, Aporte],
    consulta: Consulta,
    institucion: Institucion,
    por: User,
    respuesta: Respuesta | None,
) -> tuple[list[Aporte], list[Reparo]]:
    """Those that may stand in a draft, and the others with the reason; three queries."""
    ocupados = set(
        FilaDeBorrador.objects.filter(institucion=institucion, aporte__in=hallados).values_list(
            "aporte_id", flat=True
        )
    )
    conflictos = conflictos_de(hallados, {}, respuesta)
    entran, fuera = [], []
    for aporte in sorted(hallados.values(), key=lambda a: a.n or 0):
        motivo = ""
        if aporte.consulta_id != consulta.pk:
            motivo = _("Es de otra consulta: cada respuesta trata de una sola.")
        elif not puede_responder(por, aporte, institucion):
            motivo = _("Está a cargo de otra institución, o es un aporte suyo.")
        elif aporte.pk in conflictos:
            motivo = conflictos[aporte.pk].mensaje
        elif aporte.pk in ocupados:
            motivo = _("Ya está en otro borrador de su institución.")
        if motivo:
            fuera.append(Reparo(aporte, "aportes", motivo))
        else:
            entran.append(aporte)
    return entran, fuera


@transaction.atomic
def guardar_varios(
    *,
    borrador: Borrador,
    razon: str,
    comunes: Mapping[str, Any],
    filas: Mapping[int, Mapping[str, Any]],
    por: User,
    motivo_cambio: str = "",
    solo_redaccion: bool | None = None,
    leidas: Mapping[int, int] | None = None,
    visto: str = "",
    ahora: datetime | None = None,
) -> Borrador:
    """Keep the shared text, what holds for all rows, and the rows given by contribution id; rows that
    are not given stay as they are, and so do `solo_redaccion` (None) and the `puntos` of a row that names
    none. `leidas` has the version of its words that was before who writes, of each row that says it.
    Three statements, whatever their number.

    Raises SinPermiso, DatoInvalido (too long; `fila-<id>-<campo>` of a row) and Conflicto, as
    `guardar_borrador`.
    """
    ahora = ahora or timezone.now()
    borrador = bajo_llave_de_borrador(borrador, por)
    exigir_visto(borrador, visto, por)
    textos = limpiar_campos({**comunes, "razon": razon, "motivo_cambio": motivo_cambio})
    for campo in COMUNES:
        setattr(borrador, campo, textos.pop(campo))
    borrador.datos = {campo: valor for campo, valor in textos.items() if valor}
    if solo_redaccion is not None:
        borrador.solo_redaccion = solo_redaccion and borrador.respuesta_id is not None
    tocadas = []
    for fila in borrador.filas.filter(aporte__in=filas):
        try:
            propios = _propios(filas[fila.aporte_id])
        except DatoInvalido as error:
            raise DatoInvalido(
                error.mensaje, campo=f"fila-{fila.aporte_id}-{error.campo}"
            ) from error
        if "puntos" not in filas[fila.aporte_id] and "puntos" in fila.datos:
            propios["puntos"] = fila.datos["puntos"]
        leida = (leidas or {}).get(fila.aporte_id, fila.version_leida)
        if (propios, leida) != (fila.datos, fila.version_leida):
            fila.datos, fila.version_leida = propios, leida
            tocadas.append(fila)
    FilaDeBorrador.objects.bulk_update(tocadas, ["datos", "version_leida"], batch_size=200)
    guardar_y_anotar(borrador, por=por, ahora=ahora, despues={"filas": len(tocadas)})
    return borrador


@transaction.atomic
def quitar_de_borrador(
    *, borrador: Borrador, aportes: Iterable[int], por: User, ahora: datetime | None = None
) -> Borrador | None:
    """Take rows out; a draft without rows goes. Raises SinPermiso, Conflicto (it is gone already)."""
    ahora = ahora or timezone.now()
    borrador = bajo_llave_de_borrador(borrador, por)
    fuera = sorted(borrador.filas.filter(aporte__in=list(aportes)).values_list("aporte", flat=True))
    if not fuera:
        return borrador
    borrador.filas.filter(aporte__in=fuera).delete()
    queda = borrador.filas.exists()
    registrar(
        verbo="quitar_de_borrador", objeto=borrador, por=por, ahora=ahora, antes={"aportes": fuera}
    )
    if not queda:
        borrador.delete()
        return None
    borrador.editor, borrador.modificado_en = por, ahora
    borrador.save(update_fields=["editor", "modificado_en"])
    return borrador


@transaction.atomic
def descartar_borrador(*, borrador: Borrador, por: User, ahora: datetime | None = None) -> None:
    """Drop a draft with its rows; what they answer stays pending. Raises SinPermiso, Conflicto."""
    borrador = bajo_llave_de_borrador(borrador, por)
    suyos = sorted(borrador.filas.values_list("aporte", flat=True))
    registrar(
        verbo="descartar_borrador",
        objeto=borrador,
        por=por,
        ahora=ahora or timezone.now(),
        antes={"aportes": suyos},
    )
    borrador.delete()


def leer_borrador(borrador: Borrador) -> Leidas:
    """Its rows as lines of a response, and all that keeps it from being sealed. Constant queries."""
    filas = list(borrador.filas.select_related("aporte__consulta", "aporte__autoria"))
    leidas = leer_lineas((Dicho(f.aporte, f.datos, f.version_leida) for f in filas), borrador.datos)
    conflictos = conflictos_de(
        {f.aporte_id: f.aporte for f in filas},
        {f.aporte_id: f.version_leida for f in filas},
        borrador.respuesta,
    )
    chocan = [
        Reparo(f.aporte, "conflicto", conflictos[f.aporte_id].mensaje)
        for f in filas
        if f.aporte_id in conflictos
    ]
    leidas.reparos = chocan + [r for r in leidas.reparos if r.aporte.pk not in conflictos]
    return leidas


@transaction.atomic
def sellar_borrador(
    *,
    borrador: Borrador,
    por: User,
    visto: str | None = None,
    lote: Lote | None = None,
    ahora: datetime | None = None,
) -> RespuestaVersion:
    """Seal what a draft says, for all its rows or for none; the draft goes.

    Raises FilasConReparos, Conflicto (saved since `visto`, gone), and what `sellar_respuesta` raises.
    """
    borrador = bajo_llave_de_borrador(borrador, por)
    if visto is not None:
        exigir_visto(borrador, visto, por)
    leidas = leer_borrador(borrador)
    if leidas.reparos:
        raise FilasConReparos(leidas.reparos)
    rama = borrador.rama and borrador.rama_hasta and Rama(borrador.rama, borrador.rama_hasta)
    version = sellar_respuesta(
        coberturas=leidas.lineas,
        razon=borrador.razon,
        institucion=borrador.institucion,
        por=por,
        respuesta=borrador.respuesta,
        motivo_cambio=borrador.motivo_cambio,
        solo_redaccion=borrador.solo_redaccion,
        lote=lote or borrador.lote,
        rama=rama or None,
        ahora=ahora,
    )
    borrador.delete()
    return version


@transaction.atomic
def responder_borrador(
    *,
    borrador: Borrador,
    por: User,
    visto: str | None = None,
    ahora: datetime | None = None,
) -> RespuestaVersion:
    """Seal a draft and publish it, unless it stands in a batch or the consultation asks for approvals:
    then it waits sealed. Raises what `sellar_borrador` and `publicar_version` raise."""
    espera = borrador.lote_id is not None or bool(borrador.consulta.conformidades)
    version = sellar_borrador(borrador=borrador, por=por, visto=visto, ahora=ahora)
    return version if espera else publicar_version(version=version, por=por, ahora=ahora)


def bajo_llave_de_borrador(borrador: Borrador, por: User) -> Borrador:
    """The draft as it is now, locked, its contributions before it. Raises Conflicto (gone), SinPermiso."""
    suyos = FilaDeBorrador.objects.filter(borrador=borrador.pk).values("aporte")
    list(Aporte.objects.select_for_update().filter(pk__in=suyos).order_by("pk").values_list("pk"))
    actual = (
        Borrador.objects.select_for_update(of=("self",))
        .select_related("consulta", "institucion", "respuesta", "rama", "lote", "editor")
        .filter(pk=borrador.pk)
        .first()
    )
    if actual is None:
        raise Conflicto(_("Este borrador ya no está: se publicó, se selló o se descartó."))
    if not puede_redactar(por, actual.institucion):
        raise SinPermiso(_("Este borrador es de otra institución."))
    return actual


def _propios(datos: Mapping[str, Any]) -> dict[str, Any]:
    limpios = limpiar_campos({c: v for c, v in datos.items() if c not in COMUNES})
    return {campo: valor for campo, valor in limpios.items() if valor}
