"""A page asks the database the same number of times whatever it lists, and not many times."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

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
"""Of a page of a thread, whatever its size."""

TOPE_DE_APORTE = 19
"""Of the page of one contribution: its answer, who approved it and what its author said after."""


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
    assert antes[0] <= TOPE_DE_FRAGMENTO and antes[1] <= TOPE_DE_APORTE


def test_a_deep_link_to_a_reply_costs_the_same_in_a_long_thread(
    visita: Client, parrafo: Asunto
) -> None:
    por = UserFactory()
    raiz = aporte(asunto=parrafo, por=por)
    hilo(raiz, 3, por=por, seguidas=True)
    responder(raiz)
    buscada = Aporte.objects.filter(raiz=raiz).order_by("pk")[1]
    url = f"{parrafo.get_absolute_url()}?ver={buscada.folio}"
    cuantas(visita, url)
    antes = cuantas(visita, url)
    hilo(raiz, 45, por=por, seguidas=False)
    for _ in range(25):
        aporte(asunto=parrafo, por=por)
    ultima = Aporte.objects.filter(raiz=raiz).order_by("-pk")[0]
    assert cuantas(visita, url) <= antes <= TOPE_DE_FRAGMENTO
    assert cuantas(visita, url.replace(buscada.folio, ultima.folio)) <= antes


def test_loading_replies_costs_the_same_with_six_and_with_sixty(
    visita: Client, parrafo: Asunto
) -> None:
    por = UserFactory()
    raiz = aporte(asunto=parrafo, por=por)
    hilo(raiz, 6, por=por, seguidas=False)
    url = reverse("paginas:respuestas", args=[raiz.folio])
    visita.get(url, HTTP_HX_REQUEST="true")

    def pedir(pagina: int) -> int:
        with CaptureQueriesContext(connection) as hechas:
            pieza = visita.get(f"{url}?pagina={pagina}", HTTP_HX_REQUEST="true")
        assert pieza.status_code == 200
        return len(hechas)

    antes = pedir(1)
    hilo(raiz, 54, por=por, seguidas=True)
    assert pedir(1) == pedir(2) == antes <= 6


def test_posting_costs_the_same_in_an_empty_thread_and_in_a_long_one(
    como_autora: Client, parrafo: Asunto
) -> None:
    def publicar() -> int:
        datos = {"texto": f"Falta el plazo {uuid4()}.", "clave": str(uuid4())}
        with CaptureQueriesContext(connection) as hechas:
            assert como_autora.post(parrafo.get_absolute_url(), datos).status_code == 302
        return len(hechas)

    publicar()  # the first one opens the sums and the window of the limit
    antes = publicar()
    raiz = Aporte.objects.order_by("pk")[0]
    hilo(raiz, 20, por=UserFactory(), seguidas=True)
    assert publicar() == antes <= 32


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
