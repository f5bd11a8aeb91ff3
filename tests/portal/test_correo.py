"""The mails of a machine without a mail server, read in the browser."""

from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def carpeta(tmp_path: Path, settings: object) -> Path:
    settings.CORREO_CARPETA = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def mandar(carpeta: Path, asunto: str, texto: str, html: str = "") -> None:
    mensaje = EmailMultiAlternatives(
        asunto,
        texto,
        to=["ana@pruebas.example"],
        connection=get_connection(
            "django.core.mail.backends.filebased.EmailBackend", file_path=carpeta
        ),
    )
    if html:
        mensaje.attach_alternative(html, "text/html")
    mensaje.send()


def test_a_mail_is_read_with_its_links_and_never_drawn(carpeta: Path) -> None:
    mandar(
        carpeta,
        "Recibo de su aporte Ñ",
        "Vea http://localhost:8000/aportes/P7A-0001/.\n<script>alert(1)</script>",
        '<p><a href="http://localhost:8000/mis-aportes/">Mis</a><a href="javascript:x()">no</a></p>',
    )
    lista = Client().get("/correo/").content.decode()
    assert "Recibo de su aporte Ñ" in lista
    archivo = next(carpeta.glob("*.log")).name
    html = Client().get(f"/correo/{archivo}/0/").content.decode()
    assert 'href="http://localhost:8000/aportes/P7A-0001/"' in html
    assert 'href="http://localhost:8000/mis-aportes/"' in html
    assert "javascript:x" not in html
    assert "<script>alert" not in html


def test_the_newest_comes_first_and_they_are_paged(carpeta: Path) -> None:
    for i in range(25):
        nombre = carpeta / f"20270101-0000{i:02d}-1.log"
        nombre.write_text(f"Subject: n{i:02d}\nTo: a@b.cl\n\nHola\n" + "-" * 79 + "\n")
    html = Client().get("/correo/").content.decode()
    assert html.index("n24") < html.index("n05")
    assert "n04" not in html
    assert "n04" in Client().get("/correo/?pagina=2").content.decode()


def test_several_mails_of_one_file_are_told_apart(carpeta: Path) -> None:
    separador = "-" * 79 + "\n"
    (carpeta / "x.log").write_text(
        "".join(f"Subject: m{i}\nTo: a@b.cl\n\nCuerpo {i}\n{separador}" for i in range(2))
    )
    assert "Cuerpo 1" in Client().get("/correo/x.log/1/").content.decode()
    assert Client().get("/correo/x.log/2/").status_code == 404


@pytest.mark.parametrize("nombre", ["..%2Fportal.sqlite3", "no-hay.log", "%00.log", "a.txt"])
def test_nothing_else_of_the_disk_is_read(carpeta: Path, nombre: str) -> None:
    (carpeta / "a.txt").write_text("no")
    assert Client().get(f"/correo/{nombre}/0/").status_code == 404


def test_an_empty_folder_says_so_and_a_missing_one_too(
    carpeta: Path, settings: object, tmp_path: Path
) -> None:
    assert "Todavía no se envía ningún correo" in Client().get("/correo/").content.decode()
    settings.CORREO_CARPETA = tmp_path / "no-hay"  # type: ignore[attr-defined]
    assert Client().get("/correo/").status_code == 200


def test_where_mails_are_really_sent_there_is_no_such_page(settings: object) -> None:
    settings.CORREO_CARPETA = None  # type: ignore[attr-defined]
    assert Client().get("/correo/").status_code == 404
    assert Client().get("/correo/x.log/0/").status_code == 404
