"""Threads under haste: supports, removals and replies at once. On both databases the sums stay true."""

import pytest
from django.db.models import F

from comun.errores import Conflicto
from consulta.aportes.enums import Postura
from consulta.aportes.flows.apoyar import apoyar, quitar_apoyo
from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.models import Aporte, Apoyo, Recuento
from consulta.aportes.recuentos import descuadres
from tests.consulta.aportes.test_carreras import a_la_vez
from tests.factories.aportes import aporte, contenido
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory

pytestmark = pytest.mark.django_db(transaction=True)


def como_esta(fila: Aporte) -> Aporte:
    return Aporte.objects.select_related("asunto__consulta__etapa__proceso").get(pk=fila.pk)


def test_one_person_supporting_many_times_at_once_counts_once():
    fila, persona = aporte(), UserFactory()
    hechos = a_la_vez([lambda: apoyar(aporte=fila, por=persona)] * 6)
    assert [h.apoyos for h in hechos] == [1] * 6
    assert Apoyo.objects.count() == 1
    assert not list(descuadres(fila.consulta))


def test_many_people_supporting_at_once_are_all_counted():
    fila = aporte()
    personas = [UserFactory() for _ in range(8)]
    a_la_vez([lambda p=p: apoyar(aporte=fila, por=p) for p in personas])
    fila.refresh_from_db()
    assert fila.apoyos == Apoyo.objects.count() == 8


def test_giving_and_taking_back_at_once_leaves_the_sum_of_what_is_kept():
    fila, persona = aporte(), UserFactory()
    a_la_vez([lambda f=f: f(aporte=fila, por=persona) for f in (apoyar, quitar_apoyo) * 3])
    fila.refresh_from_db()
    assert fila.apoyos == Apoyo.objects.count()
    assert not list(descuadres(fila.consulta))


def test_a_support_of_what_is_being_removed_is_counted_or_refused_whole():
    fila, moderadora = aporte(), UserFactory(moderador=True)
    hechos = a_la_vez(
        [
            lambda: remover_aporte(aporte=fila, por=moderadora, causa="odio"),
            lambda: apoyar(aporte=fila, por=UserFactory()),
        ]
    )
    assert not isinstance(hechos[0], Exception)
    fila.refresh_from_db()
    assert fila.apoyos == Apoyo.objects.count() == (not isinstance(hechos[1], Conflicto))


def test_a_reply_to_what_is_being_removed_is_kept_or_refused_whole():
    raiz, moderadora = aporte(), UserFactory(moderador=True)
    hechos = a_la_vez(
        [
            lambda: remover_aporte(aporte=raiz, por=moderadora, causa="odio"),
            lambda: aporte(padre=como_esta(raiz)),
        ]
    )
    assert not isinstance(hechos[0], Exception)
    assert Aporte.objects.filter(padre=raiz).count() == (not isinstance(hechos[1], Conflicto))
    assert not list(descuadres(raiz.consulta))


def test_posting_in_one_thread_at_once_keeps_every_sum():
    asunto = AsuntoFactory()
    asunto.consulta.pide_postura = True
    asunto.consulta.save()
    raiz = aporte(asunto=asunto, dice=contenido(postura=Postura.FAVOR))
    personas = [UserFactory() for _ in range(12)]

    def hablar(i, por):
        if i % 2:
            return aporte(padre=como_esta(raiz), por=por)
        return aporte(asunto=asunto, por=por, dice=contenido(postura=Postura.values[i % 3]))

    hechos = a_la_vez([lambda i=i, p=p: hablar(i, p) for i, p in enumerate(personas)])
    assert not [h for h in hechos if isinstance(h, Exception)]
    suma = Recuento.objects.filter(asunto=asunto).annotate(
        de_pie=F("favor") + F("neutral") + F("contra")
    )
    assert suma.values_list("total", "raices", "de_pie").get() == (13, 7, 7)
    assert Aporte.objects.get(pk=raiz.pk).replicas_n == 6
    assert not list(descuadres(asunto.consulta))
