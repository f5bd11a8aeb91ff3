"""The draft as it would read had nobody taken part: every change traced to a contribution undone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from consulta.paginas.presentacion.borradores import QueCambio
from consulta.paginas.presentacion.lectura import por_fragmento
from consulta.procesos.deshacer import Lugar, deshacer
from consulta.procesos.enums import TipoFragmento
from consulta.procesos.linajes import pasos
from consulta.procesos.models import Fragmento, VersionBorrador
from consulta.respuestas.models import Cobertura

POR_PAGINA = 60


@dataclass(slots=True)
class SinParticipacion:
    """Every place of a version, and how many of them, of its contributions and words, take part."""

    lugares: list[Lugar]
    que: Mapping[int, list[QueCambio]]
    aportes: int = 0
    enredados: int = 0
    cambian: list[Lugar] = field(default_factory=list)


@dataclass(slots=True)
class VistaLugar:
    """A place as the page shows it."""

    lugar: Lugar
    ancla: str
    orden: int
    es_titulo: bool
    por: list[QueCambio]

    @property
    def que(self) -> str:
        """What participation did here, in words."""
        if not self.lugar.cambia:
            return ""
        if not self.lugar.sin:
            return "No estaría"
        return "Seguiría aquí" if not self.lugar.con else "Diría otra cosa"

    @property
    def por_que(self) -> str:
        """How what came of participation is told of, before the contributions it came from."""
        if not self.lugar.con:
            return "Se quitó por"
        return "Cambió por" if self.lugar.sin else "Está por"


def sin_participacion(versiones: Sequence[VersionBorrador], n: int) -> SinParticipacion:
    """The version `n` of `versiones`, all that are published in order, without participation.

    Three queries. Only answers in force whose outcome was to incorporate, wholly or in part, count.
    """
    hasta = [v for v in versiones if v.n <= n]
    textos: dict[int, list[Fragmento]] = {v.pk: [] for v in hasta}
    for f in Fragmento.objects.filter(version__in=list(textos)).order_by("version", "orden"):
        textos[f.version_id].append(f)
    que = por_fragmento(Cobertura.objects.que_cambiaron(hasta))
    lugares = deshacer([textos[v.pk] for v in hasta], pasos(hasta), que)
    cambian = [lugar for lugar in lugares if lugar.cambia]
    return SinParticipacion(
        lugares=lugares,
        que=que,
        aportes=len({q.folio for lugar in cambian for pk in lugar.por for q in que[pk]}),
        enredados=sum(lugar.enredado for lugar in cambian),
        cambian=cambian,
    )


def vista_de_lugar(lugar: Lugar, hecho: SinParticipacion, i: int) -> VistaLugar:
    """`i` is its place in the list, from 0: what is gone has no number of its own."""
    por = {q.folio: q for pk in lugar.por for q in hecho.que[pk]}
    primero = lugar.con[0] if lugar.con else None
    return VistaLugar(
        lugar=lugar,
        ancla=f"p{primero.orden}" if primero else f"q{i}",
        orden=primero.orden if primero else 0,
        es_titulo=bool(primero and primero.tipo == TipoFragmento.TITULO),
        por=[por[folio] for folio in sorted(por)],
    )
