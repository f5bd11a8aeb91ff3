"""The draft text: read whole, or fragment by fragment with what people say of it."""

from collections.abc import Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from consulta.aportes.enums import TipoAporte
from consulta.paginas.cabeceras import breve, migas, publica, seo
from consulta.paginas.envio import estado_http, formulario, participacion_en, recibir
from consulta.paginas.forms.postura import formulario_de_fragmento
from consulta.paginas.lectores import (
    anotar_al_terminar,
    asuntos_de,
    lector_de,
    pide_trozo,
    recordar,
    segun_htmx,
)
from consulta.paginas.presentacion.borradores import QueCambio, vista_de_fragmento
from consulta.paginas.presentacion.citas import marcas_de
from consulta.paginas.presentacion.consultas import plazo_de
from consulta.paginas.presentacion.hilos import hilo_de_asunto
from consulta.paginas.presentacion.lectura import comentarios_generales, leer_version, por_fragmento
from consulta.paginas.presentacion.pedido import pedido_de
from consulta.paginas.presentacion.seleccion import citadas_en, leer_tramo, seleccion_en
from consulta.paginas.presentacion.tramos import Marca
from consulta.paginas.vigencia import revalidable
from consulta.procesos.enums import Verbo
from consulta.procesos.linajes import linea_de
from consulta.procesos.models import Asunto, Consulta, Fragmento, VersionBorrador
from consulta.respuestas.models import Cobertura

CITA = "cita"
PARTE = "parte"


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


@revalidable
@publica
@require_safe
def borrador_version(request: HttpRequest, slug: str, n: int) -> TemplateResponse:
    """One version as a text, with its contents, what changed and the comments beside each fragment.

    A long one comes in parts: `parte` is which, `p` the paragraph whose part is wanted.
    """
    consulta = get_object_or_404(Consulta.objects.publicadas().con_contexto(), slug=slug)
    versiones = list(consulta.versiones.publicadas().order_by("n"))
    version = _version(versiones, n)
    vigente = version == versiones[-1]
    ahora = timezone.now()
    abierta = consulta.etapa.permite(Verbo.OBSERVAR, ahora)
    lectura = leer_version(
        consulta,
        version,
        versiones,
        pagina=_numero(request, PARTE),
        orden=_numero(request, "p"),
        comentable=vigente and abierta,
    )
    titulo = version.titulo or f"Borrador en consulta, versión {n}"
    ruta = reverse("paginas:borrador_version", args=[slug, n])
    parte = lectura.parte.n
    return TemplateResponse(
        request,
        "paginas/borrador.html",
        {
            "seo": seo(
                f"{titulo} · {consulta.titulo}",
                ruta if parte == 1 else f"{ruta}?{PARTE}={parte}",
                consulta.resumen,
            ),
            "migas": _migas(consulta, (f"Borrador, versión {n}", "")),
            "datos_demo": consulta.etapa.proceso.es_demostracion,
            "consulta": consulta,
            "version": version,
            "versiones": versiones,
            "vigente": versiones[-1] if not vigente else None,
            "titulo": titulo,
            "lectura": lectura,
            "generales": comentarios_generales(consulta),
            "plazo": plazo_de(consulta, ahora),
            "abierta": abierta,
        },
    )


@revalidable
@publica
@require_http_methods(["GET", "HEAD", "POST"])
def fragmento(request: HttpRequest, slug: str, n: int, orden: int) -> HttpResponse:
    """One fragment, what was said of it, and the place to say something: of all of it, or of the
    words that `cita` chooses («inicio-fin», in characters)."""
    asunto = get_object_or_404(
        _con_vecinos(asuntos_de(request)),
        consulta__slug=slug,
        fragmento__version__n=n,
        fragmento__orden=orden,
    )
    ahora = timezone.now()
    texto = asunto.fragmento.texto if asunto.fragmento else ""
    tramo = leer_tramo(request.GET.get(CITA, ""), texto)
    participacion = participacion_en(request, asunto.consulta, TipoAporte.OBSERVACION, ahora)
    form = formulario(request, formulario_de_fragmento(asunto.consulta), participacion)
    if form is not None:
        form.citar(texto, tramo)
    if request.method == "POST" and form is not None:
        enviado = recibir(request, form, participacion, asunto=asunto, tipo=TipoAporte.OBSERVACION)
        if enviado is not None:
            return enviado
    lector = lector_de(request, asunto.consulta, ahora)
    lectura = recordar(lector, request, asunto)
    hilo = hilo_de_asunto(asunto, getattr(asunto, "recuento", None), pedido_de(request), lector)
    if request.method == "GET" and pide_trozo(request):
        return segun_htmx(TemplateResponse(request, "paginas/_mas_hilos.html", {"hilo": hilo}))
    contexto = _contexto_de_fragmento(asunto, tramo)
    contexto |= {
        "participacion": participacion,
        "form": form,
        "asunto": asunto,
        "hilo": hilo,
        "siguiendo": asunto.siguiendo,  # type: ignore[attr-defined]
        "url_seguir": reverse("paginas:seguir_fragmento", args=[slug, n, orden]),
        "plazo": plazo_de(asunto.consulta, ahora),
    }
    pagina = TemplateResponse(request, "paginas/fragmento.html", contexto, status=estado_http(form))
    return segun_htmx(anotar_al_terminar(pagina, request, lector, lectura, asunto))


def _numero(request: HttpRequest, nombre: str) -> int | None:
    valor = request.GET.get(nombre, "")
    return int(valor) if valor.isascii() and valor.isdecimal() and len(valor) < 9 else None


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


def _contexto_de_fragmento(asunto: Asunto, tramo: tuple[int, int] | None) -> dict[str, object]:
    """What surrounds a fragment: its neighbours, the other versions, who quotes it; three queries at most."""
    consulta, fila = asunto.consulta, asunto.fragmento
    if fila is None:
        raise Http404("Ese asunto no es un fragmento")
    version = fila.version
    ultima: int = asunto.ultima  # type: ignore[attr-defined]
    vieja = ultima != version.n
    texto = reverse("paginas:borrador_version", args=[consulta.slug, version.n])
    ruta = reverse("paginas:fragmento", args=[consulta.slug, version.n, fila.orden])
    nombre = f"Párrafo {fila.orden} de la versión {version.n}"
    marcas = marcas_de(version, [fila.pk]).get(fila.pk, [])
    elegida = [Marca(*tramo, "", "")] if tramo else []
    antes, despues = _parientes(fila) if version.n > 1 or vieja else ([], [])
    return {
        "seo": seo(f"{nombre} · {consulta.titulo}", ruta, fila.texto),
        "migas": _migas(
            consulta, (f"Borrador, versión {version.n}", texto), (f"Párrafo {fila.orden}", "")
        ),
        "datos_demo": consulta.etapa.proceso.es_demostracion,
        "consulta": consulta,
        "version": version,
        "vigente": {"n": ultima} if vieja else None,
        "nombre": nombre,
        "fragmento": vista_de_fragmento(
            fila, slug=consulta.slug, n=version.n, marcas=[*elegida, *marcas]
        ),
        "citadas": citadas_en(fila.texto, marcas),
        "seleccion": seleccion_en(fila.texto, tramo, ruta),
        "antes": antes,
        "despues": despues,
        "cambio_por": _cambio_por(fila) if version.n > 1 else (),
        "sumario": breve(fila.texto, 90),
        "anterior": fila.orden - 1 if asunto.hay_anterior else 0,  # type: ignore[attr-defined]
        "siguiente": fila.orden + 1 if asunto.hay_siguiente else 0,  # type: ignore[attr-defined]
        "url_texto": f"{texto}?p={fila.orden}#p{fila.orden}",
    }


def _con_vecinos(asuntos: "QuerySet[Asunto]") -> "QuerySet[Asunto]":
    """Of fragments anyone may read, with their neighbours and the newest version, in one query."""
    de_la_version = Fragmento.objects.filter(version=OuterRef("fragmento__version"))
    publicadas = VersionBorrador.objects.publicadas().filter(consulta=OuterRef("consulta"))
    return (
        asuntos.filter(consulta__publicada=True, fragmento__version__publicada_en__isnull=False)
        .select_related("fragmento__version__consulta", "consulta__etapa__proceso", "recuento")
        .annotate(
            hay_anterior=Exists(de_la_version.filter(orden=OuterRef("fragmento__orden") - 1)),
            hay_siguiente=Exists(de_la_version.filter(orden=OuterRef("fragmento__orden") + 1)),
            ultima=Subquery(publicadas.order_by("-n").values("n")[:1]),
        )
    )


def _cambio_por(fila: Fragmento) -> Sequence[QueCambio]:
    """The contributions that changed it, when it came into this version; one query."""
    cambiaron = Cobertura.objects.que_cambiaron([fila.version]).filter(destino__fragmento=fila)
    return por_fragmento(cambiaron).get(fila.pk, ())


def _parientes(fila: Fragmento) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The same paragraph in the versions before and in those after, with its comments; one query."""
    linea = Q(pk__in=linea_de(fila, hacia_atras=True)) | Q(pk__in=linea_de(fila, hacia_atras=False))
    parientes = (
        Fragmento.objects.publicos()
        .filter(linea)
        .select_related("version__consulta")
        .annotate(comentarios=F("asunto__recuento__total"))
        .order_by("-version__n", "orden")
    )
    antes: list[dict[str, object]] = []
    despues: list[dict[str, object]] = []
    for p in parientes:
        (antes if p.version.n < fila.version.n else despues).append(
            {
                "nombre": f"Versión {p.version.n}, párrafo {p.orden}",
                "url": p.get_absolute_url(),
                "comentarios": p.comentarios or 0,
            }
        )
    return antes, despues
