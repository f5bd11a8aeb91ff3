"""What people read is Spanish: no message of the packages is left in English.

An upgrade that adds messages fails here and names them; docs/idioma.md tells what to do.
"""

import gettext
import re
from ast import literal_eval
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.apps import apps
from django.test import RequestFactory
from django.utils.translation import override
from django.utils.translation.trans_real import catalog
from django.views.i18n import JavaScriptCatalog

CARPETA = Path(__file__).parents[2] / "site/portal/locale/es/LC_MESSAGES"
LINEA = re.compile(r'^(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])? (".*")$')
HUECO = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+(?::\w)?\}")
ETIQUETA = re.compile(r"<[^>]+>")
DOMINIOS = ("django", "djangojs")


class Mensaje(NamedTuple):
    origen: str
    contexto: str
    texto: str
    plural: str
    traducciones: list[str]

    @property
    def clave(self) -> str:
        return f"{self.contexto}\x04{self.texto}" if self.contexto else self.texto


def mensajes(archivo: Path) -> Iterator[Mensaje]:
    """The messages of a .po file, without its header."""
    partes: dict[str, str] = {}
    actual = origen = referencia = ""
    for linea in [*archivo.read_text(encoding="utf-8").splitlines(), 'msgid "fin"']:
        if hallado := LINEA.match(linea):
            clase, numero, cadena = hallado.groups()
            if clase in {"msgctxt", "msgid"} and "msgstr0" in partes:
                if partes["msgid"]:
                    yield Mensaje(
                        origen,
                        partes.get("msgctxt", ""),
                        partes["msgid"],
                        partes.get("msgid_plural", ""),
                        [v for k, v in partes.items() if k.startswith("msgstr")],
                    )
                partes = {}
                origen = referencia
            actual = clase + (numero or "0") if clase == "msgstr" else clase
            partes[actual] = literal_eval(cadena)
        elif linea.startswith('"'):
            partes[actual] += literal_eval(linea)
        elif linea.startswith("#: "):
            referencia = linea[3:]


def en_ingles(dominio: str, prefijo: str = "") -> Iterator[tuple[str, Mensaje]]:
    for app in apps.get_app_configs():
        archivo = Path(app.path) / f"locale/en/LC_MESSAGES/{dominio}.po"
        if app.name.startswith(prefijo) and archivo.exists():
            yield from ((app.name, mensaje) for mensaje in mensajes(archivo))


def catalogo_de_javascript() -> dict[str, object]:
    """What the administration sends to the browser."""
    vista = JavaScriptCatalog(packages=["wagtail.admin"])
    pedido = RequestFactory().get("/admin/jsi18n/")
    vista.setup(pedido)
    vista.get(pedido)
    return dict(vista.get_context_data()["catalog"])


@pytest.mark.parametrize("lengua", ["es-cl", "es"])
def test_every_message_of_the_administration_is_in_spanish(lengua):
    with override(lengua):
        escrito = {"django": catalog()._catalog, "djangojs": catalogo_de_javascript()}
    faltan = [
        (dominio, app, mensaje.texto)
        for dominio in DOMINIOS
        for app, mensaje in en_ingles(dominio, "wagtail")
        if not (escrito[dominio].get((mensaje.clave, 0)) or escrito[dominio].get(mensaje.clave))
    ]
    assert faltan == []


@pytest.mark.parametrize("lengua", ["es-cl", "es"])
def test_our_words_win_over_those_of_the_packages(lengua):
    with override(lengua):
        python, javascript = catalog()._catalog, catalogo_de_javascript()
    for mensaje in mensajes(CARPETA / "django.po"):
        nuestro = mensaje.traducciones[0]
        assert python.get((mensaje.clave, 0) if mensaje.plural else mensaje.clave) == nuestro
    for mensaje in mensajes(CARPETA / "djangojs.po"):
        suyo = javascript[mensaje.clave]
        assert suyo == (mensaje.traducciones if mensaje.plural else mensaje.traducciones[0])


@pytest.mark.parametrize("dominio", DOMINIOS)
def test_compiled_catalogue_is_the_written_one(dominio):
    with (CARPETA / f"{dominio}.mo").open("rb") as archivo:
        compilado = dict(gettext.GNUTranslations(archivo)._catalog)
    compilado.pop("")
    escrito: dict[object, str] = {}
    for mensaje in mensajes(CARPETA / f"{dominio}.po"):
        if mensaje.plural:
            escrito |= {(mensaje.clave, n): t for n, t in enumerate(mensaje.traducciones)}
        else:
            escrito[mensaje.clave] = mensaje.traducciones[0]
    assert compilado == escrito


@pytest.mark.parametrize("dominio", DOMINIOS)
def test_gaps_and_tags_stay_in_every_sentence(dominio):
    for mensaje in mensajes(CARPETA / f"{dominio}.po"):
        originales = [texto for texto in (mensaje.texto, mensaje.plural) if texto]
        for traduccion in mensaje.traducciones:
            for patron in (HUECO, ETIQUETA):
                hallado = sorted(patron.findall(traduccion))
                assert hallado in [sorted(patron.findall(o)) for o in originales], traduccion


@pytest.mark.parametrize("dominio", DOMINIOS)
def test_no_sentence_of_ours_waits_for_a_message_that_is_gone(dominio):
    """A message that its package rewords leaves ours without use, and itself in English or stiff."""
    en_su_paquete = {(app, mensaje.clave) for app, mensaje in en_ingles(dominio)}
    con_catalogo = {app for app, _ in en_su_paquete}
    nuestros = {(mensaje.origen, mensaje.clave) for mensaje in mensajes(CARPETA / f"{dominio}.po")}
    sobran = nuestros - en_su_paquete
    assert {(app, clave) for app, clave in sobran if app in con_catalogo} == set()
    assert {app for app, _ in sobran} <= {
        "django",
        "rest_framework",
        "treebeard",
    }  # not apps, or without English
