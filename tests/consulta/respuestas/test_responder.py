"""The main job of an official, through the real form."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from comun.registro import Aviso, Evento
from consulta.aportes.flows.corregir import corregir_aporte
from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.models import Aporte
from consulta.respuestas.enums import Resultado
from consulta.respuestas.escritorio.responder import siguiente_pendiente
from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura
from consulta.respuestas.flows.sellar import sellar_respuesta
from consulta.respuestas.flows.varios import reunir_borrador
from consulta.respuestas.models import Borrador, Cobertura, Respuesta, RespuestaVersion
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory, ConsultaFactory, version_publicada
from tests.factories.respuestas import compromiso, responder

pytestmark = pytest.mark.django_db


def ruta(fila) -> str:
    return reverse("responder_aporte", args=[fila.pk])


def errores(respuesta) -> str:
    assert respuesta.status_code == 422
    return str(respuesta.context["form"].errors)


def test_an_official_publishes_an_answer_and_is_offered_the_next_one(
    como, oficial, pendiente, consulta, datos
):
    otro = aporte(consulta=consulta, ahora=timezone.now())
    respuesta = como(oficial).post(ruta(pendiente), datos, follow=True)
    cobertura = Cobertura.objects.get(aporte=pendiente)
    assert cobertura.version.publicada_en and cobertura.version.n == 1
    assert cobertura.version.respuesta.institucion == oficial.institucion
    pendiente.refresh_from_db()
    assert pendiente.respondido_en and pendiente.institucion == oficial.institucion
    pagina = respuesta.content.decode()
    assert pendiente.get_absolute_url() in pagina
    assert f"Responder el siguiente: {otro.folio}" in pagina
    assert Aviso.objects.filter(razon="respuesta", destino=f"aporte:{pendiente.pk}").count() == 1


def test_the_page_shows_the_words_their_paragraph_and_earlier_answers(
    como, oficial, consulta, datos
):
    version = version_publicada(consulta, ["Cada órgano publicará su presupuesto."])
    asunto = version.fragmentos.get().asunto
    primero = aporte(asunto=asunto, ahora=timezone.now())
    responder(primero, razon="Ya se respondió esto mismo.", ahora=timezone.now())
    fila = aporte(asunto=asunto, ahora=timezone.now())
    pagina = como(oficial).get(ruta(fila)).content.decode()
    assert "Cada órgano publicará su presupuesto." in pagina
    assert "Falta nombrar a los municipios." in pagina
    assert "Ya se respondió esto mismo." in pagina


@pytest.mark.parametrize("destino", ["fragmento", "compromiso", "evento"])
def test_each_destination_is_kept(como, oficial, pendiente, consulta, datos, destino):
    if destino == "fragmento":
        elegido = version_publicada(consulta, ["Uno", "Dos"]).fragmentos.get(orden=2)
    elif destino == "compromiso":
        elegido = compromiso()
    else:
        elegido = _actividad()
    datos |= {
        "resultado": "incorporada",
        "destino": destino,
        destino: elegido.pk,
        "porque_nada": "",
    }
    como(oficial).post(ruta(pendiente), datos)
    dicho = Cobertura.objects.get(aporte=pendiente).destino
    assert getattr(dicho, f"{destino}_id") == elegido.pk


def _actividad():
    from datetime import timedelta

    from noticias.models import AgendaPage, EventoPage

    agenda = AgendaPage.objects.get()
    ahora = timezone.now()
    return agenda.add_child(
        instance=EventoPage(
            title="Mesa de trabajo", inicio=ahora, fin=ahora + timedelta(hours=2), organiza="Red"
        )
    )


@pytest.mark.parametrize(
    ("cambio", "campo"),
    [
        ({"resultado": ""}, "resultado"),
        ({"resultado": "otra"}, "resultado"),
        ({"razon": "   \r\n "}, "razon"),
        ({"razon": "x" * 10_001}, "razon"),
        ({"linea": "x" * 2_001}, "linea"),
        ({"destino": ""}, "destino"),
        ({"porque_nada": ""}, "porque_nada"),
        ({"destino": "fragmento"}, "fragmento"),
        ({"destino": "fragmento", "fragmento": "999999"}, "fragmento"),
        ({"destino": "compromiso", "compromiso": "no"}, "compromiso"),
        ({"destino": "evento"}, "evento"),
        ({"resultado": "incorporada"}, "destino"),
    ],
)
def test_what_is_wrong_appears_beside_its_field_and_nothing_typed_is_lost(
    como, oficial, pendiente, datos, cambio, campo
):
    respuesta = como(oficial).post(
        ruta(pendiente), datos | {"linea": "Gracias, doña Rosa."} | cambio
    )
    assert campo in respuesta.context["form"].errors
    assert "No se guardó" in respuesta.content.decode()
    if "linea" not in cambio:
        assert "Gracias, doña Rosa." in respuesta.content.decode()
    assert not RespuestaVersion.objects.exists()


@pytest.mark.parametrize(
    "texto",
    [
        "<script>alert(1)</script> y <b>negrita</b>",
        "con un nulo \x00 en medio",
        "مرحبا \u202eatrás",
        "🌊🇨🇱 listo",
        "=CMD('x')",
    ],
)
def test_odd_texts_are_published_or_refused_but_never_break(como, oficial, pendiente, datos, texto):
    respuesta = como(oficial).post(ruta(pendiente), datos | {"razon": texto}, follow=True)
    assert respuesta.status_code in (200, 422)
    assert "<script>alert(1)" not in respuesta.content.decode()


def test_a_megabyte_is_refused_and_comes_back(como, oficial, pendiente, datos):
    respuesta = como(oficial).post(ruta(pendiente), datos | {"razon": "ñ" * 1_000_000})
    assert "10000" in errores(respuesta)
    assert "ñ" * 1_000_000 in respuesta.content.decode()


def test_the_same_answer_sent_twice_is_published_once_and_says_so(como, oficial, pendiente, datos):
    cliente = como(oficial)
    cliente.post(ruta(pendiente), datos)
    respuesta = cliente.post(ruta(pendiente), datos, follow=True)
    assert "ya estaba publicada" in respuesta.content.decode()
    assert RespuestaVersion.objects.count() == 1
    assert Evento.objects.filter(verbo="publicar_respuesta").count() == 1


def test_another_answer_published_meanwhile_is_a_conflict_and_keeps_the_text(
    como, oficial, pendiente, datos
):
    colega = UserFactory(oficial=True, institucion=oficial.institucion)
    responder(pendiente, por=colega, ahora=timezone.now())
    respuesta = como(oficial).post(ruta(pendiente), datos | {"razon": "Mi propia razón."})
    assert "se publicó otra respuesta" in respuesta.content.decode()
    assert "Mi propia razón." in respuesta.content.decode()
    assert RespuestaVersion.objects.count() == 1


def test_the_preview_shows_what_would_come_out_and_publishes_nothing(
    como, oficial, pendiente, datos
):
    respuesta = como(oficial).post(ruta(pendiente), datos | {"accion": "ver"})
    pagina = respuesta.content.decode()
    assert "Así quedará" in pagina and "La norma ya lo regula." in pagina
    pendiente.refresh_from_db()
    assert pendiente.respondido_en is None
    assert not RespuestaVersion.objects.exists() and not Aviso.objects.filter(razon="respuesta")


def test_the_preview_tells_what_publishing_would_refuse(como, oficial, pendiente, datos):
    datos |= {"accion": "ver", "razon": ""}
    assert "razon" in errores(como(oficial).post(ruta(pendiente), datos))


def test_a_draft_is_kept_incomplete_and_a_colleague_goes_on(como, oficial, pendiente, datos):
    datos |= {"accion": "guardar", "resultado": "", "razon": "A medio escribir"}
    respuesta = como(oficial).post(ruta(pendiente), datos)
    assert respuesta.status_code == 302
    colega = UserFactory(oficial=True, institucion=oficial.institucion)
    assert "A medio escribir" in como(colega).get(ruta(pendiente)).content.decode()
    ajeno = UserFactory(oficial=True)
    assert "A medio escribir" not in como(ajeno).get(ruta(pendiente)).content.decode()
    pendiente.refresh_from_db()
    assert pendiente.respondido_en is None


def test_a_draft_that_a_colleague_changed_is_not_overwritten_unawares(
    como, oficial, pendiente, datos
):
    datos |= {"accion": "guardar", "razon": "Lo de la colega"}
    colega = UserFactory(oficial=True, institucion=oficial.institucion)
    como(colega).post(ruta(pendiente), datos)
    mio = datos | {"razon": "Lo mío"}
    respuesta = como(oficial).post(ruta(pendiente), mio)
    pagina = respuesta.content.decode()
    assert "guardó este borrador después" in pagina and "Lo mío" in pagina
    visto = respuesta.context["form"]["visto"].value()
    como(oficial).post(ruta(pendiente), mio | {"visto": visto})
    assert Borrador.objects.get().razon == "Lo mío"


def test_publishing_drops_the_draft(como, oficial, pendiente, datos):
    cliente = como(oficial)
    cliente.post(ruta(pendiente), datos | {"accion": "guardar"})
    cliente.post(ruta(pendiente), datos)
    assert Respuesta.objects.get().versiones.count() == 1
    assert not Borrador.objects.exists()


def test_a_correction_is_a_new_version_with_its_reason(como, oficial, pendiente, datos):
    primera = responder(pendiente, por=oficial, ahora=timezone.now())
    cliente = como(oficial)
    pagina = cliente.get(ruta(pendiente)).content.decode()
    assert "Motivo del cambio" in pagina and primera.razon in pagina
    datos |= {"base": primera.pk, "razon": "Se revisó: la ley sí lo permite."}
    assert "motivo_cambio" in errores(cliente.post(ruta(pendiente), datos))
    cliente.post(ruta(pendiente), datos | {"motivo_cambio": "La ley cambió."})
    segunda = RespuestaVersion.objects.get(n=2)
    assert segunda.respuesta == primera.respuesta and segunda.motivo_cambio == "La ley cambió."
    primera.refresh_from_db()
    assert primera.publicada_en


def test_a_correction_sent_twice_makes_one_version(como, oficial, pendiente, datos):
    primera = responder(pendiente, por=oficial, ahora=timezone.now())
    datos |= {"base": primera.pk, "razon": "Otra razón.", "motivo_cambio": "Error nuestro."}
    cliente = como(oficial)
    cliente.post(ruta(pendiente), datos)
    cliente.post(ruta(pendiente), datos)
    assert RespuestaVersion.objects.count() == 2


def test_a_correction_that_changes_nothing_is_refused(como, oficial, pendiente, datos):
    primera = responder(pendiente, por=oficial, ahora=timezone.now())
    datos |= {"base": primera.pk, "motivo_cambio": "Porque sí."}
    assert "no cambió" in como(oficial).post(ruta(pendiente), datos).content.decode()
    assert RespuestaVersion.objects.count() == 1


def test_the_secretariat_says_for_which_institution_it_answers(como, pendiente, oficial, datos):
    secretaria = UserFactory(administrador=True)
    assert "institucion" in errores(como(secretaria).post(ruta(pendiente), datos))
    como(secretaria).post(ruta(pendiente), datos | {"institucion": oficial.institucion.pk})
    assert RespuestaVersion.objects.get().respuesta.institucion == oficial.institucion


def test_what_was_removed_meanwhile_takes_no_answer(como, oficial, pendiente, datos):
    remover_aporte(
        aporte=pendiente, por=UserFactory(moderador=True), causa="odio", motivo="Datos personales"
    )
    respuesta = como(oficial).post(ruta(pendiente), datos, follow=True)
    assert "ya no espera respuesta" in respuesta.content.decode()
    assert not RespuestaVersion.objects.exists()


def test_an_official_without_institution_is_told_so(como, pendiente, datos):
    suelto = UserFactory(oficial=True, institucion=None)
    respuesta = como(suelto).get(ruta(pendiente))
    assert respuesta.status_code == 403 and "institución" in respuesta.content.decode()


def test_nobody_answers_their_own_words_nor_what_another_institution_has(
    como, oficial, consulta, datos
):
    propio = aporte(consulta=consulta, por=oficial, ahora=timezone.now())
    ajeno = aporte(consulta=consulta, ahora=timezone.now())
    ajeno.institucion = UserFactory(oficial=True).institucion
    ajeno.save()
    for fila in (propio, ajeno):
        assert como(oficial).post(ruta(fila), datos).status_code == 403
    assert not RespuestaVersion.objects.exists()


def test_the_paragraphs_offered_are_published_ones_of_this_consultation(
    como, oficial, pendiente, consulta
):
    version_publicada(consulta, ["De esta consulta"])
    version_publicada(AsuntoFactory().consulta, ["De otra consulta"])
    pagina = como(oficial).get(ruta(pendiente)).content.decode()
    assert "§1 De esta consulta" in pagina and "De otra consulta" not in pagina


def test_a_correction_without_reason_that_changes_nothing_is_told_both(
    como, oficial, pendiente, datos
):
    cliente = como(oficial)
    cliente.post(ruta(pendiente), datos)
    version = RespuestaVersion.objects.get()
    igual = datos | {"base": version.pk, "motivo_cambio": ""}
    respuesta = cliente.post(ruta(pendiente), igual)
    form = respuesta.context["form"]
    assert form.has_error("motivo_cambio") and len(form.errors) == 2


def test_a_correction_says_that_it_is_one(como, oficial, pendiente, datos):
    cliente = como(oficial)
    cliente.post(ruta(pendiente), datos)
    base = RespuestaVersion.objects.get().pk
    otra = datos | {"base": base, "razon": "Otra razón.", "motivo_cambio": "Faltaba un dato."}
    dicho = cliente.post(ruta(pendiente), otra, follow=True).content.decode()
    assert "Corrección de la respuesta" in dicho


def test_the_next_one_is_theirs_before_what_nobody_has(como, oficial, pendiente, consulta, datos):
    ajeno, de_casa, suyo = (aporte(consulta=consulta, ahora=timezone.now()) for _ in range(3))
    Aporte.objects.filter(pk=ajeno.pk).update(vence_el=AHORA.date())
    Aporte.objects.filter(pk__in=[de_casa.pk, suyo.pk]).update(institucion=oficial.institucion)
    assert siguiente_pendiente(oficial, pendiente) == de_casa
    Aporte.objects.filter(pk=suyo.pk).update(responsable=oficial)
    assert siguiente_pendiente(oficial, pendiente) == suyo
    Aporte.objects.filter(pk__in=[de_casa.pk, suyo.pk]).update(
        institucion=UserFactory(oficial=True).institucion, responsable=None
    )
    assert siguiente_pendiente(oficial, pendiente) == ajeno


def test_when_a_consultation_is_done_the_next_one_is_of_another(como, oficial, pendiente, datos):
    otra = aporte(consulta=ConsultaFactory(), ahora=AHORA)
    dicho = como(oficial).post(ruta(pendiente), datos, follow=True).content.decode()
    assert f"Responder el siguiente: {otra.folio}" in dicho


def test_a_correction_while_one_answers_shows_the_new_words_and_keeps_the_answer(
    como, oficial, pendiente, datos
):
    cliente = como(oficial)
    assert 'name="version_leida" value="1"' in cliente.get(ruta(pendiente)).content.decode()
    corregir_aporte(
        aporte=pendiente,
        contenido=contenido("Mejor nombrar a las regiones."),
        por=pendiente.autoria.cuenta,
        version=1,
    )
    pagina = cliente.post(ruta(pendiente), datos | {"version_leida": "1"})
    assert "corrigió" in errores(pagina)
    assert "Mejor nombrar a las regiones." in pagina.content.decode()
    assert datos["razon"] in pagina.content.decode()
    assert not Cobertura.objects.exists()
    leida = pagina.context["form"]["version_leida"].value()
    assert cliente.post(ruta(pendiente), datos | {"version_leida": leida}).status_code == 302
    assert Cobertura.objects.get().aporte == pendiente


def test_what_has_a_sealed_answer_is_not_offered_next(como, oficial, pendiente, consulta, datos):
    sellado = aporte(consulta=consulta, ahora=timezone.now() - timedelta(hours=1))
    sellar_respuesta(
        coberturas=[
            LineaDeCobertura(
                sellado, Resultado.NO_INCORPORADA, DestinoElegido(porque_nada="La norma ya lo regula.")
            )
        ],
        razon="Sellada.", institucion=oficial.institucion, por=oficial,
    )  # fmt: skip
    respuesta = como(oficial).post(ruta(pendiente), datos, follow=True)
    assert "publicada" in respuesta.content.decode()
    assert "Responder el siguiente" not in respuesta.content.decode()


@pytest.mark.parametrize("escrito", ["abc", "²", "9" * 20, "-1"])
def test_a_place_that_is_no_number_is_kept_and_shown_as_none(como, oficial, pendiente, escrito):
    otro = aporte(consulta=pendiente.consulta, ahora=timezone.now())
    for tipo in ("fragmento", "compromiso"):
        Borrador.objects.all().delete()
        borrador = reunir_borrador(
            aportes=[pendiente.pk, otro.pk], consulta=pendiente.consulta, por=oficial,
            institucion=oficial.institucion, comunes={"destino": tipo, tipo: escrito},
        ).borrador  # fmt: skip
        pagina = como(oficial).get(reverse("borrador_de_respuesta", args=[borrador.pk]))
        assert pagina.status_code == 200
