"""The officials' queue over the API: the same filters, sums and order as in the back office."""

from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun.errores import DatoInvalido, SinPermiso
from comun.regiones import Region
from consulta.aportes.enums import Canal, TipoAporte, TipoAutor
from consulta.paginas.api.cola import ColaSerializer, FilaDeColaSerializer
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.lectura import Filtros, IdField, RecursoAbierto, leer_filtros
from consulta.paginas.api.serializers.campos import DE_CONSULTAS, DE_OPCIONES, DE_TEMAS
from consulta.procesos.models import Consulta, Tema
from consulta.respuestas.cola import contar, pagina_de
from consulta.respuestas.estados import Estado, Plazo
from consulta.respuestas.filtros import (
    A_CARGO,
    DIAS_MAXIMO,
    LARGO_BUSQUEDA,
    ORDENES,
    PREGUNTAS,
    FiltrosDeCola,
)
from consulta.respuestas.models import VistaGuardada
from consulta.respuestas.permissions import puede_ver_libro
from cuentas.models import User

ESTADOS = [*Plazo.choices, *Estado.choices]


class FiltrosDeLaCola(Filtros):
    q = serializers.CharField(
        required=False, max_length=LARGO_BUSQUEDA, help_text="Folio o palabras."
    )
    estado = serializers.ChoiceField(ESTADOS, required=False)
    dias = serializers.IntegerField(
        required=False, min_value=0, max_value=DIAS_MAXIMO, help_text="Los de «por_vencer»."
    )
    a_cargo = serializers.ChoiceField(list(A_CARGO.items()), required=False)
    quien = serializers.EmailField(
        required=False, help_text="Correo de la persona que lo tiene: una cuenta de este sitio."
    )
    consulta = serializers.SlugField(required=False, help_text=DE_CONSULTAS)
    institucion = IdField(required=False, help_text=DE_OPCIONES)
    tema = serializers.SlugField(required=False, help_text=DE_TEMAS)
    tipo = serializers.ChoiceField(TipoAporte.choices, required=False)
    region = serializers.ChoiceField(Region.choices, required=False)
    tipo_autor = serializers.ChoiceField(TipoAutor.choices, required=False)
    canal = serializers.ChoiceField(Canal.choices, required=False)
    campana = IdField(required=False, help_text="Id de un texto compartido.")
    preguntas = serializers.ChoiceField(list(PREGUNTAS.items()), required=False)
    orden = serializers.ChoiceField([(k, t) for k, (t, _c) in ORDENES.items()], required=False)
    vista = IdField(
        required=False,
        help_text="Id de una vista guardada propia; lo que además se pida manda sobre ella.",
    )
    pagina = serializers.IntegerField(required=False, min_value=1, max_value=1_000_000)


def filtros_de(datos: dict[str, Any], usuario: User) -> FiltrosDeCola:
    """The filters of a program, with slugs and addresses where the back office has ids; what is unknown
    finds nothing. Raises DatoInvalido (`vista`): not one of theirs."""
    escritos = {n: str(valor) for n, valor in datos.items() if n not in ("pagina", "vista")}
    for nombre, modelo in (("consulta", Consulta), ("tema", Tema)):
        if nombre in escritos:
            fila = modelo.objects.filter(slug=escritos[nombre]).values_list("pk", flat=True).first()
            escritos[nombre] = str(fila or 0)
    if "quien" in escritos:
        persona = User.objects.filter(email__iexact=escritos["quien"]).values_list("pk", flat=True)
        escritos["quien"] = str(persona.first() or 0)
    if "vista" in datos:
        vista = VistaGuardada.objects.filter(pk=datos["vista"], cuenta=usuario).first()
        if vista is None:
            raise DatoInvalido("No tiene esa vista guardada.", campo="vista")
        escritos = QueryDict(vista.filtros).dict() | escritos
    return FiltrosDeCola(escritos, usuario, propios=False)


def filtros_escritos(filtro: str, usuario: User) -> FiltrosDeCola:
    """The same, from a query string. Raises ValidationError as the list does."""
    datos = FiltrosDeLaCola(data={n: v for n, v in QueryDict(filtro).items() if v})
    datos.is_valid(raise_exception=True)
    return filtros_de(datos.validated_data, usuario)


def oficial(request: Request) -> User:
    """Who asks. Raises SinPermiso when the ledger is not theirs to see."""
    quien = cuenta_de(request)
    if not puede_ver_libro(quien):
        raise SinPermiso("La lista de trabajo es para quienes responden y moderan.")
    return quien


class ColaView(RecursoAbierto):
    serializer_class = ColaSerializer
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    @extend_schema(
        tags=["Cola"], summary="Leer la lista de trabajo de las instituciones",
        parameters=[FiltrosDeLaCola], responses=ColaSerializer,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        quien = oficial(request)
        datos = leer_filtros(request, FiltrosDeLaCola)
        filtros = filtros_de(datos, quien)
        conteos = contar(filtros)
        pagina = pagina_de(filtros, datos.get("pagina", 1), conteos.de(filtros["estado"]))
        contexto = {**self.get_serializer_context(), "hoy": filtros.hoy}
        filas: Any = pagina.filas
        return Response(
            {
                "total": pagina.total,
                "pagina": pagina.numero,
                "paginas": pagina.paginas,
                "vencidos": conteos.vencidos,
                "por_vencer": conteos.por_vencer,
                "conteos": [
                    {"estado": e, "cuantos": conteos.de(e)} for e in Estado.values if conteos.de(e)
                ],
                "resultados": FilaDeColaSerializer(filas, many=True, context=contexto).data,
            }
        )
