"""Data inside a page, for machines."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_PELIGROS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def json_ld(datos: dict[str, Any] | None) -> SafeString:
    """schema.org data as a JSON-LD element; nothing for None.

    As Django's `json_script`, what could close the element or open another is escaped, so that no
    text of an editor or a participant can leave the data.
    """
    if not datos:
        return SafeString("")
    texto = json.dumps(datos, ensure_ascii=False, cls=DjangoJSONEncoder).translate(_PELIGROS)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(texto))  # noqa: S308
