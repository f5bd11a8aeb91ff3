"""The bridge: forms that call flows, errors that stay in the form, nothing that deletes."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import NoReverseMatch, reverse

from comun.planillas import celda_segura, filas_csv
from comun.registro import Evento
from consulta.procesos.models import Tema
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import TemaFactory

pytestmark = pytest.mark.django_db
CREAR = "/admin/participacion/temas/create/"


def test_saving_goes_through_the_flow(client):
    client.force_login(UserFactory(secretaria=True))
    respuesta = client.post(CREAR, {"nombre": "Salud \u202e", "slug": "salud"}, follow=True)
    assert Tema.objects.get().nombre == "Salud"
    assert Evento.objects.get(verbo="crear_tema").detalle.despues["nombre"] == "Salud"
    assert "Se guardó «Salud»." in respuesta.content.decode()


def test_django_permissions_open_nothing(client):
    cuenta = UserFactory(editor=True)
    cuenta.user_permissions.add(*Permission.objects.filter(content_type__app_label="procesos"))
    client.force_login(cuenta)
    assert client.get(CREAR).status_code == 403


def test_the_403_says_what_to_do(client):
    client.force_login(UserFactory(moderador=True))
    respuesta = client.get(CREAR)
    assert respuesta.status_code == 403
    assert "secretaría técnica" in respuesta.content.decode()


def test_what_is_wrong_is_said_twice_and_what_was_typed_stays(client):
    client.force_login(UserFactory(secretaria=True))
    TemaFactory(nombre="Salud", slug="salud")
    pagina = client.post(CREAR, {"nombre": "Salud <b>", "slug": "salud"}).content.decode()
    assert "Lo que escribió sigue aquí" in pagina and 'href="#id_slug"' in pagina
    assert "Salud &lt;b&gt;" in pagina and "Salud <b>" not in pagina


@pytest.mark.parametrize("accion", ["delete", "history"])
def test_nothing_deletes_and_no_second_history_exists(accion):
    with pytest.raises(NoReverseMatch):
        reverse(f"participacion_temas_modeladmin_{accion}", args=[1])


def test_the_audit_trail_is_only_read(client):
    client.force_login(UserFactory(administrador=True))
    TemaFactory()
    for accion in ("create", "edit/1", "inspect/1"):
        assert client.get(f"/admin/auditoria/{accion}/").status_code == 404
    assert client.get("/admin/auditoria/").status_code == 200


@pytest.mark.parametrize(
    ("valor", "celda"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\t=1", "'\t=1"),
        ("  =1", "'  =1"), ("hola", "hola"), (None, ""), (-3, "-3"), ("", ""),
    ],
)  # fmt: skip
def test_a_cell_is_never_a_formula(valor, celda):
    assert celda_segura(valor) == celda


def test_a_csv_keeps_accents_and_line_breaks():
    crudo = b"".join(filas_csv(["Razón"], [["uno\ndos"], ['con "comillas"']]))
    assert crudo.decode("utf-8-sig") == 'Razón\r\n"uno\ndos"\r\n"con ""comillas"""\r\n'
