"""Icons and badges. A thread shows hundreds: an icon is drawn when its template is compiled, a badge
once per process."""

from functools import lru_cache

from django import template
from django.template.base import Node, Parser, TextNode, Token
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

INSIGNIAS = {
    # States of a contribution.
    "respondido": ("azul", "si-circulo", "Respondido"),
    "pendiente": ("ambar", "reloj", "Pendiente de respuesta"),
    "vencido": ("rojo", "alerta", "Respuesta atrasada"),
    "asignado": ("petroleo", "persona", "Asignado"),
    "en_redaccion": ("petroleo", "editar", "Respuesta en redacción"),
    "en_conformidad": ("petroleo", "personas", "En conformidad"),
    "en_revision": ("violeta", "ciclo", "Respuesta en revisión"),
    "sin_confirmar": ("ambar", "correo", "Falta confirmar el correo"),
    "retirado": ("gris", "retirado", "Retirado por su autor"),
    "removido": ("gris", "oculto", "Removido por moderación"),
    # Outcomes.
    "incorporada": ("verde", "si-circulo", "Incorporada"),
    "parcial": ("verde", "parcial", "Incorporada en parte"),
    "ya_contemplada": ("petroleo", "ya", "Ya estaba contemplada"),
    "no_incorporada": ("rojo", "no-circulo", "No incorporada"),
    "fuera_de_alcance": ("gris", "fuera", "Fuera de alcance"),
    "aclaracion": ("violeta", "info", "Aclaración"),
    # Stages.
    "abierta": ("verde", "comentario", "Abierta"),
    "extendida": ("verde", "reloj", "Abierta, plazo extendido"),
    "futura": ("violeta", "calendario", "Próximamente"),
    "cerrada": ("gris", "candado", "Cerrada"),
    "respondida": ("azul", "si-circulo", "Respondida"),
    # Authors, and what is said of a thing.
    "institucional": ("azul", "institucion", "Institución"),
    "verificada": ("petroleo", "si-circulo", "Organización verificada"),
    "nuevo": ("azul", "idea", "Nuevo"),
    "demo": ("ambar", "info", "Datos de demostración"),
    # Completion.
    "completo": ("verde", "si-circulo", "Completo"),
    "sustancial": ("verde", "parcial", "Avance sustancial"),
    "limitado": ("ambar", "parcial", "Avance limitado"),
    "atrasado": ("rojo", "alerta", "Atrasado"),
    "no_iniciado": ("rojo", "fuera", "No iniciado"),
    "sin_evidencia": ("gris", "pregunta", "Sin evidencia"),
}
"""Kind → colour, icon and usual words: together, never colour alone."""


@register.tag
def icono(parser: Parser, token: Token) -> Node:
    """`{% icono "reloj" %}`: one icon of the sprite, as decoration. Its name is written, not a variable."""
    partes = token.split_contents()
    if len(partes) != 2 or partes[1][0] not in "\"'":
        raise template.TemplateSyntaxError("icono: un nombre entre comillas")
    return TextNode(_icono(partes[1][1:-1]))


@register.simple_tag
def insignia(tipo: object, texto: object = "") -> SafeString:
    """A badge, with `texto` instead of its usual words where given; unknown kinds are grey."""
    return _insignia(str(tipo), str(texto or ""))


@lru_cache(maxsize=1_000)
def _insignia(tipo: str, texto: str) -> SafeString:
    color, nombre, usual = INSIGNIAS.get(tipo, ("gris", "etiqueta", tipo))
    return format_html(
        '<span class="insignia insignia--{}">{}{}</span>', color, _icono(nombre), texto or usual
    )


def _icono(nombre: str) -> SafeString:
    return format_html(
        '<svg class="icono" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("img/iconos.svg"),
        nombre,
    )
