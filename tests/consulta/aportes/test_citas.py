"""Quotes: kept with what was said, followed into the next version, resolved by a person."""

from datetime import timedelta
from time import process_time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.registro import EventoDetalle
from consulta.aportes import tasks
from consulta.aportes.citas.anclas import por_seguir, seguir_citas
from consulta.aportes.citas.localizar import lugar_en
from consulta.aportes.enums import EstadoAncla
from consulta.aportes.flows.citas import resolver_cita
from consulta.aportes.models import Ancla, Aporte
from consulta.aportes.palabras import frases
from consulta.procesos.models import Asunto, Fragmento, VersionBorrador
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido
from tests.factories.borradores import version
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory, ConsultaFactory

pytestmark = pytest.mark.django_db
UNO = "Los municipios publicarán sus presupuestos. La publicación se hará en marzo de cada año."
DOS = "Las bases de datos tendrán una licencia de uso libre."


def citar(v: VersionBorrador, orden: int, cita: str, inicio: int | None = None) -> Aporte:
    asunto = Asunto.objects.get(fragmento__version=v, fragmento__orden=orden)
    return aporte(asunto=asunto, dice=contenido(cita=cita, cita_inicio=inicio))


def ancla_en(quien: Aporte, v: VersionBorrador) -> Ancla:
    return quien.anclas.get(version=v)


@pytest.mark.parametrize(
    ("escrita", "hallada"),
    [
        ("se hará en marzo", "se hará en marzo"),
        ("SE HARA EN MARZO", "se hará en marzo"),
        ("«se hará  en\nmarzo»", "se hará en marzo"),
        ("de cada año.", "de cada año."),
        ("se hara en marso de cada año", "se hará en marzo de cada año"),
        ("los hospitales públicos", None),
        ("marso", None),
        ("…", None),
    ],
)
def test_words_are_found_as_people_type_them(escrita, hallada):
    tramo = lugar_en(UNO, escrita)
    assert (UNO[slice(*tramo)] if tramo else None) == hallada


def test_of_words_said_twice_the_nearest_is_meant():
    texto = "Habrá un mapa. El mapa será público. Quien mire el mapa verá el agua."
    segunda = texto.rindex("el mapa")
    assert lugar_en(texto, "el mapa", segunda) == (segunda, segunda + 7)
    assert lugar_en(texto, "EL MAPA", segunda - 2) == (segunda, segunda + 7)
    assert lugar_en(texto, "el mapa") == (texto.index("El mapa"), texto.index("El mapa") + 7)


def test_sentences_end_at_their_sign_or_line_and_not_inside_a_number():
    texto = "Son 3.500 casos. ¿Cuántos? Art. 4:\nuna lista;\n\notra"
    assert [texto[a:b] for a, b in frases(texto)] == [
        "Son 3.500 casos.", "¿Cuántos?", "Art.", "4:", "una lista;", "otra",
    ]  # fmt: skip


def test_a_quote_is_kept_with_its_place_and_surroundings():
    v1 = version(ConsultaFactory(), [UNO, DOS])
    quien = citar(v1, 1, "sus presupuestos")
    ancla = quien.anclas.get()
    assert (ancla.estado, ancla.fragmento.orden, ancla.version) == (EstadoAncla.ORIGINAL, 1, v1)
    assert UNO[ancla.inicio :].startswith(ancla.cita)
    assert ancla.prefijo.endswith("publicarán ")
    assert ancla.sufijo.startswith(". La publicación")


@pytest.mark.parametrize("cita", ["palabras que no están", "x" * 2001])
def test_a_quote_that_is_not_there_is_told_and_nothing_is_received(cita):
    v1 = version(ConsultaFactory(), [UNO])
    with pytest.raises(DatoInvalido) as error:
        citar(v1, 1, cita)
    assert error.value.campo == "cita"
    assert not Aporte.objects.exists()


def test_who_speaks_of_the_whole_quotes_nothing():
    asunto = AsuntoFactory()
    with pytest.raises(DatoInvalido):
        aporte(asunto=asunto, dice=contenido(cita="algo"))


def test_publishing_puts_each_quote_in_its_new_place_or_leaves_an_orphan():
    consulta = ConsultaFactory()
    v1 = version(consulta, [UNO, DOS])
    queda, sale = citar(v1, 1, "sus presupuestos"), citar(v1, 2, "licencia de uso libre")
    v2 = version(consulta, ["Nada.", UNO.replace("sus", "todos sus")], [(1, 2)])
    puesta = ancla_en(queda, v2)
    assert (puesta.estado, puesta.fragmento.orden) == (EstadoAncla.SEGUIDA, 2)
    assert puesta.fragmento.texto[puesta.inicio :].startswith("sus presupuestos")
    huerfana = ancla_en(sale, v2)
    assert (huerfana.estado, huerfana.fragmento, huerfana.cita) == (
        EstadoAncla.HUERFANA, None, "licencia de uso libre",
    )  # fmt: skip


def test_an_orphan_that_comes_back_in_a_later_version_finds_its_place():
    consulta = ConsultaFactory()
    quien = citar(version(consulta, [UNO, DOS]), 2, "tendrán una licencia de uso libre")
    version(consulta, [UNO], [(1, 1)])
    v3 = version(consulta, [UNO, DOS], [(1, 1)])
    assert ancla_en(quien, v3).fragmento.orden == 2


def test_a_quote_of_an_old_version_sent_after_the_new_one_is_followed_at_once():
    consulta = ConsultaFactory()
    v1 = version(consulta, [UNO])
    v2 = version(consulta, ["Nada.", UNO], [(1, 2)])
    assert ancla_en(citar(v1, 1, "sus presupuestos"), v2).fragmento.orden == 2


def test_following_again_changes_nothing():
    consulta = ConsultaFactory()
    quien = citar(version(consulta, [UNO]), 1, "sus presupuestos")
    v2 = version(consulta, [UNO], [(1, 1)])
    antes = ancla_en(quien, v2).pk
    assert seguir_citas(version=v2, ahora=AHORA) == 0
    assert seguir_citas(version=v2, ahora=AHORA, de=[quien.pk]) == 1
    assert ancla_en(quien, v2).pk == antes


def test_beyond_the_first_quotes_the_worker_follows(monkeypatch):
    monkeypatch.setattr(tasks, "EN_LINEA", 2)
    consulta = ConsultaFactory()
    v1 = version(consulta, [UNO])
    for _ in range(5):
        citar(v1, 1, "sus presupuestos")
    v2 = version(consulta, [UNO], [(1, 1)])
    assert Ancla.objects.filter(version=v2).count() == 2
    tarea = DBTaskResult.objects.get(task_path__endswith="seguir_las_demas")
    assert tarea.args_kwargs["args"] == [v2.pk]
    tasks.seguir_las_demas.func(v2.pk)
    assert Ancla.objects.filter(version=v2).count() == 5
    assert not por_seguir(v2).exists()


def test_what_it_costs_to_follow_does_not_depend_on_how_many_quotes():
    def consultas(cuantas: int) -> int:
        consulta = ConsultaFactory()
        v1 = version(consulta, [UNO, DOS])
        for _ in range(cuantas):
            citar(v1, 1, "sus presupuestos")
        v2 = version(consulta, [UNO, DOS], [(1, 1), (2, 2)])
        Ancla.objects.filter(version=v2).delete()
        with CaptureQueriesContext(connection) as hechas:
            seguir_citas(version=v2, ahora=AHORA)
        return len(hechas)

    assert consultas(2) == consultas(40) <= 8


class TestResolver:
    @pytest.fixture
    def huerfana(self) -> Ancla:
        consulta = ConsultaFactory()
        quien = citar(version(consulta, [UNO, DOS]), 2, "licencia de uso libre")
        return ancla_en(quien, version(consulta, [UNO, "Los datos serán libres."], [(1, 1)]))

    def test_the_secretariat_puts_it_in_its_place(self, huerfana):
        lugar = Fragmento.objects.get(version=huerfana.version, orden=2)
        por = UserFactory(secretaria=True)
        hecha = resolver_cita(
            ancla=huerfana, por=por, fragmento=lugar, cita="serán libres", ahora=AHORA
        )
        hecha.refresh_from_db()
        assert (hecha.estado, hecha.inicio, hecha.por, hecha.cita) == (
            EstadoAncla.RESUELTA, 10, por, "serán libres",
        )  # fmt: skip
        detalle = EventoDetalle.objects.get(evento__verbo="resolver_cita")
        assert detalle.antes["estado"] == "huerfana"

    def test_it_says_that_the_words_are_gone_and_may_say_otherwise_later(self, huerfana):
        por = UserFactory(administrador=True)
        assert resolver_cita(ancla=huerfana, por=por).estado == EstadoAncla.SIN_LUGAR
        lugar = Fragmento.objects.get(version=huerfana.version, orden=2)
        hecha = resolver_cita(ancla=huerfana, por=por, fragmento=lugar, cita="Los datos")
        assert hecha.estado == EstadoAncla.RESUELTA
        assert resolver_cita(ancla=huerfana, por=por).fragmento is None

    def test_what_a_person_declared_gone_is_not_asked_again(self, huerfana):
        resolver_cita(ancla=huerfana, por=UserFactory(secretaria=True))
        v3 = version(huerfana.version.consulta, [UNO], [(1, 1)])
        assert ancla_en(huerfana.aporte, v3).estado == EstadoAncla.SIN_LUGAR

    @pytest.mark.parametrize("rol", ["participante", "oficial", "moderador", "editor"])
    def test_nobody_else_may(self, huerfana, rol):
        with pytest.raises(SinPermiso):
            resolver_cita(ancla=huerfana, por=UserFactory(**{rol: True}))

    def test_a_wrong_place_is_told_beside_its_field(self, huerfana):
        por = UserFactory(secretaria=True)
        de_antes = Fragmento.objects.get(version__n=1, orden=1)
        bueno = Fragmento.objects.get(version=huerfana.version, orden=2)
        for fragmento, cita, campo in (
            (de_antes, "sus presupuestos", "fragmento"),
            (bueno, "", "cita"),
            (bueno, "licencia", "cita"),
        ):
            with pytest.raises(DatoInvalido) as error:
                resolver_cita(ancla=huerfana, por=por, fragmento=fragmento, cita=cita)
            assert error.value.campo == campo

    def test_the_choice_of_the_author_is_not_touched(self, huerfana):
        original = huerfana.aporte.anclas.get(estado=EstadoAncla.ORIGINAL)
        with pytest.raises(Conflicto):
            resolver_cita(ancla=original, por=UserFactory(secretaria=True))


def test_five_thousand_quotes_are_followed_in_seconds(django_assert_max_num_queries):
    consulta = ConsultaFactory()
    textos = [f"{UNO} Es la regla {i}. {DOS} Se aplica desde el día {i}." for i in range(300)]
    v1 = version(consulta, textos)
    muestra = citar(v1, 1, "sus presupuestos")
    otros = Aporte.objects.bulk_create(
        Aporte(
            consulta=consulta, asunto=muestra.asunto, tipo=muestra.tipo, enviado_en=AHORA,
            clave_idempotencia=f"00000000-0000-0000-0000-{i:012d}",
        )
        for i in range(5000)
    )  # fmt: skip
    fragmentos = list(v1.fragmentos.order_by("orden"))
    Ancla.objects.bulk_create(
        Ancla(
            aporte=otro, version=v1, fragmento=fragmentos[i % 300], en=AHORA,
            cita="La publicación se hará en marzo", inicio=44,
        )
        for i, otro in enumerate(otros)
    )  # fmt: skip
    antes = process_time()
    v2 = version(
        consulta,
        [t.replace("cada año", "todos los años") for t in textos],
        [(i, i) for i in range(1, 301)],
        AHORA + timedelta(days=1),
    )
    while seguir_citas(version=v2, ahora=AHORA, tope=tasks.EN_LINEA):
        pass
    assert process_time() - antes < 20
    assert Ancla.objects.filter(version=v2, estado=EstadoAncla.SEGUIDA).count() == 5001
