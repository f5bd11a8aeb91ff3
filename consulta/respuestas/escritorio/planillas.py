"""The pages of spreadsheets: take the queue out, bring it back, look at each row, make drafts."""

from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from comun.errores import ErrorDeDominio
from comun.modeladmin import anotar_error, denegar
from consulta.aportes.models import Aporte
from consulta.aportes.querysets import PENDIENTE
from consulta.procesos.models import Consulta
from consulta.respuestas.avance import EN_CURSO, detenida_desde, hechas_y_por_hacer
from consulta.respuestas.cola import por_lo_que_espera
from consulta.respuestas.despacho import confirmar_y_aplicar, recibir_y_leer
from consulta.respuestas.enums import EstadoDeFila, EstadoDePlanilla
from consulta.respuestas.estados import NOMBRES_DE_ESTADOS
from consulta.respuestas.filtros import FiltrosDeCola
from consulta.respuestas.flows.planillas import desechar_planilla
from consulta.respuestas.models import Planilla
from consulta.respuestas.opciones import fichas_de_filtros, opciones_de
from consulta.respuestas.permissions import instituciones_de, puede_redactar
from consulta.respuestas.planilla.escribir import MAXIMO, escribir_planilla, nombre_de_archivo
from consulta.respuestas.seleccion import seleccion_de
from cuentas.models import Institucion, User
from cuentas.roles import Rol

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
POR_PAGINA = 100


class SubirForm(forms.Form):
    """A file, the consultation it answers and for whom."""

    consulta = forms.ModelChoiceField(
        label=gettext_lazy("Consulta"),
        queryset=Consulta.objects.none(),
        empty_label=gettext_lazy("— Elija —"),
        error_messages={"required": gettext_lazy("Elija la consulta que responde la planilla.")},
    )
    institucion = forms.ModelChoiceField(
        label=gettext_lazy("Institución que responde"),
        queryset=Institucion.objects.all(),
        empty_label=gettext_lazy("— Elija —"),
    )
    archivo = forms.FileField(
        label=gettext_lazy("Planilla (XLSX o CSV)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": gettext_lazy("Elija el archivo."),
            "empty": gettext_lazy("El archivo está vacío."),
        },
    )

    def __init__(self, *args: Any, usuario: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consulta"].queryset = Consulta.objects.publicadas().order_by("-pk")  # type: ignore[attr-defined]
        if usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR):
            return
        suyas = instituciones_de(usuario)
        if suyas == {usuario.institucion_id}:
            del self.fields["institucion"]
        else:  # who stands in for an official of another one says for whom
            self.fields["institucion"].queryset = Institucion.objects.filter(pk__in=suyas)  # type: ignore[attr-defined]


def planillas(request: HttpRequest) -> HttpResponse:
    """Take out, bring back, and what was brought before."""
    usuario = cast(User, request.user)
    filas = planillas_de(usuario)
    if filas is None:
        return denegar(request)
    form = SubirForm(request.POST or None, request.FILES or None, usuario=usuario)
    if request.method == "POST" and form.is_valid():
        institucion = form.cleaned_data.get("institucion") or usuario.institucion
        archivo = form.cleaned_data["archivo"]
        try:
            planilla = recibir_y_leer(
                contenido=archivo.read(), nombre=archivo.name, por=usuario,
                consulta=form.cleaned_data["consulta"], institucion=cast(Institucion, institucion),
            )  # fmt: skip
        except ErrorDeDominio as error:
            anotar_error(form, error)
        else:
            return HttpResponseRedirect(reverse("planilla_de_respuestas", args=[planilla.pk]))
    pagina = Paginator(filas, 50).get_page(request.GET.get("p"))
    contexto = {
        "form": form,
        "media": form.media,
        "pagina": pagina,
        "paginas": pagina.paginator.get_elided_page_range(pagina.number),
        "maximo": MAXIMO,
        **_lo_que_se_baja(request, usuario),
    }
    return TemplateResponse(
        request, "respuestas/planillas.html", contexto, status=422 if form.errors else 200
    )


def _lo_que_se_baja(request: HttpRequest, usuario: User) -> dict[str, Any]:
    """The consultations offered, with how many rows each would bring: of the filter one comes from the
    queue with (`filtro`, a query string), else of what one may answer."""
    publicadas = Consulta.objects.publicadas()
    if "filtro" not in request.GET:
        filtros = FiltrosDeCola({"estado": "pendiente", "a_cargo": "posibles"}, usuario)
        filas = filtros.aplicar(Aporte.objects.confirmados())
        return {"consultas": por_lo_que_espera(publicadas, filas), "fichas": None}
    seleccion = seleccion_de(request.GET, usuario)
    filtros = FiltrosDeCola(QueryDict(seleccion.filtro), usuario, propios=False)
    filas = seleccion.filas if filtros["estado"] else seleccion.filas.filter(PENDIENTE)
    de_estas = [c for c in por_lo_que_espera(publicadas, filas) if c.esperan]  # type: ignore[attr-defined]
    return {
        "consultas": de_estas,
        "fichas": fichas_de_filtros(filtros, opciones_de(filtros), NOMBRES_DE_ESTADOS),
        "puestos": filtros.valores.items(),
    }


def planillas_de(usuario: User) -> Any:
    """Those one may see; None for who answers for nobody."""
    filas = Planilla.objects.select_related("consulta", "institucion", "subida_por", "lote")
    filas = filas.defer("contenido")
    if usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR):
        return filas
    suyas = instituciones_de(usuario)
    if not suyas:
        return None
    return filas.filter(institucion__in=suyas)


def planilla(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview by row of one file; confirm it, or throw it away."""
    usuario = cast(User, request.user)
    fila = get_object_or_404(
        Planilla.objects.select_related("consulta", "institucion", "lote"), pk=pk
    )
    if not puede_redactar(usuario, fila.institucion):
        return denegar(request, _("Esta planilla es de otra institución."))
    if request.method == "POST":
        try:
            if request.POST.get("accion") == "confirmar":
                fila = confirmar_y_aplicar(planilla=fila, por=usuario)
                messages.success(
                    request,
                    _("Haciendo borradores: esta página dice cuántos faltan. Nada se ha publicado.")
                    if fila.estado == EstadoDePlanilla.APLICANDO
                    else _("Los borradores están hechos. Nada se ha publicado."),
                )
            elif request.POST.get("accion") == "desechar":
                desechar_planilla(planilla=fila, por=usuario)
                messages.success(request, _("Desechada, con sus borradores."))
        except ErrorDeDominio as error:
            messages.error(request, error.mensaje)
        return HttpResponseRedirect(request.path)
    estado = request.GET.get("estado", "")
    filas = fila.filas.select_related("aporte__consulta").order_by("n")
    llenas = filas.exclude(estado=EstadoDeFila.VACIA)
    if estado in EstadoDeFila.values:
        filas = filas.filter(estado=estado)
    elif estado != "todas" and llenas.exists():
        # What somebody wrote in: among ten thousand rows, a hundred say something.
        estado, filas = "", llenas
    else:
        estado = "todas"
    pagina = Paginator(filas, POR_PAGINA).get_page(request.GET.get("p"))
    cuentas = dict(fila.filas.order_by().values_list("estado").annotate(n=Count("pk")))
    hechas, por_hacer = hechas_y_por_hacer(cuentas)
    detenida = detenida_desde(fila, timezone.now())
    contexto = {
        "planilla": fila,
        "pagina": pagina,
        "paginas": pagina.paginator.get_elided_page_range(pagina.number),
        "estado": estado,
        "llenas": sum(cuentas.values()) - cuentas.get(EstadoDeFila.VACIA, 0),
        "cuentas": [(e.value, e.label, cuentas[e]) for e in EstadoDeFila if cuentas.get(e)],
        "aceptadas": cuentas.get(EstadoDeFila.ACEPTADA, 0),
        "en_curso": fila.estado in EN_CURSO,
        "hechas": hechas,
        "por_hacer": por_hacer,
        "detenida": detenida,
        "por_confirmar": fila.estado == EstadoDePlanilla.LEIDA,
        "desechable": detenida is not None
        or fila.estado in (EstadoDePlanilla.LEIDA, EstadoDePlanilla.APLICADA),
    }
    return TemplateResponse(request, "respuestas/planilla.html", contexto)


def exportar(request: HttpRequest) -> HttpResponseBase:
    """What is filtered of one consultation as XLSX: `consulta` (id) and the filters of the queue. Without
    `consulta`, of the only one that these have rows of; of several one is asked which."""
    usuario = cast(User, request.user)
    if planillas_de(usuario) is None:
        return denegar(request)
    escrita = request.GET.get("consulta", "")
    consulta = (
        Consulta.objects.filter(pk=escrita).first()
        if escrita.isascii() and escrita.isdigit() and len(escrita) < 19
        else None
    )
    datos = request.GET.copy()
    datos["filtro"] = request.GET.urlencode()
    datos.pop("ids", None)
    seleccion = seleccion_de(datos, usuario)
    filas = seleccion.filas
    if "estado" not in request.GET:
        filas = filas.filter(PENDIENTE)
    if consulta is None:
        de_estas = Consulta.objects.filter(pk__in=filas.order_by().values("consulta"))[:2]
        if len(de_estas) != 1:
            pide = _("Elija la consulta que se exporta: una planilla es de una sola.")
            messages.warning(request, pide)
            ruta = reverse("planillas_de_respuestas")
            return HttpResponseRedirect(f"{ruta}?{urlencode({'filtro': seleccion.filtro})}")
        consulta = de_estas[0]
    filas = filas.filter(consulta=consulta)
    archivo = escribir_planilla(filas, usuario.institucion)
    nombre = nombre_de_archivo(consulta.sigla)
    return FileResponse(archivo, as_attachment=True, filename=nombre, content_type=XLSX)
