"""The draft with some changes undone: the rules, on drafts published by their flow."""

import pytest

from consulta.procesos.deshacer import Lugar, deshacer
from consulta.procesos.enums import TipoCorrespondencia
from consulta.procesos.linajes import pasos
from consulta.procesos.models import Consulta, Fragmento
from tests.factories.borradores import version
from tests.factories.procesos import ConsultaFactory

pytestmark = pytest.mark.django_db


def sin_los_cambios(consulta: Consulta, *cuales: tuple[int, int]) -> list[Lugar]:
    """Undo the changes that made the fragments at (version, place)."""
    versiones = list(consulta.versiones.publicadas().order_by("n"))
    textos = [list(v.fragmentos.order_by("orden")) for v in versiones]
    ids = [
        Fragmento.objects.get(version__n=n, version__consulta=consulta, orden=o).pk
        for n, o in cuales
    ]
    return deshacer(textos, pasos(versiones), ids)


def lo_que_dice(lugares: list[Lugar]) -> list[str]:
    return [lugar.sin for lugar in lugares if lugar.sin]


@pytest.fixture
def consulta(db: None) -> Consulta:
    return ConsultaFactory()


def test_nothing_undone_gives_the_newest_text(consulta):
    version(consulta, ["uno", "dos"])
    version(consulta, ["uno bis", "dos"], [(1, 1), (2, 2)])
    lugares = sin_los_cambios(consulta)
    assert lo_que_dice(lugares) == ["uno bis", "dos"] and not any(x.cambia for x in lugares)


def test_a_change_is_undone_and_the_others_stay(consulta):
    version(consulta, ["Habrá actas.", "Habrá datos."])
    version(consulta, ["Habrá actas en diez días.", "Habrá datos abiertos."], [(1, 1), (2, 2)])
    lugares = sin_los_cambios(consulta, (2, 1))
    assert lo_que_dice(lugares) == ["Habrá actas.", "Habrá datos abiertos."]
    assert "".join(c.texto for c in lugares[0].cambios if c.operacion == "quita") == " en diez días"


def test_a_later_change_is_kept_over_an_undone_one(consulta):
    version(consulta, ["El portal publica actas cada mes."])
    version(consulta, ["El portal publica actas y videos cada mes."], [(1, 1)])
    version(consulta, ["El sitio publica actas y videos cada mes."], [(1, 1)])
    (lugar,) = sin_los_cambios(consulta, (2, 1))
    assert lugar.sin == "El sitio publica actas cada mes." and not lugar.enredado


def test_an_undone_later_change_leaves_the_earlier_one(consulta):
    version(consulta, ["El portal publica actas cada mes."])
    version(consulta, ["El portal publica actas y videos cada mes."], [(1, 1)])
    version(consulta, ["El sitio publica actas y videos cada mes."], [(1, 1)])
    assert lo_que_dice(sin_los_cambios(consulta, (3, 1))) == [
        "El portal publica actas y videos cada mes."
    ]


def test_an_answer_that_points_to_a_later_version_undoes_the_change_where_it_was_made(consulta):
    version(consulta, ["Habrá actas."])
    version(consulta, ["Habrá actas en diez días."], [(1, 1)])
    version(consulta, ["Habrá actas en diez días."], [(1, 1, TipoCorrespondencia.IGUAL)])
    assert lo_que_dice(sin_los_cambios(consulta, (3, 1))) == ["Habrá actas."]


def test_what_participation_brought_disappears(consulta):
    version(consulta, ["uno", "dos"])
    version(consulta, ["uno", "pedido por alguien", "dos"], [(1, 1), (2, 3)])
    assert lo_que_dice(sin_los_cambios(consulta, (2, 2))) == ["uno", "dos"]


def test_what_participation_took_away_comes_back_in_its_place(consulta):
    version(consulta, ["uno", "sobraba", "dos"])
    version(consulta, ["uno", "dos"], [(1, 1), (3, 2)])
    assert lo_que_dice(sin_los_cambios(consulta, (1, 2))) == ["uno", "sobraba", "dos"]


def test_a_split_and_a_merge_are_undone_as_one_place(consulta):
    version(consulta, ["Actas y datos.", "Plazos", "Metas"])
    version(
        consulta,
        ["Actas.", "Datos.", "Plazos y metas"],
        [(1, 1, TipoCorrespondencia.DIVIDE), (1, 2, TipoCorrespondencia.DIVIDE),
         (2, 3, TipoCorrespondencia.UNE), (3, 3, TipoCorrespondencia.UNE)],
    )  # fmt: skip
    assert lo_que_dice(sin_los_cambios(consulta, (2, 2))) == ["Actas y datos.", "Plazos y metas"]
    assert lo_que_dice(sin_los_cambios(consulta, (2, 3))) == ["Actas.\n\nDatos.", "Plazos\n\nMetas"]


def test_words_that_both_changes_touch_are_marked_and_lose_nothing(consulta):
    version(consulta, ["El plazo es de diez días."])
    version(consulta, ["El plazo es de veinte días."], [(1, 1)])
    version(consulta, ["El plazo es de treinta días."], [(1, 1)])
    (lugar,) = sin_los_cambios(consulta, (2, 1))
    assert lugar.sin == "El plazo es de diez días." and lugar.enredado


def test_a_fragment_that_never_changed_has_nothing_to_undo(consulta):
    version(consulta, ["uno"])
    version(consulta, ["uno"], [(1, 1, TipoCorrespondencia.IGUAL)])
    (lugar,) = sin_los_cambios(consulta, (2, 1))
    assert lugar.sin == "uno" and not lugar.por
