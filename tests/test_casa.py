"""The laws of the house that no linter knows."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

RAIZ = Path(__file__).resolve().parents[1]
NUESTRAS = [
    "comun", "cuentas", "noticias", "biblioteca", "foro", "procesos", "aportes", "seguimiento",
    "respuestas", "paginas", "search", "portal",
]  # fmt: skip
"""Our rooms, from the ground up: a foreign key may only point down (to the left)."""


def test_foreign_keys_point_down_the_house():
    """Two exceptions: the account, which Wagtail's own image and file models name from below."""
    for config in apps.get_app_configs():
        if config.label not in NUESTRAS:
            continue
        for modelo in config.get_models():
            for campo in modelo._meta.get_fields():
                if not campo.is_relation or campo.auto_created or not campo.related_model:
                    continue
                destino = campo.related_model._meta.app_label
                if destino in NUESTRAS and campo.related_model is not apps.get_model(
                    "cuentas.User"
                ):
                    assert NUESTRAS.index(destino) <= NUESTRAS.index(config.label), campo


def test_no_two_rooms_depend_on_each_other_in_their_migrations():
    grafo = MigrationLoader(None, ignore_no_migrations=True).graph
    pares = {
        (hijo[0], padre.key[0])
        for hijo, nodo in grafo.node_map.items()
        for padre in nodo.parents
        if hijo[0] in NUESTRAS and padre.key[0] in NUESTRAS and hijo[0] != padre.key[0]
    }
    assert not {par for par in pares if par[::-1] in pares}


def test_our_own_user_image_and_file_models_are_in_force():
    assert settings.AUTH_USER_MODEL == "cuentas.User"
    assert settings.WAGTAILIMAGES_IMAGE_MODEL == "comun.Imagen"
    assert settings.WAGTAILDOCS_DOCUMENT_MODEL == "comun.Archivo"


def test_every_variable_an_operator_may_set_is_documented():
    texto = (RAIZ / "docs" / "ajustes.md").read_text()
    leidas = set()
    for archivo in (RAIZ / "site" / "portal" / "settings").glob("*.py"):
        leidas |= set(
            re.findall(r'(?:environ(?:\.get\(|\[)|requerida\()"([A-Z_]+)"', archivo.read_text())
        )
    assert {"SECRET_KEY", "DATABASE_URL", "ELASTICSEARCH_URL", "SMTP_HOST"} <= leidas
    assert not {nombre for nombre in leidas if f"`{nombre}`" not in texto}


def test_every_page_of_the_docs_is_reached_from_the_readme():
    """Those of one role or decision by their folder."""
    leame = (RAIZ / "README.md").read_text()
    paginas = [p.name for p in (RAIZ / "docs").glob("*.md")]
    assert not [p for p in paginas if f"(docs/{p})" not in leame]
    assert "(docs/roles/)" in leame and "(docs/decisions/)" in leame


def test_the_files_that_the_docs_name_exist():
    """Whole paths; those with a star or a choice are said for people."""
    textos = [RAIZ / "README.md", *(RAIZ / "docs").rglob("*.md")]
    raices = "|".join(("site", "consulta", "biblioteca", "noticias", "search", "tests", "docs"))
    patron = re.compile(rf"`((?:{raices})/[\w/.-]+\.\w+)`")
    nombrados = {(t.name, ruta) for t in textos for ruta in patron.findall(t.read_text())}
    assert len(nombrados) > 100
    assert not sorted((t, ruta) for t, ruta in nombrados if not (RAIZ / ruta).exists())


@pytest.mark.parametrize("nombre", ["utils.py", "helpers.py", "services.py", "misc.py"])
def test_there_are_no_drawers(nombre):
    carpetas = ("site", "consulta", "biblioteca", "noticias", "search", "tests")
    assert not [a for c in carpetas for a in (RAIZ / c).rglob(f"*{nombre}")]


def test_site_is_a_source_root_and_never_a_package():
    assert not (RAIZ / "site" / "__init__.py").exists()
