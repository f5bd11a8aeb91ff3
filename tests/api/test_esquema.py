"""One document tells the whole API: it is valid, complete, and says nothing that is not there."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from drf_spectacular.drainage import GENERATOR_STATS, reset_generator_stats
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from portal.api.esquema import documento
from portal.api.ingreso import RESUMENES
from tests.api.conftest import RAIZ, Programa

SIN_DOCUMENTAR = {"api_indice", "api_documento", "api_docs", "api_no_existe"}
METODOS = {"get", "post", "put", "patch", "delete"}


def rutas(patrones: list[Any], antes: str = "") -> Iterator[tuple[str, Any]]:
    for patron in patrones:
        camino = antes + str(patron.pattern).removeprefix("^").removesuffix("$")
        if isinstance(patron, URLResolver):
            yield from rutas(patron.url_patterns, camino)
        elif isinstance(patron, URLPattern):
            yield "/" + camino, patron


def forma(ruta: str) -> str:
    """A route whatever its parameters are called."""
    return re.sub(r"<[^>]+>|\{[^}]+\}", "{}", ruta)


def test_the_document_is_valid_openapi(anonimo: Programa) -> None:
    respuesta = anonimo.get("openapi.json")
    esquema = respuesta.json()
    assert esquema["openapi"].startswith("3.0")
    validate_schema(esquema)
    assert respuesta["Access-Control-Allow-Origin"] == "*"
    assert (
        anonimo.get("openapi.json", headers={"If-None-Match": respuesta["ETag"]}).status_code == 304
    )


def test_the_document_is_drawn_without_guesses() -> None:
    reset_generator_stats()
    SchemaGenerator().get_schema(request=None, public=True)
    assert not GENERATOR_STATS, (GENERATOR_STATS._warn_cache, GENERATOR_STATS._error_cache)


def test_every_reference_of_the_document_leads_somewhere() -> None:
    esquema = documento()

    def referencias(nodo: Any) -> Iterator[str]:
        if isinstance(nodo, dict):
            if isinstance(nodo.get("$ref"), str):
                yield nodo["$ref"]
            for valor in nodo.values():
                yield from referencias(valor)
        elif isinstance(nodo, list):
            for valor in nodo:
                yield from referencias(valor)

    for referencia in set(referencias(esquema)):
        nodo: Any = esquema
        for parte in referencia.removeprefix("#/").split("/"):
            nodo = nodo[parte]


def test_every_route_below_the_root_is_documented() -> None:
    documentadas = {forma(ruta) for ruta in documento()["paths"]}
    encontradas = {
        forma(ruta): patron.name
        for ruta, patron in rutas(get_resolver().url_patterns)
        if ruta.startswith(RAIZ) and patron.name not in SIN_DOCUMENTAR
    }
    assert len(encontradas) > 25
    assert set(encontradas) <= documentadas


@pytest.mark.parametrize("ruta", sorted(documento()["paths"]))
def test_every_documented_path_is_routed(ruta: str) -> None:
    concreta = (
        ruta.replace("{client}", "app").replace("{slug}", "uno").replace("{folio}", "A1-0001")
    )
    assert resolve(re.sub(r"\{[^}]+\}", "1", concreta)).url_name != "api_no_existe"


@pytest.mark.django_db
def test_every_documented_operation_answers_and_says_what_it_documents(anonimo: Programa) -> None:
    for ruta, operaciones in documento()["paths"].items():
        if not ruta.startswith(RAIZ):
            continue
        concreta = re.sub(r"\{[^}]+\}", "1", ruta.replace("{slug}", "uno"))
        for metodo in METODOS & operaciones.keys():
            respuesta = (
                anonimo.get(concreta)
                if metodo == "get"
                else anonimo.enviar(metodo.upper(), concreta)
            )
            anunciados = set(operaciones[metodo]["responses"])
            sin_sesion = (
                {"401"} if operaciones[metodo].get("security", [{}])[-1:] != [{}] else set()
            )
            assert str(respuesta.status_code) in anunciados | sin_sesion, (metodo, ruta)
            assert respuesta.status_code != 405


def test_the_names_of_operations_are_unique() -> None:
    nombres = [
        o["operationId"]
        for m in documento()["paths"].values()
        for o in m.values()
        if isinstance(o, dict) and "operationId" in o
    ]
    assert len(nombres) == len(set(nombres))


def test_signing_in_is_part_of_the_document() -> None:
    rutas_ = documento()["paths"]
    assert "/_allauth/{client}/v1/auth/login" in rutas_
    assert "nombre_publico" in str(documento()["components"]["schemas"]["BaseSignup"])


@pytest.mark.django_db
def test_the_page_for_people_lists_every_operation_without_scripts_of_others(
    client: Client,
) -> None:
    html = client.get("/api/v2/docs/").content.decode().replace("<wbr>", "")
    for ruta in documento()["paths"]:
        assert ruta in html
    assert not re.search(r'(?:src="|<link[^>]+href=")https?://', html)
    assert 'style="' not in html


@pytest.mark.django_db
def test_the_documents_of_allauth_lead_to_this_one(client: Client) -> None:
    assert client.get("/_allauth/openapi.json")["Location"] == "/api/v2/openapi.json"
    assert client.get("/_allauth/openapi.html")["Location"] == "/api/v2/docs/"


@pytest.mark.django_db
def test_the_index_lists_addresses_that_answer(anonimo: Programa) -> None:
    indice = anonimo.leer("")
    for nombre, direccion in indice["recursos"].items():
        esperado = {"mis_aportes": 401, "buscar": 400}.get(nombre, 200)
        assert anonimo.get(direccion.removeprefix("http://testserver")).status_code == esperado
    for otra in (indice["documento"], indice["explicacion"]):
        assert anonimo.get(otra.removeprefix("http://testserver")).status_code == 200


def test_what_people_read_of_the_api_is_spanish(client):
    pagina = client.get("/api/v2/docs/").content.decode()
    for ingles in (
        "Search everything",
        "Authentication",
        "Reset password",
        "Newest first",
        'lang="en"',
    ):
        assert ingles not in pagina
    for ruta, operaciones in client.get("/api/v2/openapi.json").json()["paths"].items():
        for metodo, operacion in operaciones.items():
            if ruta.startswith("/_allauth/") and metodo != "parameters":
                assert operacion["summary"] in RESUMENES.values()
                assert all(
                    r.get("description") or r["$ref"] for r in operacion["responses"].values()
                )


@pytest.mark.parametrize(
    ("pedido", "dice"),
    [
        ("type=nada.Nada", "no hay páginas de esa clase"),
        ("limit=9999", "limit no puede pasar de 100"),
        ("order=zzz", "no se puede ordenar por «zzz»"),
        ("fields=zzz", "no existen los campos zzz"),
        ("child_of=x", "child_of debe ser un número positivo"),
        ("id=x", ""),
        ("zzz=1", "no existe el parámetro zzz"),
    ],
)
def test_the_api_of_pages_refuses_in_spanish(client, db, pedido, dice):
    respuesta = client.get(f"/api/v2/pages/?{pedido}")
    assert respuesta.status_code == 400
    assert dice in respuesta.json()["errores"]["general"][0]
    assert "must" not in respuesta.content.decode() and "exist." not in respuesta.content.decode()
