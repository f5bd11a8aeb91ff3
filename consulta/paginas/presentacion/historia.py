"""The trace, told as a dated story: what somebody wrote, what was answered, what changed, and back.

A story is a list of `Hito`, oldest first. Whoever opens a contribution, a paragraph or a commitment
reads the same events from three sides.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from comun.diferencias import Cambio, comparar_palabras
from consulta.aportes.enums import Situacion
from consulta.aportes.models import Aporte, AporteVersion
from consulta.paginas.cabeceras import breve
from consulta.procesos.linajes import linea_de
from consulta.procesos.models import Correspondencia, Fragmento, VersionBorrador
from consulta.respuestas.models import Cobertura
from consulta.seguimiento.models import Compromiso

CITA = 240
ENVIO, CORRECCION, RESPUESTA, TEXTO, COMPROMISO, ACTIVIDAD, FIN = (
    "envio", "correccion", "respuesta", "texto", "compromiso", "actividad", "fin",
)  # fmt: skip
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
    """From the first sentence its author wrote to where it stands today; five queries at most.

    Needs `aporte` as its page reads it.
    """
    hitos = [_envio(aporte, _primera(aporte))]
    for version in AporteVersion.objects.filter(aporte=aporte, n__gt=1).order_by("n"):
        ruta = reverse("paginas:versiones", args=[aporte.folio])
        hitos.append(Hito(version.en, CORRECCION, "Su autor o autora lo corrigió", ruta))
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
    if aporte.situacion != Situacion.VIGENTE and aporte.quitado_en:
        retirado = aporte.situacion == Situacion.RETIRADO
        que = "Quien lo escribió lo retiró" if retirado else "Moderación lo removió"
        hitos.append(Hito(aporte.quitado_en, FIN, que, aporte.get_absolute_url()))
    return sorted(hitos, key=lambda h: h.fecha)


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
    return sorted([*hitos, *_aportes_y_respuestas(cambiaron)], key=lambda h: h.fecha)


def historia_de_compromiso(compromiso: Compromiso, aportes: Collection[Aporte]) -> list[Hito]:
    """How `aportes`, those of one page, came to `compromiso`; two queries."""
    vigentes = Cobertura.objects.vigentes_de(aportes)
    por_pk = {a.pk: a for a in aportes}
    for cobertura in vigentes.values():
        cobertura.aporte = por_pk[cobertura.aporte_id]
    return sorted(_aportes_y_respuestas(vigentes.values()), key=lambda h: h.fecha)


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
    hecho = "corrigió su respuesta" if version.n > 1 else "respondió"
    return Hito(
        version.publicada_en or cobertura.aporte.enviado_en,
        RESPUESTA,
        f"{version.respuesta.institucion} {hecho}",
        f"{cobertura.aporte.get_absolute_url()}#respuesta",
        cobertura.aporte.folio,
        breve(cobertura.linea or version.razon, CITA),
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
