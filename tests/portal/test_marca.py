"""The back office bears our name, and says nothing in the words of the package."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override

from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db


def test_the_back_office_bears_our_name_and_sign(client):
    client.force_login(UserFactory(administrador=True))
    for ruta in ("wagtailadmin_home", "wagtailusers_users:add"):
        pagina = client.get(reverse(ruta)).content.decode()
        assert "- Estado Abierto</title>" in pagina and "img/signo-claro.svg" in pagina
        assert "- Wagtail</title>" not in pagina and "Añadir usuario: Cuenta" not in pagina


@pytest.mark.parametrize(
    "texto",
    [
        "Aging pages",
        "Go to Wagtail admin",
        "The %(model_name)s could not be created due to errors.",
    ],
)
def test_what_the_packages_say_wrongly_we_say_right(texto):
    with override("es-cl"):
        dicho = gettext(texto)
    assert not any(mal in dicho for mal in ("Wagtail", "envejeciendo", "puede ser creado", texto))
