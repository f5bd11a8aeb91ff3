"""What is asked before publishing: once, of who wants to be asked, and never insisting."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comun.registro import Aviso
from consulta.aportes.codigos import vale_de
from consulta.aportes.enums import TipoAporte
from consulta.aportes.flows.confirmar import confirmar_aporte
from consulta.aportes.flows.contenido import Contenido
from consulta.aportes.flows.corregir import corregir_aporte
from consulta.aportes.flows.enviar import Envio, enviar_aporte
from consulta.aportes.flows.invitados import Invitado
from consulta.aportes.flows.preguntas import MuestraDatos, Pregunta, YaEnviado
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.procesos.models import Asunto
from cuentas.models import User
from tests.factories import AHORA
from tests.factories.aportes import contenido
from tests.factories.cuentas import InstitucionFactory, UserFactory
from tests.factories.procesos import AsuntoFactory, ConsultaFactory

pytestmark = pytest.mark.django_db
ROSA = Invitado(correo="rosa@pruebas.example", tramo_edad="adulto")
TODAS = list(Pregunta)


@pytest.fixture
def asunto() -> Asunto:
    return AsuntoFactory(consulta=ConsultaFactory())


def enviar(
    asunto: Asunto, por: User | None, dice: Contenido | None = None, **campos: object
) -> Envio:
    """Send it with a key of its own, wanting to be asked everything."""
    pedido: dict = {
        "asunto": asunto,
        "tipo": TipoAporte.OBSERVACION,
        "contenido": dice or contenido(),
        "por": por,
        "clave": uuid4(),
        "preguntas": TODAS,
        "ahora": AHORA,
    }
    return enviar_aporte(**pedido | campos)


def confirmar(envio: Envio, preguntas: list[Pregunta], **campos: object) -> Aporte:
    fila = envio.aporte
    vale = vale_de(aporte_id=fila.pk, sal=fila.autoria.sal)
    return confirmar_aporte(vale=vale, preguntas=preguntas, ahora=AHORA, **campos).aporte


def test_the_same_words_again_lead_to_the_first_and_may_be_meant(asunto: Asunto) -> None:
    autora = UserFactory()
    primero = enviar(asunto, autora)
    with pytest.raises(YaEnviado) as duda:
        enviar(asunto, autora, contenido("  falta nombrar a\nlos MUNICIPIOS. "))
    assert duda.value.aporte == primero.aporte
    assert primero.aporte.folio in duda.value.mensaje
    assert Aporte.objects.count() == 1
    otra = enviar(asunto, autora, preguntas=[Pregunta.DATOS])
    assert otra.nuevo
    assert [d.codigo for d in otra.dudas] == ["ya_enviado"]


def test_another_author_voice_place_or_wording_is_another_contribution(asunto: Asunto) -> None:
    fundacion = InstitucionFactory(tipo="osc")
    autora = UserFactory(representa=fundacion)
    primero = enviar(asunto, autora).aporte
    assert enviar(asunto, UserFactory()).nuevo
    assert enviar(asunto, autora, por_organizacion=True).nuevo
    assert enviar(AsuntoFactory(consulta=ConsultaFactory()), autora).nuevo
    assert enviar(asunto, autora, contenido("Falta nombrar a las comunas.")).nuevo
    replica = {"tipo": TipoAporte.REPLICA, "padre": primero}
    assert enviar(asunto, autora, **replica).nuevo
    with pytest.raises(YaEnviado):
        enviar(asunto, autora, **replica)


def test_what_was_withdrawn_may_be_said_again(asunto: Asunto) -> None:
    autora = UserFactory()
    retirar_aporte(aporte=enviar(asunto, autora).aporte, por=autora, ahora=AHORA)
    assert enviar(asunto, autora).nuevo


def test_a_guest_who_sends_again_what_waits_gets_the_mail_again(asunto: Asunto) -> None:
    primero = enviar(asunto, None, invitado=ROSA)
    for _ in range(3):
        otra = enviar(asunto, None, invitado=ROSA)
        assert (otra.aporte, otra.nuevo) == (primero.aporte, False)
    assert Aviso.objects.filter(razon="confirmar").count() == 3
    tarde = enviar(asunto, None, invitado=ROSA, ahora=AHORA + timedelta(hours=48))
    assert tarde.nuevo


def test_only_the_mailbox_is_told_that_its_text_is_public(asunto: Asunto) -> None:
    """Whoever guesses text and address learns nothing: it looks like any first sending."""
    primero = enviar(asunto, None, invitado=ROSA)
    publico = confirmar(primero, TODAS)
    otra = enviar(asunto, None, invitado=ROSA)
    assert otra.nuevo
    assert otra.dudas == ()
    with pytest.raises(YaEnviado) as duda:
        confirmar(otra, TODAS)
    assert duda.value.aporte == publico
    assert Aporte.objects.confirmados().count() == 1
    assert confirmar(otra, []).folio != publico.folio


def test_personal_data_are_asked_about_in_every_field_of_words(asunto: Asunto) -> None:
    autora = UserFactory()
    con_run = contenido("Escríbame a mí, RUN 12.345.678-5.")
    with pytest.raises(MuestraDatos) as duda:
        enviar(asunto, autora, con_run)
    assert duda.value.campo == "texto"
    assert "12.345.678-5" in duda.value.mensaje
    envio = enviar(asunto, autora, con_run, preguntas=[])
    assert [d.codigo for d in envio.dudas] == ["datos_personales"]
    assert enviar(asunto, autora, contenido(firma="9 8765 4321")).nuevo


def test_a_correction_is_asked_only_about_what_it_adds(asunto: Asunto) -> None:
    autora = UserFactory()
    dice = contenido("Llame al 9 8765 4321.")
    fila = enviar(asunto, autora, dice, preguntas=[]).aporte
    pedido: dict = {"por": autora, "version": 1, "preguntas": TODAS, "ahora": AHORA}
    otra = replace(dice, texto="Llame al 9 8765 4321 o al 9 1111 2222.")
    with pytest.raises(MuestraDatos) as duda:
        corregir_aporte(aporte=fila, contenido=otra, **pedido)
    assert [d.texto for d in duda.value.datos] == ["9 1111 2222"]
    mejor = replace(dice, texto="Llame temprano al 9 8765 4321.")
    assert corregir_aporte(aporte=fila, contenido=mejor, **pedido).version == 2


def test_finding_the_first_costs_the_same_whatever_its_author_sent(asunto: Asunto) -> None:
    autora = UserFactory()
    costos = []
    for cuantos in (1, 12):
        for i in range(cuantos):
            enviar(asunto, autora, contenido(f"Texto {cuantos} {i}"))
        with CaptureQueriesContext(
            connection,
        ) as consultas:
            enviar(asunto, autora, contenido(f"Medido {cuantos}"))
        costos.append(len(consultas))
    assert costos[0] == costos[1]
