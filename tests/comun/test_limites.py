from datetime import timedelta

import pytest
from django.test import RequestFactory

from comun.errores import DemasiadosIntentos
from comun.limites import barrer_cupos, direccion_de, gastar
from comun.registro import Cupo
from tests.factories import AHORA

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def dos_por_hora(settings):
    settings.LIMITES = settings.LIMITES | {"enviar": (2, 3600)}


def test_over_the_limit_one_is_told_when_to_come_back_and_the_next_window_is_new():
    gastar("enviar", "cuenta:1", AHORA)
    gastar("enviar", "cuenta:1", AHORA)
    with pytest.raises(DemasiadosIntentos) as error:
        gastar("enviar", "cuenta:1", AHORA)
    assert error.value.reintentar_en == 3600
    assert "60 minutos" in error.value.mensaje
    gastar("enviar", "cuenta:2", AHORA)
    gastar("enviar", "cuenta:1", AHORA + timedelta(hours=1))


def test_what_is_kept_names_nobody_and_is_swept():
    gastar("enviar", "dir:203.0.113.7", AHORA)
    assert "203" not in Cupo.objects.get().clave
    assert barrer_cupos(AHORA + timedelta(hours=24)) == 0
    assert barrer_cupos(AHORA + timedelta(hours=26)) == 1


@pytest.mark.parametrize(
    ("proxies", "direccion"),
    [(0, "10.0.0.9"), (1, "198.51.100.2"), (2, "203.0.113.7"), (4, "10.0.0.9")],
)
def test_the_address_is_the_one_the_farthest_trusted_proxy_saw(settings, proxies, direccion):
    settings.PROXIES_DE_CONFIANZA = proxies
    peticion = RequestFactory().get(
        "/",
        headers={"X-Forwarded-For": "1.1.1.1, 203.0.113.7, 198.51.100.2"},
        REMOTE_ADDR="10.0.0.9",
    )
    assert direccion_de(peticion) == f"dir:{direccion}"


def test_counting_costs_the_same_however_many_there_are(django_assert_max_num_queries, settings):
    settings.LIMITES = settings.LIMITES | {"enviar": (1000, 3600)}
    gastar("enviar", "cuenta:1", AHORA)
    with django_assert_max_num_queries(1):
        gastar("enviar", "cuenta:1", AHORA)


@pytest.mark.parametrize(
    ("una", "otra", "misma"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:1:2:3", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("no es una dirección", "no es una dirección", True),
    ],
)
def test_all_the_addresses_of_one_customer_count_as_one(una, otra, misma):
    pedidos = [RequestFactory().get("/", REMOTE_ADDR=ip) for ip in (una, otra)]
    assert (direccion_de(pedidos[0]) == direccion_de(pedidos[1])) is misma
