"""The blocks editors write pages with. Each says what it is for and shows how it looks."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

FORMATO = ["bold", "italic", "ol", "ul", "link", "document-link"]
FORMATO_BREVE = ["bold", "italic", "link"]


class ParrafoBlock(blocks.RichTextBlock):
    """Running text. Headings are a block of their own, so that their order can be checked."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", FORMATO)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Párrafo")
        template = "bloques/parrafo.html"
        description = _("Texto corrido, con negrita, listas y enlaces.")
        preview_value = (
            "<p>La Mesa recibió <b>81 propuestas</b>. Cada una tiene una "
            '<a href="https://example.org">respuesta publicada</a>.</p>'
        )


class TituloBlock(blocks.StructBlock):
    texto = blocks.CharBlock(label=_("Texto"), max_length=120)
    nivel = blocks.ChoiceBlock(
        label=_("Nivel"),
        choices=[("h2", _("Título de sección")), ("h3", _("Subtítulo"))],
        default="h2",
        help_text=_("Un subtítulo va siempre dentro de una sección."),
    )

    class Meta:
        icon = "title"
        label = _("Título")
        template = "bloques/titulo.html"
        description = _("Separa la página en secciones y ayuda a quien la recorre con un lector.")
        preview_value = {"texto": "Cómo participar", "nivel": "h2"}


class ImagenBlock(blocks.StructBlock):
    imagen = ImageBlock(label=_("Imagen"))
    pie = blocks.CharBlock(label=_("Pie de foto"), required=False, max_length=240)

    class Meta:
        icon = "image"
        label = _("Imagen")
        template = "bloques/imagen.html"
        description = _("Una imagen con el texto que la describe para quien no la ve.")
        preview_template = "bloques/muestra_imagen.html"
        preview_value = {"pie": "Mesa territorial de Talca, marzo de 2027"}


class CitaBlock(blocks.StructBlock):
    texto = blocks.TextBlock(label=_("Cita"), rows=3)
    autor = blocks.CharBlock(label=_("Quién lo dijo"), required=False, max_length=120)
    cargo = blocks.CharBlock(label=_("Cargo u organización"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Cita")
        template = "bloques/cita.html"
        description = _("Palabras textuales de una persona, con su nombre.")
        preview_value = {
            "texto": "La participación no termina al enviar: termina al recibir una respuesta.",
            "autor": "Rosa Huenchumil",
            "cargo": "Red de organizaciones del sur",
        }


class DocumentoBlock(blocks.StructBlock):
    archivo = DocumentChooserBlock(label=_("Archivo"))
    titulo = blocks.CharBlock(
        label=_("Título"), required=False, max_length=160, help_text=_("Si falta, el del archivo.")
    )

    class Meta:
        icon = "doc-full"
        label = _("Documento")
        template = "bloques/documento.html"
        description = _("Un archivo para descargar, con su formato y tamaño.")
        preview_template = "bloques/muestra_documento.html"
        preview_value = {"titulo": "Acta de la sesión 12"}


class VideoBlock(blocks.StructBlock):
    """A link, not a player: the site makes no request to third parties."""

    url = blocks.URLBlock(label=_("Dirección del video"))
    titulo = blocks.CharBlock(label=_("Título"), max_length=160)
    descripcion = blocks.TextBlock(
        label=_("Qué se ve y qué se dice"),
        required=False,
        rows=3,
        help_text=_("Para quien no puede ver u oír el video."),
    )

    class Meta:
        icon = "media"
        label = _("Video")
        template = "bloques/video.html"
        description = _("Enlace a un video. Se abre en el sitio donde está publicado.")
        preview_value = {
            "url": "https://example.org/video",
            "titulo": "Cómo enviar una propuesta",
            "descripcion": "Una persona recorre el formulario paso a paso. Dura dos minutos.",
        }


class TablaBlock(blocks.StructBlock):
    titulo = blocks.CharBlock(label=_("Qué muestra la tabla"), max_length=160)
    tabla = TypedTableBlock(
        [
            ("texto", blocks.CharBlock(label=_("Texto"), required=False)),
            ("numero", blocks.DecimalBlock(label=_("Número"), required=False)),
            (
                "parrafo",
                blocks.RichTextBlock(
                    label=_("Texto con formato"), features=FORMATO_BREVE, required=False
                ),
            ),
        ],
        label=_("Tabla"),
    )

    class Meta:
        icon = "table"
        label = _("Tabla")
        template = "bloques/tabla.html"
        description = _("Datos en filas y columnas, cada columna con su encabezado.")
        preview_template = "bloques/muestra_tabla.html"
        preview_value = {"titulo": "Aportes por región"}


class PanelBlock(blocks.StructBlock):
    titulo = blocks.CharBlock(label=_("Pregunta o título"), max_length=160)
    texto = blocks.RichTextBlock(label=_("Contenido"), features=FORMATO)


class AcordeonBlock(blocks.StructBlock):
    paneles = blocks.ListBlock(PanelBlock(label=_("Panel")), label=_("Paneles"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Acordeón")
        template = "bloques/acordeon.html"
        description = _(
            "Preguntas que se abren una a una. Úselo para detalles, no para lo esencial."
        )
        preview_value = {
            "paneles": [
                {
                    "titulo": "¿Quién puede participar?",
                    "texto": "<p>Toda persona desde los 14 años.</p>",
                },
                {"titulo": "¿Quién responde?", "texto": "<p>La institución a cargo del tema.</p>"},
            ]
        }


class LlamadaBlock(blocks.StructBlock):
    titulo = blocks.CharBlock(label=_("Título"), max_length=120)
    texto = blocks.TextBlock(label=_("Texto"), required=False, rows=2)
    boton = blocks.CharBlock(label=_("Texto del botón"), max_length=40)
    pagina = blocks.PageChooserBlock(label=_("Página del sitio"), required=False)
    direccion = blocks.CharBlock(
        label=_("O una dirección"),
        required=False,
        help_text=_("Una ruta del sitio, como /consultas/, o una dirección completa con https://"),
    )

    class Meta:
        icon = "pick"
        label = _("Llamada a la acción")
        template = "bloques/llamada.html"
        description = _("Invita a hacer una sola cosa, con un botón.")
        preview_value = {
            "titulo": "La consulta está abierta",
            "texto": "Cada aporte recibe una respuesta fundada.",
            "boton": "Enviar un aporte",
            "direccion": "/consultas/",
        }

    def clean(self, value: Any) -> Any:
        limpio = super().clean(value)
        direccion = (limpio.get("direccion") or "").strip()
        if bool(limpio.get("pagina")) == bool(direccion):
            raise blocks.StructBlockValidationError(
                block_errors={
                    "direccion": ValidationError(_("Elija una página o escriba una dirección."))
                }
            )
        del_sitio = direccion.startswith("/") and not direccion.startswith("//")
        if direccion and not (del_sitio or direccion.startswith("https://")):
            raise blocks.StructBlockValidationError(
                block_errors={"direccion": ValidationError(_("Debe comenzar con / o con https://"))}
            )
        return limpio


class CifraBlock(blocks.StructBlock):
    numero = blocks.CharBlock(
        label=_("Cifra"), max_length=20, help_text=_("Por ejemplo: 81 o 84 %")
    )
    rotulo = blocks.CharBlock(label=_("Qué cuenta"), max_length=120)
    nota = blocks.CharBlock(label=_("Fuente o fecha"), required=False, max_length=160)

    class Meta:
        icon = "order"
        label = _("Cifra")
        template = "bloques/cifra.html"
        description = _("Un número grande con lo que cuenta y su fuente.")
        preview_value = {
            "numero": "81",
            "rotulo": "propuestas recibidas",
            "nota": "Informe del proceso, 2020",
        }


CUERPO = [
    ("parrafo", ParrafoBlock()),
    ("titulo", TituloBlock()),
    ("imagen", ImagenBlock()),
    ("cita", CitaBlock()),
    ("documento", DocumentoBlock()),
    ("video", VideoBlock()),
    ("tabla", TablaBlock()),
    ("acordeon", AcordeonBlock()),
    ("llamada", LlamadaBlock()),
    ("cifra", CifraBlock()),
]
"""Blocks of a page's body, in the order of the editor's menu."""
