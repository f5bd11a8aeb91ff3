"""docs/contrato.md promises what there is: it is read here, and asked."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

from consulta.aportes.enums import TipoAporte, TipoAutor, Valor
from consulta.paginas.forms.propuesta import PropuestaForm
from consulta.procesos.enums import Regimen
from consulta.respuestas.enums import Resultado
from cuentas.roles import Rol
from portal.api.esquema import RAIZ, documento
from portal.demo.cuentas import CLAVE, CUENTAS

CONTRATO = (Path(__file__).parents[2] / "docs" / "contrato.md").read_text()
VALORES = {
    "vale": "1-a",
    "slug": "uno",
    "folio": "A1-0001",
    "n": "1",
    "m": "1",
    "orden": "1",
    "id": "1",
}


def parte(titulo: str) -> str:
    return CONTRATO.partition(f"## {titulo}\n")[2].partition("\n## ")[0]


def test_every_operation_of_the_document_is_promised() -> None:
    api = parte("The API")
    for ruta, metodos in documento()["paths"].items():
        if ruta.startswith(RAIZ):
            assert f"{ruta}`" in api, ruta
            if "post" in metodos:
                assert f"`POST {ruta}`" in api, ruta


@pytest.mark.parametrize("ruta", sorted(set(re.findall(r"`(/[^`?]*)", parte("Addresses")))))
def test_every_promised_address_is_routed(ruta: str) -> None:
    concreta = re.sub(r"<(\w+)>", lambda m: VALORES[m.group(1)], ruta)
    try:
        resolve(concreta)
    except Resolver404:
        pytest.fail(f"{ruta} leads nowhere")


def test_every_value_is_promised() -> None:
    valores = parte("Values")
    for lista in (TipoAporte, TipoAutor, Valor, Resultado, Regimen, Rol):
        for valor in lista.values:
            assert f"`{valor}`" in valores, (lista, valor)


def test_the_fields_of_a_proposal_are_promised() -> None:
    formularios = parte("Fields of the forms")
    for campo in PropuestaForm.base_fields:
        assert f"`{campo}`" in formularios, campo


def test_the_demo_accounts_are_the_promised_ones() -> None:
    cuentas = parte("Demo accounts")
    assert f"`{CLAVE}`" in cuentas
    assert set(re.findall(r"`([^`]+@[^`]+)`", cuentas)) == {cuenta.email for cuenta in CUENTAS}


def test_the_promised_commands_exist() -> None:
    comandos = re.findall(r"`manage.py ([a-z_`, ]+)`", parte("Commands"))
    nombres = re.findall(r"[a-z_]+", " ".join(comandos))
    assert len(nombres) >= 6
    assert set(nombres) <= set(get_commands())
