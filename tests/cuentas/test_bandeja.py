"""The notices of an account on the site: what is new, marking it, choosing how to be told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comun.avisos import Clase, Modo
from comun.avisos.preferencias import modos_de
from comun.registro import Aviso
from tests.factories import AHORA
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def persona(client):
    cuenta = UserFactory()
    client.force_login(cuenta)
    return cuenta


def decirle(cuenta, cuantos: int = 1, **campos) -> list[Aviso]:
    valores = {
        "destino": f"cuenta:{cuenta.pk}",
        "cuenta": cuenta.pk,
        "clase": Clase.HILOS,
        "razon": "prueba",
        "texto": "Respondieron a <b>su</b> comentario",
        "url": "/consultas/",
        "creado_en": AHORA,
    } | campos
    return Aviso.objects.bulk_create(Aviso(**valores, objeto=f"prueba:{n}") for n in range(cuantos))


@pytest.mark.parametrize("ruta", ["/avisos/", "/avisos/preferencias/", "/avisos/1/"])
def test_notices_are_for_who_signed_in(client, ruta):
    assert client.get(ruta).status_code == 302


def test_without_notices_the_page_says_what_will_come(client, persona):
    assert "Aún no tiene avisos" in client.get("/avisos/").content.decode()


def test_a_new_notice_is_counted_on_every_page_until_read(client, persona):
    (aviso,) = decirle(persona)
    assert "con avisos sin leer" in client.get("/consultas/").content.decode()
    respuesta = client.get(f"/avisos/{aviso.pk}/")
    assert respuesta.url == "/consultas/"
    assert "con avisos sin leer" not in client.get("/consultas/").content.decode()


def test_its_text_is_escaped(client, persona):
    decirle(persona)
    assert "&lt;b&gt;su&lt;/b&gt;" in client.get("/avisos/").content.decode()


def test_all_are_marked_with_one_button_and_one_alone_with_its_own(client, persona):
    uno, _otro, _tercero = decirle(persona, 3)
    client.post("/avisos/leer/", {"aviso": uno.pk})
    assert Aviso.objects.filter(leido_en=None).count() == 2
    client.post("/avisos/leer/")
    assert not Aviso.objects.filter(leido_en=None).exists()
    assert "No tiene avisos sin leer" in client.get("/avisos/?ver=pendientes").content.decode()


def test_nobody_opens_or_marks_what_is_anothers(client, persona):
    (ajeno,) = decirle(UserFactory())
    assert client.get(f"/avisos/{ajeno.pk}/").status_code == 404
    client.post("/avisos/leer/", {"aviso": ajeno.pk})
    client.post("/avisos/leer/")
    ajeno.refresh_from_db()
    assert ajeno.leido_en is None


@pytest.mark.parametrize("basura", ["x", "9" * 30, "-1", "²", ""])
def test_an_impossible_notice_is_not_an_error(client, persona, basura):
    assert client.post("/avisos/leer/", {"aviso": basura}).status_code == 302


def test_the_page_costs_the_same_with_three_and_with_a_thousand(client, persona):
    decirle(persona, 3)
    client.get("/avisos/")
    with CaptureQueriesContext(
        connection,
    ) as pocas:
        client.get("/avisos/")
    decirle(persona, 1_000, razon="otra")
    with CaptureQueriesContext(connection) as muchas:
        pagina = client.get("/avisos/").content.decode()
    assert len(muchas) == len(pocas)
    assert "99+" in pagina
    assert "más de 99" in pagina


def test_each_kind_is_chosen_apart_and_what_was_not_sent_stays(client, persona):
    client.post("/avisos/preferencias/", {"hilos": "resumen", "respuestas": "ninguno"})
    modos = modos_de(f"cuenta:{persona.pk}")
    assert modos[Clase.HILOS] == Modo.RESUMEN
    assert modos[Clase.RESPUESTAS] == Modo.NINGUNO
    assert modos[Clase.PROCESOS] == Modo.RESUMEN
    pagina = client.get("/avisos/preferencias/").content.decode()
    assert pagina.count("checked") == len(modos) - 1


def test_the_work_of_an_institution_is_offered_to_whom_it_is_sent(client, persona):
    url, campo = "/avisos/preferencias/", 'name="encargos"'
    assert campo not in client.get(url).content.decode()
    decirle(persona, clase=Clase.ENCARGOS)
    assert campo in client.get(url).content.decode()
    client.force_login(UserFactory(oficial=True))
    assert campo in client.get(url).content.decode()


def test_an_unknown_mode_is_refused_with_words(client, persona):
    respuesta = client.post("/avisos/preferencias/", {"hilos": "siempre", "recibos": "ninguno"})
    assert respuesta.status_code == 422
    assert "Elija una de las opciones" in respuesta.content.decode()
