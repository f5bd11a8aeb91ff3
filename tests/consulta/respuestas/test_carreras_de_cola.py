"""Officials do things at the same time. On both databases: one wins, the other is told, nothing is lost."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from comun.errores import Conflicto, SinPermiso
from comun.fechas import dia_de
from comun.registro import Evento
from consulta.aportes.models import Aporte
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.asignar import (
    asignar_aporte,
    derivar_aporte,
    deshacer_asignacion,
)
from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura
from consulta.respuestas.flows.mover import asignar_aportes
from consulta.respuestas.flows.publicar import publicar_respuesta
from consulta.respuestas.flows.reglas import aplicar_reglas, crear_regla
from consulta.respuestas.models import Derivacion
from cuentas.flows.suplencias import crear_suplencia, terminar_suplencia
from cuentas.models import User
from tests.consulta.aportes.test_carreras import a_la_vez
from tests.factories.aportes import aporte
from tests.factories.cuentas import InstitucionFactory, UserFactory
from tests.factories.procesos import ConsultaFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db(transaction=True)


def errores(salidas):
    return [s for s in salidas if isinstance(s, Exception)]


def filas(consulta, n):
    return [aporte(consulta=consulta).pk for _ in range(n)]


def test_two_officials_of_two_institutions_take_the_same_rows():
    consulta = ConsultaFactory()
    ids = filas(consulta, 6)
    visto = timezone.now()
    quienes = [UserFactory(oficial=True) for _ in range(2)]
    hechos = a_la_vez(
        partial(asignar_aportes, aportes=ids, institucion=q.institucion, por=q, visto_en=visto)
        for q in quienes
    )
    assert not errores(hechos)
    assert sorted(pk for h in hechos for pk in h.aportes) == ids
    assert sorted(a.aporte.pk for h in hechos for a in h.apartados) == ids
    for hecho, quien in zip(hechos, quienes, strict=True):
        duenos = set(
            Aporte.objects.filter(pk__in=hecho.aportes).values_list("institucion", flat=True)
        )
        assert duenos <= {quien.institucion_id}
    assert Derivacion.objects.count() == Evento.objects.filter(verbo="asignar_aporte").count() == 6


def test_two_colleagues_who_saw_it_free_take_one_row():
    fila = aporte()
    casa = InstitucionFactory()
    quienes = [UserFactory(oficial=True, institucion=casa) for _ in range(4)]
    visto = timezone.now()
    salidas = a_la_vez(
        partial(asignar_aporte, aporte=fila, institucion=casa, responsable=q, por=q, visto_en=visto)
        for q in quienes
    )
    assert len(errores(salidas)) == 3
    assert all(isinstance(e, Conflicto) for e in errores(salidas))
    assert Derivacion.objects.filter(aporte=fila).count() == 1


def test_a_row_is_answered_while_it_is_referred():
    oficial, otra = UserFactory(oficial=True), UserFactory(oficial=True)
    for _ in range(3):
        fila = asignar_aporte(aporte=aporte(), institucion=oficial.institucion, por=oficial)
        salidas = a_la_vez(
            [
                partial(responder, fila, por=oficial),
                partial(
                    derivar_aporte,
                    aporte=fila,
                    institucion=otra.institucion,
                    razon="Le toca.",
                    por=oficial,
                ),
            ]
        )
        (error,) = errores(salidas)
        assert isinstance(error, Conflicto | SinPermiso)
        fila.refresh_from_db()
        if fila.esta_respondido:
            assert fila.institucion == oficial.institucion
        else:
            assert fila.institucion == otra.institucion


def test_a_rule_and_a_person_take_the_same_rows_once_each():
    consulta = ConsultaFactory()
    mesa, oficial = UserFactory(secretaria=True), UserFactory(oficial=True)
    crear_regla(consulta=consulta, por=mesa, institucion=InstitucionFactory(), tipo="observacion")
    ids = filas(consulta, 8)
    salidas = a_la_vez(
        [
            partial(aplicar_reglas, consulta=consulta, por=mesa),
            partial(asignar_aportes, aportes=ids, institucion=oficial.institucion, por=oficial),
            partial(aplicar_reglas, consulta=consulta, por=mesa),
        ]
    )
    assert not errores(salidas)
    assert sorted(pk for h in salidas for pk in h.aportes) == ids
    assert Derivacion.objects.count() == 8


def test_undoing_twice_at_once_gives_back_once():
    oficial = UserFactory(oficial=True)
    ids = filas(ConsultaFactory(), 3)
    hecho = asignar_aportes(aportes=ids, institucion=oficial.institucion, por=oficial)
    salidas = a_la_vez(
        [partial(deshacer_asignacion, tanda=hecho.tanda, por=oficial) for _ in range(3)]
    )
    buenas = [s for s in salidas if not isinstance(s, Exception)]
    assert [sorted(b.aportes) for b in buenas] == [ids]
    assert all(isinstance(e, Conflicto) for e in errores(salidas))
    assert Evento.objects.filter(verbo="deshacer_asignacion").count() == 3


def test_a_substitution_ends_while_the_substitute_answers():
    titular, suplente = UserFactory(oficial=True), UserFactory(oficial=True)
    hoy = dia_de(timezone.now())
    fila = asignar_aporte(
        aporte=aporte(), institucion=titular.institucion, responsable=titular, por=titular
    )
    suplencia = crear_suplencia(
        titular=titular,
        suplente=suplente,
        desde=hoy,
        hasta=hoy + timedelta(days=2),
        por=UserFactory(secretaria=True),
    )

    def contestar():
        return publicar_respuesta(
            coberturas=[
                LineaDeCobertura(
                    fila,
                    Resultado.NO_INCORPORADA,
                    DestinoElegido(porque_nada="La norma ya lo regula."),
                )
            ],
            razon="La ley vigente no lo permite.",
            institucion=titular.institucion,
            por=User.objects.get(pk=suplente.pk),
        )

    salidas = a_la_vez([contestar, partial(terminar_suplencia, suplencia=suplencia, por=titular)])
    fila.refresh_from_db()
    assert all(isinstance(e, SinPermiso) for e in errores(salidas))
    assert fila.esta_respondido is (not errores(salidas))
