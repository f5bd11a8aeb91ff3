"""Anything may arrive in a form: it is answered in Spanish, escaped, never twice and never with a 500."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from consulta.aportes.models import Aporte, BorradorDeAporte
from consulta.procesos.models import Asunto, Consulta
from tests.consulta.paginas.conftest import aporte, datos_de_propuesta

pytestmark = pytest.mark.django_db

GUION = "<script>alert('x')</script><img src=x onerror=alert(1)>"
DE_PROPUESTA = [
    "titulo", "problema", "brecha", "texto", "resultados_esperados", "actores", "componentes",
    "firma", "organizacion",
]  # fmt: skip


def formularios(consulta: Consulta, parrafo: Asunto) -> list[tuple[str, list[str], dict]]:
    """Every form: its address, its fields of words, and what makes it good."""
    responder = reverse("paginas:replicar", args=[aporte(consulta=consulta).folio])
    return [
        (
            reverse("paginas:proponer", args=[consulta.slug]),
            DE_PROPUESTA,
            datos_de_propuesta(),
        ),
        (parrafo.get_absolute_url(), ["texto", "firma"], {"texto": "Bien.", "firma": "Ana"}),
        (responder, ["texto", "firma"], {"texto": "Bien.", "firma": "Ana"}),
    ]


@pytest.mark.parametrize("texto", ["", "   \n\t ", "\x00\x01", "\u202e\ufeff"])
def test_empty_texts_are_refused_beside_their_field(
    como_autora: Client, propuestas: Consulta, parrafo: Asunto, texto: str
) -> None:
    for url, _, datos in formularios(propuestas, parrafo):
        antes = Aporte.objects.count()
        respuesta = como_autora.post(url, datos | {"clave": uuid4(), "texto": texto})
        html = respuesta.content.decode()
        assert respuesta.status_code == 422
        assert 'id="id_texto_error"' in html
        assert "\x00" not in html
        assert Aporte.objects.count() == antes


def test_a_megabyte_is_refused_with_its_text(
    como_autora: Client, propuestas: Consulta, parrafo: Asunto
) -> None:
    enorme = "ñandú " * 170_000
    for url, campos, datos in formularios(propuestas, parrafo):
        for campo in campos:
            antes = Aporte.objects.count()
            respuesta = como_autora.post(url, datos | {"clave": uuid4(), campo: enorme})
            html = respuesta.content.decode()
            assert respuesta.status_code == 422
            assert f'id="id_{campo}_error"' in html
            assert "acórtelo, por favor" in html
            assert enorme.strip() in html
            assert Aporte.objects.count() == antes


def test_a_text_one_character_too_long_is_counted_as_the_flow_counts(
    como_autora: Client, parrafo: Asunto
) -> None:
    url = parrafo.get_absolute_url()
    justo = "a\r\n" * 4_999 + "bb"
    assert como_autora.post(url, {"clave": uuid4(), "texto": justo}).status_code == 302
    assert como_autora.post(url, {"clave": uuid4(), "texto": justo + "c" * 3}).status_code == 422


def test_scripts_are_words(como_autora: Client, propuestas: Consulta, parrafo: Asunto) -> None:
    for url, campos, datos in formularios(propuestas, parrafo):
        escrito = dict.fromkeys(campos, GUION)
        respuesta = como_autora.post(url, datos | escrito | {"clave": uuid4()}, follow=True)
        assert respuesta.status_code == 200
        ultimo = Aporte.objects.latest("pk")
        for pagina in (ultimo.get_absolute_url(), url, reverse("paginas:mis_aportes")):
            html = como_autora.get(pagina).content.decode()
            assert "<script>alert" not in html
            assert "<img src=x" not in html
        assert "&lt;script&gt;alert" in como_autora.get(ultimo.get_absolute_url()).content.decode()
    lista = reverse("paginas:propuestas", args=[propuestas.slug])
    assert "<script>alert" not in como_autora.get(lista).content.decode()


def test_a_refused_script_comes_back_as_words(como_autora: Client, propuestas: Consulta) -> None:
    url = reverse("paginas:proponer", args=[propuestas.slug])
    datos = datos_de_propuesta(clave=GUION, titulo=GUION, texto=f"</textarea>{GUION}", tema=GUION)
    html = como_autora.post(url, datos).content.decode()
    assert "<script>alert" not in html
    assert "</textarea>&lt;script" not in html


@pytest.mark.parametrize(
    "texto", ["Más 🌱🌊 para 👩🏽‍🌾 Ñuble", "نقترح نشر ميزانية كل بلدية", "שלום עולם", "𝒜𝓃𝒶 ﷽ z̷̡"]
)
def test_emoji_and_right_to_left_are_received_as_written(
    como_autora: Client, propuestas: Consulta, parrafo: Asunto, texto: str
) -> None:
    for url, campos, datos in formularios(propuestas, parrafo):
        escrito = dict.fromkeys(campos, texto)
        assert como_autora.post(url, datos | escrito | {"clave": uuid4()}).status_code == 302
        ultimo = Aporte.objects.latest("pk")
        assert ultimo.contenido.texto in como_autora.get(ultimo.get_absolute_url()).content.decode()


def test_nul_and_direction_overrides_are_taken_out(
    como_autora: Client, propuestas: Consulta, parrafo: Asunto
) -> None:
    for url, campos, datos in formularios(propuestas, parrafo):
        escrito = dict.fromkeys(campos, "uno\x00 \u202edos")
        assert como_autora.post(url, datos | escrito | {"clave": uuid4()}).status_code == 302
        assert Aporte.objects.latest("pk").contenido.texto == "uno dos"


@pytest.mark.parametrize("campo", ["tema", "region", "tipo_autor", "valores"])
@pytest.mark.parametrize("valor", ["no-existe", "\x00", "9" * 400, GUION])
def test_choices_out_of_the_list_are_refused(
    como_autora: Client, propuestas: Consulta, campo: str, valor: str
) -> None:
    url = reverse("paginas:proponer", args=[propuestas.slug])
    datos = datos_de_propuesta(clave=uuid4()) | {campo: valor}
    respuesta = como_autora.post(url, datos)
    assert respuesta.status_code == 422
    assert f'id="id_{campo}_error"' in respuesta.content.decode()
    assert not Aporte.objects.exists()


def test_the_reason_of_a_withdrawal_is_words_too(
    como_autora: Client, autora: object, propuestas: Consulta
) -> None:
    mio = aporte(consulta=propuestas, por=autora)
    url = reverse("paginas:retirar", args=[mio.folio])
    assert como_autora.post(url, {"motivo": "x" * 1_000_000}).status_code == 422
    como_autora.post(url, {"motivo": f"{GUION}\x00"})
    html = como_autora.get(mio.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    "ruta",
    [
        "/consultas/no-hay/",
        "/consultas/no-hay/borrador/v1/1/",
        "/consultas/no-hay/propuestas/nueva/",
        "/procesos/no-hay/",
        "/planes/99999999999999999999/",
        "/planes/1/compromisos/99999999999999999999/",
        "/aportes/ZZZ-0001/",
        "/aportes/ZZZ-99999999999999/",
        "/aportes/%00/",
        "/aportes/<script>/",
        "/aportes/ZZZ-٣/",
        "/aportes/ZZZ-0001/responder/",
    ],
)
def test_what_is_not_there_is_a_404(ruta: str) -> None:
    assert Client().get(ruta).status_code == 404


def test_numbers_beyond_any_draft_are_a_404(parrafo: Asunto) -> None:
    base = reverse("paginas:borrador_version", args=[parrafo.consulta.slug, 1])
    for resto in ("999/", "99999999999999999999/"):
        assert Client().get(base + resto).status_code == 404
    assert Client().get(base.replace("v1", "v" + "9" * 25)).status_code == 404


@pytest.mark.parametrize(
    "pedido",
    [
        "pagina=0", "pagina=-3", "pagina=x", "pagina=99999999999999999999999", "orden=%00",
        "estado=nada", "tema=%00", "region=zz", "estado=respondido&estado=pendiente", "pagina=%00",
    ],
)  # fmt: skip
def test_any_query_string_is_answered(propuestas: Consulta, parrafo: Asunto, pedido: str) -> None:
    aporte(consulta=propuestas)
    for url in (
        reverse("paginas:propuestas", args=[propuestas.slug]),
        reverse("paginas:aportes", args=[propuestas.slug]),
        parrafo.get_absolute_url(),
        reverse("paginas:consultas"),
    ):
        assert Client().get(f"{url}?{pedido}").status_code == 200


@pytest.mark.parametrize("filtro", ["consulta", "tema", "institucion", "mes", "texto", "resultado"])
def test_a_nul_in_a_filter_of_the_ledger_finds_what_the_rest_does(filtro: str) -> None:
    for url in ("/libro/", "/libro/aportes/", "/libro/aportes.csv", "/libro/tema.csv"):
        respuesta = Client().get(f"{url}?{filtro}=%00")
        if respuesta.streaming:
            b"".join(respuesta.streaming_content)
        assert respuesta.status_code == 200, url


def test_a_nul_where_a_browser_writes_none_is_no_fault(
    como_autora: Client, propuestas: Consulta
) -> None:
    url = reverse("paginas:proponer", args=[propuestas.slug])
    datos = datos_de_propuesta(clave=str(uuid4()))
    sin_cuenta = datos | {"correo": "ana@ejemplo.cl", "tramo_edad": "menor"}
    for raro in ({"adjunto": "a\x00b"}, {"quitar_adjunto": "\x00"}):
        assert como_autora.post(url, datos | {"titulo": ""} | raro).status_code in (200, 422)
        assert Client().post(url, sin_cuenta | raro).status_code in (200, 422)
    guardado = como_autora.post(url, datos | {"raro\x00": "x", "guardar": "1"})
    assert guardado.status_code == 302
    campos = BorradorDeAporte.objects.get().campos
    assert campos["titulo"] == [datos["titulo"]] and not any("\x00" in n for n in campos)
    borradores = reverse("paginas:borradores")
    for lugar in ("/aportes/\x00/responder/", "/aportes/a\nb/responder/", "", "x" * 9_000):
        assert como_autora.post(borradores, {"lugar": lugar, "texto": "x"}).status_code == 404
