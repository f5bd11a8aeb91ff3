from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consulta.aportes.flows.apelar import apelar_remocion
from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.flows.reportar import reportar_aporte
from consulta.aportes.models import Aporte, Bloqueo
from cuentas.roles import Rol
from tests.factories import AHORA
from tests.factories.aportes import aporte, hilo
from tests.factories.cuentas import UserFactory, cuenta_de
from tests.factories.procesos import AsuntoFactory

pytestmark = pytest.mark.django_db
COLA = "/admin/participacion/moderacion/"


@pytest.fixture
def moderadora(client):
    cuenta = UserFactory(moderador=True)
    client.force_login(cuenta)
    return cuenta


def reportar(uno, veces=1, causa="odio"):
    for _i in range(veces):
        reportar_aporte(aporte=uno, por=UserFactory(), causa=causa, ahora=AHORA)


def caso(uno):
    return reverse("moderacion_caso", args=[uno.pk])


@pytest.mark.parametrize("rol", list(Rol))
def test_only_moderation_sees_the_queue(client, rol):
    client.force_login(cuenta_de(rol))
    dentro = rol in (Rol.MODERADOR, Rol.ADMINISTRADOR)
    assert (client.get(COLA).status_code == 200) == dentro
    assert (client.get(caso(aporte())).status_code == 200) == dentro


@pytest.mark.parametrize(
    "ver", ["reportados", "sin_revisar", "apelaciones", "removidos", "bloqueos", "x"]
)
def test_an_empty_queue_says_so(client, moderadora, ver):
    assert 'class="vacio"' in client.get(COLA, {"ver": ver}).content.decode()


def test_reported_ones_come_grouped_the_most_reported_first(client, moderadora):
    poco, mucho = aporte(), aporte()
    reportar(poco)
    reportar(mucho, 3)
    reportar(mucho, causa="publicidad")
    respuesta = client.get(COLA)
    assert [c.aporte for c in respuesta.context["page_obj"].object_list] == [mucho, poco]
    assert respuesta.context["page_obj"].object_list[0].causas[0][1] == 3
    solo = client.get(COLA, {"causa": "publicidad"}).context["page_obj"].object_list
    assert [c.aporte for c in solo] == [mucho]


def test_no_address_of_anybody_is_shown(client, moderadora):
    uno = aporte(por=UserFactory(email="secreta@pruebas.example"))
    reportar(uno)
    for ruta in (COLA, f"{COLA}?ver=sin_revisar", caso(uno)):
        assert "pruebas.example" not in client.get(ruta).content.decode().replace(
            moderadora.email, ""
        )


def test_several_are_removed_at_once_or_the_form_comes_back(client, moderadora):
    filas = [aporte() for _i in range(3)]
    ids = [f.pk for f in filas]
    ruta = f"{COLA}?ver=sin_revisar"
    respuesta = client.post(ruta, {"aporte": ids, "accion": "remover", "motivo": "Venden algo."})
    assert respuesta.status_code == 422
    assert "Venden algo." in respuesta.content.decode()
    client.post(ruta, {"aporte": ids, "accion": "remover", "causa": "publicidad"})
    assert set(Aporte.objects.values_list("causa", flat=True)) == {"publicidad"}


def test_ticked_ones_are_marked_as_read_and_leave_the_queue(client, moderadora):
    uno, dos = aporte(), aporte()
    client.post(f"{COLA}?ver=sin_revisar", {"aporte": [uno.pk, "x", "9" * 30], "accion": "revisar"})
    filas = client.get(f"{COLA}?ver=sin_revisar").context["page_obj"].object_list
    assert [c.aporte for c in filas] == [dos]


def test_a_case_is_dismissed_removed_and_restored_from_its_page(client, moderadora):
    uno = aporte()
    reportar(uno)
    mal = client.post(caso(uno), {"accion": "desestimar", "desestimar-nota": ""})
    assert mal.status_code == 422
    client.post(caso(uno), {"accion": "desestimar", "desestimar-nota": "Es opinión."})
    assert not uno.reportes.filter(estado="abierto").exists()
    client.post(caso(uno), {"accion": "remover", "remover-causa": "ajeno"})
    uno.refresh_from_db()
    assert uno.situacion == "removido"
    client.post(caso(uno), {"accion": "reponer", "reponer-razon": "Me equivoqué."})
    uno.refresh_from_db()
    assert uno.es_visible


def test_what_another_moderator_did_first_is_told(client, moderadora):
    uno = aporte()
    remover_aporte(aporte=uno, por=UserFactory(moderador=True), causa="odio", ahora=AHORA)
    hecho = client.post(caso(uno), {"accion": "remover", "remover-causa": "ajeno"})
    assert "alguien decidió antes" in hecho.content.decode()
    uno.refresh_from_db()
    assert uno.causa == "odio"


def test_an_appeal_is_not_offered_to_whoever_removed(client, moderadora):
    uno = aporte()
    remover_aporte(aporte=uno, por=moderadora, causa="odio", ahora=AHORA)
    apelar_remocion(aporte=uno, por=uno.autoria.cuenta, texto="No.", ahora=AHORA)
    assert "resolver" not in client.get(caso(uno)).context["acciones"]
    assert "lo removió usted" in client.get(f"{COLA}?ver=apelaciones").content.decode()
    client.force_login(UserFactory(administrador=True))
    client.post(
        caso(uno),
        {"accion": "resolver", "resolver-acogida": "si", "resolver-razon": "Tiene razón."},
    )
    uno.refresh_from_db()
    assert uno.es_visible


def test_an_account_is_blocked_from_a_case_and_let_go_from_the_list(client, moderadora):
    uno = aporte()
    client.post(
        caso(uno), {"accion": "bloquear", "bloquear-dias": "3", "bloquear-motivo": "Insiste."}
    )
    bloqueo = Bloqueo.objects.get()
    assert bloqueo.hasta - bloqueo.desde == timedelta(days=3)
    assert bloqueo.desde <= timezone.now()
    client.post(reverse("moderacion_levantar", args=[bloqueo.pk]))
    bloqueo.refresh_from_db()
    assert bloqueo.levantado_en


def test_queues_and_cases_cost_the_same_however_long(
    client, moderadora, django_assert_max_num_queries
):
    asunto = AsuntoFactory()
    raiz = aporte(asunto=asunto)
    reportar(raiz)
    rutas = [COLA, f"{COLA}?ver=sin_revisar", caso(raiz)]
    for ruta in rutas:
        client.get(ruta)
    for replica in hilo(raiz, 12):
        reportar(replica)
    for ruta in rutas:
        with django_assert_max_num_queries(34):
            client.get(ruta)
