import pytest

from consulta.aportes.models import Banda, Huella
from consulta.aportes.semejanza.cotejo import leer_textos
from consulta.aportes.semejanza.huellas import BANDAS, bandas, exacta, minhash, palabras
from consulta.aportes.semejanza.parecidos import parecidos
from consulta.aportes.semejanza.vecinos import anotar_huellas
from tests.factories.aportes import aporte, contenido
from tests.factories.procesos import AsuntoFactory, ConsultaFactory

pytestmark = pytest.mark.django_db

CARTA = (
    "Pedimos que el compromiso sobre transparencia municipal incluya plazos claros, presupuesto "
    "publicado cada trimestre y una persona responsable en cada comuna del país."
)


def anotar_huella(de):
    anotar_huellas(leer_textos([de.pk]))


def grado(unos: str, otros: str) -> float:
    """Share of MinHash rows two texts have in common: an estimate of their likeness."""
    a, b = minhash(palabras(unos)), minhash(palabras(otros))
    return sum(a[i : i + 8] == b[i : i + 8] for i in range(0, len(a), 8)) / 64


def test_case_accents_and_commas_do_not_make_another_text():
    assert exacta(palabras("¡Más Árboles, por favor!")) == exacta(palabras("mas arboles por favor"))


def test_the_minhash_estimates_the_share_of_words_in_common():
    assert grado(CARTA, CARTA.upper()) == 1
    assert grado(CARTA, CARTA + " Gracias por leer.") > 0.75
    assert grado(CARTA, "Otra cosa: " + " ".join(f"palabra{i}" for i in range(30))) < 0.1


def test_short_texts_have_no_bands_and_values_fit_their_column():
    assert bandas(minhash(palabras("Estoy de acuerdo."))) == []
    valores = bandas(minhash(palabras(CARTA)))
    assert len(valores) == BANDAS
    assert all(-(2**63) <= v < 2**63 for _n, v in valores)


def test_noting_a_print_twice_leaves_one():
    uno = aporte(dice=contenido(CARTA))
    anotar_huella(uno)
    anotar_huella(uno)
    assert Huella.objects.count() == 1
    assert Banda.objects.count() == BANDAS


def test_copies_are_found_within_their_consultation_and_not_outside():
    asunto, otro = AsuntoFactory(), AsuntoFactory()
    copia = aporte(asunto=asunto, dice=contenido(CARTA))
    ajena = aporte(asunto=otro, dice=contenido(CARTA))
    distinta = aporte(asunto=asunto, dice=contenido(" ".join(f"tema{i}" for i in range(30))))
    for cada in (copia, ajena, distinta):
        anotar_huella(cada)
    hallados = parecidos(asunto.consulta, CARTA + " Muchas gracias.")
    assert [p.aporte for p in hallados] == [copia]
    assert hallados[0].grado >= 85


def test_nothing_is_alike_to_nothing():
    consulta = ConsultaFactory()
    assert parecidos(consulta, "") == []
    assert parecidos(consulta, "sí") == []


def test_looking_for_likes_costs_the_same_among_many(django_assert_max_num_queries):
    asunto = AsuntoFactory()
    for _i in range(12):
        anotar_huella(aporte(asunto=asunto, dice=contenido(CARTA)))
    with django_assert_max_num_queries(6):
        assert len(parecidos(asunto.consulta, CARTA)) == 10
