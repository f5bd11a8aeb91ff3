"""Reporting, moderating and appealing by a program, with an allauth headless session."""

import pytest
from django.utils import timezone

from consulta.aportes.flows.colocar import agrupar_nuevos
from consulta.aportes.models import Aporte, Bloqueo
from tests.consulta.paginas.conftest import consulta_abierta
from tests.factories.aportes import aporte, contenido
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory

pytestmark = pytest.mark.django_db
CARTA = " ".join(f"palabra{i}" for i in range(30))


@pytest.fixture
def asunto():
    return AsuntoFactory(consulta=consulta_abierta())


@pytest.fixture
def como(client):
    def entrar(cuenta):
        client.force_login(cuenta)
        return client

    return entrar


def ir(cliente, fila, verbo, **datos):
    return cliente.post(
        f"/api/v2/aportes/{fila.folio}/{verbo}/", datos, content_type="application/json"
    )


def test_report_remove_appeal_and_restore_from_end_to_end(como, asunto):
    uno = aporte(asunto=asunto, ahora=timezone.now())
    moderadora, admin = UserFactory(moderador=True), UserFactory(administrador=True)
    assert ir(como(UserFactory()), uno, "reportar", causa="odio").status_code == 201
    cola = como(moderadora).get("/api/v2/moderacion/").json()["resultados"]
    assert cola[0]["folio"] == uno.folio
    assert cola[0]["causas"] == [{"causa": "odio", "cuantos": 1}]
    assert "pruebas.example" not in str(cola)
    assert ir(como(moderadora), uno, "remover", causa="odio").status_code == 200
    leido = como(moderadora).get(f"/api/v2/aportes/{uno.folio}/").json()
    assert (leido["estado"], leido["causa"], leido["texto"]) == ("removido", "odio", None)
    assert ir(como(uno.autoria.cuenta), uno, "apelar", texto="No insulté.").status_code == 201
    mal = ir(como(moderadora), uno, "resolver-apelacion", acogida=True, razon="Sí.")
    assert mal.status_code == 403
    assert ir(como(admin), uno, "resolver-apelacion", acogida=True, razon="Sí.").status_code == 200
    assert como(admin).get(f"/api/v2/aportes/{uno.folio}/").json()["repuesto_razon"] == "Sí."


def test_nobody_without_the_role_moderates(como, asunto, client):
    uno = aporte(asunto=asunto, ahora=timezone.now())
    for verbo, datos in (
        ("remover", {"causa": "odio"}),
        ("desestimar", {"nota": "x"}),
        ("reponer", {"razon": "x"}),
        ("resolver-apelacion", {"acogida": True, "razon": "x"}),
        ("bloquear", {"motivo": "x"}),
    ):
        assert ir(como(UserFactory(oficial=True)), uno, verbo, **datos).status_code == 403, verbo
    assert como(UserFactory()).get("/api/v2/moderacion/").status_code == 403
    client.logout()
    assert client.get("/api/v2/moderacion/").status_code == 401
    assert Aporte.objects.get(pk=uno.pk).es_visible
    assert not Bloqueo.objects.exists()


def test_a_blocked_account_is_refused_in_words(como, asunto):
    uno = aporte(asunto=asunto, ahora=timezone.now())
    assert (
        ir(como(UserFactory(moderador=True)), uno, "bloquear", motivo="Insiste").status_code == 200
    )
    otro = aporte(asunto=asunto, ahora=timezone.now())
    respuesta = ir(como(uno.autoria.cuenta), otro, "reportar", causa="odio")
    assert respuesta.status_code == 403
    assert "Insiste." in respuesta.json()["errores"]["general"][0]


def test_over_the_limit_a_program_is_told_when_to_come_back(como, asunto, settings):
    settings.LIMITES = settings.LIMITES | {"reportar": (0, 3600)}
    uno = aporte(asunto=asunto, ahora=timezone.now())
    respuesta = ir(como(UserFactory()), uno, "reportar", causa="odio")
    assert respuesta.status_code == 429
    assert 0 < int(respuesta["Retry-After"]) <= 3600
    assert respuesta.json()["codigo"] == "demasiados_intentos"


def test_shared_texts_are_read_by_anyone(client, asunto):
    for _i in range(3):
        aporte(asunto=asunto, dice=contenido(CARTA), ahora=timezone.now())
    agrupar_nuevos(timezone.now())
    [uno] = client.get("/api/v2/textos-compartidos/", {"consulta": asunto.consulta.slug}).json()[
        "resultados"
    ]
    assert uno["frase"] == "1 texto, 3 personas, 0 con aportes propios"
    assert client.get("/api/v2/textos-compartidos/").status_code == 400
    html = client.get(f"/textos-compartidos/{uno['id']}/").content.decode()
    assert "1 texto, 3 personas" in html
    slug = asunto.consulta.slug
    assert (
        "1 texto, 3 personas"
        in client.get(f"/consultas/{slug}/textos-compartidos/").content.decode()
    )
    assert client.get("/como-agrupamos/").status_code == 200


def test_a_moderator_lifts_a_block_and_marks_as_read(como, asunto):
    uno = aporte(asunto=asunto, ahora=timezone.now())
    moderadora = UserFactory(moderador=True)
    for verbo in ("levantar-bloqueo", "revisar"):
        assert ir(como(UserFactory(oficial=True)), uno, verbo).status_code == 403
    assert ir(como(moderadora), uno, "levantar-bloqueo").status_code == 409
    ir(como(moderadora), uno, "bloquear", motivo="Insiste")
    assert ir(como(moderadora), uno, "levantar-bloqueo").json()["hecho"] == "desbloqueado"
    assert Bloqueo.objects.get().levantado_por == moderadora
    assert ir(como(moderadora), uno, "revisar").json()["hecho"] == "revisado"
    assert Aporte.objects.get(pk=uno.pk).revisado_en
