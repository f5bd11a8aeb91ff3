"""Officials: drafts of answers, one for many or for a branch, kept and sealed by their programs."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import permissions
from rest_framework.request import Request
from rest_framework.response import Response

from comun.errores import DatoInvalido, SinPermiso
from consulta.aportes.models import Aporte
from consulta.paginas.api.decisiones import institucion_de, respuesta_de
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.folios import por_folio
from consulta.paginas.api.lectura import ListaAbierta, RecursoAbierto
from consulta.paginas.api.redaccion import campos_de, filas_de
from consulta.paginas.api.serializers import redaccion as formas
from consulta.respuestas.escritorio.borradores import borradores_de
from consulta.respuestas.flows.lineas import Reparo
from consulta.respuestas.flows.ramas import reunir_rama
from consulta.respuestas.flows.varios import (
    descartar_borrador,
    guardar_varios,
    leer_borrador,
    responder_borrador,
    reunir_borrador,
    sellar_borrador,
)
from consulta.respuestas.models import Borrador, Lote

ETIQUETA = ["Redacción de respuestas"]


class DeOficiales(RecursoAbierto):
    """Only by session, for those who answer; never kept by a cache."""

    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    def suyos(self) -> QuerySet[Borrador]:
        filas = borradores_de(cuenta_de(self.request))
        if filas is None:
            raise SinPermiso("Su cuenta no responde por una institución.")
        return filas

    def borrador(self) -> Borrador:
        return get_object_or_404(self.suyos(), pk=self.kwargs.get("pk"))

    def decir(
        self, borrador: Borrador, fuera: list[Reparo] | None = None, estado: int = 200
    ) -> Response:
        borrador.sus_filas = list(borrador.filas.select_related("aporte__consulta"))  # type: ignore[attr-defined]
        borrador.reparos = leer_borrador(borrador).reparos  # type: ignore[attr-defined]
        borrador.fuera = fuera or []  # type: ignore[attr-defined]
        return Response(formas.BorradorDetalleSerializer(borrador).data, status=estado)


class BorradoresView(DeOficiales, ListaAbierta):
    serializer_class = formas.BorradorDeRespuestaSerializer
    lectura_publica = False

    def get_queryset(self) -> QuerySet[Any]:
        return (
            self.suyos()
            if not getattr(self, "swagger_fake_view", False)
            else Borrador.objects.none()
        )

    @extend_schema(tags=ETIQUETA, summary="Oficiales: listar lo que se está redactando")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=ETIQUETA,
        summary="Oficiales: empezar una respuesta para varios, o para una conversación",
        request=formas.NuevoBorradorSerializer,
        responses={201: formas.BorradorDetalleSerializer},
    )
    def post(self, request: Request) -> Response:
        forma = formas.NuevoBorradorSerializer(data=request.data)
        forma.is_valid(raise_exception=True)
        datos, cuenta = forma.validated_data, cuenta_de(request)
        institucion, rama = institucion_de(datos, cuenta), datos.get("rama")
        aportes, filas = filas_de(datos.get("filas", ()))
        comunes = campos_de(datos.get("comunes") or {})
        if rama is not None:
            cabeza = por_folio(Aporte.objects.confirmados(), rama["cabeza"])
            hecho = reunir_rama(
                cabeza=get_object_or_404(cabeza.select_related("consulta", "autoria")),
                institucion=institucion, por=cuenta, hasta=rama.get("hasta"),
                razon=datos.get("razon", ""), comunes=comunes, filas=filas,
            )  # fmt: skip
        elif not aportes:
            raise DatoInvalido("Elija al menos un aporte.", campo="filas")
        else:
            hecho = reunir_borrador(
                aportes=[a.pk for a in aportes], consulta=aportes[0].consulta,
                institucion=institucion, por=cuenta, razon=datos.get("razon", ""),
                comunes=comunes, filas=filas, lote=_lote(datos), respuesta=respuesta_de(datos),
                motivo_cambio=datos.get("motivo_cambio", ""),
                solo_redaccion=datos["solo_redaccion"],
            )  # fmt: skip
        return self.decir(hecho.borrador, hecho.fuera, 201)


def _lote(datos: dict[str, Any]) -> Lote | None:
    if not datos.get("lote"):
        return None
    lote = Lote.objects.filter(pk=datos["lote"]).first()
    if lote is None:
        raise DatoInvalido("No existe ese lote.", campo="lote")
    return lote


class BorradorView(DeOficiales):
    @extend_schema(
        tags=ETIQUETA,
        summary="Oficiales: leer un borrador con sus filas",
        responses=formas.BorradorDetalleSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        return self.decir(self.borrador())

    @extend_schema(
        tags=ETIQUETA,
        summary="Oficiales: guardar un borrador; las filas que no vienen quedan como estaban",
        request=formas.CambioDeBorradorSerializer,
        responses=formas.BorradorDetalleSerializer,
    )
    def patch(self, request: Request, pk: int) -> Response:
        forma = formas.CambioDeBorradorSerializer(data=request.data)
        forma.is_valid(raise_exception=True)
        datos, borrador = forma.validated_data, self.borrador()
        comunes = campos_de(datos["comunes"]) if datos.get("comunes") else borrador.datos
        aportes, filas = filas_de(datos.get("filas", ()))
        guardado = guardar_varios(
            borrador=borrador,
            razon=datos.get("razon", borrador.razon),
            motivo_cambio=datos.get("motivo_cambio", borrador.motivo_cambio),
            solo_redaccion=datos["solo_redaccion"],
            comunes=comunes,
            filas=filas,
            leidas={
                aporte.pk: fila["version_leida"]
                for aporte, fila in zip(aportes, datos.get("filas", ()), strict=True)
                if fila.get("version_leida")
            },
            por=cuenta_de(request),
            visto=datos.get("visto", ""),
        )
        return self.decir(guardado)

    @extend_schema(tags=ETIQUETA, summary="Oficiales: descartar un borrador", responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        descartar_borrador(borrador=self.borrador(), por=cuenta_de(request))
        return Response(status=204)


class SellarView(DeOficiales):
    @extend_schema(
        tags=ETIQUETA,
        summary="Oficiales: sellar un borrador, para sus conformidades o su lote",
        request=None,
        responses={201: formas.SelladaSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        version = sellar_borrador(borrador=self.borrador(), por=cuenta_de(request))
        return Response(formas.SelladaSerializer(version).data, status=201)


class PublicarView(DeOficiales):
    @extend_schema(
        tags=ETIQUETA,
        summary="Oficiales: publicar lo redactado, o sellarlo si espera conformidades o un lote",
        request=None,
        responses={201: formas.SelladaSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        version = responder_borrador(borrador=self.borrador(), por=cuenta_de(request))
        return Response(formas.SelladaSerializer(version).data, status=201)
