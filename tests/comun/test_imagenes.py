import pytest

from comun.archivos import Imagen

pytestmark = pytest.mark.django_db


def test_the_description_of_an_image_says_what_it_is_for():
    from wagtail.images.forms import get_image_form

    campo = get_image_form(Imagen)().fields["description"]
    assert "para quien no la ve" in str(campo.help_text)
