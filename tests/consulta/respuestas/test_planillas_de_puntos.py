"""A divided contribution in a spreadsheet: a row for each point, drafted together or not at all."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from consulta.aportes.flows.agrupar import deshacer_grupo
from consulta.aportes.flows.dividir import PuntoPropuesto, dividir_propuesta
from consulta.aportes.models import Aporte
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.borrador import guardar_borrador
from consulta.respuestas.flows.lotes import publicar_lote, sellar_lote
from consulta.respuestas.flows.planillas import (
    aplicar_pieza,
    confirmar_planilla,
    leer_planilla,
    recibir_planilla,
)
from consulta.respuestas.models import Borrador, Cobertura
from consulta.respuestas.planilla import escribir
from consulta.respuestas.planilla.columnas import _SELLADOR, COLUMNAS
from consulta.respuestas.planilla.escribir import escribir_planilla
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido_de_propuesta
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory, EtapaFactory

pytestmark = pytest.mark.django_db
NOMBRES = list(COLUMNAS)
NADA = {
    "resultado": "No incorporada",
    "destino": "Nada cambia",
    "porque_nada": "Ya lo dice la ley.",
}
ACLARA = {"resultado": "Aclaración", "destino": "Nada cambia", "porque_nada": "Era una pregunta."}
RAZON = {"razon": "La ley vigente no lo permite."}


@pytest.fixture
def oficial():
    return UserFactory(oficial=True)


@pytest.fixture
def consulta():
    return ConsultaFactory(etapa=EtapaFactory(tipo="recepcion"))


def propuesta(consulta):
    texto = "Primera idea.\n\nSegunda idea.\n\nTercera idea."
    return aporte(consulta=consulta, dice=contenido_de_propuesta(texto=texto))


def dividir(uno, *textos):
    return dividir_propuesta(
        aporte=uno,
        puntos=[
            PuntoPropuesto(t, titulo=f"Sobre {t.split()[0].lower()}")
            for t in textos or ("Primera idea.", "Segunda idea.", "Tercera idea.")
        ],
        motivo="Dice varias cosas.",
        por=UserFactory(secretaria=True),
        ahora=AHORA,
    )


def exportar(aportes, oficial):
    filas = Aporte.objects.filter(pk__in=[a.pk for a in aportes]).order_by("pk")
    return load_workbook(escribir_planilla(filas, oficial.institucion))


def hoja_de(libro):
    return libro["Respuestas"]


def celda(libro, fila, campo):
    return hoja_de(libro).cell(row=fila, column=NOMBRES.index(campo) + 1)


def llenar(libro, fila, **celdas):
    for campo, valor in celdas.items():
        celda(libro, fila, campo).value = valor


def subir(libro, oficial, consulta):
    caja = io.BytesIO()
    libro.save(caja)
    return subir_bytes(caja.getvalue(), oficial, consulta)


def subir_bytes(crudo, oficial, consulta, nombre="respuestas.xlsx"):
    planilla = recibir_planilla(
        contenido=crudo, nombre=nombre, consulta=consulta,
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


def reparos(planilla):
    return [f.reparo for f in planilla.filas.order_by("n")]


def test_each_point_is_a_row_and_is_answered_as_its_row_says(oficial, consulta):
    entera, dividida = aporte(consulta=consulta, dice=contenido_de_propuesta()), propuesta(consulta)
    dividir(dividida)
    libro = exportar([entera, dividida], oficial)
    assert [celda(libro, n, "folio").value for n in range(2, 6)] == [entera.folio] + [
        dividida.folio
    ] * 3
    assert [celda(libro, n, "punto").value for n in range(2, 6)] == [None, 1, 2, 3]
    assert celda(libro, 4, "titulo_punto").value == "Sobre segunda"
    assert celda(libro, 4, "texto").value == "Punto 2 · Sobre segunda\n\nSegunda idea."
    assert celda(libro, 4, "punto").protection.locked
    llenar(libro, 2, **NADA, **RAZON)
    llenar(libro, 3, **NADA, **RAZON, linea="De la primera.")
    llenar(libro, 4, **ACLARA)
    llenar(libro, 5, **NADA, **RAZON)
    planilla = subir(libro, oficial, consulta)
    assert estados(planilla) == ["aceptada"] * 4, reparos(planilla)
    assert [f.punto for f in planilla.filas.order_by("n")] == [None, 1, 2, 3]
    planilla = aplicar(planilla, oficial)
    assert estados(planilla) == ["aplicada"] * 4
    assert Borrador.objects.get().filas.count() == 2
    sellar_lote(lote=planilla.lote, por=oficial, ahora=AHORA)
    publicar_lote(lote=planilla.lote, por=oficial, ahora=AHORA)
    de_puntos = Cobertura.objects.filter(aporte=dividida, punto__isnull=False).order_by("punto__n")
    assert [c.resultado for c in de_puntos] == [
        Resultado.NO_INCORPORADA, Resultado.ACLARACION, Resultado.NO_INCORPORADA,
    ]  # fmt: skip
    assert [c.linea for c in de_puntos] == ["De la primera.", "", ""]
    assert Aporte.objects.get(pk=dividida.pk).esta_respondido


def test_what_was_drafted_comes_out_by_point_and_the_line_of_the_whole_is_kept(oficial, consulta):
    uno = propuesta(consulta)
    dividir(uno)
    primero, segundo, _tercero = uno.puntos.order_by("n")
    guardar_borrador(
        aporte=uno, institucion=oficial.institucion, por=oficial, ahora=AHORA,
        datos={
            "razon": "Empezada.", "resultado": "aclaracion", "linea": "Gracias por todo.",
            "puntos": {
                str(primero.pk): {"resultado": "fuera_de_alcance", "linea": "Uno."},
                str(segundo.pk): {"linea": "Dos."},
            },
        },
    )  # fmt: skip
    libro = exportar([uno], oficial)
    salen = [
        [celda(libro, n, c).value for c in ("resultado", "linea", "razon")] for n in range(2, 5)
    ]
    assert salen == [
        ["Fuera de alcance", "Uno.", "Empezada."],
        ["Aclaración", "Dos.", "Empezada."],
        ["Aclaración", None, "Empezada."],
    ]
    for n in range(2, 5):
        llenar(libro, n, **NADA)
    aplicar(subir(libro, oficial, consulta), oficial)
    [fila] = Borrador.objects.get().filas.all()
    assert fila.datos["linea"] == "Gracias por todo." and len(fila.datos["puntos"]) == 3


@pytest.mark.parametrize("cambio", ["divided", "undone", "divided_again"])
def test_rows_of_points_that_changed_since_are_conflicts(oficial, consulta, cambio):
    uno = propuesta(consulta)
    division = None if cambio == "divided" else dividir(uno)
    libro = exportar([uno], oficial)
    for n in range(2, hoja_de(libro).max_row + 1):
        llenar(libro, n, **NADA, **RAZON)
    if division:
        deshacer_grupo(
            grupo=division, por=UserFactory(secretaria=True), motivo="Era una sola.", ahora=AHORA
        )
    if cambio != "undone":
        dividir(uno)
    planilla = subir(libro, oficial, consulta)
    assert set(estados(planilla)) == {"conflicto"}
    assert all("puntos cambiaron" in dicho for dicho in reparos(planilla))
    assert not Borrador.objects.exists()


def test_a_division_undone_between_preview_and_confirmation_is_set_aside(oficial, consulta):
    uno = propuesta(consulta)
    division = dividir(uno)
    libro = exportar([uno], oficial)
    for n in range(2, 5):
        llenar(libro, n, **NADA, **RAZON)
    planilla = subir(libro, oficial, consulta)
    assert estados(planilla) == ["aceptada"] * 3
    deshacer_grupo(
        grupo=division, por=UserFactory(secretaria=True), motivo="Era una sola.", ahora=AHORA
    )
    planilla = aplicar(planilla, oficial)
    assert estados(planilla) == ["conflicto"] * 3 and not Borrador.objects.exists()


def test_all_the_points_stand_or_fall_together_and_each_fault_is_told_in_its_row(oficial, consulta):
    uno, otro = propuesta(consulta), aporte(consulta=consulta, dice=contenido_de_propuesta())
    dividir(uno)
    libro = exportar([uno, otro], oficial)
    llenar(libro, 2, **NADA, **RAZON)
    llenar(libro, 3, **(NADA | {"porque_nada": ""}), **RAZON)
    llenar(libro, 5, **NADA, **RAZON)
    planilla = subir(libro, oficial, consulta)
    assert estados(planilla) == ["error", "error", "error", "aceptada"]
    primera, segunda, tercera, _cuarta = reparos(planilla)
    assert "La fila 3" in primera and "por qué nada cambia" in segunda
    assert "Falta responder este punto" in tercera


def test_points_left_blank_are_not_touched(oficial, consulta):
    uno = propuesta(consulta)
    dividir(uno)
    planilla = subir(exportar([uno], oficial), oficial, consulta)
    assert estados(planilla) == ["vacia"] * 3


@pytest.mark.parametrize(
    ("hacer", "fila", "columna", "dice"),
    [
        (lambda libro: llenar(libro, 3, razon="Otra razón."), 3, "razon", "una sola razón"),
        (lambda libro: llenar(libro, 4, punto="2"), 4, "punto", "del punto 3"),
        (lambda libro: hoja_de(libro).delete_rows(4), 2, "folio", "puntos 3"),
        (
            lambda libro: hoja_de(libro).append([c.value for c in hoja_de(libro)[4]]),
            5, "folio", "ya está en una fila anterior",
        ),
    ],
    ids=["two_reasons", "another_number", "a_row_missing", "a_row_twice"],
)  # fmt: skip
def test_what_is_wrong_with_the_rows_of_a_contribution_is_told(
    oficial, consulta, hacer, fila, columna, dice
):
    uno = propuesta(consulta)
    dividir(uno)
    libro = exportar([uno], oficial)
    for n in range(2, 5):
        llenar(libro, n, **NADA, **RAZON)
    hacer(libro)
    planilla = subir(libro, oficial, consulta)
    mala = planilla.filas.get(n=fila)
    letra = hoja_de(libro).cell(row=1, column=NOMBRES.index(columna) + 1).column_letter
    assert (mala.estado, mala.celda) == ("error", f"{letra}{fila}") and dice in mala.reparo


def test_rows_sorted_apart_are_read_together(oficial, consulta, monkeypatch):
    monkeypatch.setattr("consulta.respuestas.flows.planillas.PIEZA", 2)
    divididas = [propuesta(consulta) for _ in range(3)]
    for una in divididas:
        dividir(una)
    libro = exportar(divididas, oficial)
    hoja = hoja_de(libro)
    for n in range(2, 11):
        llenar(libro, n, **NADA, **RAZON)
    filas = sorted(
        ([c.value for c in hoja[n]] for n in range(2, 11)), key=lambda f: f[NOMBRES.index("punto")]
    )
    for n, fila in enumerate(filas, 2):
        for i, valor in enumerate(fila, 1):
            hoja.cell(row=n, column=i, value=valor)
    planilla = subir(libro, oficial, consulta)
    assert estados(planilla) == ["aceptada"] * 9, reparos(planilla)
    aplicar(planilla, oficial)
    assert Borrador.objects.get().filas.count() == 3


def test_csv_answers_points_too(oficial, consulta):
    uno = propuesta(consulta)
    dividir(uno)
    libro = exportar([uno], oficial)
    renglones = [";".join(COLUMNAS.values())]
    for n in range(2, 5):
        llenar(libro, n, **NADA, **RAZON)
        renglones.append(";".join(f'"{c.value or ""}"' for c in hoja_de(libro)[n]))
    crudo = "\n".join(renglones).encode("utf-8-sig")
    planilla = subir_bytes(crudo, oficial, consulta, "respuestas.csv")
    assert estados(planilla) == ["aceptada"] * 3, reparos(planilla)


def test_an_older_file_without_the_columns_still_answers_the_whole(oficial, consulta):
    uno, dividida = aporte(consulta=consulta, dice=contenido_de_propuesta()), propuesta(consulta)
    dividir(dividida)
    antiguas = [c for c in NOMBRES if c not in ("punto", "titulo_punto")]
    renglones = [";".join(COLUMNAS[c] for c in antiguas)]
    for fila in (uno, dividida):
        # As it was signed before: the first four parts and no more.
        sello = _sello_de_cuatro(fila.pk)
        dicho = {"folio": fila.folio, "version": "1", "sello": sello, **NADA, **RAZON}
        renglones.append(";".join(f'"{dicho.get(c, "")}"' for c in antiguas))
    crudo = "\n".join(renglones).encode()
    planilla = subir_bytes(crudo, oficial, consulta, "vieja.csv")
    assert estados(planilla) == ["aceptada"] * 2, reparos(planilla)
    aplicar(planilla, oficial)
    assert Borrador.objects.get().filas.count() == 2


def _sello_de_cuatro(pk):
    return _SELLADOR.sign(f"{pk}|1|0|")


def test_a_file_holds_whole_contributions_only(oficial, consulta, monkeypatch):
    monkeypatch.setattr(escribir, "MAXIMO", 4)
    divididas = [propuesta(consulta) for _ in range(2)]
    for una in divididas:
        dividir(una)
    assert hoja_de(exportar(divididas, oficial)).max_row == 4


def test_points_cost_the_same_queries_for_one_and_for_six(oficial, consulta):
    cuentas = []
    for cuantas in (1, 1, 6):
        divididas = [propuesta(consulta) for _ in range(cuantas)]
        for una in divididas:
            dividir(una)
        with CaptureQueriesContext(connection) as de_escribir:
            libro = exportar(divididas, oficial)
        for n in range(2, 2 + 3 * cuantas):
            llenar(libro, n, **NADA, **RAZON)
        with CaptureQueriesContext(connection) as de_leer:
            subir(libro, oficial, consulta)
        cuentas.append((len(de_escribir), len(de_leer)))
    assert cuentas[1] == cuentas[2]
