"""The officials' queue as data: one page of it, its sums, and the numbers of one person.

A page costs the same number of queries at ten rows and at a hundred thousand.
"""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef

from consulta.aportes.models import Aporte
from consulta.aportes.querysets import PENDIENTE, vencido_q
from consulta.respuestas.estados import (
    CASO,
    DE_PENDIENTES,
    Estado,
    Plazo,
    con_estado,
    plazo_q,
)
from consulta.respuestas.filtros import FiltrosDeCola
from consulta.respuestas.models import Nota
from consulta.respuestas.notas import notas_que_lee
from cuentas.models import User

POR_PAGINA = 50


@dataclass(frozen=True)
class Conteos:
    """How many rows of a filter are in each state, and how many of the pending press."""

    por_estado: dict[str, int]
    vencidos: int = 0
    por_vencer: int = 0

    @property
    def pendientes(self) -> int:
        return sum(self.por_estado.get(e, 0) for e in DE_PENDIENTES)

    @property
    def todos(self) -> int:
        return sum(self.por_estado.values())

    def de(self, estado: str) -> int:
        """Of a state or of a `Plazo`; of everything when empty."""
        juntos = {
            "": self.todos,
            Plazo.PENDIENTE: self.pendientes,
            Plazo.VENCIDO: self.vencidos,
            Plazo.POR_VENCER: self.por_vencer,
        }
        return juntos[estado] if estado in juntos else self.por_estado.get(estado, 0)


def contar(filtros: FiltrosDeCola) -> Conteos:
    """The sums of a filter whatever state it asks for; one query. States are disjoint."""
    filas = filtros.aplicar(Aporte.objects.confirmados(), sin_estado=True).order_by()
    grupos = filas.values(estado=CASO).annotate(
        n=Count("pk"),
        vencidos=Count("pk", filter=vencido_q(filtros.hoy)),
        por_vencer=Count("pk", filter=plazo_q(Plazo.POR_VENCER, filtros.hoy, filtros.hasta)),
    )
    sumas = list(grupos)
    return Conteos(
        {g["estado"]: g["n"] for g in sumas},
        vencidos=sum(g["vencidos"] for g in sumas),
        por_vencer=sum(g["por_vencer"] for g in sumas),
    )


@dataclass
class PaginaDeCola:
    """A page of rows with state and text; `total` is of the whole filter."""

    filas: list[Aporte] = field(default_factory=list)
    total: int = 0
    numero: int = 1
    paginas: int = 1


def pagina_de(filtros: FiltrosDeCola, numero: int, total: int) -> PaginaDeCola:
    """The page `numero` (the last one when there is no such) of what `contar` said are `total` rows."""
    paginas = max(1, -(-total // POR_PAGINA))
    numero = min(max(numero, 1), paginas)
    desde = (numero - 1) * POR_PAGINA
    # The ids first: texts, authors and themes are read for one page and never sorted.
    filas = filtros.ordenar(filtros.aplicar(Aporte.objects.confirmados()))
    ids = list(filas.values_list("pk", flat=True)[desde : desde + POR_PAGINA])
    return PaginaDeCola(filas_de(ids, filtros.usuario), total, numero, paginas)


def filas_de(ids: list[int], usuario: User) -> list[Aporte]:
    """Those rows in that order, with text, state, who has them and the questions `usuario` may read."""
    con_texto = (
        Aporte.objects.confirmados().con_texto().select_related("institucion", "responsable")
    )
    por_id = con_estado(con_texto).in_bulk(ids)
    preguntas = _preguntas(ids, usuario)
    filas = [por_id[pk] for pk in ids if pk in por_id]
    for fila in filas:
        fila.preguntas = preguntas.get(fila.pk, [])  # type: ignore[attr-defined]
    return filas


def _preguntas(ids: list[int], usuario: User) -> dict[int, list[Nota]]:
    """Questions between institutions, by contribution, each with whether it was answered; one query."""
    dichas: dict[int, list[Nota]] = {}
    filas = notas_que_lee(usuario).filter(aporte__in=ids, para__isnull=False)
    contestada = Exists(Nota.objects.filter(contesta=OuterRef("pk")))
    for nota in filas.annotate(contestada=contestada).select_related("para").order_by("en", "pk"):
        dichas.setdefault(nota.aporte_id, []).append(nota)
    return dichas


@dataclass(frozen=True)
class MisNumeros:
    """What waits for one person: theirs (and of whom they stand in for), and of their institution."""

    mios: int = 0
    mios_vencidos: int = 0
    mios_por_vencer: int = 0
    de_la_casa: int = 0
    de_la_casa_vencidos: int = 0
    sin_asignar: int = 0
    preguntas: int = 0


def mis_numeros(filtros: FiltrosDeCola) -> MisNumeros:
    """The numbers of the person who asks, whatever else is filtered; two queries."""
    mios, casa = filtros.cargo_q("mios"), filtros.cargo_q("institucion")
    nadie = filtros.cargo_q("sin_asignar")
    vencido = vencido_q(filtros.hoy)
    pronto = plazo_q(Plazo.POR_VENCER, filtros.hoy, filtros.hasta)
    sumas = Aporte.objects.filter(PENDIENTE, mios | casa | nadie).aggregate(
        mios=Count("pk", filter=mios),
        mios_vencidos=Count("pk", filter=mios & vencido),
        mios_por_vencer=Count("pk", filter=mios & pronto),
        de_la_casa=Count("pk", filter=casa),
        de_la_casa_vencidos=Count("pk", filter=casa & vencido),
        sin_asignar=Count("pk", filter=nadie),
    )
    preguntas = Nota.objects.filter(para__in=filtros.instituciones(), contestaciones=None)
    return MisNumeros(**sumas, preguntas=preguntas.values("aporte").distinct().count())


def estados_con_cuenta(
    conteos: Conteos, filtros: FiltrosDeCola
) -> list[tuple[str, str, int, bool]]:
    """(value, words, how many, chosen) of what the bar of states offers; empty ones are left out
    unless chosen."""
    opciones = [
        *((p.value, str(p.label)) for p in Plazo),
        *((e.value, str(e.label)) for e in Estado),
    ]
    filas = [("", "Todos", conteos.todos, filtros["estado"] == "")]
    for valor, texto in opciones:
        elegido = filtros["estado"] == valor
        if conteos.de(valor) or elegido or valor == Plazo.PENDIENTE:
            filas.append((valor, texto, conteos.de(valor), elegido))
    return filas
