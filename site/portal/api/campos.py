"""What each kind of page says in the API beside Wagtail's own fields."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from wagtail import blocks
from wagtail.api import APIField
from wagtail.api.v2.serializers import PageSerializer
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.rich_text import RichText, expand_db_html

from biblioteca.models import DocumentoPage
from comun.paginas import PaginaBase, Retirable
from noticias.models import EventoPage, NoticiaPage
from portal.models import ContactoPage, InicioPage, PaginaEstandar


@extend_schema_field({"type": "array", "items": {"type": "object"}})
class CuerpoField(serializers.Field[Any, Any, Any, Any]):
    """Blocks as `{type, id, value}`: rich text with its links resolved, files with their address."""

    def to_representation(self, value: blocks.StreamValue) -> list[dict[str, Any]]:
        return [
            {
                "type": hijo.block_type,
                "id": hijo.id,
                "value": valor_de_bloque(hijo.block, hijo.value, self.context),
            }
            for hijo in value
        ]


EN_PAGINA = "max-1200x900|format-webp"
"""How pages show an image of their text (templates/bloques/imagen.html)."""


@extend_schema_field({"type": "string", "format": "uri"})
class ImagenPublicaField(serializers.Field[Any, Any, str, Any]):
    """Address of the largest version the site has made; empty where it was never shown.

    Originals have no address: they keep what cameras write in them, such as the place.
    """

    def get_attribute(self, instance: AbstractImage) -> AbstractImage:
        return instance

    def to_representation(self, value: AbstractImage) -> str:
        hechas = value.renditions.all()
        mayor = max(hechas, key=lambda r: (r.width * r.height, r.pk), default=None)
        return self.context["request"].build_absolute_uri(mayor.url) if mayor else ""


def valor_de_bloque(bloque: blocks.Block, valor: Any, contexto: Mapping[str, Any]) -> Any:
    """How a block's value reads outside Wagtail."""
    if isinstance(valor, RichText):
        return expand_db_html(valor.source)
    if isinstance(valor, AbstractImage):
        return {
            "id": valor.pk,
            "title": valor.title,
            "alt": getattr(valor, "contextual_alt_text", None) or "",
            "url": contexto["request"].build_absolute_uri(valor.get_rendition(EN_PAGINA).url),
        }
    if isinstance(valor, AbstractDocument):
        return {
            "id": valor.pk,
            "title": valor.title,
            "url": contexto["request"].build_absolute_uri(valor.url),
        }
    if isinstance(valor, blocks.StructValue):
        return {
            nombre: valor_de_bloque(bloque.child_blocks[nombre], parte, contexto)
            for nombre, parte in valor.items()
        }
    if isinstance(valor, blocks.list_block.ListValue):
        return [valor_de_bloque(bloque.child_block, parte, contexto) for parte in valor]
    return bloque.get_api_representation(valor, context=contexto)


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class EtiquetasField(serializers.Field[Any, Any, list[str], Any]):
    """Names of tags, from what was prefetched."""

    def __init__(self, relacion: str = "tagged_items", **kwargs: Any) -> None:
        self.relacion = relacion
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value: Any) -> list[str]:
        return sorted(fila.tag.name for fila in getattr(value, self.relacion).all())


COMUNES = ["resumen", "imagen", "es_demostracion"]
CUERPO = APIField("cuerpo", serializer=CuerpoField())
ETIQUETAS = APIField("etiquetas", serializer=EtiquetasField("etiquetadas"))
PROPIOS: Mapping[type[Page], list[str | APIField]] = {
    NoticiaPage: ["fecha", "unidad", ETIQUETAS, CUERPO, "retirado_motivo"],
    EventoPage: [
        "inicio", "fin", "tipo", "acceso", "region", "lugar", "enlace", "inscripcion", "organiza",
        "destacado", "suspendido_motivo", CUERPO, "retirado_motivo",
    ],
    DocumentoPage: [
        "tipo", "fecha", "fuente", "plan_numero", "archivo", "licencia", CUERPO, "retirado_motivo",
    ],
    InicioPage: ["antetitulo", "titular", "bajada", CUERPO],
    PaginaEstandar: [CUERPO],
    ContactoPage: [CUERPO],
}  # fmt: skip
"""Named one by one: a field that is added to a page stays private until it is listed here."""

DE_LO_RETIRADO = frozenset({"cuerpo", "archivo", "imagen", "enlace", "inscripcion"})
"""Content that a withdrawn page no longer shows: its reason stands instead (INV-06)."""


def campos_de(modelo: type[Page]) -> list[str | APIField]:
    """Fields of that kind of page."""
    comunes: list[str | APIField] = [*COMUNES] if issubclass(modelo, PaginaBase) else []
    return comunes + PROPIOS.get(modelo, [])


class PaginaSerializer(PageSerializer):
    def to_representation(self, instance: Page) -> dict[str, Any]:
        datos: dict[str, Any] = super().to_representation(instance)
        if isinstance(instance, Retirable) and instance.esta_retirada:
            datos.update(dict.fromkeys(DE_LO_RETIRADO & datos.keys()))
        return datos
