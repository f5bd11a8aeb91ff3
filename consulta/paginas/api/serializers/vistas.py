"""Saved views of the queue: what a program sends and reads of them."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from rest_framework import serializers

from comun.avisos import direccion_absoluta
from consulta.paginas.api.cola import nombre_de
from consulta.paginas.api.envios import TextoField
from consulta.procesos.models import Consulta, Tema
from consulta.respuestas.models import VistaGuardada
from cuentas.models import User

LISTA = "participacion_aportes_modeladmin_index"
Nombres = dict[str, dict[str, str]]
"""Of each filter by a row, the slug (or the name, of a person) of each id in use."""


def nombres_de_filtros(vistas: Iterable[VistaGuardada]) -> Nombres:
    """What the ids kept in these views are called; three queries, none where there are no views."""
    ids: dict[str, set[str]] = {"consulta": set(), "tema": set(), "quien": set()}
    for vista in vistas:
        pedido = QueryDict(vista.filtros)
        for campo, suyos in ids.items():
            suyos.update(pedido.getlist(campo))
    return {
        "consulta": _slugs(Consulta, ids["consulta"]),
        "tema": _slugs(Tema, ids["tema"]),
        "quien": {
            str(cuenta.pk): nombre_de(cuenta) for cuenta in User.objects.filter(pk__in=ids["quien"])
        },
    }


def _slugs(modelo: type[Consulta] | type[Tema], ids: set[str]) -> dict[str, str]:
    filas = modelo._default_manager.filter(pk__in=ids).values_list("pk", "slug")
    return {str(pk): slug for pk, slug in filas}


class VistaSerializer(serializers.Serializer[VistaGuardada]):
    """One saved view; needs `nombres` in the context."""

    id = serializers.IntegerField(source="pk")
    nombre = serializers.CharField()
    filtro = serializers.SerializerMethodField(
        help_text="Los parámetros de GET /api/v2/cola/. La persona no va aquí sino en «quien»: para "
        "aplicarla entera, GET /api/v2/cola/?vista=<id>."
    )
    quien = serializers.SerializerMethodField(
        help_text="Nombre de la persona por la que filtra, si hay."
    )
    url = serializers.SerializerMethodField(
        help_text="La misma lista en el sitio; se comparte enviándola."
    )

    def get_filtro(self, vista: VistaGuardada) -> str:
        escritos = QueryDict(vista.filtros).dict()
        escritos.pop("quien", None)
        for campo in ("consulta", "tema"):
            if campo in escritos:
                slugs: Nombres = self.context["nombres"]
                escritos[campo] = slugs[campo].get(str(escritos[campo]), "ya-no-existe")
        return urlencode({n: v for n, v in escritos.items() if v})

    def get_quien(self, vista: VistaGuardada) -> str:
        nombres: Nombres = self.context["nombres"]
        return nombres["quien"].get(QueryDict(vista.filtros).get("quien", ""), "")

    def get_url(self, vista: VistaGuardada) -> str:
        return direccion_absoluta(f"{reverse(LISTA)}?{vista.filtros}")


class RenombrarVistaSerializer(serializers.Serializer[Any]):
    nombre = TextoField(help_text="80 caracteres como máximo.")


class GuardarVistaSerializer(RenombrarVistaSerializer):
    filtro = serializers.CharField(
        allow_blank=True,
        max_length=1_000,
        help_text="Los parámetros de GET /api/v2/cola/, como en una dirección. Vacío: todo.",
    )
