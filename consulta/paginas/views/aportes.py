"""The lasting page of one contribution, the reply to it, and taking it back."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from consulta.aportes.enums import TipoAporte
from consulta.aportes.filas import apoya
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
from consulta.paginas.forms.aporte import ReplicaForm
from consulta.paginas.lectores import anotar_al_terminar, lector_de, recordar, sigue
from consulta.paginas.presentacion.alrededor import alrededor_de
from consulta.paginas.presentacion.aportes import EN_REVISION, estado_de
from consulta.paginas.presentacion.despues import despues_de_uno
from consulta.paginas.presentacion.detalle import (
    campos_de,
    datos_de,
    datos_estructurados,
    titulo_de,
    versiones_de_respuesta,
)
from consulta.paginas.presentacion.direcciones import direccion
from consulta.paginas.presentacion.hilos import hilo_de_aporte, ver_en_hilo
from consulta.paginas.presentacion.pedido import pedido_de
from consulta.paginas.presentacion.tarjetas import folio_de, tarjeta_de_aporte
from consulta.paginas.vigencia import revalidable

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
            "organizacion",
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


@revalidable
@publica
@require_safe
def aporte(request: HttpRequest, folio: str) -> HttpResponse:
    """One contribution: its words, its answer, what was said of it."""
    fila = aporte_de_folio(folio)
    if fila.folio != folio:
        return redirect(fila, permanent=True)
    return pagina_de_aporte(request, fila)


def pagina_de_aporte(request: HttpRequest, fila: Aporte) -> TemplateResponse:
    """The page of `fila`, with the stretch of its thread that the address asks for."""
    ahora = timezone.now()
    lector = lector_de(request, fila.consulta, ahora)
    lector.tambien = (fila.pk,)
    es_raiz = fila.raiz_id is None
    lectura = recordar(lector, request, fila.asunto, fila) if es_raiz else None
    hilo = hilo_de_aporte(fila, pedido_de(request), lector)
    participacion = participacion_en(
        request,
        fila.consulta,
        TipoAporte.REPLICA,
        ahora,
        lugar=reverse("paginas:replicar", args=[fila.folio]),
    )
    codigo = abiertos.codigo(request, fila)
    despues = despues_de_uno(fila, ahora, suyo=abiertos.es_mio(request, fila))
    en_revision = despues is not None and not fila.esta_respondido and fila.exige_respuesta
    contexto = _contexto(fila, participacion)
    vista = tarjeta_de_aporte(fila, lector, apoyado=apoya(lector.cuenta, fila))
    contexto |= {
        "seo": seo(
            titulo_de(fila),
            fila.get_absolute_url(),
            vista.texto or "Queda la constancia de este aporte.",
            datos=datos_estructurados(fila, hilo.total),
        ),
        "vista": vista,
        "campos": campos_de(fila) if fila.es_visible else [],
        "datos": datos_de(fila, con_plazo=estado_de(fila, lector.hoy) in ("pendiente", "vencido")),
        "estado": EN_REVISION if en_revision else estado_de(fila, lector.hoy),
        "respuestas": versiones_de_respuesta(fila),
        "despues": despues,
        "hilo": hilo,
        "alrededor": alrededor_de(fila),
        "ver_en_hilo": ver_en_hilo(fila),
        **_padre(fila),
        "siguiendo": sigue(lector.cuenta, fila.asunto, fila.raiz or fila),
        "url_seguir": reverse("paginas:seguir", args=[fila.folio]),
        "campana": lector.campanas.get(fila.pk),
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
    pagina = TemplateResponse(request, "paginas/aporte.html", contexto)
    return anotar_al_terminar(pagina, request, lector, lectura, fila.asunto, fila)


@publica
@require_http_methods(["GET", "HEAD", "POST"])
def replicar(request: HttpRequest, folio: str) -> HttpResponse:
    """Write a reply and send it."""
    padre = aporte_de_folio(folio)
    ahora = timezone.now()
    participacion = participacion_en(request, padre.consulta, TipoAporte.REPLICA, ahora)
    form = formulario(request, ReplicaForm, participacion)
    if not padre.es_visible and request.method != "POST":
        form = None  # what was being written to it comes back with its words; nothing is begun
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
    lector = lector_de(request, padre.consulta, ahora)
    contexto = _contexto(padre, participacion)
    contexto |= {
        "seo": seo(f"Responder a {padre.folio}", reverse("paginas:replicar", args=[padre.folio])),
        "vista": tarjeta_de_aporte(padre, lector, apoyado=apoya(lector.cuenta, padre)),
        "form": form,
    }
    return TemplateResponse(request, "paginas/replicar.html", contexto, status=estado_http(form))


def _padre(fila: Aporte) -> dict[str, str]:
    """What it replies to, by folio and address."""
    if fila.padre is None:
        return {}
    folio = folio_de(fila.consulta, fila.padre.n or 0)
    return {"padre_folio": folio, "padre_url": direccion("aporte", folio)}


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
