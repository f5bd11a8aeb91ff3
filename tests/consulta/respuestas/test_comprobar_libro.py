"""`comprobar_libro` finds each kind of tampering, also that of someone with the database in hand."""

import contextlib
import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from comun import gatillos
from comun.registro import EventoDetalle
from consulta.aportes.flows.moderar import remover_aporte, reponer_aporte
from consulta.aportes.models import Aporte, Contador
from consulta.procesos.models import Fragmento, VersionBorrador
from consulta.respuestas.flows.cerrar import cerrar_consulta
from consulta.respuestas.libro import sumas
from consulta.respuestas.models import Cierre, Cobertura, Destino, Lote, RespuestaVersion
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory, version_publicada
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db


@pytest.fixture
def libro():
    """A small ledger in every state."""
    consulta = ConsultaFactory()
    fragmento = version_publicada(consulta, ["Uno", "Dos"]).fragmentos.first()
    respondido, pendiente, removido = (aporte(asunto=fragmento.asunto) for _ in range(3))
    responder(respondido)
    remover_aporte(
        aporte=removido, por=UserFactory(moderador=True), causa="odio", motivo="x", ahora=AHORA
    )
    return {"consulta": consulta, "respondido": respondido, "pendiente": pendiente}


def comprobar() -> tuple[int, str]:
    """Exit code and what was printed."""
    salida = io.StringIO()
    try:
        call_command("comprobar_libro", stdout=salida, no_color=True)
    except CommandError as error:
        return error.returncode, salida.getvalue()
    return 0, salida.getvalue()


@contextlib.contextmanager
def sin_gatillos():
    """What someone with the database in hand can do; the test's transaction brings them back."""
    gatillos.retirar(connection, gatillos.declarados())
    yield
    gatillos.instalar(connection, gatillos.declarados())


def test_an_untouched_ledger_balances(libro):
    codigo, salida = comprobar()
    assert codigo == 0 and "El libro cuadra." in salida
    suma = sumas()[0]
    assert (suma.recibidos, suma.respondidos, suma.pendientes, suma.removidos) == (3, 1, 1, 1)


def test_an_empty_ledger_balances(db):
    assert comprobar()[0] == 0


def test_a_correction_and_an_erased_detail_are_no_tampering(libro):
    primera = RespuestaVersion.objects.get()
    responder(
        libro["respondido"],
        por=UserFactory(oficial=True, institucion=primera.respuesta.institucion),
        respuesta=primera.respuesta,
        motivo_cambio="Se revisó.",
        razon="Otra razón.",
        ahora=AHORA + timedelta(hours=1),
    )
    EventoDetalle.objects.first().delete()
    assert comprobar()[0] == 0


def _marcar_respondido(libro):
    Aporte.objects.filter(pk=libro["pendiente"].pk).update(respondido_en=AHORA)
    return f"aportes.aporte:{libro['pendiente'].pk}"


def _desmarcar_respondido(libro):
    Aporte.objects.filter(pk=libro["respondido"].pk).update(respondido_en=None)
    return f"aportes.aporte:{libro['respondido'].pk}"


def _saltar_un_folio(libro):
    Aporte.objects.filter(pk=libro["pendiente"].pk).update(n=40)
    return f"procesos.consulta:{libro['consulta'].pk}"


def _adelantar_el_contador(libro):
    Contador.objects.update(ultimo=9)
    return f"procesos.consulta:{libro['consulta'].pk}"


def _reescribir_la_razon(libro):
    version = RespuestaVersion.objects.get()
    RespuestaVersion.objects.update(razon="Sí se puede.")
    return f"respuestas.respuestaversion:{version.pk}"


def _cambiar_el_resultado(libro):
    Cobertura.objects.update(resultado="incorporada")
    return f"respuestas.respuestaversion:{RespuestaVersion.objects.get().pk}"


def _cambiar_el_destino(libro):
    Destino.objects.update(porque_nada="Por otra cosa.")
    return f"respuestas.respuestaversion:{RespuestaVersion.objects.get().pk}"


def _quitar_el_destino(libro):
    Destino.objects.all().delete()
    return f"respuestas.respuestaversion:{RespuestaVersion.objects.get().pk}"


def _cubrir_otro(libro):
    version = RespuestaVersion.objects.get()
    otra = Cobertura.objects.create(
        version=version, aporte=libro["pendiente"], resultado="no_incorporada"
    )
    Destino.objects.create(cobertura=otra, porque_nada="Nada.")
    Aporte.objects.filter(pk=libro["pendiente"].pk).update(respondido_en=AHORA)
    return f"respuestas.respuestaversion:{version.pk}"


def _reescribir_un_parrafo(libro):
    fragmento = Fragmento.objects.first()
    Fragmento.objects.filter(pk=fragmento.pk).update(texto="Otro texto")
    return f"procesos.fragmento:{fragmento.pk}"


def _quitar_un_parrafo(libro):
    Fragmento.objects.filter(orden=2).first().asunto.delete()
    Fragmento.objects.filter(orden=2).delete()
    return f"procesos.versionborrador:{VersionBorrador.objects.get().pk}"


def _reescribir_la_auditoria(libro):
    detalle = EventoDetalle.objects.first()
    EventoDetalle.objects.filter(pk=detalle.pk).update(despues={"nada": "pasó"})
    return f"comun.evento:{detalle.pk}"


def _quitar_el_vencimiento(libro):
    Aporte.objects.filter(pk=libro["pendiente"].pk).update(vence_el=None)
    return f"aportes.aporte:{libro['pendiente'].pk}"


def _cambiar_la_linea(libro):
    Cobertura.objects.update(linea="Otra.")
    return f"respuestas.cobertura:{Cobertura.objects.get().pk}"


def _responder_dos_veces(libro):
    otra = responder(libro["pendiente"], razon="Otra.")
    Cobertura.objects.filter(version=otra).update(aporte=libro["respondido"])
    return f"aportes.aporte:{libro['respondido'].pk}"


def _cerrar_a_mano(libro):
    type(libro["consulta"]).objects.filter(pk=libro["consulta"].pk).update(respondida_en=AHORA)
    return f"procesos.consulta:{libro['consulta'].pk}"


def _cierre_que_cuenta_mal(libro):
    luego = AHORA + timedelta(days=1)
    Cierre.objects.create(
        consulta=libro["consulta"], recibidos=2, respondidos=1, removidos=1, retirados=0, en=luego
    )
    type(libro["consulta"]).objects.filter(pk=libro["consulta"].pk).update(respondida_en=luego)
    return f"respuestas.cierre:{libro['consulta'].pk}"


def _lote_de_otra_consulta(libro):
    lote = Lote.objects.create(consulta=ConsultaFactory(), nombre="Uno", creado_en=AHORA)
    RespuestaVersion.objects.update(lote=lote)
    return f"respuestas.respuestaversion:{RespuestaVersion.objects.get().pk}"


def _sellar_despues_del_lote(libro):
    lote = Lote.objects.create(
        consulta=libro["consulta"], nombre="Uno", creado_en=AHORA,
        publicado_en=AHORA - timedelta(days=1),
    )  # fmt: skip
    RespuestaVersion.objects.update(lote=lote)
    return f"respuestas.respuestaversion:{RespuestaVersion.objects.get().pk}"


def test_what_changed_in_the_open_after_a_closing_is_told_and_no_fault(libro):
    responder(libro["pendiente"])
    consulta = libro["consulta"]
    cerrar_consulta(consulta=consulta, por=UserFactory(secretaria=True), ahora=consulta.etapa.fin)
    assert "·" not in comprobar()[1]
    reponer_aporte(
        aporte=Aporte.objects.get(situacion="removido"), por=UserFactory(moderador=True),
        razon="Fue un error.", ahora=consulta.etapa.fin + timedelta(hours=1),
    )  # fmt: skip
    codigo, salida = comprobar()
    assert codigo == 0 and "· balance de cada cierre" in salida
    assert "1 aporte volvió a quedar pendiente" in salida


@pytest.mark.parametrize(
    "mano",
    [
        _marcar_respondido, _desmarcar_respondido, _saltar_un_folio, _adelantar_el_contador,
        _reescribir_la_razon, _cambiar_el_resultado, _cambiar_el_destino, _quitar_el_destino,
        _cubrir_otro, _reescribir_un_parrafo, _quitar_un_parrafo, _reescribir_la_auditoria,
        _quitar_el_vencimiento, _cambiar_la_linea, _responder_dos_veces, _cerrar_a_mano,
        _cierre_que_cuenta_mal, _lote_de_otra_consulta, _sellar_despues_del_lote,
    ],
)  # fmt: skip
def test_tampering_is_found_and_its_row_is_named(libro, mano):
    with sin_gatillos():
        fila = mano(libro)
    codigo, salida = comprobar()
    assert codigo == 1
    assert f"✗ {fila} " in salida


def test_its_queries_do_not_grow_with_the_ledger(libro, django_assert_max_num_queries):
    for _ in range(5):
        responder(aporte(consulta=libro["consulta"]))
    with django_assert_max_num_queries(34):
        comprobar()
