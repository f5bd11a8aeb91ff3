"""The most contested answers as their page, their file and the API say them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from consulta.paginas.cabeceras import breve
from consulta.paginas.presentacion.despues import DICHO
from consulta.paginas.presentacion.detalle import titulo_de
from consulta.respuestas.discutidas import Opiniones
from consulta.respuestas.enums import Responde
from consulta.respuestas.models import Cobertura, Revision

SUMARIO = 180


@dataclass(slots=True)
class FilaDiscutida:
    """One contested answer. `dicho` and `revision` are in words, empty where there is none."""

    pk: int
    folio: str
    url: str
    titulo: str
    consulta: str
    institucion: str
    resultado: str
    resultado_texto: str
    razon: str
    responde: str
    dicho: str
    revision: str
    en_revision: bool
    comentarios: int
    apoyos: int
    puntos: int


def filas_de(aportes: Any) -> list[FilaDiscutida]:
    """Rows of a queryset of `discutidas()`; four queries, whatever their number."""
    filas = list(aportes.con_texto())
    vigentes = Cobertura.objects.vigentes_de(filas) if filas else {}
    revisiones = Revision.objects.in_bulk([a.pk for a in filas]) if filas else {}
    return [_fila(a, vigentes[a.pk], revisiones.get(a.pk)) for a in filas if a.pk in vigentes]


def _fila(aporte: Any, cobertura: Cobertura, revision: Revision | None) -> FilaDiscutida:
    abierta = revision is not None and revision.resuelta_en is None
    version = cobertura.version
    return FilaDiscutida(
        pk=aporte.pk,
        folio=aporte.folio,
        url=aporte.get_absolute_url(),
        titulo=aporte.contenido.titulo
        or breve(aporte.contenido.texto or titulo_de(aporte), SUMARIO),
        consulta=aporte.consulta.titulo,
        institucion=version.respuesta.institucion.nombre,
        resultado=cobertura.resultado,
        resultado_texto=str(cobertura.get_resultado_display()),
        razon=breve(cobertura.linea or version.razon, SUMARIO),
        responde=aporte.dicho,
        dicho=DICHO[Responde(aporte.dicho)] if aporte.dicho else "",
        revision="" if revision is None else "abierta" if abierta else "resuelta",
        en_revision=abierta,
        comentarios=aporte.despues_n,
        apoyos=aporte.apoyos,
        puntos=aporte.peso,
    )


def tabla_de_opiniones(filas: Iterable[Opiniones]) -> dict[str, Any]:
    """Inputs of components/tabla.html: each institution, with how many opinions the shares are of."""
    columnas = ("Institución", "Sí", "En parte", "No", "Opiniones")
    return {
        "columnas": [{"titulo": c, "num": c != "Institución"} for c in columnas],
        "filas": [
            {
                "celdas": [
                    {"rotulo": "Institución", "texto": o.institucion},
                    *(
                        {"rotulo": rotulo, "texto": f"{n} ({o.parte(n)} %)", "num": True}
                        for rotulo, n in (("Sí", o.si), ("En parte", o.en_parte), ("No", o.no))
                    ),
                    {"rotulo": "Opiniones", "texto": str(o.n), "num": True},
                ]
            }
            for o in filas
        ],
    }
