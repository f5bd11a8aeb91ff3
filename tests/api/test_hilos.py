"""Threads by a program: stance, orders, words, supports, follows, replies of one thread."""

from uuid import uuid4

import pytest
from django.utils import timezone

from consulta.aportes.models import Aporte, Apoyo, Seguimiento
from tests.consulta.paginas.conftest import consulta_abierta
from tests.factories.aportes import aporte, contenido
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import version_publicada

pytestmark = pytest.mark.django_db


@pytest.fixture
def asunto():
    version = version_publicada(consulta_abierta(pide_postura=True), ["Un párrafo."])
    return version.fragmentos.get().asunto


@pytest.fixture
def programa(client):
    client.force_login(UserFactory())
    return client


def ir(cliente, direccion, **datos):
    return cliente.post(f"/api/v2/{direccion}", datos, content_type="application/json")


def leer(cliente, **filtros):
    pagina = cliente.get("/api/v2/aportes/", filtros).json()
    return [fila["folio"] for fila in pagina["resultados"]]


def comentar(asunto, texto="Hola.", postura="favor", **mas):
    return aporte(
        asunto=asunto, dice=contenido(texto, postura=postura), ahora=timezone.now(), **mas
    )


def test_a_comment_says_where_it_stands_where_that_is_asked(programa, asunto):
    datos = {"tipo": "observacion", "fragmento": asunto.fragmento_id, "texto": "Hola."}
    sin = ir(programa, "aportes/", **datos, clave=str(uuid4()))
    assert sin.status_code == 400
    assert "postura" in sin.json()["errores"]
    con = ir(programa, "aportes/", **datos, clave=str(uuid4()), postura="contra")
    assert con.status_code == 201
    assert Aporte.objects.get().postura == "contra"
    folio = con.json()["folio"]
    assert programa.get(f"/api/v2/aportes/{folio}/").json()["postura"] == "contra"
    otra = ir(programa, f"aportes/{folio}/corregir/", texto="Mejor.", version=1, postura="favor")
    assert (otra.status_code, otra.json()["postura"]) == (200, "favor")
    igual = ir(programa, f"aportes/{folio}/corregir/", texto="Mejor aún.", version=2)
    assert igual.json()["postura"] == "favor"


def test_support_is_given_once_and_taken_back(programa, asunto):
    uno = comentar(asunto)
    direccion = f"aportes/{uno.folio}/apoyar/"
    for _ in range(2):
        hecho = ir(programa, direccion, accion="apoyar")
        assert hecho.json() == {"folio": uno.folio, "apoyos": 1, "apoyado": True}
    assert ir(programa, direccion, accion="quitar").json()["apoyos"] == 0
    assert ir(programa, direccion).status_code == 400
    assert not Apoyo.objects.exists()


def test_a_thread_a_paragraph_and_a_consultation_are_followed_and_left(programa, asunto):
    uno = comentar(asunto)
    de_consulta = f"consultas/{asunto.consulta.slug}/seguir/"
    lugares = [
        (f"aportes/{uno.folio}/seguir/", {}),
        (de_consulta, {}),
        (de_consulta, {"fragmento": asunto.fragmento_id}),
    ]
    for direccion, datos in lugares:
        assert ir(programa, direccion, accion="seguir", **datos).json() == {"sigue": True}
    assert Seguimiento.objects.count() == 3
    for direccion, datos in lugares:
        assert ir(programa, direccion, accion="dejar", **datos).json() == {"sigue": False}
    assert not Seguimiento.objects.exists()
    assert ir(programa, de_consulta, accion="seguir", fragmento=10**9).status_code == 404


def test_nobody_supports_or_follows_without_a_session(client, asunto):
    uno = comentar(asunto)
    for verbo in ("apoyar", "seguir"):
        assert ir(client, f"aportes/{uno.folio}/{verbo}/", accion=verbo).status_code == 401


def test_a_thread_is_read_in_its_orders_by_stance_and_by_words(programa, asunto):
    a, b = comentar(asunto, "El río Ñuble."), comentar(asunto, "Nada.", "contra")
    replica = aporte(padre=a, dice=contenido("Otros rios."), ahora=timezone.now())
    ir(programa, f"aportes/{a.folio}/apoyar/", accion="apoyar")
    assert leer(programa, orden="apoyados") == [a.folio, replica.folio, b.folio]
    assert leer(programa, solo_raices="true") == [b.folio, a.folio]
    assert leer(programa, postura="contra") == [b.folio]
    assert leer(programa, palabras="rios") == [replica.folio, a.folio]
    assert leer(programa, raiz=a.folio, orden="llegada") == [a.folio, replica.folio]
    assert programa.get("/api/v2/aportes/?postura=otra").status_code == 400
