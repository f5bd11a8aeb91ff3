"""What a withdrawn page showed: nobody may take its images nor its file any more."""

import json

import pytest
from django.core.cache import cache
from wagtail.models import ReferenceIndex

from comun.archivos import ImagenRendicion
from comun.paginas import IMAGEN_DE_TARJETA
from portal.retiradas import borrar_rendiciones
from tests.factories.cuentas import UserFactory
from tests.factories.paginas import DocumentoFactory, ImagenFactory, NoticiaFactory

pytestmark = pytest.mark.django_db
MOTIVO = "Mostraba el RUN de una persona. Lo decidió la Mesa."


@pytest.fixture
def foto():
    # Wagtail remembers renditions by the id of the image, and ids come back with each test.
    cache.clear()
    return ImagenFactory()


def con_imagen(foto, **campos):
    pagina = NoticiaFactory(imagen=foto, **campos)
    ReferenceIndex.create_or_update_for_object(pagina)
    return pagina


def direccion(foto):
    return foto.get_rendition(IMAGEN_DE_TARJETA).url


def test_an_image_is_served_while_its_page_stands_and_gone_once_it_is_withdrawn(client, foto):
    noticia = con_imagen(foto)
    url = direccion(foto)
    assert client.get(url).status_code == 200
    noticia.retirado_motivo = MOTIVO
    noticia.save_revision().publish()
    assert client.get(url).status_code == 410
    client.force_login(UserFactory(editor=True))
    assert client.get(url).status_code == 200


def test_an_image_that_another_page_shows_stays(client, foto):
    con_imagen(foto, retirado_motivo=MOTIVO)
    con_imagen(foto)
    assert client.get(direccion(foto)).status_code == 200


def test_an_image_inside_the_text_is_gone_too_and_a_draft_does_not_keep_it(client, foto):
    bloque = {"type": "imagen", "value": {"imagen": {"image": foto.pk, "decorative": True}}}
    NoticiaFactory(retirado_motivo=MOTIVO, cuerpo=json.dumps([bloque]))
    con_imagen(foto, borrador=True)
    assert client.get(direccion(foto)).status_code == 410


def test_its_renditions_are_deleted_by_the_worker_and_no_page_makes_them_again(client, foto):
    noticia = con_imagen(foto, slug="retirada", retirado_motivo=MOTIVO)
    url = direccion(foto)
    assert borrar_rendiciones.func(noticia.pk) == 1
    assert not ImagenRendicion.objects.exists()
    for ruta in ("/noticias/retirada/", "/noticias/", "/"):
        pagina = client.get(ruta)
        assert pagina.status_code == 200 and url not in pagina.content.decode()
    assert not ImagenRendicion.objects.filter(image=foto).exists()
    assert borrar_rendiciones.func(noticia.pk) == 0


def test_the_renditions_of_a_standing_page_stay(foto):
    noticia = con_imagen(foto)
    direccion(foto)
    assert borrar_rendiciones.func(noticia.pk) == 0 and ImagenRendicion.objects.exists()


def test_the_api_knows_no_image_nor_file_of_what_was_withdrawn(client, foto):
    con_imagen(foto, retirado_motivo=MOTIVO)
    retirado, vigente = DocumentoFactory(retirado_motivo=MOTIVO), DocumentoFactory()
    assert client.get(f"/api/v2/images/{foto.pk}/").status_code == 404
    assert client.get(f"/api/v2/documents/{retirado.archivo.pk}/").status_code == 404
    lista = client.get("/api/v2/documents/").json()["items"]
    assert [fila["id"] for fila in lista] == [vigente.archivo.pk]
