"""What the officials' list and its spreadsheet say of each contribution. No query is made here."""

from django.contrib.admin import display
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from comun.fechas import SANTIAGO, dia_de
from consulta.aportes.models import Aporte
from consulta.respuestas.estados import Estado, estado_de

LARGO_BREVE = 120


def insignia(estado: Estado) -> str:
    """The state as a word with its colour."""
    return format_html('<span class="estado estado--{}">{}</span>', estado.value, estado.label)


def estado_hoy(aporte: Aporte) -> Estado:
    return estado_de(aporte, dia_de(timezone.now()))


class ColumnasDeAporte:
    """Methods that modeladmin calls by name, with a contribution that came `con_texto()`."""

    @display(description=_("Folio"), ordering="n")
    def ver_folio(self, aporte: Aporte) -> str:
        return aporte.folio

    @display(description=_("Lo que dice"))
    def breve(self, aporte: Aporte) -> str:
        contenido = aporte.contenido
        texto = contenido.titulo or contenido.texto or str(_("(texto eliminado)"))
        return Truncator(" ".join(texto[:1000].split())).chars(LARGO_BREVE)

    @display(description=_("Tipo"), ordering="tipo")
    def ver_tipo(self, aporte: Aporte) -> str:
        return aporte.get_tipo_display()

    @display(description=_("Consulta"), ordering="consulta__titulo")
    def ver_consulta(self, aporte: Aporte) -> str:
        return aporte.consulta.titulo

    @display(description=_("A cargo de"), ordering="institucion__nombre", empty_value="Sin asignar")
    def cargo(self, aporte: Aporte) -> str:
        return " · ".join(str(p) for p in (aporte.institucion, aporte.responsable) if p)

    @display(description=_("Vence"), ordering="vence_el", empty_value="Sin fecha")
    def vence(self, aporte: Aporte) -> str:
        return f"{aporte.vence_el:%d-%m-%Y}" if aporte.vence_el else ""

    @display(description=_("Estado"))
    def ver_estado(self, aporte: Aporte) -> str:
        return insignia(estado_hoy(aporte))

    @display(description=_("Estado"))
    def estado_escrito(self, aporte: Aporte) -> str:
        return str(estado_hoy(aporte).label)

    @display(description=_("Enviado"), ordering="enviado_en")
    def enviado(self, aporte: Aporte) -> str:
        return f"{aporte.enviado_en.astimezone(SANTIAGO):%d-%m-%Y %H:%M}"

    @display(description=_("Respondido"), empty_value="")
    def respondido(self, aporte: Aporte) -> str:
        en = aporte.respondido_en
        return f"{en.astimezone(SANTIAGO):%d-%m-%Y %H:%M}" if en else ""

    @display(description=_("Título"), empty_value="")
    def titulo(self, aporte: Aporte) -> str:
        return aporte.contenido.titulo or ""

    @display(description=_("Texto"), empty_value="")
    def texto(self, aporte: Aporte) -> str:
        return aporte.contenido.texto or ""

    @display(description=_("Tema"), empty_value="")
    def ver_tema(self, aporte: Aporte) -> str:
        return str(aporte.tema or "")

    @display(description=_("Región"), empty_value="")
    def ver_region(self, aporte: Aporte) -> str:
        return aporte.get_region_display() if aporte.region else ""

    @display(description=_("Autor"), empty_value="")
    def firma(self, aporte: Aporte) -> str:
        return aporte.firma

    @display(description=_("Participa como"), empty_value="")
    def ver_tipo_autor(self, aporte: Aporte) -> str:
        return aporte.get_tipo_autor_display() if aporte.tipo_autor else ""
