"""One review per contribution: who, until when, what it does to the ledger, how it ends."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError, OperationalError

from comun.errores import Conflicto, DatoInvalido, FueraDePlazo, SinPermiso
from comun.fechas import dia_de
from comun.registro import Aviso, Redaccion
from consulta.aportes.models import Aporte
from consulta.procesos.habiles import sumar_habiles
from consulta.respuestas.cierre import diferencias
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura
from consulta.respuestas.flows.publicar import publicar_version
from consulta.respuestas.flows.revisar import borrar_texto_de_revision, pedir_revision
from consulta.respuestas.flows.sellar import sellar_respuesta
from consulta.respuestas.libro import comprobar_respondidos, comprobar_sumas, sumas
from consulta.respuestas.models import Cierre, Revision
from consulta.respuestas.revisiones import (
    PLAZO_HABILES,
    conviene_otra_persona,
    se_pide_hasta,
)
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db
LUEGO = AHORA + timedelta(hours=2)


def pedir(uno, texto="No dice por qué.", version=1, ahora=LUEGO, **extra):
    extra.setdefault("por", uno.autoria.cuenta)
    return pedir_revision(aporte=uno, texto=texto, version=version, ahora=ahora, **extra)


def otra_version(version, uno, **extra):
    return responder(
        uno, por=version.presentada_por, respuesta=version.respuesta, ahora=LUEGO,
        motivo_cambio="Se mantiene: la ley no lo permite.", **extra,
    )  # fmt: skip


def libro_sano():
    return not comprobar_sumas(sumas()).hallazgos and not comprobar_respondidos().hallazgos


def test_the_row_waits_again_and_the_ledger_balances_until_it_is_resolved():
    uno = aporte()
    version = responder(uno)
    revision = pedir(uno)
    uno.refresh_from_db()
    assert uno.respondido_en is None
    assert uno.vence_el == sumar_habiles(dia_de(LUEGO), uno.consulta.plazo_habiles or 30)
    balance = Aporte.objects.all().balance(AHORA.date())
    assert (balance.respondidos, balance.pendientes) == (0, 1) and balance.cuadra
    assert libro_sano()
    nueva = otra_version(version, uno)
    revision.refresh_from_db()
    uno.refresh_from_db()
    assert revision.resuelta_por == nueva and uno.esta_respondido
    assert libro_sano()
    assert Aviso.objects.filter(razon="respuesta", destino=f"aporte:{uno.pk}").count() == 2


def test_once_even_after_it_was_resolved():
    uno = aporte()
    version = responder(uno)
    pedir(uno)
    with pytest.raises(Conflicto):
        pedir(uno)
    otra_version(version, uno)
    with pytest.raises(Conflicto):
        pedir(uno, version=2)


def test_until_the_tenth_business_day_that_one_included():
    uno, dos = aporte(), aporte()
    version = responder(uno)
    responder(dos, por=version.presentada_por)
    assert se_pide_hasta(version) == sumar_habiles(dia_de(AHORA), PLAZO_HABILES)
    ultimo = AHORA + timedelta(days=(se_pide_hasta(version) - dia_de(AHORA)).days)
    with pytest.raises(FueraDePlazo):
        pedir(uno, ahora=ultimo + timedelta(days=1))
    assert pedir(dos, ahora=ultimo)


@pytest.mark.parametrize("texto", ["", "   ", "\0", "a" * 2_001])
def test_its_text_is_asked_for_and_has_a_limit(texto):
    uno = aporte()
    responder(uno)
    with pytest.raises(DatoInvalido) as error:
        pedir(uno, texto=texto)
    assert error.value.campo == "texto"
    assert Revision.objects.count() == 0


@pytest.mark.parametrize(
    "rol",
    [{}, {"oficial": True}, {"secretaria": True}, {"moderador": True}, {"administrador": True}],
)
def test_only_its_author(rol):
    uno = aporte()
    responder(uno)
    with pytest.raises(SinPermiso):
        pedir(uno, por=UserFactory(**rol))


def test_without_an_answer_or_about_an_old_one_it_is_refused():
    uno = aporte()
    with pytest.raises(Conflicto):
        pedir(uno)
    version = responder(uno)
    otra_version(version, uno)
    with pytest.raises(Conflicto):
        pedir(uno, version=1)


def test_the_officials_of_the_institution_are_told_and_others_are_not():
    uno = aporte()
    version = responder(uno)
    colega = UserFactory(oficial=True, institucion=version.respuesta.institucion)
    UserFactory(oficial=True)
    revision = pedir(uno)
    avisos = Aviso.objects.filter(razon="revision_pedida")
    assert {a.cuenta for a in avisos} == {version.presentada_por_id, colega.pk}
    assert conviene_otra_persona(revision, version.presentada_por)
    assert not conviene_otra_persona(revision, colega)


def test_whoever_is_alone_in_the_institution_is_not_warned():
    uno = aporte()
    version = responder(uno)
    assert not conviene_otra_persona(pedir(uno), version.presentada_por)


def test_what_was_sealed_before_it_was_asked_for_does_not_answer_it():
    uno = aporte()
    version = responder(uno)
    sellada = sellar_respuesta(
        coberturas=[
            LineaDeCobertura(
                uno, Resultado.NO_INCORPORADA, DestinoElegido(porque_nada="Ya se regula."), ""
            )
        ],
        razon="La ley no lo permite.",
        institucion=version.respuesta.institucion,
        por=version.presentada_por,
        respuesta=version.respuesta,
        motivo_cambio="Redacción.",
        ahora=AHORA + timedelta(hours=1),
    )
    pedir(uno)
    with pytest.raises(Conflicto, match="pidió revisar"):
        publicar_version(version=sellada, por=version.presentada_por, ahora=LUEGO)


def test_after_the_closing_it_is_told_apart_and_the_frozen_balance_stays():
    uno = aporte()
    responder(uno)
    cierre = Cierre.objects.create(
        consulta=uno.consulta, recibidos=1, respondidos=1, retirados=0, removidos=0,
        en=AHORA + timedelta(hours=1),
    )  # fmt: skip
    pedir(uno)
    vivo = Aporte.objects.de_consulta(uno.consulta).balance(AHORA.date())
    assert any("pidió revisar" in frase for frase in diferencias(cierre, vivo))
    cierre.refresh_from_db()
    assert cierre.respondidos == 1 and libro_sano()


def test_its_words_may_be_taken_off_and_never_rewritten():
    uno = aporte()
    responder(uno)
    revision = pedir(uno)
    with pytest.raises((IntegrityError, OperationalError, DatabaseError)), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(texto="Otra cosa")
    with pytest.raises(SinPermiso):
        borrar_texto_de_revision(revision=revision, motivo="x", por=UserFactory(oficial=True))
    with pytest.raises(DatoInvalido):
        borrar_texto_de_revision(revision=revision, motivo=" ", por=UserFactory(moderador=True))
    moderadora = UserFactory(moderador=True)
    borrar_texto_de_revision(revision=revision, motivo="Nombra a una persona.", por=moderadora)
    assert Revision.objects.get().texto is None and Redaccion.objects.count() == 1
    with pytest.raises(Conflicto):
        borrar_texto_de_revision(revision=revision, motivo="Otra vez.", por=moderadora)
