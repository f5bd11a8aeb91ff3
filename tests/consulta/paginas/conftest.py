"""What the tests of the pages share: views read the server's clock, so windows are around now."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from consulta.aportes.models import Aporte
from consulta.procesos.models import Asunto, Consulta
from cuentas.models import User
from tests.factories import aportes
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory, ConsultaFactory, TemaFactory, version_publicada

TEXTOS = ["Los municipios publicarán su presupuesto.", "El registro de aguas será público."]


def consulta_abierta(**campos: object) -> Consulta:
    ahora = timezone.now()
    return ConsultaFactory(
        etapa__inicio=ahora - timedelta(days=10), etapa__fin=ahora + timedelta(days=20), **campos
    )


def aporte(**campos: object) -> Aporte:
    """A contribution sent now."""
    return aportes.aporte(**{"ahora": timezone.now()} | campos)


def cerrar(consulta: Consulta) -> None:
    """The stage ended a minute ago."""
    etapa = consulta.etapa
    etapa.fin = timezone.now() - timedelta(minutes=1)
    etapa.save()


@pytest.fixture
def autora(db: None) -> User:
    return UserFactory(participante=True, nombre_publico="Ana Pizarro")


@pytest.fixture
def como_autora(autora: User) -> Client:
    cliente = Client()
    cliente.force_login(autora)
    return cliente


@pytest.fixture
def propuestas(db: None) -> Consulta:
    """An open consultation that receives proposals."""
    consulta = consulta_abierta(propuestas=True)
    AsuntoFactory(consulta=consulta)
    return consulta


@pytest.fixture
def parrafo(db: None) -> Asunto:
    """The first fragment of a draft open to comments."""
    version = version_publicada(consulta_abierta(), TEXTOS)
    return Asunto.objects.select_related("fragmento__version", "consulta__etapa__proceso").get(
        fragmento__version=version, fragmento__orden=1
    )


def datos_de_propuesta(**campos: object) -> dict[str, object]:
    """What a browser posts for a proposal, without its key."""
    return {
        "titulo": "Presupuestos comunales abiertos",
        "problema": "Los presupuestos no se entienden.",
        "brecha": "",
        "texto": "Publicarlos como datos abiertos.",
        "resultados_esperados": "",
        "actores": "",
        "componentes": "",
        "valores": ["transparencia", "rendicion"],
        "tema": TemaFactory().slug,
        "region": "08",
        "tipo_autor": "ciudadania",
        "firma": "Ana de Talca",
        "organizacion": "",
    } | campos
