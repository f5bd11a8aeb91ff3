"""Searching the archive: one question, one page of answers, whichever engine gives it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from comun.buscador import Tipo
from search import motor, texto_completo
from search.extracto import Partes, extracto, marcar
from search.models import Ficha
from search.pregunta import FECHA, PAGINAS, POR_PAGINA, Hallados, Pregunta, total_de


@dataclass(frozen=True)
class Resultado:
    """One hit, ready to show."""

    tipo: str
    titulo: str
    titulo_partes: Partes
    contexto: str
    direccion: str
    fecha: datetime | None
    extracto: Partes

    @property
    def rotulo(self) -> str:
        return str(Tipo(self.tipo).label)


@dataclass(frozen=True)
class Respuesta:
    """A page of results. `por_tipo` counts every kind whatever the filter; `total` obeys it.

    `reducida`: the search engine did not answer, the database did in its place.
    """

    pregunta: Pregunta
    resultados: list[Resultado] = field(default_factory=list)
    por_tipo: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    alguna: bool = False
    reducida: bool = False

    @property
    def alcanzables(self) -> int:
        """Results one can page to."""
        return min(self.total, POR_PAGINA * PAGINAS)


def buscar(pregunta: Pregunta) -> Respuesta:
    """Answer `pregunta` with what any visitor may read at this instant. Never raises for its words.

    A page past the last one is the last one.
    With Elasticsearch configured it is asked first; while it does not answer, the database does.
    """
    if not pregunta.pedido:
        return Respuesta(pregunta)
    hallados, reducida = _preguntar(pregunta)
    total = total_de(hallados.por_tipo, pregunta.tipos)
    if total and not hallados.ids and pregunta.pagina > 1:
        ultima = -(-min(total, POR_PAGINA * PAGINAS) // POR_PAGINA)
        pregunta = replace(pregunta, pagina=ultima)
        hallados, reducida = _preguntar(pregunta)
    fichas = Ficha.objects.publicas().in_bulk(list(hallados.ids))
    return Respuesta(
        pregunta=pregunta,
        resultados=[_resultado(fichas[pk], pregunta) for pk in hallados.ids if pk in fichas],
        por_tipo=hallados.por_tipo,
        total=total,
        alguna=hallados.alguna,
        reducida=reducida,
    )


def _preguntar(pregunta: Pregunta) -> tuple[Hallados, bool]:
    """What is found, and whether the database had to answer in the engine's place."""
    if not motor.configurado():
        return preguntar_a_la_base(pregunta), False
    hallados = motor.preguntar(pregunta)
    return (hallados, False) if hallados else (preguntar_a_la_base(pregunta), True)


def preguntar_a_la_base(pregunta: Pregunta) -> Hallados:
    """All the words; where nothing has them all, any of them."""
    alguna = False
    por_tipo = texto_completo.contar_por_tipo(pregunta.pedido, alguna=False)
    if not por_tipo and len(pregunta.pedido.terminos) > 1:
        alguna = True
        por_tipo = texto_completo.contar_por_tipo(pregunta.pedido, alguna=True)
    if not total_de(por_tipo, pregunta.tipos):
        return Hallados([], por_tipo, alguna)
    ids = texto_completo.hallar(
        pregunta.pedido,
        tipos=pregunta.tipos,
        por_fecha=pregunta.orden == FECHA,
        alguna=alguna,
        desde=pregunta.desde,
        hasta=pregunta.desde + POR_PAGINA,
    )
    return Hallados(ids, por_tipo, alguna)


def _resultado(ficha: Ficha, pregunta: Pregunta) -> Resultado:
    titulo, texto = marcar(ficha.titulo, pregunta.pedido), extracto(ficha.texto, pregunta.pedido)
    if not any(marcada for _, marcada in titulo + texto):
        # Found by its theme, region or institution: then that is what one has to see.
        texto = [*marcar(ficha.claves, pregunta.pedido), (" — ", False), *texto]
    return Resultado(
        tipo=ficha.tipo,
        titulo=ficha.titulo,
        titulo_partes=titulo,
        contexto=ficha.contexto,
        direccion=ficha.direccion,
        fecha=ficha.fecha,
        extracto=texto,
    )
