"""What the tests of the back office share."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta
from cuentas.models import User
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory, EtapaFactory


@pytest.fixture
def consulta(db: None) -> Consulta:
    """A consultation that is open by the real clock, which the pages go by."""
    ahora = timezone.now()
    etapa = EtapaFactory(inicio=ahora - timedelta(days=5), fin=ahora + timedelta(days=5))
    return ConsultaFactory(etapa=etapa, responder_antes_de=(ahora + timedelta(days=9)).date())


@pytest.fixture
def pendiente(consulta: Consulta) -> Aporte:
    return aporte(consulta=consulta, ahora=timezone.now())


@pytest.fixture
def oficial(db: None) -> User:
    return UserFactory(oficial=True)


@pytest.fixture
def como(client: Any) -> Any:
    """Sign the test's client in as an account."""

    def entrar(cuenta: User) -> Any:
        client.force_login(cuenta)
        return client

    return entrar


@pytest.fixture
def datos() -> dict[str, Any]:
    """An answer as the form sends it."""
    return {
        "base": "0",
        "visto": "",
        "resultado": "no_incorporada",
        "razon": "La ley vigente no lo permite; se informará a la comisión.",
        "linea": "",
        "destino": "nada",
        "fragmento": "",
        "compromiso": "",
        "evento": "",
        "porque_nada": "La norma ya lo regula.",
        "accion": "publicar",
    }
