"""`GET /api/v2/buscar/`"""

import pytest
from django.test import Client

from comun.buscador import DatosFicha
from search.proyeccion import Proyector
from tests.search.conftest import anotar
from tests.search.test_busqueda import MALAS

pytestmark = pytest.mark.django_db
RUTA = "/api/v2/buscar/"


def test_hit_says_kind_title_address_date_and_extract(client: Client) -> None:
    Proyector().escribir(
        "pruebas.cosa",
        {1: DatosFicha("documento", "Acta 3", "/biblioteca/acta-3/", texto="Se habló del agua.")},
    )
    datos = client.get(RUTA, {"q": "aguas"}).json()
    assert datos["total"] == 1
    assert datos["por_tipo"] == {"documento": 1}
    [hallado] = datos["resultados"]
    assert hallado["tipo"] == "documento"
    assert hallado["titulo"] == "Acta 3"
    assert hallado["direccion"].endswith("//testserver/biblioteca/acta-3/")
    assert hallado["fecha"] is None
    assert hallado["extracto"] == "Se habló del agua."
    assert {"texto": "agua", "marcado": True} in hallado["partes"]


def test_kind_order_and_page_are_obeyed(client: Client) -> None:
    anotar(*(f"agua {i}" for i in range(25)), tipo="noticia")
    anotar("agua", tipo="evento", desde=100)
    datos = client.get(RUTA, {"q": "agua", "tipo": "noticia", "orden": "fecha", "pagina": 2}).json()
    assert (datos["total"], datos["pagina"], datos["paginas"]) == (25, 2, 2)
    assert len(datos["resultados"]) == 5


@pytest.mark.parametrize(
    "datos",
    [{}, {"q": ""}, {"q": "a", "tipo": "x"}, {"q": "a", "pagina": "abc"}, {"q": "a", "otro": "1"}],
)
def test_what_cannot_be_is_refused_in_words(client: Client, datos: dict[str, str]) -> None:
    respuesta = client.get(RUTA, datos)
    assert respuesta.status_code == 400
    assert respuesta.json()["errores"]


@pytest.mark.parametrize("texto", MALAS, ids=[str(i) for i in range(len(MALAS))])
def test_bad_input_is_no_fault(client: Client, texto: str) -> None:
    anotar("agua")
    respuesta = client.get(RUTA, {"q": texto.encode("utf-8", "replace")})
    assert respuesta.status_code in (200, 400)
