"""The matrix of order: who reports, appeals, removes, restores, decides and blocks, in every stage."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

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


def publicado(momento, *, historica=False):
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


def removido(momento, **campos):
    fila, codigo = publicado(momento, **campos)
    quien = UserFactory(moderador=True)
    return remover_aporte(aporte=fila, por=quien, causa="odio", ahora=AHORA), codigo


def apelado(momento, **campos):
    fila, _codigo = removido(momento, **campos)
    return apelar_remocion(aporte=fila, por=fila.autoria.cuenta, texto="No fue así.", ahora=AHORA)


def campana(momento, **campos):
    fila, _codigo = publicado(momento, **campos)
    grupo = Grupo.objects.create(
        consulta=fila.consulta, clase="campana", titulo="Carta", creado_en=AHORA
    )
    Pertenece.objects.create(grupo=grupo, aporte=fila)
    return grupo, fila


def reportar(quien, fila):
    return reportar_aporte(aporte=fila, por=quien, causa="odio", ahora=AHORA)


def desestimar(quien, fila):
    reportar(UserFactory(), fila)
    return desestimar_reportes(aporte=fila, por=quien, nota="Es opinión.", ahora=AHORA)


def resolver(quien, apelacion):
    return resolver_apelacion(
        apelacion=apelacion, por=quien, acogida=False, razon="Se mantiene.", ahora=AHORA
    )


def levantar(quien, fila):
    bloqueo = bloquear_cuenta(
        cuenta=fila.autoria.cuenta, por=UserFactory(moderador=True), motivo="Insiste.", ahora=AHORA
    )
    return levantar_bloqueo(bloqueo=bloqueo, por=quien, ahora=AHORA)


ACTOS = {
    "reportar": (TODOS, lambda m, q, **c: reportar(q, publicado(m, **c)[0])),
    "desestimar": (MODERAN, lambda m, q, **c: desestimar(q, publicado(m, **c)[0])),
    "revisar": (
        MODERAN,
        lambda m, q, **c: marcar_revisados(aportes=[publicado(m, **c)[0]], por=q, ahora=AHORA),
    ),
    "remover": (
        MODERAN,
        lambda m, q, **c: remover_aporte(
            aporte=publicado(m, **c)[0], por=q, causa="odio", ahora=AHORA
        ),
    ),
    "reponer": (
        MODERAN,
        lambda m, q, **c: reponer_aporte(
            aporte=removido(m, **c)[0], por=q, razon="Error.", ahora=AHORA
        ),
    ),
    "apelar lo ajeno": (
        set(),
        lambda m, q, **c: apelar_remocion(
            aporte=removido(m, **c)[0], por=q, texto="Debe volver.", ahora=AHORA
        ),
    ),
    "resolver": (MODERAN, lambda m, q, **c: resolver(q, apelado(m, **c))),
    "bloquear": (
        MODERAN,
        lambda m, q, **c: bloquear_cuenta(
            cuenta=publicado(m, **c)[0].autoria.cuenta, por=q, motivo="Insiste.", ahora=AHORA
        ),
    ),
    "levantar": (MODERAN, lambda m, q, **c: levantar(q, publicado(m, **c)[0])),
    "confirmar campaña": (
        REVISAN,
        lambda m, q, **c: revisar_campana(
            grupo=campana(m, **c)[0], por=q, titulo="Carta", ahora=AHORA
        ),
    ),
    "deshacer campaña": (
        REVISAN,
        lambda m, q, **c: deshacer_campana(
            grupo=campana(m, **c)[0], por=q, motivo="No es una.", ahora=AHORA
        ),
    ),
}


def mover(acto, momento, quien, **campos):
    grupo, fila = campana(momento, **campos)
    return acto(grupo=grupo, aportes=[fila], por=quien, ahora=AHORA)


ACTOS["sacar de campaña"] = (REVISAN, lambda m, q, **c: mover(sacar_de_campana, m, q, **c))
ACTOS["devolver a campaña"] = (REVISAN, lambda m, q, **c: mover(devolver_a_campana, m, q, **c))


def hecho(intento) -> bool:
    try:
        intento()
    except SinPermiso:
        return False
    return True


@pytest.mark.parametrize("momento", MOMENTOS)
@pytest.mark.parametrize("acto", ACTOS)
def test_each_act_of_order_is_of_its_roles_whatever_the_stage(acto, momento):
    pueden, hacer = ACTOS[acto]
    assert {r for r in Rol if hecho(lambda r=r: hacer(momento, cuenta_de(r)))} == pueden
    for nadie in (AnonymousUser(), UserFactory(is_active=False)):
        assert not hecho(lambda n=nadie: hacer(momento, n)), nadie


@pytest.mark.parametrize("acto", ACTOS)
def test_what_is_historical_is_kept_in_order_too(acto):
    pueden, hacer = ACTOS[acto]
    hechos = {
        r
        for r in Rol
        if hecho(lambda r=r: hacer(EstadoEtapa.CERRADA, cuenta_de(r), historica=True))
    }
    assert hechos == pueden


@pytest.mark.parametrize("momento", MOMENTOS)
def test_the_author_appeals_by_account_or_code_years_after_and_blocked(momento):
    anios = AHORA + timedelta(days=800)
    for por_codigo in (False, True):
        fila, codigo = removido(momento)
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
