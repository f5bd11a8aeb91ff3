from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from comun.fechas import SANTIAGO
from consulta.respuestas.enums import Resultado
from portal.models import InicioPage
from portal.portada import (
    actividades_destacadas,
    balance_general,
    consultas_abiertas,
    portada,
    ultimas_respuestas,
)
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.paginas import EventoFactory, ImagenFactory, NoticiaFactory
from tests.factories.procesos import ConsultaFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db


def titulos(actividades):
    return [a["titulo"] for a in actividades]


def test_featured_activity_leaves_the_carousel_by_itself_when_it_ends():
    evento = EventoFactory(title="Sesión", destacado=True)
    un_instante = timedelta(microseconds=1)
    assert titulos(actividades_destacadas(ahora=evento.fin - un_instante)) == ["Sesión"]
    assert titulos(actividades_destacadas(ahora=evento.fin)) == []


def test_carousel_shows_only_what_is_public_featured_and_not_called_off():
    EventoFactory(title="Sí", destacado=True)
    EventoFactory(title="No destacada")
    EventoFactory(title="Borrador", destacado=True, borrador=True)
    EventoFactory(title="Privada", destacado=True, privada=True)
    EventoFactory(title="Suspendida", destacado=True, suspendido_motivo="Lluvia.")
    EventoFactory(title="Retirada", destacado=True, retirado_motivo="Error.")
    assert titulos(actividades_destacadas(ahora=AHORA)) == ["Sí"]


def test_carousel_marks_the_activity_under_way():
    EventoFactory(destacado=True, en_curso=True)
    EventoFactory(destacado=True)
    assert [a["insignia"] for a in actividades_destacadas(ahora=AHORA)] == ["abierta", ""]


def test_open_consultations_close_first_on_top_and_say_how_long():
    ConsultaFactory(titulo="Larga", etapa__fin=AHORA + timedelta(days=12))
    fin = datetime(2026, 11, 11, 0, 0, tzinfo=SANTIAGO)
    ConsultaFactory(titulo="Hoy", etapa__fin=fin)
    ConsultaFactory(titulo="Sin anunciar", publicada=False)
    ConsultaFactory(titulo="Cerrada", cerrada=True)
    ConsultaFactory(titulo="Futura", futura=True)
    abiertas = consultas_abiertas(ahora=AHORA)
    assert [(c["titulo"], c["queda"], c["pie"]) for c in abiertas] == [
        ("Hoy", "Cierra hoy a la medianoche", "Hasta el 10 de noviembre"),
        ("Larga", "Quedan 12 días", "Hasta el 22 de noviembre"),
    ]
    assert [c["titulo"] for c in consultas_abiertas(ahora=fin)] == ["Larga"]


def test_ledger_line_counts_every_announced_consultation():
    consulta = ConsultaFactory()
    responder(aporte(consulta=consulta))
    aporte(consulta=consulta)
    aporte(consulta=ConsultaFactory())
    assert balance_general(hoy=AHORA.date()).frase == "1 respondido de 3 · 2 pendientes"


def test_last_answers_are_told_once_per_text_newest_first():
    consulta = ConsultaFactory()
    juntos = [aporte(consulta=consulta) for _ in range(3)]
    responder(*juntos, razon="La primera razón.")
    otra = aporte(consulta=consulta)
    responder(otra, razon="La segunda razón.", ahora=AHORA + timedelta(minutes=1))
    filas = ultimas_respuestas()
    assert [f["razon"] for f in filas] == ["La segunda razón.", "La primera razón."]
    assert filas[0]["folio"] == otra.folio
    assert filas[0]["resultado"] == Resultado.NO_INCORPORADA


def llenar(cuantos):
    for i in range(cuantos):
        EventoFactory(destacado=True, imagen=ImagenFactory())
        NoticiaFactory(imagen=ImagenFactory())
        consulta = ConsultaFactory()
        responder(aporte(consulta=consulta), ahora=AHORA + timedelta(minutes=i))


def cuantas_consultas():
    portada(ahora=AHORA)
    with CaptureQueriesContext(connection) as hechas:
        portada(ahora=AHORA)
    return len(hechas)


def test_front_page_costs_the_same_with_one_and_with_twenty_five():
    llenar(1)
    una = cuantas_consultas()
    llenar(24)
    assert cuantas_consultas() == una


def test_empty_front_page_says_what_to_do_next(client):
    cuerpo = client.get("/").content.decode()
    for frase in (
        "Ahora no hay consultas abiertas",
        "No hay actividades destacadas",
        "Aún no hay respuestas publicadas",
        "Aún no hay noticias",
    ):
        assert frase in cuerpo
    assert "Lo que usted propone recibe una respuesta" in cuerpo


def test_front_page_draws_all_it_finds(rf):
    llenar(2)
    pagina = InicioPage.objects.get()
    respuesta = pagina.serve(RequestFactory().get("/"))
    contexto = pagina.get_context(RequestFactory().get("/"), ahora=AHORA)
    respuesta.context_data |= {k: contexto[k] for k in ("actividades", "consultas", "respuestas")}
    cuerpo = respuesta.render().content.decode()
    assert "data-carrusel" in cuerpo
    assert "Quedan 20 días" in cuerpo
    assert contexto["respuestas"][0]["folio"] in cuerpo
