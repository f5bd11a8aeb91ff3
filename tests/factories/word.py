"""A Word file as Word in Spanish writes it, part by part. Nothing of the project is needed."""

import io
import zipfile

TIPOS = "http://schemas.openxmlformats.org/package/2006/content-types"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/package/2006/relationships"
OFICINA = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def parrafo(texto, estilo=""):
    propiedades = f'<w:pPr><w:pStyle w:val="{estilo}"/></w:pPr>' if estilo else ""
    return f"<w:p>{propiedades}<w:r><w:t>{texto}</w:t></w:r></w:p>"


def punto(texto, lista=1, nivel=0):
    """A paragraph that Word numbers itself, by list and level."""
    numera = f'<w:numPr><w:ilvl w:val="{nivel}"/><w:numId w:val="{lista}"/></w:numPr>'
    return f"<w:p><w:pPr>{numera}</w:pPr><w:r><w:t>{texto}</w:t></w:r></w:p>"


def nivel(n, formato, escrito, desde=1, otros=""):
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{desde}"/><w:numFmt w:val="{formato}"/>{otros}'
        f'<w:lvlText w:val="{escrito}"/></w:lvl>'
    )


def numeracion(abstractas, listas):
    """word/numbering.xml: `abstractas` by number, the levels of each; `listas` by number, the abstract one
    it is of and what it overrides."""
    de = "".join(
        f'<w:abstractNum w:abstractNumId="{a}">{"".join(niveles)}</w:abstractNum>'
        for a, niveles in abstractas.items()
    )
    son = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{a}"/>{cambia}</w:num>'
        for n, (a, cambia) in listas.items()
    )
    return f'<w:numbering xmlns:w="{W}">{de}{son}</w:numbering>'


def fila(*celdas):
    return "<w:tr>" + "".join(f"<w:tc>{parrafo(c)}</w:tc>" for c in celdas) + "</w:tr>"


def docx(cuerpo, antes="", listas="", estilos=""):
    """A Word file as Word in Spanish names its styles; `listas` is its numbering part."""
    partes = {
        "[Content_Types].xml": f'<Types xmlns="{TIPOS}"><Default Extension="rels" '
        'ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{R}"><Relationship Id="r1" Type="{OFICINA}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{R}"><Relationship Id="r1" '
        f'Type="{OFICINA}/styles" Target="styles.xml"/><Relationship Id="r2" '
        f'Type="{OFICINA}/numbering" Target="numbering.xml"/></Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Ttulo2">'
        f'<w:name w:val="heading 2"/></w:style>{estilos}</w:styles>',
        "word/document.xml": f'{antes}<w:document xmlns:w="{W}"><w:body>{cuerpo}</w:body></w:document>',
    }
    if listas:
        partes["word/numbering.xml"] = listas
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as zip_:
        for nombre, contenido in partes.items():
            zip_.writestr(nombre, contenido)
    return salida.getvalue()
