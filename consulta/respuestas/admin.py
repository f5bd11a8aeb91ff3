"""«Aportes y respuestas»: the ledger as those who answer and moderate see it."""

import re
from typing import Any, ClassVar

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comun.modeladmin import AdminDeSala, VerView
from consulta.aportes.enums import TipoAporte
from consulta.aportes.models import Aporte, AporteVersion
from consulta.aportes.permissions import puede_agrupar, puede_remover
from consulta.respuestas import filtros
from consulta.respuestas.columnas import ColumnasDeAporte, estado_hoy, insignia
from consulta.respuestas.expediente import expediente
from consulta.respuestas.permissions import puede_asignar, puede_responder, puede_ver_libro
from cuentas.models import Institucion

PALABRAS = 8
"""Words of a search beyond these are not looked at: each one reads the whole list."""

_FOLIO = re.compile(r"^\s*([A-Za-z][A-Za-z0-9]{1,11})-0*(\d{1,9})\s*$")


class BuscadorDeAportes:
    """By folio when that is what was typed, else by every word in title or text as they stand now."""

    show_search_form = True

    def search_queryset(self, queryset: Any, search_term: str, **kwargs: Any) -> Any:
        folio = _FOLIO.match(search_term)
        if folio:
            return queryset.filter(consulta__sigla=folio[1].upper(), n=int(folio[2]))
        for palabra in search_term.split()[:PALABRAS]:
            actual = AporteVersion.objects.filter(aporte=OuterRef("pk"), n=F("aporte__version"))
            dice = Q(texto__icontains=palabra) | Q(titulo__icontains=palabra)
            queryset = queryset.filter(Exists(actual.filter(dice)))
        return queryset


class ExpedienteView(VerView):
    """One contribution with its thread, its answers, and what this person may do with it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        aporte = self.model_admin.get_queryset(self.request).get(pk=self.instance.pk)
        return super().get_context_data(
            **expediente(aporte),
            estado=insignia(estado_hoy(aporte)),
            lista=self.index_url,
            acciones=self.model_admin.botones(self.request.user, aporte),
            **kwargs,
        )

    def get_fields_dict(self) -> list[Any]:
        return []


class AporteAdmin(ColumnasDeAporte, AdminDeSala):
    model = Aporte
    base_url_path = "participacion/aportes"
    menu_label = _("Aportes y respuestas")
    menu_icon = "comment"
    menu_order = 10
    nota = _("Cada aporte recibido espera una respuesta razonada. Ábralo para leerlo y responder.")
    puede_ver = staticmethod(puede_ver_libro)
    inspect_view_enabled = True
    inspect_view_class = ExpedienteView
    inspect_template_name = "respuestas/aporte.html"
    list_display = (
        "ver_folio",
        "breve",
        "ver_tipo",
        "ver_consulta",
        "cargo",
        "vence",
        "ver_estado",
    )
    list_display_add_buttons = "breve"
    list_export = (
        "ver_folio", "ver_consulta", "ver_tipo", "enviado", "firma", "ver_tipo_autor", "ver_region",
        "ver_tema", "titulo", "texto", "cargo", "vence", "estado_escrito", "respondido",
    )  # fmt: skip
    export_filename = "aportes"
    search_fields = ("folio",)
    ordering = ("vence_el", "enviado_en", "pk")
    list_filter: ClassVar = (
        filtros.FiltroEstado,
        filtros.FiltroCargo,
        filtros.FiltroConsulta,
        filtros.FiltroInstitucion,
        filtros.FiltroTipo,
        filtros.FiltroTema,
        filtros.FiltroRegion,
    )

    def get_search_handler(self, request: Any, search_fields: Any = None) -> BuscadorDeAportes:
        return BuscadorDeAportes()

    def get_queryset(self, request: Any) -> Any:
        filas = Aporte.objects.confirmados().con_texto()
        return filas.select_related("institucion", "responsable")

    def botones(self, usuario: Any, objeto: Aporte) -> list[dict[str, Any]]:
        espera = objeto.es_visible and objeto.exige_respuesta
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
                espera and not objeto.esta_respondido and puede_asignar(usuario),
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
            {"label": texto, "url": reverse(ruta, args=[objeto.pk])}
            for ruta, texto, puede in ofrece
            if puede
        ]
