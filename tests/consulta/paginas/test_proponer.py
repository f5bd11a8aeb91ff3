"""The form of a proposal: files, preview, similar ones. Nothing typed or attached is lost on the way."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from consulta.aportes.models import Adjunto, Aporte, Subida
from tests.consulta.paginas.conftest import aporte, datos_de_propuesta
from tests.factories.archivos import imagen
from tests.factories.subidas import archivo

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(propuestas):
    return reverse("paginas:proponer", args=[propuestas.slug])


def datos(**campos):
    return datos_de_propuesta(clave=str(uuid4())) | campos


def test_a_program_sends_text_and_files_in_one_post(como_autora: Client, url):
    respuesta = como_autora.post(url, datos(archivos=[archivo(), archivo("f.png", imagen("PNG"))]))
    assert respuesta.status_code == 302
    assert Adjunto.objects.filter(aporte=Aporte.objects.get()).count() == 2


def test_an_error_elsewhere_does_not_lose_the_files(como_autora: Client, url):
    escrito = datos(titulo="", archivos=[archivo()])
    respuesta = como_autora.post(url, escrito)
    assert respuesta.status_code == 422
    token = Subida.objects.get().token
    assert token in respuesta.content.decode()
    listo = escrito | {"titulo": "Ahora sí", "adjunto": token, f"descripcion_{token}": "El acta"}
    listo.pop("archivos")
    assert como_autora.post(url, listo).status_code == 302
    assert Adjunto.objects.get().descripcion == "El acta"


@pytest.mark.parametrize(
    ("archivos", "motivo"),
    [
        ([("pagina.pdf", b"<html></html>")], "el contenido no lo es"),
        ([("dibujo.svg", b"<svg/>")], "no se puede adjuntar"),
        ([("nada.pdf", b"")], "vac"),
        ([("grande.pdf", b"%PDF-1.7" + b"0" * 50_000_000)], "el máximo es 10 MB"),
        ([(f"f{i}.png", imagen("PNG", 40 + 2 * i)) for i in range(11)], "hasta 5 archivos"),
        ([("a.pdf", None), ("b.pdf", None)], "dos veces"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_beside_it_and_nothing_is_sent(
    como_autora: Client, url, archivos, motivo
):
    respuesta = como_autora.post(url, datos(archivos=[archivo(n, d) for n, d in archivos]))
    assert respuesta.status_code == 422
    assert motivo in respuesta.content.decode()
    assert "Presupuestos comunales abiertos" in respuesta.content.decode()
    assert not Aporte.objects.exists()


def test_the_preview_shows_it_whole_sends_nothing_and_leads_back_losing_nothing(
    como_autora: Client, url
):
    escrito = datos(accion="revisar", texto="Uno.\n\nDos.", archivos=[archivo()])
    previa = como_autora.post(url, escrito)
    assert previa.status_code == 200
    pagina = previa.content.decode()
    for dicho in (
        "Presupuestos comunales abiertos",
        "<p>Dos.</p>",
        "Ana de Talca",
        "Biobío",
        "informe.pdf",
    ):
        assert dicho in pagina
    assert not Aporte.objects.exists()
    vuelta = {c.html_name: c.value() for c in previa.context["form"] if c.name != "archivos"}
    edicion = como_autora.post(url, vuelta | {"accion": "editar"})
    assert edicion.status_code == 200
    assert not edicion.context["form"].errors
    assert edicion.context["form"]["texto"].value() == "Uno.\n\nDos."
    assert como_autora.post(url, vuelta).status_code == 302
    assert Adjunto.objects.filter(aporte=Aporte.objects.get()).count() == 1


def test_a_preview_with_something_wrong_is_the_form_again(como_autora: Client, url):
    assert como_autora.post(url, datos(accion="revisar", texto="")).status_code == 422


def test_a_file_can_be_taken_off_before_sending(como_autora: Client, url):
    como_autora.post(url, datos(accion="adjuntar", archivos=[archivo()]))
    token = Subida.objects.get().token
    respuesta = como_autora.post(url, datos(adjunto=token, quitar_adjunto=token))
    assert respuesta.status_code == 200
    assert not Subida.objects.exists()
    assert token not in respuesta.content.decode()


def test_similar_ones_are_offered_while_typing_and_before_sending(
    como_autora: Client, url, propuestas
):
    otra = aporte(consulta=propuestas)
    donde = reverse("paginas:semejantes", args=[propuestas.slug])
    for respuesta in (
        como_autora.post(donde, {"titulo": "Presupuesto comunal abierto", "problema": ""}),
        como_autora.get(donde, {"titulo": "Presupuesto comunal abierto"}),
        como_autora.post(url, datos(accion="revisar")),
    ):
        assert otra.folio in respuesta.content.decode()
    assert not como_autora.post(donde, {"titulo": "\x00zz"}).content.strip()


def test_a_file_one_has_is_not_sent_again_compressed_or_not(como_autora: Client, url):
    como_autora.post(url, datos(archivos=[archivo()]))
    direccion = Adjunto.objects.select_related("aporte__consulta").get().direccion
    for cabeceras in ({}, {"HTTP_ACCEPT_ENCODING": "gzip"}):
        etiqueta = Client().get(direccion, **cabeceras)["ETag"]
        igual = Client().get(direccion, HTTP_IF_NONE_MATCH=f'"otra", {etiqueta}', **cabeceras)
        assert (igual.status_code, igual["Cache-Control"]) == (304, "no-cache")


def test_a_served_file_is_a_download_that_can_run_nothing(como_autora: Client, url):
    como_autora.post(url, datos(archivos=[archivo("año 🌊.pdf")]))
    hecho = Adjunto.objects.select_related("aporte__consulta").get()
    respuesta = Client().get(hecho.direccion)
    assert respuesta.status_code == 200
    assert respuesta["Content-Disposition"].startswith("attachment;")
    assert respuesta["Content-Type"] == "application/pdf"
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in respuesta["Content-Security-Policy"]
    assert len(b"".join(respuesta.streaming_content)) == hecho.bytes
    assert (
        Client().get(hecho.direccion, headers={"if-none-match": respuesta["ETag"]}).status_code
        == 304
    )
    base = hecho.direccion.rpartition("/")[0]
    assert Client().get(f"{base}/otro.exe").status_code == 404
    assert Client().get(f"/media/{hecho.archivo.name}").status_code == 404


def test_a_file_of_what_was_withdrawn_is_gone_and_of_what_was_not_confirmed_never_was(
    como_autora: Client, url
):
    como_autora.post(url, datos(archivos=[archivo()]))
    hecho = Adjunto.objects.select_related("aporte__consulta").get()
    Aporte.objects.update(situacion="retirado", motivo="x")
    assert Client().get(hecho.direccion).status_code == 410
    ajena = aporte(consulta=hecho.aporte.consulta)
    assert Client().get(hecho.direccion.replace(hecho.aporte.folio, ajena.folio)).status_code == 404


def test_a_consultation_without_files_neither_offers_nor_takes_them(
    como_autora: Client, url, propuestas
):
    propuestas.acepta_adjuntos = False
    propuestas.save()
    assert "multipart" in (pagina := como_autora.get(url).content.decode())
    assert 'type="file"' not in pagina
    como_autora.post(url, datos(archivos=[archivo()]))
    assert Aporte.objects.count() == 1
    assert not Adjunto.objects.exists()


def test_eighty_one_proposals_are_received_one_after_another(como_autora: Client, url):
    for i in range(81):
        assert como_autora.post(url, datos(titulo=f"Propuesta {i}")).status_code == 302
    assert Aporte.objects.confirmados().count() == 81
