"""Recomputing the ledger from its rows: every sum, folio, seal and hash, whoever wrote them.

Everything is read in batches of ids, so memory does not grow with the ledger. A `Hallazgo` names the
row that is off, by table and id, so that a person can go and look.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Min, Model, QuerySet

from comun.auditoria import es_lo_registrado
from comun.registro import EventoDetalle
from consulta.aportes.enums import Situacion
from consulta.aportes.models import Aporte, Contador
from consulta.aportes.recuentos import descuadres
from consulta.procesos.huellas import huella_de_fragmento, huella_de_version
from consulta.procesos.models import Consulta, Fragmento, VersionBorrador
from consulta.respuestas.models import Cobertura, RespuestaVersion, Revision
from consulta.respuestas.sello import sello_de

LOTE = 1_000


@contextmanager
def de_un_instante() -> Iterator[None]:
    """All that is read inside is of one instant, and nobody who writes waits for it."""
    if connection.in_atomic_block:
        yield
        return
    lectura = {"postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
    with connection.cursor() as cursor:
        # On SQLite `atomic` would take the writers' lock: see transaction_mode in the settings.
        cursor.execute(lectura.get(connection.vendor, "BEGIN DEFERRED"))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


@dataclass(frozen=True)
class Hallazgo:
    """One row that is not as it should be."""

    regla: str
    fila: str
    detalle: str


@dataclass
class Comprobacion:
    """What was looked at under one rule, and what was found; `notas` is worth telling and no fault."""

    regla: str
    filas: int = 0
    hallazgos: list[Hallazgo] = field(default_factory=list)
    notas: list[str] = field(default_factory=list)

    def anotar(self, objeto: Model | str, detalle: str) -> None:
        fila = objeto if isinstance(objeto, str) else f"{objeto._meta.label_lower}:{objeto.pk}"
        self.hallazgos.append(Hallazgo(self.regla, fila, detalle))


@dataclass(frozen=True)
class Suma:
    """The ledger of one consultation, each figure counted by itself."""

    consulta: Consulta
    recibidos: int
    respondidos: int
    pendientes: int
    retirados: int
    removidos: int

    @property
    def cuadra(self) -> bool:
        """received = answered + pending + withdrawn + removed (INV-02)."""
        partes = (self.respondidos, self.pendientes, self.retirados, self.removidos)
        return self.recibidos == sum(partes)


def sumas() -> list[Suma]:
    """One row per consultation; `respondidos` by the published coverages, `pendientes` by the date."""
    recibidos = Aporte.objects.recibidos().order_by()
    cubiertos = (
        recibidos.vigentes()
        .filter(pk__in=Cobertura.objects.publicadas().values("aporte"))
        .exclude(pk__in=Revision.objects.filter(resuelta_en=None).values("aporte"))
    )
    por_situacion = _contar(recibidos.values_list("consulta", "situacion"))
    respondidos = _contar(cubiertos.values_list("consulta"))
    pendientes = _contar(recibidos.pendientes().values_list("consulta"))
    totales = _contar(recibidos.values_list("consulta"))
    return [
        Suma(
            consulta,
            recibidos=totales.get((consulta.pk,), 0),
            respondidos=respondidos.get((consulta.pk,), 0),
            pendientes=pendientes.get((consulta.pk,), 0),
            retirados=por_situacion.get((consulta.pk, Situacion.RETIRADO), 0),
            removidos=por_situacion.get((consulta.pk, Situacion.REMOVIDO), 0),
        )
        for consulta in Consulta.objects.order_by("pk")
    ]


def _contar(grupos: QuerySet[Any, Any]) -> dict[tuple[Any, ...], int]:
    """How many rows there are of each group, by the group."""
    return {tuple(fila[:-1]): fila[-1] for fila in grupos.annotate(cuantos=Count("pk"))}


def comprobar_sumas(filas: Iterable[Suma]) -> Comprobacion:
    """INV-02, per consultation."""
    hecha = Comprobacion("recibidos = respondidos + pendientes + retirados + removidos")
    for suma in filas:
        hecha.filas += 1
        if not suma.cuadra:
            hecha.anotar(
                suma.consulta,
                f"{suma.recibidos} ≠ {suma.respondidos} + {suma.pendientes} + "
                f"{suma.retirados} + {suma.removidos}",
            )
    return hecha


def comprobar_folios() -> Comprobacion:
    """Folios of each consultation run from 1 to the counter, without gap or repetition."""
    hecha = Comprobacion("folios correlativos")
    contadores = dict(Contador.objects.values_list("consulta_id", "ultimo"))
    vistos = Aporte.objects.confirmados().order_by().values("consulta_id").annotate(
        cuantos=Count("n", distinct=True), primero=Min("n"), ultimo=Max("n"), filas=Count("pk")
    )  # fmt: skip
    for v in vistos:
        hecha.filas += v["filas"]
        ultimo = contadores.pop(v["consulta_id"], 0)
        if not (v["primero"] == 1 and v["cuantos"] == v["filas"] == v["ultimo"] == ultimo):
            hecha.anotar(
                f"procesos.consulta:{v['consulta_id']}",
                f"{v['filas']} aportes, folios {v['primero']} a {v['ultimo']}, contador en {ultimo}",
            )
    for consulta, ultimo in contadores.items():
        if ultimo:
            hecha.anotar(f"procesos.consulta:{consulta}", f"sin aportes y el contador en {ultimo}")
    return hecha


def comprobar_respondidos() -> Comprobacion:
    """A standing row has `respondido_en` if and only if a published coverage of it exists and no review
    of it is open."""
    hecha = Comprobacion("respondido ⇔ cobertura publicada")
    vigentes = Aporte.objects.recibidos().vigentes()
    cubiertos = Cobertura.objects.publicadas().values("aporte")
    hecha.filas = vigentes.count()
    sin = vigentes.filter(respondido_en__isnull=False).exclude(pk__in=cubiertos)
    abiertas = Revision.objects.filter(resuelta_en=None).values("aporte")
    con = vigentes.filter(respondido_en=None, pk__in=cubiertos).exclude(pk__in=abiertas)
    for aporte in sin.select_related("consulta").iterator(LOTE):
        hecha.anotar(aporte, f"{aporte.folio} figura respondido y no tiene respuesta publicada")
    for aporte in con.select_related("consulta").iterator(LOTE):
        hecha.anotar(aporte, f"{aporte.folio} tiene respuesta publicada y figura pendiente")
    return hecha


def comprobar_sellos() -> Comprobacion:
    """Each published version of a response still is what was sealed."""
    hecha = Comprobacion("sello de cada respuesta publicada")
    for lote in _en_lotes(RespuestaVersion.objects.publicadas()):
        coberturas: dict[int, list[Cobertura]] = {version.pk: [] for version in lote}
        filas = Cobertura.objects.filter(version__in=coberturas).select_related("destino")
        for cobertura in filas:
            coberturas[cobertura.version_id].append(cobertura)
        for version in lote:
            hecha.filas += 1
            suyas = coberturas[version.pk]
            if any(getattr(c, "destino", None) is None for c in suyas):
                hecha.anotar(version, "una cobertura perdió su destino")
            elif not suyas or sello_de(version, suyas) != version.sha256:
                hecha.anotar(version, "el texto o lo que cubre no corresponde al sello")
    return hecha


def comprobar_borradores() -> Comprobacion:
    """Each published version of a draft, and each of its fragments, has the hash it was given."""
    hecha = Comprobacion("huella de cada borrador publicado")
    for version in VersionBorrador.objects.publicadas().order_by("pk").iterator(LOTE):
        fragmentos = list(Fragmento.objects.filter(version=version).order_by("orden"))
        hecha.filas += 1 + len(fragmentos)
        for fragmento in fragmentos:
            if huella_de_fragmento(fragmento.texto) != fragmento.sha256:
                hecha.anotar(fragmento, f"párrafo {fragmento.orden}: el texto no es el publicado")
        if huella_de_version(fragmentos) != version.sha256:
            hecha.anotar(version, "los párrafos no son los publicados")
    return hecha


def comprobar_auditoria() -> Comprobacion:
    """Each event whose detail is kept says what its commitment was made of (INV-23)."""
    hecha = Comprobacion("compromiso de cada evento")
    for lote in _en_lotes(EventoDetalle.objects.select_related("evento")):
        for detalle in lote:
            hecha.filas += 1
            if not es_lo_registrado(detalle, detalle.evento):
                hecha.anotar(f"comun.evento:{detalle.pk}", "el detalle no es el que se registró")
    return hecha


def comprobar_hilos() -> Comprobacion:
    """The sums that threads keep (contributions, replies, supports) are those of their rows."""
    hecha = Comprobacion("recuentos de cada hilo")
    for consulta in Consulta.objects.order_by("pk"):
        hecha.filas += 1
        for descuadre in descuadres(consulta):
            hecha.anotar(consulta, descuadre)
    return hecha


COMPROBACIONES: list[Callable[[], Comprobacion]] = [
    comprobar_folios,
    comprobar_respondidos,
    comprobar_sellos,
    comprobar_borradores,
    comprobar_auditoria,
    comprobar_hilos,
]
"""Every rule beside the sums, which `sumas` shows as well."""


def _en_lotes(filas: QuerySet[Any]) -> Iterator[list[Any]]:
    """`filas` by primary key, `LOTE` at a time, each batch a query of its own."""
    ultimo: int | None = None
    while True:
        pagina = (
            filas.order_by("pk") if ultimo is None else filas.order_by("pk").filter(pk__gt=ultimo)
        )
        lote = list(pagina[:LOTE])
        if not lote:
            return
        yield lote
        ultimo = lote[-1].pk
