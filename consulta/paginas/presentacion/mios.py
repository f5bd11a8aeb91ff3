"""One's own contributions: where each stands, who has it, until when, what was answered, what next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import Resolver404, ResolverMatch, resolve, reverse

from comun.fechas import cuanto_para, dia_de
from consulta.aportes.codigos import vale_de
from consulta.aportes.enums import TipoAporte
from consulta.aportes.flows.confirmar import vence_en
from consulta.aportes.models import Aporte, BorradorDeAporte
from consulta.aportes.permissions import VERBO_DE
from consulta.aportes.querysets import AporteQuerySet
from consulta.paginas.cabeceras import breve
from consulta.paginas.presentacion.aportes import (
    VistaRespuesta,
    estado_de,
    vista_de_respuesta,
)
from consulta.paginas.presentacion.detalle import titulo_de
from consulta.procesos.models import Consulta
from consulta.respuestas.models import Cobertura

SIN_CONFIRMAR = "sin_confirmar"
NOMBRES = {
    "proponer": "Propuesta",
    "fragmento": "Comentario al borrador",
    "borrador_comentarios": "Comentario al borrador",
    "replicar": "Respuesta",
}


@dataclass(slots=True)
class Mio:
    """One of one's own contributions. `vence` is in words, `siguiente` one sentence."""

    folio: str
    titulo: str
    url: str
    tipo: str
    fecha: datetime
    estado: str
    consulta: str
    consulta_url: str
    organizacion: str
    corregido: bool
    quien: str
    vence_el: date | None
    vence: str
    respuesta: VistaRespuesta | None
    siguiente: str
    url_corregir: str
    url_retirar: str
    url_recibo: str
    url_recibo_json: str
    url_confirmar: str


@dataclass(slots=True)
class VistaBorrador:
    """Something still being written."""

    nombre: str
    donde: str
    sumario: str
    en: datetime
    lugar: str


def para_mios(filas: AporteQuerySet) -> AporteQuerySet:
    """With all that `mios_de` draws, in a constant number of queries."""
    return filas.con_texto().select_related("institucion", "organizacion")


def mios_de(aportes: Iterable[Aporte], ahora: datetime) -> list[Mio]:
    """Each as its author sees it; one query, that of the answers. Needs `para_mios()`."""
    filas = list(aportes)
    coberturas = Cobertura.objects.vigentes_de(filas) if filas else {}
    return [_mio(a, coberturas.get(a.pk), ahora) for a in filas]


def _mio(aporte: Aporte, cobertura: Cobertura | None, ahora: datetime) -> Mio:
    hoy = dia_de(ahora)
    por_confirmar = aporte.confirmado_en is None
    estado = SIN_CONFIRMAR if por_confirmar else estado_de(aporte, hoy)
    espera = estado in ("pendiente", "vencido")
    abierto = aporte.es_visible and _esta_abierta(aporte, ahora)
    respuesta = vista_de_respuesta(cobertura) if cobertura and aporte.es_visible else None
    return Mio(
        folio=aporte.folio,
        titulo=aporte.contenido.titulo or breve(aporte.contenido.texto or titulo_de(aporte), 100)
        if aporte.es_visible or por_confirmar
        else titulo_de(aporte),
        url="" if por_confirmar else aporte.get_absolute_url(),
        tipo=aporte.get_tipo_display(),
        fecha=aporte.enviado_en,
        estado=estado,
        consulta=aporte.consulta.titulo,
        consulta_url=aporte.consulta.get_absolute_url(),
        organizacion=aporte.organizacion.nombre if aporte.organizacion else "",
        corregido=aporte.version > 1,
        quien=_quien(aporte) if espera else "",
        vence_el=aporte.vence_el if espera else None,
        vence=cuanto_para(aporte.vence_el, hoy) if espera and aporte.vence_el else "",
        respuesta=respuesta,
        siguiente=siguiente_paso(aporte, estado, ahora),
        url_corregir=_url("corregir", aporte) if abierto and not aporte.esta_respondido else "",
        url_retirar=_url("retirar", aporte) if abierto else "",
        url_recibo="" if por_confirmar else _url("recibo", aporte),
        url_recibo_json="" if por_confirmar else _url("recibo_json", aporte),
        url_confirmar=_url_confirmar(aporte, ahora) if por_confirmar else "",
    )


def siguiente_paso(aporte: Aporte, estado: str, ahora: datetime) -> str:
    """What happens now, or what its author can do, in one sentence."""
    if estado == SIN_CONFIRMAR:
        if ahora < vence_en(aporte):
            return "Confírmelo para que cuente: hasta entonces nadie más lo ve."
        return (
            "Ya no se puede confirmar: copie su texto y envíelo de nuevo si el plazo sigue abierto."
        )
    if estado in ("retirado", "removido"):
        return "No hay nada más que hacer: queda su constancia, con el folio."
    if estado == "respondido":
        return "Lea la respuesta y dónde quedó su aporte."
    if estado == "vencido":
        return "La respuesta está atrasada y así se cuenta en público; le avisaremos cuando esté."
    if estado == "pendiente" and aporte.institucion is None:
        return "La secretaría técnica lo entregará a la institución que corresponde."
    if estado == "pendiente":
        return "La institución escribe la respuesta; le avisaremos cuando esté."
    return "Está publicado en el hilo; no espera respuesta de otra institución."


def borradores_de(filas: Iterable[BorradorDeAporte]) -> list[VistaBorrador]:
    """Drafts with where they belong; one query, that of the consultations."""
    hallados = [(fila, hallado) for fila in filas if (hallado := _lugar(fila.lugar))]
    slugs = {h.kwargs["slug"] for _fila, h in hallados if "slug" in h.kwargs}
    titulos = dict(Consulta.objects.filter(slug__in=slugs).values_list("slug", "titulo"))
    return [
        VistaBorrador(
            nombre=NOMBRES.get(hallado.url_name or "", "Texto"),
            donde=titulos.get(hallado.kwargs.get("slug", ""), "")
            or f"En el hilo de {hallado.kwargs.get('folio', '')}",
            sumario=_sumario(fila),
            en=fila.guardado_en,
            lugar=fila.lugar,
        )
        for fila, hallado in hallados
    ]


def _lugar(lugar: str) -> ResolverMatch | None:
    try:
        return resolve(lugar)
    except Resolver404:
        return None


def _sumario(fila: BorradorDeAporte) -> str:
    for nombre in ("titulo", "texto", "problema"):
        for valor in fila.campos.get(nombre, []):
            if str(valor).strip():
                return breve(str(valor), 100)
    return "Sin texto todavía"


def _quien(aporte: Aporte) -> str:
    return aporte.institucion.nombre if aporte.institucion else "Secretaría técnica, por asignar"


def _esta_abierta(aporte: Aporte, ahora: datetime) -> bool:
    verbo = VERBO_DE.get(TipoAporte(aporte.tipo))
    return verbo is not None and aporte.consulta.etapa.permite(verbo, ahora)


def _url(nombre: str, aporte: Aporte) -> str:
    return reverse(f"paginas:{nombre}", args=[aporte.folio])


def _url_confirmar(aporte: Aporte, ahora: datetime) -> str:
    if ahora >= vence_en(aporte) or not aporte.autoria.sal:
        return ""
    vale = vale_de(aporte_id=aporte.pk, sal=aporte.autoria.sal)
    return reverse("paginas:confirmar", args=[vale])
