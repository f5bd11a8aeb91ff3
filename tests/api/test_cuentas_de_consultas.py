"""A list of thirty costs the same queries as a list of one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.coberturas import DestinoElegido
from tests.api.conftest import Programa, abierta, sesion_de
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.paginas import ArchivoFactory, ImagenFactory, NoticiaFactory
from tests.factories.procesos import ProcesoFactory, version_publicada
from tests.factories.respuestas import compromiso, responder

pytestmark = pytest.mark.django_db


def un_aporte(oficial: Any) -> None:
    """A comment on a fragment of a draft of its own, with a reply and an answer in a commitment."""
    ahora, consulta = timezone.now(), abierta()
    numero = consulta.pk % 30_000
    fragmento = version_publicada(consulta, ["Uno."]).fragmentos.get()
    raiz = aporte(asunto=fragmento.asunto, ahora=ahora)
    aporte(padre=raiz, ahora=ahora)
    destino = DestinoElegido(compromiso=compromiso(numero=numero))
    responder(raiz, resultado=Resultado.PARCIAL, destino=destino, por=oficial, ahora=ahora)


def una_noticia(_: Any) -> None:
    NoticiaFactory(imagen=ImagenFactory(), con_etiquetas=["a", "b"])


def un_archivo(_: Any) -> None:
    ArchivoFactory().tags.add("a", "b")


def un_proceso(_: Any) -> None:
    ProcesoFactory()


LISTAS: list[tuple[str, Callable[[Any], None], int]] = [
    ("procesos/", un_proceso, 1),
    ("consultas/", un_aporte, 1),
    ("fragmentos/", un_aporte, 1),
    ("aportes/", un_aporte, 4),
    ("aportes/?estado=respondido", un_aporte, 4),
    ("respuestas/", un_aporte, 3),
    ("compromisos/", un_aporte, 1),
    ("balance/", un_aporte, 2),
    ("planes/7/", un_aporte, 4),
    ("libro/?corte=tema", un_aporte, 4),
    ("libro/aportes/", un_aporte, 4),
    ("pages/", una_noticia, 5),
    ("pages/?type=noticias.NoticiaPage&fields=*", una_noticia, 8),
    ("images/?fields=*", una_noticia, 12),
    ("documents/?fields=*", un_archivo, 10),
]


def consultas_de(programa: Programa, ruta: str) -> int:
    """Queries of one request by a process that has been running for a while."""
    programa.get(ruta)
    with CaptureQueriesContext(
        connection,
    ) as captura:
        assert programa.get(ruta).status_code == 200
    return len(captura)


@pytest.mark.parametrize(("ruta", "sembrar", "maximo"), LISTAS, ids=[lista[0] for lista in LISTAS])
def test_a_list_costs_the_same_whatever_its_length(
    anonimo: Programa, ruta: str, sembrar: Callable[[Any], None], maximo: int
) -> None:
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
    oficial = UserFactory(secretaria=True)
    sembrar(oficial)
    ruta += (
        ("&" if "?" in ruta else "?")
        + ("limit=100" if ruta.startswith(("pages", "images", "documents")) else "limite=100")
        if not ruta.startswith(("balance", "planes/7", "libro/?corte"))
        else ""
    )
    una = consultas_de(anonimo, ruta)
    for _ in range(12):
        sembrar(oficial)
    assert consultas_de(anonimo, ruta) == una
    assert una <= maximo, una


def test_one_contribution_costs_the_same_whatever_its_thread(anonimo: Programa) -> None:
    ahora = timezone.now()
    fragmento = version_publicada(abierta(), ["Uno."]).fragmentos.get()
    raiz = aporte(asunto=fragmento.asunto, ahora=ahora)
    una = consultas_de(anonimo, f"aportes/{raiz.folio}/")
    for _ in range(12):
        aporte(padre=raiz, ahora=ahora)
    responder(raiz, ahora=ahora)
    assert consultas_de(anonimo, f"aportes/{raiz.folio}/") == una == 9


def test_a_commitment_costs_the_same_however_many_landed_in_it(anonimo: Programa) -> None:
    oficial = UserFactory(secretaria=True)
    consulta, ahora, meta = abierta(propuestas=True), timezone.now(), compromiso(numero=3)
    folios: list[str] = []

    def llegan(cuantos: int) -> None:
        filas = [aporte(consulta=consulta, ahora=ahora) for _ in range(cuantos)]
        responder(
            *filas, resultado=Resultado.PARCIAL, destino=DestinoElegido(compromiso=meta),
            por=oficial, ahora=ahora,
        )  # fmt: skip
        folios.extend(a.folio for a in filas)

    llegan(1)
    una = consultas_de(anonimo, "planes/7/compromisos/3/")
    llegan(6)
    assert consultas_de(anonimo, "planes/7/compromisos/3/") == una <= 3
    dicho = anonimo.leer("planes/7/compromisos/3/")
    assert (dicho["aportes"], dicho["total_aportes"]) == (folios, 7)


def test_publishing_reads_the_contributions_of_a_request_together() -> None:
    """What grows with the contributions is only what publishing itself writes for each."""
    ahora = timezone.now()
    consulta, sesion = abierta(propuestas=True), sesion_de(UserFactory(secretaria=True))

    def decidir(cuantos: int) -> int:
        folios = [aporte(consulta=consulta, ahora=ahora).folio for _ in range(cuantos)]
        linea = {"resultado": "aclaracion", "destino": {"porque_nada": "Ya."}}
        datos = {"razon": "Sí.", "coberturas": [linea | {"aporte": f} for f in folios]}
        with CaptureQueriesContext(connection) as captura:
            assert sesion.post("respuestas/", datos).status_code == 201
        return sum("aportes_aporte" in c["sql"] and c["sql"].startswith("SELECT") for c in captura)

    assert decidir(2) == decidir(8)
