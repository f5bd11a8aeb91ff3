"""The lasting page of one contribution, the reply to it, and taking it back."""

import re

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comun.errores import ErrorDeDominio
from comun.listas import PAGINA
from consulta.aportes.enums import TipoAporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.aportes.permissions import es_autor, puede_retirar
from consulta.paginas.cabeceras import migas, persona, publica, seo
from consulta.paginas.envio import (
    Participacion,
    estado_http,
    formulario,
    participacion_en,
    recibir,
)
from consulta.paginas.errores import NO_PROCESABLE, errores_de_formulario
from consulta.paginas.forms import ReplicaForm, RetiroForm
from consulta.paginas.presentacion.aportes import se_puede_replicar, vista_de
from consulta.paginas.presentacion.campanas import campanas_de
from consulta.paginas.presentacion.detalle import (
    campos_de,
    datos_de,
    datos_estructurados,
    titulo_de,
    versiones_de_respuesta,
)
from consulta.paginas.presentacion.hilos import hilo_de_aporte, pagina_en_su_hilo

FOLIO = re.compile(r"([A-Za-z][A-Za-z0-9]{1,11})-([0-9]{1,9})")


def aporte_de_folio(folio: str) -> Aporte:
    """The public contribution of that folio, in any case and with any zeros. Raises Http404."""
    partes = FOLIO.fullmatch(folio)
    if partes is None:
        raise Http404("No es un folio")
    aporte = (
        Aporte.objects.publicos()
        .con_texto()
        .select_related(
            "consulta__etapa__proceso",
            "asunto__fragmento__version",
            "autoria",
            "en_nombre_de",
            "tema",
            "institucion",
            "padre",
            "raiz",
        )
        .filter(consulta__sigla=partes[1].upper(), n=int(partes[2]))
        .first()
    )
    if aporte is None:
        raise Http404("No hay un aporte con ese folio")
    return aporte


@publica
@require_safe
def aporte(request: HttpRequest, folio: str) -> HttpResponse:
    """One contribution: its words, its answer, what was said of it."""
    fila = aporte_de_folio(folio)
    if fila.folio != folio:
        return redirect(fila, permanent=True)
    ahora = timezone.now()
    replicable = se_puede_replicar(fila, ahora)
    hilo = hilo_de_aporte(fila, ahora=ahora, replicable=replicable, pagina=request.GET.get(PAGINA))
    participacion = participacion_en(request, fila.consulta, TipoAporte.REPLICA, ahora)
    contexto = _contexto(fila, participacion)
    vista = vista_de(fila, ahora=ahora, replicable=replicable, con_ancla=True)
    contexto |= {
        "seo": seo(
            titulo_de(fila),
            fila.get_absolute_url(),
            vista.texto or "Queda la constancia de este aporte.",
            datos=datos_estructurados(fila, hilo.total),
        ),
        "vista": vista,
        "campos": campos_de(fila) if fila.es_visible else [],
        "datos": datos_de(fila, con_plazo=vista.estado in ("pendiente", "vencido")),
        "respuestas": versiones_de_respuesta(fila),
        "hilo": hilo,
        "en_su_hilo": pagina_en_su_hilo(fila) if fila.raiz_id else 0,
        "campana": campanas_de([fila.pk]).get(fila.pk),
        "por_apelacion": bool(fila.repuesto_en)
        and fila.apelaciones.filter(acogida=True, resuelta_en=fila.repuesto_en).exists(),
        "es_mio": es_autor(persona(request), fila),
        "puede_retirar": puede_retirar(persona(request), fila, ahora),
        "form": formulario(request, ReplicaForm, participacion) if fila.es_visible else None,
    }
    return TemplateResponse(request, "paginas/aporte.html", contexto)


@publica
@require_http_methods(["GET", "HEAD", "POST"])
def replicar(request: HttpRequest, folio: str) -> HttpResponse:
    """Write a reply and send it."""
    padre = aporte_de_folio(folio)
    ahora = timezone.now()
    participacion = participacion_en(request, padre.consulta, TipoAporte.REPLICA, ahora)
    form = formulario(request, ReplicaForm, participacion)
    if request.method == "POST" and form is not None:
        enviado = recibir(
            request,
            form,
            participacion,
            asunto=padre.asunto,
            tipo=TipoAporte.REPLICA,
            padre=padre,
            institucional=form.is_valid() and form.es_institucional,
        )
        if enviado is not None:
            return enviado
    contexto = _contexto(padre, participacion)
    contexto |= {
        "seo": seo(f"Responder a {padre.folio}", reverse("paginas:replicar", args=[padre.folio])),
        "vista": vista_de(padre, ahora=ahora, replicable=False, con_ancla=True),
        "form": form,
    }
    return TemplateResponse(request, "paginas/replicar.html", contexto, status=estado_http(form))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def retirar(request: HttpRequest, folio: str) -> HttpResponse:
    """Ask once more, then take one's own contribution back."""
    fila = aporte_de_folio(folio)
    if not es_autor(persona(request), fila):
        raise PermissionDenied
    form = RetiroForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            retirar_aporte(aporte=fila, por=persona(request), motivo=form.cleaned_data["motivo"])
            return redirect("paginas:mis_aportes")
        except ErrorDeDominio as error:
            errores_de_formulario(form, error)
    return TemplateResponse(
        request,
        "paginas/retirar.html",
        {
            "seo": seo(f"Retirar {fila.folio}", reverse("paginas:retirar", args=[fila.folio])),
            "migas": migas(
                ("Mis aportes", reverse("paginas:mis_aportes")),
                (fila.folio, fila.get_absolute_url()),
                ("Retirar", ""),
            ),
            "aporte": fila,
            "titulo": titulo_de(fila),
            "puede": puede_retirar(persona(request), fila, timezone.now()),
            "form": form,
        },
        status=NO_PROCESABLE if form.errors else 200,
    )


def _contexto(fila: Aporte, participacion: Participacion) -> dict[str, object]:
    titulo = titulo_de(fila)
    return {
        "migas": migas(
            ("Consultas", reverse("paginas:consultas")),
            (fila.consulta.titulo, fila.consulta.get_absolute_url()),
            (fila.folio, ""),
        ),
        "datos_demo": fila.consulta.etapa.proceso.es_demostracion,
        "aporte": fila,
        "consulta": fila.consulta,
        "titulo": titulo,
        "participacion": participacion,
    }
