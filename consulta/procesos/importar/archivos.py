"""What an uploaded file is, by its content, and its text as HTML. Nothing in it can hurt."""

import io

from django.utils.translation import gettext as _

from comun.textos import limpiar
from consulta.procesos.importar.marcas import es_html, html_de_marcas
from consulta.procesos.importar.paquete import mal, revisar, roto

PESO_MAXIMO = 20 * 1024 * 1024
"""Of an upload, in bytes: a Word file with its pictures."""
TEXTO_MAXIMO = 4 * 1024 * 1024
"""Of a text or HTML file, in bytes."""
_ESTILOS = (
    "\n".join(
        f"p[style-name='{nombre} {nivel}'] => h{nivel}:fresh"
        for nombre in ("Título", "Encabezado", "heading")
        for nivel in range(1, 7)
    )
    + "\np[style-name='Title'] => h1:fresh\np[style-name='Título'] => h1:fresh"
)


def html_de_archivo(contenido: bytes, nombre: str = "") -> str:
    """Raises DatoInvalido naming `archivo`: too large, broken, or of a kind that is not read."""
    if len(contenido) > PESO_MAXIMO:
        raise mal(_("El archivo pesa demasiado: el máximo son 20 MB."))
    if not contenido.strip():
        raise mal(_("El archivo está vacío."))
    if contenido.startswith(b"PK"):
        return _de_word(contenido)
    _rechazar_otros(contenido)
    if len(contenido) > TEXTO_MAXIMO:
        raise mal(_("El archivo de texto es demasiado largo: el máximo son 4 MB."))
    texto = limpiar(_descifrar(contenido))
    return texto if es_html(texto) else html_de_marcas(texto)


def _de_word(contenido: bytes) -> str:
    # Reading Word loads an XML library: only whoever uploads a file pays for it.
    import mammoth

    from consulta.procesos.importar.numeracion import con_rotulos

    revisar(contenido)
    try:
        resultado = mammoth.convert_to_html(
            io.BytesIO(con_rotulos(contenido)),
            style_map=_ESTILOS,
            convert_image=mammoth.images.img_element(lambda _imagen: {}),
        )
    except Exception as error:  # a hostile or broken file breaks its reader in any way it likes
        raise roto() from error
    return str(resultado.value)


_OTROS = (
    (b"%PDF", lambda: _("Un PDF no guarda los párrafos: suba el DOCX del que salió, o pegue el texto.")),
    (b"\xd0\xcf\x11\xe0", lambda: _("Es un Word antiguo (.doc): guárdelo como DOCX y súbalo de nuevo.")),
    (b"{\\rtf", lambda: _("Es un RTF: guárdelo como DOCX y súbalo de nuevo.")),
)  # fmt: skip


def _rechazar_otros(contenido: bytes) -> None:
    for firma, mensaje in _OTROS:
        if contenido.lstrip()[:8].startswith(firma):
            raise mal(mensaje())
    utf16 = contenido[:2] in (b"\xff\xfe", b"\xfe\xff")
    if b"\x00" in contenido and not utf16:
        raise mal(_("No es un texto: suba DOCX, Markdown, HTML o texto."))


def _descifrar(contenido: bytes) -> str:
    """UTF-8 or UTF-16 by their mark, UTF-8 if it is, and otherwise what Windows wrote for years."""
    if contenido[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return contenido.decode("utf-16", errors="replace")
    try:
        return contenido.decode("utf-8-sig")
    except UnicodeDecodeError:
        return contenido.decode("cp1252", errors="replace")
