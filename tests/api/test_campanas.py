"""Shared texts by a program: read by anyone, decided by whoever may."""

import pytest
from django.utils import timezone

from consulta.aportes.flows.colocar import agrupar_nuevos
from consulta.aportes.models import Aporte, Grupo
from tests.consulta.aportes.test_campanas import CARTA, PROPIO
from tests.consulta.paginas.conftest import consulta_abierta
from tests.factories.aportes import aporte, contenido
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory

pytestmark = pytest.mark.django_db
BASE = "/api/v2/moderacion/textos-compartidos/"


@pytest.fixture
def grupo():
    asunto = AsuntoFactory(consulta=consulta_abierta())
    for texto in (CARTA, CARTA, CARTA, CARTA + PROPIO):
        aporte(asunto=asunto, dice=contenido(texto), ahora=timezone.now())
    agrupar_nuevos(timezone.now())
    return Grupo.objects.get()


def ir(cliente, grupo, verbo, **datos):
    return cliente.post(f"{BASE}{grupo.pk}/{verbo}/", datos, content_type="application/json")


def test_anyone_reads_the_common_text(client, grupo):
    uno = client.get(f"/api/v2/textos-compartidos/{grupo.pk}/").json()
    assert uno["texto"] == CARTA
    assert uno["frase"] == "1 texto, 4 personas, 1 con un aporte propio"
    assert uno["consulta"] == grupo.consulta.slug
    assert client.get("/api/v2/textos-compartidos/999999/").status_code == 404
    assert client.get(f"/api/v2/textos-compartidos/{'9' * 30}/").status_code == 404


def test_nobody_without_the_role_reads_the_desk_nor_decides(client, grupo):
    for cuenta in (None, UserFactory(), UserFactory(oficial=True), UserFactory(editor=True)):
        if cuenta is not None:
            client.force_login(cuenta)
        negado = 401 if cuenta is None else 403
        for ruta in (BASE, f"{BASE}{grupo.pk}/aportes/"):
            assert client.get(ruta).status_code == negado
        for verbo, datos in (
            ("confirmar", {"titulo": "X"}),
            ("sacar", {"folios": ["A1-0001"]}),
            ("devolver", {"folios": ["A1-0001"]}),
            ("deshacer", {"motivo": "X"}),
        ):
            assert ir(client, grupo, verbo, **datos).status_code == negado, verbo
    grupo.refresh_from_db()
    assert (grupo.confirmado_en, grupo.deshecho_en) == (None, None)


@pytest.mark.parametrize("rol", ["moderador", "secretaria", "administrador"])
def test_confirm_take_out_put_back_and_undo_from_end_to_end(client, grupo, rol):
    client.force_login(UserFactory(**{rol: True}))
    [fila] = client.get(BASE, {"estado": "por_revisar"}).json()["resultados"]
    assert (fila["id"], fila["estado"], fila["personas"]) == (grupo.pk, "por_revisar", 4)
    assert not client.get(BASE, {"consulta": "otra"}).json()["resultados"]
    hecho = ir(client, grupo, "confirmar", titulo="La carta", visto=fila["titulo"]).json()
    assert (hecho["titulo"], hecho["estado"]) == ("La carta", "confirmada")
    assert ir(client, grupo, "confirmar", titulo="Z", visto=fila["titulo"]).status_code == 409
    [suyo] = client.get(f"{BASE}{grupo.pk}/aportes/", {"ver": "propios"}).json()["resultados"]
    assert [c["operacion"] for c in suyo["cambios"]] == ["igual", "pone"]
    assert "En Lota" in suyo["cambios"][1]["texto"]
    assert "pruebas.example" not in str(suyo)
    fuera = ir(client, grupo, "sacar", folios=[suyo["folio"].lower()]).json()
    assert (fuera["personas"], fuera["con_aportes_propios"]) == (3, 0)
    sacados = client.get(f"{BASE}{grupo.pk}/aportes/", {"ver": "fuera"}).json()["resultados"]
    assert [m["folio"] for m in sacados] == [suyo["folio"]]
    assert ir(client, grupo, "devolver", folios=[suyo["folio"]]).json()["personas"] == 4
    deshecho = ir(client, grupo, "deshacer", motivo="Son tres mesas.").json()
    assert (deshecho["estado"], deshecho["motivo"]) == ("deshecha", "Son tres mesas.")
    assert ir(client, grupo, "deshacer", motivo="Otra vez.").status_code == 409
    assert client.get(f"/api/v2/textos-compartidos/{grupo.pk}/").status_code == 404
    assert Aporte.objects.vigentes().count() == 4


def test_bad_input_is_refused_in_words(client, grupo):
    client.force_login(UserFactory(secretaria=True))
    ajeno = aporte()
    for verbo, datos, campo in (
        ("confirmar", {"titulo": " "}, "titulo"),
        ("confirmar", {"titulo": "a" * 201}, "titulo"),
        ("sacar", {"folios": []}, "folios"),
        ("sacar", {"folios": [ajeno.folio]}, "folios"),
        ("sacar", {"folios": ["no es un folio"]}, "folios"),
        ("sacar", {}, "folios"),
        ("deshacer", {"motivo": ""}, "motivo"),
        ("deshacer", {"motivo": "a" * 2001}, "motivo"),
    ):
        respuesta = ir(client, grupo, verbo, **datos)
        assert respuesta.status_code == 400, (verbo, datos)
        assert campo in respuesta.json()["errores"], respuesta.json()
    assert client.get(BASE, {"estado": "x"}).status_code == 400
