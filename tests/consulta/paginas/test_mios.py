"""«Mis aportes» and «Mi aporte»: every row says where it stands, what it answers and what comes next."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consulta.aportes.enums import TipoAporte
from consulta.aportes.flows.apelar import apelar_remocion
from consulta.aportes.flows.enviar import enviar_aporte
from consulta.aportes.flows.invitados import Invitado
from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte, Autoria
from consulta.paginas.filtro_mios import ESTADOS
from consulta.procesos.models import Asunto, Consulta
from cuentas.models import User
from tests.api.conftest import abierta
from tests.consulta.paginas.conftest import aporte
from tests.factories.aportes import contenido
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import version_publicada
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db
MIS = "/mis-aportes/"


def test_a_reply_says_what_it_answers_also_once_withdrawn(
    como_autora: Client, autora: User, parrafo: Asunto
) -> None:
    padre = aporte(asunto=parrafo, dice=contenido("¿Quién paga los traslados?"))
    replica = aporte(padre=padre, por=autora)
    retirar_aporte(aporte=replica, por=autora)
    html = como_autora.get(MIS).content.decode()
    assert f"Responde a {padre.folio}: «¿Quién paga los traslados?»" in html
    assert reverse("paginas:aporte", args=[padre.folio]) in html
    assert "Usted lo retiró" in html
    retirar_aporte(aporte=padre, por=padre.autoria.cuenta)
    html = como_autora.get(MIS).content.decode()
    assert f"Responde a {padre.folio}, que ya no está publicado" in html
    assert "traslados" not in html


def test_a_comment_says_what_paragraph_it_speaks_of(
    como_autora: Client, autora: User, parrafo: Asunto
) -> None:
    aporte(asunto=parrafo, por=autora)
    assert "Sobre el párrafo 1 de la versión 1" in como_autora.get(MIS).content.decode()


def test_what_moderation_removed_says_why_and_leads_to_the_appeal_once(
    como_autora: Client, autora: User, parrafo: Asunto
) -> None:
    fila = aporte(asunto=parrafo, por=autora)
    remover_aporte(
        aporte=fila, por=UserFactory(moderador=True), causa="ajeno", motivo="Habla de otra cosa."
    )
    apelar = reverse("paginas:apelar", args=[fila.folio])
    html = como_autora.get(MIS).content.decode()
    assert "Moderación lo removió: Habla de otra cosa." in html
    assert apelar in html
    fila.refresh_from_db()
    apelar_remocion(aporte=fila, por=autora, texto="Habla de esto mismo.")
    html = como_autora.get(MIS).content.decode()
    assert "Ya apeló" in html
    assert apelar not in html


def test_replies_to_many_cost_what_a_reply_to_one_costs(
    como_autora: Client, autora: User, parrafo: Asunto
) -> None:
    costos = []
    for cuantas in (1, 15):
        for i in range(cuantas):
            ahora = timezone.now() - timedelta(hours=i)
            aporte(padre=aporte(asunto=parrafo, ahora=ahora), por=autora, ahora=ahora)
        como_autora.get(MIS)
        with CaptureQueriesContext(connection) as consultas:
            como_autora.get(MIS)
        costos.append(len(consultas))
    assert costos[0] == costos[1]


def sembrar_estados(consulta: Consulta, autora: User) -> dict[str, Aporte]:
    """One of the author's in each state, in `consulta`."""
    oficial = UserFactory(oficial=True)
    asunto = version_publicada(consulta, ["Uno."]).fragmentos.get().asunto
    ahora = timezone.now()
    filas = {
        e: aporte(asunto=asunto, por=autora, ahora=ahora)
        for e in ("pendiente", "vencido", "respondido", "retirado", "removido")
    }
    vencido = Aporte.objects.filter(pk=filas["vencido"].pk)
    vencido.update(vence_el=ahora.date() - timedelta(days=3))
    rosa = Invitado(correo="rosa@pruebas.example", tramo_edad="adulto")
    filas["sin_confirmar"] = enviar_aporte(
        asunto=asunto, tipo=TipoAporte.OBSERVACION, contenido=contenido(), por=None,
        clave=uuid4(), invitado=rosa,
    ).aporte  # fmt: skip
    Autoria.objects.filter(aporte=filas["sin_confirmar"]).update(cuenta=autora, correo="")
    responder(filas["respondido"], por=oficial, ahora=ahora)
    retirar_aporte(aporte=filas["retirado"], por=autora)
    remover_aporte(
        aporte=filas["removido"], por=UserFactory(moderador=True), causa="ajeno", motivo="Es ajeno."
    )
    return filas


def test_each_state_and_consultation_filters_and_says_how_many_it_leaves(
    como_autora: Client, autora: User
) -> None:
    una, otra = abierta(titulo="Agua potable"), abierta(titulo="Datos abiertos")
    filas = sembrar_estados(una, autora)
    sembrar_estados(otra, autora)
    aporte(asunto=filas["pendiente"].asunto, por=UserFactory(), ahora=timezone.now())
    quedan = {"pendiente": 2} | {e: 1 for e in filas if e != "pendiente"}
    for estado, cuantos in quedan.items():
        html = como_autora.get(MIS, {"estado": estado, "consulta": una.slug}).content.decode()
        assert html.count('<article class="fila-aporte mio">') == cuantos, estado
        if filas[estado].folio and estado != "sin_confirmar":
            assert filas[estado].folio in html
        assert f">{ESTADOS[estado]} ({cuantos})</option>" in html
        assert f">Datos abiertos ({cuantos})</option>" in html
    todos = como_autora.get(MIS).content.decode()
    assert f">{ESTADOS['retirado']} (2)</option>" in todos
    assert "2 respondidos de 6 · 4 pendientes" in todos


def test_a_filter_that_leaves_none_says_so_and_how_to_see_the_others(
    como_autora: Client, autora: User, parrafo: Asunto
) -> None:
    aporte(asunto=parrafo, por=autora)
    html = como_autora.get(MIS, {"estado": "removido"}).content.decode()
    assert "Ninguno de sus aportes es así" in html
    assert ">Ver todos<" in html
    assert '<article class="fila-aporte mio">' not in html
    for raro in ("nada", "x' OR 1=1", ""):
        assert "Ninguno" not in como_autora.get(MIS, {"estado": raro}).content.decode()


def test_the_page_costs_the_same_with_two_or_with_forty_in_any_state(
    como_autora: Client, autora: User
) -> None:
    consulta, costos = abierta(titulo="Agua potable"), []
    asunto = version_publicada(consulta, ["Uno."]).fragmentos.get().asunto
    for cuantos in (2, 38):
        for _i in range(cuantos):
            aporte(asunto=asunto, por=autora, ahora=timezone.now())
        for filtro in ({}, {"estado": "pendiente"}, {"consulta": consulta.slug}):
            como_autora.get(MIS, filtro)
            with CaptureQueriesContext(connection) as consultas:
                como_autora.get(MIS, filtro)
            costos.append(len(consultas))
    assert len(set(costos)) == 1, costos
    assert sum("COUNT(" in c["sql"].upper() for c in consultas.captured_queries) <= 3
