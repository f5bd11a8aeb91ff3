"""A question that is asked for nothing is not read: what is taken for a RUN or a telephone is one."""

import pytest

from comun.datos_personales import RUN, TELEFONO, Dato, datos_personales, digito_verificador


@pytest.mark.parametrize(
    ("numero", "dv"),
    [(12_345_678, "5"), (11_111_111, "1"), (1_000_005, "K"), (7_654_321, "6"), (10_000_013, "K")],
)
def test_the_verifying_digit_is_that_of_the_civil_registry(numero: int, dv: str) -> None:
    assert digito_verificador(numero) == dv


@pytest.mark.parametrize(
    "texto",
    [
        "Mi RUN es 12.345.678-5.",
        "soy 12345678-5, vecina",
        "(12.345.678 - 5)",
        "RUT 123456785 de mi madre",
        "cédula N° 12.345.6785",
        "RUN: 7.654.321-6",
        "lleva k: 1000005-k",
    ],
)
def test_a_run_of_a_person_is_found(texto: str) -> None:
    assert [d.clase for d in datos_personales(texto)] == [RUN]


@pytest.mark.parametrize(
    "texto",
    [
        "12.345.678-4 no verifica",
        "la empresa 76.123.456-0 y la 96.874.030-K tienen RUT público",
        "expediente 12345678-5-2024",
        "Rol 1234567-2025",
        "Ley 20.285 y Ley 21.719",
        "el folio P7B-0012",
        "son 12.345.678,5 toneladas",
        "el 2026-11-21 a las 12:30",
        "un total de 123456785 personas",
        "entre 2020-2024 y 11111111111-1",
        "código 11111111-11",
    ],
)
def test_what_only_resembles_a_run_is_left_alone(texto: str) -> None:
    assert datos_personales(texto) == []


@pytest.mark.parametrize(
    "texto",
    [
        "llámeme al +56 9 8765 4321",
        "+56987654321",
        "escriba al 9 8765 4321.",
        "987654321, de la junta",
        "09 8765 4321",
        "9 87 654 321",
        "(+56) 9 8765-4321",
        "oficina +56 2 2345 6789",
        "+56 41 234 5678",
        "fono (41) 234 5678",
        "teléfono 22 345 6789",
    ],
)
def test_a_telephone_is_found_as_people_write_it(texto: str) -> None:
    assert [d.clase for d in datos_personales(texto)] == [TELEFONO], datos_personales(texto)


@pytest.mark.parametrize(
    "texto",
    [
        "cuesta $987654321 al año",
        "cuesta $ 987.654.321, o sea $ 987654321",
        "unos 987654321 pesos",
        "987.654.321 habitantes",
        "marque 600 360 7777, 131 u 800 123 456",
        "9 de 10 comunas, 2024 y 2025",
        "2 2345 6789",
        "el código 1987654321 y el 9876543210",
        "https://ejemplo.cl/987654321",
    ],
)
def test_money_years_and_service_numbers_are_no_telephones(texto: str) -> None:
    assert datos_personales(texto) == []


def test_each_is_told_once_in_the_order_it_is_written() -> None:
    texto = "987654321 y 12.345.678-5 y otra vez 987654321"
    assert datos_personales(texto) == [Dato(TELEFONO, "987654321"), Dato(RUN, "12.345.678-5")]


def test_a_text_as_long_as_may_be_sent_is_read_at_once() -> None:
    assert datos_personales("9 1234 " * 10_000 + "1.234.567" * 10_000) == []
