"""A spreadsheet goes out and comes back: drafts only, what changed set aside, hostile files told."""

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from comun.errores import Conflicto, DatoInvalido, SinPermiso
from consulta.aportes.flows.corregir import corregir_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.respuestas.enums import EstadoDePlanilla
from consulta.respuestas.flows.borrador import guardar_borrador
from consulta.respuestas.flows.lotes import publicar_lote, sellar_lote
from consulta.respuestas.flows.planillas import (
    aplicar_pieza,
    confirmar_planilla,
    desechar_planilla,
    leer_planilla,
    recibir_planilla,
)
from consulta.respuestas.models import Borrador, Respuesta, RespuestaVersion
from consulta.respuestas.planilla.columnas import COLUMNAS
from consulta.respuestas.planilla.escribir import escribir_planilla
from consulta.respuestas.planilla.leer import leer_filas
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory, ConsultaFactory
from tests.factories.respuestas import compromiso, responder

pytestmark = pytest.mark.django_db
NOMBRES = list(COLUMNAS)
LLENA = {"resultado": "No incorporada", "razon": "La ley vigente no lo permite.",
         "destino": "Nada cambia", "porque_nada": "La norma ya lo regula."}  # fmt: skip


@pytest.fixture
def oficial():
    return UserFactory(oficial=True)


@pytest.fixture
def tres():
    asunto = AsuntoFactory()
    return [aporte(asunto=asunto, dice=contenido(f"Aporte {i}.")) for i in range(3)]


def exportar(aportes, oficial):
    filas = Aporte.objects.filter(pk__in=[a.pk for a in aportes]).order_by("pk")
    return load_workbook(escribir_planilla(filas, oficial.institucion))


def llenar(libro, fila, **celdas):
    for campo, valor in celdas.items():
        libro["Respuestas"].cell(row=fila, column=NOMBRES.index(campo) + 1, value=valor)


def en_bytes(libro):
    caja = io.BytesIO()
    libro.save(caja)
    return caja.getvalue()


def subir(contenido_, oficial, consulta, nombre="respuestas.xlsx"):
    planilla = recibir_planilla(
        contenido=contenido_, nombre=nombre, consulta=consulta,
        institucion=oficial.institucion, por=oficial, ahora=AHORA,
    )  # fmt: skip
    return leer_planilla(planilla=planilla, por=oficial)


def aplicar(planilla, oficial):
    planilla = confirmar_planilla(planilla=planilla, por=oficial, ahora=AHORA)
    while aplicar_pieza(planilla=planilla, por=oficial, ahora=AHORA):
        pass
    return planilla


def estados(planilla):
    return [f.estado for f in planilla.filas.order_by("n")]


def test_what_comes_out_can_be_filled_and_comes_back_as_drafts_and_nothing_else(oficial, tres):
    libro = exportar(tres, oficial)
    hoja = libro["Respuestas"]
    assert [c.value for c in hoja[1]] == list(COLUMNAS.values())
    assert hoja.protection.sheet and hoja["A2"].protection.locked
    assert not hoja["H2"].protection.locked
    assert hoja.column_dimensions["M"].hidden
    assert "No incorporada" in hoja.data_validations.dataValidation[0].formula1
    for fila in (2, 3):
        llenar(libro, fila, **LLENA, linea=f"Línea {fila}.")
    planilla = subir(en_bytes(libro), oficial, tres[0].consulta)
    assert estados(planilla) == ["aceptada", "aceptada", "vacia"]
    assert not Borrador.objects.exists()
    planilla = aplicar(planilla, oficial)
    borrador = Borrador.objects.get()
    assert [f.aporte_id for f in borrador.filas.order_by("aporte_id")] == [tres[0].pk, tres[1].pk]
    assert borrador.lote == planilla.lote
    assert not Respuesta.objects.exists()
    sellar_lote(lote=planilla.lote, por=oficial, ahora=AHORA)
    publicar_lote(lote=planilla.lote, por=oficial, ahora=AHORA)
    version = RespuestaVersion.objects.get()
    assert {c.linea for c in version.coberturas.all()} == {"Línea 2.", "Línea 3."}


def test_rows_that_changed_since_are_conflicts_and_never_overwritten(oficial):
    asunto = AsuntoFactory()
    corregido, retirado, respondido, con_borrador = (aporte(asunto=asunto) for _ in range(4))
    todos = [corregido, retirado, respondido, con_borrador]
    libro = exportar(todos, oficial)
    for fila in range(2, 6):
        llenar(libro, fila, **LLENA)
    corregir_aporte(aporte=corregido, contenido=contenido("Otra cosa."), version=1,
                    por=corregido.autoria.cuenta, ahora=AHORA)  # fmt: skip
    retirar_aporte(aporte=retirado, por=retirado.autoria.cuenta, ahora=AHORA)
    responder(respondido, por=oficial)
    colega = UserFactory(oficial=True, institucion=oficial.institucion)
    guardar_borrador(aporte=con_borrador, institucion=oficial.institucion, por=colega,
                     datos={"razon": "De la colega."}, ahora=AHORA)  # fmt: skip
    planilla = subir(en_bytes(libro), oficial, asunto.consulta)
    assert estados(planilla) == ["conflicto"] * 4
    dichos = [f.reparo for f in planilla.filas.order_by("n")]
    for palabra, dicho in zip(("corrigió", "retirado", "respondió", "guardó"), dichos, strict=True):
        assert palabra in dicho
    with pytest.raises(DatoInvalido):
        confirmar_planilla(planilla=planilla, por=oficial)
    assert Borrador.objects.get().razon == "De la colega."


def test_what_changes_between_preview_and_confirmation_is_set_aside_too(oficial, tres):
    libro = exportar(tres[:2], oficial)
    for fila in (2, 3):
        llenar(libro, fila, **LLENA)
    planilla = subir(en_bytes(libro), oficial, tres[0].consulta)
    retirar_aporte(aporte=tres[0], por=tres[0].autoria.cuenta, ahora=AHORA)
    planilla = aplicar(planilla, oficial)
    assert estados(planilla) == ["conflicto", "aplicada"]
    assert planilla.estado == EstadoDePlanilla.APLICADA


def test_a_draft_that_did_not_change_since_goes_on_in_the_batch(oficial, tres):
    guardar_borrador(aporte=tres[0], institucion=oficial.institucion, por=oficial,
                     datos={"razon": "Empezada.", "resultado": "aclaracion"}, ahora=AHORA)  # fmt: skip
    libro = exportar(tres[:1], oficial)
    assert libro["Respuestas"]["G2"].value == "Aclaración"
    assert libro["Respuestas"]["H2"].value == "Empezada."
    llenar(libro, 2, **LLENA)
    aplicar(subir(en_bytes(libro), oficial, tres[0].consulta), oficial)
    borrador = Borrador.objects.get()
    assert borrador.razon == LLENA["razon"] and borrador.filas.count() == 1


@pytest.mark.parametrize(
    ("celdas", "celda", "dice"),
    [
        ({"razon": ""}, "H2", "combinada"),
        ({"resultado": "Quizás"}, "G2", "lista"),
        ({"resultado": "Incorporada"}, "J2", "cambió algo"),
        ({"destino": "Compromiso", "referencia": "99.9", "porque_nada": ""}, "K2", "99.9"),
        ({"razon": "x" * 10_001}, "H2", "largo"),
        ({"folio": "ZZZ-0001"}, "A2", "otra consulta"),
        ({"sello": "inventado"}, "M2", "sello"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_with_its_cell(oficial, tres, celdas, celda, dice):
    libro = exportar(tres[:1], oficial)
    llenar(libro, 2, **(LLENA | celdas))
    [fila] = subir(en_bytes(libro), oficial, tres[0].consulta).filas.all()
    assert (fila.estado, fila.celda) == ("error", celda)
    assert dice in fila.reparo


def test_references_name_places_as_people_write_them(oficial, tres):
    compromiso(3)
    libro = exportar(tres[:1], oficial)
    llenar(libro, 2, resultado="incorporada", razon="Sí.", destino="compromiso", referencia="7.3")
    planilla = subir(en_bytes(libro), oficial, tres[0].consulta)
    assert estados(planilla) == ["aceptada"]


def test_formulas_do_not_come_in_and_text_that_looks_like_one_goes_out_as_text(oficial):
    asunto = AsuntoFactory()
    malo = aporte(asunto=asunto, dice=contenido('=HYPERLINK("http://x","y")'))
    libro = exportar([malo], oficial)
    assert libro["Respuestas"]["C2"].data_type == "s"
    llenar(libro, 2, **(LLENA | {"razon": "=1+1"}))
    [fila] = subir(en_bytes(libro), oficial, asunto.consulta).filas.all()
    assert (fila.estado, fila.celda) == ("error", "H2") and "fórmula" in fila.reparo


def test_the_same_folio_twice_is_taken_once(oficial, tres):
    libro = exportar(tres[:1], oficial)
    hoja = libro["Respuestas"]
    llenar(libro, 2, **LLENA)
    hoja.append([c.value for c in hoja[2]])
    assert estados(subir(en_bytes(libro), oficial, tres[0].consulta)) == ["aceptada", "error"]


def test_csv_comes_in_too(oficial, tres):
    hoja = exportar(tres[:1], oficial)["Respuestas"]
    fila = dict(zip(NOMBRES, [c.value or "" for c in hoja[2]], strict=True)) | LLENA
    texto = ";".join(COLUMNAS.values()) + "\n" + ";".join(f'"{v}"' for v in fila.values())
    planilla = subir(texto.encode("cp1252"), oficial, tres[0].consulta, "respuestas.csv")
    assert estados(planilla) == ["aceptada"]


def _xlsx(**partes):
    caja = io.BytesIO()
    with zipfile.ZipFile(caja, "w", zipfile.ZIP_DEFLATED) as z:
        for nombre, dato in partes.items():
            z.writestr(nombre.replace("__", "/"), dato)
    return caja.getvalue()


def _sin_columnas():
    libro = Workbook()
    libro.active.append(["Folio", "Razón"])
    libro.active.append(["A-1", "b"])
    return en_bytes(libro)


@pytest.mark.parametrize(
    ("archivo", "nombre", "dice"),
    [
        (b"%PDF-1.7 hola", "a.xlsx", "XLSX o CSV"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 90, "a.xls", "contraseña"),
        (b"PK\x03\x04roto", "a.xlsx", "No se pudo leer"),
        (_xlsx(hola="x"), "a.xlsx", "XLSX o CSV"),
        (_xlsx(**{"xl/workbook.xml": "<a/>", "xl/vbaProject.bin": "x"}), "a.xlsm", "macros"),
        (_xlsx(**{"xl/workbook.xml": "<a/>", "xl/b.xml": b"0" * (301 << 20)}), "a.xlsx", "grande"),
        (_xlsx(**{"xl/workbook.xml": "<a/>"}), "a.xlsx", "No se pudo leer"),
        (_sin_columnas(), "a.xlsx", "Faltan columnas"),
        (b"hola;chao\n1;2\n", "a.csv", "Folio"),
    ],
)
def test_files_that_cannot_be_read_end_in_a_plain_sentence(oficial, tres, archivo, nombre, dice):
    planilla = subir(archivo, oficial, tres[0].consulta, nombre)
    assert planilla.estado == EstadoDePlanilla.ILEGIBLE
    assert dice in planilla.error and planilla.contenido is None


def test_a_file_of_fifty_megabytes_is_not_even_kept(oficial, tres):
    with pytest.raises(DatoInvalido) as error:
        subir(b"x" * (50 << 20), oficial, tres[0].consulta)
    assert error.value.campo == "archivo"


def test_throwing_a_sheet_away_takes_its_drafts_and_not_what_was_sealed(oficial, tres):
    libro = exportar(tres[:2], oficial)
    llenar(libro, 2, **LLENA)
    llenar(libro, 3, **(LLENA | {"razon": "Otra razón."}))
    planilla = aplicar(subir(en_bytes(libro), oficial, tres[0].consulta), oficial)
    primero = Borrador.objects.order_by("pk").first()
    sellar_lote(lote=planilla.lote, por=oficial, borradores=[primero.pk])
    desechar_planilla(planilla=planilla, por=oficial)
    assert not Borrador.objects.exists()
    assert RespuestaVersion.objects.presentadas().count() == 1
    with pytest.raises(Conflicto):
        desechar_planilla(planilla=planilla, por=oficial)


def test_another_institution_neither_sends_nor_confirms(oficial, tres):
    otro = UserFactory(oficial=True)
    libro = exportar(tres[:1], oficial)
    llenar(libro, 2, **LLENA)
    planilla = subir(en_bytes(libro), oficial, tres[0].consulta)
    with pytest.raises(SinPermiso):
        confirmar_planilla(planilla=planilla, por=otro)
    with pytest.raises(SinPermiso):
        recibir_planilla(contenido=b"x", nombre="a.csv", consulta=tres[0].consulta,
                         institucion=oficial.institucion, por=otro)  # fmt: skip


def test_writing_costs_the_same_queries_for_two_and_for_eight(oficial):
    asunto = AsuntoFactory()
    cuentas = []
    for cuantos in (2, 8):
        aportes = [aporte(asunto=asunto) for _ in range(cuantos)]
        with CaptureQueriesContext(connection) as hechas:
            exportar(aportes, oficial)
        cuentas.append(len(hechas))
    assert cuentas[0] == cuentas[1]


def test_a_cell_of_thirty_thousand_letters_does_not_break_the_reader():
    libro = Workbook()
    libro.active.append(list(COLUMNAS.values()))
    libro.active.append(["A-1", *["x" * 32_000] * 14])
    [fila] = leer_filas(en_bytes(libro), "a.xlsx")
    assert fila.n == 2


def test_a_sheet_of_another_consultation_is_refused_in_one_sentence(oficial, tres):
    otra = ConsultaFactory(titulo="La otra consulta")
    planilla = subir(en_bytes(exportar(tres, oficial)), oficial, otra)
    assert planilla.estado == EstadoDePlanilla.ILEGIBLE
    assert f"es de «{tres[0].consulta.titulo}»" in planilla.error
    assert "«La otra consulta»" in planilla.error
    assert not planilla.filas.exists()


def test_the_preview_begins_with_what_somebody_wrote(client, oficial, tres):
    libro = exportar(tres, oficial)
    llenar(libro, 2, **LLENA)
    planilla = subir(en_bytes(libro), oficial, tres[0].consulta)
    client.force_login(oficial)
    ruta = reverse("planilla_de_respuestas", args=[planilla.pk])

    def filas(pedido):
        return [f.estado for f in client.get(ruta + pedido).context["pagina"]]

    assert filas("") == ["aceptada"]
    assert filas("?estado=todas") == ["aceptada", "vacia", "vacia"]
    assert filas("?estado=vacia") == ["vacia", "vacia"]
    vacia = subir(en_bytes(exportar(tres, oficial)), oficial, tres[0].consulta)
    ruta = reverse("planilla_de_respuestas", args=[vacia.pk])
    assert filas("") == ["vacia", "vacia", "vacia"]
