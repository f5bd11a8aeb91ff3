"""The mails that tell an author: equally good as plain text and as HTML."""

import pytest
from django.core import mail

from comun.avisos import enviar_aviso
from comun.registro import Aviso
from consulta.aportes.codigos import codigo_de
from consulta.procesos.models import Consulta
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.coberturas import DestinoElegido
from tests.consulta.paginas.conftest import aporte
from tests.factories.aportes import contenido_de_propuesta
from tests.factories.respuestas import compromiso, responder

pytestmark = pytest.mark.django_db


def partes(razon: str) -> tuple[str, str]:
    """Plain text and HTML of the mail of that reason."""
    enviar_aviso.func(Aviso.objects.get(razon=razon).pk)
    mensaje = mail.outbox[-1]
    return str(mensaje.body), str(mensaje.alternatives[0][0])


def test_the_receipt_has_folio_address_code_and_date_in_both_forms(propuestas: Consulta) -> None:
    fila = aporte(consulta=propuestas, dice=contenido_de_propuesta(titulo="Agua & <b>tierra</b>"))
    texto, html = partes("recibo")
    codigo = codigo_de(aporte_id=fila.pk, sal=fila.autoria.sal)
    for cuerpo in (texto, html):
        assert fila.folio in cuerpo
        assert codigo in cuerpo
        assert fila.get_absolute_url() in cuerpo
        assert "a más tardar" in cuerpo
    assert "Agua & <b>tierra</b>" in texto
    assert "Agua &amp; &lt;b&gt;tierra&lt;/b&gt;" in html


def test_the_answer_says_outcome_reason_and_destination_in_both_forms(
    propuestas: Consulta,
) -> None:
    hecho = compromiso()
    responder(
        aporte(consulta=propuestas),
        resultado=Resultado.INCORPORADA,
        destino=DestinoElegido(compromiso=hecho),
        razon="Se agrega «un hito» & se publica.",
        linea="Gracias.",
    )
    texto, html = partes("respuesta")
    for cuerpo in (texto, html):
        assert "Incorporada" in cuerpo
        assert "Gracias." in cuerpo
        assert hecho.get_absolute_url() in cuerpo
    assert "Se agrega «un hito» & se publica." in texto
    assert "http" in html
    assert "<img" not in html


def test_an_answer_that_changes_nothing_says_why(propuestas: Consulta) -> None:
    responder(aporte(consulta=propuestas))
    for cuerpo in partes("respuesta"):
        assert "nada cambia" in cuerpo.lower()
        assert "La norma ya lo regula." in cuerpo
