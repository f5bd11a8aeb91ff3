"""Supporting: not by whom is blocked, and not without end."""

import pytest

from comun.errores import DemasiadosIntentos, SinPermiso
from consulta.aportes.flows.apoyar import apoyar, quitar_apoyo
from consulta.aportes.flows.bloquear import bloquear_cuenta
from consulta.aportes.models import Apoyo
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db


def test_a_blocked_account_neither_supports_nor_takes_back():
    fila, cuenta = aporte(), UserFactory()
    apoyar(aporte=fila, por=cuenta, ahora=AHORA)
    bloquear_cuenta(cuenta=cuenta, por=UserFactory(moderador=True), motivo="Insultos.", ahora=AHORA)
    for flujo in (apoyar, quitar_apoyo):
        with pytest.raises(SinPermiso, match="Insultos"):
            flujo(aporte=fila, por=cuenta, ahora=AHORA)
    assert Apoyo.objects.count() == 1


def test_the_limit_of_supports_refuses_the_next_one_and_lets_take_back(settings):
    settings.LIMITES = settings.LIMITES | {"apoyar": (1, 3600)}
    una, otra, cuenta = aporte(), aporte(), UserFactory()
    apoyar(aporte=una, por=cuenta, ahora=AHORA)
    with pytest.raises(DemasiadosIntentos):
        apoyar(aporte=otra, por=cuenta, ahora=AHORA)
    quitar_apoyo(aporte=una, por=cuenta, ahora=AHORA)
    assert not Apoyo.objects.exists()
