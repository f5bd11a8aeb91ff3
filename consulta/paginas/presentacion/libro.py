"""The public ledger as its page draws it: each figure with the address of exactly its rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from comun.fechas import leer_mes, ventana_del_mes
from comun.regiones import Region
from consulta.aportes.enums import TipoAutor
from consulta.paginas.presentacion.graficos import Grafico, Serie, grafico_de
from consulta.procesos.models import Consulta, Tema
from consulta.respuestas.cifras.cortes import TITULOS, Libro
from consulta.respuestas.cifras.filtro import A_TIEMPO, NACIONAL, SIN, TARDE, Filtro
from consulta.respuestas.cifras.sumas import Cifras, decimal
from consulta.respuestas.cifras.vigentes import Texto
from consulta.respuestas.enums import Resultado
from cuentas.models import Institucion

ESTADOS = {
    "respondido": _("Respondidos"),
    "pendiente": _("Pendientes"),
    "vencido": _("Vencidos"),
    "retirado": _("Retirados"),
    "removido": _("Removidos"),
}
PLAZOS = {A_TIEMPO: _("Respondidos a tiempo"), TARDE: _("Respondidos tarde")}
COLUMNAS: tuple[tuple[str, str], ...] = (
    ("recibidos", _("Recibidos")),
    ("respondidos", _("Respondidos")),
    ("pendientes", _("Pendientes")),
    ("vencidos", _("Vencidos")),
    ("retirados", _("Retirados")),
    ("removidos", _("Removidos")),
    ("mediana", _("Mediana, en días")),
    ("p90", _("9 de cada 10, en días")),
    ("a_tiempo", _("A tiempo")),
    ("identicos", _("Texto idéntico")),
)
LLEVA: dict[str, dict[str, str]] = {
    "recibidos": {},
    "respondidos": {"estado": "respondido"},
    "pendientes": {"estado": "pendiente"},
    "vencidos": {"estado": "vencido"},
    "retirados": {"estado": "retirado"},
    "removidos": {"estado": "removido"},
    "a_tiempo": {"plazo": A_TIEMPO},
    "tarde": {"plazo": TARDE},
    "identicos": {"texto": Texto.IDENTICO},
    "comunes": {"texto": Texto.COMUN},
    "propios": {"texto": Texto.PROPIO},
}
"""What to add to the filter to reach the rows of each figure."""


@dataclass(slots=True)
class Celda:
    """A figure as it is written; `url` leads to its rows, where there are any."""

    rotulo: str
    texto: str
    url: str = ""


@dataclass(slots=True)
class FilaDeCorte:
    titulo: str
    celdas: list[Celda]


@dataclass(slots=True)
class CorteVisto:
    """One way to cut the ledger: drawn, in a table, and as a file."""

    nombre: str
    titulo: str
    filas: list[FilaDeCorte]
    grafico: Grafico
    csv_url: str


@dataclass
class Nombres:
    """How the groups of each cut are called and asked for: value of its column → (name, filter)."""

    por_corte: dict[str, dict[str, tuple[str, dict[str, str]]]] = field(default_factory=dict)

    def de(self, corte: str, clave: str) -> tuple[str, dict[str, str]]:
        if corte == "mes":
            return nombre_de_mes(clave), {"mes": clave}
        return self.por_corte[corte].get(clave, (clave, {}))

    def orden(self, corte: str, claves: Iterable[str]) -> list[str]:
        """The groups in the order people look for them: months as they came, the rest by the list."""
        if corte == "mes":
            return sorted(claves)
        lugares = {clave: i for i, clave in enumerate(self.por_corte[corte])}
        return sorted(claves, key=lambda clave: lugares.get(clave, len(lugares)))


def nombres() -> Nombres:
    """Three queries, whatever the rows."""
    return Nombres(
        {
            "consulta": {
                str(pk): (titulo, {"consulta": slug})
                for pk, titulo, slug in Consulta.objects.publicadas()
                .order_by("-pk")
                .values_list("pk", "titulo", "slug")
            },
            "institucion": {
                **{
                    str(pk): (nombre, {"institucion": str(pk)})
                    for pk, nombre in Institucion.objects.order_by("nombre").values_list(
                        "pk", "nombre"
                    )
                },
                "": (_("Sin institución asignada"), {"institucion": SIN}),
            },
            "tema": {
                **{
                    str(pk): (nombre, {"tema": slug})
                    for pk, nombre, slug in Tema.objects.values_list("pk", "nombre", "slug")
                },
                "": (_("Sin tema"), {"tema": SIN}),
            },
            "region": {
                **{r.value: (str(r.label), {"region": r.value}) for r in Region},
                "": (_("Nacional, sin región"), {"region": NACIONAL}),
            },
            "tipo_autor": {
                **{t.value: (str(t.label), {"tipo_autor": t.value}) for t in TipoAutor},
                "": (_("No lo dijo"), {"tipo_autor": SIN}),
            },
            "resultado": {
                **{r.value: (str(r.label), {"resultado": r.value}) for r in Resultado},
                "pendiente": (_("Sin respuesta todavía"), {"estado": "pendiente"}),
                "retirado": (_("Retirados por su autor o autora"), {"estado": "retirado"}),
                "removido": (_("Removidos por moderación"), {"estado": "removido"}),
            },
        }
    )


def nombre_de_mes(clave: str) -> str:
    """«noviembre de 2026»; as it is when it is no month."""
    leido = leer_mes(clave)
    return date_format(ventana_del_mes(*leido).inicio, "YEAR_MONTH_FORMAT") if leido else clave


def direccion(nombre: str, slug: str, filtro: Filtro, **otros: str) -> str:
    """A page of the ledger of one consultation (`slug`) or of the site, filtered."""
    corte = [otros.pop("corte")] if "corte" in otros else []
    if slug:
        ruta = reverse(f"paginas:{nombre}_de_consulta", args=[slug, *corte])
    else:
        ruta = reverse(f"paginas:{nombre}", args=corte)
    parametros = filtro.con(**otros).puestos
    if slug:
        parametros.pop("consulta", None)
    return f"{ruta}?{urlencode(parametros)}" if parametros else ruta


def cifra(nombre: str, cifras: Cifras) -> str:
    """One figure in words; a dash where there is nothing to count."""
    if nombre == "mediana":
        return "–" if cifras.mediana is None else decimal(cifras.mediana)
    if nombre == "p90":
        return "–" if cifras.p90 is None else str(cifras.p90)
    if nombre == "a_tiempo":
        return porcentaje(cifras.parte_a_tiempo)
    if nombre == "identicos":
        return porcentaje(cifras.parte_identica)
    return number_format(getattr(cifras, nombre))


def porcentaje(parte: float | None) -> str:
    """«12,5 %»; a part that is not nought is never rounded to it, nor one that is not all to all."""
    if parte is None:
        return "–"
    redondo = round(parte, 1)
    if parte > 0 and not redondo:
        return _("menos de 0,1 %")
    if parte < 100 <= redondo:
        redondo = 99.9
    return f"{decimal(redondo)}\N{NO-BREAK SPACE}%"


def cuantas(nombre: str, cifras: Cifras) -> int:
    """How many rows a figure leads to."""
    if nombre in ("mediana", "p90"):
        return 0
    return int(getattr(cifras, nombre))


def celdas(cifras: Cifras, slug: str, filtro: Filtro) -> list[Celda]:
    """The figures of a group, in the order of `COLUMNAS`."""
    return [
        Celda(
            rotulo,
            cifra(nombre, cifras),
            direccion("libro_aportes", slug, filtro, **LLEVA[nombre])
            if cuantas(nombre, cifras)
            else "",
        )
        for nombre, rotulo in COLUMNAS
    ]


def corte_visto(corte: str, libro: Libro, como: Nombres, slug: str, filtro: Filtro) -> CorteVisto:
    """One cut with its table and its drawing."""
    grupos = libro.cortes[corte]
    claves = como.orden(corte, grupos)
    titulos = {clave: como.de(corte, clave)[0] for clave in claves}
    return CorteVisto(
        nombre=corte,
        titulo=str(TITULOS[corte]),
        filas=[
            FilaDeCorte(
                titulos[clave], celdas(grupos[clave], slug, filtro.con(**como.de(corte, clave)[1]))
            )
            for clave in claves
        ],
        grafico=barras(corte, str(TITULOS[corte]), [(titulos[c], grupos[c]) for c in claves]),
        csv_url=direccion("libro_corte", slug, filtro, corte=corte),
    )


def barras(nombre: str, titulo: str, grupos: list[tuple[str, Cifras]]) -> Grafico:
    """The groups as bars: answered, pending, overdue, withdrawn or removed."""
    return grafico_de(
        nombre,
        titulo,
        (
            Serie("respondidos", _("Respondidos")),
            Serie("pendientes", _("Pendientes en plazo")),
            Serie("vencidos", _("Vencidos")),
            Serie("fuera", _("Retirados o removidos")),
        ),
        [
            (rotulo, (c.respondidos, c.por_vencer, c.vencidos, c.retirados + c.removidos))
            for rotulo, c in grupos
        ],
    )


def textos_de(filtro: Filtro, como: Nombres) -> dict[str, str]:
    """Name of each filter in use → its words."""
    puestos: Mapping[str, str] = filtro.puestos
    dichos: dict[str, Any] = {
        "texto": dict(Texto.choices), "plazo": PLAZOS, "estado": ESTADOS,
    }  # fmt: skip
    hechos = {}
    for nombre, valor in puestos.items():
        if nombre == "mes":
            hechos[nombre] = nombre_de_mes(valor)
        elif nombre in dichos:
            hechos[nombre] = str(dichos[nombre][valor])
        else:
            opciones = opciones_de(nombre, como)
            hechos[nombre] = opciones.get(valor, valor)
    return hechos


def opciones_de(nombre: str, como: Nombres) -> dict[str, str]:
    """The values one may ask for of a filter that is a cut as well, with their words."""
    return {f[nombre]: texto for texto, f in como.por_corte[nombre].values() if nombre in f}
