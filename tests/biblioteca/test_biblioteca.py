from datetime import date
from xml.etree import ElementTree

import pytest
from django.core.files.base import ContentFile
from django.db.models import ProtectedError

from biblioteca.forms import ArchivoForm
from comun.archivos import Archivo
from tests.factories.cuentas import UserFactory
from tests.factories.paginas import ArchivoFactory, DocumentoFactory, huella
from tests.noticias.test_feed import ATOM
from tests.noticias.test_noticias import BASURA, consultas_de

pytestmark = pytest.mark.django_db


def titulos(client, consulta=""):
    return [d.title for d in client.get(f"/biblioteca/{consulta}").context["page_obj"]]


def test_facets_by_type_plan_year_and_source_narrow_the_list(client):
    DocumentoFactory(title="A", tipo="acta", plan_numero=5, fecha=date(2021, 3, 1), fuente="Mesa")
    DocumentoFactory(
        title="B", tipo="plan", plan_numero=5, fecha=date(2020, 3, 1), fuente="Segpres"
    )
    DocumentoFactory(title="C", tipo="acta", fecha=date(2021, 5, 1), fuente="Mesa")
    assert titulos(client) == ["C", "A", "B"]
    assert titulos(client, "?tipo=acta") == ["C", "A"]
    assert titulos(client, "?plan=5") == ["A", "B"]
    assert titulos(client, "?anio=2020") == ["B"]
    assert titulos(client, "?fuente=Mesa&tipo=acta&plan=5") == ["A"]
    cuentas = {
        f.nombre: {o.valor: o.cuenta for o in f.opciones if o.valor}
        for f in client.get("/biblioteca/").context["facetas"]
    }
    assert cuentas == {
        "tipo": {"acta": 2, "plan": 1},
        "plan": {"5": 2},
        "anio": {"2021": 2, "2020": 1},
        "fuente": {"Mesa": 2, "Segpres": 1},
    }


@pytest.mark.parametrize("valor", BASURA)
@pytest.mark.parametrize("parametro", ["pagina", "tipo", "plan", "anio", "fuente"])
def test_garbage_in_the_address_never_fails(client, parametro, valor):
    DocumentoFactory()
    respuesta = client.get("/biblioteca/", {parametro: valor})
    assert respuesta.status_code == 200
    assert len(respuesta.context["page_obj"]) == 1


def test_library_costs_the_same_with_one_and_with_twenty_five(client):
    DocumentoFactory(plan_numero=5)
    una = consultas_de(client, "/biblioteca/")
    for i in range(24):
        DocumentoFactory(plan_numero=i, fuente=f"Fuente {i}")
    assert consultas_de(client, "/biblioteca/") == una


def test_document_page_tells_size_and_checksum(client):
    documento = DocumentoFactory(plan_numero=5)
    cuerpo = client.get(documento.url).content.decode()
    assert documento.archivo.sha256 == huella()
    assert huella() in cuerpo
    assert "PDF" in cuerpo
    assert documento.peso in cuerpo
    assert documento.archivo.url in cuerpo


def test_withdrawn_document_stays_listed_says_why_and_gives_no_file(client):
    documento = DocumentoFactory(
        title="Acta 3", retirado_motivo="Contenía un RUN. Mesa, 3 de mayo."
    )
    assert titulos(client) == ["Acta 3"]
    cuerpo = client.get(documento.url).content.decode()
    assert "Contenía un RUN. Mesa, 3 de mayo." in cuerpo
    assert documento.archivo.url not in cuerpo
    archivo = client.get(documento.archivo.url)
    assert archivo.status_code == 410
    assert "Contenía un RUN." in archivo.content.decode()


def test_file_that_another_page_still_offers_is_served(client):
    archivo = ArchivoFactory()
    DocumentoFactory(archivo=archivo, retirado_motivo="Duplicado.")
    DocumentoFactory(archivo=archivo)
    assert client.get(archivo.url).status_code == 200


def test_drafts_and_private_documents_are_not_listed_nor_in_the_feed(client):
    DocumentoFactory(borrador=True)
    DocumentoFactory(privada=True)
    assert titulos(client) == []
    assert b"<entry>" not in client.get("/biblioteca/feed/").content


def test_feed_is_atom_and_leaves_out_the_withdrawn(client):
    documento = DocumentoFactory(title="Acta 1")
    DocumentoFactory(retirado_motivo="Error.")
    raiz = ElementTree.fromstring(client.get("/biblioteca/feed/").content)
    [entrada] = raiz.findall(f"{ATOM}entry")
    assert entrada.findtext(f"{ATOM}id") == f"urn:uuid:{documento.translation_key}"
    assert entrada.find(f"{ATOM}category").get("term") == "Acta"


def test_file_of_the_library_cannot_be_deleted():
    documento = DocumentoFactory()
    with pytest.raises(ProtectedError):
        documento.archivo.delete()


@pytest.mark.parametrize("publicado", [True, False])
def test_published_file_is_not_replaced(client, publicado):
    documento = DocumentoFactory(borrador=not publicado)
    client.force_login(UserFactory(is_superuser=True))
    ruta = f"/admin/documents/edit/{documento.archivo.pk}/"
    otro = ContentFile(b"%PDF-1.7 otro contenido", name="otro.pdf")
    respuesta = client.post(ruta, {"title": "Archivo", "file": otro, "tags": ""})
    documento.archivo.refresh_from_db()
    if publicado:
        assert "no se reemplaza" in respuesta.content.decode()
        assert documento.archivo.sha256 == huella()
    else:
        assert respuesta.status_code == 302
        assert documento.archivo.sha256 == huella(b"%PDF-1.7 otro contenido")


def test_files_use_the_form_that_guards_them():
    from wagtail.documents.forms import get_document_form

    assert issubclass(get_document_form(Archivo), ArchivoForm)


def test_empty_library_says_so(client):
    assert "La biblioteca está por llenarse" in client.get("/biblioteca/").content.decode()
