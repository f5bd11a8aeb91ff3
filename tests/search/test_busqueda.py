"""The database search, on SQLite and PostgreSQL alike."""

import pytest

from search.pregunta import FECHA
from tests.search.conftest import anotar, preguntar, titulos

pytestmark = pytest.mark.django_db


def test_accents_case_and_plural_do_not_matter() -> None:
    anotar("Sesiones de la Municipalidad de Ñuñoa")
    for texto in ("sesion", "SESIÓN municipalidades", "sesiónes", "nunoa", "ñuñoa"):
        assert titulos(texto) == ["Sesiones de la Municipalidad de Ñuñoa"], texto


def test_enie_is_a_letter_of_its_own_when_typed() -> None:
    anotar("Un año de gobierno abierto", "El ano es una parte del cuerpo")
    assert titulos("año") == ["Un año de gobierno abierto"]
    assert len(titulos("ano")) == 2


def test_all_words_are_wanted_and_some_are_said_to_be_some() -> None:
    anotar("Datos abiertos del agua", "Datos del transporte")
    assert titulos("datos agua") == ["Datos abiertos del agua"]
    respuesta = preguntar("agua transporte")
    assert respuesta.alguna
    assert respuesta.total == 2


def test_phrase_wants_its_words_together() -> None:
    anotar("Mesa de trabajo comunal", "El trabajo de la mesa")
    assert titulos('"mesa de trabajo"') == ["Mesa de trabajo comunal"]
    assert titulos('"trabajo mesa"') == []


def test_phrase_does_not_run_from_title_into_text() -> None:
    anotar("presupuesto participativo")
    assert titulos('"participativo presupuesto"') == []


def test_title_counts_more_than_text() -> None:
    from comun.buscador import DatosFicha
    from search.proyeccion import Proyector

    Proyector().escribir(
        "pruebas.peso",
        {
            1: DatosFicha("noticia", "Otra cosa", "/1/", texto="Aquí se nombra el humedal."),
            2: DatosFicha("noticia", "El humedal", "/2/", texto="Palabras sueltas."),
        },
    )
    assert titulos("humedal") == ["El humedal", "Otra cosa"]


def test_kind_filters_and_counts_ignore_the_filter() -> None:
    anotar("agua uno", "agua dos", tipo="noticia")
    anotar("agua tres", tipo="evento", desde=10)
    respuesta = preguntar("agua", "evento")
    assert [r.titulo for r in respuesta.resultados] == ["agua tres"]
    assert respuesta.total == 1
    assert respuesta.por_tipo == {"noticia": 2, "evento": 1}


def test_pages_of_twenty_neither_repeat_nor_skip() -> None:
    anotar(*(f"acta número {i}" for i in range(45)))
    paginas = [titulos("acta", pagina=n) for n in (1, 2, 3)]
    assert [len(p) for p in paginas] == [20, 20, 5]
    assert len({t for p in paginas for t in p}) == 45
    assert preguntar("acta").total == 45


def test_sorted_by_date_the_newest_is_first_and_the_undated_last() -> None:
    from datetime import UTC, datetime

    from comun.buscador import DatosFicha
    from search.proyeccion import Proyector

    fechas = {1: datetime(2020, 1, 1, tzinfo=UTC), 2: None, 3: datetime(2024, 1, 1, tzinfo=UTC)}
    Proyector().escribir(
        "pruebas.fecha",
        {i: DatosFicha("noticia", f"acta {i}", "/", fecha=f) for i, f in fechas.items()},
    )
    assert titulos("acta", orden=FECHA) == ["acta 3", "acta 1", "acta 2"]


MALAS = [
    '"',
    '""',
    '"a',
    "'",
    "a' OR 1=1 --",
    "agua OR",
    "AND",
    "NOT agua",
    "NEAR(a b)",
    "(agua",
    "agua)",
    "agua*",
    "titulo:agua",
    "-agua",
    "agua & | ! <-> :*",
    "\\",
    "%",
    "agua\x00mala",
    "😀",
    "😀 agua",
    "مرحبا",
    "水",
    "{titulo}: x",
    "^agua",
    "a" * 1_000_000,
    "agua " * 200_000,
    "\ud800",
    "İstanbul",
    "ﬁn ², ½ ª",
    "ⅷ",
    "ⓐ",
    "𝟙𝟚",
    "ऽहिन्दी",
]


@pytest.mark.parametrize("texto", MALAS, ids=[str(i) for i in range(len(MALAS))])
def test_whatever_is_typed_is_answered(texto: str) -> None:
    anotar("agua")
    preguntar(texto)
    preguntar(texto, orden=FECHA)
