"""The closing of one consultation: what was frozen, what came of it, who approved, and what changed since."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from comun.fechas import dia_de
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.presentacion import cierre as presentacion
from consulta.paginas.presentacion import libro as vista
from consulta.paginas.recordado import libro_recordado
from consulta.paginas.vigencia import revalidable
from consulta.procesos.models import Consulta
from consulta.respuestas.cifras.filtro import Filtro


@revalidable
@publica
@require_safe
def cierre(request: HttpRequest, slug: str) -> TemplateResponse:
    """There is such a page from the closing on; before it, the ledger says how things stand."""
    consulta = get_object_or_404(
        Consulta.objects.publicadas().con_contexto().select_related("cierre"),
        slug=slug,
        respondida_en__isnull=False,
    )
    hoy = dia_de(timezone.now())
    filtro = Filtro(consulta=slug)
    libro, _primero = libro_recordado(request, filtro, hoy, ("resultado", "institucion"))
    como = vista.nombres()
    contexto = {
        "seo": seo(
            f"Cierre · {consulta.titulo}",
            reverse("paginas:cierre", args=[slug]),
            f"La consulta «{consulta.titulo}» se cerró con todos sus aportes respondidos.",
        ),
        "migas": migas(
            ("Consultas", reverse("paginas:consultas")),
            (consulta.titulo, consulta.get_absolute_url()),
            ("Cierre", ""),
        ),
        "datos_demo": consulta.etapa.proceso.es_demostracion,
        "consulta": consulta,
        "c": presentacion.cierre_visto(consulta.cierre, libro.total, slug),
        "cortes": [
            vista.corte_visto(corte, libro, como, slug, filtro)
            for corte in ("resultado", "institucion")
        ],
        "columnas": [rotulo for _nombre, rotulo in vista.COLUMNAS],
        "libro_url": vista.direccion("libro", slug, Filtro()),
    }
    return TemplateResponse(request, "paginas/cierre.html", contexto)
