"""The state of a row: one word, one condition, one expression, and sums that never overlap."""

import pytest
from django.utils import timezone

from consulta.aportes.enums import Situacion
from consulta.aportes.models import Aporte
from consulta.respuestas.cola import contar
from consulta.respuestas.estados import (
    DE_PENDIENTES,
    Estado,
    con_estado,
    estado_de,
    estado_q,
)
from consulta.respuestas.filtros import FiltrosDeCola
from consulta.respuestas.flows.asignar import derivar_aporte
from tests.factories.cola import borrador_de, en_estado
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db


def a_mano(fila: Aporte) -> Estado:
    """The state worked out row by row, as one would on paper."""
    if fila.situacion == Situacion.RETIRADO:
        return Estado.RETIRADO
    if fila.situacion == Situacion.REMOVIDO:
        return Estado.REMOVIDO
    if not fila.exige_respuesta:
        return Estado.NO_EXIGE
    if fila.respondido_en:
        return Estado.RESPONDIDO
    versiones = [c.version for c in fila.coberturas.all()]
    if any(v.sellada_en and not v.publicada_en and not v.sin_efecto_en for v in versiones):
        return Estado.EN_CONFORMIDAD
    if hasattr(fila, "revision") and fila.revision.resuelta_en is None:
        return Estado.EN_REVISION
    casa = fila.institucion_id
    if any(casa in (None, b.institucion_id) for b in fila.filas_de_borrador.all()):
        return Estado.EN_REDACCION
    return Estado.ASIGNADO if casa else Estado.SIN_ASIGNAR


@pytest.fixture
def de_todo(consulta, oficial):
    return {estado: en_estado(estado, consulta, oficial) for estado in Estado}


@pytest.mark.parametrize("estado", Estado)
def test_a_row_in_each_state_is_found_by_it_and_by_no_other(consulta, oficial, estado):
    fila = en_estado(estado, consulta, oficial)
    assert estado_de(fila) == estado
    dicen = [e for e in Estado if Aporte.objects.confirmados().filter(estado_q(e), pk=fila.pk)]
    assert dicen == [estado]


def test_expression_conditions_and_paper_agree_on_every_row(de_todo):
    for fila in con_estado(Aporte.objects.confirmados()):
        assert estado_de(fila) == a_mano(Aporte.objects.get(pk=fila.pk)), fila.folio
        assert [e for e in Estado if Aporte.objects.filter(estado_q(e), pk=fila.pk)] == [
            estado_de(fila)
        ]


def test_the_sums_of_the_states_are_disjoint_and_add_up(de_todo, django_assert_num_queries):
    filtros = FiltrosDeCola({"estado": ""}, UserFactory(secretaria=True))
    with django_assert_num_queries(2):
        conteos = contar(filtros)
    for estado in Estado:
        assert conteos.de(estado) == Aporte.objects.confirmados().filter(estado_q(estado)).count()
    assert conteos.todos == Aporte.objects.confirmados().count()
    balance = Aporte.objects.balance(timezone.now().date())
    assert sum(conteos.de(e) for e in DE_PENDIENTES) == balance.pendientes == conteos.pendientes
    assert conteos.de(Estado.RESPONDIDO) == balance.respondidos


def test_what_one_institution_wrote_stops_counting_when_it_is_anothers(consulta, oficial):
    fila = en_estado(Estado.EN_REDACCION, consulta, oficial)
    otra = UserFactory(oficial=True)
    derivar_aporte(aporte=fila, institucion=otra.institucion, razon="Es de su ley.", por=oficial)
    fila.refresh_from_db()
    assert estado_de(fila) == Estado.ASIGNADO
    borrador_de(fila, otra)
    assert estado_de(Aporte.objects.get(pk=fila.pk)) == Estado.EN_REDACCION
