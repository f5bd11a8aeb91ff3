"""The pages of batches: make one, seal what it has, see what is missing, publish or set a time."""

from dataclasses import asdict
from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from comun.errores import DatoInvalido, ErrorDeDominio
from comun.modeladmin import anotar_error, denegar
from comun.registro import Aviso
from consulta.procesos.models import Consulta, Fragmento
from consulta.respuestas.avance import se_detuvo_el_sellado, ultimo_sellado
from consulta.respuestas.flows.lotes import (
    DE_INMEDIATO,
    Sellados,
    crear_lote,
    desechar_lote,
    ensayar_lote,
    programar_lote,
    publicar_lote,
    sellar_lote,
)
from consulta.respuestas.forms.varios import LoteForm, ProgramarForm
from consulta.respuestas.lugares import buscar_lugares, cambio_de
from consulta.respuestas.models import Borrador, Cobertura, Lote, RespuestaVersion
from consulta.respuestas.permissions import instituciones_de, puede_preparar
from consulta.respuestas.tasks import sellar_en_segundo_plano
from cuentas.models import User
from cuentas.roles import Rol

A_LA_VISTA = 100


def lotes(request: HttpRequest) -> HttpResponse:
    """The batches one may prepare, the latest first, and the form of a new one."""
    usuario = cast(User, request.user)
    filas = lotes_de(usuario)
    if filas is None:
        return denegar(request)
    form = LoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            lote = crear_lote(
                institucion=usuario.institucion if not _todas(usuario) else None,
                por=usuario,
                **form.cleaned_data,
            )
        except ErrorDeDominio as error:
            anotar_error(form, error)
        else:
            return HttpResponseRedirect(reverse("lote_de_respuestas", args=[lote.pk]))
    pagina = Paginator(filas, 50).get_page(request.GET.get("p"))
    contexto = {
        "form": form,
        "media": form.media,
        "pagina": pagina,
        "filas": _con_cuentas(list(pagina)),
        "paginas": pagina.paginator.get_elided_page_range(pagina.number),
    }
    return TemplateResponse(
        request, "respuestas/lotes.html", contexto, status=422 if form.errors else 200
    )


def lotes_de(usuario: User) -> Any:
    """The batches `usuario` may prepare; None when they prepare none."""
    filas = Lote.objects.select_related("consulta", "institucion", "creado_por")
    if _todas(usuario):
        return filas
    suyas = instituciones_de(usuario)
    if not suyas:
        return None
    return filas.filter(institucion__in=suyas)


def _todas(usuario: User) -> bool:
    return usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR)


def _con_cuentas(lotes: list[Lote]) -> list[dict[str, Any]]:
    """Each with its drafts, what waits sealed and what was published; two queries."""
    borradores = dict(
        Borrador.objects.filter(lote__in=lotes)
        .order_by()
        .values_list("lote")
        .annotate(n=Count("pk"))
    )
    versiones: dict[int | None, Any] = {
        fila["lote"]: fila
        for fila in RespuestaVersion.objects.filter(lote__in=lotes)
        .order_by()
        .values("lote")
        .annotate(
            selladas=Count("pk", filter=Q(publicada_en=None, sin_efecto_en=None)),
            publicadas=Count("pk", filter=Q(publicada_en__isnull=False)),
        )
    }
    return [
        {
            "lote": lote,
            "borradores": borradores.get(lote.pk, 0),
            "selladas": versiones.get(lote.pk, {}).get("selladas", 0),
            "publicadas": versiones.get(lote.pk, {}).get("publicadas", 0),
        }
        for lote in lotes
    ]


def lote(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch: what it has, what is missing, and its buttons."""
    usuario = cast(User, request.user)
    fila = get_object_or_404(
        Lote.objects.select_related("consulta", "institucion", "programado_por"), pk=pk
    )
    if not puede_preparar(usuario, fila):
        return denegar(request, _("Este lote es de otra institución."))
    form = ProgramarForm(initial={"publicar_en": fila.publicar_en})
    sellados = None
    if request.method == "POST":
        accion = request.POST.get("accion")
        form = ProgramarForm(request.POST if accion == "programar" else None)
        try:
            if accion != "programar" or form.is_valid():
                sellados = _hacer(request, fila, usuario, accion, form)
        except ErrorDeDominio as error:
            if form.is_bound:
                anotar_error(form, error)
            else:
                messages.error(request, error.mensaje)
        if sellados is None and not (form.is_bound and form.errors):
            return HttpResponseRedirect(request.path)
        fila.refresh_from_db()
    contexto = _contexto(fila, usuario) | {"form": form, "sellados": sellados, "media": form.media}
    estado = 422 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "respuestas/lote.html", contexto, status=estado)


def _hacer(
    request: HttpRequest, fila: Lote, usuario: User, accion: str | None, form: ProgramarForm
) -> Sellados | None:
    """Do what a button says. Returns the report of sealing where some could not be."""
    if accion == "sellar":
        if Borrador.objects.filter(lote=fila).count() > DE_INMEDIATO:
            sellar_en_segundo_plano(fila, usuario)
            messages.success(request, _("Sellando. Esta página dice cuánto falta."))
            return None
        hecho = sellar_lote(lote=fila, por=usuario)
        if hecho.versiones:
            n = len(hecho.versiones)
            texto = ngettext(
                "1 respuesta sellada: lista para publicarse.",
                "%(n)s respuestas selladas: listas para publicarse.",
                n,
            )
            messages.success(request, texto % {"n": n})
        return hecho if hecho.detenidos else None
    if accion == "programar":
        if form.cleaned_data["publicar_en"] is None and fila.publicar_en is None:
            raise DatoInvalido(_("Escriba el día y la hora."), campo="publicar_en")
        programar_lote(lote=fila, en=form.cleaned_data["publicar_en"], por=usuario)
        texto = (
            _("Programado.") if form.cleaned_data["publicar_en"] else _("Ya no se publica solo.")
        )
        messages.success(request, texto)
    elif accion == "publicar":
        publicadas = publicar_lote(lote=fila, por=usuario)
        if publicadas.versiones:
            messages.success(
                request,
                ngettext(
                    "1 respuesta publicada. Se avisa a quienes escribieron.",
                    "%(n)s respuestas publicadas. Se avisa a quienes escribieron.",
                    len(publicadas.versiones),
                )
                % {"n": len(publicadas.versiones)},
            )
        if publicadas.apartadas:
            messages.warning(
                request,
                ngettext(
                    "1 quedó apartada: la razón está abajo.",
                    "%(n)s quedaron apartadas: la razón está abajo.",
                    len(publicadas.apartadas),
                )
                % {"n": len(publicadas.apartadas)},
            )
    elif accion == "desechar":
        n = desechar_lote(lote=fila, por=usuario)
        texto = ngettext("1 borrador descartado.", "%(n)s borradores descartados.", n)
        messages.success(request, texto % {"n": n})
    return None


def _contexto(fila: Lote, usuario: User) -> dict[str, Any]:
    """What the page shows; a constant number of queries."""
    borradores = Borrador.objects.filter(lote=fila)
    presentadas = RespuestaVersion.objects.presentadas().filter(lote=fila)
    publicadas = RespuestaVersion.objects.publicadas().filter(lote=fila)
    apartadas = ensayar_lote(lote=fila, por=usuario).apartadas
    muestra = [v.pk for v in publicadas.order_by("-publicada_en", "pk")[:A_LA_VISTA]]
    muestra += [a.version.pk for a in apartadas[:A_LA_VISTA]]
    no_pueden = {a.version.pk for a in apartadas}
    esperan = presentadas.order_by("pk").values_list("pk", flat=True)
    listas = [pk for pk in esperan if pk not in no_pueden][:A_LA_VISTA]
    muestra += listas
    folios: dict[int, Any] = {}
    for cobertura in (
        Cobertura.objects.filter(version__in=muestra, punto=None)
        .select_related("aporte__consulta")
        .order_by("-pk")
    ):
        folios[cobertura.version_id] = cobertura.aporte
    destinos = Cobertura.objects.filter(version__in=publicadas, punto=None).count()
    ahora = timezone.now()
    por_sellar, selladas = borradores.count(), presentadas.count()
    quedan = set(borradores.values_list("pk", flat=True)) if fila.detenidos else set()
    return {
        "lote": fila,
        "no_sellados": [(pk, motivo) for pk, motivo in fila.detenidos if pk in quedan],
        "detenido": ultimo_sellado(fila) if se_detuvo_el_sellado(fila, ahora) else None,
        "borradores": por_sellar,
        "selladas": selladas,
        "por_sellar": selladas + por_sellar,
        "publicadas": publicadas.count(),
        "listas": [folios.get(pk) for pk in listas],
        "listas_n": selladas - len(no_pueden),
        "apartadas": [(folios.get(a.version.pk), a) for a in apartadas[:A_LA_VISTA]],
        "apartadas_n": len(apartadas),
        "salieron": [
            (folios.get(v.pk), v) for v in publicadas.order_by("-publicada_en", "pk")[:A_LA_VISTA]
        ],
        "aportes": destinos,
        "avisados": _avisados(fila) if fila.publicado_en else 0,
        "ahora": ahora,
    }


def _avisados(fila: Lote) -> int:
    """How many notices of its answers exist already; one query."""
    respuestas = RespuestaVersion.objects.publicadas().filter(lote=fila)
    pares = respuestas.values_list("respuesta_id", "n")
    objetos = {f"respuestas.respuesta:{pk}" for pk, _n in pares}
    if not objetos:
        return 0
    primera = fila.publicado_en
    avisos = Aviso.objects.filter(razon="respuesta", creado_en__gte=primera)
    n, todos = 0, sorted(objetos)
    for i in range(0, len(todos), 500):
        n += avisos.filter(objeto__in=todos[i : i + 500]).count()
    return n


def lugares(request: HttpRequest, consulta: int) -> JsonResponse:
    """Places that say what is typed; with `fragmento`, how that paragraph changed, word by word."""
    usuario = cast(User, request.user)
    if not usuario.tiene_rol(Rol.OFICIAL, Rol.SECRETARIA, Rol.ADMINISTRADOR):
        return JsonResponse({"error": _("Su cuenta no puede hacer esto.")}, status=403)
    fila = get_object_or_404(Consulta, pk=consulta)
    elegido = request.GET.get("fragmento", "")
    if elegido.isascii() and elegido.isdigit() and len(elegido) < 19:
        parrafo = get_object_or_404(Fragmento.objects.donde_quedo(fila.pk), pk=elegido)
        cambios = cambio_de(parrafo)
        return JsonResponse({"cambios": [[c.operacion.value, c.texto] for c in cambios]})
    texto = request.GET.get("q", "").replace("\x00", "")[:120]
    tipo = request.GET.get("tipo", "")
    return JsonResponse({"lugares": [asdict(h) for h in buscar_lugares(fila, texto, tipo)]})
