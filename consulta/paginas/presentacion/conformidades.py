"""Sealed answers as a member of the forum reads them before deciding."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Min, Q
from django.urls import reverse

from consulta.aportes.models import Aporte
from consulta.paginas.cabeceras import breve
from consulta.paginas.presentacion.aportes import VistaRespuesta, vista_de_respuesta
from consulta.paginas.presentacion.detalle import Campo, campos_de, titulo_de
from consulta.respuestas.cambios import CambioDeRespuesta, anterior_de, cambio_entre
from consulta.respuestas.conformidad import sectores_que_faltan
from consulta.respuestas.enums import Resultado, Sentido
from consulta.respuestas.models import Cobertura, RespuestaVersion

COBERTURAS_JUNTAS = 5
"""Contributions drawn in full of each answer where several answers are read together."""

COMIENZO, PARRAFO = 80, 400
"""Characters of a contribution without a title, and of the paragraph it speaks of."""


@dataclass(slots=True)
class FilaSellada:
    """One sealed answer as a row of the desk."""

    pk: int
    sha256: str
    url: str
    titulo: str
    folio: str
    otros: int
    institucion: str
    consulta: str
    resultado: str
    resultado_texto: str
    razon: str
    sellada_en: datetime | None
    vence: date | None
    faltan: list[str]
    estado: str
    decision: str = ""
    decidida_en: datetime | None = None


@dataclass(slots=True)
class Respondido:
    """One contribution with its words and what is answered to it."""

    folio: str
    url: str
    titulo: str
    autor: str
    visible: bool
    motivo: str
    sobre: str
    campos: list[Campo]
    respuesta: VistaRespuesta
    cambio: CambioDeRespuesta | None = None
    contra: str = ""


@dataclass(slots=True)
class VistaSellada:
    """One sealed answer with (some of) what it covers."""

    pk: int
    sha256: str
    url: str
    institucion: str
    consulta: str
    consulta_url: str
    sellada_en: datetime | None
    motivo_cambio: str
    total: int
    respondidos: list[Respondido] = field(default_factory=list)

    @property
    def leida(self) -> str:
        """What a form sends back: which answer, and the very text that was read."""
        return f"{self.pk}:{self.sha256}"


def ordenadas(filas: Any) -> Any:
    """Due first, then the newest; with what a row of the desk needs."""
    generales = Q(coberturas__punto=None)
    return (
        filas.select_related("respuesta__institucion", "respuesta__consulta")
        .annotate(
            vence=Min("coberturas__aporte__vence_el"),
            total=Count("coberturas", filter=generales, distinct=True),
            primera=Min("coberturas__pk", filter=generales),
        )
        .order_by(F("vence").asc(nulls_last=True), "-sellada_en", "-pk")
    )


def filas_selladas(versiones: Iterable[Any]) -> list[FilaSellada]:
    """Rows of versions that came `ordenadas`; three queries."""
    filas = list(versiones)
    primeras = Cobertura.objects.in_bulk([v.primera for v in filas])
    aportes = Aporte.objects.con_texto().in_bulk([c.aporte_id for c in primeras.values()])
    faltan = sectores_que_faltan(filas)
    return [_fila(v, primeras[v.primera], aportes, faltan[v.pk]) for v in filas]


def _fila(
    version: Any, primera: Cobertura, aportes: dict[int, Aporte], faltan: list[str]
) -> FilaSellada:
    aporte = aportes[primera.aporte_id]
    if version.publicada_en is not None:
        estado, faltan = "Publicada", []
    elif version.sin_efecto_en is not None:
        estado, faltan = "Sin efecto", []
    else:
        estado = ""
    return FilaSellada(
        pk=version.pk,
        sha256=version.sha256,
        url=reverse("paginas:conformidad", args=[version.pk]),
        titulo=_que_dice(aporte),
        folio=aporte.folio,
        otros=version.total - 1,
        institucion=version.respuesta.institucion.nombre,
        consulta=version.respuesta.consulta.titulo,
        resultado=primera.resultado,
        resultado_texto=str(Resultado(primera.resultado).label),
        razon=version.razon,
        sellada_en=version.sellada_en,
        vence=version.vence if version.publicada_en is None else None,
        faltan=faltan,
        estado=estado,
        decision=str(Sentido(version.sentido).label) if getattr(version, "sentido", "") else "",
        decidida_en=getattr(version, "decidida_en", None),
    )


def generales_de(version: RespuestaVersion) -> Any:
    """What it answers, one row per contribution, in the order of their folios."""
    filas = Cobertura.objects.filter(version=version, punto=None).con_respuesta()
    return filas.order_by("aporte__n")


def vista_sellada(
    version: RespuestaVersion,
    coberturas: Sequence[Cobertura],
    total: int,
    *,
    comparar: bool = False,
) -> VistaSellada:
    """`version` with `respuesta__consulta` and institution; two queries, and one more for each of
    `coberturas` with `comparar`."""
    aportes = (
        Aporte.objects.con_texto()
        .select_related("autoria", "en_nombre_de", "organizacion")
        .in_bulk([c.aporte_id for c in coberturas])
    )
    respuesta = version.respuesta
    return VistaSellada(
        pk=version.pk,
        sha256=version.sha256,
        url=reverse("paginas:conformidad", args=[version.pk]),
        institucion=respuesta.institucion.nombre,
        consulta=respuesta.consulta.titulo,
        consulta_url=respuesta.consulta.get_absolute_url(),
        sellada_en=version.sellada_en,
        motivo_cambio=version.motivo_cambio,
        total=total,
        respondidos=[_respondido(c, aportes[c.aporte_id], comparar) for c in coberturas],
    )


def _respondido(cobertura: Cobertura, aporte: Aporte, comparar: bool) -> Respondido:
    hecho = Respondido(
        folio=aporte.folio,
        url=aporte.get_absolute_url(),
        titulo=_que_dice(aporte),
        autor=aporte.firma if aporte.es_visible else "",
        visible=aporte.es_visible,
        motivo=aporte.motivo,
        sobre=breve(aporte.asunto.fragmento.texto, PARRAFO) if aporte.asunto.fragmento else "",
        campos=campos_de(aporte) if aporte.es_visible else [],
        respuesta=vista_de_respuesta(cobertura),
    )
    previa = anterior_de(cobertura) if comparar else None
    if previa is not None:
        hecho.cambio = cambio_entre(previa, cobertura)
        publicada = previa.version.publicada_en is not None
        hecho.contra = "la respuesta publicada" if publicada else "la versión que quedó sin efecto"
    return hecho


def _que_dice(aporte: Aporte) -> str:
    """Its title; how it begins, where it has none."""
    dicho = aporte.contenido
    if not aporte.es_visible or dicho.titulo or not dicho.texto:
        return titulo_de(aporte)
    return breve(dicho.texto, COMIENZO)
