"""Handing over and referring over the API: one, many, and taking it back."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import permissions
from rest_framework.request import Request
from rest_framework.response import Response

from comun.errores import DatoInvalido
from consulta.aportes.models import Aporte
from consulta.paginas.api.cola import (
    AsignarSerializer,
    AsignarVariosSerializer,
    DerivacionSerializer,
    DerivarSerializer,
    DeshacerAsignacionSerializer,
    MovidosSerializer,
)
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.folios import aportes_de
from consulta.paginas.api.lectura import RecursoAbierto
from consulta.paginas.api.orden import HechoSerializer, hecho
from consulta.paginas.api.views.cola import filtros_escritos
from consulta.paginas.api.views.orden import Acto
from consulta.respuestas.flows.asignar import (
    asignar_aporte,
    derivar_aporte,
    deshacer_asignacion,
)
from consulta.respuestas.flows.mover import asignar_aportes
from cuentas.models import Institucion, User


def institucion_de(pk: int, campo: str = "institucion") -> Institucion:
    """The institution of that id. Raises DatoInvalido."""
    fila = Institucion.objects.filter(pk=pk).first()
    if fila is None:
        raise DatoInvalido("No existe esa institución.", campo=campo)
    return fila


def responsable_de(correo: str, institucion: Institucion) -> User | None:
    """The active account with that address there; None for none given. Raises DatoInvalido, the same
    whether the address has no account or one elsewhere."""
    if not correo:
        return None
    fila = User.objects.filter(
        email__iexact=correo, institucion=institucion, is_active=True
    ).first()
    if fila is None:
        raise DatoInvalido("Nadie de esa institución tiene ese correo.", campo="responsable")
    return fila


def manos(datos: dict[str, Any]) -> dict[str, Any]:
    """To whom and why, as the flows take it."""
    institucion = institucion_de(datos["institucion"])
    return {
        "institucion": institucion,
        "responsable": responsable_de(datos.get("responsable", ""), institucion),
        "razon": datos["razon"],
    }


class AsignarView(Acto):
    serializer_class = AsignarSerializer

    @extend_schema(
        tags=["Cola"], summary="Asignar un aporte a una institución y una persona",
        request=AsignarSerializer, responses=HechoSerializer,
    )  # fmt: skip
    def post(self, request: Request, folio: str) -> Response:
        aporte, quien, datos = self.leer(request, folio)
        asignar_aporte(aporte=aporte, por=quien, **manos(datos))
        return Response(hecho(aporte, "asignado"))


class DerivarView(Acto):
    serializer_class = DerivarSerializer

    @extend_schema(
        tags=["Cola"], summary="Derivar un aporte a otra institución, con una razón",
        request=DerivarSerializer, responses={201: DerivacionSerializer},
    )  # fmt: skip
    def post(self, request: Request, folio: str) -> Response:
        aporte, quien, datos = self.leer(request, folio)
        paso = derivar_aporte(aporte=aporte, por=quien, **manos(datos))
        return Response(DerivacionSerializer(paso).data, status=201)


class AsignarVariosView(RecursoAbierto):
    serializer_class = AsignarVariosSerializer
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    @extend_schema(
        tags=["Cola"], summary="Asignar o derivar varios aportes, por folio o por filtro",
        request=AsignarVariosSerializer, responses=MovidosSerializer,
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        quien = cuenta_de(request)
        entrada = self.get_serializer(data=request.data)
        entrada.is_valid(raise_exception=True)
        datos = entrada.validated_data
        if datos["filtro"] is not None:
            filtros = filtros_escritos(datos["filtro"], quien)
            ids = list(filtros.aplicar(Aporte.objects.confirmados()).values_list("pk", flat=True))
        else:
            ids = [aporte.pk for aporte in aportes_de(datos["folios"]).values()]
        if not ids and datos["filtro"] is not None:
            raise DatoInvalido("Ningún aporte cumple ese filtro.", campo="filtro")
        if not ids:
            raise DatoInvalido("Diga qué aportes: folios que existan, o un filtro.", campo="folios")
        return Response(
            MovidosSerializer(asignar_aportes(aportes=ids, por=quien, **manos(datos))).data
        )


class DeshacerView(RecursoAbierto):
    serializer_class = DeshacerAsignacionSerializer
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    @extend_schema(
        tags=["Cola"], summary="Deshacer una asignación propia, durante diez minutos",
        request=DeshacerAsignacionSerializer, responses=MovidosSerializer,
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        quien = cuenta_de(request)
        datos = self.get_serializer(data=request.data)
        datos.is_valid(raise_exception=True)
        deshecho = deshacer_asignacion(tanda=datos.validated_data["tanda"], por=quien)
        return Response(MovidosSerializer(deshecho).data)
