"""Pages of the CMS, below the tree that the migration plants."""

import hashlib
from datetime import date, timedelta
from typing import Any

import factory
from django.core.files.base import ContentFile
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction

from biblioteca.enums import TipoDocumento
from biblioteca.models import BibliotecaIndexPage, DocumentoPage
from comun.archivos import Archivo, Imagen
from noticias.models import AgendaPage, EventoPage, NoticiaPage, NoticiasIndexPage
from portal.models import InicioPage, PaginaEstandar
from tests.factories import AHORA

CONTENIDO = b"%PDF-1.4 contenido de prueba"


class ImagenFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Imagen

    title = factory.Sequence(lambda n: f"Imagen {n}")
    file = factory.LazyFunction(lambda: get_test_image_file(size=(1280, 720)))


class ArchivoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Archivo

    title = factory.Sequence(lambda n: f"Archivo {n}")
    file = factory.Sequence(lambda n: ContentFile(CONTENIDO, name=f"archivo-{n}.pdf"))


class PaginaFactory(factory.django.DjangoModelFactory):
    """A live page below `padre`; `borrador=True` was never published, `privada=True` asks to sign in."""

    class Meta:
        model = Page
        abstract = True

    class Params:
        borrador = factory.Trait(live=False, first_published_at=None, last_published_at=None)

    live = True
    first_published_at = AHORA - timedelta(days=3)
    last_published_at = AHORA - timedelta(days=3)

    @classmethod
    def _padre(cls) -> Page:
        return InicioPage.objects.get()

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **campos: Any) -> Page:
        padre = campos.pop("padre", None) or cls._padre()
        etiquetas = campos.pop("con_etiquetas", ())
        privada = campos.pop("privada", False)
        pagina = model_class(**campos)
        padre.add_child(instance=pagina)
        if etiquetas:
            pagina.etiquetas.add(*etiquetas)
            pagina.save()
        if privada:
            PageViewRestriction.objects.create(
                page=pagina, restriction_type=PageViewRestriction.LOGIN
            )
        return pagina


class NoticiaFactory(PaginaFactory):
    class Meta:
        model = NoticiaPage

    title = factory.Sequence(lambda n: f"Noticia {n}")
    resumen = "La Mesa publicó el calendario."
    unidad = "Secretaría Técnica"
    fecha = date(2026, 11, 9)

    @classmethod
    def _padre(cls) -> Page:
        return NoticiasIndexPage.objects.get()


class EventoFactory(PaginaFactory):
    """An activity that starts tomorrow and lasts two hours; traits move it."""

    class Meta:
        model = EventoPage

    class Params:
        pasado = factory.Trait(
            inicio=AHORA - timedelta(days=2), fin=AHORA - timedelta(days=2, hours=-2)
        )
        en_curso = factory.Trait(inicio=AHORA - timedelta(hours=1), fin=AHORA + timedelta(hours=1))

    title = factory.Sequence(lambda n: f"Actividad {n}")
    resumen = "Mesa de trabajo con inscripción previa."
    organiza = "Red de Organizaciones de la Sociedad Civil"
    inicio = AHORA + timedelta(days=1)
    fin = factory.LazyAttribute(lambda e: e.inicio + timedelta(hours=2))

    @classmethod
    def _padre(cls) -> Page:
        return AgendaPage.objects.get()


class DocumentoFactory(PaginaFactory):
    class Meta:
        model = DocumentoPage

    title = factory.Sequence(lambda n: f"Documento {n}")
    resumen = "Lo que se acordó."
    tipo = TipoDocumento.ACTA
    fecha = date(2026, 10, 20)
    fuente = "Mesa Nacional de Estado Abierto"
    archivo = factory.SubFactory(ArchivoFactory)

    @classmethod
    def _padre(cls) -> Page:
        return BibliotecaIndexPage.objects.get()


class PaginaEstandarFactory(PaginaFactory):
    class Meta:
        model = PaginaEstandar

    title = factory.Sequence(lambda n: f"Página {n}")


def huella(contenido: bytes = CONTENIDO) -> str:
    """SHA-256 of what `ArchivoFactory` stores."""
    return hashlib.sha256(contenido).hexdigest()
