"""One's own contributions: where each stands, who has it, until when, what was answered, what next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Prefetch
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.formats import date_format

from comun.fechas import cuanto_para, dia_de
from consulta.aportes.codigos import vale_de
from consulta.aportes.enums import Situacion, TipoAporte
from consulta.aportes.flows.confirmar import vence_en
from consulta.aportes.models import Apelacion, Aporte, BorradorDeAporte
from consulta.aportes.permissions import VERBO_DE
from consulta.aportes.querysets import AporteQuerySet
from consulta.paginas.cabeceras import breve
from consulta.paginas.filtro_mios import SIN_CONFIRMAR
from consulta.paginas.presentacion.aportes import (
    EN_REVISION,
    VistaRespuesta,
    estado_de,
    vista_de_respuesta,
)
from consulta.paginas.presentacion.despues import VistaDespues, despues_de
from consulta.paginas.presentacion.detalle import titulo_de
from consulta.paginas.presentacion.tarjetas import folio_de
from consulta.procesos.models import Consulta
from consulta.respuestas.enums import Responde
from consulta.respuestas.models import Cobertura

POR_OPINAR = "Lea la respuesta y díganos si le responde."
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
    sobre: str
    sobre_url: str
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
    url_apelar: str
    despues: VistaDespues | None = None


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
    return con_lo_propio(filas.con_texto())


def con_lo_propio(filas: AporteQuerySet) -> AporteQuerySet:
    """What `mios_de` draws beside the text, for rows that bring that already."""
    padres = Prefetch("padre", queryset=Aporte.objects.con_texto())
    return filas.select_related("institucion", "organizacion").prefetch_related(padres)


def mios_de(
    aportes: Iterable[Aporte], ahora: datetime, respuestas: Mapping[int, Cobertura] | None = None
) -> list[Mio]:
    """Each as its author sees it. Needs `para_mios()`; asks for the appeals where something was
    removed, and for the answers where they are not given."""
    filas = list(aportes)
    apelados = _apelados(filas)
    coberturas = respuestas
    if coberturas is None:
        coberturas = Cobertura.objects.vigentes_de(filas) if filas else {}
    despues = despues_de(filas, coberturas, ahora, suyos=True)
    mios = [_mio(a, coberturas.get(a.pk), ahora, apelado=a.pk in apelados) for a in filas]
    for aporte, mio in zip(filas, mios, strict=True):
        mio.despues = despues.get(aporte.pk)
        if mio.despues is not None and mio.estado == "respondido":
            mio.siguiente = tras_la_respuesta(mio.despues)
    return mios


def _mio(aporte: Aporte, cobertura: Cobertura | None, ahora: datetime, *, apelado: bool) -> Mio:
    hoy = dia_de(ahora)
    por_confirmar = aporte.confirmado_en is None
    estado = SIN_CONFIRMAR if por_confirmar else estado_de(aporte, hoy)
    espera = estado in ("pendiente", "vencido")
    if espera and cobertura is not None:
        estado = EN_REVISION
    abierto = aporte.es_visible and _esta_abierta(aporte, ahora)
    # A review empties `respondido_en`; the answer stands, and what it speaks of with it.
    respondido = aporte.esta_respondido or cobertura is not None
    sobre, sobre_url = sobre_que(aporte)
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
        sobre=sobre,
        sobre_url=sobre_url,
        corregido=aporte.version > 1,
        quien=_quien(aporte) if espera else "",
        vence_el=aporte.vence_el if espera else None,
        vence=cuanto_para(aporte.vence_el, hoy) if espera and aporte.vence_el else "",
        respuesta=respuesta,
        siguiente=siguiente_paso(aporte, estado, ahora, apelado=apelado),
        url_corregir=_url("corregir", aporte) if abierto and not respondido else "",
        url_retirar=_url("retirar", aporte) if abierto else "",
        url_recibo="" if por_confirmar else _url("recibo", aporte),
        url_recibo_json="" if por_confirmar else _url("recibo_json", aporte),
        url_confirmar=_url_confirmar(aporte, ahora) if por_confirmar else "",
        url_apelar=_url("apelar", aporte) if estado == "removido" and not apelado else "",
    )


def siguiente_paso(aporte: Aporte, estado: str, ahora: datetime, *, apelado: bool = False) -> str:
    """What happens now, or what its author can do, in one sentence."""
    if estado == SIN_CONFIRMAR:
        if ahora < vence_en(aporte):
            return "Confírmelo para que cuente: hasta entonces nadie más lo ve."
        return (
            "Ya no se puede confirmar: copie su texto y envíelo de nuevo si el plazo sigue abierto."
        )
    if estado == "retirado":
        return "Usted lo retiró. No hay nada más que hacer: queda su constancia, con el folio."
    if estado == "removido":
        que = "Ya apeló" if apelado else "Si cree que es un error, puede apelar una vez"
        return f"Moderación lo removió: {aporte.motivo.rstrip('.')}. {que}."
    if estado == EN_REVISION:
        return "La institución revisa su respuesta, como usted pidió; le avisaremos cuando esté."
    if estado == "respondido":
        return POR_OPINAR
    if estado == "vencido":
        return "La respuesta está atrasada y así se cuenta en público; le avisaremos cuando esté."
    if estado == "pendiente" and aporte.institucion is None:
        return "La secretaría técnica lo entregará a la institución que corresponde."
    if estado == "pendiente":
        return "La institución escribe la respuesta; le avisaremos cuando esté."
    return "Está publicado en el hilo; no espera respuesta de otra institución."


def tras_la_respuesta(despues: VistaDespues) -> str:
    """What is left to its author once there is an answer: to speak, to ask for the review, or nothing."""
    if not despues.opinion:
        return POR_OPINAR
    if despues.de_otra_version:
        return "La respuesta cambió desde que usted opinó: léala y díganos si le responde."
    dijo = f"Usted dijo que {despues.dicho}"
    if despues.opinion == Responde.SI:
        return f"{dijo}. No hay nada más que hacer."
    if despues.revisar_hasta is not None:
        hasta = date_format(despues.revisar_hasta, r"j \d\e F")
        return f"{dijo}: puede pedir que la revisen, hasta el {hasta}."
    return f"{dijo}, y así se cuenta en público."


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


def sobre_que(aporte: Aporte) -> tuple[str, str]:
    """What it answers or speaks of, and where that is; empty for a proposal."""
    if aporte.padre is not None and aporte.padre.n:
        folio = folio_de(aporte.consulta, aporte.padre.n)
        dicho = aporte.padre.contenido
        texto = breve(dicho.titulo or dicho.texto or "", 80) if aporte.padre.es_visible else ""
        return f"Responde a {folio}" + (
            f": «{texto}»" if texto else ", que ya no está publicado"
        ), (reverse("paginas:aporte", args=[folio]))
    fragmento = aporte.asunto.fragmento
    if fragmento is None:
        return "", ""
    return (
        f"Sobre el párrafo {fragmento.orden} de la versión {fragmento.version.n}",
        aporte.asunto.get_absolute_url(),
    )


def _apelados(filas: Iterable[Aporte]) -> set[int]:
    """Those of `filas` that were removed and whose author appealed; no query where none was."""
    ids = [a.pk for a in filas if a.situacion == Situacion.REMOVIDO]
    return set(
        Apelacion.objects.filter(aporte__in=ids, en__gte=F("aporte__quitado_en")).values_list(
            "aporte", flat=True
        )
        if ids
        else []
    )


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
