"""The secretariat writes a whole consultation at once: what `manage.py crear_consulta` reads, as JSON."""

import json
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from comun.errores import Conflicto, SinPermiso
from consulta.paginas.api.entrada import cuenta_de
from consulta.paginas.api.serializers.procesos import ConsultaSerializer
from consulta.paginas.api.views.procesos import ConsultasView, FiltrosDeConsultas
from consulta.procesos.convocatoria import Fallas, leer
from consulta.procesos.flows.convocar import NUEVO, convocar
from consulta.procesos.permissions import puede_gestionar_procesos


class FilaHechaSerializer(serializers.Serializer[Any]):
    que = serializers.CharField(
        help_text="De qué se trata: el proceso, una etapa, la consulta, un tema."
    )
    pasa = serializers.CharField(help_text="`se crea`, `cambia` o `ya está así`.")


class ConvocadaSerializer(serializers.Serializer[Any]):
    consulta = serializers.SlugField(help_text="Su nombre en la dirección.")
    url = serializers.CharField(help_text="Su página: la verá el público desde que se anuncie.")
    publicada = serializers.BooleanField(help_text="Si ya está anunciada.")
    filas = FilaHechaSerializer(many=True)


class ConvocarView(ConsultasView):
    permission_classes = [permissions.AllowAny]  # reading is open; writing asks for a session

    @extend_schema(
        tags=["Procesos"],
        summary="Listar consultas",
        parameters=[FiltrosDeConsultas],
        responses=ConsultaSerializer(many=True),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=["Procesos"],
        summary="Secretaría técnica: crear, completar o anunciar una consulta",
        description=(
            "Un objeto con las mismas partes que el archivo de `manage.py crear_consulta`: `proceso`, "
            "`etapas`, `consulta`, `temas`, `anunciar` y `razon_excepcion`. Se escribe todo o nada; "
            "repetirlo no cambia nada. Los errores llevan el camino de cada dato, como `etapas[2].fin`."
        ),
        request=OpenApiTypes.OBJECT,
        responses={201: ConvocadaSerializer, 200: ConvocadaSerializer},
    )
    def post(self, request: Request) -> Response:
        cuenta = cuenta_de(request)
        if not puede_gestionar_procesos(cuenta):
            raise SinPermiso(_("Solo la secretaría técnica crea consultas."))
        try:
            # JSON is YAML too: one reader, one set of errors.
            convocatoria = leer(json.dumps(request.data, ensure_ascii=False).encode())
        except Fallas as fallas:
            raise serializers.ValidationError({f.ruta: [f.que] for f in fallas.fallas}) from fallas
        try:
            with transaction.atomic():
                hecho = convocar(convocatoria=convocatoria, por=cuenta)
        except IntegrityError as error:
            raise Conflicto(
                _("Alguien creó lo mismo mientras tanto: vuelva a intentarlo.")
            ) from error
        consulta = hecho.consulta
        assert consulta is not None  # noqa: S101 — the file named one
        nueva = any(pasa == NUEVO for _que, pasa in hecho.filas)
        datos = {
            "consulta": consulta.slug,
            "url": request.build_absolute_uri(consulta.get_absolute_url()),
            "publicada": consulta.publicada or hecho.anunciada,
            "filas": [{"que": que, "pasa": pasa} for que, pasa in hecho.filas],
        }
        return Response(ConvocadaSerializer(datos).data, status=201 if nueva else 200)
