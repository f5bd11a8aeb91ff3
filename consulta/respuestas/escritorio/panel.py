"""«Mis aportes» on the first screen of the back office: the numbers of whoever answers, with their lists."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from comun.fechas import dia_de
from consulta.procesos.habiles import habiles_entre, sumar_habiles
from consulta.respuestas.cola import mis_numeros
from consulta.respuestas.filtros import FiltrosDeCola
from consulta.respuestas.permissions import puede_anotar
from consulta.respuestas.plazos import primer_aviso

LISTA = "participacion_aportes_modeladmin_index"


class PanelDeCola(Component):
    """Only for those who answer: to others it is an empty string. Before what all of the institution owes
    (`portal.tablero`), which it does not repeat."""

    order = 45
    template_name = "respuestas/panel.html"

    class Media:
        css: ClassVar = {"all": ["css/tablero.css", "css/cola.css"]}

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        usuario = parent_context["request"].user
        if not puede_anotar(usuario) or usuario.institucion_id is None:
            return {"numeros": None}
        hoy = dia_de(timezone.now())
        dias = (sumar_habiles(hoy, primer_aviso()) - hoy).days
        filtros = FiltrosDeCola({"estado": "por_vencer", "dias": str(dias)}, usuario)
        lista = reverse(LISTA)
        return {
            "numeros": mis_numeros(filtros),
            "titulares": filtros.titulares,
            "habiles": habiles_entre(hoy, filtros.hasta),
            "url_mios": f"{lista}?estado=pendiente&a_cargo=mios",
            "url_por_vencer": f"{lista}?estado=por_vencer&dias={dias}&a_cargo=mios",
            "url_vencidos": f"{lista}?estado=vencido&a_cargo=mios",
            "url_preguntas": f"{lista}?preguntas=para_mi",
        }
