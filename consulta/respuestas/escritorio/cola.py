"""The officials' queue as a page: filters, states, rows, what is done to many of them."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views import View

from comun.modeladmin import denegar
from comun.planillas import filas_csv
from consulta.aportes.models import Aporte
from consulta.respuestas import cola, opciones
from consulta.respuestas.escritorio.columnas import (
    ColumnasDeAporte,
    columnas_de_planilla,
    fila_de_cola,
)
from consulta.respuestas.estados import NOMBRES_DE_ESTADOS, con_estado
from consulta.respuestas.filtros import FiltrosDeCola
from consulta.respuestas.models import VistaGuardada
from consulta.respuestas.permissions import puede_asignar, puede_gestionar_reglas, puede_ver_libro
from cuentas.models import User

RAPIDAS = (
    ("mios", "Míos", "mios"),
    ("institucion", "Mi institución", "de_la_casa"),
    ("sin_asignar", "Sin asignar", "sin_asignar"),
)


class ColaView(View):
    """The list «Aportes y respuestas»; as CSV with `export=csv`."""

    admin: Any = None

    def get(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        usuario = cast(User, request.user)
        if not puede_ver_libro(usuario):
            return denegar(request)
        filtros = FiltrosDeCola(request.GET, usuario)
        if request.GET.get("export") == "csv":
            return planilla(filtros)
        conteos = cola.contar(filtros)
        escrita = request.GET.get("p", "")
        numero = int(escrita) if escrita.isascii() and escrita.isdigit() and len(escrita) < 8 else 1
        pagina = cola.pagina_de(filtros, numero, conteos.de(filtros["estado"]))
        ofrece = opciones.opciones_de(filtros)
        contexto = {
            "object_list": pagina.filas,
            "filas": [fila_de_cola(a, usuario, filtros, self.admin) for a in pagina.filas],
            "pagina": pagina,
            "paginas": paginas_cercanas(pagina.numero, pagina.paginas),
            "filtros": filtros,
            "cadena": filtros.cadena(),
            "campos": campos_de(filtros, ofrece),
            "dias": [(n, n == filtros.dias) for n in opciones.DIAS_OFRECIDOS],
            "ordenes": ofrece["orden"],
            "fichas": opciones.fichas_de_filtros(filtros, ofrece, NOMBRES_DE_ESTADOS),
            "todos_los_estados": [("", "Todos"), *NOMBRES_DE_ESTADOS.items()],
            "estados": estados_de(filtros, conteos),
            "rapidas": rapidas(filtros, cola.mis_numeros(filtros)),
            "vistas": vistas_de(usuario, filtros),
            "puede_asignar": puede_asignar(usuario),
            "puede_reglas": puede_gestionar_reglas(usuario),
            "ahora": timezone.now(),
            "responder_varios": _si_existe("responder_varios"),
            "esta_pagina": request.get_full_path(),
        }
        return TemplateResponse(request, "respuestas/cola.html", contexto)


def estados_de(filtros: FiltrosDeCola, conteos: cola.Conteos) -> list[dict[str, Any]]:
    """The bar of states: how many of this filter are in each, with its address."""
    return [
        {
            "valor": valor,
            "texto": texto,
            "n": n,
            "elegido": elegido,
            "url": f"?{filtros.cadena(estado=valor)}",
        }
        for valor, texto, n, elegido in cola.estados_con_cuenta(conteos, filtros)
    ]


def _si_existe(nombre: str) -> str:
    """The address of a page of another room of the house, empty where it has none."""
    try:
        return reverse(nombre)
    except NoReverseMatch:
        return ""


def campos_de(filtros: FiltrosDeCola, ofrece: dict[str, opciones.Opciones]) -> list[dict[str, Any]]:
    """The selects of the form of filters, those of every day first."""
    nombres = (
        "a_cargo", "consulta", "tema", "tipo", "region", "institucion", "quien", "tipo_autor",
        "canal", "campana", "preguntas",
    )  # fmt: skip
    return [
        {
            "nombre": nombre,
            "titulo": opciones.TITULOS[nombre],
            "opciones": [(v, t, v == filtros[nombre]) for v, t in ofrece[nombre]],
            "elegido": filtros[nombre],
        }
        for nombre in nombres
        if ofrece[nombre]
    ]


def rapidas(filtros: FiltrosDeCola, numeros: cola.MisNumeros) -> list[dict[str, Any]]:
    """One click to one's own work: the addresses hold no other filter."""
    ofrece = [
        {
            "texto": texto,
            "n": getattr(numeros, campo),
            "url": f"?estado=pendiente&a_cargo={valor}",
            "elegida": filtros.valores == {"estado": "pendiente", "a_cargo": valor},
        }
        for valor, texto, campo in RAPIDAS
        if filtros.usuario.institucion_id or valor != "institucion"
    ]
    if numeros.preguntas or filtros["preguntas"] == "para_mi":
        ofrece.append(
            {
                "texto": "Me preguntan",
                "n": numeros.preguntas,
                "url": "?preguntas=para_mi",
                "elegida": filtros["preguntas"] == "para_mi",
            }
        )
    return ofrece


def vistas_de(usuario: User, filtros: FiltrosDeCola) -> list[dict[str, Any]]:
    """Their saved views; the one on screen is marked."""
    actual = filtros.cadena()
    filas = VistaGuardada.objects.filter(cuenta=usuario).order_by("nombre")
    return [{"fila": v, "elegida": v.filtros == actual} for v in filas]


def paginas_cercanas(numero: int, total: int) -> list[int | None]:
    """Numbers of pages to offer: the first, the last and those around; None where some are left out."""
    cerca = sorted(
        {1, 2, numero - 1, numero, numero + 1, total - 1, total} & set(range(1, total + 1))
    )
    salida: list[int | None] = []
    for n in cerca:
        if salida and salida[-1] is not None and n - salida[-1] > 1:
            salida.append(None)
        salida.append(n)
    return salida


def planilla(filtros: FiltrosDeCola) -> StreamingHttpResponse:
    """What is filtered as CSV, read in pieces."""
    filas = con_estado(Aporte.objects.confirmados().con_texto())
    filas = filtros.ordenar(filtros.aplicar(filas.select_related("institucion", "responsable")))
    columnas = columnas_de_planilla(ColumnasDeAporte())
    respuesta = StreamingHttpResponse(
        filas_csv(
            [titulo for titulo, _valor in columnas],
            ([valor(a) for _t, valor in columnas] for a in filas.iterator(chunk_size=500)),
        ),
        content_type="text/csv; charset=utf-8",
    )
    respuesta["Content-Disposition"] = 'attachment; filename="aportes.csv"'
    return respuesta
