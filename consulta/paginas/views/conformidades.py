"""The desk of a member of the forum: what waits for them, one answer, several at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comun.errores import ErrorDeDominio
from comun.fechas import dia_de
from comun.listas import activos, consulta_sin, elegido, faceta, pagina
from consulta.paginas.cabeceras import migas, persona, seo
from consulta.paginas.errores import NO_PROCESABLE, errores_de_formulario, estado_de_formulario
from consulta.paginas.forms.conformidad import ConflictoForm, DecisionForm
from consulta.paginas.presentacion.conformidades import (
    COBERTURAS_JUNTAS,
    filas_selladas,
    generales_de,
    ordenadas,
    vista_sellada,
)
from consulta.procesos.models import Consulta
from consulta.respuestas import pendientes
from consulta.respuestas.decisiones import estado_de, impedidos_de
from consulta.respuestas.enums import Sentido
from consulta.respuestas.flows.conflictos import declarar_conflicto
from consulta.respuestas.flows.decidir import JUNTAS, decidir_conformidad, decidir_conformidades
from consulta.respuestas.mesa import repartir
from consulta.respuestas.models import RespuestaVersion
from cuentas.models import Institucion, User
from foro.asientos import asientos_de
from foro.models import Mandato

POR_PAGINA = 20
ESTADOS = {
    "": ("Esperan su conformidad", pendientes.esperan_a),
    "cambios": ("Con cambios pedidos", pendientes.con_cambios_pedidos),
    "conformes": ("Aprobadas por su sector, sin publicar", pendientes.conformes),
    "decididas": ("Las que usted decidió", None),
}


def asientos_o_403(request: HttpRequest) -> tuple[User, list[Mandato]]:
    """Who asks and their seats of today. Raises PermissionDenied where they have none."""
    usuario = persona(request)
    asientos = asientos_de(usuario, dia_de(timezone.now()))
    if not asientos:
        raise PermissionDenied
    return usuario, asientos


def version_o_404(pk: int) -> RespuestaVersion:
    """A sealed version, whatever became of it."""
    filas = RespuestaVersion.objects.filter(sellada_en__isnull=False)
    filas = filas.exclude(respuesta__consulta__conformidades=[])
    return get_object_or_404(
        filas.select_related("respuesta__institucion", "respuesta__consulta__etapa__proceso"), pk=pk
    )


@never_cache
@login_required
@require_safe
def conformidades(request: HttpRequest) -> HttpResponse:
    """What waits for this member, due first; or what they or their sector decided."""
    usuario, asientos = asientos_o_403(request)
    estado = elegido(request, "estado", ESTADOS)
    buscar = ESTADOS[estado][1]
    todas = buscar(asientos, usuario) if buscar else pendientes.decididas_por(asientos)
    de = todas.order_by().values("respuesta")
    consultas = dict(
        Consulta.objects.filter(respuestas__in=de).distinct().values_list("slug", "titulo")
    )
    instituciones = {
        str(pk): nombre
        for pk, nombre in Institucion.objects.filter(respuestas__in=de)
        .distinct()
        .values_list("pk", "nombre")
    }
    pedida = request.GET.get("consulta", "").replace("\x00", "")[:120]
    if pedida and pedida not in consultas:
        # One where nothing is left stays chosen: others in its place would be taken for its own.
        una = Consulta.objects.publicadas().filter(slug=pedida).exclude(conformidades=[])
        consultas |= dict(una.values_list("slug", "titulo"))
    consulta = elegido(request, "consulta", consultas)
    institucion = elegido(request, "institucion", instituciones)
    filas = todas
    if consulta:
        filas = filas.filter(respuesta__consulta__slug=consulta)
    if institucion:
        filas = filas.filter(respuesta__institucion=int(institucion))
    filas = ordenadas(filas) if buscar else ordenadas(filas).order_by("-decidida_en", "-pk")
    page_obj = pagina(request, filas, POR_PAGINA)
    return TemplateResponse(
        request,
        "conformidades/mesa.html",
        {
            "seo": seo("Conformidades", reverse("paginas:conformidades")),
            "migas": migas(("Conformidades", "")),
            "asientos": asientos,
            "usuario": usuario,
            "estado": estado,
            "estados": [
                {"valor": v, "texto": t, "url": f"?estado={v}" if v else "?", "activo": v == estado}
                for v, (t, _buscar) in ESTADOS.items()
            ],
            "filas": filas_selladas(page_obj.object_list),
            "page_obj": page_obj,
            "base_query": consulta_sin(request),
            "puede_juntas": estado == "",
            "facetas": [
                faceta(
                    "consulta", "Consulta", consulta,
                    [(v, t, None) for v, t in consultas.items()], todos="Todas",
                ),
                faceta(
                    "institucion", "Institución", institucion,
                    [(v, t, None) for v, t in instituciones.items()], todos="Todas",
                ),
            ],
            "ocultos": [("estado", estado)] if estado else [],
            "activos": activos(
                request,
                {
                    "consulta": consultas.get(consulta, ""),
                    "institucion": instituciones.get(institucion, ""),
                },
            ),
        },
    )  # fmt: skip


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def conformidad(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one sealed answer beside what it answers, and decide."""
    usuario, asientos = asientos_o_403(request)
    version = version_o_404(pk)
    pueden, trabas = repartir([version], asientos, usuario)
    mios = pueden[pk]
    form = DecisionForm(request.POST or None, asientos=mios, initial={"sha256": version.sha256})
    if request.method == "POST" and form.is_valid():
        dicho = form.cleaned_data
        quien = next((m for m in asientos if str(m.pk) == dicho["mandato"]), None)
        try:
            hecho = decidir_conformidad(
                version=version,
                sha256=dicho["sha256"],
                mandato=quien or (mios or asientos)[0],
                sentido=dicho["sentido"],
                nota=dicho["nota"],
                por=usuario,
            )
        except ErrorDeDominio as error:
            errores_de_formulario(form, error)
        else:
            frase = _dicho(dicho["sentido"], len(hecho.publicadas))
            siguiente = ordenadas(pendientes.esperan_a(asientos, usuario)).first()
            if siguiente is None:
                messages.success(request, frase)
                return redirect("paginas:conformidades")
            messages.success(request, f"{frase} {_('Esta es la siguiente que espera la suya.')}")
            return redirect("paginas:conformidad", pk=siguiente.pk)
        version = version_o_404(pk)
    coberturas = pagina(request, generales_de(version), POR_PAGINA)
    total = coberturas.paginator.count
    return TemplateResponse(
        request,
        "conformidades/una.html",
        {
            "seo": seo("Una respuesta por aprobar", reverse("paginas:conformidad", args=[pk])),
            "migas": migas(
                ("Conformidades", reverse("paginas:conformidades")), ("Una respuesta", "")
            ),
            "datos_demo": version.respuesta.consulta.etapa.proceso.es_demostracion,
            "v": vista_sellada(version, list(coberturas.object_list), total, comparar=True),
            "version": version,
            "estado": estado_de(version),
            "impedidos": impedidos_de([version])[pk],
            "traba": trabas.get(pk, ""),
            "abierta": version.publicada_en is None and version.sin_efecto_en is None,
            "form": form,
            "page_obj": coberturas,
        },
        status=estado_de_formulario(form),
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leer_juntas(request: HttpRequest) -> HttpResponse:
    """Read the chosen answers one below the other; with POST approve those still chosen."""
    usuario, asientos = asientos_o_403(request)
    if request.method == "POST":
        leidas = dict(p for texto in request.POST.getlist("leida") if (p := _leida(texto)))
        if leidas:
            return _aprobar(request, usuario, asientos, leidas)
        ids = _ids(request.POST.getlist("v"))
    else:
        ids = _ids(request.GET.getlist("v"))
    filas = pendientes.decidibles(asientos, usuario).filter(pk__in=ids)
    versiones = list(ordenadas(filas)[:JUNTAS])
    vistas = []
    for version in versiones:
        coberturas = list(generales_de(version)[:COBERTURAS_JUNTAS])
        vistas.append(vista_sellada(version, coberturas, version.total))
    return TemplateResponse(
        request,
        "conformidades/juntas.html",
        {
            "seo": seo("Leer y aprobar", reverse("paginas:leer_juntas")),
            "migas": migas(
                ("Conformidades", reverse("paginas:conformidades")), ("Leer y aprobar", "")
            ),
            "vistas": vistas,
            "maximo": JUNTAS,
            "de_mas": len(ids) > JUNTAS,
            "falta_elegir": request.method == "POST",
        },
        status=NO_PROCESABLE if request.method == "POST" else 200,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def conflicto(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare an interest in one answer, or in the whole consultation."""
    usuario, asientos = asientos_o_403(request)
    version = version_o_404(pk)
    pueden, _trabas = repartir([version], asientos, usuario)
    quien = (pueden[pk] or asientos)[0]
    form = ConflictoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        dicho = form.cleaned_data
        try:
            declarar_conflicto(
                mandato=quien,
                consulta=version.respuesta.consulta,
                respuesta=version.respuesta if dicho["alcance"] == "respuesta" else None,
                motivo=dicho["motivo"],
                por=usuario,
            )
        except ErrorDeDominio as error:
            errores_de_formulario(form, error)
        else:
            messages.success(request, _("Su conflicto de interés quedó declarado."))
            return redirect("paginas:conformidades")
    return TemplateResponse(
        request,
        "conformidades/conflicto.html",
        {
            "seo": seo("Declarar un conflicto de interés", reverse("paginas:conflicto", args=[pk])),
            "migas": migas(
                ("Conformidades", reverse("paginas:conformidades")),
                ("Una respuesta", reverse("paginas:conformidad", args=[pk])),
                ("Conflicto de interés", ""),
            ),
            "version": version,
            "quien": quien,
            "form": form,
        },
        status=estado_de_formulario(form),
    )


def _aprobar(
    request: HttpRequest, usuario: User, asientos: list[Mandato], leidas: dict[int, str]
) -> HttpResponse:
    """Approve each from the seat that may; tell what was done and what was not, one by one."""
    if len(leidas) > JUNTAS:
        raise Http404
    versiones = RespuestaVersion.objects.filter(pk__in=leidas).select_related("respuesta__consulta")
    pueden, trabas = repartir(versiones, asientos, usuario)
    hechas = publicadas = 0
    for mandato in asientos:
        suyas = {pk: leidas[pk] for pk, mios in pueden.items() if mios and mios[0] == mandato}
        if not suyas:
            continue
        hecho = decidir_conformidades(
            leidas=suyas, mandato=mandato, sentido=Sentido.CONFORME, por=usuario
        )
        hechas += len(hecho.conformidades)
        publicadas += len(hecho.publicadas)
        trabas |= {pk: error.mensaje for pk, error in hecho.rechazadas.items()}
    if hechas:
        texto = ngettext(
            "Dio su conformidad a %(n)s respuesta.",
            "Dio su conformidad a %(n)s respuestas.",
            hechas,
        )
        quedaron = ngettext(" %(p)s quedó publicada.", " %(p)s quedaron publicadas.", publicadas)
        frase = texto % {"n": hechas} + (quedaron % {"p": publicadas} if publicadas else "")
        messages.success(request, frase)
    for pk, traba in trabas.items():
        messages.warning(request, _("Respuesta %(pk)s: %(traba)s") % {"pk": pk, "traba": traba})
    return redirect("paginas:conformidades")


def _dicho(sentido: str, publicadas: int) -> str:
    if publicadas:
        return _(
            "Su decisión quedó registrada, y la respuesta publicada: no le faltaba ninguna otra."
        )
    if sentido == Sentido.PIDE_CAMBIOS:
        return _("Su decisión quedó registrada. Le avisamos a quien redactó la respuesta.")
    return _("Su decisión quedó registrada.")


def _ids(textos: list[str]) -> list[int]:
    return [int(t) for t in textos if t.isascii() and t.isdigit() and len(t) < 19]


def _leida(texto: str) -> tuple[int, str] | None:
    """«12:ab34…» as (12, «ab34…»)."""
    pk, _dos_puntos, sha256 = texto.partition(":")
    ids = _ids([pk])
    return (ids[0], sha256) if ids and sha256 else None
