"""A draft in three versions, prepared, corrected and published by a program."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.api.conftest import Programa, abierta, sesion_de
from tests.consulta.procesos.test_revisar import DOS, UNO
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretaria() -> Programa:
    return sesion_de(UserFactory(secretaria=True))


def ruta(consulta, *partes) -> str:
    return "/".join(["consultas", consulta.slug, "versiones", *map(str, partes)]) + "/"


def publicada(programa, consulta, texto):
    hecha = programa.post(ruta(consulta), {"texto": texto})
    assert hecha.status_code == 201, hecha.content
    n = hecha.json()["n"]
    assert (
        programa.post(ruta(consulta, n, "publicar"), {"marca": hecha.json()["marca"]}).status_code
        == 200
    )
    return n


def test_three_versions_and_where_each_fragment_comes_from(secretaria, anonimo) -> None:
    consulta = abierta()
    for texto in (UNO, DOS, UNO):
        publicada(secretaria, consulta, texto)
    versiones = anonimo.leer(ruta(consulta))["resultados"]
    assert [v["n"] for v in versiones] == [1, 2, 3] and versiones[1]["fragmentos"] == 6
    aristas = anonimo.leer(ruta(consulta, 2, "correspondencias"))["resultados"]
    vistas = {(a["de"]["orden"], a["a"]["orden"], a["tipo"]) for a in aristas}
    assert {(3, 4, "divide"), (3, 5, "divide"), (4, 2, "mueve"), (2, 3, "cambia")} <= vistas
    vueltas = anonimo.leer(ruta(consulta, 3, "correspondencias"))["resultados"]
    assert {(a["de"]["orden"], a["a"]["orden"]) for a in vueltas if a["tipo"] == "une"} == {
        (4, 3),
        (5, 3),
    }


def test_a_version_is_corrected_before_it_is_published(secretaria, anonimo) -> None:
    consulta = abierta()
    publicada(secretaria, consulta, UNO)
    secretaria.post(ruta(consulta), {"texto": DOS})
    filas = secretaria.leer(ruta(consulta, 2, "revision"))["resultados"]
    assert filas[3]["anteriores"] == [
        {"orden": 3, "tipo": "divide", "seguridad": filas[3]["anteriores"][0]["seguridad"]}
    ]

    def corregir(orden, **datos):
        return secretaria.enviar("PATCH", ruta(consulta, 2, "revision", orden), datos)

    assert corregir(4, unir=True, marca=filas[3]["marca"]).json()["fragmentos"] == 5
    assert corregir(4, texto="x", marca=filas[3]["marca"]).status_code == 409
    assert corregir(4, corte=41).json()["fragmentos"] == 6
    assert corregir(6, anteriores=[5]).status_code == 200
    assert corregir(6, tipo="titulo", nivel=2).status_code == 200
    assert secretaria.post(ruta(consulta, 2, "deshacer")).status_code == 200
    for datos in (
        {},
        {"unir": True, "corte": 3},
        {"anteriores": [99]},
        {"corte": 0},
        {"tipo": "foto"},
    ):
        assert corregir(6, **datos).status_code == 400, datos
    assert corregir(77, unir=True).status_code == 404
    assert anonimo.get(ruta(consulta, 2)).status_code == 404
    marca = secretaria.post(ruta(consulta, 2, "publicar"), {"marca": "vieja"})
    assert marca.status_code == 409
    assert (
        secretaria.enviar("PUT", ruta(consulta, 2, "revision"), {"texto": DOS}).status_code == 200
    )
    assert secretaria.post(ruta(consulta, 2, "publicar")).status_code == 200
    assert corregir(6, texto="x").status_code == 409
    seis = [
        a
        for a in anonimo.leer(ruta(consulta, 2, "correspondencias"))["resultados"]
        if a["a"]["orden"] == 6
    ]
    assert [(a["de"]["orden"], a["por_persona"]) for a in seis] == [(5, True)]


def test_a_file_is_uploaded_in_a_form(secretaria) -> None:
    consulta = abierta()

    def subir(contenido):
        archivo = SimpleUploadedFile("b.docx", contenido)
        return Client().post(
            f"/api/v2/{ruta(consulta)}", {"archivo": archivo, "titulo": "Mi borrador"},
            headers={"X-Session-Token": secretaria.token},
        )  # fmt: skip

    assert subir(b"PK\x03\x04roto").json()["errores"]["archivo"]
    assert subir(b"# Uno\n\nDos").json()["fragmentos"] == 2


def test_only_the_secretariat_prepares(anonimo) -> None:
    consulta = abierta()
    oficial = sesion_de(UserFactory(oficial=True))
    for programa, estado in ((anonimo, 401), (oficial, 403)):
        assert programa.post(ruta(consulta), {"texto": "x"}).status_code == estado
        assert programa.get(ruta(consulta, 1, "revision")).status_code == estado
        assert (
            programa.enviar("PATCH", ruta(consulta, 1, "revision", 1), {"unir": True}).status_code
            == estado
        )
        for verbo in ("publicar", "deshacer"):
            assert programa.post(ruta(consulta, 1, verbo)).status_code == estado
