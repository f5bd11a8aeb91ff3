"""What the officials' list and its spreadsheet say of each contribution. No query is made here."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator

from comun.fechas import SANTIAGO, cuanto_para, dia_de
from consulta.aportes.models import Aporte
from consulta.respuestas.estados import DE_PENDIENTES, Estado, esta_vencido, estado_de

if TYPE_CHECKING:
    from consulta.respuestas.filtros import FiltrosDeCola
    from cuentas.models import User

LARGO_BREVE = 160


def insignia(estado: Estado) -> str:
    """The state as a word with its colour."""
    return format_html('<span class="estado estado--{}">{}</span>', estado.value, estado.label)


def insignias(aporte: Aporte) -> str:
    """The state and, where it is so, that it is overdue."""
    estado = insignia(estado_de(aporte))
    if not esta_vencido(aporte, dia_de(timezone.now())):
        return estado
    return estado + format_html(' <span class="estado estado--vencido">{}</span>', "Vencido")


def breve(aporte: Aporte) -> str:
    """How a row begins: its title, or its first words."""
    contenido = aporte.contenido
    texto = contenido.titulo or contenido.texto or "(texto eliminado)"
    return Truncator(" ".join(texto[:1000].split())).chars(LARGO_BREVE)


def fila_de_cola(
    aporte: Aporte, usuario: "User", filtros: "FiltrosDeCola", admin: Any
) -> dict[str, Any]:
    """One row of the queue, as its template draws it. The row comes from `cola.filas_de`."""
    titular = next((t for t in filtros.titulares if t.pk == aporte.responsable_id), None)
    espera = estado_de(aporte) in DE_PENDIENTES
    return {
        "aporte": aporte,
        "breve": breve(aporte),
        "estado": insignia(estado_de(aporte)),
        "vencido": esta_vencido(aporte, filtros.hoy),
        "cuanto": cuanto_para(aporte.vence_el, filtros.hoy) if espera and aporte.vence_el else "",
        "en_suplencia_de": titular,
        "acciones": admin.botones(usuario, aporte),
        "preguntas": aporte.preguntas,  # type: ignore[attr-defined]
    }


class ColumnasDeAporte:
    """What each column of the spreadsheet says of a contribution that came `con_texto()`."""

    def cargo(self, aporte: Aporte) -> str:
        persona = aporte.responsable.nombre_interno if aporte.responsable else ""
        return " · ".join(str(p) for p in (aporte.institucion, persona) if p)

    def vence(self, aporte: Aporte) -> str:
        return f"{aporte.vence_el:%d-%m-%Y}" if aporte.vence_el else ""

    def estado(self, aporte: Aporte) -> str:
        return str(estado_de(aporte).label)

    def vencido(self, aporte: Aporte) -> str:
        return "Sí" if esta_vencido(aporte, dia_de(timezone.now())) else ""

    def enviado(self, aporte: Aporte) -> str:
        return f"{aporte.enviado_en.astimezone(SANTIAGO):%d-%m-%Y %H:%M}"

    def respondido(self, aporte: Aporte) -> str:
        en = aporte.respondido_en
        return f"{en.astimezone(SANTIAGO):%d-%m-%Y %H:%M}" if en else ""

    def region(self, aporte: Aporte) -> str:
        return aporte.get_region_display() if aporte.region else ""

    def tipo_autor(self, aporte: Aporte) -> str:
        return aporte.get_tipo_autor_display() if aporte.tipo_autor else ""


def columnas_de_planilla(dice: ColumnasDeAporte) -> list[tuple[str, Callable[[Aporte], str]]]:
    """Heading and value of each column, in order."""
    return [
        ("Folio", lambda a: a.folio),
        ("Consulta", lambda a: a.consulta.titulo),
        ("Tipo", lambda a: a.get_tipo_display()),
        ("Enviado", dice.enviado),
        ("Autor", lambda a: a.firma),
        ("Participa como", dice.tipo_autor),
        ("Región", dice.region),
        ("Tema", lambda a: str(a.tema or "")),
        ("Título", lambda a: a.contenido.titulo or ""),
        ("Texto", lambda a: a.contenido.texto or ""),
        ("A cargo de", dice.cargo),
        ("Vence", dice.vence),
        ("Vencido", dice.vencido),
        ("Estado", dice.estado),
        ("Respondido", dice.respondido),
    ]
