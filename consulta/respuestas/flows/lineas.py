"""From what was typed of each contribution to what a response says of it: the fields of a draft, read
together for all its rows, with what is wrong in each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from comun.errores import DatoInvalido
from consulta.aportes.models import Aporte, Punto
from consulta.procesos.models import Fragmento
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.coberturas import (
    DestinoElegido,
    LineaDeCobertura,
    LineaDePunto,
    revisar,
)
from consulta.respuestas.models.borradores import combinar
from consulta.seguimiento.models import Compromiso

FRAGMENTO, COMPROMISO, EVENTO, NADA = "fragmento", "compromiso", "evento", "nada"
FALTA = {
    FRAGMENTO: gettext_lazy("Elija el párrafo donde quedó."),
    COMPROMISO: gettext_lazy("Elija el compromiso donde quedó."),
    EVENTO: gettext_lazy("Elija la actividad donde quedó."),
    NADA: gettext_lazy("Escriba por qué nada cambia."),
}


@dataclass(frozen=True)
class Reparo:
    """What is wrong with what was typed of one contribution, in which field."""

    aporte: Aporte
    campo: str
    texto: str


@dataclass
class Leidas:
    """Lines ready to be sealed, and what keeps the others from it."""

    lineas: list[LineaDeCobertura] = field(default_factory=list)
    reparos: list[Reparo] = field(default_factory=list)


@dataclass(frozen=True)
class Dicho:
    """What was typed of one contribution: its own fields, and the version of its words one had read."""

    aporte: Aporte
    datos: Mapping[str, Any]
    version_leida: int | None = None


def leer_lineas(dichos: Iterable[Dicho], comunes: Mapping[str, Any]) -> Leidas:
    """Read the fields of each, those of `comunes` where it has none. A constant number of queries.

    All are of one consultation.
    """
    todos = list(dichos)
    completos = [(d, combinar(dict(comunes), dict(d.datos))) for d in todos]
    puntos: dict[int, list[Punto]] = {}
    for punto in Punto.objects.filter(aporte__in=[d.aporte.pk for d in todos]):
        puntos.setdefault(punto.aporte_id, []).append(punto)
    lugares = Lugares.de(
        todos[0].aporte.consulta_id if todos else None,
        [parte for _d, datos in completos for parte in (datos, *_de_puntos(datos).values())],
    )
    leidas = Leidas()
    for dicho, datos in completos:
        try:
            linea = _linea(dicho, datos, puntos.get(dicho.aporte.pk, []), lugares)
            leidas.lineas.append(revisar(linea))
        except DatoInvalido as error:
            campo = error.campo or "resultado"
            leidas.reparos.append(Reparo(dicho.aporte, campo, str(error)))
    return leidas


def _de_puntos(datos: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    dichos = datos.get("puntos")
    return dichos if isinstance(dichos, dict) else {}


def _linea(
    dicho: Dicho, datos: Mapping[str, Any], puntos: list[Punto], lugares: "Lugares"
) -> LineaDeCobertura:
    de_puntos = _de_puntos(datos)
    propia, leida = str(datos.get("linea") or ""), dicho.version_leida
    if puntos and all(de_puntos.get(str(p.pk), {}).get("resultado") for p in puntos):
        # The general outcome follows from the points: what was typed of the whole is not asked.
        lineas = _de_cada_punto(puntos, datos, lugares)
        return LineaDeCobertura(
            dicho.aporte, lineas[0].resultado, lineas[0].destino, propia, leida, lineas
        )
    resultado, destino = _resultado(datos), lugares.elegido(datos)
    lineas = _de_cada_punto(puntos if de_puntos else [], datos, lugares)
    return LineaDeCobertura(dicho.aporte, resultado, destino, propia, leida, lineas)


def _de_cada_punto(
    puntos: list[Punto], datos: Mapping[str, Any], lugares: "Lugares"
) -> tuple[LineaDePunto, ...]:
    """Each point; what it leaves blank is what was typed of the whole, but for the personal line."""
    del_todo = {c: v for c, v in datos.items() if c not in ("linea", "puntos")}
    de_puntos = _de_puntos(datos)
    return tuple(
        _de_punto(p, combinar(del_todo, de_puntos.get(str(p.pk), {})), lugares) for p in puntos
    )


def _de_punto(punto: Punto, datos: Mapping[str, Any], lugares: "Lugares") -> LineaDePunto:
    try:
        destino = lugares.elegido(datos)
        linea = str(datos.get("linea") or "")
        return LineaDePunto(punto, _resultado(datos), destino, linea)
    except DatoInvalido as error:
        raise DatoInvalido(
            _("Punto %(n)s: %(error)s") % {"n": punto.n, "error": error},
            campo=f"punto-{punto.pk}-{error.campo}",
        ) from error


def _resultado(datos: Mapping[str, Any]) -> Resultado:
    valor = datos.get("resultado")
    if not valor:
        raise DatoInvalido(_("Elija un resultado."), campo="resultado")
    if valor not in Resultado.values:
        raise DatoInvalido(_("Elija un resultado de la lista."), campo="resultado")
    return Resultado(valor)


@dataclass
class Lugares:
    """The places named in some fields, read together: three queries, fewer where none is named."""

    fragmentos: Mapping[int, Fragmento]
    compromisos: Mapping[int, Compromiso]
    eventos: Mapping[int, Page]

    @classmethod
    def de(cls, consulta_id: int | None, partes: Iterable[Mapping[str, Any]]) -> "Lugares":
        todas = list(partes)

        def ids(campo: str) -> set[int]:
            return {n for parte in todas if (n := numero(parte.get(campo)))}

        return cls(
            Fragmento.objects.donde_quedo(consulta_id).in_bulk(ids(FRAGMENTO)),
            Compromiso.objects.in_bulk(ids(COMPROMISO)),
            Page.objects.live().public().in_bulk(ids(EVENTO)),
        )

    def elegido(self, datos: Mapping[str, Any]) -> DestinoElegido:
        """Where some fields say that it landed. Raises DatoInvalido, naming the field."""
        clase = str(datos.get("destino") or "")
        if clase == NADA:
            porque = str(datos.get("porque_nada") or "").strip()
            if not porque:
                raise DatoInvalido(str(FALTA[NADA]), campo="porque_nada")
            return DestinoElegido(porque_nada=porque)
        de_la_clase: Mapping[int, Any] | None = {
            FRAGMENTO: self.fragmentos, COMPROMISO: self.compromisos, EVENTO: self.eventos,
        }.get(clase)  # fmt: skip
        if de_la_clase is None:
            raise DatoInvalido(
                _("Diga dónde quedó el aporte, o por qué nada cambia."), campo="destino"
            )
        hallado = de_la_clase.get(numero(datos.get(clase)) or 0)
        if hallado is None:
            raise DatoInvalido(str(FALTA[clase]), campo=clase)
        return DestinoElegido(**{clase: hallado})


def numero(valor: Any) -> int | None:
    """An id as it was typed; None where it is none."""
    texto = str(valor or "").strip()
    return int(texto) if texto.isascii() and texto.isdigit() and len(texto) < 19 else None
