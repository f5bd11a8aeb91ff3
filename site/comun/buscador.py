"""What «searchable» means: the small interface by which every room reaches the search above it.

A room says, beside its models, how its things read in the archive (`Fuente`), and its flows call
`proyectar` inside their transaction with whatever they changed. The room `search` connects its
engine at start-up; without one, nothing happens. Everything goes in batches of ids.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

LOTE = 500
"""Rows read and written at a time."""


class Tipo(models.TextChoices):
    """Kinds of thing one may find, in the order the filter shows them."""

    PROPUESTA = "propuesta", _("Propuesta")
    COMENTARIO = "comentario", _("Comentario")
    RESPUESTA = "respuesta", _("Respuesta")
    CONSULTA = "consulta", _("Consulta")
    FRAGMENTO = "fragmento", _("Párrafo de borrador")
    COMPROMISO = "compromiso", _("Compromiso")
    PLAN = "plan", _("Plan de acción")
    PROCESO = "proceso", _("Proceso")
    NOTICIA = "noticia", _("Noticia")
    EVENTO = "evento", _("Actividad")
    DOCUMENTO = "documento", _("Documento")
    PAGINA = "pagina", _("Página")


@dataclass(frozen=True)
class DatosFicha:
    """How one public thing reads in the archive. Only what any visitor may read goes in here.

    `texto` is plain text, `claves` are other words it is found by (folio, theme, institution),
    `contexto` says where it stands and is shown but not searched, `direccion` is a path of this site,
    `fecha` an aware instant.
    """

    tipo: str
    titulo: str
    direccion: str
    texto: str = ""
    claves: tuple[str, ...] = ()
    contexto: str = ""
    fecha: datetime | None = None


@dataclass(frozen=True)
class Fuente:
    """How the rows of `modelo` read.

    `fichas(ids)` answers, in a constant number of queries, those of `ids` that the public may read
    at this moment; the ones it leaves out are taken off the archive. `publicos()` are the ids of
    all of them, for rebuilding. `depende_de` says which rows of `modelo` read differently when rows
    of another model change: from the ids of those to a queryset or list of ids of these.
    `al_guardar` are models that are edited in forms without a flow: each save projects.
    """

    modelo: type[models.Model]
    fichas: Callable[[Sequence[int]], Mapping[int, DatosFicha]]
    publicos: Callable[[], Iterable[int]]
    depende_de: Mapping[type[models.Model], Callable[[Sequence[int]], Iterable[int]]] = field(
        default_factory=dict
    )
    al_guardar: tuple[type[models.Model], ...] = ()


@dataclass(frozen=True)
class Hallazgo:
    """A page of what has certain words. `hay_mas`: there are more than `total`, which stops there."""

    ids: Sequence[int] = ()
    total: int = 0
    hay_mas: bool = False


class Motor(Protocol):
    """What the search room offers."""

    def buscar_dentro(
        self, fuente: str, texto: str, dentro: "models.QuerySet[Any]", numero: int, por_pagina: int
    ) -> Hallazgo:
        """The page `numero` of the rows of `dentro`, in its order, that have all the words of `texto`."""

    def marcar(self, texto: str, pedido: str) -> list[tuple[str, bool]]:
        """`texto` cut where a word of `pedido` begins or ends: (stretch, was it looked for)."""

    def escribir(
        self, fuente: str, fichas: Mapping[int, DatosFicha | None], *, nuevas: bool = False
    ) -> list[int]:
        """Write or (None) take off; returns the ids whose row changed. `nuevas`: none was there."""

    def ids_que_dicen(self, fuente: str, texto: str) -> "models.QuerySet[Any] | None":
        """Ids of the public things of a source that say every word of `texto`; None for no word."""


_fuentes: dict[type[models.Model], Fuente] = {}
_sin_ficha: dict[type[models.Model], str] = {}
_motor: list[Motor] = []


def registrar(fuente: Fuente) -> None:
    """Declare how a model reads. Called once, from `AppConfig.ready`."""
    _fuentes[fuente.modelo] = fuente


def declarar_sin_ficha(modelo: type[models.Model], razon: str) -> None:
    """Declare that a model with an address of its own is not found by itself, and why."""
    _sin_ficha[modelo] = razon


def fuentes() -> list[Fuente]:
    """Every declared source."""
    return list(_fuentes.values())


def declara_ficha(modelo: type[models.Model]) -> bool:
    """Whether `modelo`, or a model it descends from, says how it reads or why it does not."""
    return any(base in _fuentes or base in _sin_ficha for base in modelo.__mro__)


def proyecta_al_guardar(modelo: type[models.Model]) -> bool:
    """Whether some source asked to be told of every save of `modelo`."""
    return any(modelo in fuente.al_guardar for fuente in _fuentes.values())


def conectar(motor: Motor) -> None:
    """Set the engine that keeps the archive; the search room does it at start-up."""
    _motor[:] = [motor]


def nombre_de_fuente(modelo: type[models.Model]) -> str:
    """The name under which the rows of `modelo` are kept in the archive."""
    return modelo._meta.label_lower


def proyectar(objetos: Iterable[models.Model]) -> None:
    """Bring the archive up to date with `objetos`, and with what reads differently because of them.

    Call it inside the transaction that changed them: the row of the archive commits or rolls back
    with the thing. What is not public any more leaves. Unchanged things cost a read and no write.
    """
    with transaction.atomic():
        for modelo, ids in _por_modelo(objetos).items():
            proyectar_ids(modelo, ids)


def proyectar_nuevas(modelo: type[models.Model], fichas: Mapping[int, DatosFicha]) -> None:
    """Put in the archive what comes into being in this transaction, as it reads, by id.

    Nothing of it was there, and nothing else reads differently because of it: neither is looked up.
    """
    fuente = _fuente_de(modelo)
    if fuente is not None and _motor and fichas:
        _motor[0].escribir(nombre_de_fuente(fuente.modelo), dict(fichas), nuevas=True)


def proyectar_ids(modelo: type[models.Model], ids: Iterable[int]) -> list[int]:
    """As `proyectar`, for the rows `ids` of `modelo`. Returns the ids whose row changed."""
    fuente = _fuente_de(modelo)
    cambiados: list[int] = []
    if not _motor:
        return cambiados
    for lote in en_lotes(ids):
        if fuente is None:
            tocados = lote
        else:
            legibles = fuente.fichas(lote)
            fichas = {pk: legibles.get(pk) for pk in lote}
            tocados = _motor[0].escribir(nombre_de_fuente(fuente.modelo), fichas)
        cambiados += tocados
        _arrastrar(fuente.modelo if fuente else modelo, tocados)
    return cambiados


def ids_que_dicen(modelo: type[models.Model], texto: str) -> "models.QuerySet[Any] | None":
    """Ids of the rows of `modelo` that say every word of `texto`, to be used inside another query: accents
    and number do not matter. None when there is no word to look for, or nobody who can."""
    if not _motor:
        return None
    fuente = _fuente_de(modelo)
    nombre = nombre_de_fuente(fuente.modelo if fuente else modelo)
    return _motor[0].ids_que_dicen(nombre, texto)


def retirar(objetos: Iterable[models.Model]) -> None:
    """Take `objetos` off the archive without asking how they read: they are being deleted."""
    with transaction.atomic():
        for modelo, ids in _por_modelo(objetos).items():
            fuente = _fuente_de(modelo)
            if fuente is None or not _motor:
                continue
            nombre = nombre_de_fuente(fuente.modelo)
            for lote in en_lotes(ids):
                _motor[0].escribir(nombre, dict.fromkeys(lote))


def en_lotes(ids: Iterable[int]) -> Iterable[list[int]]:
    """`ids` without repetitions, in lists of at most `LOTE`."""
    lote: list[int] = []
    for pk in dict.fromkeys(ids):
        lote.append(pk)
        if len(lote) == LOTE:
            yield lote
            lote = []
    if lote:
        yield lote


def buscar_dentro(
    modelo: type[models.Model],
    texto: str,
    dentro: "models.QuerySet[Any]",
    *,
    numero: int = 1,
    por_pagina: int = 20,
) -> Hallazgo:
    """Look for words among some rows of `modelo` only, as the archive reads them: accents, capitals
    and number do not matter. Always from the database, so it is right at this instant."""
    if not _motor:
        return Hallazgo()
    nombre = nombre_de_fuente(modelo)
    return _motor[0].buscar_dentro(nombre, texto, dentro, numero, por_pagina)


def marcar(texto: str, pedido: str) -> list[tuple[str, bool]]:
    """The stretch of `texto` around the words of `pedido`, with those words told apart."""
    return _motor[0].marcar(texto, pedido) if _motor else [(texto, False)]


def _por_modelo(objetos: Iterable[models.Model]) -> dict[type[models.Model], list[Any]]:
    grupos: dict[type[models.Model], list[Any]] = defaultdict(list)
    for objeto in objetos:
        if objeto.pk is not None:
            grupos[type(objeto)].append(objeto.pk)
    return grupos


def _fuente_de(modelo: type[models.Model]) -> Fuente | None:
    return next((_fuentes[base] for base in modelo.__mro__ if base in _fuentes), None)


def _arrastrar(modelo: type[models.Model], ids: list[int]) -> None:
    if not ids:
        return
    for fuente in fuentes():
        dependientes = fuente.depende_de.get(modelo)
        if dependientes is not None:
            proyectar_ids(fuente.modelo, dependientes(ids))
