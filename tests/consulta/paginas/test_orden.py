import pytest
from django.urls import reverse

from consulta.aportes.flows.bloquear import bloquear_cuenta
from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.models import Apelacion, Reporte
from tests.consulta.paginas.conftest import aporte
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ajeno(parrafo):
    return aporte(asunto=parrafo)


def ruta(verbo, fila):
    return reverse(f"paginas:{verbo}", args=[fila.folio])


def test_a_visitor_is_asked_to_sign_in_before_reporting(client, ajeno):
    assert client.get(ruta("reportar", ajeno)).status_code == 302


def test_reporting_tells_what_comes_next_and_twice_is_said(como_autora, ajeno):
    respuesta = como_autora.post(
        ruta("reportar", ajeno), {"causa": "odio", "texto": "Insulta."}, follow=True
    )
    assert "Recibimos su reporte" in respuesta.content.decode()
    assert Reporte.objects.get().causa == "odio"
    assert "Usted ya reportó" in como_autora.get(ruta("reportar", ajeno)).content.decode()


def test_a_report_without_cause_comes_back_with_what_was_typed(como_autora, ajeno):
    respuesta = como_autora.post(ruta("reportar", ajeno), {"texto": "Mire bien esto."})
    assert respuesta.status_code == 422
    assert "Mire bien esto." in respuesta.content.decode()
    assert "Elija qué norma no cumple." in respuesta.content.decode()


def test_over_the_limit_a_report_comes_back_with_429(como_autora, ajeno, settings):
    settings.LIMITES = settings.LIMITES | {"reportar": (0, 3600)}
    respuesta = como_autora.post(ruta("reportar", ajeno), {"causa": "odio", "texto": "Mire."})
    assert respuesta.status_code == 429
    assert 0 < int(respuesta["Retry-After"]) <= 3600
    assert "Mire." in respuesta.content.decode()


def test_a_blocked_person_reads_why_instead_of_the_form(como_autora, autora, ajeno):
    bloquear_cuenta(cuenta=autora, por=UserFactory(moderador=True), motivo="Insistió en insultar")
    html = como_autora.get(ruta("reportar", ajeno)).content.decode()
    assert "Insistió en insultar." in html
    assert '<form class="formulario"' not in html


def test_the_author_appeals_from_the_tombstone_once(como_autora, autora, parrafo):
    suyo = aporte(asunto=parrafo, por=autora)
    remover_aporte(aporte=suyo, por=UserFactory(moderador=True), causa="ajeno")
    html = como_autora.get(suyo.get_absolute_url()).content.decode()
    assert "No tiene relación alguna con la consulta" in html
    assert ruta("apelar", suyo) in html
    assert como_autora.post(ruta("apelar", suyo), {"texto": " "}).status_code == 422
    respuesta = como_autora.post(ruta("apelar", suyo), {"texto": "Sí la tiene."}, follow=True)
    assert "Recibimos su apelación" in respuesta.content.decode()
    assert Apelacion.objects.get().texto == "Sí la tiene."
    assert "ya se apeló" in como_autora.get(ruta("apelar", suyo)).content.decode()


def test_nobody_else_appeals(como_autora, client, ajeno):
    remover_aporte(aporte=ajeno, por=UserFactory(moderador=True), causa="ajeno")
    assert como_autora.get(ruta("apelar", ajeno)).status_code == 403
    assert "Muestre que es suyo" in client.get(ruta("apelar", ajeno)).content.decode()
    assert client.post(ruta("apelar", ajeno), {"texto": "Es mío."}).status_code == 403
    assert not Apelacion.objects.exists()


def test_the_rules_count_what_was_removed_by_cause(client, ajeno):
    assert (
        "No se ha removido ningún aporte"
        in client.get("/reglas-de-participacion/").content.decode()
    )
    remover_aporte(aporte=ajeno, por=UserFactory(moderador=True), causa="publicidad")
    respuesta = client.get("/reglas-de-participacion/")
    assert {r.causa: r.removidos for r in respuesta.context["reglas"]}["publicidad"] == 1
    assert "Aportes removidos, por causa" in respuesta.content.decode()


def test_the_rules_cost_the_same_queries_however_many(client, ajeno, django_assert_max_num_queries):
    client.get("/reglas-de-participacion/")
    with django_assert_max_num_queries(8):
        client.get("/reglas-de-participacion/")
