import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from comun.archivos import Imagen
from tests.factories.archivos import imagen
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db
SUBIR = "/admin/images/multiple/add/"


@pytest.fixture
def editora(client):
    cuenta = UserFactory(is_superuser=True)
    client.force_login(cuenta)
    return client


def formulario(instancia=None, **datos):
    sube = {} if instancia else {"file": SimpleUploadedFile("a.png", imagen("PNG"), "image/png")}
    raiz = Collection.get_first_root_node()
    return get_image_form(Imagen)(
        {"title": "Plaza", "collection": raiz.pk, **datos},
        sube,
        instance=instancia,
        user=UserFactory(is_superuser=True),
    )


def test_an_image_is_described_or_said_to_be_decoration():
    callada = formulario()
    assert not callada.is_valid()
    assert "o marque que es decorativa" in callada.errors["description"][0]
    assert formulario(description="Una plaza con gente").is_valid()
    assert formulario(decorativa="on").is_valid()
    ambas = formulario(description="Una plaza", decorativa="on")
    assert not ambas.is_valid()
    assert "decorativa" in ambas.errors


def test_the_tick_stands_beside_the_description_and_is_remembered():
    campos = list(get_image_form(Imagen)().fields)
    assert campos.index("decorativa") == campos.index("description") + 1
    llena = formulario(decorativa="on")
    assert llena.is_valid()
    adorno = llena.save()
    assert adorno.description == ""
    de_nuevo = formulario(adorno)
    assert de_nuevo.initial["decorativa"] is True
    assert not formulario().initial["decorativa"]


def test_dropping_a_file_asks_for_its_description_and_loses_nothing(editora):
    sube = SimpleUploadedFile("plaza.png", imagen("PNG"), "image/png")
    raiz = Collection.get_first_root_node().pk
    respuesta = editora.post(
        SUBIR,
        {"title": "Plaza", "files[]": sube, "collection": raiz},
        headers={"x-requested-with": "XMLHttpRequest"},
    ).json()
    assert respuesta["success"], respuesta
    assert "Es decorativa" in respuesta["form"]
    assert not Imagen.objects.exists()
    pendiente = respuesta["uploaded_file_id"]
    nombre = f"uploaded-image-{pendiente}"
    hecho = editora.post(
        f"/admin/images/multiple/create_from_uploaded_image/{pendiente}/",
        {f"{nombre}-title": "Plaza", f"{nombre}-decorativa": "on", f"{nombre}-collection": raiz},
        headers={"x-requested-with": "XMLHttpRequest"},
    ).json()
    assert hecho["success"], hecho
    assert Imagen.objects.get().description == ""
