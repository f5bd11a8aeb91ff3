"""Every way there is to hide a thing takes it out of the search in the same transaction."""

from datetime import timedelta

import pytest
from wagtail.models import Page, PageViewRestriction

from comun import buscador
from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.procesos.flows.borrador import publicar_version
from consulta.procesos.models import Fragmento, VersionBorrador
from portal.models import PaginaEstandar
from search.models import Ficha
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido, contenido_de_propuesta
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory, ConsultaFactory
from tests.factories.respuestas import compromiso, responder
from tests.search.conftest import preguntar, titulos

pytestmark = pytest.mark.django_db


def hay(texto: str, *tipos: str) -> bool:
    respuesta = preguntar(texto, *tipos)
    assert respuesta.total == len(respuesta.resultados)
    return bool(respuesta.total)


def test_contribution_is_found_by_words_folio_and_theme() -> None:
    consulta = ConsultaFactory(propuestas=True)
    enviado = aporte(consulta=consulta, dice=contenido_de_propuesta(titulo="Humedales abiertos"))
    for texto in ("humedal", enviado.folio, enviado.tema.nombre, "visualizador"):
        assert "Humedales abiertos" in titulos(texto, "propuesta"), texto
    [por_region] = preguntar("biobio").resultados
    assert ("Biobío", True) in por_region.extracto


def test_author_is_not_found_by_name() -> None:
    persona = UserFactory(nombre_publico="Filomena Quidel", email="filomena@correo.example")
    aporte(por=persona, dice=contenido("Sobre el agua"))
    assert hay("agua")
    assert not hay("Filomena")
    assert not hay("filomena@correo.example")


def test_withdrawn_contribution_leaves() -> None:
    persona = UserFactory()
    enviado = aporte(por=persona, dice=contenido("Murciélago"))
    assert hay("murciélago")
    retirar_aporte(aporte=enviado, por=persona, ahora=AHORA)
    assert not hay("murciélago")
    assert not Ficha.objects.filter(texto__contains="Murciélago").exists()


def test_removed_contribution_leaves() -> None:
    enviado = aporte(dice=contenido("Murciélago"))
    remover_aporte(
        aporte=enviado,
        causa="odio",
        motivo="Datos de otra persona",
        por=UserFactory(moderador=True),
        ahora=AHORA,
    )
    assert not hay("murciélago")


def test_unconfirmed_contribution_never_enters() -> None:
    enviado = aporte()
    sin_confirmar = Aporte.objects.create(
        consulta=enviado.consulta, asunto=enviado.asunto, tipo="observacion", enviado_en=AHORA,
        clave_idempotencia="11111111-1111-1111-1111-111111111111",
    )  # fmt: skip
    sin_confirmar.versiones.create(n=1, texto="Zarigüeya", en=AHORA)
    buscador.proyectar([sin_confirmar])
    assert not hay("zarigüeya")


def test_unannounced_consultation_hides_all_that_hangs_from_it() -> None:
    consulta = ConsultaFactory(titulo="Consulta del humedal")
    version = VersionBorrador.objects.create(consulta=consulta, n=1)
    Fragmento.objects.create(version=version, orden=1, tipo="parrafo", texto="Ornitorrinco")
    publicar_version(version=version, por=UserFactory(secretaria=True), ahora=AHORA)
    enviado = aporte(consulta=consulta, dice=contenido("Murciélago"))
    responder(enviado, razon="Zarigüeya")
    palabras = ("humedal", "ornitorrinco", "murciélago", "zarigüeya")
    assert all(hay(palabra) for palabra in palabras)
    consulta.publicada = False
    consulta.save()
    assert not any(hay(palabra) for palabra in palabras)
    consulta.publicada = True
    consulta.save()
    assert all(hay(palabra) for palabra in palabras)


def test_answer_leaves_with_the_last_contribution_it_answers() -> None:
    persona = UserFactory()
    consulta = ConsultaFactory()
    uno, dos = (aporte(consulta=consulta, por=persona) for _ in range(2))
    responder(uno, dos, razon="Zarigüeya")
    [antes] = preguntar("zarigüeya").resultados
    assert antes.direccion == uno.get_absolute_url()
    moderador = UserFactory(moderador=True)
    remover_aporte(aporte=uno, causa="odio", motivo="Repetido", por=moderador, ahora=AHORA)
    [ahora] = preguntar("zarigüeya").resultados
    assert ahora.direccion == dos.get_absolute_url()
    remover_aporte(aporte=dos, causa="odio", motivo="Repetido", por=moderador, ahora=AHORA)
    assert not hay("zarigüeya")


def test_draft_is_found_once_published_and_only_its_newest_version() -> None:
    consulta, secretaria = ConsultaFactory(), UserFactory(secretaria=True)
    for n, texto in ((1, "Ornitorrinco antiguo"), (2, "Ornitorrinco nuevo")):
        version = VersionBorrador.objects.create(consulta=consulta, n=n)
        Fragmento.objects.create(version=version, orden=1, tipo="parrafo", texto=texto)
        buscador.proyectar(version.fragmentos.all())
        assert not hay(texto.split()[1])
        publicar_version(version=version, por=secretaria, ahora=AHORA + timedelta(minutes=n))
        assert preguntar("ornitorrinco", "fragmento").total == 1
    assert hay("nuevo")
    assert not hay("antiguo")


def test_commitment_and_plan_are_found_and_leave_when_deleted() -> None:
    hecho = compromiso()
    hecho.titulo = "Catastro de humedales"
    hecho.save()
    assert titulos("humedal") == ["Catastro de humedales"]
    hecho.delete()
    assert not hay("humedal")


def test_page_is_found_while_it_is_live(pagina: PaginaEstandar) -> None:
    assert hay("murciélago")
    pagina.resumen = "Ornitorrinco"
    pagina.save_revision()
    assert not hay("ornitorrinco"), "un borrador no se publica solo"
    pagina.get_latest_revision().publish()
    assert hay("ornitorrinco")
    assert not hay("murciélago")
    pagina.refresh_from_db()
    pagina.unpublish()
    assert not hay("ornitorrinco")


def test_page_created_as_draft_never_enters(portada: Page) -> None:
    portada.add_child(instance=PaginaEstandar(title="Murciélago", slug="m", live=False))
    assert not hay("murciélago")


def test_deleted_page_leaves_with_what_is_below(pagina: PaginaEstandar) -> None:
    pagina.add_child(instance=PaginaEstandar(title="Ornitorrinco", slug="o"))
    assert hay("ornitorrinco")
    Page.objects.get(pk=pagina.pk).delete()
    assert not hay("ornitorrinco")
    assert not hay("murciélago")


def test_restricting_a_page_hides_its_branch_and_lifting_it_shows_it(
    pagina: PaginaEstandar,
) -> None:
    pagina.add_child(instance=PaginaEstandar(title="Ornitorrinco", slug="o"))
    restriccion = PageViewRestriction.objects.create(
        page=pagina, restriction_type=PageViewRestriction.LOGIN
    )
    assert not hay("ornitorrinco")
    assert not hay("murciélago")
    restriccion.delete()
    assert hay("ornitorrinco")
    assert hay("murciélago")


def test_page_moved_below_a_restricted_one_leaves(portada: Page, pagina: PaginaEstandar) -> None:
    hija = pagina.add_child(instance=PaginaEstandar(title="Ornitorrinco", slug="o"))
    privada = portada.add_child(instance=PaginaEstandar(title="Reservada", slug="r"))
    PageViewRestriction.objects.create(page=privada, restriction_type=PageViewRestriction.PASSWORD)
    pagina.refresh_from_db()
    privada.refresh_from_db()
    pagina.move(privada, pos="last-child")
    assert not hay("ornitorrinco")
    assert not hay("murciélago")
    hija.refresh_from_db()
    hija.move(Page.objects.get(pk=portada.pk), pos="last-child")
    assert hay("ornitorrinco")


def test_new_slug_changes_the_address_of_what_is_below(
    pagina: PaginaEstandar, django_capture_on_commit_callbacks
) -> None:
    pagina.add_child(instance=PaginaEstandar(title="Ornitorrinco", slug="o"))
    pagina.slug = "otro"
    with django_capture_on_commit_callbacks(execute=True):
        pagina.save_revision().publish()
    [hija] = preguntar("ornitorrinco").resultados
    assert hija.direccion.endswith("/otro/o/")


def test_every_hit_opens(client, pagina: PaginaEstandar) -> None:  # type: ignore[no-untyped-def]
    consulta = ConsultaFactory(titulo="Agua")
    version = VersionBorrador.objects.create(consulta=consulta, n=1)
    Fragmento.objects.create(version=version, orden=1, tipo="parrafo", texto="Agua")
    publicar_version(version=version, por=UserFactory(secretaria=True), ahora=AHORA)
    fragmento = AsuntoFactory(consulta=consulta, fragmento=version.fragmentos.get())
    uno = aporte(asunto=fragmento, dice=contenido("Agua"))
    responder(uno, razon="Agua")
    pagina.resumen = "Agua"
    pagina.save()
    hecho = compromiso()
    hecho.titulo = hecho.plan.titulo = "Agua"
    hecho.plan.save()
    hecho.save()
    consulta.etapa.proceso.titulo = "Agua"
    consulta.etapa.proceso.save()
    respuesta = preguntar("agua")
    assert len(respuesta.por_tipo) == 8
    for resultado in respuesta.resultados:
        assert client.get(resultado.direccion).status_code == 200, resultado
