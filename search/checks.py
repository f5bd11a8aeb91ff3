"""A house rule as a system check: what has an address of its own says how it is found."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from wagtail.models import Page

from comun.buscador import Tipo, declara_ficha
from comun.paginas import PaginaBase

CASAS = ("portal", "search", "consulta", "biblioteca", "noticias", "foro", "cuentas", "comun")


def cada_modelo_declara_su_ficha(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Models of ours with an address and no source; pages of ours of a kind that does not exist."""
    errores: list[CheckMessage] = []
    for modelo in apps.get_models():
        if modelo.__module__.split(".")[0] not in CASAS:
            continue
        if not issubclass(modelo, Page):
            if hasattr(modelo, "get_absolute_url") and not declara_ficha(modelo):
                errores.append(
                    Error(
                        f"{modelo._meta.label} tiene dirección pública y no declara su ficha.",
                        hint="Registre una Fuente en fichas.py de su sala, o declarar_sin_ficha().",
                        obj=modelo,
                        id="search.E001",
                    )
                )
        elif (
            issubclass(modelo, PaginaBase)
            and getattr(modelo, "ficha_tipo", Tipo.PAGINA) not in Tipo
        ):
            errores.append(
                Error(
                    f"{modelo._meta.label}.ficha_tipo no es un comun.buscador.Tipo.",
                    obj=modelo,
                    id="search.E002",
                )
            )
    return errores


def registrar() -> None:
    """Called at start-up."""
    register(cada_modelo_declara_su_ficha, "search")
