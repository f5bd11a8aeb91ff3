"""What each row of a spreadsheet would do now: be taken, need mending, or collide with what changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy

from django.db.models import Max
from django.utils.translation import gettext as _

from consulta.aportes.models import Aporte, Punto
from consulta.procesos.models import Consulta
from consulta.respuestas.enums import EstadoDeFila
from consulta.respuestas.flows.borrador import sello_de_borrador
from consulta.respuestas.flows.coberturas import LARGO_LINEA, LARGO_RAZON, conflictos_de
from consulta.respuestas.flows.lineas import Dicho, leer_lineas
from consulta.respuestas.models import Cobertura, FilaDeBorrador
from consulta.respuestas.permissions import puede_responder
from consulta.respuestas.planilla.columnas import (
    COLUMNAS,
    EDITABLES,
    POR_DESTINO,
    POR_RESULTADO,
    division_de,
    leer_sello,
    plana,
)
from consulta.respuestas.planilla.juicio import Juicio
from consulta.respuestas.planilla.leer import FilaLeida
from consulta.respuestas.planilla.puntos import juntar, nombrar_puntos, por_aporte, una_razon
from consulta.respuestas.referencias import con_referencias
from cuentas.models import Institucion, User

_COLUMNA_DE = {"fragmento": "referencia", "compromiso": "referencia", "evento": "referencia"}


def juzgar(
    leidas: Iterable[FilaLeida],
    *,
    consulta: Consulta,
    institucion: Institucion,
    por: User,
    vistos: set[str] | None = None,
) -> list[Juicio]:
    """Judge some rows, in a constant number of queries. `vistos` are the folios of rows before them.
    All the rows of a divided contribution are judged in one call (`en_piezas`)."""
    juicios = [Juicio(leida, leer_sello(leida.celdas.get("sello", ""))) for leida in leidas]
    vistos = vistos if vistos is not None else set()
    _forma(juicios, vistos, consulta)
    puntos = _identidad(juicios, consulta, institucion, por)
    nombrar_puntos(juicios, puntos)
    grupos = por_aporte(juicios)
    for grupo in grupos:
        una_razon(grupo)
    _contenido([j for j in juicios if j.en_pie], consulta)
    for grupo in grupos:
        juntar(grupo, puntos.get(grupo[0].aporte.pk, []) if grupo[0].aporte else [])
    return juicios


def _forma(juicios: list[Juicio], vistos: set[str], consulta: Consulta) -> None:
    """What can be told from the row alone."""
    for juicio in juicios:
        celdas = juicio.leida.celdas
        folio = celdas.get("folio", "").upper()
        if not folio:
            juicio.rechazar("folio", _("Falta el folio."))
        elif _repetido(juicio, folio, vistos):
            juicio.rechazar("folio", _("Este folio ya está en una fila anterior."))
        elif not folio.startswith(f"{consulta.sigla}-"):
            juicio.rechazar("folio", _("Ese folio es de otra consulta."))
        vistos |= {folio, _clave(juicio, folio)}
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


def _clave(juicio: Juicio, folio: str) -> str:
    return f"{folio} {juicio.sello.punto if juicio.sello else 0}"


def _repetido(juicio: Juicio, folio: str, vistos: set[str]) -> bool:
    """The whole twice, a point twice, or a point beside the whole."""
    if juicio.sello is None or not juicio.sello.punto:
        return folio in vistos
    return _clave(juicio, folio) in vistos or f"{folio} 0" in vistos


def _identidad(
    juicios: list[Juicio], consulta: Consulta, institucion: Institucion, por: User
) -> Mapping[int, list[Punto]]:
    """Whether the row is still what it was when it was exported. Returns the points of what is divided."""
    por_n: dict[int, list[Juicio]] = defaultdict(list)
    for juicio in juicios:
        numero = juicio.leida.celdas.get("folio", "").rpartition("-")[2]
        vale = numero.isascii() and numero.isdigit() and len(numero) < 10
        # An empty row of a point is looked up as well: its contribution is answered whole.
        if vale and (juicio.en_pie or _es_punto_vacio(juicio)):
            por_n[int(numero)].append(juicio)
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
    de_borradores = {f.aporte_id: f for f in filas.select_related("borrador__editor")}
    puntos: dict[int, list[Punto]] = defaultdict(list)
    for punto in Punto.objects.filter(aporte__in=ids).order_by("aporte", "n"):
        puntos[punto.aporte_id].append(punto)
    conflictos = conflictos_de({a.pk: a for a in aportes.values()}, {}, None)
    for n, juicio in ((n, j) for n, suyos in por_n.items() for j in suyos):
        aporte = aportes.get(n)
        if aporte is None:
            juicio.rechazar("folio", _("No existe ese folio."))
            continue
        juicio.aporte, sello = aporte, juicio.sello
        if sello is None or sello.aporte != aporte.pk:
            juicio.rechazar(
                "sello", _("Falta el sello de la fila o no es el suyo: exporte otra vez.")
            )
            continue
        if not juicio.en_pie:
            continue
        fila = de_borradores.get(aporte.pk)
        borrador = fila.borrador if fila else None
        juicio.linea_del_todo = str(fila.datos.get("linea") or "") if fila else ""
        if not puede_responder(por, aporte, institucion):
            juicio.apartar(_("Está a cargo de otra institución, o es un aporte suyo."))
        elif vigentes.get(aporte.pk, 0) != sello.vigente:
            juicio.apartar(_("Se respondió después de exportar la planilla."))
        elif aporte.version != sello.version:
            juicio.apartar(
                _("Su autor o autora lo corrigió después de exportar: lea la versión %(n)s.")
                % {"n": aporte.version}
            )
        elif sello.division not in (None, division_de(puntos.get(aporte.pk, []))):
            juicio.apartar(
                _("Sus puntos cambiaron después de exportar: expórtelo otra vez para responderlos.")
            )
        elif sello_de_borrador(borrador) != sello.borrador:
            juicio.apartar(
                _("%(q)s guardó un borrador de este aporte después de exportar.")
                % {"q": borrador.editor or _("Otra persona")}
                if borrador
                else _("Su borrador se descartó o se publicó después de exportar.")
            )
        elif aporte.pk in conflictos:
            juicio.apartar(conflictos[aporte.pk].mensaje)
    return puntos


def _es_punto_vacio(juicio: Juicio) -> bool:
    return (
        juicio.estado == EstadoDeFila.VACIA and juicio.sello is not None and juicio.sello.punto > 0
    )


def _contenido(juicios: list[Juicio], consulta: Consulta) -> None:
    """Whether what was typed makes an answer; the very rules of sealing."""
    leidos, faltan = con_referencias(consulta, {str(j.leida.n): j.datos for j in juicios})
    dichos = []
    de_quien: dict[int, Juicio] = {}
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
            # A row about a point says an outcome and a place like any other: a copy of the contribution
            # for each row tells which row a complaint is about.
            dicho = Dicho(copy(juicio.aporte), juicio.datos)
            dichos.append(dicho)
            de_quien[id(dicho.aporte)] = juicio
    for reparo in leer_lineas(dichos, {}).reparos:
        campo = _COLUMNA_DE.get(reparo.campo, reparo.campo)
        de_quien[id(reparo.aporte)].rechazar(campo, reparo.texto)
