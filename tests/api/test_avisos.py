"""One's own notices over the API."""

import pytest

from comun.registro import Aviso
from tests.api.conftest import Programa, sesion_de
from tests.factories import AHORA
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db


def decirle(cuenta, cuantos: int) -> None:
    Aviso.objects.bulk_create(
        Aviso(
            destino=f"cuenta:{cuenta.pk}", cuenta=cuenta.pk, clase="hilos", razon="prueba",
            objeto=f"prueba:{n}", texto=f"Novedad {n}", url="/consultas/", creado_en=AHORA,
        )
        for n in range(cuantos)
    )  # fmt: skip


def test_notices_are_read_marked_and_chosen(client):
    persona, otra = UserFactory(), UserFactory()
    decirle(persona, 3)
    decirle(otra, 1)
    programa = sesion_de(persona)
    filas = programa.leer("avisos/")["resultados"]
    assert [f["texto"] for f in filas] == ["Novedad 2", "Novedad 1", "Novedad 0"]
    assert programa.post("avisos/leer/", {"ids": [filas[0]["id"]]}).json() == {"marcados": 1}
    assert len(programa.leer("avisos/?pendientes=true")["resultados"]) == 2
    assert programa.post("avisos/leer/").json() == {"marcados": 2}
    assert Aviso.objects.filter(leido_en=None).count() == 1, "another's is never touched"


def test_without_a_session_there_is_nothing_to_read():
    for ruta in ("avisos/", "avisos/preferencias/"):
        assert Programa().get(ruta).status_code in (401, 403)


def test_how_each_kind_arrives_is_chosen():
    programa = sesion_de(UserFactory())
    ruta = "avisos/preferencias/"
    assert programa.leer(ruta)["hilos"] == "inmediato"
    respuesta = programa._pedir(
        "PATCH", ruta, data=b'{"hilos": "resumen"}', content_type="application/json"
    )
    assert respuesta.json()["hilos"] == "resumen"
    mala = programa._pedir(
        "PATCH", ruta, data=b'{"hilos": "nunca"}', content_type="application/json"
    )
    assert mala.status_code == 400
    assert "hilos" in mala.json()["errores"]
