"""Writing the spreadsheet: rows are read in pieces and go to a temporary file, whatever their number."""

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from typing import IO, Any

from django.db.models import Max
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from consulta.aportes.models import Aporte, Punto
from consulta.respuestas.flows.borrador import sello_de_borrador
from consulta.respuestas.models import Cobertura, FilaDeBorrador
from consulta.respuestas.models.borradores import combinar
from consulta.respuestas.planilla.columnas import (
    ANCHOS,
    COLUMNAS,
    DE_LECTURA,
    DESTINOS,
    RESULTADOS,
    Sello,
    division_de,
    sello_de_fila,
)
from consulta.respuestas.referencias import a_referencias
from cuentas.models import Institucion

MAXIMO = 10_000
"""Rows of one file."""
PIEZA = 500
CELDA = 32_000
"""Characters of a cell: Excel takes 32,767."""
HOJA, INSTRUCCIONES = "Respuestas", "Instrucciones"
TEXTO_DE_INSTRUCCIONES = (
    "Cómo llenar esta planilla",
    "1. Escriba solo en las columnas blancas. Las grises se leen y no se cambian.",
    "2. Elija el resultado de la lista y escriba la razón: qué se decidió, por qué y qué viene ahora.",
    "3. Las filas con la misma razón serán una sola respuesta, con la línea personal de cada una.",
    "4. En «Dónde quedó» elija de la lista. En «Cuál» escriba, para un párrafo, versión y número (2.14; "
    "con la sigla antes, P7B 2.14, si es de otra consulta del proceso); para un compromiso, plan y número "
    "(7.3); para una actividad, su número.",
    "5. Si nada cambia, elija «Nada cambia» y diga por qué en la última columna.",
    "6. Un aporte dividido en puntos trae una fila por punto: responda todas, con una sola razón. Lo "
    "propio de cada punto va en su línea.",
    "7. Deje en blanco las filas que no responderá ahora: no se tocan.",
    "8. Guarde como XLSX y súbala. Verá una vista previa por fila antes de que pase nada.",
    "9. De aquí salen borradores. Nada se publica sin que una persona lo decida en el sitio.",
    "10. Si alguien corrigió, retiró, dividió o respondió un aporte entretanto, esa fila se aparta y se "
    "le avisa.",
)
_GRIS = PatternFill("solid", fgColor="EEEEEE")
_CABEZA = PatternFill("solid", fgColor="0A2A4F")
_ENVUELTO = Alignment(wrap_text=True, vertical="top")


def escribir_planilla(filas: Any, institucion: Institucion | None) -> IO[bytes]:
    """A file, at its beginning, with the contributions of `filas` (a queryset, of one consultation): a row
    for each, for each point of those that are divided; `MAXIMO` rows at most, and no contribution in
    part. What `institucion` is writing about them is in its columns. Memory does not grow with the rows,
    save for the strings of the sheet."""
    libro = Workbook(write_only=True)
    hoja = libro.create_sheet(HOJA)
    hoja.freeze_panes = "B2"
    for i, campo in enumerate(COLUMNAS, 1):
        columna = hoja.column_dimensions[get_column_letter(i)]
        columna.width = ANCHOS[campo]
        columna.hidden = campo == "sello"
    hoja.append([_cabeza(hoja, titulo) for titulo in COLUMNAS.values()])
    n = 1
    for suyas in _filas(filas, institucion):
        if n - 1 + len(suyas) > MAXIMO:
            break
        for fila in suyas:
            hoja.append([_celda(hoja, campo, fila.get(campo, "")) for campo in COLUMNAS])
        n += len(suyas)
    _listas(hoja, max(n, 2))
    hoja.protection.sheet = True
    hoja.protection.formatColumns = hoja.protection.formatRows = False
    hoja.protection.autoFilter = hoja.protection.sort = False
    ayuda = libro.create_sheet(INSTRUCCIONES)
    ayuda.column_dimensions["A"].width = 110
    for linea in TEXTO_DE_INSTRUCCIONES:
        celda = WriteOnlyCell(ayuda, linea)
        celda.alignment = _ENVUELTO
        ayuda.append([celda])
    archivo = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    libro.save(archivo)
    archivo.seek(0)
    return archivo


def _filas(filas: Any, institucion: Institucion | None) -> Iterator[list[dict[str, Any]]]:
    """The rows of each contribution. Primary keys are read first: the order of the queue may not change
    while it is written."""
    claves = list(filas.values_list("pk", flat=True)[:MAXIMO])
    for i in range(0, len(claves), PIEZA):
        pieza = claves[i : i + PIEZA]
        aportes = Aporte.objects.con_texto().select_related("institucion").in_bulk(pieza)
        vigentes = dict(
            Cobertura.objects.publicadas()
            .filter(aporte__in=pieza)
            .order_by()
            .values_list("aporte")
            .annotate(ultima=Max("version"))
        )
        borradores = {
            f.aporte_id: f
            for f in FilaDeBorrador.objects.filter(
                aporte__in=pieza, institucion=institucion
            ).select_related("borrador")
        }
        puntos: dict[int, list[Punto]] = defaultdict(list)
        for punto in Punto.objects.filter(aporte__in=pieza).order_by("aporte", "n"):
            puntos[punto.aporte_id].append(punto)
        partes: list[tuple[int, Punto | None]] = []
        for pk in pieza:
            if pk in aportes:
                partes += [(pk, punto) for punto in puntos.get(pk, [])] or [(pk, None)]
        dichos = (
            a_referencias(
                next(a.consulta_id for a in aportes.values()),
                [_dicho(borradores.get(pk), punto) for pk, punto in partes],
            )
            if aportes
            else []
        )
        juntas: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for (pk, suyo), dicho in zip(partes, dichos, strict=True):
            fila = borradores.get(pk)
            sello = Sello(
                pk,
                aportes[pk].version,
                vigentes.get(pk, 0),
                sello_de_borrador(fila.borrador if fila else None),
                division_de(puntos.get(pk, [])),
                suyo.pk if suyo else 0,
            )
            juntas[pk].append(_fila(aportes[pk], suyo, dicho, sello_de_fila(sello)))
        yield from juntas.values()


def _dicho(fila: FilaDeBorrador | None, punto: Punto | None) -> dict[str, Any]:
    """What a draft says of a contribution, or of one of its points: its own, else what the whole says."""
    if fila is None:
        return {}
    entero = combinar(fila.borrador.datos, fila.datos)
    razon = {"razon": fila.borrador.razon}
    puntos = entero.pop("puntos", {})
    if punto is None:
        return entero | razon
    propio = puntos.get(str(punto.pk), {})
    if not propio.get("resultado"):
        propio = entero | {"linea": propio.get("linea", "")}
    return propio | razon


def _fila(aporte: Aporte, punto: Punto | None, dicho: dict[str, Any], sello: str) -> dict[str, Any]:
    contenido = aporte.contenido
    texto = "\n\n".join(filter(None, (contenido.titulo, contenido.texto)))
    if punto is not None:
        titulo = f" · {punto.titulo}" if punto.titulo else ""
        texto = f"Punto {punto.n}{titulo}\n\n{punto.texto}"
    return {
        "folio": aporte.folio,
        "version": aporte.version,
        "punto": punto.n if punto else "",
        "titulo_punto": punto.titulo if punto and aporte.es_visible else "",
        "texto": texto if aporte.es_visible else f"({aporte.get_situacion_display()})",
        "tema": aporte.tema.nombre if aporte.tema else "",
        "institucion": aporte.institucion.nombre if aporte.institucion else "Sin asignar",
        "vence": aporte.vence_el,
        "resultado": RESULTADOS.get(dicho.get("resultado", ""), ""),
        "razon": dicho.get("razon", ""),
        "linea": dicho.get("linea", ""),
        "destino": DESTINOS.get(dicho.get("destino", ""), ""),
        "referencia": dicho.get("referencia", ""),
        "porque_nada": dicho.get("porque_nada", ""),
        "sello": sello,
    }


def _cabeza(hoja: Any, titulo: str) -> Any:
    celda = WriteOnlyCell(hoja, titulo)
    celda.font, celda.fill = Font(bold=True, color="FFFFFF"), _CABEZA
    return celda


def _celda(hoja: Any, campo: str, valor: Any) -> Any:
    """Text is text, also when it begins like a formula (CSV and formula injection)."""
    if isinstance(valor, str):
        valor = ILLEGAL_CHARACTERS_RE.sub("", valor)
        if len(valor) > CELDA:
            valor = f"{valor[:CELDA]}…"
    celda = WriteOnlyCell(hoja, valor if valor != "" else None)
    if isinstance(valor, str) and valor:
        celda.data_type = "s"
        celda.quotePrefix = valor[0] in "=+-@\t\r"
    if campo == "vence" and valor:
        celda.number_format = "DD-MM-YYYY"
    if campo == "referencia":
        celda.number_format = "@"
    if campo in DE_LECTURA:
        celda.fill = _GRIS
    celda.protection = Protection(locked=campo in DE_LECTURA)
    celda.alignment = _ENVUELTO
    return celda


def _listas(hoja: Any, ultima: int) -> None:
    for campo, valores in (("resultado", RESULTADOS), ("destino", DESTINOS)):
        letra = get_column_letter(list(COLUMNAS).index(campo) + 1)
        lista = DataValidation(
            type="list", formula1=f'"{",".join(valores.values())}"', allow_blank=True
        )
        lista.error = "Elija un valor de la lista."
        lista.showErrorMessage = True
        lista.add(f"{letra}2:{letra}{ultima}")
        hoja.data_validations.append(lista)


def nombre_de_archivo(sigla: str) -> str:
    hoy = timezone.localdate()
    return f"respuestas-{sigla.lower()}-{hoy:%Y-%m-%d}.xlsx"
