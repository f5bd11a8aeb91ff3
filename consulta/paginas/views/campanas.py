"""Texts that several people sent, shown once and counted by person; and how they are found."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from comun.listas import consulta_sin, elegido, pagina
from consulta.aportes.enums import ClaseGrupo
from consulta.aportes.flows import campanas as agrupar
from consulta.aportes.flows.colocar import MINIMO
from consulta.aportes.models import Aporte, Grupo
from consulta.aportes.semejanza.cotejo import IGUALES, PROPIAS
from consulta.aportes.semejanza.huellas import PALABRAS_MINIMAS, palabras
from consulta.aportes.semejanza.parecidos import texto_completo
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.presentacion.campanas import de_consulta, vista_de
from consulta.procesos.models import Consulta

POR_PAGINA = 20
PROPIOS = "propios"


@dataclass(slots=True)
class Miembro:
    """One person's sending of a shared text, with what they added to it."""

    folio: str
    url: str
    firma: str
    fecha: datetime
    propio: str


@publica
@require_safe
def campanas(request: HttpRequest, slug: str) -> HttpResponse:
    """The shared texts of a consultation, the one most people sent first."""
    consulta = get_object_or_404(Consulta.objects.publicadas().con_contexto(), slug=slug)
    page_obj = pagina(request, de_consulta(consulta), POR_PAGINA)
    ruta = reverse("paginas:campanas", args=[slug])
    contexto = {
        "seo": seo(f"Textos compartidos · {consulta.titulo}", ruta),
        "migas": migas(
            ("Consultas", reverse("paginas:consultas")),
            (consulta.titulo, consulta.get_absolute_url()),
            ("Textos compartidos", ""),
        ),
        "datos_demo": consulta.etapa.proceso.es_demostracion,
        "consulta": consulta,
        "page_obj": page_obj,
        "campanas": [vista_de(g) for g in page_obj.object_list],
    }
    return TemplateResponse(request, "paginas/campanas.html", contexto)


@publica
@require_safe
def campana(request: HttpRequest, pk: int) -> HttpResponse:
    """One shared text, once; then who sent it, those who added something first."""
    grupo = get_object_or_404(
        Grupo.objects.select_related("consulta__etapa__proceso").filter(
            clase=ClaseGrupo.CAMPANA, deshecho_en=None, consulta__publicada=True
        ),
        pk=pk,
    )
    modelo = agrupar.modelo_de(grupo)
    vista = vista_de(grupo)
    if modelo is None:
        raise Http404("Nadie sostiene ya este texto")
    miembros = agrupar.en_pie(grupo).order_by("-con_aporte_propio", "aporte_id")
    solo = elegido(request, "ver", [PROPIOS])
    if solo:
        miembros = miembros.filter(con_aporte_propio=True)
    page_obj = pagina(request, miembros, POR_PAGINA)
    propios = {m.aporte_id: m.con_aporte_propio for m in page_obj.object_list}
    filas = {a.pk: a for a in Aporte.objects.con_texto().filter(pk__in=propios)}
    suyas = palabras(texto_completo(modelo))
    contexto = {
        "seo": seo(f"{grupo.titulo}: {vista.frase}", vista.url),
        "migas": migas(
            (grupo.consulta.titulo, grupo.consulta.get_absolute_url()),
            ("Textos compartidos", reverse("paginas:campanas", args=[grupo.consulta.slug])),
            (grupo.titulo, ""),
        ),
        "datos_demo": grupo.consulta.etapa.proceso.es_demostracion,
        "vista": vista,
        "modelo": modelo,
        "texto": texto_completo(modelo),
        "page_obj": page_obj,
        "base_query": consulta_sin(request),
        "solo": solo,
        "miembros": [_miembro(filas[pk], suyas, con) for pk, con in propios.items()],
    }
    return TemplateResponse(request, "paginas/campana.html", contexto)


@publica
@require_safe
def como_agrupamos(request: HttpRequest) -> HttpResponse:
    """In plain words, how shared texts are found, what that changes and what it does not."""
    contexto = {
        "seo": seo("Cómo agrupamos textos iguales", reverse("paginas:como_agrupamos")),
        "migas": migas(("Cómo agrupamos textos iguales", "")),
        "minimo": MINIMO,
        "iguales": IGUALES,
        "propias": PROPIAS,
        "palabras": PALABRAS_MINIMAS,
    }
    return TemplateResponse(request, "paginas/como_agrupamos.html", contexto)


def _miembro(aporte: Aporte, modelo: list[str], con_propio: bool) -> Miembro:
    propio = agrupar.partes_propias(modelo, texto_completo(aporte)) if con_propio else ""
    return Miembro(aporte.folio, aporte.get_absolute_url(), aporte.firma, aporte.enviado_en, propio)
