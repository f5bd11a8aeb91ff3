"""What surrounds a proposal in public, and how it is put there in the back office."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consulta.aportes.enums import Causa, ClaseGrupo
from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.models import Aporte, Grupo, Punto
from tests.consulta.paginas.conftest import aporte
from tests.factories.archivos import SECRETO
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import TemaFactory
from tests.factories.respuestas import responder
from tests.factories.subidas import archivo

pytestmark = pytest.mark.django_db


def de(**rol) -> Client:
    cliente = Client()
    cliente.force_login(UserFactory(**rol))
    return cliente


def pagina(url: str) -> str:
    respuesta = Client().get(url)
    assert respuesta.status_code == 200
    return respuesta.content.decode()


def test_proposals_merged_in_the_desk_say_so_in_public_and_can_be_undone(propuestas):
    tres = [aporte(consulta=propuestas) for _ in range(3)]
    oficial = de(oficial=True)
    url = reverse("agrupar_propuestas")
    assert tres[0].folio in oficial.get(url).content.decode()
    datos = {"aportes": [a.pk for a in tres], "titulo": "Presupuestos", "texto": "Piden eso."}
    falta = oficial.post(url, datos)
    assert falta.status_code == 422
    assert "por qué se tratan juntas" in falta.content.decode()
    assert falta.content.decode().count(" checked") == 3
    assert oficial.post(url, datos | {"motivo": "Un tema."}).status_code == 302
    grupo = Grupo.objects.get()
    suya = pagina(reverse("paginas:grupo", args=[propuestas.slug, grupo.pk]))
    assert all(a.folio in suya and a.firma in suya for a in tres)
    una = pagina(tres[0].get_absolute_url())
    assert "Se trata junto con 2" in una
    assert tres[2].folio in una
    donde = reverse("deshacer_grupo", args=[grupo.pk])
    assert oficial.post(donde, {"motivo": " "}).status_code == 422
    assert oficial.post(donde, {"motivo": "Eran distintas."}).status_code == 302
    assert "Se trata junto" not in pagina(tres[0].get_absolute_url())
    assert "Eran distintas." in pagina(reverse("paginas:grupo", args=[propuestas.slug, grupo.pk]))


def test_a_divided_proposal_shows_its_points_below_its_whole_text(propuestas):
    una = aporte(consulta=propuestas)
    donde = reverse("dividir_propuesta", args=[una.pk])
    oficial = de(oficial=True)
    assert "Los presupuestos comunales" in oficial.get(donde).content.decode()
    puntos = "# Datos\nPublicar cada presupuesto comunal\n---\nLos presupuestos comunales no se entienden."
    assert oficial.post(donde, {"puntos": puntos, "motivo": "Dos temas."}).status_code == 302
    assert list(Punto.objects.values_list("titulo", flat=True)) == ["Datos", ""]
    assert Grupo.objects.get().clase == ClaseGrupo.DIVISION
    assert "Trata 2 puntos" in pagina(una.get_absolute_url())
    otra = aporte(consulta=propuestas)
    mala = oficial.post(
        reverse("dividir_propuesta", args=[otra.pk]),
        {"puntos": "Publicar cada\n---\nInventado", "motivo": "x"},
    )
    assert mala.status_code == 422
    assert "El punto 2 no está escrito así" in mala.content.decode()


def test_a_letter_entered_in_the_desk_shows_who_entered_it_and_for_whom(propuestas):
    datos = {
        "clave": str(uuid4()), "consulta": propuestas.pk, "canal": "oficio", "referencia": "",
        "recibido": (timezone.localdate() - timedelta(days=2)).isoformat(),
        "organizacion": "Junta de Vecinos 4", "titulo": "Luz en la plaza", "problema": "Está oscura.",
        "texto": "Poner luz.", "tema": TemaFactory().slug, "correo": "junta@ejemplo.example",
    }  # fmt: skip
    secretaria = de(secretaria=True)
    url = reverse("ingresar_aporte")
    assert secretaria.get(url).status_code == 200
    falta = secretaria.post(url, datos)
    assert falta.status_code == 422
    assert "Escriba el número del oficio." in falta.content.decode()
    assert "Luz en la plaza" in falta.content.decode()
    bien = secretaria.post(url, datos | {"referencia": "123", "archivos": [archivo()]})
    assert bien.status_code == 302, bien.context["form"].errors
    una = Aporte.objects.get()
    suya = pagina(una.get_absolute_url())
    assert "en nombre de Junta de Vecinos 4 · Oficio N° 123" in suya
    assert "informe.pdf" in suya
    assert "junta@ejemplo.example" not in suya
    assert SECRETO not in suya


@pytest.mark.parametrize("rol", ["participante", "editor", "moderador"])
def test_the_desk_of_proposals_is_closed_to_others(propuestas, rol):
    una = aporte(consulta=propuestas)
    cliente = de(**{rol: True})
    for url in (
        reverse("ingresar_aporte"),
        reverse("agrupar_propuestas"),
        reverse("grupos_de_propuestas"),
        reverse("dividir_propuesta", args=[una.pk]),
    ):
        assert cliente.get(url).status_code in (302, 403)


def test_the_sheet_has_every_field_the_answer_and_the_address(propuestas):
    una = aporte(consulta=propuestas)
    responder(una)
    hoja = pagina(reverse("paginas:ficha", args=[una.folio]))
    for dicho in (una.folio, "Municipios y SUBDERE.", "La ley vigente no lo permite", una.firma):
        assert dicho in hoja
    assert f"{una.get_absolute_url()}" in hoja
    baja = reverse("paginas:ficha", args=[una.folio.lower()])
    assert Client().get(baja).status_code == 301
    Aporte.objects.filter(pk=una.pk).update(situacion="retirado", motivo="Me equivoqué")
    assert "Municipios y SUBDERE." not in pagina(reverse("paginas:ficha", args=[una.folio]))


def test_an_unknown_group_or_one_of_another_consultation_is_not_there(propuestas):
    assert Client().get(reverse("paginas:grupo", args=[propuestas.slug, 99])).status_code == 404


def test_the_sheet_says_why_it_was_removed_and_what_asks_no_answer(parrafo):
    uno = aporte(asunto=parrafo)
    voz = aporte(padre=uno, por=UserFactory(oficial=True), institucional=True)
    ruta = reverse("paginas:ficha", args=[voz.folio])
    assert "No espera respuesta" in pagina(ruta) and "Todavía no tiene" not in pagina(ruta)
    remover_aporte(aporte=uno, por=UserFactory(moderador=True), causa="publicidad")
    hoja = pagina(reverse("paginas:ficha", args=[uno.folio]))
    assert f"Norma que no cumple: {Causa.PUBLICIDAD.label}." in hoja and "Volver al aporte" in hoja
