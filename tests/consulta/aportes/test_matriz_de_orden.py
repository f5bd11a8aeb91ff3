"""The matrix of order: who reports, appeals, removes, restores, decides and blocks, in every stage."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from comun.errores import SinPermiso
from consulta.aportes.flows.apelar import apelar_remocion, resolver_apelacion
from consulta.aportes.flows.bloquear import bloquear_cuenta, levantar_bloqueo
from consulta.aportes.flows.campanas import (
    deshacer_campana,
    devolver_a_campana,
    revisar_campana,
    sacar_de_campana,
)
from consulta.aportes.flows.moderar import (
    desestimar_reportes,
    marcar_revisados,
    remover_aporte,
    reponer_aporte,
)
from consulta.aportes.flows.reportar import reportar_aporte
from consulta.aportes.models import Grupo, Pertenece
from consulta.procesos.enums import EstadoEtapa, Regimen
from cuentas.roles import Rol
from tests.factories import AHORA
from tests.factories.aportes import enviar
from tests.factories.cuentas import UserFactory, cuenta_de

pytestmark = pytest.mark.django_db
TODOS = set(Rol)
MODERAN = {Rol.MODERADOR, Rol.ADMINISTRADOR}
REVISAN = MODERAN | {Rol.SECRETARIA}
MOMENTOS = {
    EstadoEtapa.FUTURA: (1, 2),
    EstadoEtapa.ABIERTA: (-1, 2),
    EstadoEtapa.CERRADA: (-400, -300),
    EstadoEtapa.SIN_FECHA: None,
}


def enviado(momento, *, historica=False):
    """A published contribution whose stage is then at `momento`, and its private code."""
    envio = enviar()
    etapa = envio.aporte.consulta.etapa
    dias = MOMENTOS[momento]
    etapa.inicio, etapa.fin = (
        (None, None) if dias is None else tuple(AHORA + timedelta(days=d) for d in dias)
    )
    etapa.save()
    if historica:
        proceso = etapa.proceso
        proceso.regimen = Regimen.HISTORICO
        proceso.save()
    return envio.aporte, envio.codigo


def publicado(momento, **campos):
    return enviado(momento, **campos)[0]


def removido(momento, **campos):
    return remover(UserFactory(moderador=True), publicado(momento, **campos))


def apelado(momento, **campos):
    fila = removido(momento, **campos)
    return apelar(fila.autoria.cuenta, fila)


def campana(momento, **campos):
    fila = publicado(momento, **campos)
    grupo = Grupo.objects.create(
        consulta=fila.consulta, clase="campana", titulo="Carta", creado_en=AHORA
    )
    Pertenece.objects.create(grupo=grupo, aporte=fila)
    return grupo


def reportar(quien, fila):
    return reportar_aporte(aporte=fila, por=quien, causa="odio", ahora=AHORA)


def desestimar(quien, fila):
    reportar(UserFactory(), fila)
    return desestimar_reportes(aporte=fila, por=quien, nota="Es opinión.", ahora=AHORA)


def revisar(quien, fila):
    return marcar_revisados(aportes=[fila], por=quien, ahora=AHORA)


def remover(quien, fila):
    return remover_aporte(aporte=fila, por=quien, causa="odio", ahora=AHORA)


def reponer(quien, fila):
    return reponer_aporte(aporte=fila, por=quien, razon="Error.", ahora=AHORA)


def apelar(quien, fila):
    return apelar_remocion(aporte=fila, por=quien, texto="Debe volver.", ahora=AHORA)


def resolver(quien, apelacion):
    return resolver_apelacion(
        apelacion=apelacion, por=quien, acogida=False, razon="Se mantiene.", ahora=AHORA
    )


def bloquear(quien, fila):
    return bloquear_cuenta(cuenta=fila.autoria.cuenta, por=quien, motivo="Insiste.", ahora=AHORA)


def levantar(quien, fila):
    bloqueo = bloquear(UserFactory(moderador=True), fila)
    return levantar_bloqueo(bloqueo=bloqueo, por=quien, ahora=AHORA)


def confirmar(quien, grupo):
    return revisar_campana(grupo=grupo, por=quien, titulo="Carta", ahora=AHORA)


def deshacer(quien, grupo):
    return deshacer_campana(grupo=grupo, por=quien, motivo="No es una.", ahora=AHORA)


def sacar(quien, grupo):
    return sacar_de_campana(grupo=grupo, aportes=_los_de(grupo), por=quien, ahora=AHORA)


def devolver(quien, grupo):
    return devolver_a_campana(grupo=grupo, aportes=_los_de(grupo), por=quien, ahora=AHORA)


def _los_de(grupo):
    return [p.aporte for p in Pertenece.objects.filter(grupo=grupo).select_related("aporte")]


ACTOS = {
    "reportar": (TODOS, publicado, reportar),
    "desestimar": (MODERAN, publicado, desestimar),
    "revisar": (MODERAN, publicado, revisar),
    "remover": (MODERAN, publicado, remover),
    "reponer": (MODERAN, removido, reponer),
    "apelar lo ajeno": (set(), removido, apelar),
    "resolver": (MODERAN, apelado, resolver),
    "bloquear": (MODERAN, publicado, bloquear),
    "levantar": (MODERAN, publicado, levantar),
    "confirmar campaña": (REVISAN, campana, confirmar),
    "deshacer campaña": (REVISAN, campana, deshacer),
    "sacar de campaña": (REVISAN, campana, sacar),
    "devolver a campaña": (REVISAN, campana, devolver),
}
"""Whose it is, on what, and the act."""


def hecho(intento) -> bool:
    try:
        intento()
    except SinPermiso:
        return False
    return True


def puede(quien, actuar, cosa) -> bool:
    """Whether `quien` does it to `cosa` as it is in the database; afterwards it is as it was."""
    with transaction.atomic():
        fresca = type(cosa).objects.get(pk=cosa.pk)
        logro = hecho(lambda: actuar(quien, fresca))
        transaction.set_rollback(True)
    return logro


@pytest.mark.parametrize("momento", MOMENTOS)
@pytest.mark.parametrize("acto", ACTOS)
def test_each_act_of_order_is_of_its_roles_whatever_the_stage(acto, momento):
    pueden, preparar, actuar = ACTOS[acto]
    cosa = preparar(momento)
    assert {r for r in Rol if puede(cuenta_de(r), actuar, cosa)} == pueden
    for nadie in (AnonymousUser(), UserFactory(is_active=False)):
        assert not puede(nadie, actuar, cosa), nadie


@pytest.mark.parametrize("acto", ACTOS)
def test_what_is_historical_is_kept_in_order_too(acto):
    pueden, preparar, actuar = ACTOS[acto]
    cosa = preparar(EstadoEtapa.CERRADA, historica=True)
    assert {r for r in Rol if puede(cuenta_de(r), actuar, cosa)} == pueden


@pytest.mark.parametrize("momento", MOMENTOS)
def test_the_author_appeals_by_account_or_code_years_after_and_blocked(momento):
    anios = AHORA + timedelta(days=800)
    for por_codigo in (False, True):
        fila, codigo = enviado(momento)
        remover(UserFactory(moderador=True), fila)
        fila.refresh_from_db()
        autora = fila.autoria.cuenta
        bloquear_cuenta(cuenta=autora, por=UserFactory(moderador=True), motivo="X", ahora=AHORA)
        como = {"codigo": codigo} if por_codigo else {"por": autora}
        assert apelar_remocion(aporte=fila, texto="Debe volver.", ahora=anios, **como).pk


@pytest.mark.parametrize("rol", list(Rol))
def test_nobody_acts_on_their_own_words_nor_decides_on_their_own_removal(rol):
    quien = cuenta_de(rol)
    mio = enviar(por=quien).aporte
    for intento in (
        lambda: reportar(quien, mio),
        lambda: desestimar(quien, mio),
        lambda: remover_aporte(aporte=mio, por=quien, causa="odio", ahora=AHORA),
        lambda: bloquear_cuenta(cuenta=quien, por=quien, motivo="Yo.", ahora=AHORA),
    ):
        assert not hecho(intento)
    ajeno = enviar().aporte
    if hecho(lambda: remover_aporte(aporte=ajeno, por=quien, causa="odio", ahora=AHORA)):
        ajeno.refresh_from_db()
        apelacion = apelar_remocion(
            aporte=ajeno, por=ajeno.autoria.cuenta, texto="No.", ahora=AHORA
        )
        assert not hecho(lambda: resolver(quien, apelacion))
