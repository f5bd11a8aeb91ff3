"""The page where anyone checks a receipt, and the chain as it is published."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from comun import merkle
from comun.flows.sellar import sellar
from comun.registro import Evento, Sello
from consulta.aportes.codigos import codigo_de
from consulta.aportes.recibos import como_texto, en_grupos, evento_de, recibo_de
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cadena import eventos, sin_gatillos
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db
PAGINA = "/verificar/"


def texto(respuesta):
    return respuesta.content.decode()


def archivo(contenido):
    return SimpleUploadedFile("recibo.json", contenido.encode(), "application/json")


def test_the_page_says_how_it_works_before_there_is_any_seal(client):
    assert "Todavía no hay sellos" in texto(client.get(PAGINA))


def test_a_receipt_uploaded_or_pasted_is_answered_in_plain_words(client):
    fila = aporte()
    eventos(2)
    sellar(ahora=AHORA)
    eventos(1)
    sellar(ahora=AHORA)
    dado = como_texto(recibo_de(fila, ahora=AHORA))
    for datos in ({"archivo": archivo(dado)}, {"recibo": dado}):
        pagina = client.post(PAGINA, datos)
        assert pagina.status_code == 200
        assert "Su aporte está en la cadena" in texto(pagina)
        assert "nada se cambió desde entonces" in texto(pagina)
        assert "Ver la prueba completa" in texto(pagina)


def test_folio_and_fingerprint_say_the_same(client):
    fila = aporte()
    sellar(ahora=AHORA)
    huella = en_grupos(evento_de(fila).compromiso)
    pagina = client.post(PAGINA, {"folio": fila.folio.lower(), "huella": huella})
    assert "Su aporte está en la cadena" in texto(pagina)
    pagina = client.get(PAGINA, {"folio": fila.folio, "huella": huella})
    assert f'value="{huella}"' in texto(pagina)


def test_what_does_not_match_is_said_exactly(client):
    fila = aporte()
    sellar(ahora=AHORA)
    dado = recibo_de(fila, ahora=AHORA)
    dado["contenido"]["texto"] = "Otra cosa"
    pagina = client.post(PAGINA, {"recibo": json.dumps(dado)})
    assert "El recibo no cuadra con la cadena" in texto(pagina)
    assert "El texto del recibo no es el que se registró" in texto(pagina)
    pagina = client.post(PAGINA, {"folio": fila.folio, "huella": "ab" * 16})
    assert "Ningún registro de ese folio tiene esa huella" in texto(pagina)


def test_a_contribution_not_sealed_yet_says_when_to_come_back(client):
    dado = como_texto(recibo_de(aporte(), ahora=AHORA))
    assert "espera su sello" in texto(client.post(PAGINA, {"recibo": dado}))


@pytest.mark.parametrize(
    "datos",
    [
        {},
        {"recibo": "hola"},
        {"recibo": '{"folio": "\\ud800"}'},
        {"archivo": SimpleUploadedFile("r.json", b"\xff\xfe\x00")},
        {"archivo": SimpleUploadedFile("r.json", b"")},
        {"archivo": SimpleUploadedFile("r.json", b"x" * 1_700_000)},
        {"folio": "", "huella": ""},
        {"folio": "P7B-0001", "huella": "no"},
        {"folio": "x" * 30, "huella": "ab" * 16},
        {"folio": "\x00", "huella": "ab" * 16},
    ],
    ids=[
        "nada",
        "texto",
        "medio-par",
        "binario",
        "vacio",
        "enorme",
        "sin-nada",
        "corta",
        "folio",
        "nulo",
    ],
)
def test_bad_input_comes_back_with_what_to_do(client, datos):
    respuesta = client.post(PAGINA, datos)
    assert respuesta.status_code == 422
    assert "resumen-errores" in texto(respuesta)


def test_half_a_letter_in_a_receipt_is_no_fault_of_the_site(client):
    dado = recibo_de(aporte(), ahora=AHORA)
    crudo = json.dumps(dado).replace("Falta nombrar", "\\ud800").replace(dado["folio"], "\\udfff")
    assert client.post(PAGINA, {"recibo": crudo}).status_code == 200


def test_checking_costs_the_same_queries_in_a_long_chain(client, django_assert_max_num_queries):
    fila = aporte()
    sellar(ahora=AHORA)
    for _ in range(12):
        eventos(3)
        sellar(ahora=AHORA)
    dado = como_texto(recibo_de(fila, ahora=AHORA))
    with django_assert_max_num_queries(16):
        client.post(PAGINA, {"recibo": dado})


def test_the_published_chain_can_be_followed_page_by_page(client, monkeypatch):
    from consulta.paginas.views import verificar

    monkeypatch.setattr(verificar, "POR_PAGINA", 2)
    for _ in range(5):
        eventos(2)
        sellar(ahora=AHORA)
    vistos, direccion = [], reverse("paginas:cadena_json")
    while direccion:
        pagina = client.get(direccion).json()
        vistos += [s["n"] for s in pagina["sellos"]]
        direccion = pagina["siguiente"]
    assert vistos == [1, 2, 3, 4, 5]
    for malo in ("x", "-1", "9" * 30, "١"):
        assert client.get(reverse("paginas:cadena_json"), {"desde": malo}).status_code == 404


def test_the_leaves_of_a_seal_give_its_root_and_name_nobody(client):
    aporte()
    (sello,) = sellar(ahora=AHORA)
    crudo = b"".join(client.get("/verificar/cadena/1.json").streaming_content)
    publicado = json.loads(crudo)
    hojas = [bytes.fromhex(h["hoja"]) for h in publicado["hojas"]]
    assert merkle.raiz(hojas).hex() == sello.raiz
    assert set(publicado["hojas"][0]) == {"seq", "hoja"}
    for evento in Evento.objects.all():
        assert evento.compromiso.encode() not in crudo
    assert client.get("/verificar/cadena/9.json").status_code == 404
    assert client.get(f"/verificar/cadena/{2**40}.json").status_code == 404


def test_only_its_author_downloads_the_receipt(client):
    fila = aporte()
    direccion = reverse("paginas:recibo_json", args=[fila.folio])
    assert 'name="codigo"' in texto(client.get(direccion))
    client.force_login(UserFactory())
    assert client.get(direccion).status_code == 403
    client.force_login(fila.autoria.cuenta)
    respuesta = client.get(direccion)
    assert respuesta.json()["folio"] == fila.folio
    assert "no-store" in respuesta["Cache-Control"]
    assert fila.autoria.cuenta.email not in texto(respuesta)


def test_the_receipt_page_shows_fingerprint_both_hours_and_the_file(client):
    fila = aporte()
    sellar(ahora=AHORA)
    client.force_login(fila.autoria.cuenta)
    pagina = texto(client.get(reverse("paginas:recibo", args=[fila.folio])))
    assert en_grupos(evento_de(fila).compromiso) in pagina
    assert "2026-11-10 15:00:00 UTC" in pagina and "10-11-2026 12:00:00" in pagina
    assert reverse("paginas:recibo_json", args=[fila.folio]) in pagina
    assert Sello.objects.get().sha256 in pagina


def test_a_tampered_seal_breaks_what_the_page_says(client):
    fila = aporte()
    sellar(ahora=AHORA)
    dado = como_texto(recibo_de(fila, ahora=AHORA))
    with sin_gatillos():
        Sello.objects.filter(n=1).update(cuantos=9)
    assert "no cuadra" in texto(client.post(PAGINA, {"recibo": dado}))


def test_whoever_opened_it_with_the_code_takes_the_file_too(client):
    fila = aporte()
    url = reverse("paginas:recibo_json", args=[fila.folio])
    assert 'name="codigo"' in texto(client.get(url))
    codigo = codigo_de(aporte_id=fila.pk, sal=fila.autoria.sal)
    client.post("/mi-aporte/", {"folio": fila.folio, "codigo": codigo})
    assert url in texto(client.get("/mi-aporte/"))
    assert url in texto(client.get(reverse("paginas:recibo", args=[fila.folio])))
    dado = client.get(url)
    assert dado.status_code == 200 and "no-store" in dado["Cache-Control"]
    assert json.loads(dado.content)["folio"] == fila.folio
    otro = aporte()
    ajeno = client.get(reverse("paginas:recibo_json", args=[otro.folio]))
    assert 'name="codigo"' in texto(ajeno) and otro.autoria.sal not in texto(ajeno)
    client.force_login(UserFactory())
    assert client.get(reverse("paginas:recibo_json", args=[otro.folio])).status_code == 403
