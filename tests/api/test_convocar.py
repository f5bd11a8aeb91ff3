"""A whole consultation over the API: what `manage.py crear_consulta` reads, as JSON."""

from datetime import date, datetime
from pathlib import Path

import pytest
import yaml

from consulta.procesos.models import Consulta, Proceso
from tests.api.conftest import sesion_de
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db

EJEMPLO = Path(__file__).parents[2] / "docs" / "ejemplos" / "consulta.yaml"


def como_json(dato):
    """The example as a program would send it: dates as text."""
    if isinstance(dato, dict):
        return {clave: como_json(valor) for clave, valor in dato.items()}
    if isinstance(dato, list):
        return [como_json(valor) for valor in dato]
    return dato.isoformat() if isinstance(dato, date | datetime) else dato


@pytest.fixture
def convocatoria():
    return como_json(yaml.safe_load(EJEMPLO.read_text()))


def test_the_secretariat_creates_it_once_and_repeating_changes_nothing(anonimo, convocatoria):
    assert anonimo.post("consultas/", convocatoria).status_code == 401
    assert sesion_de(UserFactory(oficial=True)).post("consultas/", convocatoria).status_code == 403
    secretaria = sesion_de(UserFactory(secretaria=True))
    hecha = secretaria.post("consultas/", convocatoria)
    assert hecha.status_code == 201, hecha.json()
    consulta = Consulta.objects.get(slug=convocatoria["consulta"]["slug"])
    assert hecha.json()["consulta"] == consulta.slug
    assert hecha.json()["publicada"] == consulta.publicada
    assert consulta.acepta_invitados and consulta.conformidades == ["gobierno", "sociedad_civil"]
    otra = secretaria.post("consultas/", convocatoria)
    assert otra.status_code == 200
    assert {f["pasa"] for f in otra.json()["filas"]} == {"ya está así"}


def test_everything_that_is_wrong_is_said_by_its_path_and_nothing_is_written(convocatoria):
    secretaria = sesion_de(UserFactory(secretaria=True))
    convocatoria["etapas"][1]["fin"] = "ayer"
    del convocatoria["consulta"]["sigla"]
    mala = secretaria.post("consultas/", convocatoria)
    assert mala.status_code == 400
    assert {"etapas[2].fin", "consulta.sigla"} <= set(mala.json()["errores"])
    assert not Proceso.objects.filter(slug=convocatoria["proceso"]["slug"]).exists()


@pytest.mark.parametrize(
    "raro", [[], "texto", 3, {}, {"proceso": []}, {"consulta": {"slug": None}}]
)
def test_what_is_no_consultation_is_refused_with_words(raro):
    respuesta = sesion_de(UserFactory(secretaria=True)).post("consultas/", raro)
    assert respuesta.status_code == 400 and respuesta.json()["errores"]


def test_it_is_announced_where_the_file_asks_for_it(convocatoria):
    secretaria = sesion_de(UserFactory(secretaria=True))
    lejos = secretaria.post("consultas/", convocatoria | {"anunciar": True})
    assert lejos.status_code == 201 and lejos.json()["publicada"]
    assert secretaria.leer(f"consultas/{convocatoria['consulta']['slug']}/")["titulo"]
