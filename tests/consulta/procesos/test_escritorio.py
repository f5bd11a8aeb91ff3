"""The review of a version in the back office, as a person without scripts uses it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consulta.procesos.flows.borrador import publicar_version
from consulta.procesos.flows.redactar import preparar_version
from consulta.procesos.models import VersionBorrador
from tests.consulta.procesos.test_revisar import DOS, UNO
from tests.factories import AHORA
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def por():
    return UserFactory(secretaria=True)


@pytest.fixture
def mesa(client, por):
    client.force_login(por)
    return client


@pytest.fixture
def segunda(por):
    consulta = ConsultaFactory()
    publicar_version(
        version=preparar_version(consulta=consulta, texto=UNO, por=por), por=por, ahora=AHORA
    )
    return preparar_version(consulta=consulta, texto=DOS, por=por)


def revisar(version, **datos):
    return reverse("revisar_version", args=[version.pk])


def corregir(fila):
    return reverse("corregir_fragmento", args=[fila.pk])


def f(version, orden):
    return version.fragmentos.get(orden=orden)


def test_a_file_is_uploaded_and_reviewed(mesa):
    consulta = ConsultaFactory()
    archivo = SimpleUploadedFile("cualquiera.xyz", b"<h1>Plan</h1><p>Uno.</p>")
    datos = {"consulta": consulta.pk, "titulo": "", "texto": "", "archivo": archivo}
    respuesta = mesa.post(reverse("participacion_versiones_modeladmin_create"), datos)
    version = VersionBorrador.objects.get()
    assert respuesta["Location"] == revisar(version)
    assert [x.texto for x in version.fragmentos.all()] == ["Plan", "Uno."]


def test_a_file_that_cannot_be_read_is_said_and_a_good_one_is_not_chosen_twice(mesa, segunda):
    crear = reverse("participacion_versiones_modeladmin_create")
    for contenido in (b"PK\x03\x04roto", b"%PDF-1.7 x", b"\x00\x01\x02", b""):
        archivo = SimpleUploadedFile("borrador.docx", contenido)
        respuesta = mesa.post(crear, {"consulta": ConsultaFactory().pk, "archivo": archivo})
        assert respuesta.context["form"].errors["archivo"], contenido
    archivo = SimpleUploadedFile("b.md", b"# Bueno")
    respuesta = mesa.post(crear, {"consulta": segunda.consulta_id, "archivo": archivo})
    assert "consulta" in respuesta.context["form"].errors
    assert "# Bueno" in respuesta.content.decode()


def test_the_review_says_what_happened_to_each_fragment(mesa, segunda):
    html = mesa.get(revisar(segunda)).content.decode()
    for palabra in (
        "Nuevo",
        "Igual",
        "Cambia de lugar",
        "Se divide",
        "Eliminado",
        "<ins>",
        "El premio",
    ):
        assert palabra in html
    solo = mesa.get(revisar(segunda) + "?ver=eliminado").content.decode()
    assert "El premio" in solo and "jornadas abiertas" not in solo
    for raro in ("?ver=%00", "?ver=xx&p=99999", "?p=-1", "?p=abc"):
        assert mesa.get(revisar(segunda) + raro).status_code == 200


def test_before_publishing_a_place_that_is_split_counts_once(mesa, segunda):
    divididos = mesa.get(f"{revisar(segunda)}?ver=divide").context["pagina"].object_list
    viejos = {v for fila in divididos for v in fila.viejos}
    assert len(divididos) > len(viejos)
    cambios = mesa.get(reverse("publicar_version", args=[segunda.pk])).context["cambios"]
    assert ("Se divide", len(viejos)) in [(str(c), n) for c, n in cambios]


def test_confirm_correct_split_join_remove_and_undo_with_plain_forms(mesa, segunda):
    fila = f(segunda, 3)
    assert mesa.post(corregir(fila), {"accion": "confirmar"}).status_code == 302
    fila.refresh_from_db()
    assert fila.revisado
    html = mesa.get(corregir(f(segunda, 2))).content.decode()
    assert 'name="corte"' not in html and 'name="anterior"' in html
    mesa.post(corregir(f(segunda, 4)), {"accion": "unir"})
    assert (
        f(segunda, 4).texto
        == "Las comunidades podrán corregir los datos. El visor funcionará en teléfonos sencillos."
    )
    pagina = mesa.get(corregir(f(segunda, 4)))
    corte = pagina.context["cortes"][0].lugar
    mesa.post(corregir(f(segunda, 4)), {"accion": "dividir", "corte": corte})
    assert f(segunda, 5).texto == "El visor funcionará en teléfonos sencillos."
    mesa.post(corregir(f(segunda, 6)), {"accion": "corresponder", "numero": "5"})
    assert f(segunda, 6).anteriores.get().de.orden == 5
    mesa.post(corregir(f(segunda, 6)), {"accion": "quitar"})
    assert segunda.fragmentos.count() == 5
    segunda.refresh_from_db()
    deshacer = reverse("deshacer_cambio", args=[segunda.pk])
    mesa.post(deshacer, {"cambio": segunda.ultimo_cambio["n"]})
    assert f(segunda, 6).anteriores.get().de.orden == 5


def test_what_was_typed_stays_when_it_cannot_be_saved(mesa, segunda):
    fila = f(segunda, 3)
    marca = mesa.get(corregir(fila)).context["marca"]
    mesa.post(
        corregir(fila), {"accion": "guardar", "texto": "Otra persona escribió.", "tipo": "parrafo"}
    )
    respuesta = mesa.post(
        corregir(fila), {"accion": "guardar", "texto": "Lo mío", "tipo": "lista", "marca": marca}
    )
    assert respuesta.status_code == 422 and "Lo mío" in respuesta.content.decode()
    assert "Otra persona cambió" in respuesta.content.decode()
    for datos in (
        {"accion": "guardar", "texto": "", "tipo": "parrafo"},
        {"accion": "dividir", "corte": "99999999999999999999"},
        {"accion": "corresponder", "numero": "77"},
        {"accion": "corresponder", "numero": "x"},
        {"accion": "volar"},
    ):
        assert mesa.post(corregir(fila), datos).status_code == 422, datos
    pk = fila.pk
    fila.delete()
    respuesta = mesa.post(
        reverse("corregir_fragmento", args=[pk]), {"accion": "guardar", "texto": "Lo mío"}
    )
    assert respuesta.status_code == 409 and "Lo mío" in respuesta.content.decode()


def test_publishing_says_what_it_will_do_and_refuses_what_changed_meanwhile(mesa, segunda):
    publicar = reverse("publicar_version", args=[segunda.pk])
    pagina = mesa.get(publicar)
    assert "No se puede deshacer" in pagina.content.decode()
    mesa.post(corregir(f(segunda, 3)), {"accion": "guardar", "texto": "Nuevo.", "tipo": "parrafo"})
    respuesta = mesa.post(publicar, {"marca": pagina.context["marca"]})
    assert respuesta.status_code == 422
    assert mesa.post(publicar, {"marca": respuesta.context["marca"]}).status_code == 302
    segunda.refresh_from_db()
    assert segunda.publicada_en
    assert "Corregir" not in mesa.get(revisar(segunda)).content.decode()
    assert mesa.get(corregir(f(segunda, 3))).status_code == 302


def test_the_preview_is_for_whoever_prepares_it(client, mesa, segunda):
    ruta = reverse("paginas:vista_previa", args=[segunda.consulta.slug, 2])
    assert "Cada hospital" in mesa.get(ruta).content.decode()
    for cuenta in (None, UserFactory(oficial=True)):
        client.logout()
        if cuenta:
            client.force_login(cuenta)
        assert client.get(ruta).status_code == 403


def test_no_one_else_reviews(client, segunda):
    client.force_login(UserFactory(oficial=True))
    for ruta in (
        revisar(segunda),
        corregir(f(segunda, 2)),
        reverse("publicar_version", args=[segunda.pk]),
    ):
        assert client.get(ruta).status_code == 403
    assert client.post(reverse("deshacer_cambio", args=[segunda.pk])).status_code == 403


def test_a_long_version_costs_the_queries_of_a_short_one(mesa, segunda, por):
    def cuantas(version):
        mesa.get(revisar(version))
        with CaptureQueriesContext(
            connection,
        ) as hechas:
            mesa.get(revisar(version))
        return len(hechas)

    corta = cuantas(segunda)
    consulta = ConsultaFactory()
    parrafos = "\n\n".join(f"Párrafo {n} sobre la comuna {n * 7}." for n in range(300))
    publicar_version(
        version=preparar_version(consulta=consulta, texto=parrafos, por=por), por=por, ahora=AHORA
    )
    assert cuantas(preparar_version(consulta=consulta, texto=parrafos, por=por)) == corta
