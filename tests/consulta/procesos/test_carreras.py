"""Two people at one draft at the same time, on both databases."""

import threading

import pytest
from django.db import connection, transaction

from comun.errores import Conflicto
from consulta.procesos.flows.borrador import publicar_version
from consulta.procesos.flows.redactar import preparar_version
from consulta.procesos.flows.revisar import cambiar_fragmento, dividir_fragmento
from consulta.procesos.huellas import marca_de_fragmento
from consulta.procesos.models import Asunto, Correspondencia, VersionBorrador
from tests.consulta.aportes.test_carreras import a_la_vez
from tests.consulta.procesos.test_revisar import DOS, UNO
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory, ConsultaFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def por():
    return UserFactory(secretaria=True)


@pytest.fixture
def segunda(por):
    consulta = ConsultaFactory()
    publicar_version(
        version=preparar_version(consulta=consulta, texto=UNO, por=por), por=por, ahora=AHORA
    )
    return preparar_version(consulta=consulta, texto=DOS, por=por)


def test_two_people_preparing_at_once_leave_one_version(por):
    consulta = ConsultaFactory()
    hechos = a_la_vez([lambda: preparar_version(consulta=consulta, texto=UNO, por=por)] * 4)
    assert sum(isinstance(h, Conflicto) for h in hechos) == 3, hechos
    assert VersionBorrador.objects.get().n == 1


def test_two_people_publishing_at_once_publish_once(segunda, por):
    hechos = a_la_vez([lambda: publicar_version(version=segunda, por=por, ahora=AHORA)] * 4)
    assert sum(isinstance(h, Conflicto) for h in hechos) == 3, hechos
    assert Asunto.objects.filter(fragmento__version=segunda).count() == 6
    assert Correspondencia.objects.filter(a__version=segunda).count() == 5


def test_two_people_on_one_fragment_the_second_is_told(segunda, por):
    fila = segunda.fragmentos.get(orden=3)
    marca = marca_de_fragmento(fila, [x.de_id for x in fila.anteriores.all()])
    hechos = a_la_vez(
        [
            lambda t=t: cambiar_fragmento(fragmento=fila, texto=t, por=por, marca=marca)
            for t in ("Uno.", "Dos.", "Tres.")
        ]
    )
    assert sum(isinstance(h, Conflicto) for h in hechos) == 2, hechos


def test_cutting_many_fragments_at_once_leaves_places_without_gaps(segunda, por):
    filas = list(segunda.fragmentos.filter(orden__gte=2))
    hechos = a_la_vez(
        [lambda f=f: dividir_fragmento(fragmento=f, corte=20, por=por) for f in filas]
    )
    assert not [h for h in hechos if isinstance(h, Exception)], hechos
    lugares = segunda.fragmentos.order_by("orden").values_list("orden", flat=True)
    assert list(lugares) == list(range(1, 12))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_nobody_waits_to_send_while_a_version_is_matched(por):
    asunto, autora = AsuntoFactory(), UserFactory()
    preparada, enviado = threading.Event(), threading.Event()

    def preparar():
        with transaction.atomic():
            version = preparar_version(consulta=asunto.consulta, texto=UNO, por=por)
            preparada.set()
            assert enviado.wait(10), "who sends waits for the matching to end"
        return version

    def enviar():
        assert preparada.wait(20)
        hecho = aporte(asunto=asunto, por=autora)
        enviado.set()
        return hecho

    hechos = a_la_vez([preparar, enviar])
    assert not [h for h in hechos if isinstance(h, Exception)], hechos
