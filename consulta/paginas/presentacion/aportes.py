"""A contribution and its answer, as components/aporte.html and components/respuesta.html draw them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.formats import date_format

from comun.fechas import dia_de
from consulta.aportes.enums import Situacion, TipoAporte
from consulta.aportes.models import Aporte, Punto
from consulta.paginas.cabeceras import breve
from consulta.paginas.presentacion.campanas import VistaCampana, campanas_de
from consulta.paginas.presentacion.citas import VistaCita
from consulta.respuestas.cambios import CambioDeRespuesta
from consulta.respuestas.decisiones import Decision, Impedido
from consulta.respuestas.models import Cobertura
from consulta.respuestas.ramas import frase_de_rama

BORRADO = "Este texto fue borrado para proteger los datos de una persona. Queda su constancia."
EN_REVISION = "en_revision"
"""What a pending row with an answer is called: its author asked to have it looked at again."""
SUMARIO = 220


@dataclass(frozen=True, slots=True)
class VistaPunto:
    """What the answer says of one point of a divided contribution."""

    n: int
    titulo: str
    texto: str
    resultado: str
    resultado_texto: str
    linea: str
    destino_texto: str
    destino_url: str


@dataclass(frozen=True, slots=True)
class VistaRespuesta:
    """One version of the answer to one contribution. `rama` says of which conversation it is one."""

    institucion: str
    resultado: str
    resultado_texto: str
    razon: str
    linea: str
    destino_texto: str
    destino_url: str
    fecha: datetime | None
    version: int
    motivo_cambio: str
    url: str = ""
    decisiones: tuple[Decision, ...] = ()
    impedidos: tuple[Impedido, ...] = ()
    cambio: CambioDeRespuesta | None = None
    puntos: tuple[VistaPunto, ...] = ()
    rama: str = ""


@dataclass(slots=True)
class VistaAporte:
    """One contribution in its thread. Every field is there: a template's failed lookup is dear."""

    pk: int
    folio: str
    url: str
    titulo: str
    autor: str
    institucional: bool
    institucion: str
    fecha: datetime
    texto: str
    estado: str
    motivo: str
    causa: str = ""
    quitado_en: datetime | None = None
    html: str = ""
    fecha_iso: str = ""
    fecha_texto: str = ""
    verificada: bool = False
    corregido: datetime | None = None
    corregido_texto: str = ""
    url_versiones: str = ""
    parrafos: list[str] = field(default_factory=list)
    cita: VistaCita | None = None
    ancla_texto: str = ""
    ancla_url: str = ""
    en_respuesta_texto: str = ""
    en_respuesta_url: str = ""
    respuesta: VistaRespuesta | None = None
    respuestas: list[VistaRespuesta] = field(default_factory=list)
    nivel: int = 1
    replicas: list["VistaAporte"] = field(default_factory=list)
    replicas_n: int = 0
    tramo: "Tramo | None" = None
    postura: str = ""
    postura_texto: str = ""
    apoyos: int = 0
    apoyado: bool = False
    url_apoyar: str = ""
    url_ingreso: str = ""
    nuevo: bool = False
    hallado: bool = False
    url_en_hilo: str = ""
    puede_responder: bool = False
    url_responder: str = ""
    puede_corregir: bool = False
    url_corregir: str = ""
    url_reportar: str = ""
    compartido: VistaCampana | None = None

    def __getitem__(self, campo: str) -> object:
        """A template asks for a key before it asks for an attribute: an answer spares an exception per
        field, and a page of a thread reads thousands."""
        return getattr(self, campo)


@dataclass(slots=True)
class Tramo:
    """Which replies of a root are drawn, and how to reach those before and after them."""

    folio: str
    antes: int = 0
    antes_url: str = ""
    despues: int = 0
    despues_url: str = ""
    reemplaza: bool = False


@dataclass(slots=True)
class FilaAporte:
    """One contribution as a row of a list: what it is about, whose, and what became of it."""

    folio: str
    url: str
    titulo: str
    sumario: str
    tipo: str
    autor: str
    fecha: datetime
    lugar: str
    insignia: str
    insignia_texto: str
    comentarios: int
    compartido: VistaCampana | None = None
    apoyos: int = 0
    apoyado: bool = False
    url_apoyar: str = ""
    url_ingreso: str = ""
    plazo: str = ""
    """By which day it is owed an answer, in words, while it waits for one."""


def estado_de(aporte: Aporte, hoy: date) -> str:
    """The kind of badge its state has on `hoy`; none for what asks no answer."""
    if aporte.situacion != Situacion.VIGENTE:
        return str(aporte.situacion)
    if not aporte.exige_respuesta:
        return ""
    if aporte.esta_respondido:
        return "respondido"
    return "vencido" if aporte.vence_el and aporte.vence_el < hoy else "pendiente"


def vista_de_respuesta(cobertura: Cobertura) -> VistaRespuesta:
    """Needs `con_respuesta()`."""
    version = cobertura.version
    return VistaRespuesta(
        institucion=version.respuesta.institucion.nombre,
        resultado=cobertura.resultado,
        resultado_texto=cobertura.get_resultado_display(),
        razon=version.razon,
        linea=cobertura.linea,
        destino_texto=cobertura.destino.texto,
        destino_url=cobertura.destino.url,
        fecha=version.publicada_en,
        version=version.n,
        motivo_cambio=version.motivo_cambio,
        puntos=tuple(_vista_de_punto(p, p.punto) for p in cobertura.puntos_dichos if p.punto),
        rama=frase_de_rama(version),
    )


def _vista_de_punto(dicho: Cobertura, punto: Punto) -> VistaPunto:
    return VistaPunto(
        n=punto.n,
        titulo=punto.titulo,
        texto=punto.texto,
        resultado=dicho.resultado,
        resultado_texto=dicho.get_resultado_display(),
        linea=dicho.linea,
        destino_texto=dicho.destino.texto,
        destino_url=dicho.destino.url,
    )


def fila_de(
    aporte: Aporte, *, hoy: date, cobertura: Cobertura | None, comentarios: int
) -> FilaAporte:
    """A row of a list. The outcome, where there is one, says more than «respondido»."""
    contenido = aporte.contenido
    estado = estado_de(aporte, hoy)
    visible = aporte.es_visible
    resuelta = cobertura is not None and estado == "respondido"
    if cobertura is not None and estado in ("pendiente", "vencido"):
        estado = EN_REVISION
    es_propuesta = aporte.tipo == TipoAporte.PROPUESTA
    texto = str((contenido.campos or {}).get("problema") or "") if es_propuesta else ""
    return FilaAporte(
        folio=aporte.folio,
        url=aporte.get_absolute_url(),
        titulo=_titulo(aporte, contenido.titulo, visible),
        sumario=breve(texto or contenido.texto or BORRADO, SUMARIO) if visible else "",
        tipo=aporte.get_tipo_display(),
        autor=aporte.firma if visible else "",
        fecha=aporte.enviado_en,
        lugar=aporte.get_region_display() if aporte.region else "",
        insignia=cobertura.resultado if resuelta and cobertura else estado,
        insignia_texto=cobertura.get_resultado_display() if resuelta and cobertura else "",
        comentarios=comentarios,
        apoyos=aporte.apoyos if visible else 0,
        plazo=_plazo(aporte.vence_el, estado),
    )


def _plazo(vence_el: date | None, estado: str) -> str:
    if vence_el is None or estado not in ("pendiente", "vencido"):
        return ""
    dia = date_format(vence_el, "j M Y").lower()
    return f"venció el {dia}" if estado == "vencido" else f"respuesta a más tardar el {dia}"


def _titulo(aporte: Aporte, titulo: str | None, visible: bool) -> str:
    if not visible:
        return f"Aporte {aporte.folio}"
    if titulo:
        return titulo
    fragmento = aporte.asunto.fragmento
    if aporte.tipo == TipoAporte.REPLICA or fragmento is None:
        return f"{aporte.get_tipo_display()} {aporte.folio}"
    return f"Comentario {aporte.folio} al párrafo {fragmento.orden}"


def filas_de(aportes: Iterable[Aporte], *, ahora: datetime) -> list[FilaAporte]:
    """Rows with outcome, number of replies and the shared text they stand in; two queries."""
    filas = list(aportes)
    coberturas: Mapping[int, Cobertura] = Cobertura.objects.vigentes_de(filas) if filas else {}
    compartidos = campanas_de(a.pk for a in filas)
    hechas = []
    for a in filas:
        fila = fila_de(
            a, hoy=dia_de(ahora), cobertura=coberturas.get(a.pk), comentarios=a.replicas_n
        )
        fila.compartido = compartidos.get(a.pk)
        hechas.append(fila)
    return hechas
