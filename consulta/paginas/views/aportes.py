"""The lasting page of one contribution, the reply to it, and taking it back."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from comun.listas import PAGINA
from consulta.aportes.enums import TipoAporte
from consulta.aportes.models import Aporte
from consulta.aportes.permissions import puede_corregir, puede_retirar
from consulta.aportes.versiones import corregido_en
from consulta.paginas import abiertos
from consulta.paginas.cabeceras import cuenta, migas, publica, seo
from consulta.paginas.envio import (
    Participacion,
    estado_http,
    formulario,
    participacion_en,
    recibir,
)
from consulta.paginas.forms import ReplicaForm
from consulta.paginas.presentacion.alrededor import alrededor_de
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
            "ingresado_por__institucion",
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
    participacion = participacion_en(
        request,
        fila.consulta,
        TipoAporte.REPLICA,
        ahora,
        lugar=reverse("paginas:replicar", args=[fila.folio]),
    )
    codigo = abiertos.codigo(request, fila)
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
        "alrededor": alrededor_de(fila),
        "en_su_hilo": pagina_en_su_hilo(fila) if fila.raiz_id else 0,
        "campana": campanas_de([fila.pk]).get(fila.pk),
        "por_apelacion": bool(fila.repuesto_en)
        and fila.apelaciones.filter(acogida=True, resuelta_en=fila.repuesto_en).exists(),
        "es_mio": abiertos.es_mio(request, fila),
        "puede_retirar": puede_retirar(cuenta(request), fila, ahora, codigo),
        "puede_corregir": puede_corregir(cuenta(request), fila, ahora, codigo),
        "corregido": corregido_en(fila),
        "form": formulario(request, ReplicaForm, participacion)
        if fila.es_visible and participacion.autenticado
        else None,
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
