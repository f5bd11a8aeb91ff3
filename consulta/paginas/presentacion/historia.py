"""The trace, told as a dated story: what somebody wrote, what was answered, what changed, and back.

A story is a list of `Hito`, oldest first. Whoever opens a contribution, a paragraph or a commitment
reads the same events from three sides.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format

from comun.diferencias import Cambio, comparar_palabras
from consulta.aportes.enums import Situacion
from consulta.aportes.models import Aporte, AporteVersion
from consulta.aportes.versiones import versiones_publicas
from consulta.paginas.cabeceras import breve
from consulta.paginas.presentacion.despues import DICHO
from consulta.paginas.presentacion.planes import vista_de_compromiso
from consulta.procesos.linajes import linea_de
from consulta.procesos.models import Correspondencia, Fragmento, VersionBorrador
from consulta.respuestas.enums import Responde, Sentido
from consulta.respuestas.models import Cierre, Cobertura, Conformidad, Opinion, Revision
from consulta.seguimiento.models import Compromiso

CITA = 240
ENVIO, CORRECCION, RESPUESTA, TEXTO, COMPROMISO, ACTIVIDAD, FIN = (
    "envio", "correccion", "respuesta", "texto", "compromiso", "actividad", "fin",
)  # fmt: skip
CONFORMIDAD, OPINION, REVISION, CIERRE, HOY = "conformidad", "opinion", "revision", "cierre", "hoy"
ENTRE = "\n\n"


@dataclass(slots=True)
class Hito:
    """One event: when, what happened in a sentence, whose words, where to read it, what it changed."""

    fecha: datetime
    clase: str
    que: str
    url: str = ""
    folio: str = ""
    cita: str = ""
    insignia: str = ""
    insignia_texto: str = ""
    cambios: list[Cambio] = field(default_factory=list)


def historia_de_aporte(aporte: Aporte) -> list[Hito]:
    """From the first sentence its author wrote to where it stands today; ten queries at most.

    Needs `aporte` as its page reads it.
    """
    hitos = [_envio(aporte, _primera(aporte))]
    ruta = reverse("paginas:versiones", args=[aporte.folio])
    hitos += [
        Hito(version.en, CORRECCION, "Su autor o autora lo corrigió", ruta)
        for version in versiones_publicas(aporte, AporteVersion.objects.filter(aporte=aporte))[1:]
    ]
    coberturas = (
        Cobertura.objects.publicadas()
        .con_respuesta()
        .filter(aporte=aporte)
        .order_by("version__publicada_en", "pk")
    )
    vigente: Cobertura | None = None
    for cobertura in coberturas:
        cobertura.aporte = aporte
        hitos.append(_respuesta(cobertura))
        vigente = cobertura
    if vigente is not None:
        hitos += _donde_quedo(vigente)
        hitos += _despues_de([vigente])
        hitos += _cierre_de(aporte)
    if aporte.situacion != Situacion.VIGENTE and aporte.quitado_en:
        retirado = aporte.situacion == Situacion.RETIRADO
        que = "Quien lo escribió lo retiró" if retirado else "Moderación lo removió"
        hitos.append(Hito(aporte.quitado_en, FIN, que, aporte.get_absolute_url()))
    return _en_orden(hitos)


def historia_de_fragmento(fragmento: Fragmento) -> list[Hito]:
    """How a paragraph came to say what it says: its versions, and the contributions that shaped it;
    five queries at most. Needs `version__consulta`."""
    linea = list(
        Fragmento.objects.publicos()
        .filter(Q(pk__in=linea_de(fragmento, hacia_atras=True)) | Q(pk=fragmento.pk))
        .select_related("version__consulta")
        .order_by("version__n", "orden")
    )
    versiones = {f.version_id: f.version for f in linea}
    por_version: dict[int, list[Fragmento]] = defaultdict(list)
    for f in linea:
        por_version[f.version_id].append(f)
    hitos = _versiones_de(por_version, versiones)
    cambiaron = (
        Cobertura.objects.que_cambiaron(versiones.values())
        .filter(destino__fragmento__in=[f.pk for f in linea])
        .con_respuesta()
        .select_related("aporte__consulta", "aporte__autoria", "aporte__organizacion")
    )
    unas = list(cambiaron)
    return _en_orden([*hitos, *_aportes_y_respuestas(unas), *_despues_de(unas)])


def historia_de_compromiso(compromiso: Compromiso, aportes: Collection[Aporte]) -> list[Hito]:
    """How `aportes`, those of one page, came to `compromiso`, and how far it is today; six queries at
    most. Needs its `plan` and `institucion`."""
    vigentes = Cobertura.objects.vigentes_de(aportes)
    por_pk = {a.pk: a for a in aportes}
    for cobertura in vigentes.values():
        cobertura.aporte = por_pk[cobertura.aporte_id]
    unas = list(vigentes.values())
    hitos = [*_aportes_y_respuestas(unas), *_despues_de(unas)]
    return [*_en_orden(hitos), _como_va(compromiso)] if hitos else []


def _en_orden(hitos: Iterable[Hito]) -> list[Hito]:
    return sorted(hitos, key=lambda h: h.fecha)


def _despues_de(coberturas: Iterable[Cobertura]) -> list[Hito]:
    """What was decided before an answer was published, and what its author said after; four queries,
    and one telling for each however often it is covered."""
    por_aporte = {c.aporte_id: c.aporte for c in coberturas if c.aporte.es_visible}
    if not por_aporte:
        return []
    hitos = _decisiones(por_aporte)
    for opinion in Opinion.objects.filter(aporte__in=por_aporte):
        uno = por_aporte[opinion.aporte_id]
        hitos.append(
            Hito(
                opinion.en,
                OPINION,
                f"A quien lo escribió, la respuesta {DICHO[Responde(opinion.responde)]}",
                f"{uno.get_absolute_url()}#despues",
                uno.folio,
            )
        )
    for revision in Revision.objects.filter(aporte__in=por_aporte):
        uno = por_aporte[revision.aporte_id]
        hitos.append(
            Hito(
                revision.pedida_en,
                REVISION,
                "Quien lo escribió pidió revisar la respuesta"
                + ("" if revision.resuelta_en else ": espera que se conteste"),
                f"{uno.get_absolute_url()}#despues",
                uno.folio,
                breve(revision.texto or "", CITA),
            )
        )
    return hitos


def _decisiones(por_aporte: Mapping[int, Aporte]) -> list[Hito]:
    """Approvals of the versions published for these contributions, one telling per version and sense."""
    cubren: dict[int, int] = dict(
        Cobertura.objects.publicadas()
        .filter(aporte__in=por_aporte, version__conformidades__isnull=False)
        .order_by("-aporte")
        .values_list("version", "aporte")
    )
    filas = Conformidad.objects.filter(version__in=cubren).select_related("mandato__organizacion")
    hitos = []
    for fila in filas if cubren else ():
        uno = por_aporte[cubren[fila.version_id]]
        que = {
            Sentido.CONFORME: "dio su conformidad a la respuesta",
            Sentido.CON_DISENSO: "dio su conformidad con un disenso",
            Sentido.PIDE_CAMBIOS: "pidió cambios a la respuesta",
        }[Sentido(fila.sentido)]
        quien = f"{fila.mandato.nombre} ({fila.mandato.organizacion})"
        hitos.append(
            Hito(
                fila.en,
                CONFORMIDAD,
                f"{quien} {que}",
                f"{uno.get_absolute_url()}#respuesta",
                uno.folio,
                breve(fila.nota, CITA),
            )
        )
    return hitos


def _cierre_de(aporte: Aporte) -> list[Hito]:
    cierre = Cierre.objects.filter(consulta=aporte.consulta_id).first()
    if cierre is None:
        return []
    ruta = reverse("paginas:cierre", args=[aporte.consulta.slug])
    que = f"La consulta se cerró con sus {cierre.respondidos} aportes respondidos"
    return [
        Hito(cierre.en, CIERRE, que if cierre.respondidos != 1 else "La consulta se cerró", ruta)
    ]


def _como_va(compromiso: Compromiso) -> Hito:
    vista = vista_de_compromiso(compromiso)
    avance = f": {number_format(vista.avance)} % informado" if vista.avance is not None else ""
    return Hito(
        timezone.now(),
        HOY,
        f"Hoy, el compromiso está en «{vista.insignia_texto}»{avance}",
        vista.url,
        insignia=vista.insignia,
        insignia_texto=vista.insignia_texto,
        cita=vista.nota,
    )


def _primera(aporte: Aporte) -> str:
    if not aporte.es_visible:
        return ""
    return aporte.contenido.titulo or breve(aporte.contenido.texto or "", CITA)


def _envio(aporte: Aporte, cita: str = "") -> Hito:
    quien = aporte.firma if aporte.es_visible else "Alguien"
    return Hito(
        aporte.enviado_en,
        ENVIO,
        f"{quien} escribió {_que_fue(aporte)}",
        aporte.get_absolute_url(),
        aporte.folio,
        cita,
    )


def _que_fue(aporte: Aporte) -> str:
    return {"propuesta": "una propuesta", "observacion": "un comentario"}.get(
        aporte.tipo, "en un hilo"
    )


def _respuesta(cobertura: Cobertura) -> Hito:
    version = cobertura.version
    hecho = "publicó otra versión de su respuesta" if version.n > 1 else "respondió"
    # A personal line may name whoever took their name away.
    linea = cobertura.linea if cobertura.aporte.es_visible else ""
    return Hito(
        version.publicada_en or cobertura.aporte.enviado_en,
        RESPUESTA,
        f"{version.respuesta.institucion} {hecho}",
        f"{cobertura.aporte.get_absolute_url()}#respuesta",
        cobertura.aporte.folio,
        breve(linea or version.razon, CITA),
        cobertura.resultado,
        str(cobertura.get_resultado_display()),
    )


def _aportes_y_respuestas(coberturas: Iterable[Cobertura]) -> list[Hito]:
    hitos: list[Hito] = []
    vistos: set[int] = set()
    for cobertura in coberturas:
        if cobertura.aporte_id not in vistos:
            vistos.add(cobertura.aporte_id)
            hitos.append(_envio(cobertura.aporte, _primera(cobertura.aporte)))
        hitos.append(_respuesta(cobertura))
    return hitos


def _versiones_de(
    por_version: dict[int, list[Fragmento]],
    versiones: dict[int, VersionBorrador],
) -> list[Hito]:
    """The publication of each version in which the paragraph says something else."""
    hitos: list[Hito] = []
    dicho: str | None = None
    ids = sorted(por_version, key=lambda pk: versiones[pk].n)
    for pk in ids:
        texto = ENTRE.join(f.texto for f in por_version[pk])
        version = versiones[pk]
        if texto == dicho or version.publicada_en is None:
            continue
        que = f"Apareció en la versión {version.n} del borrador"
        if dicho is not None:
            que = f"Cambió en la versión {version.n}"
        hitos.append(
            Hito(
                version.publicada_en,
                TEXTO,
                que,
                por_version[pk][0].get_absolute_url(),
                cambios=comparar_palabras(dicho or "", texto) if dicho is not None else [],
                cita=breve(texto, CITA) if dicho is None else "",
            )
        )
        dicho = texto
    return hitos


def _donde_quedo(cobertura: Cobertura) -> list[Hito]:
    """What its answer led to: the version that brought the change, the commitment, the activity."""
    destino, en = cobertura.destino, cobertura.version.publicada_en or cobertura.aporte.enviado_en
    if destino.compromiso is not None:
        que = f"Quedó en el compromiso {destino.compromiso}, {destino.compromiso.plan}"
        return [Hito(en, COMPROMISO, que, destino.url)]
    if destino.evento is not None:
        return [
            Hito(en, ACTIVIDAD, f"Se llevó a la actividad «{destino.evento.title}»", destino.url)
        ]
    fragmento = destino.fragmento
    if fragmento is None or fragmento.version.publicada_en is None:
        return []
    filas = Correspondencia.objects.filter(a=fragmento).order_by("de__orden")
    antes = list(filas.values_list("de__texto", flat=True))
    dicho = ENTRE.join(antes)
    cambia = bool(antes) and dicho != fragmento.texto
    version = fragmento.version
    return [
        Hito(
            fragmento.version.publicada_en,
            TEXTO,
            f"Se publicó la versión {version.n} del borrador: párrafo {fragmento.orden}",
            fragmento.get_absolute_url(),
            cambios=comparar_palabras(dicho, fragmento.texto) if cambia else [],
            cita="" if cambia else breve(fragmento.texto, CITA),
        ),
        *_despues(fragmento),
    ]


def _despues(fragmento: Fragmento) -> list[Hito]:
    """Where the paragraph is in the newest version, when that is a later one."""
    ultimo = (
        Fragmento.objects.publicos()
        .filter(pk__in=linea_de(fragmento, hacia_atras=False))
        .select_related("version__consulta")
        .order_by("-version__n", "orden")
        .first()
    )
    if ultimo is None or ultimo.version.publicada_en is None:
        return []
    igual = ultimo.texto == fragmento.texto
    return [
        Hito(
            ultimo.version.publicada_en,
            TEXTO,
            f"{'Sigue igual' if igual else 'Sigue'} en la versión {ultimo.version.n}, "
            f"párrafo {ultimo.orden}",
            ultimo.get_absolute_url(),
            cambios=[] if igual else comparar_palabras(fragmento.texto, ultimo.texto),
        )
    ]
