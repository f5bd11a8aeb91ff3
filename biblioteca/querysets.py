"""The vocabulary of the library."""

from typing import TYPE_CHECKING

from wagtail.models import PageManager, PageQuerySet

if TYPE_CHECKING:
    from comun.archivos import Archivo


class DocumentoQuerySet(PageQuerySet["DocumentoPage"]):
    def publicos(self) -> "DocumentoQuerySet":
        """Those anyone may find in a list. The withdrawn ones too: their page says why (INV-06)."""
        return self.live().public()

    def vigentes(self) -> "DocumentoQuerySet":
        """Not withdrawn: their file may be offered."""
        return self.filter(retirado_motivo="")

    def alguna_vez_publicados(self) -> "DocumentoQuerySet":
        return self.filter(first_published_at__isnull=False)

    def con_archivo(self) -> "DocumentoQuerySet":
        """With their file, in the same query."""
        return self.select_related("archivo")

    def de_archivo(self, archivo: "Archivo") -> "DocumentoQuerySet":
        return self.filter(archivo=archivo)

    def recientes(self) -> "DocumentoQuerySet":
        """Newest first, by the date the document bears."""
        return self.order_by("-fecha", "-pk")


DocumentoManager = PageManager.from_queryset(DocumentoQuerySet, "DocumentoManager")
