"""Sending: what is acknowledged is kept, once, inside the window, and told to its author."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from comun.errores import Conflicto, DatoInvalido, FueraDePlazo, SinPermiso
from comun.registro import Aviso, Evento
from consulta.aportes.codigos import codigo_de, huella_de_codigo
from consulta.aportes.enums import Situacion, TipoAporte
from consulta.aportes.flows.enviar import enviar_aporte
from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte, AporteVersion, Contador
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido, contenido_de_propuesta, enviar, hilo
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory, ConsultaFactory, version_publicada

pytestmark = pytest.mark.django_db


def test_a_proposal_gets_folio_receipt_and_audit_event():
    persona = UserFactory()
    envio = enviar(consulta=ConsultaFactory(propuestas=True, sigla="P7A"), por=persona)
    hecho = Aporte.objects.con_texto().get(pk=envio.aporte.pk)
    assert (hecho.folio, hecho.tipo) == ("P7A-0001", TipoAporte.PROPUESTA)
    assert hecho.enviado_en == hecho.confirmado_en == AHORA
    assert hecho.contenido.campos["problema"].startswith("Los presupuestos")
    assert hecho.firma == persona.nombre_publico
    assert hecho.vence_el == hecho.consulta.responder_antes_de
    assert hecho.autoria.codigo_hash == huella_de_codigo(envio.codigo.lower())
    assert Evento.objects.filter(
        verbo="enviar_aporte", objeto=f"aportes.aporte:{hecho.pk}"
    ).exists()
    aviso = Aviso.objects.get(razon="recibo")
    assert aviso.destino == f"aporte:{hecho.pk}"
    assert DBTaskResult.objects.filter(queue_name="correo").count() == 1


def test_folios_have_no_gaps_and_each_consultation_counts_its_own():
    una, otra = AsuntoFactory(), AsuntoFactory()
    hechos = [aporte(asunto=a) for a in (una, otra, una, una, otra)]
    assert [h.n for h in hechos] == [1, 1, 2, 3, 2]
    assert Contador.objects.get(consulta=una.consulta).ultimo == 3


def test_a_failed_sending_takes_no_folio():
    asunto = AsuntoFactory()
    aporte(asunto=asunto)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        aporte(asunto=asunto)
        raise ZeroDivisionError
    assert aporte(asunto=asunto).n == 2
    assert DBTaskResult.objects.filter(queue_name="correo").count() == Aviso.objects.count() == 2


def test_the_same_sending_twice_counts_once_and_gives_the_same_receipt():
    persona, asunto, clave = UserFactory(), AsuntoFactory(), uuid4()
    datos = {
        "asunto": asunto,
        "tipo": TipoAporte.OBSERVACION,
        "contenido": contenido(),
        "por": persona,
        "clave": clave,
        "ahora": AHORA,
    }
    primero = enviar_aporte(**datos)
    segundo = enviar_aporte(**{**datos, "ahora": AHORA + timedelta(days=300)})
    assert segundo.aporte == primero.aporte
    assert (primero.nuevo, segundo.nuevo) == (True, False)
    assert segundo.codigo == primero.codigo
    assert Aporte.objects.count() == Aviso.objects.count() == 1


def test_a_sending_key_of_someone_else_is_refused():
    clave, asunto = uuid4(), AsuntoFactory()
    datos = {"asunto": asunto, "tipo": TipoAporte.OBSERVACION, "contenido": contenido()}
    enviar_aporte(**datos, por=UserFactory(), clave=clave, ahora=AHORA)
    with pytest.raises(Conflicto):
        enviar_aporte(**datos, por=UserFactory(), clave=clave, ahora=AHORA)


@pytest.mark.parametrize(
    ("instante", "error"),
    [
        (timedelta(microseconds=-1), FueraDePlazo),
        (timedelta(0), None),
        (timedelta(days=30, microseconds=-1), None),
        (timedelta(days=30), FueraDePlazo),
    ],
)
def test_the_window_is_half_open_by_the_servers_clock(instante, error):
    asunto = AsuntoFactory()
    ahora = asunto.consulta.etapa.inicio + instante
    if error is None:
        assert aporte(asunto=asunto, ahora=ahora).n == 1
    else:
        with pytest.raises(error):
            aporte(asunto=asunto, ahora=ahora)
        assert not Aporte.objects.exists()


def test_visitors_unannounced_and_historical_consultations_are_refused():
    with pytest.raises(SinPermiso):
        aporte(por=AnonymousUser())
    with pytest.raises(SinPermiso):
        aporte(por=UserFactory(is_active=False))
    with pytest.raises(SinPermiso):
        aporte(consulta=ConsultaFactory(publicada=False))
    with pytest.raises(SinPermiso):
        aporte(consulta=ConsultaFactory(historica=True))
    with pytest.raises(SinPermiso):
        aporte(consulta=ConsultaFactory(), tipo=TipoAporte.PROPUESTA)
    assert not Aporte.objects.exists()


def test_a_reply_joins_the_thread_of_its_root():
    raiz = aporte()
    hijo, nieto = hilo(raiz, 2)
    assert (hijo.raiz, hijo.padre) == (raiz, raiz)
    assert (nieto.raiz, nieto.padre) == (raiz, hijo)
    assert list(Aporte.objects.descendientes([raiz])) == [hijo, nieto]


def test_nobody_replies_to_what_was_taken_away_or_from_another_subject():
    raiz = aporte()
    with pytest.raises(DatoInvalido):
        enviar_aporte(
            asunto=AsuntoFactory(),
            tipo=TipoAporte.REPLICA,
            contenido=contenido(),
            por=UserFactory(),
            clave=uuid4(),
            padre=raiz,
            ahora=AHORA,
        )
    remover_aporte(
        aporte=raiz, por=UserFactory(moderador=True), causa="odio", motivo="Insultos", ahora=AHORA
    )
    raiz.refresh_from_db()
    with pytest.raises(Conflicto):
        aporte(padre=raiz)


def test_the_voice_of_an_institution_asks_no_answer():
    raiz, oficial = aporte(), UserFactory(oficial=True)
    voz = aporte(padre=raiz, por=oficial, institucional=True)
    assert voz.en_nombre_de == oficial.institucion
    assert voz.firma == oficial.institucion.nombre
    assert not voz.exige_respuesta
    assert Aporte.objects.all().balance(AHORA.date()).recibidos == 1
    with pytest.raises(SinPermiso):
        aporte(padre=raiz, institucional=True)


@pytest.mark.parametrize("texto", ["", "   \n\t ", "\x00\x00", "a" * 10_001, "é" * 1_000_000])
def test_empty_and_too_long_texts_are_refused_naming_the_field(texto):
    with pytest.raises(DatoInvalido) as error:
        aporte(dice=contenido(texto))
    assert error.value.campo == "texto"
    assert not Aporte.objects.exists()


@pytest.mark.parametrize(
    ("texto", "queda"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("uno\x00dos\x1b", "unodos"),
        ("n\u0303u a\u0301", "ñu á"),
        ("hola 👩🏽‍🌾", "hola 👩🏽‍🌾"),
        ("مرحبا \u202eal revés", "مرحبا al revés"),
        ("a\r\nb\r\r\r\rc", "a\nb\n\nc"),
    ],
)
def test_texts_are_kept_as_typed_but_for_what_could_harm(texto, queda):
    assert AporteVersion.objects.get(aporte=aporte(dice=contenido(texto))).texto == queda


@pytest.mark.parametrize(
    ("campos", "campo"),
    [
        ({"titulo": " "}, "titulo"),
        ({"titulo": "x" * 161}, "titulo"),
        ({"tema": None}, "tema"),
        ({"region": "99"}, "region"),
        ({"tipo_autor": "rey"}, "tipo_autor"),
        ({"campos": {"problema": ""}}, "problema"),
        ({"campos": {"problema": "x" * 4_001}}, "problema"),
        ({"campos": {"problema": "x", "valores": ["nada"]}}, "valores"),
        ({"campos": {"problema": "x", "valores": "transparencia"}}, "valores"),
    ],
)
def test_a_proposal_says_which_field_is_wrong(campos, campo):
    with pytest.raises(DatoInvalido) as error:
        aporte(consulta=ConsultaFactory(propuestas=True), dice=contenido_de_propuesta(**campos))
    assert error.value.campo == campo


def test_author_may_withdraw_while_open_and_a_tombstone_stays():
    persona = UserFactory()
    uno = aporte(por=persona)
    with pytest.raises(SinPermiso):
        retirar_aporte(aporte=uno, por=UserFactory(), ahora=AHORA)
    with pytest.raises(FueraDePlazo):
        retirar_aporte(aporte=uno, por=persona, ahora=AHORA + timedelta(days=20))
    hecho = retirar_aporte(aporte=uno, por=persona, ahora=AHORA)
    assert (hecho.situacion, hecho.motivo) == (Situacion.RETIRADO, "Retirado por su autor o autora")
    with pytest.raises(Conflicto):
        retirar_aporte(aporte=uno, por=persona, ahora=AHORA)
    balance = Aporte.objects.all().balance(AHORA.date())
    assert (balance.recibidos, balance.retirados, balance.pendientes) == (1, 1, 0)


def test_why_one_withdraws_is_short():
    fila = aporte()
    with pytest.raises(DatoInvalido) as error:
        retirar_aporte(aporte=fila, por=fila.autoria.cuenta, motivo="x" * 501, ahora=AHORA)
    assert error.value.campo == "motivo"
    fila.refresh_from_db()
    assert fila.es_visible


def test_a_moderator_removes_with_a_reason_and_never_their_own_words():
    moderadora = UserFactory(moderador=True)
    uno, propio = aporte(), aporte(por=moderadora)
    with pytest.raises(SinPermiso):
        remover_aporte(aporte=uno, por=UserFactory(oficial=True), causa="odio", motivo="x")
    with pytest.raises(SinPermiso):
        remover_aporte(aporte=propio, por=moderadora, causa="odio", motivo="x")
    with pytest.raises(DatoInvalido):
        remover_aporte(aporte=uno, por=moderadora, causa="porque sí", motivo="x")
    assert remover_aporte(
        aporte=uno, por=moderadora, causa="odio", motivo="Datos de otra persona"
    ).motivo


def test_the_private_code_cannot_be_told_without_the_authors_salt():
    uno = enviar()
    sal = uno.aporte.autoria.sal
    assert codigo_de(aporte_id=uno.aporte.pk, sal=sal) == uno.codigo
    assert codigo_de(aporte_id=uno.aporte.pk, sal="") != uno.codigo
    assert len(uno.codigo.replace("-", "")) == 12


def test_sending_costs_the_same_in_an_empty_thread_and_in_a_long_one(
    django_assert_max_num_queries,
):
    consulta = ConsultaFactory()
    version_publicada(consulta, ["uno"])
    raiz = aporte(consulta=consulta)
    costos = []
    for _ in range(2):
        with django_assert_max_num_queries(60) as consultas:
            aporte(padre=raiz, por=raiz.autoria.cuenta)
        costos.append(len(consultas))
        hilo(raiz, 15)
    assert costos[0] == costos[1], connection.vendor
