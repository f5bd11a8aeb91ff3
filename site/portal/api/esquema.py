"""The one OpenAPI document: participation, pages, images, documents, and signing in."""

import json
from functools import cache
from typing import Any

from allauth.headless.spec.internal.schema import get_schema as esquema_de_allauth
from django.core.serializers.json import DjangoJSONEncoder
from drf_spectacular.generators import SchemaGenerator

from portal.api.ingreso import GRUPOS, en_castellano, sin_descripciones

RAIZ = "/api/v2/"
SALTAR = frozenset({"openapi.json", "docs/", ""})
"""Addresses below the root that are about the API itself."""

APAGADAS = ("/phone", "/auth/code/", "/tokens/")
"""Operations of allauth that are routed whatever the settings, and turned off by ours."""

ERRORES = {
    "type": "object",
    "required": ["errores", "codigo"],
    "properties": {
        "errores": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
            "description": "Mensajes por campo; «general» para el conjunto.",
        },
        "codigo": {"type": "string", "example": "fuera_de_plazo"},
    },
}
DE_LECTURA = {"400": "Un parámetro no es válido", "404": "No existe, o no es público"}
DE_ESCRITURA = {
    "400": "Algo de lo enviado no es válido",
    "401": "No hay sesión, o venció",
    "403": "No está permitido, o está fuera de plazo (codigo: fuera_de_plazo)",
    "404": "No existe, o no es público",
    "409": "Cambió mientras tanto",
    "413": "Más de 2 MB",
    "415": "No es JSON",
}


def solo_la_api(endpoints: list[Any], **kwargs: Any) -> list[Any]:
    """Preprocessing hook: the addresses of this API, however the view came to be routed."""
    return [
        (ruta, patron, metodo, vista)
        for ruta, patron, metodo, vista in endpoints
        if ruta.startswith(RAIZ) and ruta.removeprefix(RAIZ) not in SALTAR
    ]


def con_errores(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Postprocessing hook: every operation says how it refuses, and no docstring of ours is quoted."""
    formas = result.setdefault("components", {}).setdefault("schemas", {})
    for forma in formas.values():
        forma.pop("description", None)
    formas["Errores"] = ERRORES
    for metodos in result["paths"].values():
        for metodo, operacion in metodos.items():
            operacion.pop("description", None)
            motivos = DE_LECTURA if metodo == "get" else DE_ESCRITURA
            for estado, descripcion in motivos.items():
                operacion["responses"][estado] = {
                    "description": descripcion,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Errores"}}
                    },
                }
    return result


def con_ingreso(result: dict[str, Any]) -> dict[str, Any]:
    """`result` with allauth's operations, as this site has them."""
    ajeno = esquema_de_allauth()
    result["paths"] |= {
        ruta: {
            metodo: sin_descripciones(o) if metodo == "parameters" else en_castellano(o)
            for metodo, o in operaciones.items()
        }
        for ruta, operaciones in ajeno["paths"].items()
        if not any(parte in ruta for parte in APAGADAS)
    }
    for clase, piezas in ajeno.get("components", {}).items():
        propias = result["components"].setdefault(clase, {})
        repetidas = propias.keys() & piezas.keys()
        if repetidas:
            raise ValueError(f"Two components of the API share a name: {sorted(repetidas)}")
        propias |= sin_descripciones(piezas)
        if clase == "responses":
            for respuesta in propias.values():
                respuesta.setdefault("description", "Respuesta del ingreso")
    nombres = (grupo["name"] for grupo in ajeno.get("tags", []))
    result.setdefault("tags", []).extend({"name": GRUPOS[n]} for n in nombres if n in GRUPOS)
    return result


@cache
def documento() -> dict[str, Any]:
    """The whole document, in plain types. Made once per process: its routes do not change."""
    entero = con_ingreso(SchemaGenerator().get_schema(request=None, public=True))
    plano: dict[str, Any] = json.loads(json.dumps(entero, cls=DjangoJSONEncoder))
    return plano


def operaciones() -> dict[str, list[dict[str, Any]]]:
    """Every operation by tag, for the page people read."""
    grupos: dict[str, list[dict[str, Any]]] = {}
    for ruta, metodos in documento()["paths"].items():
        comunes = metodos.get("parameters", [])
        for metodo, operacion in metodos.items():
            if metodo == "parameters":
                continue
            grupos.setdefault(operacion["tags"][0], []).append(
                {
                    "metodo": metodo.upper(),
                    "ruta": ruta,
                    "tramos": ruta.removeprefix("/").split("/"),
                    "es_nuestra": ruta.startswith(RAIZ),
                    "resumen": operacion.get("summary", ""),
                    "parametros": [_pieza(p) for p in comunes + operacion.get("parameters", [])],
                    "campos": _campos(operacion.get("requestBody", {})),
                    "sesion": any(operacion.get("security", [])),
                }
            )
    return grupos


def _campos(pedido: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields of a request's body; empty where it has none, or is one of several."""
    contenido = _pieza(pedido).get("content", {}).get("application/json", {})
    forma = _pieza(contenido.get("schema", {}))
    obligatorios = forma.get("required", [])
    return [
        {"name": nombre, "required": nombre in obligatorios, "schema": _pieza(campo)}
        for nombre, campo in forma.get("properties", {}).items()
    ]


def _pieza(pieza: dict[str, Any]) -> dict[str, Any]:
    """The component that a `$ref` names, or the piece itself."""
    while "$ref" in pieza:
        actual: Any = documento()
        for parte in pieza["$ref"].removeprefix("#/").split("/"):
            actual = actual[parte]
        pieza = actual
    return pieza
