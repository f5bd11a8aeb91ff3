"""From what an editor pastes or uploads to the fragments of a draft, by one path.

Whatever comes (DOCX, Markdown, HTML, plain text) becomes HTML, and one reader cuts HTML into pieces.
What a file is, its content says; its name only helps to say what is wrong.
"""

from django.utils.translation import gettext as _

from comun.errores import DatoInvalido
from comun.textos import limpiar
from consulta.procesos.importar.archivos import html_de_archivo
from consulta.procesos.importar.bloques import leer_html
from consulta.procesos.importar.fichas import reunir_fichas
from consulta.procesos.importar.marcas import es_html, html_de_marcas
from consulta.procesos.trozos import Trozo

LARGO_TEXTO = 600_000
"""Greatest text of one version, in characters."""
MAXIMO_FRAGMENTOS = 3_000


def importar_texto(texto: str) -> list[Trozo]:
    """The pieces of a pasted text: Markdown, HTML or plain. Raises DatoInvalido naming `texto`."""
    if len(texto) > LARGO_TEXTO:
        raise DatoInvalido(_("El texto es demasiado largo: admite %(m)s caracteres.")
                           % {"m": LARGO_TEXTO}, campo="texto")  # fmt: skip
    texto = limpiar(texto)
    return _revisar(leer_html(texto if es_html(texto) else html_de_marcas(texto)), "texto")


def importar_archivo(contenido: bytes, nombre: str = "") -> list[Trozo]:
    """The pieces of an uploaded file. Raises DatoInvalido naming `archivo`, whatever the file holds."""
    return _revisar(leer_html(html_de_archivo(contenido, nombre)), "archivo")


def _revisar(trozos: list[Trozo], campo: str) -> list[Trozo]:
    trozos = reunir_fichas(trozos)
    if not trozos:
        vacio = {
            "texto": _("Pegue el texto, o suba un archivo: al menos un párrafo."),
            "archivo": _("El archivo no tiene texto que leer."),
        }
        raise DatoInvalido(vacio[campo], campo=campo)
    if len(trozos) > MAXIMO_FRAGMENTOS:
        raise DatoInvalido(
            _("El texto da %(n)s párrafos y el máximo es %(m)s.")
            % {"n": len(trozos), "m": MAXIMO_FRAGMENTOS},
            campo=campo,
        )
    if sum(len(t.texto) for t in trozos) > LARGO_TEXTO:
        raise DatoInvalido(
            _("El texto es demasiado largo: admite %(m)s caracteres.") % {"m": LARGO_TEXTO},
            campo=campo,
        )
    return trozos
