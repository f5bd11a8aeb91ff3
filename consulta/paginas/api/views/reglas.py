"""Rules of assignment: any official may know why a row came to them, the secretariat writes them."""

from typing import Any

from django.db import models
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun.errores import DatoInvalido
from consulta.paginas.api.cola import (
    AplicarReglasSerializer,
    CrearReglaSerializer,
    ReglasAplicadasSerializer,
    ReglaSerializer,
)
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.lectura import Filtros, RecursoAbierto, leer_filtros
from consulta.paginas.api.serializers.campos import DE_CONSULTAS
from consulta.paginas.api.views.cola import oficial
from consulta.procesos.models import Consulta, Tema
from consulta.respuestas.flows.reglas import aplicar_reglas, crear_regla, eliminar_regla
from consulta.respuestas.models import Regla
from cuentas.models import Institucion


class FiltrosDeReglas(Filtros):
    consulta = serializers.SlugField(required=False, help_text=DE_CONSULTAS)


class ReglasView(RecursoAbierto):
    serializer_class = ReglaSerializer
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    @extend_schema(
        tags=["Cola"], summary="Leer las reglas que asignan aportes",
        parameters=[FiltrosDeReglas], responses=ReglaSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        oficial(request)
        filas = Regla.objects.select_related("consulta", "tema", "institucion")
        filtros = leer_filtros(request, FiltrosDeReglas)
        if "consulta" in filtros:
            filas = filas.filter(consulta__slug=filtros["consulta"])
        filas = filas.order_by("consulta", "orden", "pk")
        return Response(ReglaSerializer(filas, many=True).data)

    @extend_schema(
        tags=["Cola"], summary="Escribir una regla que asigna aportes",
        request=CrearReglaSerializer, responses={201: ReglaSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        entrada = CrearReglaSerializer(data=request.data)
        entrada.is_valid(raise_exception=True)
        datos: dict[str, Any] = dict(entrada.validated_data)
        datos["consulta"] = _una(Consulta, "consulta", slug=datos["consulta"])
        datos["institucion"] = _una(Institucion, "institucion", pk=datos["institucion"])
        if datos.get("tema"):
            datos["tema"] = _una(Tema, "tema", slug=datos["tema"])
        regla = crear_regla(por=cuenta_de(request), **datos)
        return Response(ReglaSerializer(regla).data, status=201)


class ReglaView(RecursoAbierto):
    serializer_class = ReglaSerializer
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    @extend_schema(tags=["Cola"], summary="Eliminar una regla", request=None, responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        quien = oficial(request)
        eliminar_regla(regla=get_object_or_404(Regla, pk=pk), por=quien)
        return Response(status=204)


class AplicarReglasView(RecursoAbierto):
    serializer_class = AplicarReglasSerializer
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    @extend_schema(
        tags=["Cola"], summary="Aplicar ahora las reglas de una consulta",
        responses=ReglasAplicadasSerializer,
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        quien = oficial(request)
        entrada = self.get_serializer(data=request.data)
        entrada.is_valid(raise_exception=True)
        consulta = _una(Consulta, "consulta", slug=entrada.validated_data["consulta"])
        hecho = aplicar_reglas(consulta=consulta, por=quien)
        return Response({"asignados": len(hecho.aportes)})


def _una(modelo: type[models.Model], campo: str, **cual: Any) -> Any:
    fila = modelo._default_manager.filter(**cual).first()
    if fila is None:
        raise DatoInvalido("No existe.", campo=campo)
    return fila
