"""The formula of contested answers, and the figures of what authors say."""

from datetime import timedelta

import pytest

from consulta.aportes.models import Aporte
from consulta.respuestas.discutidas import discutidas, opiniones
from consulta.respuestas.flows.opinar import opinar
from consulta.respuestas.flows.revisar import pedir_revision
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.procesos import ConsultaFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db
LUEGO = AHORA + timedelta(hours=1)


def puntos():
    return {a.pk: a.peso for a in discutidas()}


def decir(uno, que):
    opinar(aporte=uno, responde=que, version=1, por=uno.autoria.cuenta, ahora=LUEGO)


def test_each_part_of_the_formula_counts_what_it_says():
    consulta = ConsultaFactory()
    no, parte, si, revisada, comentada, apoyada = (aporte(consulta=consulta) for _ in range(6))
    aporte(padre=comentada, ahora=AHORA)
    version = responder(no, parte, si, revisada, comentada, apoyada)
    decir(no, "no")
    decir(parte, "en_parte")
    decir(si, "si")
    decir(apoyada, "no")
    Aporte.objects.filter(pk=apoyada.pk).update(apoyos=29)
    Aporte.objects.filter(pk=si.pk).update(apoyos=500)
    pedir_revision(
        aporte=revisada, texto="Falta.", version=1, por=revisada.autoria.cuenta, ahora=LUEGO
    )
    hija = aporte(padre=comentada, ahora=LUEGO)
    aporte(padre=hija, ahora=LUEGO)
    aporte(padre=comentada, ahora=LUEGO, institucional=True, por=version.presentada_por)
    assert puntos() == {no.pk: 3, parte.pk: 1, revisada.pk: 4, comentada.pk: 2, apoyada.pk: 5}
    assert next(a.pk for a in discutidas()) == apoyada.pk
    assert [a.pk for a in discutidas(responde="en_parte")] == [parte.pk]
    assert [a.pk for a in discutidas(revision="abierta")] == [revisada.pk]
    assert not discutidas(revision="resuelta").exists()
    todas, una = opiniones(consulta=consulta.slug)
    assert (todas.si, todas.en_parte, todas.no, todas.n) == (1, 1, 2, 4) and todas.parte(2) == 50
    assert una.institucion == version.respuesta.institucion.nombre
    assert opiniones(consulta="otra") == [type(todas)("")]


def test_an_opinion_on_an_old_version_no_longer_counts():
    uno = aporte()
    version = responder(uno)
    decir(uno, "no")
    responder(
        uno, por=version.presentada_por, respuesta=version.respuesta, ahora=LUEGO,
        motivo_cambio="Faltaba.",
    )  # fmt: skip
    assert puntos() == {} and opiniones()[0].n == 0
