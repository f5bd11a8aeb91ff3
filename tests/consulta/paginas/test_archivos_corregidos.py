"""Files of a correction and of whoever has no account: kept, taken off, served, limited."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consulta.aportes.flows.adjuntar import adjuntar
from consulta.aportes.models import Adjunto, Aporte, Subida
from cuentas.models import User
from tests.consulta.paginas.conftest import aporte, datos_de_propuesta
from tests.factories.archivos import imagen
from tests.factories.subidas import archivo, elegido

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(propuestas):
    return reverse("paginas:proponer", args=[propuestas.slug])


@pytest.fixture
def enviada(autora: User, propuestas) -> Aporte:
    """A proposal sent an hour ago with one file: everyone had time to read it."""
    antes = timezone.now() - timedelta(hours=1)
    fila = aporte(consulta=propuestas, por=autora, ahora=antes)
    with transaction.atomic():
        adjuntar(
            aporte=fila,
            elegidos=[elegido(propuestas, autora, ahora=antes)],
            por=autora,
            ahora=antes,
        )
    return Aporte.objects.con_texto().get(pk=fila.pk)


def datos(fila: Aporte, **campos):
    base = datos_de_propuesta(tema=fila.tema.slug, version=fila.version) | campos
    return {k: v for k, v in base.items() if k not in ("firma", "organizacion")}


def corregir(fila: Aporte) -> str:
    return reverse("paginas:corregir", args=[fila.folio])


def test_the_form_shows_what_is_published_and_keeps_it_unless_it_is_ticked(
    como_autora: Client, enviada
):
    hecho = enviada.adjuntos.get()
    pagina = como_autora.get(corregir(enviada)).content.decode()
    assert f'name="quitar_publicado" value="{hecho.pk}"' in pagina
    assert como_autora.post(corregir(enviada), datos(enviada, titulo="Otro")).status_code == 302
    assert Adjunto.objects.get().hasta is None


def test_one_goes_and_another_comes_and_both_versions_say_so(como_autora: Client, enviada):
    viejo = enviada.adjuntos.get()
    escrito = datos(
        enviada, quitar_publicado=viejo.pk, archivos=[archivo("foto.png", imagen("PNG"))]
    )
    assert como_autora.post(corregir(enviada), escrito).status_code == 302
    assert set(Adjunto.objects.values_list("nombre", "desde", "hasta")) == {
        ("informe.pdf", 1, 1),
        ("foto.png", 2, None),
    }
    pagina = Client().get(reverse("paginas:versiones", args=[enviada.folio])).content.decode()
    assert "Se quitó <a" in pagina
    assert "Se adjuntó <a" in pagina
    viejo = Adjunto.objects.select_related("aporte__consulta").get(pk=viejo.pk)
    assert Client().get(viejo.direccion).status_code == 200


def test_what_was_taken_off_in_the_first_minutes_is_served_no_more(como_autora: Client, url):
    como_autora.post(url, datos_de_propuesta(clave=str(uuid4()), archivos=[archivo()]))
    fila = Aporte.objects.select_related("consulta", "tema").get()
    viejo = fila.adjuntos.select_related("aporte__consulta").get()
    escrito = datos(fila, quitar_publicado=viejo.pk, titulo="Sin el archivo")
    assert como_autora.post(corregir(fila), escrito).status_code == 302
    assert Client().get(viejo.direccion).status_code == 410


def test_an_error_in_a_correction_loses_neither_ticks_nor_files(como_autora: Client, enviada):
    viejo = enviada.adjuntos.get()
    escrito = datos(
        enviada, titulo="", quitar_publicado=viejo.pk, archivos=[archivo("f.png", imagen("PNG"))]
    )
    respuesta = como_autora.post(corregir(enviada), escrito)
    assert respuesta.status_code == 422
    pagina = respuesta.content.decode()
    assert f'value="{viejo.pk}" checked' in pagina
    assert Subida.objects.get().token in pagina


def test_the_same_file_again_is_said_to_be_there(como_autora: Client, enviada):
    respuesta = como_autora.post(corregir(enviada), datos(enviada, archivos=[archivo()]))
    assert respuesta.status_code == 422
    assert "dos veces" in respuesta.content.decode()


def invitado(**campos):
    quien = {"correo": "ana@ejemplo.cl", "tramo_edad": "adulto"}
    return datos_de_propuesta(clave=str(uuid4())) | quien | campos


def test_a_guest_sends_files_which_nobody_sees_before_confirming(url, propuestas):
    propuestas.acepta_invitados = True
    propuestas.save()
    respuesta = Client().post(url, invitado(archivos=[archivo()]))
    assert respuesta.status_code == 302, respuesta.context["form"].errors
    assert Adjunto.objects.get().aporte.confirmado_en is None


def test_of_a_minor_no_file_is_kept(url, propuestas):
    Client().post(url, invitado(accion="adjuntar", archivos=[archivo()]))
    token = Subida.objects.get().token
    escrito = invitado(tramo_edad="menor", adjunto=token, archivos=[archivo("b.png", imagen())])
    assert Client().post(url, escrito).status_code == 422
    assert not Subida.objects.exists()


def test_guests_of_one_address_do_not_fill_the_disk(url, propuestas, settings):
    settings.LIMITES = settings.LIMITES | {"subida_invitado": (1, 3600)}
    archivos = [archivo(), archivo("b.png", imagen("PNG"))]
    respuesta = Client().post(url, invitado(archivos=archivos))
    assert respuesta.status_code == 429
    assert Subida.objects.count() == 1
    assert not Aporte.objects.exists()
