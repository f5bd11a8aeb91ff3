"""A spreadsheet of contributions: looked at first, then entered row by row, as often as needed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from consulta.aportes.models import Aporte
from tests.consulta.paginas.conftest import consulta_abierta
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
