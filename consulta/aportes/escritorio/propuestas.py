"""The pages of the back office about proposals: enter, merge, divide, undo."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from comun import buscador
from comun.errores import ErrorDeDominio
from comun.modeladmin import anotar_error, denegar
from comun.textos import limpiar_linea
from consulta.aportes.enums import ClaseGrupo
from consulta.aportes.flows.adjuntar import Elegido, subir_adjunto
from consulta.aportes.flows.agrupar import agrupar_propuestas, deshacer_grupo
from consulta.aportes.flows.dividir import dividir_propuesta, pasajes_de
from consulta.aportes.flows.ingresar import ingresar_aporte
from consulta.aportes.forms.propuestas import AgruparForm, DividirForm, IngresarForm, MotivoForm
from consulta.aportes.models import Aporte, Grupo
from consulta.aportes.permissions import puede_agrupar
from consulta.procesos.enums import Regimen, TipoEtapa
from consulta.procesos.models import Consulta
from cuentas.models import User
from cuentas.roles import Rol

PAGINA_DE_GRUPOS = "grupos_de_propuestas"
POR_PAGINA = 50


def ingresar(request: HttpRequest) -> HttpResponse:
    """Enter a proposal that came by letter, from a workshop or on paper."""
    usuario = cast(User, request.user)
    if not usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR):
        return denegar(request)
    form = IngresarForm(request.POST or None, request.FILES or None, consultas=_consultas())
    if request.method == "POST" and form.is_valid():
        try:
            aporte = ingresar_aporte(
                consulta=form.cleaned_data["consulta"],
                contenido=form.contenido(),
                ingreso=form.ingreso(),
                por=usuario,
                clave=form.cleaned_data["clave"],
                adjuntos=_archivos(request, form.cleaned_data["consulta"], usuario),
            )
        except ErrorDeDominio as error:
            anotar_error(form, error)
        else:
            messages.success(
                request,
                _("%(folio)s ingresada.") % {"folio": aporte.folio},
                buttons=[messages.button(aporte.get_absolute_url(), _("Ver en el sitio"))],
            )
            return HttpResponseRedirect(reverse("ingresar_aporte"))
    return TemplateResponse(
        request,
        "modeladmin/aportes/ingresar.html",
        {"form": form, "media": form.media},
        status=422 if form.errors else 200,
    )


def agrupar(request: HttpRequest) -> HttpResponse:
    """Choose proposals of one consultation and say that they are treated together."""
    usuario = cast(User, request.user)
    if not puede_agrupar(usuario):
        return denegar(request)
    consultas = list(_consultas())
    elegida = next((c for c in consultas if c.slug == request.GET.get("consulta")), None)
    elegida = elegida or _la_de_ahora(consultas)
    marcadas = [
        int(pk) for pk in request.POST.getlist("aportes") if pk.isdecimal() and len(pk) < 19
    ]
    form = AgruparForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            grupo = agrupar_propuestas(
                aportes=list(Aporte.objects.filter(pk__in=marcadas)),
                por=usuario,
                **form.cleaned_data,
            )
        except ErrorDeDominio as error:
            anotar_error(form, error)
        else:
            messages.success(request, _("«%(g)s»: agrupadas.") % {"g": grupo.titulo})
            return HttpResponseRedirect(reverse(PAGINA_DE_GRUPOS))
    q = limpiar_linea(request.GET.get("q", ""))[:200]
    return TemplateResponse(
        request,
        "modeladmin/aportes/agrupar.html",
        {
            "form": form,
            "consultas": consultas,
            "elegida": elegida,
            "q": q,
            "marcadas": marcadas,
            "filas": _candidatas(elegida, q, marcadas),
        },
        status=422 if form.errors else 200,
    )


def grupos(request: HttpRequest) -> HttpResponse:
    """Every merge and division, those undone too."""
    if not puede_agrupar(cast(User, request.user)):
        return denegar(request)
    filas = Grupo.objects.exclude(clase=ClaseGrupo.CAMPANA).select_related("consulta")
    pagina = Paginator(filas.prefetch_related("miembros__aporte__consulta"), POR_PAGINA).get_page(
        request.GET.get("p")
    )
    return TemplateResponse(request, "modeladmin/aportes/grupos.html", {"page_obj": pagina})


def deshacer(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a merge or a division, for a reason everyone reads."""
    usuario = cast(User, request.user)
    if not puede_agrupar(usuario):
        return denegar(request)
    grupo = get_object_or_404(Grupo.objects.exclude(clase=ClaseGrupo.CAMPANA), pk=pk)
    form = MotivoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            deshacer_grupo(grupo=grupo, por=usuario, **form.cleaned_data)
        except ErrorDeDominio as error:
            anotar_error(form, error)
        else:
            messages.success(request, _("«%(g)s»: deshecho.") % {"g": grupo.titulo})
            return HttpResponseRedirect(reverse(PAGINA_DE_GRUPOS))
    return TemplateResponse(
        request,
        "modeladmin/aportes/deshacer.html",
        {"grupo": grupo, "form": form},
        status=422 if form.errors else 200,
    )


def dividir(request: HttpRequest, pk: int) -> HttpResponse:
    """Divide a proposal in points, beginning from its own paragraphs."""
    usuario = cast(User, request.user)
    if not puede_agrupar(usuario):
        return denegar(request)
    aporte = get_object_or_404(Aporte.objects.confirmados().propuestas().con_texto(), pk=pk)
    inicial = {"puntos": "\n---\n".join(pasajes_de(aporte))}
    form = DividirForm(request.POST or None, initial=inicial)
    if request.method == "POST" and form.is_valid():
        try:
            dividir_propuesta(
                aporte=aporte, puntos=form.lista(), motivo=form.cleaned_data["motivo"], por=usuario
            )
        except ErrorDeDominio as error:
            anotar_error(form, error)
        else:
            messages.success(request, _("%(f)s: dividida en puntos.") % {"f": aporte.folio})
            return HttpResponseRedirect(reverse(PAGINA_DE_GRUPOS))
    return TemplateResponse(
        request,
        "modeladmin/aportes/dividir.html",
        {"aporte": aporte, "form": form},
        status=422 if form.errors else 200,
    )


def _archivos(request: HttpRequest, consulta: Consulta, por: User) -> list[Elegido]:
    """Raises DatoInvalido for the first that cannot be taken: those before it wait, and are purged."""
    llegan = request.FILES.getlist("archivos")[:20]
    subidas = [subir_adjunto(consulta=consulta, archivo=a, por=por) for a in llegan]
    return [Elegido(s.token) for s in subidas]


def _consultas() -> Any:
    return (
        Consulta.objects.publicadas()
        .con_contexto()
        .filter(etapa__tipo=TipoEtapa.RECEPCION)
        .exclude(etapa__proceso__regimen=Regimen.HISTORICO)
        .order_by("-etapa__inicio", "pk")
    )


def _la_de_ahora(consultas: list[Consulta]) -> Consulta | None:
    """The latest that has proposals; without any, the latest."""
    con = Aporte.objects.propuestas().confirmados().filter(consulta__in=consultas)
    tienen = set(con.order_by().values_list("consulta", flat=True).distinct())
    return next((c for c in consultas if c.pk in tienen), consultas[0] if consultas else None)


def _candidatas(consulta: Consulta | None, q: str, marcadas: list[int]) -> list[Aporte]:
    if consulta is None:
        return []
    filas = Aporte.objects.confirmados().vigentes().propuestas().de_consulta(consulta)
    ids = buscador.ids_que_dicen(Aporte, q) if q else None
    if ids is not None:
        filas = filas.filter(pk__in=ids) | filas.filter(pk__in=marcadas)
    return list(filas.con_texto().order_by("n")[:200])
