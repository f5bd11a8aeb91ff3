"""Writing a row of reference data (a process, a theme, an institution) together with its audit event."""

import json
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model
from django.forms.models import model_to_dict
from django.utils import timezone

from comun import buscador
from comun.auditoria import registrar
from comun.textos import limpiar


@transaction.atomic
def escribir_fila(
    *,
    objeto: Model,
    campos: dict[str, Any],
    por: Any,
    verbo: str,
    ahora: datetime | None = None,
) -> Any:
    """Set `campos` on `objeto`, new or existing, and save it; the event keeps what changed.

    Texts are cleaned. An existing row is read again under lock, so what a form did to `objeto`
    does not count. Nothing changed: nothing is written. Raises IntegrityError as the tables do.
    """
    if objeto.pk is not None:
        # Not FOR UPDATE: whoever inserts a row that points here checks its foreign key meanwhile.
        objeto = type(objeto)._default_manager.select_for_update(no_key=True).get(pk=objeto.pk)
    nombres = list(campos)
    antes = model_to_dict(objeto, nombres) if objeto.pk is not None else {}
    for nombre, valor in campos.items():
        setattr(objeto, nombre, limpiar(valor) if isinstance(valor, str) else valor)
    despues = model_to_dict(objeto, nombres)
    if objeto.pk is not None:
        nombres = [n for n in nombres if antes[n] != despues[n]]
        if not nombres:
            return objeto
        objeto.save(update_fields=nombres)
    else:
        objeto.save()
    registrar(
        verbo=verbo,
        objeto=objeto,
        por=por,
        ahora=ahora or timezone.now(),
        antes=_llano({n: antes[n] for n in nombres if n in antes}),
        despues=_llano({n: despues[n] for n in nombres}),
    )
    buscador.proyectar([objeto])
    return objeto


def _llano(valores: dict[str, Any]) -> dict[str, Any]:
    """`valores` as JSON keeps them: dates and decimals become text, as the commitment will read them."""
    llanos: dict[str, Any] = json.loads(json.dumps(valores, cls=DjangoJSONEncoder))
    return llanos
