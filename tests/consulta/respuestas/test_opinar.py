"""«¿Le responde?»: who may say so, about which version, and what is counted."""

from datetime import timedelta

import pytest

from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.registro import Evento
from consulta.aportes.codigos import codigo_de
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.respuestas.flows.opinar import OtraVersion, opinar
from consulta.respuestas.models import Opinion
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db
LUEGO = AHORA + timedelta(hours=2)


def decir(uno, responde="no", version=1, **extra):
    extra.setdefault("por", uno.autoria.cuenta)
    return opinar(aporte=uno, responde=responde, version=version, ahora=LUEGO, **extra)


def corregir(version, uno):
    return responder(
        uno, por=version.presentada_por, respuesta=version.respuesta,
        motivo_cambio="Faltaba un dato.", ahora=AHORA + timedelta(hours=1),
    )  # fmt: skip


def test_the_author_says_so_once_and_may_change_it():
    uno = aporte()
    version = responder(uno)
    assert decir(uno).version == version
    antes = Evento.objects.count()
    decir(uno)
    assert Evento.objects.count() == antes
    decir(uno, "si")
    assert Evento.objects.count() == antes + 1
    assert Opinion.objects.get().responde == "si"


def test_by_the_private_code_too():
    uno = aporte()
    responder(uno)
    codigo = codigo_de(aporte_id=uno.pk, sal=uno.autoria.sal)
    assert decir(uno, por=None, codigo=codigo).responde == "no"
    with pytest.raises(SinPermiso):
        decir(uno, por=None, codigo="AAAA-BBBB-CCCC")


@pytest.mark.parametrize(
    "rol",
    [{}, {"oficial": True}, {"secretaria": True}, {"moderador": True}, {"administrador": True}],
)
def test_nobody_else_whatever_their_role(rol):
    uno = aporte()
    responder(uno)
    with pytest.raises(SinPermiso):
        decir(uno, por=UserFactory(**rol))


def test_about_the_version_they_read_and_a_new_one_asks_again():
    uno = aporte()
    version = responder(uno)
    decir(uno, "no")
    assert Opinion.objects.vigentes().count() == 1
    corregir(version, uno)
    assert Opinion.objects.vigentes().count() == 0
    with pytest.raises(OtraVersion):
        decir(uno, "si")
    decir(uno, "si", version=2)
    assert Opinion.objects.vigentes().get().responde == "si"


@pytest.mark.parametrize("valor", ["", "quizás", "SI", "no\0"])
def test_what_is_no_opinion_is_refused(valor):
    uno = aporte()
    responder(uno)
    with pytest.raises(DatoInvalido) as error:
        decir(uno, valor)
    assert error.value.campo == "responde"


def test_without_an_answer_there_is_nothing_to_say():
    with pytest.raises(Conflicto):
        decir(aporte())


def test_what_was_withdrawn_is_neither_asked_nor_counted():
    uno = aporte()
    responder(uno)
    decir(uno)
    retirar_aporte(aporte=uno, por=uno.autoria.cuenta, ahora=LUEGO)
    assert not Opinion.objects.vigentes().exists()
    with pytest.raises(Conflicto):
        decir(uno, "si")
