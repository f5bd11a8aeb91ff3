"""Pages, images and documents: only what is public, with the fields a headless site needs."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from modelsearch import index
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from noticias.models import EventoPage, NoticiaPage
from tests.api.conftest import Programa
from tests.factories.paginas import (
    ArchivoFactory,
    DocumentoFactory,
    EventoFactory,
    ImagenFactory,
    NoticiaFactory,
    PaginaEstandarFactory,
)

pytestmark = pytest.mark.django_db
NOTICIAS = "pages/?type=noticias.NoticiaPage"


def titulos(programa: Programa, ruta: str) -> set[str]:
    return {fila["title"] for fila in programa.leer(ruta)["items"]}


def test_drafts_and_private_pages_are_not_there(anonimo: Programa) -> None:
    visible = NoticiaFactory(title="Visible")
    ocultas = [
        NoticiaFactory(title="Borrador", borrador=True),
        NoticiaFactory(title="Privada", privada=True),
    ]
    assert titulos(anonimo, NOTICIAS) == {"Visible"}
    assert anonimo.get(f"pages/{visible.pk}/").status_code == 200
    for oculta in ocultas:
        assert anonimo.get(f"pages/{oculta.pk}/").status_code == 404
        assert anonimo.get(f"pages/find/?id={oculta.pk}").status_code == 404


def test_a_password_given_to_the_site_opens_nothing_here(anonimo: Programa) -> None:
    padre = PaginaEstandarFactory(title="Con clave")
    hija = PaginaEstandarFactory(title="Hija", padre=padre)
    PageViewRestriction.objects.create(
        page=padre, restriction_type=PageViewRestriction.PASSWORD, password="x"
    )
    assert anonimo.get(f"pages/{hija.pk}/").status_code == 404
    assert titulos(anonimo, "pages/?type=portal.PaginaEstandar") & {"Con clave", "Hija"} == set()


def test_the_root_of_the_tree_is_not_a_page(anonimo: Programa) -> None:
    raiz = Page.objects.get(depth=1)
    assert anonimo.get(f"pages/{raiz.pk}/").status_code == 404


def test_a_page_is_found_by_its_path(anonimo: Programa) -> None:
    noticia = NoticiaFactory()
    respuesta = anonimo.get(f"pages/find/?html_path={noticia.url}")
    assert respuesta.status_code == 302
    assert respuesta["Location"].startswith(f"{settings.DIRECCION_BASE}/api/v2/pages/{noticia.pk}/")
    assert anonimo.get("pages/find/?html_path=/no/existe/").status_code == 404


def test_a_page_reads_with_its_own_fields_and_its_links_resolved(anonimo: Programa) -> None:
    destino = PaginaEstandarFactory()
    imagen, archivo = ImagenFactory(), ArchivoFactory()
    enlace = f'<a linktype="page" id="{destino.pk}">'
    noticia = NoticiaFactory(imagen=imagen, con_etiquetas=["agua", "Ñuble"])
    noticia.cuerpo = [
        ("parrafo", f"<p>{enlace}aquí</a></p>"),
        ("documento", {"archivo": archivo, "titulo": "El acta"}),
        ("titulo", {"texto": "Sección", "nivel": "h2"}),
        (
            "acordeon",
            {"paneles": [{"titulo": "Uno", "texto": f"{enlace}b</a>"}]},
        ),
    ]
    noticia.save_revision().publish()
    leida = anonimo.leer(f"pages/{noticia.pk}/")
    assert leida["meta"]["type"] == "noticias.NoticiaPage"
    assert leida["fecha"] == "2026-11-09"
    assert leida["etiquetas"] == ["agua", "Ñuble"]
    assert leida["imagen"]["id"] == imagen.pk
    parrafo, documento, _, acordeon = leida["cuerpo"]
    assert parrafo["value"] == f'<p><a href="{destino.url}">aquí</a></p>'
    assert documento["value"]["archivo"]["url"].endswith(archivo.url)
    assert f'href="{destino.url}"' in acordeon["value"]["paneles"][0]["texto"]


def test_each_kind_of_page_can_be_listed_with_all_its_fields(anonimo: Programa) -> None:
    NoticiaFactory(con_etiquetas=["a"])
    EventoFactory()
    DocumentoFactory()
    PaginaEstandarFactory()
    for tipo in (
        "noticias.NoticiaPage", "noticias.EventoPage", "biblioteca.DocumentoPage",
        "portal.PaginaEstandar", "portal.InicioPage", "portal.ContactoPage",
    ):  # fmt: skip
        assert anonimo.get(f"pages/?type={tipo}&fields=*").status_code == 200
    assert anonimo.leer("pages/?type=noticias.EventoPage&fields=inicio")["items"][0]["inicio"]
    assert (
        "correo_destino" not in anonimo.leer("pages/?type=portal.ContactoPage&fields=*")["items"][0]
    )


def test_a_withdrawn_page_shows_its_reason_and_not_its_content(anonimo: Programa) -> None:
    documento = DocumentoFactory(retirado_motivo="Contenía datos personales.")
    documento.cuerpo = [("parrafo", "<p>Secreto</p>")]
    documento.save()
    for leida in (
        anonimo.leer(f"pages/{documento.pk}/"),
        anonimo.leer("pages/?type=biblioteca.DocumentoPage&fields=*")["items"][0],
    ):
        assert leida["retirado_motivo"] == "Contenía datos personales."
        assert leida["cuerpo"] is leida["archivo"] is None


def test_files_of_private_collections_are_not_there(anonimo: Programa) -> None:
    privada = Collection.get_first_root_node().add_child(name="Privada")
    CollectionViewRestriction.objects.create(
        collection=privada, restriction_type=CollectionViewRestriction.LOGIN
    )
    ImagenFactory(title="Vista", description="Una mesa")
    ImagenFactory(title="Oculta", collection=privada)
    archivo = ArchivoFactory(title="Acta")
    oculto = ArchivoFactory(title="Reservado", collection=privada)
    assert titulos(anonimo, "images/") == {"Vista"}
    assert anonimo.leer("images/?fields=description")["items"][0]["description"] == "Una mesa"
    assert titulos(anonimo, "documents/") == {"Acta"}
    assert anonimo.leer(f"documents/{archivo.pk}/")["sha256"] == archivo.sha256
    assert anonimo.get(f"documents/{oculto.pk}/").status_code == 404


def test_an_image_offers_what_opens_and_never_its_original(
    anonimo: Programa, client: Client
) -> None:
    nunca_vista, vista = ImagenFactory(title="Guardada"), ImagenFactory(title="Vista")
    for medida in ("max-165x165", "max-1200x900|format-webp"):
        vista.get_rendition(medida)
    assert anonimo.leer(f"images/{nunca_vista.pk}/")["meta"]["download_url"] == ""
    url = anonimo.leer(f"images/{vista.pk}/")["meta"]["download_url"]
    assert "max-1200x900" in url
    assert client.get(urlsplit(url).path).status_code == 200
    assert client.get(vista.file.url).status_code == 404
    for fila in anonimo.leer("images/")["items"]:
        assert "original_images" not in str(fila)


def test_pages_are_searched(anonimo: Programa) -> None:
    for titulo in ("Agua potable rural", "Otra cosa"):
        index.insert_or_update_object(NoticiaFactory(title=titulo))
    assert titulos(anonimo, "pages/?search=potable") == {"Agua potable rural"}


def test_every_field_the_api_tells_of_exists(anonimo: Programa) -> None:
    from portal.api.campos import DE_LO_RETIRADO, PROPIOS

    for modelo, campos in PROPIOS.items():
        for campo in campos:
            nombre = getattr(campo, "name", campo)
            assert hasattr(modelo, nombre), (modelo, nombre)
    nombres = {f.name for m in (NoticiaPage, EventoPage) for f in m._meta.get_fields()}
    assert nombres >= DE_LO_RETIRADO - {"archivo"}
