"""Why Wagtail's API refuses a request, in Spanish. What is not known here is said in general."""

import re

_FRASES = [
    (r"type doesn't exist", "no hay páginas de esa clase (type)"),
    (r"(parent|ancestor|descendant|translation_of) page doesn't exist", "la página que se nombra no existe"),
    (r"(\w+) must be a positive integer", r"{0} debe ser un número positivo"),
    (r"(\w+) must be a number", r"{0} debe ser un número"),
    (r"search_operator must be and, or", "search_operator debe ser and u or"),
    (r"limit cannot be higher than (\d+)", r"limit no puede pasar de {0}"),
    (r"cannot order by '(.*)' .*", r"no se puede ordenar por «{0}»"),
    (r"cannot filter by '(.*)' while searching .*", r"no se puede filtrar por «{0}» al buscar"),
    (r"unknown fields: (.*)", r"no existen los campos {0}"),
    (r"query parameter is not an operation or a recognised field: (.*)", r"no existe el parámetro {0}"),
    (r"'(.*)' does not support nested fields", r"«{0}» no tiene campos dentro"),
    (r"fields error: .*", "fields no se entiende: escriba nombres separados por comas"),
    (r"field filter error\. '(.*)' is not a valid value for (\w+) .*", r"«{0}» no es un valor de {1}"),
    (r".*null characters are not allowed.*", "hay caracteres nulos"),
    (r"random ordering .*", "el orden al azar no admite offset ni otros campos"),
    (r"filtering by (\w+) with (.*) is not supported", r"{0} no se combina con {1}"),
]  # fmt: skip


def decir(motivo: str) -> str:
    """`motivo`, as Wagtail writes it, as a clause in Spanish."""
    for patron, frase in _FRASES:
        if hallado := re.fullmatch(patron, motivo, re.DOTALL):
            return frase.format(*hallado.groups())
    return "revise los parámetros"
