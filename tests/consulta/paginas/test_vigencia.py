"""An anonymous page that did not change is answered 304; whatever it shows makes it another one."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comun.fechas import dia_de
from comun.registro import Evento
from consulta.aportes.flows.apoyar import apoyar
from consulta.aportes.flows.colocar import MINIMO, agrupar_nuevos
from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.models import Aporte
from consulta.paginas import vigencia
from consulta.procesos.flows.plazos import prorrogar_etapa
from consulta.procesos.models import Asunto, Consulta
from tests.consulta.paginas.conftest import aporte, consulta_abierta
from tests.factories.aportes import contenido
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import version_publicada
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db


@pytest.fixture
def raiz(parrafo: Asunto) -> Aporte:
    Consulta.objects.update(acepta_invitados=False)
    parrafo.consulta.refresh_from_db()
    return aporte(asunto=parrafo)


def validador_de(url: str, cliente: Client | None = None) -> str:
    respuesta = (cliente or Client()).get(url)
    assert respuesta.status_code == 200
    return respuesta.get("ETag", "")


def sigue_igual(url: str, etag: str, **cabeceras: str) -> bool:
    estado = Client().get(url, HTTP_IF_NONE_MATCH=etag, **cabeceras).status_code
    assert estado in (200, 304)
    return estado == 304


def paginas_de(raiz: Aporte) -> list[str]:
    slug = raiz.consulta.slug
    return [
        reverse("paginas:consulta", args=[slug]),
        reverse("paginas:consultas"),
        reverse("paginas:borrador_version", args=[slug, 1]),
        reverse("paginas:aportes", args=[slug]),
        raiz.asunto.get_absolute_url(),
        raiz.get_absolute_url(),
    ]


def test_an_unchanged_page_is_answered_304_by_one_query(raiz: Aporte) -> None:
    for url in paginas_de(raiz):
        etag = validador_de(url)
        with CaptureQueriesContext(connection) as hechas:
            respuesta = Client().get(url, HTTP_IF_NONE_MATCH=etag)
        assert (respuesta.status_code, len(hechas), respuesta.content) == (304, 1, b""), url
        assert respuesta["ETag"] == etag
        assert respuesta["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert {"Cookie", "HX-Request"} <= set(respuesta["Vary"].split(", "))


def test_the_list_of_proposals_is_answered_304_too(propuestas: Consulta) -> None:
    aporte(consulta=propuestas)
    url = reverse("paginas:propuestas", args=[propuestas.slug])
    etag = validador_de(url)
    assert sigue_igual(url, etag)
    assert not sigue_igual(f"{url}?orden=antiguos", etag)
    aporte(consulta=propuestas)
    assert not sigue_igual(url, etag)


def _prorrogar(raiz: Aporte) -> None:
    prorrogar_etapa(
        etapa=raiz.consulta.etapa,
        fin=raiz.consulta.etapa.fin + timedelta(days=9),
        razon="Lo pidieron muchas personas, y llegaron tarde a la convocatoria.",
        responder_antes_de=dia_de(raiz.consulta.etapa.fin) + timedelta(days=60),
        por=UserFactory(secretaria=True),
    )


def _remover(raiz: Aporte) -> None:
    remover_aporte(
        aporte=raiz, causa="publicidad", motivo="Vende cosas.", por=UserFactory(moderador=True)
    )


CAMBIOS: dict[str, Callable[[Aporte], object]] = {
    "a comment": lambda r: aporte(asunto=r.asunto),
    "a reply": lambda r: aporte(padre=r),
    "a support": lambda r: apoyar(aporte=r, por=UserFactory()),
    "an answer": responder,
    "an extension": _prorrogar,
    "a removal": _remover,
}


@pytest.mark.parametrize("que", CAMBIOS)
def test_what_happens_makes_every_page_that_tells_it_new(raiz: Aporte, que: str) -> None:
    urls = paginas_de(raiz)
    antes = {url: validador_de(url) for url in urls}
    CAMBIOS[que](raiz)
    assert not [url for url in urls if sigue_igual(url, antes[url])]


def test_a_new_deploy_makes_every_page_new(raiz: Aporte, monkeypatch: pytest.MonkeyPatch) -> None:
    url = raiz.get_absolute_url()
    etag = validador_de(url)
    monkeypatch.setattr(vigencia, "version_del_codigo", lambda: "otra")
    assert not sigue_igual(url, etag)


def test_a_stage_that_closes_by_itself_makes_its_pages_new(raiz: Aporte) -> None:
    url = raiz.consulta.get_absolute_url()
    fin = raiz.consulta.etapa.fin
    etags = {
        vigencia.validador(Client().get(url).wsgi_request, ahora)
        for ahora in (timezone.now(), fin - timedelta(seconds=1), fin)
    }
    assert len(etags) == 3


def test_what_began_before_and_ended_after_is_seen(raiz: Aporte) -> None:
    """Ids are taken before a transaction ends: here an event appears below the newest one."""
    url = raiz.get_absolute_url()
    ultimo = Evento.objects.order_by("-seq").first()
    assert ultimo is not None
    Evento.objects.create(
        seq=ultimo.seq + 2, en=timezone.now(), verbo="otro", objeto="x.y:1", compromiso="-"
    )
    etag = validador_de(url)
    Evento.objects.create(
        seq=ultimo.seq + 1, en=timezone.now(), verbo="tarde", objeto="x.y:2", compromiso="-"
    )
    assert not sigue_igual(url, etag)


def test_a_page_of_a_signed_in_person_is_theirs_and_never_304(
    raiz: Aporte, como_autora: Client
) -> None:
    for url in paginas_de(raiz):
        etag = validador_de(url)
        respuesta = como_autora.get(url, HTTP_IF_NONE_MATCH=etag)
        assert (respuesta.status_code, "ETag" in respuesta) == (200, False), url
        assert "private" in respuesta["Cache-Control"]


def test_a_page_with_a_message_waiting_is_drawn(raiz: Aporte) -> None:
    url = raiz.get_absolute_url()
    cliente = Client()
    cliente.post(reverse("paginas:seguir", args=[raiz.folio]))
    etag = validador_de(url)
    cliente.cookies["messages"] = "algo"
    assert cliente.get(url, HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_a_page_with_the_form_of_a_guest_is_of_one_browser_and_its_form_is_right() -> None:
    consulta = consulta_abierta(acepta_invitados=True)
    version = version_publicada(consulta, ["Un párrafo abierto a todos."])
    url = Asunto.objects.get(fragmento__version=version).get_absolute_url()
    uno, otro = Client(enforce_csrf_checks=True), Client()
    etag = validador_de(url, uno)
    pagina = uno.get(url, HTTP_IF_NONE_MATCH=etag)
    assert (pagina.status_code, pagina.content) == (304, b"")
    assert "private" in pagina["Cache-Control"]
    assert sigue_igual(url, etag) is False, "whoever has not its cookie"
    assert otro.get(url).headers["ETag"] != etag
    html = uno.get(url).content.decode()
    datos = dict(re.findall(r'name="(csrfmiddlewaretoken|clave)" value="([^"]+)"', html))
    datos |= {"texto": "Falta decir cuándo.", "correo": "visita@pruebas.example"}
    enviado = uno.post(url, datos | {"tramo_edad": "adulto"})
    assert enviado.status_code == 302
    assert uno.get(url, HTTP_IF_NONE_MATCH=etag).status_code == 200, "now it has a session"


def test_the_piece_and_the_page_at_one_address_are_told_apart(raiz: Aporte) -> None:
    url = raiz.asunto.get_absolute_url()
    assert not sigue_igual(url, validador_de(url), HTTP_HX_REQUEST="true")


def test_texts_that_turn_out_alike_make_their_pages_new(parrafo: Asunto) -> None:
    dice = contenido(
        "Los municipios deben publicar cada mes su presupuesto en formato abierto. " * 5
    )
    primero = aporte(asunto=parrafo, dice=dice)
    for _ in range(MINIMO - 1):
        aporte(asunto=parrafo, dice=dice)
    url = primero.get_absolute_url()
    etag = validador_de(url)
    assert agrupar_nuevos(timezone.now())
    assert not sigue_igual(url, etag)
