"""The draft text: read whole, or fragment by fragment with what people say of it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from comun.listas import PAGINA, consulta_sin, elegido
from consulta.aportes.enums import TipoAporte
from consulta.paginas.cabeceras import breve, migas, publica, seo
from consulta.paginas.envio import estado_http, formulario, participacion_en, recibir
from consulta.paginas.forms import ComentarioForm
from consulta.paginas.presentacion.borradores import (
    comentarios_por_fragmento,
    secciones,
    vista_de_fragmento,
    vistas_de_version,
)
from consulta.paginas.presentacion.consultas import plazo_de
from consulta.paginas.presentacion.hilos import ORDENES, RECIENTES, hilo_de_asunto
from consulta.paginas.views.listas import ordenes
from consulta.procesos.enums import Verbo
from consulta.procesos.models import Asunto, Consulta, Fragmento, VersionBorrador


@publica
@require_safe
def borrador(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """To the latest published version."""
    version = (
        VersionBorrador.objects.publicadas()
        .filter(consulta__slug=slug, consulta__publicada=True)
        .order_by("-n")
        .first()
    )
    if version is None:
        raise Http404("Esta consulta no tiene un borrador publicado")
    return redirect("paginas:borrador_version", slug, version.n)


@publica
@require_safe
def borrador_version(request: HttpRequest, slug: str, n: int) -> TemplateResponse:
    """One version as a text, with its contents and the count of comments beside each fragment."""
    consulta = get_object_or_404(Consulta.objects.publicadas().con_contexto(), slug=slug)
    versiones = list(consulta.versiones.publicadas().order_by("n"))
    version = _version(versiones, n)
    vigente = version == versiones[-1]
    ahora = timezone.now()
    vistas = vistas_de_version(
        version,
        version.fragmentos.all(),
        comentarios_por_fragmento(version),
        slug=slug,
        comentable=vigente and consulta.etapa.permite(Verbo.OBSERVAR, ahora),
    )
    titulo = version.titulo or f"Borrador en consulta, versión {n}"
    return TemplateResponse(
        request,
        "paginas/borrador.html",
        {
            "seo": seo(
                f"{titulo} · {consulta.titulo}",
                reverse("paginas:borrador_version", args=[slug, n]),
                consulta.resumen,
            ),
            "migas": _migas(consulta, (f"Borrador, versión {n}", "")),
            "datos_demo": consulta.etapa.proceso.es_demostracion,
            "consulta": consulta,
            "version": version,
            "versiones": versiones,
            "vigente": versiones[-1] if not vigente else None,
            "titulo": titulo,
            "fragmentos": vistas,
            "secciones": secciones(vistas),
            "plazo": plazo_de(consulta, ahora),
            "abierta": consulta.etapa.permite(Verbo.OBSERVAR, ahora),
        },
    )


@publica
@require_http_methods(["GET", "HEAD", "POST"])
def fragmento(request: HttpRequest, slug: str, n: int, orden: int) -> HttpResponse:
    """One fragment, what was said of it, and the place to say something."""
    asunto = get_object_or_404(
        Asunto.objects.select_related("fragmento__version", "consulta__etapa__proceso").filter(
            consulta__publicada=True, fragmento__version__publicada_en__isnull=False
        ),
        consulta__slug=slug,
        fragmento__version__n=n,
        fragmento__orden=orden,
    )
    ahora = timezone.now()
    participacion = participacion_en(request, asunto.consulta, TipoAporte.OBSERVACION, ahora)
    form = formulario(request, ComentarioForm, participacion)
    if request.method == "POST" and form is not None:
        enviado = recibir(request, form, participacion, asunto=asunto, tipo=TipoAporte.OBSERVACION)
        if enviado is not None:
            return enviado
    orden_hilo = elegido(request, "orden", ORDENES) or RECIENTES
    contexto = _contexto_de_fragmento(asunto)
    contexto |= {
        "participacion": participacion,
        "form": form,
        "hilo": hilo_de_asunto(
            asunto,
            ahora=ahora,
            replicable=asunto.consulta.etapa.permite(Verbo.REPLICAR, ahora),
            pagina=request.GET.get(PAGINA),
            orden=orden_hilo,
        ),
        "ordenes": ordenes(request, orden_hilo),
        "base_query": consulta_sin(request),
        "plazo": plazo_de(asunto.consulta, ahora),
    }
    return TemplateResponse(request, "paginas/fragmento.html", contexto, status=estado_http(form))


def _version(versiones: list[VersionBorrador], n: int) -> VersionBorrador:
    for version in versiones:
        if version.n == n:
            return version
    raise Http404("No hay tal versión publicada")


def _migas(consulta: Consulta, *mas: tuple[str, str]) -> list[dict[str, str]]:
    return migas(
        ("Consultas", reverse("paginas:consultas")),
        (consulta.titulo, consulta.get_absolute_url()),
        *mas,
    )


def _contexto_de_fragmento(asunto: Asunto) -> dict[str, object]:
    """What surrounds a fragment: its neighbours and the other versions; two queries."""
    consulta, fila = asunto.consulta, asunto.fragmento
    if fila is None:
        raise Http404("Ese asunto no es un fragmento")
    version = fila.version
    vecinos = {
        f.orden: vista_de_fragmento(f, slug=consulta.slug, n=version.n)
        for f in Fragmento.objects.filter(
            version=version, orden__in=[fila.orden - 1, fila.orden + 1]
        )
    }
    ultima = consulta.versiones.publicadas().order_by("-n").first()
    texto = reverse("paginas:borrador_version", args=[consulta.slug, version.n])
    nombre = f"Párrafo {fila.orden} de la versión {version.n}"
    return {
        "seo": seo(
            f"{nombre} · {consulta.titulo}",
            reverse("paginas:fragmento", args=[consulta.slug, version.n, fila.orden]),
            fila.texto,
        ),
        "migas": _migas(
            consulta, (f"Borrador, versión {version.n}", texto), (f"Párrafo {fila.orden}", "")
        ),
        "datos_demo": consulta.etapa.proceso.es_demostracion,
        "consulta": consulta,
        "version": version,
        "vigente": ultima if ultima and ultima.n != version.n else None,
        "nombre": nombre,
        "fragmento": vista_de_fragmento(fila, slug=consulta.slug, n=version.n),
        "sumario": breve(fila.texto, 90),
        "anterior": vecinos.get(fila.orden - 1),
        "siguiente": vecinos.get(fila.orden + 1),
        "url_texto": f"{texto}#p{fila.orden}",
    }
