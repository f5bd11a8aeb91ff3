"""The administration speaks Spanish where Wagtail's own translation falls silent."""

import gettext
import re
from ast import literal_eval
from pathlib import Path

import pytest

from cuentas.roles import Rol
from tests.factories.cuentas import cuenta_de

CARPETA = Path(__file__).parents[2] / "site/portal/locale/es/LC_MESSAGES"
HUECOS = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def escritas():
    """(kind, words) of each entry in the source, joined where they run over several lines."""
    texto = (CARPETA / "django.po").read_text(encoding="utf-8")
    partes = re.findall(r'^(msgid|msgid_plural|msgstr)(?:\[\d\])? (".*"(?:\n".*")*)$', texto, re.M)
    for clase, cadenas in partes:
        yield clase, "".join(literal_eval(c) for c in cadenas.split("\n"))


def test_compiled_words_are_those_written():
    with (CARPETA / "django.mo").open("rb") as archivo:
        catalogo = gettext.GNUTranslations(archivo)._catalog
    claves = {c[0] if isinstance(c, tuple) else c for c in catalogo}
    en_catalogo = {c.rpartition("\x04")[2] for c in claves}
    assert {c for clase, c in escritas() if clase == "msgid"} == en_catalogo
    assert {c for clase, c in escritas() if clase == "msgstr"} <= set(catalogo.values()) | {""}


def test_every_gap_of_a_sentence_is_kept():
    original: list[str] = []
    for clase, cadena in escritas():
        if clase == "msgid":
            original = [cadena]
        elif clase == "msgid_plural":
            original.append(cadena)
        elif cadena:
            huecos = sorted(HUECOS.findall(cadena))
            assert huecos in [sorted(HUECOS.findall(o)) for o in original], cadena


@pytest.mark.django_db
def test_first_screen_has_no_words_in_english(client):
    client.force_login(cuenta_de(Rol.EDITOR))
    cuerpo = client.get("/admin/").content.decode()
    assert "Buscar páginas…" in cuerpo
    for ingles in ("Search all pages", "Pages <span", "editor guide"):
        assert ingles not in cuerpo
