"""Correcting a version before it is published, through the flows."""

import pytest
from django.db import IntegrityError, transaction

from comun.errores import Conflicto, DatoInvalido, SinPermiso
from consulta.procesos import publicadas
from consulta.procesos.flows.borrador import publicar_version
from consulta.procesos.flows.redactar import cambiar_version, preparar_version, texto_de
from consulta.procesos.flows.revisar import (
    cambiar_fragmento,
    corresponder,
    deshacer,
    dividir_fragmento,
    quitar_fragmento,
    unir_fragmento,
)
from consulta.procesos.huellas import marca_de_fragmento, marca_de_version
from consulta.procesos.models import Correspondencia, VersionBorrador
from tests.factories import AHORA
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory

pytestmark = pytest.mark.django_db
UNO = """# Agua

Habrá un visor por cuenca con los derechos otorgados y el nivel de los pozos.

Las comunidades podrán corregir los datos. El visor funcionará en teléfonos sencillos.

Las jornadas abiertas se harán cada año en todas las regiones del país.

El premio anual distinguirá a los servicios."""
DOS = """# Agua

Las jornadas abiertas se harán cada año en todas las regiones del país.

Habrá un visor por cuenca con los derechos otorgados, las extracciones y el nivel de los pozos.

Las comunidades podrán corregir los datos.

El visor funcionará en teléfonos sencillos.

Cada hospital informará cuántas personas esperan."""


@pytest.fixture
def por():
    return UserFactory(secretaria=True)


@pytest.fixture
def consulta():
    return ConsultaFactory()


@pytest.fixture
def segunda(consulta, por):
    """An unpublished second version, matched by the machine."""
    primera = preparar_version(consulta=consulta, texto=UNO, por=por)
    publicar_version(version=primera, por=por, ahora=AHORA)
    return preparar_version(consulta=consulta, texto=DOS, por=por)


def f(version, orden):
    return version.fragmentos.get(orden=orden)


def aristas(version):
    filas = Correspondencia.objects.filter(a__version=version).order_by("a__orden", "de__orden")
    return [tuple(x) for x in filas.values_list("de__orden", "a__orden", "tipo")]


PROPUESTAS = [
    (1, 1, "igual"),
    (4, 2, "mueve"),
    (2, 3, "cambia"),
    (3, 4, "divide"),
    (3, 5, "divide"),
]


def textos(version):
    return list(version.fragmentos.order_by("orden").values_list("orden", "texto"))


def test_a_version_is_matched_when_it_is_prepared(segunda):
    assert aristas(segunda) == PROPUESTAS


def test_splitting_keeps_where_it_comes_from_and_undo_puts_all_back(segunda, por):
    antes = textos(segunda)
    largo = f(segunda, 3)
    dividir_fragmento(fragmento=largo, corte=largo.texto.index("con los"), por=por)
    assert [n for n, _t in textos(segunda)] == list(range(1, 8))
    assert f(segunda, 4).texto.startswith("con los")
    assert (2, 3, "divide") in aristas(segunda) and (2, 4, "divide") in aristas(segunda)
    deshacer(version=segunda, por=por)
    assert textos(segunda) == antes and aristas(segunda) == PROPUESTAS
    deshacer(version=segunda, por=por)
    assert len(textos(segunda)) == len(antes) + 1


@pytest.mark.parametrize("corte", [-3, 0, 10_000])
def test_a_cut_that_leaves_a_piece_empty_is_refused(segunda, por, corte):
    with pytest.raises(DatoInvalido) as error:
        dividir_fragmento(fragmento=f(segunda, 2), corte=corte, por=por)
    assert error.value.campo == "corte"


def test_joining_comes_from_both_and_the_last_one_has_no_next(segunda, por):
    junto = unir_fragmento(fragmento=f(segunda, 4), por=por)
    assert junto.texto.endswith("teléfonos sencillos.")
    assert (3, 4, "igual") in aristas(segunda)
    with pytest.raises(Conflicto):
        unir_fragmento(fragmento=segunda.fragmentos.last(), por=por)


def test_a_fragment_is_taken_out_and_comes_back(segunda, por):
    quitar_fragmento(fragmento=f(segunda, 1), por=por)
    assert textos(segunda)[0][0] == 1 and (4, 1, "mueve") in aristas(segunda)
    deshacer(version=segunda, por=por)
    assert aristas(segunda) == PROPUESTAS


def test_words_kind_and_level_are_corrected(segunda, por):
    hecho = cambiar_fragmento(
        fragmento=f(segunda, 2), texto="Jornadas  \n abiertas", tipo="titulo", por=por
    )
    assert (hecho.texto, hecho.tipo, hecho.nivel) == ("Jornadas abiertas", "titulo", 1)
    for campo, valor in (("texto", " "), ("tipo", "foto"), ("nivel", 9)):
        with pytest.raises(DatoInvalido) as error:
            cambiar_fragmento(fragmento=f(segunda, 2), por=por, **{campo: valor})
        assert error.value.campo == campo


def test_a_person_says_where_a_fragment_comes_from(segunda, por):
    primera = segunda.anterior()
    corresponder(fragmento=f(segunda, 6), anteriores=[f(primera, 5)], por=por)
    arista = Correspondencia.objects.get(a=f(segunda, 6))
    assert (arista.tipo, arista.seguridad, arista.por) == ("cambia", 100, por)
    corresponder(fragmento=f(segunda, 6), anteriores=[], por=por)
    assert f(segunda, 6).revisado and not f(segunda, 6).anteriores.exists()
    with pytest.raises(DatoInvalido):
        corresponder(fragmento=f(segunda, 6), anteriores=[f(segunda, 1)], por=por)


def test_pasting_again_keeps_what_people_corrected(segunda, por):
    primera = segunda.anterior()
    corresponder(fragmento=f(segunda, 6), anteriores=[f(primera, 5)], por=por)
    corresponder(fragmento=f(segunda, 3), anteriores=[], por=por)
    cambiar_fragmento(fragmento=f(segunda, 5), tipo="compromiso", por=por)
    nuevo = texto_de(segunda).replace("# Agua", "# Agua\n\nPárrafo recién agregado al comienzo.")
    cambiar_version(objeto=segunda, texto=nuevo, por=por, marca=marca_de_version(segunda))
    assert (5, 7, "cambia") in aristas(segunda)
    assert not f(segunda, 4).anteriores.exists() and f(segunda, 4).revisado
    assert f(segunda, 6).tipo == "compromiso"
    assert (4, 3, "igual") in aristas(segunda)


def test_two_people_on_the_same_fragment_the_second_is_told(segunda, por):
    visto = f(segunda, 3)
    marca = marca_de_fragmento(visto, [x.de_id for x in visto.anteriores.all()])
    cambiar_fragmento(
        fragmento=visto, texto="Otra cosa.", por=UserFactory(administrador=True), marca=marca
    )
    with pytest.raises(Conflicto):
        cambiar_fragmento(fragmento=visto, texto="La mía.", por=por, marca=marca)
    assert f(segunda, 3).texto == "Otra cosa."
    de_todo = marca_de_version(segunda)
    cambiar_fragmento(fragmento=f(segunda, 3), texto="Otra más.", por=por)
    with pytest.raises(Conflicto):
        cambiar_version(objeto=segunda, texto="Todo de nuevo", por=por, marca=de_todo)
    with pytest.raises(Conflicto):
        publicar_version(version=segunda, por=por, marca=de_todo)
    with pytest.raises(Conflicto):
        deshacer(version=segunda, por=por, cambio=1)


def test_publishing_freezes_text_and_matches(segunda, por):
    publicar_version(version=segunda, por=por, ahora=AHORA)
    with pytest.raises(Conflicto):
        cambiar_fragmento(fragmento=f(segunda, 2), texto="x", por=por)
    for cambio in (
        lambda: Correspondencia.objects.filter(a__version=segunda).delete(),
        lambda: Correspondencia.objects.filter(a__version=segunda).update(seguridad=1),
        lambda: Correspondencia.objects.create(
            de=f(segunda.anterior(), 5), a=f(segunda, 6), tipo="cambia"
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            cambio()
    assert aristas(segunda) == PROPUESTAS


def test_a_version_nobody_matched_is_matched_when_it_is_published(segunda, por):
    Correspondencia.objects.all().delete()
    publicar_version(version=segunda, por=por, ahora=AHORA)
    assert aristas(segunda) == PROPUESTAS


def test_the_rooms_above_are_told_in_the_same_transaction(segunda, por, monkeypatch):
    monkeypatch.setattr(publicadas, "_al_publicar", [])
    vistas = []

    @publicadas.al_publicar_version
    def mirar(*, version, por, ahora):
        vistas.append((version.n, Correspondencia.objects.filter(a__version=version).count()))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        publicar_version(version=segunda, por=por, ahora=AHORA)
    segunda.refresh_from_db()
    assert vistas == [(2, 5)] and segunda.publicada_en is None


def test_who_may_not_manage_corrects_nothing(segunda):
    for cuenta in (UserFactory(oficial=True), UserFactory(editor=True)):
        with pytest.raises(SinPermiso):
            cambiar_fragmento(fragmento=f(segunda, 2), texto="x", por=cuenta)
        with pytest.raises(SinPermiso):
            deshacer(version=segunda, por=cuenta)


def test_the_same_draft_in_three_versions_is_followed_to_the_first(segunda, por, consulta):
    publicar_version(version=segunda, por=por, ahora=AHORA)
    tercera = preparar_version(consulta=consulta, texto=DOS + "\n\nUn párrafo final.", por=por)
    publicar_version(version=tercera, por=por, ahora=AHORA)
    assert VersionBorrador.objects.publicadas().count() == 3
    origen = f(tercera, 5).anteriores.get().de.anteriores.get().de
    assert origen == f(consulta.versiones.get(n=1), 3)
