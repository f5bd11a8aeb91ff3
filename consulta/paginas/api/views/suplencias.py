"""Standing in for somebody over the API. People are named by address when sent, never when read."""

from django.db.models import Q
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import permissions
from rest_framework.request import Request
from rest_framework.response import Response

from comun.errores import DatoInvalido
from consulta.paginas.api.cola import CrearSuplenciaSerializer, SuplenciaSerializer
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.lectura import RecursoAbierto
from cuentas.flows.suplencias import crear_suplencia, terminar_suplencia
from cuentas.models import Suplencia, User
from cuentas.permissions import puede_nombrar_suplentes


def cuenta_con(correo: str, campo: str, quien: User) -> User:
    """The active account with that address; for who is not of the secretariat, of their institution:
    whether others exist is not told. Raises DatoInvalido."""
    filas = User.objects.filter(email__iexact=correo, is_active=True)
    if not puede_nombrar_suplentes(quien):
        filas = filas.filter(institucion=quien.institucion_id, institucion__isnull=False)
    fila = filas.first()
    if fila is None:
        raise DatoInvalido("Nadie de su institución tiene ese correo.", campo=campo)
    return fila


class SuplenciasView(RecursoAbierto):
    serializer_class = CrearSuplenciaSerializer
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    @extend_schema(
        tags=["Cola"], summary="Leer las suplencias en que participo",
        responses=SuplenciaSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        quien = cuenta_de(request)
        filas = Suplencia.objects.select_related("titular", "suplente").order_by("-desde", "-pk")
        if not puede_nombrar_suplentes(quien):
            filas = filas.filter(Q(titular=quien) | Q(suplente=quien))
        return Response(SuplenciaSerializer(filas[:200], many=True).data)

    @extend_schema(
        tags=["Cola"], summary="Nombrar a quien le suple entre dos días",
        request=CrearSuplenciaSerializer, responses={201: SuplenciaSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        quien = cuenta_de(request)
        entrada = self.get_serializer(data=request.data)
        entrada.is_valid(raise_exception=True)
        datos = dict(entrada.validated_data)
        titular = cuenta_con(datos["titular"], "titular", quien) if datos["titular"] else quien
        suplente = cuenta_con(datos.pop("suplente"), "suplente", quien)
        hecha = crear_suplencia(por=quien, **datos | {"titular": titular, "suplente": suplente})
        return Response(SuplenciaSerializer(hecha).data, status=201)


class TerminarSuplenciaView(RecursoAbierto):
    serializer_class = SuplenciaSerializer
    permission_classes = [permissions.IsAuthenticated]
    lectura_publica = False

    @extend_schema(
        tags=["Cola"], summary="Terminar ahora una suplencia", request=None,
        responses=SuplenciaSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        quien = cuenta_de(request)
        filas = Suplencia.objects.filter(Q(titular=quien) | Q(suplente=quien))
        if puede_nombrar_suplentes(quien):
            filas = Suplencia.objects.all()
        fila = get_object_or_404(filas, pk=pk)
        return Response(SuplenciaSerializer(terminar_suplencia(suplencia=fila, por=quien)).data)
