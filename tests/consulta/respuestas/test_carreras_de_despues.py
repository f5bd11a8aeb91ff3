"""What authors say while others act: on both databases the ledger balances and nothing is doubled."""

from datetime import timedelta

import pytest

from comun.errores import Conflicto
from consulta.aportes.models import Aporte
from consulta.respuestas.flows.cerrar import cerrar_consulta
from consulta.respuestas.flows.opinar import opinar
from consulta.respuestas.flows.revisar import pedir_revision
from consulta.respuestas.libro import comprobar_respondidos, comprobar_sumas, sumas
from consulta.respuestas.models import Cierre, Cobertura, Opinion, Revision
from tests.consulta.aportes.test_carreras import a_la_vez
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db(transaction=True)
LUEGO = AHORA + timedelta(hours=1)


@pytest.fixture
def uno():
    fila = aporte()
    responder(fila)
    return fila


def pedir(uno):
    return pedir_revision(
        aporte=uno, texto="Falta.", version=1, por=uno.autoria.cuenta, ahora=LUEGO
    )


def libro_sano():
    return not comprobar_sumas(sumas()).hallazgos and not comprobar_respondidos().hallazgos


def test_two_reviews_at_once_are_one(uno):
    hechos = a_la_vez([lambda: pedir(uno)] * 4)
    assert sum(isinstance(h, Revision) for h in hechos) == 1
    assert sum(isinstance(h, Conflicto) for h in hechos) == 3
    assert libro_sano()


def test_an_opinion_while_a_new_version_is_published_is_about_what_was_read(uno):
    version = uno.coberturas.get().version
    a_la_vez(
        [
            lambda: opinar(
                aporte=uno, responde="no", version=1, por=uno.autoria.cuenta, ahora=LUEGO
            ),
            lambda: responder(
                uno, por=version.presentada_por, respuesta=version.respuesta,
                motivo_cambio="Faltaba.", ahora=LUEGO,
            ),
        ]
    )  # fmt: skip
    assert Cobertura.objects.publicadas().count() == 2
    assert all(o.version_id == version.pk for o in Opinion.objects.all())
    assert not Opinion.objects.vigentes().exists()


def test_a_review_while_a_correction_is_published_is_resolved_or_refused(uno):
    version = uno.coberturas.get().version
    hechos = a_la_vez(
        [
            lambda: pedir(uno),
            lambda: responder(
                uno, por=version.presentada_por, respuesta=version.respuesta,
                motivo_cambio="Faltaba.", ahora=LUEGO,
            ),
        ]
    )  # fmt: skip
    assert any(not isinstance(h, Exception) for h in hechos)
    assert libro_sano()
    assert all(r.resuelta_en is not None or not r.aporte.esta_respondido
               for r in Revision.objects.select_related("aporte"))  # fmt: skip


def test_a_review_while_the_consultation_closes_keeps_both_honest(uno):
    secretaria = UserFactory(secretaria=True)
    despues = uno.consulta.etapa.fin + timedelta(days=1)
    pide = despues if despues > LUEGO else LUEGO
    a_la_vez(
        [
            lambda: pedir(uno),
            lambda: cerrar_consulta(consulta=uno.consulta, por=secretaria, ahora=pide),
        ]
    )
    assert Revision.objects.count() == 1
    assert libro_sano()
    cierre = Cierre.objects.first()
    if cierre is not None:
        assert (cierre.recibidos, cierre.respondidos) == (1, 1)
    assert Aporte.objects.all().balance(AHORA.date()).pendientes == 1
