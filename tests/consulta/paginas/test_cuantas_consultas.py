"""A page asks the database the same number of times whatever it lists, and not many times."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consulta.aportes.models import Aporte
from consulta.procesos.models import Asunto, Consulta, Etapa
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.coberturas import DestinoElegido
from cuentas.models import User
from tests.consulta.paginas.conftest import aporte, consulta_abierta
from tests.factories.cuentas import UserFactory
from tests.factories.respuestas import compromiso, responder

pytestmark = pytest.mark.django_db
TOPE_DE_FRAGMENTO = 15


def cuantas(cliente: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as hechas:
        assert cliente.get(url).status_code == 200
    return len(hechas)


def hilo(raiz: Aporte, cuantas: int, *, por: User, seguidas: bool) -> None:
    """`cuantas` replies: one below the other, or all to the root."""
    padre = raiz
    for _ in range(cuantas):
        nueva = aporte(padre=padre, por=por)
        padre = nueva if seguidas else raiz


@pytest.fixture(params=["anonymous", "signed in"])
def visita(request: pytest.FixtureRequest, como_autora: Client) -> Client:
    return Client() if request.param == "anonymous" else como_autora


@pytest.mark.parametrize("seguidas", [True, False])
def test_a_thread_costs_the_same_with_one_reply_and_with_sixty(
    visita: Client, parrafo: Asunto, seguidas: bool
) -> None:
    por = UserFactory()
    raiz = aporte(asunto=parrafo, por=por)
    hilo(raiz, 1, por=por, seguidas=seguidas)
    responder(raiz)
    url = parrafo.get_absolute_url()
    for pagina in (url, raiz.get_absolute_url()):
        cuantas(visita, pagina)  # the first visit is written
    antes = cuantas(visita, url), cuantas(visita, raiz.get_absolute_url())
    hilo(raiz, 59, por=por, seguidas=seguidas)
    responder(*Aporte.objects.filter(raiz=raiz)[:20])
    for _ in range(25):
        aporte(asunto=parrafo, por=por)
    despues = cuantas(visita, url), cuantas(visita, raiz.get_absolute_url())
    assert all(d <= a for d, a in zip(despues, antes, strict=True))
    assert max(antes) <= TOPE_DE_FRAGMENTO


def _poblar(consulta: Consulta, n: int, por: User) -> list[Aporte]:
    return [aporte(consulta=consulta, por=por) for _ in range(n)]


PAGINAS: list[Callable[[Consulta], str]] = [
    lambda c: reverse("paginas:propuestas", args=[c.slug]),
    lambda c: reverse("paginas:aportes", args=[c.slug]),
    lambda c: reverse("paginas:aportes", args=[c.slug]) + "?estado=respondido&orden=antiguos",
    lambda c: reverse("paginas:consulta", args=[c.slug]),
    lambda c: reverse("paginas:mis_aportes"),
    lambda c: reverse("paginas:compromiso", args=[7, 1]),
]


@pytest.mark.parametrize("pagina", PAGINAS)
def test_a_list_costs_the_same_with_one_row_and_with_forty(
    como_autora: Client, autora: User, pagina: Callable[[Consulta], str]
) -> None:
    consulta = consulta_abierta(propuestas=True)
    destino = DestinoElegido(compromiso=compromiso())
    responder(*_poblar(consulta, 1, autora), resultado=Resultado.INCORPORADA, destino=destino)
    url = pagina(consulta)
    cuantas(como_autora, url)
    antes = cuantas(como_autora, url)
    filas = _poblar(consulta, 39, autora)
    responder(*filas[:20], resultado=Resultado.INCORPORADA, destino=destino)
    assert cuantas(como_autora, url) == antes <= 20


def test_lists_of_consultations_processes_and_plans_cost_the_same() -> None:
    consulta_abierta()
    compromiso()
    urls = [reverse(f"paginas:{n}") for n in ("consultas", "procesos", "planes")]
    urls.append(reverse("paginas:plan", args=[7]))
    for url in urls:
        cuantas(Client(), url)
    antes = [cuantas(Client(), url) for url in urls]
    for i in range(2, 9):
        consulta_abierta(propuestas=i % 2 == 0)
        compromiso(numero=i)
        compromiso(plan=i + 10)
    assert [cuantas(Client(), url) for url in urls] == antes
    assert max(antes) <= 8


def test_a_process_costs_the_same_with_one_stage_and_with_eight() -> None:
    consulta = consulta_abierta()
    url = consulta.etapa.proceso.get_absolute_url()
    antes = cuantas(Client(), url)
    ahora = timezone.now()
    for i in range(7):
        Etapa.objects.create(
            proceso=consulta.etapa.proceso,
            tipo="publicacion",
            orden=1000 + i,
            inicio=ahora,
            fin=ahora + timedelta(days=1),
            cifras={"propuestas": i, "asistencias": None},
        )
    assert cuantas(Client(), url) == antes <= 8
