"""One contribution on its own page: every field, its answers, and itself for machines."""

from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import Any

from comun.avisos import direccion_absoluta
from consulta.aportes.enums import CAMPOS_DE_PROPUESTA, TipoAporte, Valor
from consulta.aportes.models import Aporte, AporteVersion
from consulta.paginas.cabeceras import breve
from consulta.paginas.presentacion.aportes import BORRADO, VistaRespuesta, vista_de_respuesta
from consulta.respuestas.cambios import cambio_entre
from consulta.respuestas.decisiones import decisiones_de, impedidos_de
from consulta.respuestas.models import Cobertura

LARGO_DATOS = 5000


@dataclass(slots=True)
class Campo:
    """One part of a proposal, with its heading."""

    titulo: str
    texto: str


def titulo_de(aporte: Aporte) -> str:
    """How its page is called."""
    if not aporte.es_visible:
        return f"Aporte {aporte.folio}"
    if aporte.contenido.titulo:
        return aporte.contenido.titulo
    nombres = {
        TipoAporte.OBSERVACION: "Comentario",
        TipoAporte.REPLICA: "Comentario en un hilo",
    }
    return f"{nombres.get(TipoAporte(aporte.tipo), 'Aporte')} {aporte.folio}"


def campos_de(aporte: Aporte) -> list[Campo]:
    """The words as they stand, in the order of the form; empty parts are left out."""
    return partes_de(aporte, aporte.contenido)


def partes_de(aporte: Aporte, contenido: AporteVersion) -> list[Campo]:
    """The words of one version of `aporte`."""
    if contenido.texto is None:
        return [Campo("", BORRADO)]
    if aporte.tipo != TipoAporte.PROPUESTA:
        return [Campo("", contenido.texto)]
    campos = contenido.campos or {}
    partes = [
        Campo("Problema que quiere resolver", str(campos.get("problema") or "")),
        Campo("Descripción de la propuesta", contenido.texto),
        *(
            Campo(str(rotulo), str(campos.get(nombre) or ""))
            for nombre, rotulo in CAMPOS_DE_PROPUESTA.items()
            if nombre != "problema"
        ),
    ]
    return [parte for parte in partes if parte.texto]


def palabras_de(aporte: Aporte) -> list[Campo]:
    """Title and words, for its own author to look at: also of what is not public yet."""
    titulo = aporte.contenido.titulo
    return [*([Campo("Título", titulo)] if titulo else []), *campos_de(aporte)]


def valores_de(aporte: Aporte) -> str:
    """The values of open government it marks, in words."""
    marcados = (aporte.contenido.campos or {}).get("valores") or []
    return ", ".join(str(Valor(v).label) for v in marcados if v in Valor.values)


def datos_de(aporte: Aporte, *, con_plazo: bool) -> list[dict[str, Any]]:
    """Inputs of components/ficha_datos.html."""
    visible = aporte.es_visible
    filas: list[dict[str, Any]] = [
        {"rotulo": "Folio", "valor": aporte.folio},
        {"rotulo": "Tipo", "valor": aporte.get_tipo_display()},
        {"rotulo": "Recibido", "fecha": aporte.enviado_en},
        {
            "rotulo": "Consulta",
            "valor": aporte.consulta.titulo,
            "url": aporte.consulta.get_absolute_url(),
        },
    ]
    if visible:
        filas += [
            {"rotulo": rotulo, "valor": valor}
            for rotulo, valor in (
                ("Tema", aporte.tema.nombre if aporte.tema else ""),
                ("Región", aporte.get_region_display() if aporte.region else ""),
                ("Participa como", aporte.get_tipo_autor_display() if aporte.tipo_autor else ""),
                ("Valores", valores_de(aporte)),
                ("Recibido por", aporte.get_canal_display()),
            )
            if valor
        ]
    if con_plazo and aporte.vence_el:
        filas.append({"rotulo": "Se responde a más tardar", "fecha": aporte.vence_el})
    return filas


def versiones_de_respuesta(aporte: Aporte) -> list[VistaRespuesta]:
    """Every published version of its answer, the current one first, each with what it changed and who
    in the forum decided; one query, four where the consultation asks for approvals."""
    filas = list(
        Cobertura.objects.publicadas()
        .filter(aporte=aporte)
        .con_respuesta()
        .order_by("-version__publicada_en", "-version_id")
    )
    cambios = [cambio_entre(antes, ahora) for ahora, antes in pairwise(filas)]
    pide = bool(aporte.consulta.conformidades and filas)
    decisiones = decisiones_de(c.version_id for c in filas) if pide else {}
    impedidos = impedidos_de(c.version for c in filas) if pide else {}
    return [
        replace(
            vista_de_respuesta(cobertura),
            cambio=cambio,
            decisiones=tuple(decisiones.get(cobertura.version_id, ())),
            impedidos=tuple(impedidos.get(cobertura.version_id, ())),
        )
        for cobertura, cambio in zip_longest(filas, cambios)
    ]


def datos_estructurados(aporte: Aporte, respuestas: int) -> dict[str, Any] | None:
    """schema.org DiscussionForumPosting; nothing for what is not shown."""
    if not aporte.es_visible or aporte.contenido.texto is None:
        return None
    return {
        "@context": "https://schema.org",
        "@type": "DiscussionForumPosting",
        "identifier": aporte.folio,
        "headline": titulo_de(aporte),
        "text": breve(aporte.contenido.texto, LARGO_DATOS),
        "url": direccion_absoluta(aporte.get_absolute_url()),
        "datePublished": aporte.enviado_en,
        "inLanguage": "es-CL",
        "author": {
            "@type": "Organization" if aporte.en_nombre_de_id else "Person",
            "name": aporte.firma,
        },
        "isPartOf": {
            "@type": "WebPage",
            "name": aporte.consulta.titulo,
            "url": direccion_absoluta(aporte.consulta.get_absolute_url()),
        },
        "interactionStatistic": {
            "@type": "InteractionCounter",
            "interactionType": "https://schema.org/CommentAction",
            "userInteractionCount": respuestas,
        },
    }
