"""The trace as a dated story, from its three sides."""

from datetime import timedelta

import pytest
from django.urls import reverse

from consulta.aportes.flows.corregir import corregir_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.procesos.enums import TipoCorrespondencia
from consulta.procesos.models import Fragmento
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.coberturas import DestinoElegido
from consulta.respuestas.flows.opinar import opinar
from consulta.respuestas.flows.revisar import pedir_revision
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido
from tests.factories.borradores import version
from tests.factories.procesos import ConsultaFactory
from tests.factories.respuestas import compromiso, responder

pytestmark = pytest.mark.django_db


@pytest.fixture
def consulta(db):
    return ConsultaFactory()


@pytest.fixture
def borrador(consulta):
    """Three versions: the second changes the first paragraph, the third moves it."""
    version(consulta, ["Habrá actas.", "Habrá datos."], ahora=AHORA - timedelta(hours=5))
    version(
        consulta,
        ["Habrá actas en diez días.", "Habrá datos."],
        [(1, 1), (2, 2)],
        ahora=AHORA - timedelta(hours=1),
    )
    version(
        consulta,
        ["Habrá datos.", "Habrá actas en diez días."],
        [(1, 2, TipoCorrespondencia.MUEVE), (2, 1, TipoCorrespondencia.MUEVE)],
        ahora=AHORA - timedelta(minutes=30),
    )
    return consulta


def fragmento(consulta, n, orden):
    return Fragmento.objects.get(version__consulta=consulta, version__n=n, orden=orden)


def incorporar(uno, destino, **extra):
    return responder(uno, resultado=Resultado.INCORPORADA, destino=destino, **extra)


def hitos(client, ruta):
    respuesta = client.get(ruta)
    assert respuesta.status_code == 200
    return [h.que for h in respuesta.context["hitos"]], respuesta


def test_a_contribution_tells_what_it_changed_and_where_it_is_now(client, borrador):
    uno = aporte(consulta=borrador, ahora=AHORA - timedelta(hours=3))
    incorporar(uno, DestinoElegido(fragmento=fragmento(borrador, 2, 1)))
    que, pagina = hitos(client, reverse("paginas:historia_de_aporte", args=[uno.folio]))
    assert "escribió" in que[0]
    assert any("versión 2 del borrador: párrafo 1" in q for q in que)
    assert any("Sigue igual en la versión 3, párrafo 2" in q for q in que)
    assert "en diez días" in pagina.content.decode() and "<ins>" in pagina.content.decode()
    fechas = [h.fecha for h in pagina.context["hitos"]]
    assert fechas == sorted(fechas)


def test_a_paragraph_of_the_last_version_tells_who_shaped_it(client, borrador):
    uno = aporte(consulta=borrador, ahora=AHORA - timedelta(hours=3))
    incorporar(uno, DestinoElegido(fragmento=fragmento(borrador, 2, 1)))
    ruta = reverse("paginas:historia_de_fragmento", args=[borrador.slug, 3, 2])
    que, pagina = hitos(client, ruta)
    assert any("Apareció en la versión 1" in q for q in que)
    assert any("Cambió en la versión 2" in q for q in que)
    assert not any("versión 3" in q for q in que)
    assert uno.folio in pagina.content.decode()
    ruta = reverse("paginas:historia_de_fragmento", args=[borrador.slug, 3, 1])
    assert uno.folio not in client.get(ruta).content.decode()


def test_a_commitment_tells_the_contributions_that_shaped_it(client, consulta):
    meta = compromiso(3)
    uno, otro = aporte(consulta=consulta), aporte(consulta=consulta)
    incorporar(uno, DestinoElegido(compromiso=meta))
    responder(otro)
    ruta = reverse("paginas:historia_de_compromiso", args=[7, 3])
    _que, pagina = hitos(client, ruta)
    texto = pagina.content.decode()
    assert uno.folio in texto and otro.folio not in texto
    _que, de_uno = hitos(client, reverse("paginas:historia_de_aporte", args=[uno.folio]))
    assert meta.get_absolute_url() in de_uno.content.decode()


def test_what_was_withdrawn_shows_no_words_in_any_story(client, borrador):
    uno = aporte(consulta=borrador, ahora=AHORA - timedelta(hours=2))
    palabras = uno.contenido.texto
    incorporar(uno, DestinoElegido(fragmento=fragmento(borrador, 2, 1)))
    retirar_aporte(aporte=uno, por=uno.autoria.cuenta, ahora=AHORA)
    for ruta in (
        reverse("paginas:historia_de_aporte", args=[uno.folio]),
        reverse("paginas:historia_de_fragmento", args=[borrador.slug, 3, 2]),
    ):
        assert palabras not in client.get(ruta).content.decode()


def test_a_personal_line_goes_with_the_words_it_answers(client, borrador):
    uno = aporte(consulta=borrador, ahora=AHORA - timedelta(hours=2))
    destino = DestinoElegido(fragmento=fragmento(borrador, 2, 1))
    version = incorporar(uno, destino, linea="Gracias, Rosa de Talca.")
    rutas = (
        reverse("paginas:historia_de_aporte", args=[uno.folio]),
        reverse("paginas:historia_de_fragmento", args=[borrador.slug, 3, 2]),
        reverse("api:historia_de_aporte", args=[uno.folio]),
        reverse("api:coberturas", args=[version.respuesta_id, version.n]),
    )
    for ruta in rutas:
        assert "Rosa" in client.get(ruta).content.decode(), ruta
    retirar_aporte(aporte=uno, por=uno.autoria.cuenta, ahora=AHORA)
    for ruta in rutas:
        assert "Rosa" not in client.get(ruta).content.decode(), ruta


def test_what_was_mended_in_the_first_minutes_is_no_correction(client, borrador):
    uno = aporte(consulta=borrador, ahora=AHORA - timedelta(hours=2))

    def corregir(minutos, texto):
        uno.refresh_from_db()
        corregir_aporte(
            aporte=uno, contenido=contenido(texto), por=uno.autoria.cuenta, version=uno.version,
            ahora=uno.enviado_en + timedelta(minutes=minutos),
        )  # fmt: skip

    ruta = reverse("paginas:historia_de_aporte", args=[uno.folio])
    corregir(3, "Sin la errata.")
    assert not any("corrigió" in que for que in hitos(client, ruta)[0])
    corregir(30, "Otra cosa, dicha después.")
    assert sum("corrigió" in que for que in hitos(client, ruta)[0]) == 1


def test_stories_cost_the_same_however_many_shaped_a_paragraph(
    client, borrador, django_assert_max_num_queries
):
    for _ in range(6):
        incorporar(aporte(consulta=borrador), DestinoElegido(fragmento=fragmento(borrador, 2, 1)))
    ruta = reverse("paginas:historia_de_fragmento", args=[borrador.slug, 3, 2])
    client.get(ruta)
    with django_assert_max_num_queries(13):
        client.get(ruta)


def test_a_commitment_nobody_shaped_says_so(client):
    compromiso(4)
    ruta = reverse("paginas:historia_de_compromiso", args=[7, 4])
    assert "Todavía no hay historia" in client.get(ruta).content.decode()


def test_what_its_author_said_and_how_the_commitment_is_today_are_told(client, consulta):
    uno = aporte(consulta=consulta, ahora=AHORA - timedelta(hours=3))
    meta = compromiso()
    incorporar(uno, DestinoElegido(compromiso=meta))
    persona, luego = uno.autoria.cuenta, AHORA + timedelta(hours=1)
    opinar(aporte=uno, responde="no", version=1, por=persona, ahora=luego)
    pedir_revision(aporte=uno, texto="Falta el plazo.", version=1, por=persona, ahora=luego)
    for ruta in (
        reverse("paginas:historia_de_aporte", args=[uno.folio]),
        reverse("paginas:historia_de_compromiso", args=[meta.plan.numero, meta.numero]),
    ):
        que, pagina = hitos(client, ruta)
        assert any("no le responde" in q for q in que)
        assert any("espera que se conteste" in q for q in que)
        assert "Falta el plazo." in pagina.content.decode()
    assert que[-1].startswith("Hoy, el compromiso está en")


def test_the_api_tells_the_same_stories_and_the_draft_without_participation(client, borrador):
    uno = aporte(consulta=borrador, ahora=AHORA - timedelta(hours=3))
    destino = fragmento(borrador, 2, 1)
    incorporar(uno, DestinoElegido(fragmento=destino))
    meta = compromiso()
    for nombre, args in (
        ("historia_de_aporte", [uno.folio]),
        ("historia_de_fragmento", [destino.pk]),
    ):
        dicho = client.get(reverse(f"api:{nombre}", args=args)).json()["hitos"]
        assert any(h["clase"] == "respuesta" and h["resultado"] == "incorporada" for h in dicho)
        assert any(c["operacion"] == "pone" for h in dicho for c in h["cambios"])
    ruta = reverse("api:historia_de_compromiso", args=[meta.plan.numero, meta.numero])
    assert client.get(ruta).json() == {"hitos": []}
    sin = reverse("api:sin_participacion", args=[borrador.slug, 3])
    primera = client.get(sin, {"limite": 1}).json()
    assert (primera["lugares"], primera["cambian"], primera["siguiente"]) == (2, 1, 2)
    segunda = client.get(sin, {"desde": 2}).json()
    assert segunda["siguiente"] is None
    assert segunda["resultados"][0]["sin"] == "Habrá actas."
    assert segunda["resultados"][0]["por"][0]["folio"] == uno.folio
    solo = client.get(sin, {"cambian": "true"}).json()
    assert [r["lugar"] for r in solo["resultados"]] == [2]
    assert client.get(sin, {"desde": "x"}).status_code == 400
    assert client.get(reverse("api:sin_participacion", args=[borrador.slug, 9])).status_code == 404
