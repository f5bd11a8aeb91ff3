"""What an official asked the queue for: read from an address, applied, and written back to one.

One reading serves the list, what is done to all of a filter, saved views and the API. What comes in an
address and means nothing counts as no choice.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comun import buscador
from comun.fechas import dia_de
from comun.regiones import Region
from consulta.aportes.enums import Canal, TipoAporte, TipoAutor
from consulta.aportes.models import Aporte, AporteVersion
from consulta.aportes.querysets import PENDIENTE, VIGENTE
from consulta.respuestas.estados import Estado, Plazo, estado_q, plazo_q
from consulta.respuestas.notas import notas_que_lee
from cuentas.models import User
from cuentas.roles import Rol
from cuentas.suplencias import titulares_de

PALABRAS = 8
"""Words looked for among withdrawn and removed rows at most: each one reads all of them."""

DIAS = 7
DIAS_MAXIMO = 90
LARGO_BUSQUEDA = 200

_FOLIO = re.compile(r"^\s*([A-Za-z][A-Za-z0-9]{1,11})-0*(\d{1,9})\s*$")

A_CARGO = {
    "mios": _("Míos"),
    "institucion": _("Mi institución"),
    "posibles": _("Mi institución o nadie"),
    "sin_asignar": _("Sin asignar"),
}
PREGUNTAS = {
    "para_mi": _("Me preguntan"),
    "abiertas": _("Con una pregunta sin contestar"),
}
ORDENES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "vence": (_("Lo que vence antes"), (F("vence_el").asc(nulls_last=True), "enviado_en", "pk")),
    "antiguos": (_("Lo más antiguo"), ("enviado_en", "pk")),
    "apoyados": (_("Lo más apoyado"), ("-apoyos", "enviado_en", "pk")),
    "recientes": (_("Lo más nuevo"), ("-enviado_en", "-pk")),
}
DE_LISTA: dict[str, dict[str, Any]] = {
    "estado": dict(Plazo.choices) | dict(Estado.choices),
    "a_cargo": A_CARGO,
    "tipo": dict(TipoAporte.choices),
    "region": dict(Region.choices),
    "tipo_autor": dict(TipoAutor.choices),
    "canal": dict(Canal.choices),
    "preguntas": PREGUNTAS,
    "orden": {clave: texto for clave, (texto, _campos) in ORDENES.items()},
}
"""Filters of declared values, each with its words."""

DE_FILA = {
    "consulta": "consulta",
    "institucion": "institucion",
    "quien": "responsable",
    "tema": "tema",
}
"""Filters by a row of another table, with the field that points there."""

NOMBRES = ("q", "estado", "dias", *list(DE_LISTA)[1:-1], *DE_FILA, "campana", "orden")


def es_solo_oficial(usuario: User) -> bool:
    """Whether their day is the queue of one institution."""
    return usuario.institucion_id is not None and usuario.roles.isdisjoint(
        {Rol.SECRETARIA, Rol.MODERADOR, Rol.ADMINISTRADOR}
    )


class FiltrosDeCola:
    """The filters of one request, checked. `valores` has only what was chosen."""

    def __init__(
        self, pedido: Mapping[str, Any], usuario: User, *, ahora: Any = None, propios: bool = True
    ) -> None:
        self.usuario = usuario
        self.hoy: date = dia_de(ahora or timezone.now())
        self.valores: dict[str, str] = {}
        for nombre in NOMBRES:
            escrito = str(pedido.get(nombre, "")).replace("\x00", "").strip()
            if escrito and self._vale(nombre, escrito):
                self.valores[nombre] = escrito[:LARGO_BUSQUEDA]
        # A first visit: an official's list opens on their own work, or on what their institution has.
        if propios and not any(nombre in pedido for nombre in NOMBRES) and es_solo_oficial(usuario):
            tiene = Aporte.objects.filter(PENDIENTE, self._mios)
            self.valores = {
                "estado": Plazo.PENDIENTE.value,
                "a_cargo": "mios" if tiene.exists() else "institucion",
            }
        if self.valores.get("estado") != Plazo.POR_VENCER:
            self.valores.pop("dias", None)

    @staticmethod
    def _vale(nombre: str, escrito: str) -> bool:
        if nombre in DE_LISTA:
            return escrito in DE_LISTA[nombre]
        if nombre == "q":
            return True
        if not (escrito.isascii() and escrito.isdigit() and len(escrito) < 10):
            return False
        return nombre != "dias" or int(escrito) <= DIAS_MAXIMO

    def __getitem__(self, nombre: str) -> str:
        """What was chosen of one filter, empty when nothing was. KeyError for what is no filter: a template
        asks here first, and only then for an attribute."""
        if nombre not in NOMBRES:
            raise KeyError(nombre)
        return self.valores.get(nombre, "")

    @cached_property
    def titulares(self) -> list[User]:
        """Those this person stands in for today."""
        return titulares_de(self.usuario, self.hoy)

    @property
    def dias(self) -> int:
        return int(self["dias"] or DIAS)

    @property
    def hasta(self) -> date:
        """The last day of what counts as due soon."""
        return self.hoy + timedelta(days=self.dias)

    @property
    def _mios(self) -> Q:
        return Q(responsable__in=[self.usuario.pk, *(t.pk for t in self.titulares)])

    def instituciones(self) -> set[int]:
        """Their own, and those of whom they stand in for."""
        suyas = [self.usuario.institucion_id, *(t.institucion_id for t in self.titulares)]
        return {pk for pk in suyas if pk is not None}

    def cadena(self, **cambios: str) -> str:
        """The query string of these filters with `cambios` (empty: dropped), never empty: an address
        without any filter means a first visit."""
        juntos = {n: v for n, v in (self.valores | cambios).items() if v}
        return urlencode(juntos or {"estado": ""})

    def aplicar(self, filas: "QuerySet[Aporte]", *, sin_estado: bool = False) -> "QuerySet[Aporte]":
        """`filas` (confirmed) that fit, in no particular order."""
        v = self.valores
        for nombre, campo in DE_FILA.items():
            if nombre in v:
                filas = filas.filter(**{campo: v[nombre]})
        for nombre in ("tipo", "region", "tipo_autor", "canal"):
            if nombre in v:
                filas = filas.filter(**{nombre: v[nombre]})
        if "a_cargo" in v:
            filas = filas.filter(self.cargo_q(v["a_cargo"]))
        if "campana" in v:
            filas = filas.filter(pertenencias__grupo=int(v["campana"]), pertenencias__fuera_en=None)
        if "preguntas" in v:
            filas = filas.filter(self._preguntas_q())
        if "q" in v:
            filas = filas.filter(texto_q(v["q"]))
        if "estado" in v and not sin_estado:
            filas = filas.filter(self.estado_q(v["estado"]))
        return filas

    def estado_q(self, estado: str) -> Q:
        if estado in Plazo.values:
            return plazo_q(estado, self.hoy, self.hasta)
        return estado_q(estado)

    def cargo_q(self, cargo: str) -> Q:
        nadie = Q(institucion=None)
        return {
            "mios": self._mios,
            "posibles": Q(institucion__in=self.instituciones()) | nadie,
            # Whoever has none would find what nobody has: no row is of institution nought.
            "institucion": Q(institucion=self.usuario.institucion_id or 0),
            "sin_asignar": nadie,
        }[cargo]

    def _preguntas_q(self) -> Q:
        abiertas = notas_que_lee(self.usuario).filter(para__isnull=False, contestaciones=None)
        if self["preguntas"] == "para_mi":
            abiertas = abiertas.filter(para__in=self.instituciones())
        return Q(Exists(abiertas.filter(aporte=OuterRef("pk"))))

    def ordenar(self, filas: "QuerySet[Aporte]") -> "QuerySet[Aporte]":
        _texto, campos = ORDENES[self["orden"] or "vence"]
        return filas.order_by(*campos)


def texto_q(texto: str) -> Q:
    """By folio when that is what was typed, else by every word as the archive reads them: accents,
    capitals and number do not matter. Withdrawn and removed rows, which it has not, by their letters."""
    folio = _FOLIO.match(texto)
    if folio:
        return Q(consulta__sigla=folio[1].upper(), n=int(folio[2]))
    dicen = buscador.ids_que_dicen(Aporte, texto)
    quitados = ~VIGENTE
    actual = AporteVersion.objects.filter(aporte=OuterRef("pk"), n=F("aporte__version"))
    for palabra in texto.split()[:PALABRAS]:
        dice = Q(texto__icontains=palabra) | Q(titulo__icontains=palabra)
        quitados &= Q(Exists(actual.filter(dice)))
    return Q(pk__in=dicen) | quitados if dicen is not None else quitados
