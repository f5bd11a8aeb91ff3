"""The search page, as a visitor meets it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.search.conftest import anotar
from tests.search.test_busqueda import MALAS

pytestmark = pytest.mark.django_db


def pedir(client: Client, **datos: object) -> str:
    respuesta = client.get("/buscar/", datos)
    assert respuesta.status_code == 200
    return respuesta.content.decode()


def test_before_searching_it_says_what_can_be_found(client: Client) -> None:
    assert "Qué puede encontrar" in pedir(client)


def test_results_show_kind_marked_words_and_count(client: Client) -> None:
    anotar("Actas de la mesa", tipo="documento")
    html = pedir(client, q="acta")
    assert "<mark>Actas</mark> de la mesa" in html
    assert "<b>1</b> resultado para" in html
    assert "Documento" in html


def test_text_and_query_are_escaped(client: Client) -> None:
    anotar("<b>agua</b> <script>alert(1)</script>")
    html = pedir(client, q="agua <script>alert(2)</script>")
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_kinds_are_offered_with_their_counts_and_kept_in_pages(client: Client) -> None:
    anotar(*(f"agua {i}" for i in range(25)), tipo="noticia")
    anotar("agua", tipo="evento", desde=100)
    html = pedir(client, q="agua", tipo="noticia", orden="fecha")
    assert 'value="noticia" checked' in html
    assert 'value="evento"' in html
    assert "q=agua&amp;tipo=noticia&amp;orden=fecha&amp;pagina=2" in html


def test_kind_without_hits_says_where_there_are(client: Client) -> None:
    anotar("agua", tipo="noticia")
    html = pedir(client, q="agua", tipo="evento")
    assert "No encontramos nada de ese tipo" in html
    assert "Buscar en todo" in html


def test_nothing_found_says_what_to_try(client: Client) -> None:
    html = pedir(client, q="xilófono")
    assert "No encontramos «xilófono»" in html
    assert "Pruebe con menos palabras" in html


def test_some_words_is_said(client: Client) -> None:
    anotar("agua", "tierra")
    assert "Nada tiene todas sus palabras" in pedir(client, q="agua tierra")


@pytest.mark.parametrize("pagina", ["abc", "-1", "0", "99999999999", "²", "", "1.5", "\x00"])
def test_page_that_is_no_page_is_answered(client: Client, pagina: str) -> None:
    anotar("agua")
    pedir(client, q="agua", pagina=pagina)


@pytest.mark.parametrize("texto", MALAS, ids=[str(i) for i in range(len(MALAS))])
def test_bad_input_is_answered(client: Client, texto: str) -> None:
    anotar("agua")
    respuesta = client.get(
        "/buscar/",
        {"q": texto.encode("utf-8", "replace"), "tipo": texto[:99].encode("utf-8", "replace")},
    )
    assert respuesta.status_code == 200


def test_page_past_the_end_shows_the_last_one(client: Client) -> None:
    anotar(*(f"agua {i}" for i in range(25)))
    html = pedir(client, q="agua", pagina="9")
    assert "página 2 de 2" in html
    assert html.count('class="resultado"') == 5


def test_queries_do_not_grow_with_the_results(client: Client) -> None:
    def cuantas() -> int:
        with CaptureQueriesContext(connection) as hechas:
            pedir(client, q="agua")
        return len(hechas)

    anotar("agua")
    cuantas()
    una = cuantas()
    anotar(*(f"agua {i}" for i in range(200)), desde=10)
    assert cuantas() == una
    assert una <= 9
