"""The matrix stage × role × verb, by the server's clock."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from comun.errores import SinPermiso
from consulta.aportes.enums import TipoAporte
from consulta.aportes.flows.apelar import apelar_remocion
from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.permissions import puede_apoyar, puede_enviar, puede_reportar
from consulta.procesos.enums import EstadoEtapa, TipoEtapa, Verbo
from consulta.procesos.permissions import puede_gestionar_procesos, puede_participar
from cuentas.roles import Rol
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory, cuenta_de
from tests.factories.procesos import ConsultaFactory

pytestmark = pytest.mark.django_db

ESPERADO = {
    TipoEtapa.RECEPCION: {Verbo.PROPONER, Verbo.REPLICAR, Verbo.APOYAR},
    TipoEtapa.CONSULTA_BORRADOR: {Verbo.OBSERVAR, Verbo.REPLICAR, Verbo.APOYAR},
}


def consulta_de(tipo: TipoEtapa, momento: EstadoEtapa):
    consulta = ConsultaFactory()
    etapa = consulta.etapa
    etapa.tipo = tipo
    etapa.inicio, etapa.fin = {
        EstadoEtapa.FUTURA: (AHORA + timedelta(days=1), AHORA + timedelta(days=2)),
        EstadoEtapa.ABIERTA: (AHORA, AHORA + timedelta(days=1)),
        EstadoEtapa.CERRADA: (AHORA - timedelta(days=1), AHORA),
        EstadoEtapa.SIN_FECHA: (None, None),
    }[momento]
    etapa.save()
    return consulta


@pytest.mark.parametrize("momento", EstadoEtapa)
@pytest.mark.parametrize("tipo", TipoEtapa)
def test_a_stage_allows_its_verbs_while_open_and_nothing_otherwise(tipo, momento):
    consulta = consulta_de(tipo, momento)
    assert consulta.etapa.estado(AHORA) is momento
    permitidos = ESPERADO.get(tipo, set()) if momento is EstadoEtapa.ABIERTA else set()
    for rol in Rol:
        cuenta = cuenta_de(rol)
        hechos = {v for v in Verbo if puede_participar(cuenta, consulta, v, AHORA)}
        assert hechos == permitidos, rol
    assert not any(puede_participar(AnonymousUser(), consulta, v, AHORA) for v in Verbo)
    assert not any(
        puede_participar(UserFactory(is_active=False), consulta, v, AHORA) for v in Verbo
    )


@pytest.mark.parametrize(
    "rasgos", [{"historica": True}, {"publicada": False}], ids=["historical", "unannounced"]
)
def test_historical_and_unannounced_consultations_allow_nothing(rasgos):
    consulta = ConsultaFactory(**rasgos)
    assert not any(puede_participar(UserFactory(), consulta, v, AHORA) for v in Verbo)


def test_paper_and_workshop_contributions_do_not_come_through_the_site():
    for tipo in (TipoAporte.PAPEL, TipoAporte.MESA):
        assert not puede_enviar(UserFactory(), ConsultaFactory(), tipo, AHORA)


def test_only_the_secretariat_and_the_administration_manage_processes():
    gestionan = {rol for rol in Rol if puede_gestionar_procesos(cuenta_de(rol))}
    assert gestionan == {Rol.SECRETARIA, Rol.ADMINISTRADOR}
    assert puede_gestionar_procesos(UserFactory(is_superuser=True))


@pytest.mark.parametrize("momento", EstadoEtapa)
@pytest.mark.parametrize("tipo", TipoEtapa)
def test_supporting_needs_an_open_stage_and_reporting_and_appealing_do_not(tipo, momento):
    fila = aporte()
    etapa, modelo = fila.consulta.etapa, consulta_de(tipo, momento).etapa
    etapa.tipo, etapa.inicio, etapa.fin = modelo.tipo, modelo.inicio, modelo.fin
    etapa.save()
    apoyable = Verbo.APOYAR in ESPERADO.get(tipo, set()) and momento is EstadoEtapa.ABIERTA
    quienes = [cuenta_de(rol) for rol in Rol]
    for cuenta in quienes:
        assert puede_apoyar(cuenta, fila, AHORA) is apoyable, cuenta
        assert puede_reportar(cuenta, fila), cuenta
    for nadie in (AnonymousUser(), UserFactory(is_active=False)):
        assert not puede_apoyar(nadie, fila, AHORA)
        assert not puede_reportar(nadie, fila)
    assert not puede_apoyar(fila.autoria.cuenta, fila, AHORA)
    assert not puede_reportar(fila.autoria.cuenta, fila)
    moderadora = UserFactory(moderador=True)
    fila = remover_aporte(aporte=fila, por=moderadora, causa="odio")
    assert not any(puede_reportar(cuenta, fila) for cuenta in quienes)
    for cuenta in quienes:
        with pytest.raises(SinPermiso):
            apelar_remocion(aporte=fila, texto="Debe volver.", por=cuenta, ahora=AHORA)
    assert apelar_remocion(aporte=fila, texto="Debe volver.", por=fila.autoria.cuenta, ahora=AHORA)
