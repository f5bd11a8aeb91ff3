"""The matching of two versions, against edges that a person wrote."""

import random
import time

import pytest

from consulta.procesos.emparejar import candidatas, emparejar
from consulta.procesos.enums import TipoCorrespondencia, TipoFragmento
from consulta.procesos.trozos import Trozo
from tests.consulta.procesos.oro import leer_pareja, puntaje


def parrafos(*textos):
    return [Trozo(TipoFragmento.PARRAFO, t) for t in textos]


def tipos(antes, ahora):
    hechas = emparejar(parrafos(*antes), parrafos(*ahora))
    return {(e.de, e.a): e.tipo.value for e in hechas}


@pytest.mark.parametrize(("nombre", "minimo"), [("pareja", 0.97), ("pareja_reservada", 0.95)])
def test_two_hard_drafts_are_matched_as_a_person_did(nombre, minimo):
    antes, ahora, aristas = leer_pareja(nombre)
    _precision, _recuerdo, f1, mal, falta = puntaje(antes, ahora, aristas)
    assert f1 >= minimo, (mal, falta)


def test_what_is_sure_is_right_and_what_is_wrong_is_doubted():
    antes, ahora, aristas = leer_pareja("pareja")
    hechas = emparejar(antes, ahora)
    seguras = [e for e in hechas if e.seguridad >= 85]
    assert len(seguras) > len(hechas) / 2
    assert all((e.de, e.a) in aristas for e in seguras)


def test_each_kind_of_change_has_its_name():
    agua = "El visor de cuencas mostrará derechos de agua, extracciones y niveles de pozos."
    plazo = "Las consultas duran treinta días corridos y se anuncian con dos semanas."
    compra = "Toda compra pública llevará un número que la acompaña hasta su pago."
    dos = "Habrá jornadas abiertas en cada región. Sus acuerdos se publicarán dentro de un mes."
    jornadas, acuerdos = (
        "Habrá jornadas abiertas en cada región.",
        "Sus acuerdos se publicarán dentro de un mes.",
    )
    assert tipos([agua, plazo], [agua, plazo.replace("treinta", "cuarenta")]) == {
        (0, 0): "igual", (1, 1): "cambia",
    }  # fmt: skip
    assert tipos([agua, dos], [agua, jornadas, acuerdos]) == {
        (0, 0): "igual", (1, 1): "divide", (1, 2): "divide",
    }  # fmt: skip
    assert tipos([agua, jornadas, acuerdos], [agua, dos]) == {
        (0, 0): "igual", (1, 1): "une", (2, 1): "une",
    }  # fmt: skip
    assert tipos([agua, plazo, compra], [compra, agua, plazo]) == {
        (2, 0): "mueve", (0, 1): "igual", (1, 2): "igual",
    }  # fmt: skip


def test_what_is_new_and_what_is_gone_stay_without_a_pair():
    assert (
        tipos(
            ["Se creará un premio anual de puntualidad."], ["Los hospitales informarán la espera."]
        )
        == {}
    )
    assert emparejar([], parrafos("uno")) == emparejar(parrafos("uno"), []) == []


def test_what_repeats_follows_its_neighbours():
    formula = "Este compromiso se revisa cada seis meses."
    antes = ["Agua para riego y consumo.", formula, "Salud en cada comuna del país.", formula]
    ahora = ["Salud en cada comuna del país.", formula, "Agua para riego y consumo.", formula]
    assert set(tipos(antes, ahora)) == {(2, 0), (3, 1), (0, 2), (1, 3)}


def test_the_same_texts_give_the_same_edges():
    antes, ahora, _aristas = leer_pareja("pareja_reservada")
    assert emparejar(antes, ahora) == emparejar(list(antes), list(ahora))


def test_candidates_for_one_fragment_come_best_first():
    antes, ahora, _aristas = leer_pareja("pareja")
    sacadas = candidatas(antes, ahora[3])
    assert sacadas[0][0] == 2 and sacadas == sorted(sacadas, key=lambda c: (-c[1], c[0]))


def test_three_thousand_fragments_are_matched_in_seconds():
    azar = random.Random(7)
    antes, _ahora, _aristas = leer_pareja("pareja")
    palabras = [p for t in antes for p in t.texto.split()]
    viejas = parrafos(
        *(" ".join(azar.choices(palabras, k=azar.randint(8, 60))) for _ in range(3_000))
    )
    nuevas = [t for t in viejas if azar.random() > 0.1]
    nuevas = nuevas[1_000:] + nuevas[:1_000]
    comienzo = time.process_time()
    hechas = emparejar(viejas, nuevas)
    assert time.process_time() - comienzo < 20  # three on an idle machine
    assert len(hechas) == len(nuevas)
    assert {e.tipo for e in hechas} == {TipoCorrespondencia.IGUAL, TipoCorrespondencia.MUEVE}
