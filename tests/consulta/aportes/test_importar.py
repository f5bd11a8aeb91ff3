"""A spreadsheet of contributions: looked at first, then entered row by row, as often as needed."""

from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comun.registro import Aviso, Evento
from consulta.aportes.enums import Canal
from consulta.aportes.flows.ingresar import Entrada, Ingreso, ingresar_aportes
from consulta.aportes.importacion.entrador import TANDA
from consulta.aportes.models import Aporte
from search.models import Ficha
from tests.consulta.paginas.conftest import consulta_abierta
from tests.factories.aportes import contenido_de_propuesta
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory, TemaFactory

pytestmark = pytest.mark.django_db
CABECERA = "ID;Título;Texto;Problema;Tema;Región;Nombre;Canal;Padre"


@pytest.fixture
def consulta(db):
    UserFactory(secretaria=True)
    TemaFactory(slug="agua", nombre="Agua")
    hecha = consulta_abierta(propuestas=True)
    AsuntoFactory(consulta=hecha)
    return hecha


def importar(tmp_path, consulta, filas, *opciones, codificacion="utf-8"):
    ruta = tmp_path / "aportes.csv"
    ruta.write_bytes("\n".join([CABECERA, *filas]).encode(codificacion))
    salida = StringIO()
    call_command(
        "importar_aportes", str(ruta), "--consulta", consulta.slug, *opciones,
        stdout=salida, stderr=salida,
    )  # fmt: skip
    return salida.getvalue()


BUENAS = [
    "1;Riego;Medir el riego.;Nadie lo mide.;Agua;8;Ñandú;papel;",
    "2;;De acuerdo.;;;;Rosa;;1",
]


@pytest.mark.parametrize("codificacion", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_preview_writes_nothing_and_applying_twice_enters_once(tmp_path, consulta, codificacion):
    dicho = importar(tmp_path, consulta, BUENAS, codificacion=codificacion)
    assert "2 filas: 2 se pueden ingresar, 0 con errores" in dicho and "vista previa" in dicho
    assert not Aporte.objects.exists()
    aplicado = importar(tmp_path, consulta, BUENAS, "--aplicar", codificacion=codificacion)
    assert "2 aportes ingresados" in aplicado
    propuesta, replica = Aporte.objects.order_by("n")
    assert propuesta.autoria.nombre_publico == "Ñandú" and replica.padre == propuesta
    assert propuesta.enviado_en <= timezone.now()
    assert "0 aportes ingresados, 2 ya estaban" in importar(
        tmp_path, consulta, BUENAS, "--aplicar", codificacion=codificacion
    )
    call_command("comprobar_libro", stdout=StringIO())


def test_each_bad_row_is_told_by_line_and_column_and_stops_the_rest(tmp_path, consulta):
    malas = [
        *BUENAS, "1;Otra;x;y;Agua;;Ana;;", "4;;x;y;Agua;;Ana;;", "5;T;;y;Agua;;Ana;;",
        "6;T;x;y;Fuego;;Ana;;", "7;;x;;;;Ana;;99", "8;T;x;y;Agua;77;Ana;;", "9;T;x;y;Agua;;;;",
    ]  # fmt: skip
    errores = tmp_path / "errores.csv"
    with pytest.raises(CommandError, match="No se ingresó nada"):
        importar(tmp_path, consulta, malas, "--aplicar", "--errores", str(errores))
    assert not Aporte.objects.exists()
    guardado = errores.read_text(encoding="utf-8-sig")
    for linea, columna in ((4, "id"), (5, "titulo"), (6, "texto"), (7, "tema"), (8, "padre")):
        assert f"{linea},{columna}," in guardado, guardado
    dicho = importar(tmp_path, consulta, malas, "--aplicar", "--saltar-errores")
    assert "2 aportes ingresados" in dicho


def test_what_is_no_spreadsheet_is_refused(tmp_path, consulta):
    for contenido in (b"", b"a;b\n1;2\n"):
        ruta = tmp_path / "x.csv"
        ruta.write_bytes(contenido)
        with pytest.raises(CommandError):
            call_command("importar_aportes", str(ruta), "--consulta", consulta.slug)
    with pytest.raises(CommandError, match="No hay una consulta"):
        call_command("importar_aportes", str(ruta), "--consulta", "no-hay")


def test_letters_of_no_encoding_are_told_and_nothing_breaks(tmp_path, consulta):
    """UTF-8 with one byte lost is neither UTF-8 nor, with an «Á» in it, Windows-1252."""
    ruta = tmp_path / "x.csv"
    for crudo in (
        "\n".join([CABECERA, BUENAS[0], "9;Árbol;Sí.;x;Agua;;Ana;;"]).encode() + b"\xed",
        "Título;Texto;Área\n".encode() + b"a;b;\xed\n",
    ):
        ruta.write_bytes(crudo)
        with pytest.raises(CommandError, match="guarde el archivo otra vez"):
            call_command("importar_aportes", str(ruta), "--consulta", consulta.slug)
    assert not Aporte.objects.exists()


def test_a_stance_nobody_asked_for_is_told_by_its_column(tmp_path, consulta):
    ruta = tmp_path / "x.csv"
    ruta.write_text("titulo;texto;problema;tema;firma;postura\nRiego;Sí.;x;Agua;Ana;a favor\n")
    salida = StringIO()
    with pytest.raises(CommandError):
        call_command("importar_aportes", str(ruta), "--consulta", consulta.slug, stdout=salida)
    assert "línea 2, postura" in salida.getvalue()


def _muchas(cuantas):
    """Every third row answers the one before it, so that threads cross the batches."""
    return [
        f"{n};T{n};Medir.;Nadie mide.;Agua;8;Rosa {n};papel;"
        if n % 3
        else f"{n};;Sí.;;;;Luis;;{n - 1}"
        for n in range(1, cuantas + 1)
    ]


def test_many_rows_go_in_order_in_batches_and_what_is_there_is_passed_over(tmp_path, consulta):
    filas = _muchas(3 * TANDA + 10)
    assert "30 aportes ingresados" in importar(tmp_path, consulta, filas[:30], "--aplicar")
    dicho = importar(tmp_path, consulta, filas, "--aplicar")
    assert f"{len(filas) - 30} aportes ingresados, 30 ya estaban" in dicho
    assert f"{len(filas)} de {len(filas)} (100 %)" in dicho, "how far it is, and of how many"
    aportes = Aporte.objects.order_by("n").select_related("autoria", "padre")
    assert [a.n for a in aportes] == list(range(1, len(filas) + 1)), "folios have no gap"
    for aporte in aportes:
        assert aporte.autoria.nombre_publico == (f"Rosa {aporte.n}" if aporte.n % 3 else "Luis")
        assert aporte.padre is None if aporte.n % 3 else aporte.padre.n == aporte.n - 1
    assert Evento.objects.filter(verbo="ingresar_aporte").count() == len(filas)
    assert Aviso.objects.filter(razon="recibo").count() == len(filas)
    encontrables = Ficha.objects.publicas().filter(fuente="aportes.aporte")
    assert encontrables.count() == len(filas)
    call_command("comprobar_libro", stdout=StringIO())


def test_a_row_that_cannot_be_entered_does_not_stop_its_batch(tmp_path, consulta):
    importar(tmp_path, consulta, BUENAS, "--aplicar")
    Aporte.objects.filter(n=1).update(situacion="retirado", motivo="Me arrepentí")
    with pytest.raises(CommandError, match="Algunas filas"):
        importar(
            tmp_path, consulta, [*BUENAS, "3;;Sí.;;;;Luis;;1", "4;;No.;;;;Eva;;2"], "--aplicar"
        )
    assert Aporte.objects.get(n=3).autoria.nombre_publico == "Eva"


def test_a_day_outside_the_window_is_told_before_anything_is_entered(tmp_path, consulta):
    ruta = tmp_path / "a.csv"
    ruta.write_text("id;texto;titulo;problema;tema;firma;recibido\n1;x;T;y;agua;Ana;2001-01-05\n")
    salida = StringIO()
    with pytest.raises(CommandError, match="No se ingresó nada"):
        call_command("importar_aportes", str(ruta), "--consulta", consulta.slug, stdout=salida)
    assert "línea 2, recibido" in salida.getvalue()


def test_entering_more_rows_takes_no_more_statements(consulta):
    por, hoy = UserFactory(secretaria=True), timezone.localdate()

    def entrar(cuantas):
        entradas = [
            Entrada(contenido_de_propuesta(firma="Rosa"), Ingreso(Canal.PAPEL, hoy), uuid4())
            for _n in range(cuantas)
        ]
        with CaptureQueriesContext(connection) as consultas:
            ingresar_aportes(consulta=consulta, entradas=entradas, por=por)
        return len(consultas)

    entrar(2)
    pocas, muchas = entrar(5), entrar(40)
    # SQLite writes the rows of a table in as many statements as its parameters allow.
    assert muchas <= pocas + 8, (pocas, muchas)
