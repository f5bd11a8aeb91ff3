"""Without an account: nothing counts or shows until the mailbox says so, and then it does once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django_tasks_db.models import DBTaskResult

from comun.avisos import enviar_aviso
from comun.errores import Conflicto, DatoInvalido, FueraDePlazo, SinPermiso
from comun.registro import Aviso, Evento, EventoDetalle
from consulta.aportes.codigos import codigo_de, vale_de
from consulta.aportes.correos.aportes import confirmar as correo_de_confirmar
from consulta.aportes.enums import TipoAporte
from consulta.aportes.fichas import en_archivo
from consulta.aportes.flows.confirmar import (
    GRACIA,
    confirmar_aporte,
    eliminar_sin_confirmar,
    por_vale,
    reenviar_confirmacion,
)
from consulta.aportes.flows.enviar import Envio, enviar_aporte
from consulta.aportes.flows.invitados import PLAZO, Invitado
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.flows.reclamar import por_reclamar, reclamar_aportes
from consulta.aportes.models import Aporte, AporteVersion, Autoria, Recuento
from consulta.procesos.models import Asunto
from tests.factories import AHORA
from tests.factories.aportes import contenido
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory, ConsultaFactory

pytestmark = pytest.mark.django_db
CORREO = "rosa@pruebas.example"


def enviar(asunto: Asunto | None = None, **campos: object) -> Envio:
    datos: dict = {
        "asunto": asunto or AsuntoFactory(consulta=ConsultaFactory()),
        "tipo": TipoAporte.OBSERVACION,
        "contenido": contenido(firma="Rosa"),
        "por": None,
        "invitado": Invitado(correo=f" {CORREO.upper()} ", tramo_edad="adulto"),
        "clave": uuid4(),
        "ahora": AHORA,
    } | campos
    return enviar_aporte(**datos)


def vale(aporte: Aporte) -> str:
    return vale_de(aporte_id=aporte.pk, sal=aporte.autoria.sal)


def test_until_confirmed_it_has_no_folio_and_counts_nowhere():
    envio = enviar()
    assert envio.por_confirmar
    assert envio.codigo == ""
    assert envio.aporte.folio == ""
    assert not Aporte.objects.publicos().exists()
    assert not en_archivo().exists()
    assert not Recuento.objects.exists()
    assert Aporte.objects.all().balance(AHORA.date()).recibidos == 0
    assert [a.razon for a in Aviso.objects.all()] == ["confirmar"]
    assert envio.aporte.autoria.correo == CORREO


def test_the_mail_leads_to_the_page_and_no_audit_row_knows_the_address():
    envio = enviar()
    correo = correo_de_confirmar(Aviso.objects.get())
    assert correo is not None
    assert correo.para == CORREO
    assert vale(envio.aporte) in str(correo.contexto["url"])
    assert CORREO not in str(list(EventoDetalle.objects.values())).lower()


def test_the_mail_that_a_guest_waits_for_passes_the_receipts_that_nobody_does():
    for _ in range(2):
        enviar(por=UserFactory(), invitado=None)
    enviar()
    avisos = [
        Aviso.objects.get(pk=t.args_kwargs["args"][0]).razon
        for t in DBTaskResult.objects.ready()
        if t.task_path == enviar_aviso.module_path
    ]
    assert avisos == ["confirmar", "recibo", "recibo"]


def test_confirming_gives_folio_receipt_and_place_dated_when_it_was_sent():
    envio = enviar()
    hecha = confirmar_aporte(vale=vale(envio.aporte), ahora=AHORA + timedelta(hours=3))
    aporte = Aporte.objects.get()
    assert hecha.nuevo
    assert aporte.n == 1
    assert aporte.enviado_en == AHORA
    assert hecha.codigo == codigo_de(aporte_id=aporte.pk, sal=aporte.autoria.sal)
    assert set(Aviso.objects.values_list("razon", flat=True)) == {"confirmar", "recibo"}
    assert en_archivo().get() == aporte


def test_confirming_twice_is_confirming_once():
    envio = enviar()
    confirmar_aporte(vale=vale(envio.aporte), ahora=AHORA)
    otra = confirmar_aporte(vale=vale(envio.aporte), ahora=AHORA + timedelta(days=9))
    assert not otra.nuevo
    assert Aviso.objects.filter(razon="recibo").count() == 1
    assert Evento.objects.filter(verbo="confirmar_aporte").count() == 1


def test_sent_before_closing_it_may_be_confirmed_after_closing():
    consulta = ConsultaFactory()
    antes = consulta.etapa.fin - timedelta(minutes=1)
    envio = enviar(AsuntoFactory(consulta=consulta), ahora=antes)
    hecha = confirmar_aporte(vale=vale(envio.aporte), ahora=antes + timedelta(hours=40))
    assert hecha.aporte.es_visible
    with pytest.raises(FueraDePlazo):
        enviar(AsuntoFactory(consulta=consulta), ahora=consulta.etapa.fin)


@pytest.mark.parametrize("tarde", [timedelta(0), timedelta(days=1)])
def test_after_48_hours_it_cannot_be_confirmed_and_its_words_are_still_there(tarde: timedelta):
    envio = enviar()
    with pytest.raises(FueraDePlazo):
        confirmar_aporte(vale=vale(envio.aporte), ahora=AHORA + PLAZO + tarde)
    hallado = por_vale(vale(envio.aporte))
    assert hallado is not None
    assert hallado.contenido.texto == contenido().texto


@pytest.mark.parametrize("malo", ["", "1-", "x-1", "1-" + "a" * 32, "9" * 30 + "-" + "a" * 32, "ñ"])
def test_a_made_up_link_confirms_nothing(malo: str):
    enviar()
    with pytest.raises(DatoInvalido):
        confirmar_aporte(vale=malo, ahora=AHORA)


def test_what_nobody_confirmed_goes_with_all_that_named_its_author():
    viejo, nuevo = enviar(), enviar(ahora=AHORA + timedelta(hours=1))
    confirmado = enviar()
    confirmar_aporte(vale=vale(confirmado.aporte), ahora=AHORA)
    limite = AHORA + PLAZO + GRACIA + timedelta(minutes=1)
    assert eliminar_sin_confirmar(limite) == 1
    assert eliminar_sin_confirmar(limite) == 0
    assert set(Aporte.objects.all()) == {nuevo.aporte, confirmado.aporte}
    assert not AporteVersion.objects.filter(aporte_id=viejo.aporte.pk).exists()
    assert not Autoria.objects.filter(aporte_id=viejo.aporte.pk).exists()
    evento = Evento.objects.get(verbo="eliminar_sin_confirmar")
    assert evento.actor_seudonimo == ""


def test_the_same_sending_twice_is_one_and_another_address_is_told():
    clave = uuid4()
    primero, segundo = enviar(clave=clave), enviar(clave=clave)
    assert segundo.aporte == primero.aporte
    assert not segundo.nuevo
    assert segundo.codigo == ""
    with pytest.raises(Conflicto):
        enviar(clave=clave, invitado=Invitado(correo="otra@b.cl", tramo_edad="adulto"))


@pytest.mark.parametrize(
    ("invitado", "campo"),
    [
        (Invitado(correo="a@b.cl", tramo_edad="menor"), "tramo_edad"),
        (Invitado(correo="a@b.cl", tramo_edad=""), "tramo_edad"),
        (Invitado(correo="a@b.cl", tramo_edad="cualquiera"), "tramo_edad"),
        (Invitado(correo="", tramo_edad="adulto"), "correo"),
        (Invitado(correo="no es un correo", tramo_edad="adolescente"), "correo"),
    ],
)
def test_age_and_address_are_asked_and_nothing_of_whoever_is_refused_stays(invitado, campo):
    with pytest.raises(DatoInvalido) as error:
        enviar(invitado=invitado)
    assert error.value.campo == campo
    assert not Aporte.objects.exists()
    assert not Autoria.objects.exists()


def test_where_no_guests_are_received_one_must_sign_in():
    with pytest.raises(SinPermiso):
        enviar(AsuntoFactory(consulta=ConsultaFactory(acepta_invitados=False)))


def test_with_the_code_it_can_be_withdrawn_and_without_it_it_cannot():
    envio = enviar()
    hecha = confirmar_aporte(vale=vale(envio.aporte), ahora=AHORA)
    with pytest.raises(SinPermiso):
        retirar_aporte(aporte=hecha.aporte, por=None, codigo="AAAA-BBBB-CCCC", ahora=AHORA)
    with pytest.raises(SinPermiso):
        retirar_aporte(aporte=hecha.aporte, por=None, ahora=AHORA)
    typed = hecha.codigo.lower().replace("-", " ")
    assert not retirar_aporte(aporte=hecha.aporte, por=None, codigo=typed, ahora=AHORA).es_visible


def test_an_account_adds_what_its_verified_address_sent():
    from allauth.account.models import EmailAddress

    envio, cuenta = enviar(), UserFactory(email=CORREO)
    correo = EmailAddress.objects.create(user=cuenta, email=CORREO, verified=False)
    assert not por_reclamar(cuenta).exists()
    correo.verified = True
    correo.save()
    assert reclamar_aportes(cuenta=cuenta, ahora=AHORA) == 1
    assert reclamar_aportes(cuenta=cuenta, ahora=AHORA) == 0
    autoria = Autoria.objects.get(aporte=envio.aporte)
    assert (autoria.cuenta, autoria.correo) == (cuenta, "")
    assert confirmar_aporte(vale=vale(envio.aporte), ahora=AHORA).nuevo


def test_the_link_is_mailed_again_three_times_in_all_and_never_after_it_was_used():
    fila = enviar().aporte
    assert [reenviar_confirmacion(aporte=fila, ahora=AHORA) for _vez in range(2)] == [2, 3]
    with pytest.raises(Conflicto, match="3 correos"):
        reenviar_confirmacion(aporte=fila, ahora=AHORA)
    with pytest.raises(FueraDePlazo):
        reenviar_confirmacion(aporte=fila, ahora=AHORA + PLAZO)
    confirmar_aporte(vale=vale(fila), ahora=AHORA)
    with pytest.raises(Conflicto, match="ya se confirmó"):
        reenviar_confirmacion(aporte=fila, ahora=AHORA)
    assert Aviso.objects.filter(razon="confirmar").count() == 3


def test_who_mends_the_address_and_the_signature_gets_both_and_no_other_change_is_lost():
    asunto, clave = AsuntoFactory(consulta=ConsultaFactory()), uuid4()
    primero = enviar(asunto, clave=clave)
    otra = Invitado(correo="rosa.b@pruebas.example", tramo_edad="adulto")
    pedido = {"clave": clave, "espera": primero.aporte.pk}
    mendado = enviar(asunto, invitado=otra, contenido=contenido(firma="Rosa B."), **pedido)
    autoria = Autoria.objects.get()
    assert mendado.aporte == primero.aporte
    assert (autoria.correo, autoria.nombre_publico) == (otra.correo, "Rosa B.")
    tercera = Invitado(correo="rosa.c@pruebas.example", tramo_edad="adulto")
    with pytest.raises(Conflicto, match="decía otra cosa"):
        enviar(asunto, invitado=tercera, contenido=contenido(region="08"), **pedido)
