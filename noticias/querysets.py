"""The vocabulary of news and agenda. An activity occupies `[inicio, fin)` in UTC: at `fin` it is past."""

from datetime import datetime

from django.db.models import Prefetch
from wagtail.images import get_image_model
from wagtail.models import PageManager, PageQuerySet

from comun.fechas import Ventana
from comun.paginas import IMAGEN_DE_TARJETA


class NoticiaQuerySet(PageQuerySet["NoticiaPage"]):
    def publicas(self) -> "NoticiaQuerySet":
        """Those anyone may find in a list: live, not behind a password, not withdrawn."""
        return self.live().public().filter(retirado_motivo="")

    def recientes(self) -> "NoticiaQuerySet":
        """Newest first, by the date the editor gave."""
        return self.order_by("-fecha", "-pk")

    def del_anio(self, anio: int) -> "NoticiaQuerySet":
        return self.filter(fecha__year=anio)

    def con_etiqueta(self, slug: str) -> "NoticiaQuerySet":
        return self.filter(etiquetadas__tag__slug=slug)

    def para_tarjetas(self) -> "NoticiaQuerySet":
        """With image and its version for cards: two more queries whatever the size."""
        imagenes = get_image_model().objects.prefetch_renditions(IMAGEN_DE_TARJETA)
        return self.prefetch_related(Prefetch("imagen", queryset=imagenes))


class EventoQuerySet(PageQuerySet["EventoPage"]):
    def publicos(self) -> "EventoQuerySet":
        """Those anyone may find in a list: live, not behind a password, not withdrawn."""
        return self.live().public().filter(retirado_motivo="")

    def proximos(self, ahora: datetime) -> "EventoQuerySet":
        """Not over at `ahora`, the soonest first: one under way counts as upcoming."""
        return self.filter(fin__gt=ahora).order_by("inicio", "pk")

    def pasados(self, ahora: datetime) -> "EventoQuerySet":
        """Over at `ahora`, the latest first."""
        return self.filter(fin__lte=ahora).order_by("-inicio", "-pk")

    def destacados(self) -> "EventoQuerySet":
        return self.filter(destacado=True)

    def vigentes(self) -> "EventoQuerySet":
        """Not called off."""
        return self.filter(suspendido_motivo="")

    def que_comienzan_en(self, ventana: Ventana) -> "EventoQuerySet":
        return self.filter(inicio__gte=ventana.inicio, inicio__lt=ventana.fin)

    def por_orden(self) -> "EventoQuerySet":
        return self.order_by("inicio", "pk")

    def para_tarjetas(self) -> "EventoQuerySet":
        """With image and its version for cards: two more queries whatever the size."""
        imagenes = get_image_model().objects.prefetch_renditions(IMAGEN_DE_TARJETA)
        return self.prefetch_related(Prefetch("imagen", queryset=imagenes))


NoticiaManager = PageManager.from_queryset(NoticiaQuerySet, "NoticiaManager")
EventoManager = PageManager.from_queryset(EventoQuerySet, "EventoManager")
