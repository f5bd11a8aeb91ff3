"""Whoever asked to be erased: no page, file or answer of the API fails for it, nor says who they were."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comun.flows.sellar import sellar
from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.models import Aporte
from consulta.aportes.recibos import como_texto, recibo_de
from consulta.paginas.presentacion.aportes import BORRADO
from consulta.procesos.models import Asunto, Consulta
from tests.consulta.paginas.conftest import aporte
from tests.consulta.respuestas.test_participante_borrado import borrar_a_quien_escribio
from tests.factories.aportes import contenido, contenido_de_propuesta
from tests.factories.cuentas import UserFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db
NOMBRE = "Rosa Elvira Catrileo"
PALABRAS = "El pozo de mi casa en Petorca se secó."


def leer(url: str, **datos: object) -> str:
    respuesta = Client().post(url, datos) if datos else Client().get(url)
    assert respuesta.status_code == 200, (url, respuesta.status_code)
    partes = respuesta.streaming_content if respuesta.streaming else [respuesta.content]
    return b"".join(partes).decode()


def lugares(fila: Aporte, asunto: Asunto) -> list[str]:
    """Every public address where it is told."""
    consulta = fila.consulta.slug
    return [
        *(reverse(f"paginas:{n}", args=[fila.folio]) for n in (
            "aporte", "ficha", "historia_de_aporte", "versiones", "replicar", "respuestas",
        )),
        *(reverse(f"api:{n}", args=[fila.folio]) for n in ("aporte", "historia_de_aporte")),
        *(reverse(f"paginas:{n}", args=[consulta]) for n in (
            "consulta", "aportes", "propuestas", "planilla", "libro_aportes_de_consulta",
            "libro_csv_de_consulta",
        )),
        asunto.get_absolute_url(),
        f"/api/v2/aportes/?consulta={consulta}",
        "/respuestas/mas-discutidas/",
        "/libro/",
    ]  # fmt: skip


@pytest.mark.parametrize("removido", [False, True])
def test_nothing_fails_and_nothing_says_who_it_was(
    propuestas: Consulta, parrafo: Asunto, removido: bool
) -> None:
    sitios = (
        {"consulta": propuestas, "dice": contenido_de_propuesta(titulo=PALABRAS, texto=PALABRAS)},
        {"asunto": parrafo, "dice": contenido(PALABRAS)},
    )
    for sitio in sitios:
        fila = aporte(por=UserFactory(nombre_publico=NOMBRE), **sitio)
        aporte(padre=fila)
        responder(fila, linea="Gracias por escribir.", ahora=timezone.now())
        borrar_a_quien_escribio(fila)
        if removido:
            remover_aporte(aporte=fila, por=UserFactory(moderador=True), causa="ajeno")
        for url in lugares(fila, parrafo):
            visto = leer(url)
            assert NOMBRE not in visto and PALABRAS not in visto, url
        assert (BORRADO in leer(fila.get_absolute_url())) is not removido


def test_their_receipt_still_holds_and_their_code_opens_nothing(parrafo: Asunto) -> None:
    fila = aporte(asunto=parrafo, por=UserFactory(nombre_publico=NOMBRE))
    otra = aporte(asunto=parrafo)
    sellar(ahora=timezone.now())
    suyo = como_texto(recibo_de(fila, ahora=timezone.now()))
    ajeno = como_texto(recibo_de(otra, ahora=timezone.now()))
    borrar_a_quien_escribio(Aporte.objects.get(pk=fila.pk))
    visto = leer("/verificar/", recibo=suyo)
    assert "Su aporte está en la cadena" in visto and "fueron borrados" in visto
    assert "Su aporte está en la cadena" in leer("/verificar/", recibo=ajeno)
    nada = Client().post("/mi-aporte/", {"folio": fila.folio, "codigo": "AAAA-BBBB-CCCC"})
    assert nada.status_code == 422
