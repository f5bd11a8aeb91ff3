"""The officials' queue as data: one page of it, its sums, and the numbers of one person.

A page costs the same number of queries at ten rows and at a hundred thousand.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from consulta.aportes.enums import Situacion
from consulta.aportes.models import Aporte
from consulta.aportes.querysets import PENDIENTE, vencido_q
from consulta.procesos.models import Consulta
from consulta.respuestas.estados import (
    CASO,
    DE_PENDIENTES,
    Estado,
    Plazo,
    con_estado,
    con_replicas_en_espera,
    en_marcha,
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


_RESPONDIDO = ExpressionWrapper(Q(respondido_en__isnull=False), BooleanField())
_DE_ALGUIEN = ExpressionWrapper(Q(institucion__isnull=False), BooleanField())


def contar(filtros: FiltrosDeCola) -> Conteos:
    """The sums of a filter whatever state it asks for; two queries. States are disjoint.

    One pass over the rows adds up what stands in them. What is being written, approved or reviewed
    stands elsewhere and is little: it is counted apart and taken from what the pass took for untouched.
    """
    filas = filtros.aplicar(Aporte.objects.confirmados(), sin_estado=True).order_by()
    pronto = Q(vence_el__gte=filtros.hoy, vence_el__lte=filtros.hasta)
    grupos = filas.values(
        "situacion", "exige_respuesta", respondido=_RESPONDIDO, de_alguien=_DE_ALGUIEN
    ).annotate(
        n=Count("pk"),
        vencidos=Count("pk", filter=Q(vence_el__lt=filtros.hoy)),
        por_vencer=Count("pk", filter=pronto),
    )
    sumas: Counter[str] = Counter()
    vencidos = por_vencer = 0
    for g in grupos:
        estado = _estado_de_fila(g)
        sumas[estado] += g["n"]
        if estado in DE_PENDIENTES:
            vencidos += g["vencidos"]
            por_vencer += g["por_vencer"]
    aparte = filas.filter(PENDIENTE, pk__in=en_marcha()).values(estado=CASO, de_alguien=_DE_ALGUIEN)
    for a in aparte.annotate(n=Count("pk")):
        sumas[_sin_empezar(a)] -= a["n"]
        sumas[a["estado"]] += a["n"]
    return Conteos({e: n for e, n in sumas.items() if n > 0}, vencidos, por_vencer)


def _estado_de_fila(grupo: Mapping[str, Any]) -> Estado:
    """The state that a row by itself says; in the order of `CASO`."""
    if grupo["situacion"] != Situacion.VIGENTE:
        return Estado(grupo["situacion"])
    if not grupo["exige_respuesta"]:
        return Estado.NO_EXIGE
    return Estado.RESPONDIDO if grupo["respondido"] else _sin_empezar(grupo)


def _sin_empezar(grupo: Mapping[str, Any]) -> Estado:
    return Estado.ASIGNADO if grupo["de_alguien"] else Estado.SIN_ASIGNAR


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
    por_id = con_replicas_en_espera(con_estado(con_texto)).in_bulk(ids)
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


def por_lo_que_espera(consultas: Iterable[Consulta], filas: QuerySet[Aporte]) -> list[Consulta]:
    """`consultas`, each with `esperan`: how many of `filas` are of it; those with most first. One query."""
    cuentas = dict(filas.order_by().values_list("consulta").annotate(n=Count("pk")))
    hechas = list(consultas)
    for consulta in hechas:
        consulta.esperan = cuentas.get(consulta.pk, 0)  # type: ignore[attr-defined]
    return sorted(hechas, key=lambda c: (-c.esperan, -c.pk))  # type: ignore[attr-defined]


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
