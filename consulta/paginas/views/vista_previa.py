"""A version of the draft as readers will see it, before it is published: for whoever prepares it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consulta.paginas.presentacion.borradores import vista_de_fragmento
from consulta.procesos.models import VersionBorrador
from consulta.procesos.permissions import puede_gestionar_procesos


@never_cache
@require_safe
def vista_previa(request: HttpRequest, slug: str, n: int) -> TemplateResponse:
    """403 for anyone else; the text is no secret of the address."""
    if not puede_gestionar_procesos(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    version = get_object_or_404(
        VersionBorrador.objects.select_related("consulta__etapa__proceso"),
        consulta__slug=slug,
        n=n,
    )
    fragmentos = version.fragmentos.order_by("orden")
    titulo = version.titulo or f"Borrador en consulta, versión {n}"
    return TemplateResponse(
        request,
        "paginas/vista_previa.html",
        {
            "seo": {"titulo": f"Vista previa: {titulo}"},
            "titulo": titulo,
            "version": version,
            "consulta": version.consulta,
            "datos_demo": version.consulta.etapa.proceso.es_demostracion,
            "fragmentos": [vista_de_fragmento(f, slug=slug, n=n) for f in fragmentos],
            "url_revisar": reverse("revisar_version", args=[version.pk]),
        },
    )
