"""The pages on which answers are prepared: for many, saved by themselves, in batches, on spreadsheets."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from consulta.aportes.enums import ClaseGrupo
from consulta.aportes.flows.corregir import corregir_aporte
from consulta.aportes.models import Aporte, Grupo, Pertenece, Punto
from consulta.respuestas.flows.mover import asignar_aportes
from consulta.respuestas.flows.varios import reunir_borrador
from consulta.respuestas.models import Borrador, Lote, Planilla, RespuestaVersion
from cuentas.flows.suplencias import crear_suplencia
from tests.factories.aportes import aporte, contenido
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import version_publicada
from tests.factories.respuestas import compromiso

pytestmark = pytest.mark.django_db
SOLO = {"HTTP_X_REQUESTED_WITH": "fetch"}


@pytest.fixture
def tres(consulta: Any) -> list[Aporte]:
    return [aporte(consulta=consulta, ahora=timezone.now()) for _ in range(3)]


@pytest.fixture
def borrador(tres: list[Aporte], oficial: Any) -> Borrador:
    return reunir_borrador(
        aportes=[a.pk for a in tres], consulta=tres[0].consulta,
        institucion=oficial.institucion, por=oficial,
    ).borrador  # fmt: skip


def ruta(borrador: Borrador) -> str:
    return reverse("borrador_de_respuesta", args=[borrador.pk])


def escrito(borrador: Borrador, **otros: Any) -> dict[str, Any]:
    """The page as a browser would send it, with a whole answer."""
    datos: dict[str, Any] = {
        "visto": borrador.modificado_en.isoformat(),
        "pagina": "1",
        "razon": "La ley vigente no lo permite porque el artículo 3 lo reserva a otra autoridad.",
        "resultado": "no_incorporada",
        "destino": "nada",
        "referencia": "",
        "porque_nada": "La norma ya lo regula.",
        "accion": "publicar",
    }
    for fila in borrador.filas.all():
        for campo in ("resultado", "linea", "destino", "referencia", "porque_nada"):
            datos[f"fila-{fila.aporte_id}-{campo}"] = ""
    return datos | otros


def test_what_was_marked_in_the_queue_becomes_one_draft(como, oficial, tres):
    cliente = como(oficial)
    respuesta = cliente.post(reverse("responder_varios"), {"ids": [a.pk for a in tres]})
    borrador = Borrador.objects.get()
    assert respuesta.headers["Location"] == ruta(borrador)
    assert borrador.filas.count() == 3
    pagina = cliente.get(ruta(borrador))
    assert pagina.status_code == 200
    assert tres[2].folio in pagina.content.decode()


def test_nothing_marked_is_told_in_the_queue(como, oficial, tres):
    cliente = como(oficial)
    respuesta = cliente.post(reverse("responder_varios"), {}, follow=True)
    assert "Elija al menos un aporte" in respuesta.content.decode()
    assert not Borrador.objects.exists()


def test_many_are_answered_on_one_page_each_with_its_own(como, oficial, tres, borrador):
    compromiso(3)
    uno = tres[0].pk
    propios = {f"fila-{uno}-resultado": "parcial", f"fila-{uno}-destino": "compromiso",
               f"fila-{uno}-referencia": "7.3", f"fila-{uno}-linea": "Gracias."}  # fmt: skip
    como(oficial).post(ruta(borrador), escrito(borrador, **propios))
    version = RespuestaVersion.objects.publicadas().get()
    dichas = dict(version.coberturas.values_list("aporte", "resultado"))
    assert dichas == {uno: "parcial", tres[1].pk: "no_incorporada", tres[2].pk: "no_incorporada"}


@pytest.mark.parametrize(
    ("cambio", "dice"),
    [
        ({"razon": ""}, "razón"),
        ({"resultado": ""}, "Elija un resultado"),
        ({"destino": "fragmento", "referencia": "9.99"}, "9.99"),
        ({"razon": "x" * 10_001}, "10000"),
    ],
)
def test_what_is_missing_is_a_422_that_keeps_what_was_typed(
    como, oficial, borrador, tres, cambio, dice
):
    linea = {f"fila-{tres[0].pk}-linea": "Doña Rosa, gracias."}
    respuesta = como(oficial).post(ruta(borrador), escrito(borrador, **cambio, **linea))
    assert respuesta.status_code == 422
    contenido = respuesta.content.decode()
    assert dice in contenido and "Doña Rosa, gracias." in contenido
    assert not RespuestaVersion.objects.exists()


def test_one_thing_missing_everywhere_is_said_once_with_a_way_to_each_row(
    como, oficial, borrador, tres
):
    respuesta = como(oficial).post(ruta(borrador), escrito(borrador, resultado=""))
    aviso = respuesta.content.decode().partition('id="errores"')[2].partition("</div>")[0]
    assert aviso.count("<li>") == 1
    assert all(f'href="#fila-{a.pk}"' in aviso for a in tres)
    assert "Si es igual para todas, dígalo una vez" in aviso


def test_the_preview_publishes_nothing(como, oficial, borrador):
    respuesta = como(oficial).post(ruta(borrador), escrito(borrador, accion="ver"))
    assert respuesta.status_code == 200
    assert "Así quedará" in respuesta.content.decode()
    assert not RespuestaVersion.objects.exists() and Borrador.objects.exists()


@pytest.mark.parametrize("accion", ["ver", "buscar"])
def test_what_shows_the_page_again_shows_each_row_as_it_was_just_written(
    como, oficial, borrador, tres, accion
):
    linea = {f"fila-{tres[0].pk}-linea": "Doña Rosa, gracias."}
    respuesta = como(oficial).post(ruta(borrador), escrito(borrador, accion=accion, **linea))
    [fila] = [f for f in respuesta.context["filas"] if f["aporte"].pk == tres[0].pk]
    assert fila["form"]["linea"].value() == "Doña Rosa, gracias."


def test_a_page_that_saves_itself_says_when_gives_advice_and_names_who_is_here(
    como, oficial, borrador
):
    colega = UserFactory(oficial=True, institucion=oficial.institucion)
    como(colega).get(ruta(borrador))
    datos = escrito(borrador, razon="No corresponde.")
    dicho = como(oficial).post(ruta(borrador), datos, **SOLO).json()
    assert "Guardado a las" in dicho["guardado"]
    assert any("por qué" in c for c in dicho["consejos"])
    assert dicho["editan"] == [colega.nombre_interno]
    assert Borrador.objects.get().razon == "No corresponde."


def test_saving_itself_never_replaces_what_a_colleague_saved(como, oficial, borrador):
    colega = UserFactory(oficial=True, institucion=oficial.institucion)
    viejo = escrito(borrador, razon="Vieja.")
    assert (
        como(colega).post(ruta(borrador), escrito(borrador, razon="Nueva."), **SOLO).status_code
        == 200
    )
    respuesta = como(oficial).post(ruta(borrador), viejo, **SOLO)
    assert respuesta.status_code == 409
    assert Borrador.objects.get().razon == "Nueva."


def test_a_second_window_that_began_with_nothing_does_not_replace_the_first(
    como, oficial, pendiente, datos
):
    ruta_, cliente = reverse("responder_aporte", args=[pendiente.pk]), como(oficial)
    primera = datos | {"razon": "Lo de la primera."}
    assert cliente.post(ruta_, primera, **SOLO).status_code == 200
    assert cliente.post(ruta_, datos | {"razon": "Otra cosa."}, **SOLO).status_code == 409
    assert Borrador.objects.get().razon == "Lo de la primera."
    # Where only the answer to the first saving was lost, the same window goes on.
    sigue = datos | {"razon": "Lo de la primera. Y algo más."}
    assert cliente.post(ruta_, sigue, **SOLO).status_code == 200


def test_the_page_of_one_saves_itself_too(como, oficial, pendiente, datos):
    ruta_ = reverse("responder_aporte", args=[pendiente.pk])
    dicho = como(oficial).post(ruta_, datos | {"razon": "Empezando."}, **SOLO).json()
    assert dicho["visto"] == Borrador.objects.get().modificado_en.isoformat()
    latido = como(oficial).get(ruta_, **SOLO).json()
    assert latido["editan"] == [] and latido["pase"]


def test_another_institution_does_not_see_a_draft(como, borrador):
    assert como(UserFactory(oficial=True)).get(ruta(borrador)).status_code == 403


def test_places_are_found_by_words_and_show_what_changed(como, oficial, consulta):
    version = version_publicada(consulta, ["Publicar presupuestos comunales", "Otra cosa"])
    fragmento = version.fragmentos.get(orden=1)
    buscar = reverse("buscar_lugares", args=[consulta.pk])
    cliente = como(oficial)
    [hallado] = cliente.get(buscar, {"q": "presupuestos"}).json()["lugares"]
    assert (hallado["pk"], hallado["referencia"]) == (fragmento.pk, "1.1")
    cambios = cliente.get(buscar, {"fragmento": fragmento.pk}).json()["cambios"]
    assert cambios == [["pone", "Publicar presupuestos comunales"]]


def test_a_batch_is_made_sealed_and_published_from_its_page(como, oficial, borrador, consulta):
    cliente = como(oficial)
    cliente.post(reverse("lotes_de_respuestas"), {"nombre": "Marzo", "consulta": consulta.pk})
    lote = Lote.objects.get()
    cliente.post(ruta(borrador), escrito(borrador, accion="lote", lote=str(lote.pk)))
    pagina = reverse("lote_de_respuestas", args=[lote.pk])
    for accion in ("sellar", "publicar"):
        assert cliente.post(pagina, {"accion": accion}).status_code == 302
    assert RespuestaVersion.objects.publicadas().get().lote == lote
    assert "Publicado el" in cliente.get(pagina).content.decode()


def test_a_past_time_is_a_422_beside_its_field(como, oficial, borrador, consulta):
    cliente = como(oficial)
    cliente.post(reverse("lotes_de_respuestas"), {"nombre": "Marzo", "consulta": consulta.pk})
    pagina = reverse("lote_de_respuestas", args=[Lote.objects.get().pk])
    respuesta = cliente.post(pagina, {"accion": "programar", "publicar_en": "2020-01-01T10:00"})
    assert respuesta.status_code == 422
    assert "ya pasó" in respuesta.content.decode()


def test_the_queue_goes_out_and_comes_back_from_its_page(como, oficial, tres, consulta):
    cliente = como(oficial)
    salida = cliente.get(
        reverse("exportar_planilla"), {"consulta": consulta.pk, "estado": "pendiente"}
    )
    libro = load_workbook(io.BytesIO(b"".join(salida.streaming_content)))
    hoja = libro["Respuestas"]
    assert hoja.max_row == 4
    for columna, valor in (
        ("G", "Aclaración"),
        ("H", "Era una duda."),
        ("J", "Nada cambia"),
        ("L", "x"),
    ):
        hoja[f"{columna}2"] = valor
    caja = io.BytesIO()
    libro.save(caja)
    archivo = SimpleUploadedFile("r.xlsx", caja.getvalue())
    subida = cliente.post(
        reverse("planillas_de_respuestas"), {"consulta": consulta.pk, "archivo": archivo}
    )
    pagina = subida.headers["Location"]
    assert "Hacer borradores con 1 fila" in cliente.get(pagina).content.decode()
    cliente.post(pagina, {"accion": "confirmar"})
    assert Borrador.objects.get().lote == Planilla.objects.get().lote
    cliente.post(pagina, {"accion": "desechar"})
    assert not Borrador.objects.exists()


def test_a_shared_text_is_answered_once_and_own_additions_stand_out(como, oficial, consulta):
    ahora = timezone.now()
    comun = "Pedimos que las actas se publiquen en diez días y en formato abierto."
    carta = aporte(consulta=consulta, dice=contenido(comun), ahora=ahora)
    dice = contenido(f"{comun} Vivo en Aysén sin internet.")
    propia = aporte(consulta=consulta, dice=dice, ahora=ahora)
    grupo = Grupo.objects.create(
        consulta=consulta, clase=ClaseGrupo.CAMPANA, titulo="Actas", creado_en=ahora
    )
    for uno in (carta, propia):
        Pertenece.objects.create(grupo=grupo, aporte=uno, con_aporte_propio=uno == propia)
    cliente = como(oficial)
    cliente.post(reverse("responder_varios"), {"filtro": f"campana={grupo.pk}"})
    pagina = cliente.get(ruta(Borrador.objects.get())).content.decode()
    assert pagina.count("agrega palabras propias") == 1
    assert "<ins> Vivo en Aysén sin internet" in pagina


def test_the_list_of_drafts_asks_the_same_for_two_and_for_nine(como, oficial, consulta):
    cliente, cuentas = como(oficial), []
    for cuantos in (2, 7):
        for _ in range(cuantos):
            uno = aporte(consulta=consulta, ahora=timezone.now())
            reunir_borrador(aportes=[uno.pk], consulta=consulta, institucion=oficial.institucion,
                            por=oficial)  # fmt: skip
        cliente.get(reverse("borradores_de_respuestas"))
        with CaptureQueriesContext(connection) as hechas:
            cliente.get(reverse("borradores_de_respuestas"))
        cuentas.append(len(hechas))
    assert cuentas[0] == cuentas[1]


def test_a_conversation_is_answered_from_its_page(como, oficial, consulta):
    raiz = aporte(consulta=consulta, ahora=timezone.now())
    aporte(padre=raiz, ahora=timezone.now())
    ruta_ = reverse("responder_rama", args=[raiz.pk])
    cliente = como(oficial)
    assert "2 aportes" in cliente.get(ruta_).content.decode()
    assert cliente.post(ruta_, {"hasta": "mañana"}).status_code == 422
    cliente.post(ruta_, {"hasta": ""})
    borrador = Borrador.objects.get()
    cliente.post(ruta(borrador), escrito(borrador))
    assert "Responde a 2 comentarios de esta conversación" in (
        cliente.get(raiz.get_absolute_url()).content.decode()
    )


def test_what_was_corrected_is_told_in_its_row_and_answered_once_it_was_read(
    como, oficial, tres, borrador
):
    cliente, uno = como(oficial), tres[1]
    datos = escrito(borrador, **{f"fila-{f.pk}-version_leida": "1" for f in tres})
    corregir_aporte(
        aporte=uno, contenido=contenido("Digo otra cosa."), version=1, por=uno.autoria.cuenta
    )
    assert cliente.post(ruta(borrador), datos).status_code == 422
    pagina = cliente.get(ruta(borrador)).content.decode()
    assert pagina.count("lea lo que dice ahora. Al guardar") == 1
    assert f'name="fila-{uno.pk}-version_leida" value="2"' in pagina
    visto = Borrador.objects.get().modificado_en.isoformat()
    datos |= {"visto": visto, f"fila-{uno.pk}-version_leida": "2"}
    assert cliente.post(ruta(borrador), datos).status_code == 302
    assert Aporte.objects.filter(respondido_en__isnull=False).count() == 3


def test_a_reference_that_names_no_place_keeps_the_rest_and_the_page_goes_on_saving(
    como, oficial, borrador
):
    cliente, uno = como(oficial), borrador.filas.first().aporte_id
    mala = {f"fila-{uno}-destino": "fragmento", f"fila-{uno}-referencia": "9.9"}
    dicho = cliente.post(ruta(borrador), escrito(borrador, razon="Primero.", **mala), **SOLO)
    assert dicho.status_code == 422 and "9.9" in dicho.json()["error"]
    assert Borrador.objects.get().razon == "Primero."
    otra = escrito(borrador, razon="Después.", visto=dicho.json()["visto"])
    assert cliente.post(ruta(borrador), otra, **SOLO).status_code == 200
    assert Borrador.objects.get().razon == "Después."


def test_the_page_says_what_each_point_is_answered(como, oficial, consulta):
    uno = aporte(consulta=consulta, dice=contenido("Uno.\n\nDos."), ahora=timezone.now())
    puntos = [Punto.objects.create(aporte=uno, n=n, texto=f"Punto {n}.") for n in (1, 2)]
    borrador = reunir_borrador(
        aportes=[uno.pk], consulta=consulta, institucion=oficial.institucion, por=oficial,
        filas={uno.pk: {"puntos": {str(puntos[0].pk): {"resultado": "aclaracion"}}}},
    ).borrador  # fmt: skip
    pagina = como(oficial).get(ruta(borrador)).content.decode()
    assert "Se responde punto por punto: 1, Aclaración." in pagina


def test_who_stands_in_for_another_institution_answers_its_rows_together(como, tres):
    titular, suplente = UserFactory(oficial=True), UserFactory(oficial=True)
    mesa, hoy = UserFactory(secretaria=True), timezone.localdate()
    crear_suplencia(titular=titular, suplente=suplente, desde=hoy, hasta=hoy, por=mesa)
    asignar_aportes(aportes=[a.pk for a in tres], institucion=titular.institucion, por=mesa)
    cliente = como(suplente)
    cliente.post(reverse("responder_varios"), {"ids": [a.pk for a in tres]})
    assert Borrador.objects.get().institucion == titular.institucion
    pagina = cliente.get(reverse("planillas_de_respuestas"))
    ofrece = set(pagina.context["form"].fields["institucion"].queryset)
    assert ofrece == {titular.institucion, suplente.institucion}
