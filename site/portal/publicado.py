"""What may not be deleted nor unpublished, because it is public record or others stand on it (INV-06)."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, get_page_models

from biblioteca.models import DocumentoPage
from comun.archivos import Archivo
from comun.paginas import Retirable
from consulta.respuestas.models import Destino


def impedimento(paginas: Sequence[Page]) -> str:
    """Why `paginas`, with all below them, may not be deleted nor unpublished; empty when they may.

    Three queries, whatever the size of the branch.
    """
    rama = Q()
    for pagina in paginas:
        rama |= Q(path__startswith=pagina.path)
    if not rama:
        return ""
    con_retiro = [modelo for modelo in get_page_models() if issubclass(modelo, Retirable)]
    tipos = ContentType.objects.get_for_models(*con_retiro).values()
    publicada = (
        Page.objects.filter(rama, content_type__in=tipos, first_published_at__isnull=False)
        .order_by("path")
        .first()
    )
    if publicada is not None:
        return (
            f"«{publicada.title}» ya fue publicada, y lo publicado no se borra ni se oculta. "
            "Si debe retirarla, edítela y escriba el motivo del retiro: la página dirá por qué no está."
        )
    citada = Destino.objects.filter(evento__in=Page.objects.filter(rama)).select_related("evento")
    destino = citada.first()
    if destino is not None and destino.evento is not None:
        return (
            f"Una respuesta publicada remite a «{destino.evento.title}». Si se borra, quien la lea "
            "no encontrará dónde quedó su aporte."
        )
    return ""


def archivo_retirado(archivo: Archivo) -> DocumentoPage | None:
    """The withdrawn page that offered `archivo`, when no other page of the library offers it."""
    paginas = list(DocumentoPage.objects.de_archivo(archivo).live())
    if not paginas or any(not p.esta_retirada for p in paginas):
        return None
    return paginas[0]
