"""«Aportes y respuestas»: the ledger as those who answer and moderate see it."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comun.modeladmin import AdminDeSala, VerView
from consulta.aportes.enums import TipoAporte
from consulta.aportes.models import Aporte
from consulta.aportes.permissions import puede_agrupar, puede_remover
from consulta.respuestas.escritorio.cola import ColaView
from consulta.respuestas.escritorio.columnas import insignias
from consulta.respuestas.estados import Estado, con_estado, esperan_replicas, estado_de
from consulta.respuestas.expediente import expediente, lo_interno
from consulta.respuestas.permissions import (
    puede_asignar_aporte,
    puede_responder,
    puede_ver_libro,
)
from cuentas.models import Institucion


class ExpedienteView(VerView):
    """One contribution with its thread, its answers, and what this person may do with it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        aporte = self.model_admin.get_queryset(self.request).get(pk=self.instance.pk)
        return super().get_context_data(
            **expediente(aporte),
            **lo_interno(aporte, self.request.user),
            estado=insignias(aporte),
            lista=self.index_url,
            acciones=self.model_admin.botones(self.request.user, aporte),
            **kwargs,
        )

    def get_fields_dict(self) -> list[Any]:
        return []


class AporteAdmin(AdminDeSala):
    model = Aporte
    base_url_path = "participacion/aportes"
    menu_label = _("Aportes y respuestas")
    menu_icon = "comment"
    menu_order = 10
    puede_ver = staticmethod(puede_ver_libro)
    inspect_view_enabled = True
    inspect_view_class = ExpedienteView
    inspect_template_name = "respuestas/aporte.html"

    def index_view(self, request: HttpRequest) -> HttpResponseBase:
        return ColaView.as_view(admin=self)(request)

    def get_queryset(self, request: Any) -> Any:
        filas = Aporte.objects.confirmados().con_texto()
        return con_estado(filas.select_related("institucion", "responsable"))

    def botones(self, usuario: Any, objeto: Aporte) -> list[dict[str, Any]]:
        espera = objeto.es_visible and objeto.exige_respuesta
        pendiente = espera and not objeto.esta_respondido
        # `institucion` is that of the published answer once there is one.
        quien = objeto.institucion or usuario.institucion or Institucion()
        ofrece = [
            (
                "responder_aporte",
                _("Corregir la respuesta") if objeto.esta_respondido else _("Responder"),
                espera and puede_responder(usuario, objeto, quien),
            ),
            (
                "asignar_aporte",
                _("Asignar"),
                pendiente and puede_asignar_aporte(usuario, objeto),
            ),
            (
                "derivar_aporte",
                _("Derivar"),
                pendiente
                and objeto.institucion_id is not None
                and puede_asignar_aporte(usuario, objeto)
                # A review is of the institution that answered.
                and estado_de(objeto) != Estado.EN_REVISION,
            ),
            (
                "responder_rama",
                _("Responder la conversación"),
                espera and puede_responder(usuario, objeto, quien) and esperan_replicas(objeto),
            ),
            (
                "dividir_propuesta",
                _("Dividir en puntos"),
                espera and objeto.tipo == TipoAporte.PROPUESTA and puede_agrupar(usuario),
            ),
            (
                "remover_aporte",
                _("Remover"),
                objeto.es_visible and puede_remover(usuario, objeto),
            ),
        ]
        return [
            {"label": texto, "url": reverse(ruta, args=[objeto.pk]), "que": ruta}
            for ruta, texto, puede in ofrece
            if puede
        ]
