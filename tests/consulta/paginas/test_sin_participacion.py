"""The switch «sin la participación» of a draft."""

import pytest
from django.urls import reverse

from consulta.procesos.models import Fragmento
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.coberturas import DestinoElegido
from tests.factories.aportes import aporte
from tests.factories.borradores import version
from tests.factories.procesos import ConsultaFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db


def ruta(consulta, n):
    return reverse("paginas:sin_participacion", args=[consulta.slug, n])


def fragmento(consulta, n, orden):
    return Fragmento.objects.get(version__consulta=consulta, version__n=n, orden=orden)


@pytest.fixture
def consulta(db):
    return ConsultaFactory()


@pytest.fixture
def con_cambio(consulta):
    """A draft in two versions, one of whose changes an answer attributes to a contribution."""
    version(consulta, ["Habrá actas.", "Habrá datos."])
    version(consulta, ["Habrá actas en diez días.", "Habrá datos abiertos."], [(1, 1), (2, 2)])
    uno = aporte(consulta=consulta)
    responder(
        uno,
        resultado=Resultado.INCORPORADA,
        destino=DestinoElegido(fragmento=fragmento(consulta, 2, 1)),
    )
    return uno


def test_only_what_an_answer_attributes_to_a_contribution_is_undone(client, consulta, con_cambio):
    pagina = client.get(ruta(consulta, 2)).content.decode()
    assert "<del>" in pagina and "en diez días" in pagina and con_cambio.folio in pagina
    assert "Habrá datos abiertos." in pagina
    limpia = client.get(ruta(consulta, 2), {"limpio": "1", "solo": "1"}).content.decode()
    assert "<mark>Habrá actas.</mark>" in limpia and "en diez días" not in limpia
    assert "datos abiertos" not in limpia


@pytest.mark.parametrize("resultado", [Resultado.YA_CONTEMPLADA, Resultado.NO_INCORPORADA])
def test_an_answer_that_changed_nothing_undoes_nothing(client, consulta, resultado):
    version(consulta, ["Habrá actas."])
    version(consulta, ["Habrá actas en diez días."], [(1, 1)])
    responder(
        aporte(consulta=consulta),
        resultado=resultado,
        destino=DestinoElegido(fragmento=fragmento(consulta, 2, 1)),
    )
    assert "Ningún cambio viene de un aporte" in client.get(ruta(consulta, 2)).content.decode()


def test_the_first_version_and_one_that_does_not_exist(client, consulta):
    version(consulta, ["Habrá actas."])
    assert client.get(ruta(consulta, 1)).status_code == 200
    assert client.get(ruta(consulta, 2)).status_code == 404


def test_the_queries_do_not_grow_with_the_draft(client, consulta, django_assert_max_num_queries):
    textos = [f"Párrafo {i} que dice algo." for i in range(150)]
    version(consulta, textos)
    version(consulta, [f"{t} Y algo más." for t in textos], [(i, i) for i in range(1, 151)])
    for i in (1, 70, 150):
        responder(
            aporte(consulta=consulta),
            resultado=Resultado.PARCIAL,
            destino=DestinoElegido(fragmento=fragmento(consulta, 2, i)),
        )
    with django_assert_max_num_queries(9):
        primera = client.get(ruta(consulta, 2)).content.decode()
    assert "page=3" in primera or "pagina=3" in primera
    solo = client.get(ruta(consulta, 2), {"solo": "1"}).content.decode()
    assert solo.count("Diría otra cosa") == 3


def test_it_says_what_was_taken_away_and_whose_author_withdrew_since(client, consulta):
    version(consulta, ["Habrá actas.", "Lo de siempre."])
    version(consulta, ["Habrá actas en diez días."], [(1, 1)])
    retirado, quitado = aporte(consulta=consulta), aporte(consulta=consulta)
    for uno, (n, orden) in ((retirado, (2, 1)), (quitado, (1, 2))):
        responder(
            uno,
            resultado=Resultado.INCORPORADA,
            destino=DestinoElegido(fragmento=fragmento(consulta, n, orden)),
        )
    retirado.situacion, retirado.motivo = "retirado", "Ya no lo pienso."
    retirado.save(update_fields=["situacion", "motivo"])
    pagina = " ".join(client.get(ruta(consulta, 2)).content.decode().split())
    assert "(incorporada; quien lo escribió lo retiró después)." in pagina
    assert "Cambió por" in pagina and "Se quitó por" in pagina
    assert "Ya no lo pienso" not in pagina


def test_it_says_where_a_later_change_cannot_be_told_apart(client, consulta):
    version(consulta, ["Abre de 9 a 14."])
    version(consulta, ["Abre de 9 a 14 y los martes de 15 a 19."], [(1, 1)])
    version(consulta, ["Abre de 9 a 14 y los martes de 14.30 a 18."], [(1, 1)])
    responder(
        aporte(consulta=consulta),
        resultado=Resultado.INCORPORADA,
        destino=DestinoElegido(fragmento=fragmento(consulta, 2, 1)),
    )
    pagina = client.get(ruta(consulta, 3)).content.decode()
    assert "En 1 se deshace también un cambio posterior" in pagina
    assert "Un cambio posterior tocó las mismas palabras" in pagina
