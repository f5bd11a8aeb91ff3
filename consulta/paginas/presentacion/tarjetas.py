"""From a row of a thread to its card: words, badges, addresses, and what this reader may do with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from comun.fechas import dia_de
from consulta.aportes.enums import SIN_MOTIVO, Causa, Postura, Situacion
from consulta.aportes.filas import FilaDeHilo
from consulta.aportes.models import ANCHO_FOLIO, Aporte
from consulta.aportes.versiones import correccion_publica
from consulta.paginas.presentacion.aportes import (
    BORRADO,
    VistaAporte,
    vista_de_respuesta,
)
from consulta.paginas.presentacion.campanas import VistaCampana, campanas_de
from consulta.paginas.presentacion.citas import citas_de
from consulta.paginas.presentacion.direcciones import direccion, ingreso_y_vuelta
from consulta.paginas.presentacion.textos import en_parrafos, momento
from consulta.procesos.enums import Verbo
from consulta.procesos.models import Consulta
from consulta.respuestas.models import Cobertura
from cuentas.models import User


@dataclass
class Lector:
    """Who reads, when and where: asked once per page, so that no card asks again.

    `tambien` are contributions of the page that are no card: what shared texts they stand in is asked
    together with the cards', and `campanas` holds what was found of all.
    """

    consulta: Consulta
    ahora: datetime
    cuenta: User | None = None
    ruta: str = ""
    nuevo_desde: datetime | None = None
    tambien: tuple[int, ...] = ()
    campanas: dict[int, VistaCampana] = field(default_factory=dict)

    @cached_property
    def hoy(self) -> date:
        return dia_de(self.ahora)

    @cached_property
    def replicable(self) -> bool:
        return self._permite(Verbo.REPLICAR)

    @cached_property
    def apoyable(self) -> bool:
        return self._permite(Verbo.APOYAR)

    def _permite(self, verbo: Verbo) -> bool:
        return self.consulta.publicada and self.consulta.etapa.permite(verbo, self.ahora)


def folio_de(consulta: Consulta, n: int) -> str:
    """«P7B-0001»."""
    return f"{consulta.sigla}-{n:0{ANCHO_FOLIO}d}"


def tarjetas_de(filas: Iterable[FilaDeHilo], lector: Lector) -> dict[int, VistaAporte]:
    """The cards of `filas` by id, each with its answer, its shared text and what it quotes; four queries."""
    filas = list(filas)
    respondidas = [f.pk for f in filas if f.respondido_en is not None]
    coberturas = Cobertura.objects.vigentes_de_ids(respondidas) if respondidas else {}
    vistas = {f.pk: tarjeta_de(f, lector, coberturas.get(f.pk)) for f in filas}
    halladas = campanas_de((*vistas, *lector.tambien))
    lector.campanas |= halladas
    for pk in halladas.keys() & vistas.keys():
        vistas[pk].compartido = halladas[pk]
    citables = [f.pk for f in filas if f.raiz_id is None and f.situacion == Situacion.VIGENTE]
    if citables and lector.consulta.recibe_observaciones:
        for pk, cita in citas_de(citables).items():
            vistas[pk].cita = cita
    return vistas


def tarjeta_de(fila: FilaDeHilo, lector: Lector, cobertura: Cobertura | None = None) -> VistaAporte:
    """One card."""
    folio = folio_de(lector.consulta, fila.n)
    visible = fila.situacion == Situacion.VIGENTE
    causa = str(Causa(fila.causa).label) if fila.causa else ""
    vista = VistaAporte(
        pk=fila.pk,
        folio=folio,
        url=direccion("aporte", folio),
        titulo="",
        autor="",
        institucional=False,
        institucion="Voz institucional",
        fecha=fila.enviado_en,
        texto="",
        estado=_estado(fila, lector.hoy),
        motivo="" if fila.motivo in (SIN_MOTIVO, causa) else fila.motivo,
        causa=causa,
        quitado_en=fila.quitado_en,
        fecha_iso=fila.enviado_en.isoformat(timespec="seconds"),
        fecha_texto=momento(fila.enviado_en),
        replicas_n=fila.replicas_n,
    )
    vista.nuevo = _es_nuevo(fila, lector)
    if visible:
        _llenar(vista, fila, lector)
        if cobertura is not None:
            vista.respuesta = vista_de_respuesta(cobertura)
    return vista


def tarjeta_de_aporte(aporte: Aporte, lector: Lector, *, apoyado: bool = False) -> VistaAporte:
    """The card of a contribution that is at hand with its words (`con_texto`), and what it quotes."""
    contenido = aporte.contenido
    autoria = getattr(aporte, "autoria", None)
    fila = FilaDeHilo(
        pk=aporte.pk,
        n=aporte.n or 0,
        tipo=aporte.tipo,
        padre_id=aporte.padre_id,
        raiz_id=aporte.raiz_id,
        enviado_en=aporte.enviado_en,
        confirmado_en=aporte.confirmado_en,
        situacion=aporte.situacion,
        motivo=aporte.motivo,
        causa=aporte.causa,
        quitado_en=aporte.quitado_en,
        exige_respuesta=aporte.exige_respuesta,
        respondido_en=aporte.respondido_en,
        vence_el=aporte.vence_el,
        apoyos=aporte.apoyos,
        replicas_n=aporte.replicas_n,
        postura=aporte.postura,
        version=aporte.version,
        titulo=contenido.titulo,
        texto=contenido.texto,
        corregido_en=contenido.en,
        cuenta_id=autoria.cuenta_id if autoria else None,
        nombre_publico=autoria.nombre_publico if autoria else None,
        autor_organizacion=autoria.organizacion if autoria else None,
        voz=aporte.en_nombre_de.nombre if aporte.en_nombre_de else None,
        organizacion=aporte.organizacion.nombre if aporte.organizacion else None,
        padre_n=None,
        apoyado=apoyado,
    )
    vista = tarjeta_de(fila, lector)
    _anclar(vista, aporte)
    if aporte.es_visible and aporte.asunto.fragmento_id and aporte.raiz_id is None:
        vista.cita = citas_de([aporte.pk]).get(aporte.pk)
    return vista


def _llenar(vista: VistaAporte, fila: FilaDeHilo, lector: Lector) -> None:
    folio = vista.folio
    mio = lector.cuenta is not None and fila.cuenta_id == lector.cuenta.pk
    vista.titulo = fila.titulo or ""
    vista.texto = BORRADO if fila.texto is None else fila.texto
    vista.html = en_parrafos(vista.texto)
    vista.institucional = fila.voz is not None
    vista.verificada = fila.organizacion is not None
    vista.autor = fila.voz or _firma(fila)
    leido_desde = fila.confirmado_en or fila.enviado_en
    corregido = correccion_publica(fila.version, fila.corregido_en, leido_desde)
    if corregido is not None:
        vista.corregido = corregido
        vista.corregido_texto = momento(corregido)
        vista.url_versiones = direccion("versiones", folio)
    if fila.postura:
        vista.postura = fila.postura
        vista.postura_texto = str(Postura(fila.postura).label)
    vista.apoyos = fila.apoyos
    vista.apoyado = fila.apoyado
    if lector.apoyable and not mio:
        if lector.cuenta is not None:
            vista.url_apoyar = direccion("apoyar", folio)
        else:
            vista.url_ingreso = ingreso_y_vuelta(lector.ruta, folio)
    vista.puede_responder = lector.replicable
    vista.url_responder = direccion("replicar", folio)
    if mio and lector.replicable:
        vista.url_corregir = direccion("corregir", folio)
        vista.puede_corregir = bool(vista.url_corregir)
    elif not mio:
        vista.url_reportar = direccion("reportar", folio)


def _firma(fila: FilaDeHilo) -> str:
    nombre, organizacion = fila.nombre_publico or "", fila.autor_organizacion or ""
    if nombre and organizacion:
        return f"{nombre} ({organizacion})"
    return nombre or organizacion or "Participante"


def _estado(fila: FilaDeHilo, hoy: date) -> str:
    """As `estado_de`; a reply that simply waits says nothing, or a thread would be all badges."""
    if fila.situacion != Situacion.VIGENTE:
        return fila.situacion
    if not fila.exige_respuesta:
        return ""
    if fila.respondido_en is not None:
        return "respondido"
    if isinstance(fila.vence_el, date) and fila.vence_el < hoy:
        return "vencido"
    return "pendiente" if fila.raiz_id is None else ""


def _es_nuevo(fila: FilaDeHilo, lector: Lector) -> bool:
    return (
        lector.nuevo_desde is not None
        and lector.cuenta is not None
        and (fila.confirmado_en or fila.enviado_en) > lector.nuevo_desde
        and fila.cuenta_id != lector.cuenta.pk
    )


def _anclar(vista: VistaAporte, aporte: Aporte) -> None:
    fragmento = aporte.asunto.fragmento
    if fragmento is not None:
        vista.ancla_texto = f"{fragmento.version}, párrafo {fragmento.orden}"
        vista.ancla_url = aporte.asunto.get_absolute_url()
