"""What a list of proposals may be narrowed by, and how many each choice would leave."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import QueryDict

from comun import buscador
from comun.listas import Faceta, faceta
from comun.regiones import Region
from comun.textos import limpiar_linea
from consulta.aportes.enums import Situacion, TipoAutor, Valor, mascaras_con
from consulta.aportes.models import Adjunto, Aporte
from consulta.aportes.querysets import (
    PENDIENTE,
    RECIBIDO,
    RESPONDIDO,
    AporteQuerySet,
    vencido_q,
)
from consulta.procesos.models import Consulta, Tema
from consulta.respuestas.enums import Resultado
from consulta.respuestas.models import Cobertura

NACIONAL = "nacional"
"""Value of `region` for proposals that speak of no region."""

ESTADOS = {
    "respondido": "Respondidas",
    "pendiente": "Pendientes",
    "vencido": "Con respuesta atrasada",
    "retirado": "Retiradas",
    "removido": "Removidas",
}
REGIONES = {NACIONAL: "Nacional", **{r.value: str(r.label) for r in Region}}
ORDENES: dict[str, tuple[str, tuple[str, ...]]] = {
    "recientes": ("Recientes", ("-enviado_en", "-pk")),
    "antiguos": ("Antiguas", ("enviado_en", "pk")),
    "apoyos": ("Más apoyadas", ("-apoyos", "-enviado_en", "-pk")),
    "comentarios": ("Más comentadas", ("-replicas_n", "-enviado_en", "-pk")),
    "sin_respuesta": ("Sin respuesta", ("respondido_en", "vence_el", "enviado_en", "pk")),
}
LARGO_TEXTO = 200


@dataclass(frozen=True)
class Filtro:
    """What was asked for, as far as it means something; empty is «any»."""

    tema: str = ""
    region: str = ""
    valor: str = ""
    tipo_autor: str = ""
    estado: str = ""
    resultado: str = ""
    adjuntos: str = ""
    q: str = ""
    orden: str = "recientes"
    temas: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def puestos(self) -> dict[str, str]:
        """Name of each filter in use → its words."""
        textos = {
            "q": f"«{self.q}»" if self.q else "",
            "tema": self.temas.get(self.tema, ""),
            "region": REGIONES.get(self.region, ""),
            "valor": str(Valor(self.valor).label) if self.valor else "",
            "tipo_autor": str(TipoAutor(self.tipo_autor).label) if self.tipo_autor else "",
            "estado": ESTADOS.get(self.estado, ""),
            "resultado": str(Resultado(self.resultado).label) if self.resultado else "",
            "adjuntos": "Con archivos" if self.adjuntos else "",
        }
        return {nombre: texto for nombre, texto in textos.items() if texto}


def leer_filtro(pedido: QueryDict, temas: Mapping[str, str]) -> Filtro:
    """The filter an address asks for. Values that mean nothing are ignored."""

    def de(nombre: str, permitidos: "Mapping[str, object] | list[str]") -> str:
        valor = pedido.get(nombre, "")
        return valor if valor in permitidos else ""

    return Filtro(
        tema=de("tema", temas),
        region=de("region", REGIONES),
        valor=de("valor", Valor.values),
        tipo_autor=de("tipo_autor", TipoAutor.values),
        estado=de("estado", ESTADOS),
        resultado=de("resultado", Resultado.values),
        adjuntos=de("adjuntos", ["si"]),
        q=limpiar_linea(pedido.get("q", ""))[:LARGO_TEXTO],
        orden=de("orden", ORDENES) or "recientes",
        temas=temas,
    )


def temas_de(base: AporteQuerySet) -> dict[str, str]:
    """Slug and name of the themes that have some of `base`; one query."""
    return dict(
        Tema.objects.filter(Exists(base.filter(tema=OuterRef("pk")))).values_list("slug", "nombre")
    )


def filtrar(filas: AporteQuerySet, f: Filtro, hoy: date, *, menos: str = "") -> AporteQuerySet:
    """`filas` as `f` asks, leaving out the filter `menos`: that whose choices are being counted."""
    for nombre in FILTROS:
        valor = getattr(f, nombre)
        if valor and nombre != menos:
            filas = _aplicar(filas, nombre, valor, hoy)
    return filas


def ordenar(filas: AporteQuerySet, orden: str) -> AporteQuerySet:
    """`filas` in that order. «Sin respuesta» puts first what waits, the first due before."""
    if orden == "sin_respuesta":
        return filas.order_by(
            F("respondido_en").asc(nulls_first=True), "vence_el", "enviado_en", "pk"
        )
    return filas.order_by(*ORDENES[orden][1])


def de_estado(filas: AporteQuerySet, estado: str, hoy: date) -> AporteQuerySet:
    """The rows that a figure of the ledger counts on `hoy`; all of them for no figure."""
    if estado == "respondido":
        return filas.respondidos()
    if estado == "pendiente":
        return filas.pendientes()
    if estado == "vencido":
        return filas.vencidos(hoy)
    if estado in (Situacion.RETIRADO, Situacion.REMOVIDO):
        return filas.recibidos().filter(situacion=estado)
    return filas


def con_resultado(filas: AporteQuerySet) -> AporteQuerySet:
    """With `resultado`, the outcome of the current answer; empty where there is none."""
    vigente = (
        Cobertura.objects.publicadas()
        .filter(aporte=OuterRef("pk"))
        .order_by("-version__publicada_en", "-version_id")
        .values("resultado")[:1]
    )
    return filas.annotate(
        resultado=Coalesce(Subquery(vigente), Value(""), output_field=CharField())
    )


def _aplicar(filas: AporteQuerySet, nombre: str, valor: str, hoy: date) -> AporteQuerySet:
    if nombre == "estado":
        return de_estado(filas, valor, hoy)
    if nombre == "resultado":
        return con_resultado(filas.respondidos()).filter(Q(resultado=valor))
    if nombre == "q":
        ids = buscador.ids_que_dicen(Aporte, valor)
        return filas if ids is None else filas.filter(pk__in=ids)
    return filas.filter(_CONDICIONES[nombre](valor))


CON_ARCHIVOS = Q(Exists(Adjunto.objects.filter(aporte=OuterRef("pk"), hasta=None)))
_CONDICIONES: dict[str, Callable[[str], Q]] = {
    "tema": lambda slug: Q(tema__slug=slug),
    "region": lambda codigo: Q(region="" if codigo == NACIONAL else codigo),
    "valor": lambda valor: Q(valores__in=mascaras_con(valor)),
    "tipo_autor": lambda tipo: Q(tipo_autor=tipo),
    "adjuntos": lambda _si: CON_ARCHIVOS,
}
FILTROS = (*_CONDICIONES, "estado", "resultado", "q")


def cuentas_por_region(filas: AporteQuerySet) -> dict[str, int]:
    """How many of `filas` speak of each region, and of none (`nacional`); one query."""
    return {r or NACIONAL: n for r, n in _contar(filas, "region").items()}


def facetas(base: AporteQuerySet, f: Filtro, hoy: date) -> list[Faceta]:
    """Each filter with its choices and how many each would leave, the other filters standing: three
    queries and one for each filter in use, whatever the number of proposals."""

    def resto(nombre: str) -> AporteQuerySet:
        return filtrar(base, f, hoy, menos=nombre)

    cuentas = cuentas_por(base, f, hoy, CAMPOS)
    por_resultado = _contar(con_resultado(resto("resultado").respondidos()), "resultado")
    con_archivos = resto("adjuntos").filter(CON_ARCHIVOS).count()
    por_valor = {
        v: sum(n for m, n in cuentas["valor"].items() if int(m) in mascaras_con(v))
        for v in Valor.values
    }
    return [
        faceta("tema", "Tema", f.tema, opciones(f.temas, cuentas["tema"], f.tema)),
        faceta("region", "Región", f.region, opciones(REGIONES, cuentas["region"], f.region), "Todas"),
        faceta("valor", "Valor", f.valor, opciones(dict(Valor.choices), por_valor, f.valor)),
        faceta(
            "tipo_autor", "Quién propone", f.tipo_autor,
            opciones(dict(TipoAutor.choices), cuentas["tipo_autor"], f.tipo_autor),
        ),
        faceta("estado", "Estado", f.estado, opciones(ESTADOS, cuentas["estado"], f.estado)),
        faceta(
            "resultado", "Resultado", f.resultado,
            opciones(dict(Resultado.choices), por_resultado, f.resultado),
        ),
        faceta(
            "adjuntos", "Archivos", f.adjuntos,
            opciones({"si": "Con archivos"}, {"si": con_archivos}, f.adjuntos), "Con y sin archivos",
        ),
    ]  # fmt: skip


def base_de(consulta: Consulta) -> AporteQuerySet:
    """The proposals of a published consultation that anyone may find, tombstones included."""
    return Aporte.objects.confirmados().de_consulta(consulta).propuestas()


CLASE = "clase"
CAMPOS = {
    "tema": "tema__slug",
    "region": "region",
    "valor": "valores",
    "tipo_autor": "tipo_autor",
    "estado": CLASE,
}
"""What each filter that is counted together looks at."""


def contar_por(
    filas: AporteQuerySet, campos: Sequence[str], hoy: date
) -> dict[str, dict[str, int]]:
    """How many of `filas` have each value of each of `campos`, empty for none; one query.

    Read once and kept by the database while it counts: what a search for words leaves is looked for
    once, not once per field.
    """
    cuentas: dict[str, dict[str, int]] = {campo: {} for campo in campos}
    clase = Case(
        When(vencido_q(hoy), then=Value("vencido")),
        When(PENDIENTE, then=Value("pendiente")),
        When(RESPONDIDO, then=Value("respondido")),
        When(RECIBIDO, then="situacion"),
        default=Value(""),
    )
    leidas = filas.order_by().annotate(clase=clase).values(*campos)
    try:
        sql, valores = leidas.query.sql_with_params()
    except EmptyResultSet:
        return cuentas
    partes = " UNION ALL ".join(
        f"SELECT '{campo}', CAST({campo} AS text), COUNT(*) FROM leidas GROUP BY {campo}"  # noqa: S608
        for campo in campos
    )
    if campos:
        with connection.cursor() as cursor:
            cursor.execute(f"WITH leidas AS MATERIALIZED ({sql}) {partes}", valores)
            for campo, valor, n in cursor.fetchall():
                cuentas[campo][valor or ""] = n
    return cuentas


def cuentas_por(
    base: AporteQuerySet, f: Filtro, hoy: date, nombres: Collection[str]
) -> dict[str, dict[str, int]]:
    """Of each filter of `nombres` (keys of `CAMPOS`), how many of `base` each value would leave, the
    other filters standing; one query, and one for each that is in use."""
    # Where a filter is not in use, what the others leave is the list itself: one reading for all.
    libres = [n for n in nombres if not getattr(f, n)]
    leidas = contar_por(filtrar(base, f, hoy), [CAMPOS[n] for n in libres], hoy)
    for nombre in set(nombres) - set(libres):
        leidas |= contar_por(filtrar(base, f, hoy, menos=nombre), [CAMPOS[nombre]], hoy)
    cuentas = {nombre: leidas[CAMPOS[nombre]] for nombre in nombres}
    if "region" in cuentas:
        cuentas["region"] = {r or NACIONAL: n for r, n in cuentas["region"].items()}
    if por_estado := cuentas.get("estado"):
        por_estado["pendiente"] = por_estado.get("pendiente", 0) + por_estado.get("vencido", 0)
    return cuentas


def _contar(filas: AporteQuerySet, campo: str) -> dict[str, int]:
    pares = filas.order_by().values_list(campo).annotate(Count("pk"))
    return {str(valor if valor is not None else ""): n for valor, n in pares}


def opciones(
    textos: Mapping[str, object], cuentas: Mapping[str, int], elegido: str
) -> list[tuple[str, str, int]]:
    """Choices that leave something, and the chosen one even when it leaves nothing."""
    return [
        (v, str(texto), cuentas.get(v, 0))
        for v, texto in textos.items()
        if cuentas.get(v) or v == elegido
    ]
