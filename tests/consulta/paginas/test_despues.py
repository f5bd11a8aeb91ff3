"""The author speaks after: the pages, by account, by private code, and over the API."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comun.avisos import enviar_aviso
from comun.registro import Aviso
from consulta.aportes.codigos import codigo_de
from consulta.respuestas.models import Opinion, Revision
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory, EtapaFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db


@pytest.fixture
def consulta():
    ahora = timezone.now()
    return ConsultaFactory(
        etapa=EtapaFactory(inicio=ahora - timedelta(days=5), fin=ahora + timedelta(days=5))
    )


@pytest.fixture
def uno(consulta):
    fila = aporte(consulta=consulta, ahora=timezone.now() - timedelta(days=1))
    responder(fila, ahora=timezone.now() - timedelta(hours=2))
    fila.refresh_from_db()
    return fila


def ruta(uno, cual="opinion"):
    return reverse(f"paginas:{cual}", args=[uno.folio])


def test_the_author_sees_the_buttons_and_others_what_was_said(client, uno):
    client.force_login(uno.autoria.cuenta)
    pagina = client.get(uno.get_absolute_url()).content.decode()
    assert 'name="responde"' in pagina and "Lo que diga es público" in pagina
    hecho = client.post(ruta(uno), {"responde": "en_parte", "version": 1})
    assert hecho.status_code == 302 and hecho["Location"].endswith("#despues")
    client.logout()
    publica = client.get(uno.get_absolute_url()).content.decode()
    assert "le responde en parte" in publica and 'name="responde"' not in publica


def test_a_get_of_the_mails_link_says_nothing_and_shows_the_way_in(client, uno):
    assert "Muestre que es suyo con el código privado" in client.get(ruta(uno)).content.decode()
    client.force_login(uno.autoria.cuenta)
    assert client.get(ruta(uno), {"responde": "si", "version": 1}).status_code == 200
    assert not Opinion.objects.exists()
    enviar_aviso.func(Aviso.objects.get(razon="respuesta").pk)
    mensaje = mail.outbox[-1]
    for cuerpo in (str(mensaje.body), str(mensaje.alternatives[0][0])):
        assert ruta(uno) in cuerpo


def test_by_the_private_code_from_mi_aporte(client, uno):
    codigo = codigo_de(aporte_id=uno.pk, sal=uno.autoria.sal)
    client.post(reverse("paginas:mi_aporte"), {"folio": uno.folio, "codigo": codigo})
    mio = client.get(reverse("paginas:mi_aporte")).content.decode()
    assert ruta(uno) in mio
    hecho = client.post(
        ruta(uno), {"responde": "no", "version": 1, "siguiente": reverse("paginas:mi_aporte")}
    )
    assert hecho["Location"] == reverse("paginas:mi_aporte")
    assert Opinion.objects.get().responde == "no"
    assert client.post(ruta(uno, "revision"), {"texto": "Falta", "version": 1}).status_code == 302
    assert "en revisión" in client.get(reverse("paginas:mi_aporte")).content.decode()


def test_what_was_answered_is_not_corrected_under_review_and_the_page_says_why(client, uno):
    client.force_login(uno.autoria.cuenta)
    client.post(ruta(uno, "revision"), {"texto": "Falta el plazo.", "version": 1})
    suya = client.get(uno.get_absolute_url()).content.decode()
    assert "Ya no se corrige: su respuesta habla de lo que dice ahora" in suya
    assert ruta(uno, "corregir") not in client.get("/mis-aportes/").content.decode()
    formulario = client.get(ruta(uno, "corregir")).content.decode()
    assert "tampoco mientras se revisa" in formulario and "<textarea" not in formulario
    tarde = client.post(ruta(uno, "corregir"), {"texto": "Otra cosa, debajo.", "version": 1})
    assert tarde.status_code == 422 and "Otra cosa, debajo." in tarde.content.decode()
    assert uno.versiones.count() == 1


@pytest.mark.parametrize("otra", ["//malo.example/", "https://malo.example/", "javascript:1"])
def test_it_never_sends_anyone_to_another_site(client, uno, otra):
    client.force_login(uno.autoria.cuenta)
    hecho = client.post(ruta(uno), {"responde": "si", "version": 1, "siguiente": otra})
    assert hecho["Location"].startswith("/aportes/")


def test_another_account_may_not(client, uno):
    client.force_login(UserFactory())
    for cual in ("opinion", "revision"):
        assert client.get(ruta(uno, cual)).status_code == 403
        assert client.post(ruta(uno, cual), {"responde": "no", "version": 1}).status_code == 403
    client.logout()
    client.post(ruta(uno), {"responde": "no", "version": 1})
    assert not Opinion.objects.exists()


@pytest.mark.parametrize(
    "malo",
    [{}, {"responde": "quizás", "version": 1}, {"responde": "si"}, {"responde": "si", "version": "x"},
     {"responde": "si", "version": 10**30}, {"responde": "si", "version": 2}],
)  # fmt: skip
def test_bad_opinions_come_back_with_the_error(client, uno, malo):
    client.force_login(uno.autoria.cuenta)
    respuesta = client.post(ruta(uno), malo)
    assert respuesta.status_code == 422
    assert "errores" in respuesta.content.decode()
    assert not Opinion.objects.exists()


@pytest.mark.parametrize("malo", [{}, {"texto": " "}, {"texto": "a" * 2_001}, {"texto": "\0"}])
def test_a_bad_review_loses_nothing_typed(client, uno, malo):
    client.force_login(uno.autoria.cuenta)
    respuesta = client.post(ruta(uno, "revision"), {"version": 1, **malo})
    assert respuesta.status_code == 422
    assert malo.get("texto", "").strip("\0 ") in respuesta.content.decode()
    assert not Revision.objects.exists()


def test_an_open_review_is_public_and_is_resolved_by_the_next_version(client, uno):
    version = uno.coberturas.get().version
    client.force_login(uno.autoria.cuenta)
    client.post(ruta(uno, "revision"), {"texto": "No dice <b>por qué</b>", "version": 1})
    client.logout()
    abierta = client.get(uno.get_absolute_url()).content.decode()
    assert "Respuesta en revisión" in abierta
    assert "&lt;b&gt;por qué&lt;/b&gt;" in abierta
    responder(
        uno, por=version.presentada_por, respuesta=version.respuesta, ahora=timezone.now(),
        motivo_cambio="Se mantiene: la ley no lo permite.",
    )  # fmt: skip
    resuelta = client.get(uno.get_absolute_url()).content.decode()
    assert "el resultado se mantiene" in resuelta and "Respuesta en revisión" not in resuelta
    enviar_aviso.func(Aviso.objects.filter(razon="respuesta").latest("pk").pk)
    assert mail.outbox[-1].subject.endswith(f"Revisamos la respuesta a su aporte {uno.folio}")


def test_the_officials_mail_warns_whoever_sealed_it(client, uno):
    version = uno.coberturas.get().version
    colega = UserFactory(oficial=True, institucion=version.respuesta.institucion)
    client.force_login(uno.autoria.cuenta)
    client.post(ruta(uno, "revision"), {"texto": "Falta el plazo.", "version": 1})
    cuerpos = {}
    for aviso in Aviso.objects.filter(razon="revision_pedida"):
        enviar_aviso.func(aviso.pk)
        cuerpos[aviso.cuenta] = str(mail.outbox[-1].body)
    assert "conviene que la lea otra persona" in cuerpos[version.presentada_por_id]
    assert "conviene" not in cuerpos[colega.pk] and "Falta el plazo." in cuerpos[colega.pk]
    client.force_login(version.presentada_por)
    pagina = client.get(reverse("responder_aporte", args=[uno.pk])).content.decode()
    assert "conviene que la lea otra persona" in pagina and "Falta el plazo." in pagina


def test_mis_aportes_costs_the_same_with_one_answer_or_many(client, consulta):
    persona = UserFactory()
    client.force_login(persona)

    def cuantas():
        with CaptureQueriesContext(
            connection,
        ) as consultas:
            assert client.get(reverse("paginas:mis_aportes")).status_code == 200
        return len(consultas)

    def otro():
        fila = aporte(consulta=consulta, por=persona, ahora=timezone.now() - timedelta(days=1))
        responder(fila, ahora=timezone.now() - timedelta(hours=2))
        client.post(ruta(fila, "revision"), {"texto": "Falta", "version": 1})
        client.post(ruta(fila), {"responde": "no", "version": 1})

    otro()
    client.get(reverse("paginas:mis_aportes"))
    con_uno = cuantas()
    for _ in range(4):
        otro()
    assert cuantas() == con_uno


def api(uno, cual):
    return reverse(f"api:{cual}", args=[uno.folio])


def test_the_same_over_the_api(client, uno):
    codigo = codigo_de(aporte_id=uno.pk, sal=uno.autoria.sal)

    def enviar(cual, **datos):
        return client.post(api(uno, cual), datos, content_type="application/json")

    assert client.get(api(uno, "opinion")).status_code == 404
    assert enviar("opinion", responde="si", version=1).status_code == 401
    assert enviar("opinion", responde="si", version=1, codigo="MALO").status_code == 403
    assert enviar("opinion", responde="tal vez", version=1, codigo=codigo).status_code in (400, 422)
    assert enviar("opinion", responde="si", version=9, codigo=codigo).status_code == 409
    assert enviar("opinion", responde="si", version=1, codigo=codigo).json()["responde"] == "si"
    assert client.get(api(uno, "opinion")).json()["version"] == 1
    pedida = enviar("revision_pedida", texto="Falta el plazo.", version=1, codigo=codigo)
    assert pedida.status_code == 201 and pedida.json()["vence_el"]
    assert enviar("revision_pedida", texto="Otra", version=1, codigo=codigo).status_code == 409
    detalle = client.get(reverse("api:aporte", args=[uno.folio])).json()
    assert detalle["estado"] == "pendiente"
    assert detalle["opinion"]["responde"] == "si" and detalle["revision"]["texto"]
    client.force_login(UserFactory(moderador=True))
    client.defaults["HTTP_X_CSRFTOKEN"] = ""
    assert enviar("borrar_revision", motivo="Nombra a alguien.").json()["texto"] is None


@pytest.mark.parametrize(
    ("responde", "queda"),
    [
        ("si", "Usted dijo que le responde. No hay nada más que hacer."),
        ("no", "Usted dijo que no le responde: puede pedir que la revisen, hasta el"),
    ],
)
def test_mis_aportes_says_what_is_left_to_whoever_already_spoke(client, uno, responde, queda):
    client.force_login(uno.autoria.cuenta)
    antes = client.get("/mis-aportes/").content.decode()
    assert "Lea la respuesta y díganos si le responde." in antes
    client.post(ruta(uno), {"responde": responde, "version": 1})
    despues = client.get("/mis-aportes/").content.decode()
    assert queda in despues
    assert "Lea la respuesta y díganos si le responde." not in despues
