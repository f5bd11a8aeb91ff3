import time

import pytest

from comun.palabras import raices, raiz_de, sin_enie
from search.pedido import LARGO, TERMINOS, leer

_FAMILIAS = """
    acta/actas dato/datos hito/hitos año/años obra/obras taller/talleres mujer/mujeres
    joven/jóvenes/jovenes juez/jueces voz/voces interés/intereses/interes país/países/pais
    mesa/mesas foro/foros vía/vías ley/leyes red/redes plan/planes mes/meses informe/informes
    organización/organizaciones/organizacion ciudadano/ciudadana/ciudadanas base/bases
    clase/clases alcance/alcances avance/avances índice/índices trámite/trámites nivel/niveles
    eje/ejes municipal/municipales municipalidad/municipalidades origen/orígenes imagen/imágenes
    bien/bienes fin/fines vez/veces compromiso/compromisos propuesta/propuestas región/regiones
    presupuesto/presupuestos público/públicos/pública/públicas institución/instituciones
    niño/niños calle/calles parque/parques francés/franceses autobús/autobuses robot/robots
    serie/series AÑO/año Región/REGIÓN
"""
FAMILIAS = _FAMILIAS.split()


@pytest.mark.parametrize("familia", FAMILIAS)
def test_singular_and_plural_meet(familia: str) -> None:
    assert len({raiz_de(palabra) for palabra in familia.split("/")}) == 1


@pytest.mark.parametrize(
    ("una", "otra"),
    [("comunidad", "comunes"), ("mesa", "mes"), ("política", "policía"), ("año", "ano"),
     ("caso", "casa"), ("censo", "censura")],
)  # fmt: skip
def test_different_words_stay_apart(una: str, otra: str) -> None:
    assert raiz_de(una) != raiz_de(otra)


def test_decomposed_letters_are_the_same_letters() -> None:
    assert raices("participacio\u0301n") == raices("participación")


def test_enie_may_be_typed_as_n() -> None:
    assert sin_enie(raices("niñez en Ñuñoa hoy")) == ["ninez", "nuño".replace("ñ", "n")]


def test_query_reads_words_and_phrases_and_drops_small_words() -> None:
    pedido = leer('las actas de la "mesa de trabajo" AND -municipios*')
    assert pedido.terminos == (("mesa", "de", "trabaj"), ("acta",), ("and",), ("municipi",))


def test_query_of_small_words_only_looks_for_them() -> None:
    assert leer("qué es").terminos == (("que",), ("es",))


@pytest.mark.parametrize("texto", ["", "   ", '"', '""', "😀", "\x00", "***", "«»", "()"])
def test_query_without_words_is_empty(texto: str) -> None:
    assert not leer(texto)


def test_huge_query_is_read_in_part_and_at_once() -> None:
    comienzo = time.perf_counter()
    pedido = leer("palabra otra " * 100_000)
    assert time.perf_counter() - comienzo < 0.5
    assert len(pedido.texto) <= LARGO
    assert len(leer(" ".join(f"p{i}" for i in range(100))).terminos) == TERMINOS
