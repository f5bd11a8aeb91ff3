"""Windows moved while others decide the same, announce, or send. On both databases."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from comun.errores import DatoInvalido, FueraDePlazo
from consulta.aportes.enums import TipoAporte
from consulta.aportes.flows.enviar import enviar_aporte
from consulta.aportes.models import Aporte
from consulta.procesos.flows.anunciar import anunciar_consulta
from consulta.procesos.flows.plazos import prorrogar_etapa
from consulta.procesos.models import Asunto, Prorroga
from tests.consulta.aportes.test_carreras import a_la_vez, hasta_que_alguien_espere
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory, ConsultaFactory

pytestmark = pytest.mark.django_db(transaction=True)


def prorrogar(etapa, fin, por, ahora=AHORA):
    return prorrogar_etapa(etapa=etapa, fin=fin, razon="r", por=por, ahora=ahora)


def test_two_extensions_at_once_follow_each_other_or_the_second_is_told():
    etapa, por = ConsultaFactory().etapa, UserFactory(secretaria=True)
    fines = [etapa.fin + timedelta(days=d) for d in (1, 2, 3, 3)]
    hechos = a_la_vez([lambda f=f: prorrogar(etapa, f, por) for f in fines])
    assert all(isinstance(h, Prorroga | DatoInvalido) for h in hechos), hechos
    etapa.refresh_from_db()
    assert etapa.fin == fines[-1]
    anterior = AHORA + timedelta(days=20)
    for fila in Prorroga.objects.order_by("fin_nuevo"):
        assert fila.fin_anterior == anterior, "each starts where the one before left it"
        anterior = fila.fin_nuevo
    assert anterior == etapa.fin


def test_announcing_and_extending_at_once_do_not_wait_for_each_other():
    por = UserFactory(secretaria=True)
    consultas = [
        ConsultaFactory(
            publicada=False,
            etapa__inicio=AHORA + timedelta(days=20),
            etapa__fin=AHORA + timedelta(days=30),
        )
        for _ in range(4)
    ]
    tareas = []
    for fila in consultas:
        fin = fila.etapa.fin + timedelta(days=1)
        tareas.append(lambda c=fila: anunciar_consulta(consulta=c, por=por, ahora=AHORA))
        tareas.append(lambda c=fila, f=fin: prorrogar(c.etapa, f, por))
    hechos = a_la_vez(tareas)
    assert not [h for h in hechos if isinstance(h, Exception)], hechos


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_a_sending_that_crosses_the_end_while_it_is_extended_is_judged_by_what_is_decided():
    asunto = AsuntoFactory()
    etapa, autora = asunto.consulta.etapa, UserFactory()
    por, clave, cierre = UserFactory(secretaria=True), uuid4(), etapa.fin
    decidida, soltar = threading.Event(), threading.Event()

    def extender():
        try:
            with transaction.atomic():
                prorrogar(etapa, cierre + timedelta(days=1), por, cierre - timedelta(seconds=1))
                decidida.set()
                soltar.wait(20)
        finally:
            connections.close_all()

    def enviar(ahora):
        fresco = Asunto.objects.select_related("consulta__etapa__proceso").get(pk=asunto.pk)
        return enviar_aporte(
            asunto=fresco, tipo=TipoAporte.OBSERVACION, contenido=contenido(), por=autora,
            clave=clave, ahora=ahora,
        )  # fmt: skip

    hilo = threading.Thread(target=extender)
    hilo.start()
    try:
        assert decidida.wait(20)
        with pytest.raises(FueraDePlazo):
            enviar(cierre)
        assert not Aporte.objects.exists()
    finally:
        soltar.set()
        hilo.join()
    assert enviar(cierre).nuevo, "the same sending again enters"
    with pytest.raises(FueraDePlazo):
        enviar_aporte(
            asunto=Asunto.objects.select_related("consulta__etapa__proceso").get(pk=asunto.pk),
            tipo=TipoAporte.OBSERVACION, contenido=contenido(), por=autora, clave=uuid4(),
            ahora=cierre + timedelta(days=1),
        )  # fmt: skip


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_a_reply_written_while_its_stage_is_extended_and_the_extension_both_stand():
    """The reply holds the row of its root, whose day the extension moves, and looks at the consultation
    when it is written: neither waits for the other."""
    asunto = AsuntoFactory(consulta__plazo_habiles=10)
    raiz, por, autora = aporte(asunto=asunto), UserFactory(secretaria=True), UserFactory()
    escrita = threading.Event()

    def replicar():
        with transaction.atomic():
            hecha = aporte(padre=raiz, por=autora)
            escrita.set()
            hasta_que_alguien_espere()
        return hecha

    def extender():
        assert escrita.wait(20)
        return prorrogar(asunto.consulta.etapa, AHORA + timedelta(days=30), por)

    hechos = a_la_vez([replicar, extender])
    assert not [h for h in hechos if isinstance(h, Exception)], hechos
