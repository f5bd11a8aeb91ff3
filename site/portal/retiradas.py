"""The files and images of withdrawn pages: nobody may take them any more (INV-06).

An image that another published page shows stays. In a page the image stays written, so that a
withdrawal can be undone; what the public could open are its renditions, and they are deleted.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.static import serve
from django_tasks import task
from wagtail.models import Page, ReferenceIndex, get_page_models

from biblioteca.models import DocumentoPage
from comun.archivos import Imagen, ImagenRendicion
from comun.paginas import Retirable
from cuentas.models import User

TEXTO = "text/plain; charset=utf-8"
CARPETA = "images"
"""Folder of the renditions. The originals have another, which has no address."""


def paginas_retiradas() -> list[Any]:
    """Published pages whose content is withdrawn, one query per kind of page."""
    retirables = [m for m in get_page_models() if issubclass(m, Retirable)]
    return [p for m in retirables for p in m.objects.live().exclude(retirado_motivo="")]


def archivos_retirados() -> set[int]:
    """Ids of files that only withdrawn pages of the library offer."""
    de_paginas = DocumentoPage.objects.live().exclude(archivo=None).order_by()
    retirados = de_paginas.exclude(retirado_motivo="").values_list("archivo", flat=True)
    return set(retirados) - set(de_paginas.vigentes().values_list("archivo", flat=True))


def imagenes_retiradas(paginas: Iterable[Any] | None = None) -> set[int]:
    """Ids of images that withdrawn pages show (those given, or all), and no other published page."""
    retiradas = paginas_retiradas()
    candidatas = {i for p in (retiradas if paginas is None else paginas) for i in imagenes_de(p)}
    return candidatas - _a_la_vista(candidatas, {str(p.pk) for p in retiradas})


def _a_la_vista(imagenes: set[int], retiradas: set[str]) -> set[int]:
    """Those of `imagenes` that something published and not withdrawn shows."""
    if not imagenes:
        return set()
    usos = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Imagen),
        to_object_id__in=[str(pk) for pk in imagenes],
    )
    pares = list(usos.values_list("base_content_type", "object_id", "to_object_id"))
    de_pagina = ContentType.objects.get_for_model(Page).pk
    vivas = {
        str(pk)
        for pk in Page.objects.live()
        .filter(pk__in=[int(quien) for tipo, quien, _ in pares if tipo == de_pagina])
        .values_list("pk", flat=True)
    } - retiradas
    return {int(que) for tipo, quien, que in pares if tipo != de_pagina or quien in vivas}


def imagenes_de(pagina: Any) -> set[int]:
    """Ids of the images of a page: the featured one and those of its text."""
    halladas = {pagina.imagen_id} if pagina.imagen_id else set()
    cuerpo = getattr(pagina, "cuerpo", None)
    if cuerpo:
        for modelo, pk, *_ in cuerpo.stream_block.extract_references(cuerpo):
            if modelo is Imagen:
                halladas.add(int(pk))
    return halladas


def al_publicar(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Receiver of `page_published`: what a withdrawn page showed is taken down by the worker."""
    if isinstance(instance, Retirable) and instance.esta_retirada:
        borrar_rendiciones.enqueue(instance.pk)


@task()
def borrar_rendiciones(pagina_id: int) -> int:
    """Delete the renditions of the images that only this withdrawn page shows; returns how many.

    They are made again when something published asks for them. Safe to repeat.
    """
    pagina = Page.objects.get(pk=pagina_id).specific
    if not (isinstance(pagina, Retirable) and pagina.esta_retirada):
        return 0
    # Wagtail deletes the file of each row, and forgets it in the cache.
    borradas, _filas = ImagenRendicion.objects.filter(
        image__in=imagenes_retiradas([pagina])
    ).delete()
    return borradas


def imagen(request: HttpRequest, path: str) -> HttpResponseBase:
    """One rendition; 410 when only withdrawn pages show its image, but for the back office.

    Two queries for an image that is shown, and a few more where something was withdrawn.
    """
    fila = ImagenRendicion.objects.filter(file=f"{CARPETA}/{path}").values_list("image", flat=True)
    if set(fila[:1]) & imagenes_retiradas() and not _es_del_portal(request):
        return HttpResponse("Esta imagen fue retirada.", status=410, content_type=TEXTO)
    return serve(request, path, document_root=str(Path(settings.MEDIA_ROOT) / CARPETA))


def _es_del_portal(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.puede_administrar
