"""What each row of a spreadsheet would do now: be taken, need mending, or collide with what changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta
from consulta.respuestas.enums import EstadoDeFila
from consulta.respuestas.flows.borrador import sello_de_borrador
from consulta.respuestas.flows.coberturas import LARGO_LINEA, LARGO_RAZON, conflictos_de
from consulta.respuestas.flows.lineas import Dicho, leer_lineas
from consulta.respuestas.forms_varios import con_referencias
from consulta.respuestas.models import Cobertura, FilaDeBorrador
from consulta.respuestas.permissions import puede_responder
from consulta.respuestas.planilla.columnas import (
    COLUMNAS,
    EDITABLES,
    POR_DESTINO,
    POR_RESULTADO,
    leer_sello,
    plana,
)
from consulta.respuestas.planilla.leer import FilaLeida
from cuentas.models import Institucion, User

_COLUMNA_DE = {"fragmento": "referencia", "compromiso": "referencia", "evento": "referencia"}


@dataclass
class Juicio:
    """One row with what was made of it; `campo` is the column at fault."""

    leida: FilaLeida
    estado: EstadoDeFila = EstadoDeFila.ACEPTADA
    aporte: Aporte | None = None
    datos: dict[str, Any] = field(default_factory=dict)
    campo: str = ""
    reparo: str = ""

    def rechazar(self, campo: str, reparo: str) -> None:
        self.estado, self.campo, self.reparo = EstadoDeFila.ERROR, campo, reparo

    def apartar(self, reparo: str) -> None:
        self.estado, self.campo, self.reparo = EstadoDeFila.CONFLICTO, "folio", reparo

    @property
    def en_pie(self) -> bool:
        return self.estado == EstadoDeFila.ACEPTADA


def juzgar(
    leidas: Iterable[FilaLeida],
    *,
    consulta: Consulta,
    institucion: Institucion,
    por: User,
    vistos: set[str] | None = None,
) -> list[Juicio]:
    """Judge some rows, in a constant number of queries. `vistos` are the folios of rows before them."""
    juicios = [Juicio(leida) for leida in leidas]
    vistos = vistos if vistos is not None else set()
    _forma(juicios, vistos, consulta)
    _identidad(juicios, consulta, institucion, por)
    _contenido([j for j in juicios if j.en_pie], consulta)
    return juicios


def _forma(juicios: list[Juicio], vistos: set[str], consulta: Consulta) -> None:
    """What can be told from the row alone."""
    for juicio in juicios:
        celdas = juicio.leida.celdas
        folio = celdas.get("folio", "").upper()
        if not folio:
            juicio.rechazar("folio", _("Falta el folio."))
        elif folio in vistos:
            juicio.rechazar("folio", _("Este folio ya está en una fila anterior."))
        elif not folio.startswith(f"{consulta.sigla}-"):
            juicio.rechazar("folio", _("Ese folio es de otra consulta."))
        vistos.add(folio)
        if not juicio.en_pie:
            continue
        if not any(celdas.get(c) for c in EDITABLES):
            juicio.estado = EstadoDeFila.VACIA
            continue
        formula = next((c for c in EDITABLES if c in juicio.leida.formulas), None)
        if formula:
            juicio.rechazar(formula, _("La celda tiene una fórmula: pegue su valor."))
            continue
        datos = {c: celdas.get(c, "") for c in EDITABLES}
        for campo, valores in (("resultado", POR_RESULTADO), ("destino", POR_DESTINO)):
            if datos[campo]:
                valor = valores.get(plana(datos[campo]))
                if valor is None:
                    juicio.rechazar(
                        campo,
                        _("«%(v)s» no es un valor de «%(c)s»: elija uno de la lista.")
                        % {"v": datos[campo][:60], "c": COLUMNAS[campo]},
                    )
                    break
                datos[campo] = valor
        if juicio.en_pie and not datos["destino"] and datos["porque_nada"]:
            datos["destino"] = "nada"
        juicio.datos = datos


def _identidad(
    juicios: list[Juicio], consulta: Consulta, institucion: Institucion, por: User
) -> None:
    """Whether the row is still what it was when it was exported."""
    por_n = {}
    for juicio in juicios:
        numero = juicio.leida.celdas.get("folio", "").rpartition("-")[2]
        if juicio.en_pie and numero.isascii() and numero.isdigit() and len(numero) < 10:
            por_n[int(numero)] = juicio
        elif juicio.en_pie:
            juicio.rechazar("folio", _("No existe ese folio."))
    aportes = {
        a.n: a
        for a in Aporte.objects.confirmados()
        .filter(consulta=consulta, n__in=por_n)
        .select_related("consulta", "autoria")
    }
    ids = [a.pk for a in aportes.values()]
    vigentes = dict(
        Cobertura.objects.publicadas()
        .filter(aporte__in=ids)
        .order_by()
        .values_list("aporte")
        .annotate(ultima=Max("version"))
    )
    filas = FilaDeBorrador.objects.filter(aporte__in=ids, institucion=institucion)
    borradores = {f.aporte_id: f.borrador for f in filas.select_related("borrador__editor")}
    conflictos = conflictos_de({a.pk: a for a in aportes.values()}, {}, None)
    for n, juicio in por_n.items():
        aporte = aportes.get(n)
        if aporte is None:
            juicio.rechazar("folio", _("No existe ese folio."))
            continue
        juicio.aporte = aporte
        sello = leer_sello(juicio.leida.celdas.get("sello", ""))
        if sello is None or sello[0] != aporte.pk:
            juicio.rechazar(
                "sello", _("Falta el sello de la fila o no es el suyo: exporte otra vez.")
            )
        elif not puede_responder(por, aporte, institucion):
            juicio.apartar(_("Está a cargo de otra institución, o es un aporte suyo."))
        elif vigentes.get(aporte.pk, 0) != sello[2]:
            juicio.apartar(_("Se respondió después de exportar la planilla."))
        elif aporte.version != sello[1]:
            juicio.apartar(
                _("Su autor o autora lo corrigió después de exportar: lea la versión %(n)s.")
                % {"n": aporte.version}
            )
        elif sello_de_borrador(borradores.get(aporte.pk)) != sello[3]:
            actual = borradores.get(aporte.pk)
            juicio.apartar(
                _("%(q)s guardó un borrador de este aporte después de exportar.")
                % {"q": (actual and actual.editor) or _("Otra persona")}
                if actual
                else _("Su borrador se descartó o se publicó después de exportar.")
            )
        elif aporte.pk in conflictos:
            juicio.apartar(conflictos[aporte.pk].mensaje)


def _contenido(juicios: list[Juicio], consulta: Consulta) -> None:
    """Whether what was typed makes an answer; the very rules of sealing."""
    leidos, faltan = con_referencias(consulta, {str(j.leida.n): j.datos for j in juicios})
    dichos = []
    for juicio in juicios:
        clave = str(juicio.leida.n)
        juicio.datos = leidos[clave]
        razon = juicio.datos.get("razon", "")
        if clave in faltan:
            juicio.rechazar(
                "referencia",
                _("«%(r)s» no es un párrafo, compromiso o actividad que exista.")
                % {"r": faltan[clave][:40]},
            )
        elif not razon:
            juicio.rechazar(
                "razon", _("Escriba la razón. Si la celda está combinada con otras, sepárelas.")
            )
        elif len(razon) > LARGO_RAZON or len(juicio.datos.get("linea", "")) > LARGO_LINEA:
            juicio.rechazar(
                "razon" if len(razon) > LARGO_RAZON else "linea",
                _("Este texto es demasiado largo: acórtelo, por favor."),
            )
        elif juicio.aporte is not None:
            dichos.append(Dicho(juicio.aporte, juicio.datos))
    por_aporte = {j.aporte.pk: j for j in juicios if j.aporte is not None}
    for reparo in leer_lineas(dichos, {}).reparos:
        campo = _COLUMNA_DE.get(reparo.campo, reparo.campo)
        por_aporte[reparo.aporte.pk].rechazar(campo, reparo.texto)
