"""Who is told of what is new, when one task tells of many contributions."""

import pytest
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from comun.registro import Aviso
from comun.tareas import absorber
from consulta.aportes.flows.seguir import seguir
from consulta.aportes.novedades import avisar_novedad, avisar_novedades
from consulta.procesos.models import Asunto
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asunto():
    return AsuntoFactory()


def en_espera():
    return DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, task_path=avisar_novedad.module_path
    )


def dichos(cuenta):
    filas = Aviso.objects.filter(destino=f"cuenta:{cuenta.pk}", razon="seguimiento")
    return list(filas.order_by("pk").values_list("objeto", flat=True))


def test_one_run_tells_of_all_that_wait_and_nothing_twice(asunto):
    raices = [aporte(asunto=asunto) for _ in range(3)]
    replicas = [aporte(padre=raiz) for raiz in raices for _ in range(2)]
    assert en_espera().count() == 9
    avisar_novedad.call(raices[0].pk)
    assert not en_espera().exists()
    destinos = set(Aviso.objects.filter(razon="replica").values_list("destino", flat=True))
    assert destinos == {f"aporte:{raiz.pk}" for raiz in raices}
    avisar_novedades.call([a.pk for a in (*raices, *replicas)])
    assert Aviso.objects.filter(razon="replica").count() == 3


def test_what_is_undone_waits_again(asunto):
    aporte(asunto=asunto)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert len(absorber(avisar_novedad, cuantas=5)) == 1
        raise ZeroDivisionError
    assert en_espera().count() == 1


def test_it_takes_no_more_than_it_was_told_and_none_of_another_kind(asunto):
    for _ in range(3):
        aporte(asunto=asunto)
    correos = DBTaskResult.objects.filter(queue_name="correo", status=TaskResultStatus.READY)
    antes = correos.count()
    assert len(absorber(avisar_novedad, cuantas=2)) == 2
    assert en_espera().count() == 1
    assert correos.count() == antes > 0


def test_who_follows_several_things_is_told_by_the_nearest(asunto):
    cerca, lejos, general = UserFactory(), UserFactory(), UserFactory()
    raiz = aporte(asunto=asunto)
    todo, _nuevo = Asunto.objects.get_or_create(consulta=asunto.consulta, fragmento=None)
    seguir(asunto=asunto, por=cerca, raiz=raiz, ahora=AHORA)
    seguir(asunto=todo, por=cerca, ahora=AHORA)
    seguir(asunto=asunto, por=lejos, ahora=AHORA)
    seguir(asunto=todo, por=general, ahora=AHORA)
    avisar_novedades.call([aporte(padre=raiz).pk for _ in range(2)])
    assert dichos(cerca) == [f"aportes.aporte:{raiz.pk}"]
    assert dichos(lejos) == [f"procesos.asunto:{asunto.pk}"]
    assert dichos(general) == [f"procesos.asunto:{todo.pk}"]
    avisar_novedades.call([aporte(asunto=asunto).pk])
    assert dichos(cerca) == [f"aportes.aporte:{raiz.pk}", f"procesos.asunto:{todo.pk}"]


def test_nobody_is_told_of_their_own_among_others(asunto):
    autora, otra = UserFactory(), UserFactory()
    seguir(asunto=asunto, por=autora, ahora=AHORA)
    seguir(asunto=asunto, por=otra, ahora=AHORA)
    suyo = aporte(asunto=asunto, por=autora)
    avisar_novedades.call([suyo.pk, aporte(padre=suyo, por=otra).pk])
    # One is hers and the other answers her, of which she hears so; the other person wrote one of two.
    assert dichos(autora) == []
    assert Aviso.objects.filter(razon="replica", destino=f"aporte:{suyo.pk}").count() == 1
    assert dichos(otra) == [f"procesos.asunto:{asunto.pk}"]


def test_telling_of_many_asks_the_database_no_more_than_telling_of_few(
    asunto, django_assert_max_num_queries
):
    seguir(asunto=asunto, por=UserFactory(), ahora=AHORA)
    costos = []
    for cuantas in (2, 12):
        raices = [aporte(asunto=asunto) for _ in range(cuantas)]
        ids = [aporte(padre=raiz).pk for raiz in raices]
        with django_assert_max_num_queries(24) as consultas:
            avisar_novedades.call(ids)
        costos.append(len(consultas))
    assert costos[1] <= costos[0]
