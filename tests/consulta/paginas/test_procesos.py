"""The page of a process says where one is, what one can do now and what comes next, in every state."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from consulta.procesos.flows.plazos import prorrogar_etapa
from consulta.procesos.models import Excepcion
from tests.consulta.paginas.conftest import aporte, consulta_abierta
from tests.factories import aportes
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory, ConsultaFactory, EtapaFactory, ProcesoFactory

pytestmark = pytest.mark.django_db


def pagina(client, proceso):
    return " ".join(client.get(proceso.get_absolute_url()).content.decode().split())


def etapa_en(dias, hasta, **mas):
    ahora = timezone.now()
    return EtapaFactory(
        inicio=ahora + timedelta(days=dias), fin=ahora + timedelta(days=hasta), **mas
    )


def test_nothing_announced_says_so(client):
    texto = pagina(client, ProcesoFactory())
    assert "En preparación" in texto and "Las etapas aún no se anuncian" in texto


def test_before_it_opens_one_can_take_the_dates(client):
    texto = pagina(client, etapa_en(20, 40).proceso)
    assert "Todavía no comienza" in texto and "Agregar las fechas" in texto
    assert "/calendario.ics" in texto and "webcal://" in texto


def test_open_has_the_button_and_the_time_left(client):
    consulta = consulta_abierta(propuestas=True)
    texto = pagina(client, consulta.etapa.proceso)
    assert f'href="/consultas/{consulta.slug}/propuestas/nueva/"' in texto
    assert "Quedan 20 días" in texto


def test_closing_today_says_the_hour(client):
    ahora = timezone.now()
    etapa = EtapaFactory(inicio=ahora - timedelta(days=2), fin=ahora + timedelta(minutes=1))
    assert "Cierra hoy a" in pagina(client, etapa.proceso) or "mañana" in pagina(
        client, etapa.proceso
    )


def test_closed_and_answering_then_answered(client):
    consulta = ConsultaFactory(cerrada=True)
    enviado = aporte(consulta=consulta, ahora=consulta.etapa.inicio + timedelta(days=1))
    assert "se está respondiendo" in pagina(client, consulta.etapa.proceso)
    type(enviado).objects.filter(pk=enviado.pk).update(respondido_en=timezone.now())
    assert "El proceso terminó" in pagina(client, consulta.etapa.proceso)


def lista(client):
    return " ".join(client.get("/procesos/").content.decode().split())


def test_the_list_leads_to_each_stage_on_the_page_of_its_process(client):
    etapa = etapa_en(-2, 5, descripcion="Seis jornadas.", orden=3)
    destino = f"{etapa.proceso.get_absolute_url()}#etapa-3"
    assert f'href="{destino}"' in lista(client)
    assert 'id="etapa-3"' in pagina(client, etapa.proceso)


def test_the_list_begins_with_what_is_open(client):
    abierto, terminado = etapa_en(-2, 5).proceso, etapa_en(-9, -5).proceso
    texto = lista(client)
    assert texto.index(abierto.titulo) < texto.index(terminado.titulo)


def test_the_list_says_of_a_closed_one_that_it_is_being_answered(client):
    consulta = ConsultaFactory(cerrada=True)
    ahora = timezone.now()
    EtapaFactory(
        proceso=consulta.etapa.proceso,
        orden=9,
        inicio=ahora + timedelta(days=9),
        fin=ahora + timedelta(days=10),
    )
    assert "Entre etapas" in lista(client)
    aporte(consulta=consulta, ahora=consulta.etapa.inicio + timedelta(days=1))
    texto = lista(client)
    assert "Se está respondiendo" in texto
    assert "Próximamente" not in texto


def test_the_list_costs_the_same_whatever_it_holds(client):
    def cuantas():
        with CaptureQueriesContext(connection) as captura:
            lista(client)
        return len(captura)

    aporte(consulta=ConsultaFactory())
    lista(client)
    antes = cuantas()
    for _ in range(4):
        aporte(consulta=ConsultaFactory())
    assert cuantas() == antes


@pytest.mark.parametrize(
    ("dias", "hasta", "dice"),
    [
        (-2, 5, "Hasta ese día usted puede corregir o retirar lo que envió."),
        (5, 9, "Entre esos días podrá corregir o retirar lo que envíe."),
        (-9, -5, "Hasta ese día se pudo corregir o retirar lo enviado."),
    ],
)
def test_a_consultation_says_when_one_can_correct(client, dias, hasta, dice):
    consulta = ConsultaFactory(etapa=etapa_en(dias, hasta))
    texto = pagina(client, consulta)
    assert dice in texto
    assert texto.count("corregir o retirar") == 1


def test_a_closed_form_begins_by_saying_so_and_leads_on(client):
    consulta = consulta_abierta(propuestas=True)
    type(consulta.etapa).objects.update(fin=timezone.now() - timedelta(days=1))
    texto = " ".join(
        client.get(f"{consulta.get_absolute_url()}propuestas/nueva/").content.decode().split()
    )
    assert "El plazo para participar terminó" in texto
    assert "Antes de escribir" not in texto
    assert (
        f'href="{consulta.get_absolute_url()}"'
        in texto.split("El plazo para participar terminó")[1]
    )


def test_without_dates_and_historical(client):
    assert "Por definir" in pagina(client, EtapaFactory(sin_fecha=True).proceso)
    historico = ProcesoFactory(historico=True)
    EtapaFactory(proceso=historico, sin_fecha=True)
    texto = pagina(client, historico)
    assert "Sin dato en la fuente" in texto and "El proceso terminó" in texto


def test_planned_and_actual_dates_tell_the_slip(client):
    ahora = timezone.now()
    etapa = EtapaFactory(
        inicio=ahora - timedelta(days=40), fin=ahora - timedelta(days=3),
        prevista_inicio=ahora - timedelta(days=40), prevista_fin=ahora - timedelta(days=17),
    )  # fmt: skip
    texto = pagina(client, etapa.proceso)
    assert "Terminó 14 días después de lo previsto" in texto and "Previsto: " in texto


def test_extensions_and_exceptions_are_public(client):
    consulta = consulta_abierta()
    etapa = consulta.etapa
    prorrogar_etapa(
        etapa=etapa, fin=etapa.fin + timedelta(days=5), razon="Lo pidió <b>la mesa</b>.",
        por=UserFactory(secretaria=True),
    )  # fmt: skip
    Excepcion.objects.create(
        consulta=consulta, regla="anticipacion", dias=3, razon="Urgía.", en=timezone.now()
    )
    for direccion in (etapa.proceso, consulta):
        texto = pagina(client, direccion)
        assert "Lo pidió &lt;b&gt;la mesa" in texto
        assert "con 3 días de anticipación" in texto and "Urgía." in texto


def test_the_page_costs_the_same_whatever_it_holds(client):
    proceso = ProcesoFactory()
    medidas = []
    for _ in range(2):
        for _vez in range(3):
            etapa = etapa_en(-5, 5, proceso=proceso)
            consulta = ConsultaFactory(etapa=etapa)
            aportes.aporte(asunto=AsuntoFactory(consulta=consulta), ahora=timezone.now())
        with CaptureQueriesContext(connection) as hechas:
            client.get(proceso.get_absolute_url())
        medidas.append(len(hechas))
    assert medidas[0] == medidas[1]


def eventos_de(client, proceso):
    respuesta = client.get(f"/procesos/{proceso.slug}/calendario.ics")
    assert respuesta["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(respuesta.content).walk("VEVENT"), respuesta.content


def test_the_calendar_keeps_identity_and_counts_changes(client):
    consulta = consulta_abierta()
    etapa, proceso = consulta.etapa, consulta.etapa.proceso
    EtapaFactory(proceso=proceso, sin_fecha=True)
    EtapaFactory(
        proceso=proceso, inicio=None, fin=None,
        prevista_inicio=etapa.fin, prevista_fin=etapa.fin + timedelta(days=9),
    )  # fmt: skip
    (real, previsto), antes = eventos_de(client, proceso)
    assert (real["status"], previsto["status"]) == ("CONFIRMED", "TENTATIVE")
    assert real["sequence"] == 0 and real.decoded("dtend") == etapa.fin.replace(microsecond=0)
    assert eventos_de(client, proceso)[1] == antes
    nuevo = etapa.fin + timedelta(days=5)
    prorrogar_etapa(etapa=etapa, fin=nuevo, razon="Más tiempo.", por=UserFactory(secretaria=True))
    (cambiado, _previsto), _crudo = eventos_de(client, proceso)
    assert cambiado["uid"] == real["uid"] and cambiado["sequence"] == 1
    assert cambiado.decoded("dtend") == nuevo.replace(microsecond=0)
    assert "Más tiempo." in cambiado["description"]


def test_a_process_without_dates_has_an_empty_calendar_and_an_unknown_one_none(client):
    assert eventos_de(client, ProcesoFactory())[0] == []
    assert client.get("/procesos/no-hay/calendario.ics").status_code == 404
