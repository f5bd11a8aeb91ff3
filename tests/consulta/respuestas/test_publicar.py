"""Answering: sealed, shown, told, counted, and never rewritten."""

import pytest

from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.registro import Aviso, Evento
from consulta.aportes.flows.corregir import corregir_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.procesos.models import Fragmento, VersionBorrador
from consulta.respuestas.enums import Resultado
from consulta.respuestas.fichas import fichas_de_respuestas
from consulta.respuestas.flows.asignar import asignar_aporte
from consulta.respuestas.flows.coberturas import DestinoElegido, TextoCorregido
from consulta.respuestas.models import Cobertura, RespuestaVersion
from consulta.respuestas.sello import sello_de
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido, hilo
from tests.factories.cuentas import InstitucionFactory, UserFactory
from tests.factories.procesos import AsuntoFactory, ConsultaFactory, EtapaFactory, version_publicada
from tests.factories.respuestas import compromiso, responder

pytestmark = pytest.mark.django_db


def balance():
    return Aporte.objects.all().balance(AHORA.date())


def test_an_answer_makes_the_contribution_answered_and_tells_its_author_once():
    asunto = AsuntoFactory()
    uno, otro = aporte(asunto=asunto), aporte(asunto=asunto)
    version = responder(uno)
    uno.refresh_from_db()
    assert uno.respondido_en == AHORA
    assert (balance().frase) == "1 respondido de 2 · 1 pendiente"
    avisos = Aviso.objects.filter(razon="respuesta")
    assert [a.destino for a in avisos] == [f"aporte:{uno.pk}"]
    assert version.sha256 == sello_de(version, version.coberturas.select_related("destino"))
    assert Evento.objects.filter(verbo="publicar_respuesta").count() == 1
    assert set(Cobertura.objects.vigentes_de([uno, otro])) == {uno.pk}


def test_one_response_may_answer_many_each_with_its_own_author_told():
    asunto = AsuntoFactory()
    raiz = aporte(asunto=asunto)
    todos = [raiz, *hilo(raiz, 3)]
    responder(*todos)
    assert balance().respondidos == 4
    assert Aviso.objects.filter(razon="respuesta").count() == 4


def test_each_kind_of_destination_leads_somewhere_or_says_why_not():
    consulta = ConsultaFactory()
    version = version_publicada(consulta, ["Artículo uno"])
    fragmento = version.fragmentos.get()
    en_texto = responder(
        aporte(consulta=consulta),
        resultado=Resultado.INCORPORADA,
        destino=DestinoElegido(fragmento=fragmento),
    )
    en_plan = responder(
        aporte(), resultado=Resultado.PARCIAL, destino=DestinoElegido(compromiso=compromiso(3))
    )
    en_nada = responder(aporte())
    destinos = [v.coberturas.get().destino for v in (en_texto, en_plan, en_nada)]
    assert [d.texto for d in destinos] == [
        f"Versión 1, párrafo 1 de «{consulta.titulo}»",
        "Compromiso 3. Compromiso 3",
        "La norma ya lo regula.",
    ]
    assert [bool(d.url) for d in destinos] == [True, True, False]


@pytest.mark.parametrize(
    ("cambios", "campo"),
    [
        ({"razon": " \x00 "}, "razon"),
        ({"razon": "x" * 10_001}, "razon"),
        ({"resultado": "quizás"}, "resultado"),
        ({"destino": DestinoElegido()}, "destino"),
        ({"resultado": Resultado.INCORPORADA}, "destino"),
        ({"linea": "x" * 2_001}, "linea"),
    ],
)
def test_an_answer_without_reason_outcome_or_destination_is_refused(cambios, campo):
    with pytest.raises(DatoInvalido) as error:
        responder(aporte(), **cambios)
    assert error.value.campo == campo
    assert not RespuestaVersion.objects.exists()


def test_a_destination_cannot_be_two_things():
    with pytest.raises(DatoInvalido):
        responder(
            aporte(),
            destino=DestinoElegido(compromiso=compromiso(), porque_nada="y tampoco"),
        )


def test_a_destination_nobody_can_read_yet_is_refused():
    consulta = ConsultaFactory()
    version = VersionBorrador.objects.create(consulta=consulta, n=1)
    fragmento = Fragmento.objects.create(
        version=version, orden=1, tipo="parrafo", texto="a", sha256="x"
    )
    with pytest.raises(DatoInvalido) as error:
        responder(aporte(consulta=consulta), destino=DestinoElegido(fragmento=fragmento))
    assert error.value.campo == "destino"


def test_only_officials_of_the_institution_in_charge_answer_and_never_themselves():
    uno = aporte()
    for rol in ("participante", "editor", "moderador"):
        with pytest.raises(SinPermiso):
            responder(uno, por=UserFactory(**{rol: True}, institucion=InstitucionFactory()))
    a_cargo = UserFactory(oficial=True)
    asignar_aporte(
        aporte=uno, institucion=a_cargo.institucion, por=UserFactory(secretaria=True), ahora=AHORA
    )
    with pytest.raises(SinPermiso):
        responder(uno, por=UserFactory(oficial=True))
    propio = aporte(por=a_cargo)
    with pytest.raises(SinPermiso):
        responder(propio, por=a_cargo)
    assert responder(uno, por=a_cargo).n == 1


def test_what_was_withdrawn_or_answered_meanwhile_is_a_conflict():
    uno = aporte()
    retirar_aporte(aporte=uno, por=uno.autoria.cuenta, ahora=AHORA)
    with pytest.raises(Conflicto):
        responder(uno)
    otro = aporte()
    responder(otro)
    with pytest.raises(Conflicto):
        responder(otro)
    assert RespuestaVersion.objects.count() == 1


def test_a_correction_is_a_new_version_with_a_reason_and_the_old_one_stays():
    oficial, uno = UserFactory(oficial=True), aporte()
    primera = responder(uno, por=oficial)
    with pytest.raises(DatoInvalido) as error:
        responder(uno, por=oficial, respuesta=primera.respuesta)
    assert error.value.campo == "motivo_cambio"
    segunda = responder(
        uno,
        por=oficial,
        respuesta=primera.respuesta,
        resultado=Resultado.YA_CONTEMPLADA,
        razon="Revisado: ya está en el compromiso dos.",
        motivo_cambio="Leímos mal el artículo",
    )
    assert segunda.n == 2
    assert primera.respuesta.versiones.get(n=1).razon == primera.razon
    assert Cobertura.objects.vigentes_de([uno])[uno.pk].version == segunda
    assert Aviso.objects.filter(razon="respuesta").count() == 2
    assert balance().respondidos == 1


def test_answers_of_two_consultations_do_not_mix():
    with pytest.raises(DatoInvalido):
        responder(aporte(), aporte())


def test_the_seal_changes_with_any_character_and_not_with_the_order():
    asunto = AsuntoFactory()
    version = responder(aporte(asunto=asunto), aporte(asunto=asunto))
    filas = list(version.coberturas.select_related("destino"))
    assert sello_de(version, reversed(filas)) == version.sha256
    filas[0].linea = "otra"
    assert sello_de(version, filas) != version.sha256


def test_an_answer_to_words_that_were_corrected_since_is_a_conflict():
    uno = aporte()
    corregir_aporte(
        aporte=uno,
        contenido=contenido("Ahora pide otra cosa."),
        por=uno.autoria.cuenta,
        version=1,
        ahora=AHORA,
    )
    with pytest.raises(TextoCorregido, match="corrigió"):
        responder(uno, version_leida=1)
    assert not RespuestaVersion.objects.exists()
    responder(uno, version_leida=2)
    assert Cobertura.objects.publicadas().count() == 1


def test_one_that_joins_an_answer_later_is_told_that_it_was_answered_and_not_corrected():
    asunto, oficial = AsuntoFactory(), UserFactory(oficial=True)
    uno, dos = aporte(asunto=asunto), aporte(asunto=asunto)
    primera = responder(uno, por=oficial)
    responder(dos, por=oficial, respuesta=primera.respuesta, motivo_cambio="Se suma.")
    responder(
        uno,
        por=oficial,
        respuesta=primera.respuesta,
        motivo_cambio="Faltaba.",
        razon="Mejor dicho.",
    )
    dichos = Aviso.objects.filter(razon="respuesta").order_by("pk").values_list("texto", flat=True)
    assert [texto.split(" a su aporte")[0] for texto in dichos] == [
        "Respondieron", "Respondieron", "Corrigieron la respuesta",
    ]  # fmt: skip


def test_the_archive_has_what_still_answers_those_who_were_answered_before():
    asunto, oficial = AsuntoFactory(), UserFactory(oficial=True)
    uno, dos, tres = (aporte(asunto=asunto) for _ in range(3))
    primera = responder(uno, dos, razon="Las sesiones se transmitirán.", por=oficial)
    respuesta = primera.respuesta
    extra = {"por": oficial, "respuesta": respuesta}
    responder(dos, razon="Las actas se publicarán.", motivo_cambio="Se afina.", **extra)
    responder(
        tres, razon="Las actas se publicarán.", linea="Gracias.", motivo_cambio="Se suma.", **extra
    )
    ficha = fichas_de_respuestas([respuesta.pk])[respuesta.pk]
    assert ficha.titulo == f"Respuesta a {uno.folio} y 2 más"
    assert ficha.texto == "Las actas se publicarán.\n\nLas sesiones se transmitirán.\n\nGracias."
    retirar_aporte(aporte=tres, por=tres.autoria.cuenta, ahora=AHORA)
    assert "Gracias" not in fichas_de_respuestas([respuesta.pk])[respuesta.pk].texto


def test_a_row_answered_for_another_institution_leaves_the_hands_it_was_in():
    uno, oficial = aporte(), UserFactory(oficial=True)
    asignar_aporte(aporte=uno, institucion=oficial.institucion, responsable=oficial, por=oficial)
    mesa = UserFactory(secretaria=True)
    responder(uno, por=mesa)
    uno.refresh_from_db()
    assert (uno.institucion, uno.responsable) == (mesa.institucion, None)
    dos = aporte()
    asignar_aporte(aporte=dos, institucion=oficial.institucion, responsable=oficial, por=oficial)
    responder(dos, por=oficial)
    assert Aporte.objects.get(pk=dos.pk).responsable == oficial


def test_a_proposal_lands_in_the_draft_of_another_consultation_of_its_process():
    etapa = EtapaFactory()
    propuestas = ConsultaFactory(etapa=etapa, propuestas=True)
    borrador = ConsultaFactory(etapa=EtapaFactory(proceso=etapa.proceso))
    [suyo] = version_publicada(borrador, ["El párrafo que la recoge."]).fragmentos.all()
    fila = aporte(asunto=AsuntoFactory(consulta=propuestas))
    responder(fila, destino=DestinoElegido(fragmento=suyo))
    assert suyo.destinos.get().cobertura.aporte == fila
