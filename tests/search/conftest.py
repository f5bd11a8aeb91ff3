"""Things to find: a consultation with its draft, contributions and an answer, and pages of the CMS."""

import pytest
from wagtail.models import Page, Site

from comun.buscador import DatosFicha
from portal.models import PaginaEstandar
from search.busqueda import Respuesta, buscar
from search.models import Ficha
from search.pedido import leer
from search.pregunta import Pregunta
from search.proyeccion import Proyector


def preguntar(texto: str, *tipos: str, **extra: object) -> Respuesta:
    return buscar(Pregunta(leer(texto), tipos, **extra))  # type: ignore[arg-type]


def titulos(texto: str, *tipos: str, **extra: object) -> list[str]:
    return [r.titulo for r in preguntar(texto, *tipos, **extra).resultados]


def anotar(
    *textos: str, fuente: str = "pruebas.cosa", tipo: str = "noticia", desde: int = 1
) -> None:
    """Put things in the archive that exist nowhere else, titled by their text."""
    Proyector().escribir(
        fuente,
        {
            i: DatosFicha(tipo=tipo, titulo=texto, direccion=f"/cosas/{i}/", texto=texto)
            for i, texto in enumerate(textos, desde)
        },
    )


@pytest.fixture(autouse=True)
def archivo_vacio(request: pytest.FixtureRequest) -> None:
    """A new installation has pages already, and they are found; here each test says what there is."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        Ficha.objects.all().delete()


@pytest.fixture
def portada(db: None) -> Page:
    """Root of the site the visitors see."""
    return Site.objects.get(is_default_site=True).root_page


@pytest.fixture
def pagina(portada: Page) -> PaginaEstandar:
    return portada.add_child(
        instance=PaginaEstandar(
            title="Qué es el gobierno abierto", slug="que-es", resumen="Murciélago"
        )
    )
