"""Files of the library: what they contain, how they are downloaded, and pages without one."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from biblioteca.models import BibliotecaIndexPage, DocumentoPage
from comun.archivos import Archivo
from tests.factories.cuentas import UserFactory
from tests.factories.paginas import ArchivoFactory

pytestmark = pytest.mark.django_db


def comprimido(*nombres):
    datos = io.BytesIO()
    with zipfile.ZipFile(datos, "w") as archivo:
        for nombre in nombres:
            archivo.writestr(nombre, "x")
    return datos.getvalue()


@pytest.fixture
def editora(client):
    client.force_login(UserFactory(editor=True))
    return client


def subir(client, nombre, contenido):
    archivo = SimpleUploadedFile(nombre, contenido)
    return client.post(reverse("wagtaildocs:add"), {"title": "Acta", "file": archivo})


@pytest.mark.parametrize(
    ("nombre", "contenido"),
    [
        ("acta.pdf", b"%PDF-1.7 contenido"),
        ("acta.docx", comprimido("[Content_Types].xml", "word/document.xml")),
        ("datos.csv", "región;n\nÑuble;3".encode("latin-1")),
        ("todo.zip", comprimido("a.txt")),
        ("foto.png", b"\x89PNG\r\n\x1a\n..."),
    ],
)
def test_a_file_that_is_what_its_name_says_is_taken(editora, nombre, contenido):
    subir(editora, nombre, contenido)
    assert Archivo.objects.count() == 1


@pytest.mark.parametrize(
    ("nombre", "contenido"),
    [
        ("acta.pdf", b"no soy un pdf.."),
        ("acta.docx", comprimido("a.txt")),
        ("acta.docx", b"PK\x03\x04 roto"),
        ("datos.csv", b"MZ\x00\x00"),
        ("foto.png", b"%PDF-1.7"),
    ],
)
def test_a_file_that_is_something_else_is_refused_with_what_to_do(editora, nombre, contenido):
    respuesta = subir(editora, nombre, contenido)
    assert "pero su contenido no es" in respuesta.content.decode()
    assert not Archivo.objects.exists()


def test_a_download_is_an_attachment_named_as_its_title(client):
    archivo = ArchivoFactory(title="Acta de la sesión 12")
    respuesta = client.get(archivo.url)
    assert respuesta.status_code == 200
    dispuesto = respuesta["Content-Disposition"]
    assert dispuesto == 'attachment; filename="acta-de-la-sesion-12.pdf"'


def pagina(**cambios):
    return {
        "title": "Acta 3", "slug": "acta-3", "resumen": "", "tipo": "acta", "fecha": "2026-01-02",
        "fuente": "La Mesa", "plan_numero": "", "archivo": "", "licencia": "cc-by-4.0",
        "cuerpo-count": "0", "retirado_motivo": "", "seo_title": "", "search_description": "",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    } | cambios  # fmt: skip


def agregar(client, **cambios):
    indice = BibliotecaIndexPage.objects.get()
    ruta = reverse("wagtailadmin_pages:add", args=["biblioteca", "documentopage", indice.pk])
    return client.post(ruta, pagina(**cambios))


def test_publishing_without_a_file_asks_to_say_that_there_is_none(editora):
    respuesta = agregar(editora, **{"action-publish": "1"})
    assert "archivo" in respuesta.context["form"].errors
    assert agregar(editora, sin_archivo="on", **{"action-publish": "1"}).status_code == 302
    assert DocumentoPage.objects.live().get().sin_archivo


def test_a_draft_may_wait_for_its_file(editora):
    assert agregar(editora).status_code == 302
    assert not DocumentoPage.objects.get().live
