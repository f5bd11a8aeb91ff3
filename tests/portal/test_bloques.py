import pytest
from django.urls import reverse
from wagtail.blocks import StructBlockValidationError

from comun.bloques import CUERPO, LlamadaBlock
from cuentas.roles import Rol
from tests.factories.cuentas import cuenta_de


@pytest.mark.parametrize(("nombre", "bloque"), CUERPO)
def test_every_block_explains_itself(nombre, bloque):
    assert bloque.meta.description
    assert bloque.meta.label
    assert bloque.meta.icon not in ("", "placeholder")
    assert bloque.is_previewable


@pytest.mark.django_db
@pytest.mark.parametrize("nombre", [n for n, _ in CUERPO])
def test_every_block_shows_how_it_looks_with_the_style_of_the_site(client, nombre):
    client.force_login(cuenta_de(Rol.EDITOR))
    bloque = dict(CUERPO)[nombre]
    respuesta = client.get(reverse("wagtailadmin_block_preview"), {"id": bloque.definition_prefix})
    cuerpo = respuesta.content.decode()
    assert respuesta.status_code == 200
    assert "css/portal.css" in cuerpo
    dentro = cuerpo[cuerpo.index('<div class="prosa">') :]
    assert any(
        marca in dentro
        for marca in ("<p", "<h2", "<figure", "<blockquote", "<table", "cifra", "<details")
    )


@pytest.mark.parametrize(
    "direccion", ["javascript:alert(1)", "//otro.example", "http://x.example", ""]
)
def test_call_to_action_goes_to_this_site_or_to_https(direccion):
    bloque = LlamadaBlock()
    valor = bloque.to_python({"titulo": "T", "texto": "", "boton": "Ir", "direccion": direccion})
    with pytest.raises(StructBlockValidationError):
        bloque.clean(valor)


def test_call_to_action_accepts_a_path_of_the_site():
    bloque = LlamadaBlock()
    valor = bloque.to_python({"titulo": "T", "texto": "", "boton": "Ir", "direccion": "/agenda/"})
    assert bloque.clean(valor)["direccion"] == "/agenda/"
