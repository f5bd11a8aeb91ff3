"""Which rows of the ledger are looked at. Every filter combines with every other."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from comun.fechas import leer_mes, ventana_del_mes
from comun.regiones import Region
from consulta.aportes.enums import Situacion, TipoAutor
from consulta.aportes.models import Aporte
from consulta.aportes.querysets import PENDIENTE, RESPONDIDO, AporteQuerySet, vencido_q
from consulta.respuestas.cifras.dialectos import dia
from consulta.respuestas.cifras.vigentes import VIGENTES, Texto
from consulta.respuestas.enums import Resultado

SIN = "sin"
"""Value of `institucion`, `tema` and `tipo_autor` for rows that have none."""
NACIONAL = "nacional"
"""Value of `region` for rows that speak of no region."""
ESTADOS = ("respondido", "pendiente", "vencido", "retirado", "removido")
A_TIEMPO, TARDE = "a_tiempo", "tarde"
PLAZOS = (A_TIEMPO, TARDE)


@dataclass(frozen=True)
class Filtro:
    """What is asked for; empty is «any». `consulta` and `tema` are slugs, `institucion` an id."""

    consulta: str = ""
    institucion: str = ""
    tema: str = ""
    region: str = ""
    tipo_autor: str = ""
    resultado: str = ""
    mes: str = ""
    texto: str = ""
    plazo: str = ""
    estado: str = ""

    def con(self, **valores: str) -> "Filtro":
        return replace(self, **valores)

    @property
    def puestos(self) -> dict[str, str]:
        """Those in use, in the order of an address."""
        return {f.name: v for f in fields(self) if (v := getattr(self, f.name))}


PERMITIDOS: dict[str, frozenset[str]] = {
    "region": frozenset({NACIONAL, *Region.values}),
    "tipo_autor": frozenset({SIN, *TipoAutor.values}),
    "resultado": frozenset(Resultado.values),
    "texto": frozenset(Texto.values),
    "plazo": frozenset(PLAZOS),
    "estado": frozenset(ESTADOS),
}
LARGO = 120


def leer(pedido: Mapping[str, str]) -> Filtro:
    """The filter an address asks for. Values that mean nothing are ignored."""
    valores = {f.name: pedido.get(f.name, "").replace("\x00", "") for f in fields(Filtro)}
    for nombre, permitidos in PERMITIDOS.items():
        if valores[nombre] not in permitidos:
            valores[nombre] = ""
    if not leer_mes(valores["mes"]):
        valores["mes"] = ""
    institucion = valores["institucion"]
    if institucion != SIN and not (institucion.isascii() and institucion.isdigit()):
        valores["institucion"] = ""
    return Filtro(**{nombre: valor[:LARGO] for nombre, valor in valores.items()})


def filas(filtro: Filtro, hoy: date) -> AporteQuerySet:
    """The contributions of announced consultations that ask for an answer, as `filtro` narrows them on
    the day `hoy` of Santiago."""
    aportes = Aporte.objects.publicos().recibidos()
    for nombre, valor in filtro.puestos.items():
        aportes = aportes.filter(_condicion(nombre, valor, hoy))
    return aportes


def _condicion(nombre: str, valor: str, hoy: date) -> Q:
    if nombre == "consulta":
        return Q(consulta__slug=valor)
    if nombre == "tema":
        return Q(tema=None) if valor == SIN else Q(tema__slug=valor)
    if nombre == "institucion":
        # No id has more digits; what no column holds finds nothing.
        return Q(institucion=None) if valor == SIN else Q(institucion=int(valor[:18]))
    if nombre == "region":
        return Q(region="" if valor == NACIONAL else valor)
    if nombre == "tipo_autor":
        return Q(tipo_autor="" if valor == SIN else valor)
    if nombre == "mes":
        anio, mes = leer_mes(valor) or (1900, 1)
        ventana = ventana_del_mes(anio, mes)
        return Q(enviado_en__gte=ventana.inicio, enviado_en__lt=ventana.fin)
    if nombre == "estado":
        return _de_estado(valor, hoy)
    return RESPONDIDO & Q(pk__in=_con_respuesta(nombre, valor))


def _de_estado(estado: str, hoy: date) -> Q:
    if estado in (Situacion.RETIRADO, Situacion.REMOVIDO):
        return Q(situacion=estado)
    return {"respondido": RESPONDIDO, "pendiente": PENDIENTE}.get(estado, vencido_q(hoy))


def _con_respuesta(nombre: str, valor: str) -> RawSQL:
    """Those whose current answer is so: its outcome, its words, or whether it came in time."""
    if nombre == "plazo":
        signo = "<=" if valor == A_TIEMPO else ">"
        return RawSQL(  # noqa: S611  (nothing of the address is in it)
            f"SELECT r.aporte_id FROM ({VIGENTES}) r "  # noqa: S608
            f"WHERE {dia('r.primera_en', connection.vendor)} {signo} r.vencia_el",
            [],
        )
    return RawSQL(  # noqa: S611
        f"SELECT r.aporte_id FROM ({VIGENTES}) r WHERE r.{nombre} = %s",  # noqa: S608
        [valor],
    )
