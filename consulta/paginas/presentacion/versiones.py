"""What a contribution said before each correction, told word by word."""

from dataclasses import dataclass, field
from datetime import datetime

from comun.diferencias import Cambio, comparar_palabras
from consulta.aportes.models import Adjunto, Aporte, AporteVersion
from consulta.aportes.versiones import versiones_publicas
from consulta.paginas.presentacion.detalle import Campo, partes_de


@dataclass(slots=True)
class ParteCambiada:
    """One part of the text, with what went and what came."""

    titulo: str
    cambios: list[Cambio]


@dataclass(slots=True)
class VistaVersion:
    """One version; `partes` only those that changed since the one before, all of the first one.

    `en` is when it was written. The first may be what its author mended in the first minutes
    (`ajustada`): it was sent at `enviada`, and nothing was corrected in public.
    """

    n: int
    en: datetime
    enviada: datetime
    ajustada: bool
    vigente: bool
    primera: bool
    borrada: bool
    partes: list[ParteCambiada]
    puestos: list[Adjunto] = field(default_factory=list)
    quitados: list[Adjunto] = field(default_factory=list)


def vistas_de_versiones(aporte: Aporte) -> list[VistaVersion]:
    """The latest first, each with the files that came and went; two queries."""
    archivos = list(aporte.adjuntos.select_related("aporte__consulta"))
    publicas = versiones_publicas(aporte, aporte.versiones.all())
    vistas: list[VistaVersion] = []
    anterior: AporteVersion | None = None
    tenia: list[Adjunto] = []
    for version in publicas:
        tiene = [a for a in archivos if a.desde <= version.n <= (a.hasta or version.n)]
        vistas.append(
            VistaVersion(
                n=len(vistas) + 1,
                en=version.en,
                enviada=aporte.enviado_en,
                ajustada=anterior is None and version.n > 1,
                vigente=version.n == aporte.version,
                primera=anterior is None,
                borrada=version.texto is None,
                partes=_cambios(aporte, anterior, version),
                puestos=[a for a in tiene if a not in tenia],
                quitados=[a for a in tenia if a not in tiene],
            )
        )
        anterior, tenia = version, tiene
    return vistas[::-1]


def _cambios(
    aporte: Aporte, antes: AporteVersion | None, ahora: AporteVersion
) -> list[ParteCambiada]:
    if ahora.texto is None or (antes is not None and antes.texto is None):
        return []
    nuevas = {c.titulo: c.texto for c in _partes(aporte, ahora)}
    viejas = {c.titulo: c.texto for c in _partes(aporte, antes)} if antes else nuevas
    return [
        ParteCambiada(titulo, comparar_palabras(viejas.get(titulo, ""), nuevas.get(titulo, "")))
        for titulo in dict.fromkeys([*nuevas, *viejas])
        if antes is None or viejas.get(titulo, "") != nuevas.get(titulo, "")
    ]


def _partes(aporte: Aporte, version: AporteVersion) -> list[Campo]:
    titulo = [Campo("Título", version.titulo)] if version.titulo else []
    return [*titulo, *partes_de(aporte, version)]
