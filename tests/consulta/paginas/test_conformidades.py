"""The desk of the members of the forum, and what the public reads of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consulta.paginas.presentacion.detalle import versiones_de_respuesta
from consulta.respuestas.enums import Sentido
from consulta.respuestas.flows.dejar import dejar_sin_efecto
from consulta.respuestas.models import ConflictoDeInteres, Conformidad
from foro.enums import Sector
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.foro import consulta_que_pide, decidir, mandato, sellar
from tests.factories.procesos import EtapaFactory

pytestmark = pytest.mark.django_db
MESA, LEER = reverse("paginas:conformidades"), reverse("paginas:leer_juntas")


@pytest.fixture
def consulta():
    ahora = timezone.now()
    etapa = EtapaFactory(inicio=ahora - timedelta(days=5), fin=ahora + timedelta(days=5))
    return consulta_que_pide(etapa=etapa, responder_antes_de=(ahora + timedelta(days=9)).date())


@pytest.fixture
def gobierno():
    return mandato()


@pytest.fixture
def civil():
    return mandato(Sector.SOCIEDAD_CIVIL)


@pytest.fixture
def mesa(client, gobierno):
    client.force_login(gobierno.cuenta)
    return client


def sellada(consulta, **campos):
    ahora = timezone.now()
    return sellar(aporte(consulta=consulta, ahora=ahora), ahora=ahora, **campos)


def una(version):
    return reverse("paginas:conformidad", args=[version.pk])


def datos(version, sentido=Sentido.CONFORME, nota=""):
    return {"sentido": sentido, "nota": nota, "sha256": version.sha256, "mandato": ""}


def test_the_desk_is_for_members_and_nobody_else(client, consulta, gobierno):
    version = sellada(consulta)
    for ruta in (MESA, LEER, una(version)):
        assert client.get(ruta).status_code == 302
    for quien in (UserFactory(), UserFactory(oficial=True), UserFactory(secretaria=True)):
        client.force_login(quien)
        for ruta in (MESA, LEER, una(version), f"{una(version)}conflicto/"):
            assert client.get(ruta).status_code == 403, (quien, ruta)
            assert client.post(ruta, datos(version)).status_code in (403, 405)
    assert not Conformidad.objects.exists()


def test_what_waits_is_listed_due_first_and_leaves_when_decided(mesa, consulta):
    luego, antes = sellada(consulta), sellada(consulta)
    primero = antes.coberturas.get().aporte
    primero.vence_el = timezone.now().date() + timedelta(days=1)
    primero.save(update_fields=["vence_el"])
    filas = mesa.get(MESA).context["filas"]
    assert [f.pk for f in filas] == [antes.pk, luego.pk]
    respuesta = mesa.post(una(antes), datos(antes), follow=True)
    assert respuesta.redirect_chain[-1][0] == una(luego)
    assert [f.pk for f in mesa.get(MESA).context["filas"]] == [luego.pk]
    assert [f.pk for f in mesa.get(MESA, {"estado": "conformes"}).context["filas"]] == []
    assert [f.pk for f in mesa.get(MESA, {"estado": "decididas"}).context["filas"]] == [antes.pk]


def test_a_consultation_where_nothing_is_left_does_not_show_those_of_another(mesa, consulta):
    version, otra = sellada(consulta), sellada(consulta_que_pide())
    filtrada = f"{MESA}?consulta={consulta.slug}"
    assert [f.pk for f in mesa.get(filtrada).context["filas"]] == [version.pk]
    mesa.post(una(version), datos(version))
    vacia = mesa.get(filtrada)
    assert not vacia.context["filas"]
    assert "Ninguna respuesta es así" in vacia.content.decode()
    assert [f.pk for f in mesa.get(f"{MESA}?consulta=no-existe").context["filas"]] == [otra.pk]


def test_a_published_answer_is_not_said_to_be_due(mesa, consulta, gobierno, civil):
    version = sellada(consulta)
    assert "Vence el" in mesa.get(MESA).content.decode()
    decidir(version, civil)
    mesa.post(una(version), datos(version))
    decididas = mesa.get(f"{MESA}?estado=decididas").content.decode()
    assert "Publicada" in decididas and "Vence el" not in decididas
    assert "Usted: <b>Conforme</b>" in decididas


def test_the_page_shows_what_will_be_published_its_hash_and_what_it_answers(mesa, consulta):
    version = sellada(consulta, razon="Porque la ley 20.285 ya lo manda.", linea="Gracias, Ana.")
    texto = mesa.get(una(version)).content.decode()
    for dicho in ("ley 20.285", "Gracias, Ana.", version.sha256, "Falta nombrar a los municipios"):
        assert dicho in texto
    assert "Aún no se publica" in texto


def test_a_decision_without_its_note_comes_back_with_what_was_typed(mesa, consulta):
    version = sellada(consulta)
    sin = mesa.post(una(version), datos(version, Sentido.CON_DISENSO))
    assert sin.status_code == 422
    assert "disiente" in sin.content.decode()
    nada = mesa.post(una(version), {"nota": "Escrito", "sha256": version.sha256})
    assert nada.status_code == 422
    assert "Escrito" in nada.content.decode()
    otro = mesa.post(una(version), datos(version) | {"sha256": "0" * 64})
    assert otro.status_code == 422
    assert not Conformidad.objects.exists()


def test_many_are_read_first_and_approved_together(mesa, consulta, gobierno):
    varias = [sellada(consulta) for _ in range(3)]
    leidas = mesa.get(LEER, {"v": [v.pk for v in varias]}).context["vistas"]
    assert {v.pk for v in leidas} == {v.pk for v in varias}
    nada = mesa.post(LEER, {"v": [v.pk for v in varias]})
    assert nada.status_code == 422
    hecho = mesa.post(LEER, {"leida": [v.leida for v in leidas[:2]]}, follow=True)
    assert "2 respuestas" in hecho.content.decode()
    assert Conformidad.objects.filter(mandato=gobierno).count() == 2


def test_reading_together_survives_whatever_the_address_says(mesa):
    assert mesa.get(LEER, {"v": ["x", "-1", "9" * 30, "٣"]}).status_code == 200
    assert mesa.post(LEER, {"leida": ["x:y", "1", ":", "٣:a"], "v": "1"}).status_code == 422
    assert mesa.post(LEER, {"leida": "999999:abc"}, follow=True).status_code == 200
    assert mesa.get(MESA, {"estado": "\x00", "consulta": "x", "pagina": "-3"}).status_code == 200
    assert mesa.get("/conformidades/999999/").status_code == 404


def test_an_interest_is_declared_on_its_page_and_the_answer_leaves_the_desk(mesa, consulta):
    version = sellada(consulta)
    ruta = reverse("paginas:conflicto", args=[version.pk])
    assert mesa.post(ruta, {"alcance": "consulta"}).status_code == 422
    mesa.post(ruta, {"alcance": "consulta", "motivo": "Asesoré a quien lo propone."})
    assert ConflictoDeInteres.objects.get().respuesta is None
    assert mesa.get(MESA).context["filas"] == []
    assert "no decide" in mesa.get(una(version)).content.decode()


def test_the_difference_with_what_was_sent_back_is_told_word_by_word(mesa, consulta):
    version = sellada(consulta, razon="La ley lo permite desde marzo.")
    uno, oficial = version.coberturas.get().aporte, version.presentada_por
    dejar_sin_efecto(version=version, motivo="Un error", por=oficial)
    nueva = sellar(uno, por=oficial, razon="La ley lo permite desde abril.", ahora=timezone.now())
    (respondido,) = mesa.get(una(nueva)).context["v"].respondidos
    assert respondido.contra == "la versión que quedó sin efecto"
    assert [c.texto for c in respondido.cambio.razon if c.operacion != "igual"] == [
        "marzo",
        "abril",
    ]


@pytest.mark.parametrize("ruta", ["mesa", "leer"])
def test_queries_do_not_grow_with_the_rows(mesa, consulta, ruta, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cuantas(n):
        while Conformidad.objects.model.objects.none().count() + len(hechas) < n:
            hechas.append(sellada(consulta))
        pedido = {"v": [v.pk for v in hechas]} if ruta == "leer" else {}
        with CaptureQueriesContext(
            connection,
        ) as captura:
            assert mesa.get(MESA if ruta == "mesa" else LEER, pedido).status_code == 200
        return len(captura)

    hechas: list = []
    mesa.get(MESA)
    pocas, muchas = cuantas(2), cuantas(8)
    if ruta == "mesa":
        assert muchas == pocas
    else:
        assert muchas - pocas <= 6 * 5, "each answer read in full costs at most five"


def test_the_consultation_says_whose_approval_its_answers_need(client, consulta):
    texto = client.get(consulta.get_absolute_url()).content.decode()
    assert "la conformidad de el Gobierno" not in texto
    assert "la conformidad del Gobierno y de la sociedad civil" in texto


def test_who_sits_in_the_forum_is_public_as_of_any_day(client):
    mandato(nombre="Ana Soto", desde=timezone.now().date() - timedelta(days=40))
    texto = client.get("/foro/").content.decode()
    assert "Ana Soto" in texto
    assert "Ana Soto" not in client.get("/foro/", {"al": "2020-01-01"}).content.decode()
    for mala in ("ayer", "2026-13-45", "\x00", "99999-01-01"):
        assert "no es una fecha" in client.get("/foro/", {"al": mala}).content.decode()


def test_published_answers_say_who_decided_and_dissents_are_listed(
    client, consulta, gobierno, civil
):
    version = sellada(consulta)
    decidir(version, gobierno, Sentido.CON_DISENSO, "Falta un plazo.", ahora=timezone.now())
    uno = version.coberturas.get().aporte
    antes = client.get(uno.get_absolute_url()).content.decode()
    assert "Falta un plazo." not in antes, "nothing of a sealed answer is public"
    decidir(version, civil, ahora=timezone.now())
    for ruta in (uno.get_absolute_url(), reverse("paginas:disensos", args=[consulta.slug])):
        texto = client.get(ruta).content.decode()
        assert "Falta un plazo." in texto, ruta
        assert gobierno.nombre in texto
        assert gobierno.cuenta.email not in texto


def test_an_answer_can_be_told_from_another_by_what_it_shows(consulta, gobierno, civil):
    """Threads keep drawn cards under all that they show: whatever an answer shows has a hash."""
    version = sellada(consulta)
    decidir(version, gobierno, Sentido.CON_DISENSO, "Falta un plazo.", ahora=timezone.now())
    decidir(version, civil, ahora=timezone.now())
    (vista,) = versiones_de_respuesta(version.coberturas.get().aporte)
    assert len(vista.decisiones) == 2
    assert hash(vista) == hash(versiones_de_respuesta(version.coberturas.get().aporte)[0])
