"""Dates relative to the day of loading, as Santiago lives them."""

from datetime import UTC, date, datetime, timedelta

from comun.fechas import SANTIAGO
from portal.demo.archivos import pdf, tabla_csv, texto_plano
from portal.demo.calendario import PRIMERA_HORA, ULTIMA_HORA, Calendario
from portal.demo.lectura import azar

CALENDARIO = Calendario(date(2026, 11, 21))


def test_a_day_begins_at_midnight_in_santiago() -> None:
    assert CALENDARIO.comienzo(0) == datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
    assert CALENDARIO.a_las(-1, "18:30") == datetime(2026, 11, 20, 21, 30, tzinfo=UTC)


def test_people_write_when_they_are_awake() -> None:
    chances = azar("prueba")
    for _ in range(200):
        instante = CALENDARIO.momento(chances, CALENDARIO.comienzo(-9), CALENDARIO.corte)
        assert PRIMERA_HORA <= instante.astimezone(SANTIAGO).hour < ULTIMA_HORA


def test_a_reply_comes_after_and_inside_the_window() -> None:
    chances = azar("prueba")
    previo = CALENDARIO.corte - timedelta(hours=5)
    for _ in range(200):
        assert previo < CALENDARIO.despues_de(chances, previo, CALENDARIO.corte) < CALENDARIO.corte


def test_a_pdf_points_to_its_own_objects() -> None:
    archivo = pdf("Acta (de prueba) ñandú", ["Un párrafo largo. " * 40] * 12)
    inicio = int(archivo.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    tabla = archivo[inicio:].split(b"\n")
    assert tabla[0] == b"xref"
    for n, linea in enumerate(tabla[3 : 2 + int(tabla[1].split()[1])], start=1):
        assert archivo[int(linea[:10]) :].startswith(b"%d 0 obj" % n)
    assert "Acta \\(de prueba\\) ñandú".encode("cp1252") in archivo


def test_plain_files_are_utf8_with_unix_lines() -> None:
    assert tabla_csv([["región", "n"], ["Ñuble", 3]]) == "región,n\nÑuble,3\n".encode()
    assert texto_plano("Título", ["Ñandú."]).decode().startswith("Título\n======\n")
