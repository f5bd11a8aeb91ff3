"""Filters of the lists of the back office, drawn as one plain form that works without JavaScript."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.http import HttpRequest


class Filtro(SimpleListFilter):
    """A filter of declared choices. Anything else that comes in the address counts as no choice."""

    todos = "Todos"
    omision = ""
    """What is chosen when the address names no filter at all."""

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        self.request = request
        self.primera_visita = not any(
            f.parameter_name in request.GET for f in model_admin.list_filter
        )
        super().__init__(request, params, model, model_admin)

    def value(self) -> str:
        """The choice, or the empty string."""
        valor = super().value()
        if valor is None and self.primera_visita and not self.request.GET.get("q"):
            return self.valor_por_omision()
        return valor if valor in {str(v) for v, _ in self.lookup_choices} else ""

    def valor_por_omision(self) -> str:
        return self.omision

    def opciones(self) -> list[tuple[str, str, bool]]:
        """(value, text, chosen) of each choice, «todos» first."""
        elegido = self.value()
        pares = [("", self.todos), *((str(v), str(t)) for v, t in self.lookup_choices)]
        return [(valor, texto, valor == elegido) for valor, texto in pares]
