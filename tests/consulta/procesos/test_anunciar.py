"""Announcing a consultation: what it needs, what is fixed for ever, and what the public sees."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from comun.errores import Conflicto, DatoInvalido, SinPermiso
from consulta.procesos.flows.anunciar import anunciar_consulta
from consulta.procesos.flows.gestionar import crear_consulta, editar_consulta
from tests.factories import AHORA
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory, EtapaFactory, version_publicada

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretaria():
    return UserFactory(secretaria=True)


def sin_anunciar(**etapa):
    return ConsultaFactory(etapa=EtapaFactory(**etapa), publicada=False)


def test_a_complete_consultation_is_announced_and_never_again(secretaria):
    consulta = anunciar_consulta(
        consulta=sin_anunciar(futura=True), por=secretaria, razon_excepcion="Urge.", ahora=AHORA
    )
    assert consulta.publicada and consulta.anunciada_en == AHORA
    with pytest.raises(Conflicto):
        anunciar_consulta(consulta=consulta, por=secretaria, ahora=AHORA)


@pytest.mark.parametrize(
    ("etapa", "cambios", "dice"),
    [
        ({"tipo": "seleccion"}, {}, "no recibe aportes"),
        ({"inicio": None}, {}, "no tiene fecha de inicio"),
        ({"fin": None}, {}, "no tiene fecha de término"),
        ({"cerrada": True}, {}, "ya terminó"),
        ({}, {"responder_antes_de": None}, "Falta «Responder antes de»"),
        ({}, {"responder_antes_de": AHORA.date()}, "vencerían antes"),
    ],
    ids=["tipo", "inicio", "fin", "terminada", "sin respuesta", "respuesta antes del cierre"],
)
def test_what_is_missing_is_said_and_nothing_is_announced(secretaria, etapa, cambios, dice):
    consulta = sin_anunciar(**etapa)
    type(consulta).objects.filter(pk=consulta.pk).update(**cambios)
    with pytest.raises(DatoInvalido, match=dice):
        anunciar_consulta(consulta=consulta, por=secretaria, ahora=AHORA)
    consulta.refresh_from_db()
    assert not consulta.publicada and consulta.anunciada_en is None


def test_creating_or_editing_it_as_announced_asks_the_same(secretaria):
    etapa = EtapaFactory(tipo="seleccion")
    textos = {"titulo": "T", "resumen": "r", "que_se_puede_cambiar": "q", "quien_decide": "d"}
    with pytest.raises(DatoInvalido, match="no recibe aportes"):
        crear_consulta(por=secretaria, etapa=etapa, slug="t", sigla="TT", publicada=True, **textos)
    consulta = sin_anunciar(tipo="seleccion")
    with pytest.raises(DatoInvalido, match="no recibe aportes"):
        editar_consulta(objeto=consulta, por=secretaria, publicada=True)


def test_only_the_secretariat_announces():
    with pytest.raises(SinPermiso):
        anunciar_consulta(consulta=sin_anunciar(), por=UserFactory(oficial=True), ahora=AHORA)


def abierta(**kwargs):
    ahora = timezone.now()
    etapa = EtapaFactory(inicio=ahora - timedelta(days=1), fin=ahora + timedelta(days=9))
    vence = (ahora + timedelta(days=20)).date()
    return ConsultaFactory(etapa=etapa, responder_antes_de=vence, **kwargs)


def test_the_step_says_what_stays_and_warns_of_the_missing_draft(client, secretaria):
    client.force_login(secretaria)
    consulta = abierta(publicada=False)
    ruta = reverse("anunciar_consulta", args=[consulta.pk])
    pagina = client.get(ruta).content.decode()
    assert consulta.get_absolute_url() in pagina and f"{consulta.sigla}-0001" in pagina
    assert "El borrador se publicará pronto" in pagina
    sin_razon = client.post(ruta)
    assert sin_razon.status_code == 422
    assert "razon_excepcion" in sin_razon.context["form"].errors
    hecho = client.post(ruta, {"razon_excepcion": "Urge."}, follow=True).content.decode()
    assert "quedó anunciada" in hecho
    consulta.refresh_from_db()
    assert consulta.publicada


def test_the_step_offers_no_button_while_something_is_missing(client, secretaria):
    client.force_login(secretaria)
    consulta = abierta(publicada=False)
    type(consulta).objects.update(responder_antes_de=None)
    ruta = reverse("anunciar_consulta", args=[consulta.pk])
    pagina = client.get(ruta).content.decode()
    assert "Responder antes de" in pagina and "Anunciar esta consulta" not in pagina
    client.post(ruta)
    consulta.refresh_from_db()
    assert not consulta.publicada
    client.force_login(UserFactory(editor=True))
    assert client.get(ruta).status_code == 403


def test_without_a_draft_the_public_page_says_so_and_offers_no_dead_end(client):
    consulta = abierta()
    borrador = reverse("paginas:borrador", args=[consulta.slug])
    for ruta in (consulta.get_absolute_url(), reverse("paginas:consultas")):
        assert borrador not in client.get(ruta).content.decode()
    assert (
        "El borrador se publicará pronto"
        in client.get(consulta.get_absolute_url()).content.decode()
    )
    version_publicada(consulta, ["Uno"])
    pagina = client.get(consulta.get_absolute_url()).content.decode()
    assert borrador in pagina and "se publicará pronto" not in pagina
