"""«Mis aportes» and «Mi aporte»: every row says where it stands, what it answers and what comes next."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consulta.aportes.flows.apelar import apelar_remocion
from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.procesos.models import Asunto
from cuentas.models import User
from tests.consulta.paginas.conftest import aporte
from tests.factories.aportes import contenido
from tests.factories.cuentas import UserFactory

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
