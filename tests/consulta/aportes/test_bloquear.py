from datetime import timedelta

import pytest

from comun.errores import Conflicto, DatoInvalido, SinPermiso
from consulta.aportes.flows.apelar import apelar_remocion
from consulta.aportes.flows.bloquear import bloquear_cuenta, exigir_sin_bloqueo, levantar_bloqueo
from consulta.aportes.flows.corregir import corregir_aporte
from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.flows.reportar import reportar_aporte
from cuentas.roles import ROLES_DE_ADMINISTRACION
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido, enviar
from tests.factories.cuentas import UserFactory, cuenta_de

pytestmark = pytest.mark.django_db
TRES_DIAS = timedelta(days=3)


def bloquear(cuenta, **campos):
    datos = {"por": UserFactory(moderador=True), "motivo": "Insultó a tres personas"} | campos
    return bloquear_cuenta(cuenta=cuenta, ahora=AHORA, **datos)


def test_a_blocked_account_does_not_write_and_is_told_why_and_until_when():
    persona, ajeno = UserFactory(), aporte()
    bloquear(persona, hasta=AHORA + TRES_DIAS)
    for intento in (
        lambda: aporte(por=persona),
        lambda: aporte(padre=ajeno, por=persona),
        lambda: reportar_aporte(aporte=ajeno, por=persona, causa="odio", ahora=AHORA),
    ):
        with pytest.raises(SinPermiso) as error:
            intento()
        assert "13-11-2026" in error.value.mensaje
        assert "Insultó a tres personas." in error.value.mensaje
        assert "página de contacto" in error.value.mensaje
    assert aporte(por=persona, ahora=AHORA + TRES_DIAS).folio


def test_a_blocked_person_corrects_nothing_neither_signed_in_nor_by_the_code():
    envio = enviar()
    persona = envio.aporte.autoria.cuenta
    bloquear(persona)
    for prueba in ({"por": persona}, {"por": None, "codigo": envio.codigo}):
        with pytest.raises(SinPermiso, match="no puede escribir"):
            corregir_aporte(
                aporte=envio.aporte, contenido=contenido("Peor."), version=1, ahora=AHORA, **prueba
            )
    assert envio.aporte.versiones.count() == 1


def test_a_blocked_account_withdraws_and_appeals():
    persona = UserFactory()
    uno, dos = aporte(por=persona), aporte(por=persona)
    remover_aporte(aporte=dos, por=UserFactory(moderador=True), causa="odio", ahora=AHORA)
    bloquear(persona)
    retirar_aporte(aporte=uno, por=persona, ahora=AHORA)
    dos.refresh_from_db()
    assert apelar_remocion(aporte=dos, por=persona, texto="No fue así.", ahora=AHORA).pk


def test_a_blocked_person_does_not_come_back_as_a_guest():
    persona = UserFactory(email="ana@pruebas.example")
    bloquear(persona)
    with pytest.raises(SinPermiso):
        exigir_sin_bloqueo(None, AHORA, correo=" Ana@Pruebas.example")
    exigir_sin_bloqueo(None, AHORA, correo="otra@pruebas.example")


@pytest.mark.parametrize("rol", ROLES_DE_ADMINISTRACION)
def test_no_account_of_the_house_is_blocked_by_mistake(rol):
    with pytest.raises(SinPermiso):
        bloquear(cuenta_de(rol))


def test_only_moderation_blocks_with_a_reason_and_a_future_end():
    persona = UserFactory()
    with pytest.raises(SinPermiso):
        bloquear(persona, por=UserFactory(oficial=True))
    with pytest.raises(DatoInvalido):
        bloquear(persona, motivo=" ")
    with pytest.raises(DatoInvalido):
        bloquear(persona, hasta=AHORA)
    bloquear(persona)
    with pytest.raises(Conflicto):
        bloquear(persona)


def test_a_lifted_or_ended_block_leaves_room_for_another():
    persona, moderadora = UserFactory(), UserFactory(moderador=True)
    levantar_bloqueo(bloqueo=bloquear(persona), por=moderadora, ahora=AHORA)
    segundo = bloquear(persona, hasta=AHORA + TRES_DIAS)
    despues = AHORA + TRES_DIAS
    with pytest.raises(Conflicto):
        levantar_bloqueo(bloqueo=segundo, por=moderadora, ahora=despues)
    bloquear_cuenta(cuenta=persona, por=moderadora, motivo="Reincide", ahora=despues)
