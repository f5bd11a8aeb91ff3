"""The public ledger: its figures, each leading to its rows; as pages and as files."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from comun.fechas import dia_de
from comun.listas import Faceta, activos, consulta_sin, faceta, pagina
from comun.planillas import filas_csv
from consulta.aportes.models import Aporte
from consulta.paginas.cabeceras import migas, publica, seo
from consulta.paginas.presentacion import libro as vista
from consulta.paginas.presentacion.aportes import filas_de
from consulta.paginas.presentacion.libro_csv import tabla_de
from consulta.paginas.recordado import libro_recordado, primer_envio, recordado
from consulta.paginas.vigencia import revalidable
from consulta.procesos.enums import Regimen
from consulta.procesos.models import Consulta
from consulta.respuestas.cifras.cortes import TITULOS
from consulta.respuestas.cifras.filtro import PERMITIDOS, Filtro, filas, leer
from consulta.respuestas.cifras.planilla import ENCABEZADO, renglones
from consulta.respuestas.cifras.vigentes import Texto

POR_PAGINA = 20
MESES = 120
ROTULOS = {
    "consulta": "Consulta",
    "institucion": "Institución que responde",
    "tema": "Tema",
    "region": "Región",
    "tipo_autor": "Tipo de autor",
    "resultado": "Resultado",
    "mes": "Mes en que llegó",
    "texto": "Texto de la respuesta",
    "plazo": "Plazo",
    "estado": "Estado",
}


@dataclass(frozen=True)
class _Pedido:
    """What was asked: of which consultation (None: of all), narrowed how, on which day."""

    consulta: Consulta | None
    filtro: Filtro
    como: vista.Nombres
    hoy: date

    @property
    def slug(self) -> str:
        return self.consulta.slug if self.consulta else ""

    @property
    def de_quien(self) -> str:
        return self.consulta.titulo if self.consulta else "todas las consultas"


def _pedido(request: HttpRequest, slug: str | None, *, con_estado: bool) -> _Pedido:
    consulta = None
    filtro = leer(request.GET.dict())
    if slug is not None:
        consulta = get_object_or_404(Consulta.objects.publicadas().con_contexto(), slug=slug)
        filtro = filtro.con(consulta=slug)
    if not con_estado:
        # The columns are the states: a figure leads to its rows by adding one.
        filtro = filtro.con(estado="")
    return _Pedido(consulta, filtro, vista.nombres(), dia_de(timezone.now()))


@revalidable
@publica
@require_safe
def libro(request: HttpRequest, slug: str | None = None) -> TemplateResponse:
    """The line, the figures and every cut. The same queries whatever the rows."""
    pedido = _pedido(request, slug, con_estado=False)
    cortes = tuple(c for c in TITULOS if not (pedido.consulta and c == "consulta"))
    hecho, primero = libro_recordado(request, pedido.filtro, pedido.hoy, cortes)
    contexto = _contexto(request, pedido, "Libro de respuestas", "libro", primero) | {
        "total": hecho.total,
        "celdas": vista.celdas(hecho.total, pedido.slug, pedido.filtro),
        "textos": _textos(hecho.total, pedido),
        "cortes": [
            vista.corte_visto(c, hecho, pedido.como, pedido.slug, pedido.filtro) for c in cortes
        ],
        "columnas": [rotulo for _nombre, rotulo in vista.COLUMNAS],
        "aportes_url": vista.direccion("libro_aportes", pedido.slug, pedido.filtro),
        "csv_url": vista.direccion("libro_csv", pedido.slug, pedido.filtro),
    }
    return TemplateResponse(request, "paginas/libro.html", contexto)


@revalidable
@publica
@require_safe
def aportes(request: HttpRequest, slug: str | None = None) -> TemplateResponse:
    """The rows behind a figure."""
    pedido = _pedido(request, slug, con_estado=True)
    ahora = timezone.now()
    claves = (
        filas(pedido.filtro, pedido.hoy).order_by("-enviado_en", "-pk").values_list("pk", flat=True)
    )
    page_obj = pagina(request, claves, POR_PAGINA)
    por_clave = {
        a.pk: a for a in Aporte.objects.filter(pk__in=list(page_obj.object_list)).con_texto()
    }
    primero = recordado(
        request, ("primer envío", pedido.slug), lambda: primer_envio(pedido.slug, pedido.hoy)
    )
    contexto = _contexto(request, pedido, "Aportes del libro", "libro_aportes", primero) | {
        "page_obj": page_obj,
        "filas": filas_de([por_clave[pk] for pk in page_obj.object_list], ahora=ahora),
        "base_query": consulta_sin(request),
        "libro_url": vista.direccion("libro", pedido.slug, pedido.filtro.con(estado="")),
        "csv_url": vista.direccion("libro_csv", pedido.slug, pedido.filtro),
    }
    contexto["migas"].insert(-1, {"titulo": "Libro de respuestas", "url": contexto["libro_url"]})
    return TemplateResponse(request, "paginas/libro_aportes.html", contexto)


@require_safe
def aportes_csv(request: HttpRequest, slug: str | None = None) -> StreamingHttpResponse:
    """The rows behind a figure as a file, written while they are read."""
    pedido = _pedido(request, slug, con_estado=True)
    cuerpo = filas_csv(ENCABEZADO, renglones(pedido.filtro, pedido.hoy))
    respuesta = StreamingHttpResponse(cuerpo, content_type="text/csv; charset=utf-8")
    return _como_archivo(respuesta, "aportes", pedido)


@require_safe
def corte_csv(request: HttpRequest, corte: str, slug: str | None = None) -> HttpResponse:
    """One cut as a file."""
    if corte not in TITULOS:
        raise Http404
    pedido = _pedido(request, slug, con_estado=False)
    hecho, _primero = libro_recordado(request, pedido.filtro, pedido.hoy, (corte,))
    respuesta = HttpResponse(
        b"".join(tabla_de(corte, hecho.cortes[corte], pedido.como)),
        content_type="text/csv; charset=utf-8",
    )
    return _como_archivo(respuesta, corte.replace("_", "-"), pedido)


def _como_archivo(respuesta: Any, que: str, pedido: _Pedido) -> Any:
    donde = f"-{pedido.slug}" if pedido.slug else ""
    respuesta["Content-Disposition"] = f'attachment; filename="libro{donde}-{que}.csv"'
    return respuesta


def _textos(total: Any, pedido: _Pedido) -> list[dict[str, Any]]:
    """How the answered divide by their words: the three kinds add up to them."""
    return [
        {
            "rotulo": str(clase.label),
            "n": getattr(total, nombre),
            "parte": vista.porcentaje(
                100 * getattr(total, nombre) / total.respondidos if total.respondidos else None
            ),
            "url": vista.direccion(
                "libro_aportes", pedido.slug, pedido.filtro, **vista.LLEVA[nombre]
            ),
        }
        for clase, nombre in zip(Texto, ("identicos", "comunes", "propios"), strict=True)
    ]


def _contexto(
    request: HttpRequest, pedido: _Pedido, titulo: str, nombre: str, primero: datetime | None
) -> dict[str, Any]:
    consulta = pedido.consulta
    camino = (
        [
            ("Consultas", reverse("paginas:consultas")),
            (consulta.titulo, consulta.get_absolute_url()),
        ]
        if consulta
        else []
    )
    elegidos = vista.textos_de(pedido.filtro, pedido.como)
    if consulta:
        elegidos.pop("consulta", None)
    ajena = Consulta.objects.publicadas().exclude(etapa__proceso__regimen=Regimen.DEMOSTRACION)
    return {
        "seo": seo(
            f"{titulo} · {pedido.de_quien}" if consulta else titulo,
            vista.direccion(nombre, pedido.slug, Filtro()),
            f"Cuántos aportes se recibieron y respondieron en {pedido.de_quien}, en cuántos días y cómo.",
        ),
        "migas": migas(*camino, (titulo, "")),
        "datos_demo": consulta.etapa.proceso.es_demostracion if consulta else not ajena.exists(),
        "consulta": consulta,
        "titulo": titulo,
        "facetas": _facetas(pedido, primero, con_estado=nombre == "libro_aportes"),
        "activos": activos(request, elegidos),
    }


def _facetas(pedido: _Pedido, primero: datetime | None, *, con_estado: bool) -> list[Faceta]:
    """Every filter as a select, without counts: those are in the cuts."""
    f = pedido.filtro
    cerradas: dict[str, dict[Any, Any]] = {
        "texto": dict(Texto.choices),
        "plazo": vista.PLAZOS,
        "estado": vista.ESTADOS,
    }
    hechas = []
    for nombre, rotulo in ROTULOS.items():
        if (nombre == "consulta" and pedido.consulta) or (nombre == "estado" and not con_estado):
            continue
        if nombre == "mes":
            opciones = {mes: vista.nombre_de_mes(mes) for mes in _meses(pedido.hoy, primero)}
        elif nombre in cerradas:
            opciones = {k: str(v) for k, v in cerradas[nombre].items()}
        else:
            opciones = vista.opciones_de(nombre, pedido.como)
            if nombre in PERMITIDOS:
                opciones = {k: v for k, v in opciones.items() if k in PERMITIDOS[nombre]}
        todos = "Todas" if nombre in ("consulta", "institucion", "region") else "Todos"
        elegido = getattr(f, nombre)
        hechas.append(
            faceta(nombre, rotulo, elegido, [(k, v, None) for k, v in opciones.items()], todos)
        )
    return hechas


def _meses(hoy: date, primero: datetime | None) -> list[str]:
    """From the last month back to that of the first contribution."""
    if primero is None:
        return []
    dia = dia_de(primero)
    hasta, desde = hoy.year * 12 + hoy.month, dia.year * 12 + dia.month
    return [f"{(m - 1) // 12}-{(m - 1) % 12 + 1:02d}" for m in range(hasta, desde - 1, -1)][:MESES]
