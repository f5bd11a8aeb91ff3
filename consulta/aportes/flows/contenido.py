"""What a contribution says, cleaned and checked before anything is written."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from comun.errores import DatoInvalido
from comun.regiones import Region
from comun.textos import limpiar, limpiar_linea
from consulta.aportes.enums import CAMPOS_DE_PROPUESTA, Postura, TipoAporte, TipoAutor, Valor
from consulta.procesos.models import Tema

LARGO_TITULO = 160
LARGO_TEXTO = 10_000
LARGO_CAMPO = 4_000
LARGO_NOMBRE = 80
"""Greatest lengths, in characters after cleaning."""


@dataclass(frozen=True)
class Contenido:
    """The words and the classification. `campos` holds the fields of a proposal and `valores`.

    `cita` is what a comment quotes of its fragment, from the character `cita_inicio` on.
    """

    texto: str
    titulo: str = ""
    campos: dict[str, object] = field(default_factory=dict)
    tema: Tema | None = None
    region: str = ""
    tipo_autor: str = ""
    firma: str | None = None
    organizacion: str = ""
    postura: str = ""
    cita: str = ""
    cita_inicio: int | None = None


def revisar(contenido: Contenido, tipo: TipoAporte) -> Contenido:
    """The same content, cleaned. Raises DatoInvalido, naming the field and what to do."""
    texto = _texto(contenido.texto, "texto", LARGO_TEXTO, obligatorio=True)
    if contenido.region and contenido.region not in Region.values:
        raise DatoInvalido(_("Elija una región de la lista."), campo="region")
    if contenido.tipo_autor and contenido.tipo_autor not in TipoAutor.values:
        raise DatoInvalido(_("Elija de la lista en qué calidad participa."), campo="tipo_autor")
    if contenido.postura and contenido.postura not in Postura.values:
        raise DatoInvalido(_("Elija su postura de la lista."), campo="postura")
    limpio = replace(
        contenido,
        texto=texto,
        titulo="",
        campos={},
        firma=None if contenido.firma is None else limpiar_linea(contenido.firma)[:LARGO_NOMBRE],
        organizacion=limpiar_linea(contenido.organizacion)[:LARGO_TITULO],
    )
    if tipo is not TipoAporte.PROPUESTA:
        return limpio
    titulo = limpiar_linea(_texto(contenido.titulo, "titulo", LARGO_TITULO, obligatorio=True))
    if contenido.tema is None:
        raise DatoInvalido(_("Elija el tema de su propuesta."), campo="tema")
    campos: dict[str, object] = {
        nombre: _texto(
            str(contenido.campos.get(nombre) or ""),
            nombre,
            LARGO_CAMPO,
            obligatorio=nombre == "problema",
        )
        for nombre in CAMPOS_DE_PROPUESTA
    }
    valores = contenido.campos.get("valores") or []
    if not isinstance(valores, list | tuple) or any(v not in Valor.values for v in valores):
        raise DatoInvalido(_("Elija los valores de la lista."), campo="valores")
    campos["valores"] = list(dict.fromkeys(valores))
    return replace(limpio, titulo=titulo, campos=campos)


def _texto(texto: str, campo: str, largo: int, *, obligatorio: bool = False) -> str:
    limpio = limpiar(texto)
    if obligatorio and not limpio:
        raise DatoInvalido(_("Este campo no puede quedar vacío."), campo=campo)
    if len(limpio) > largo:
        raise DatoInvalido(
            _("El texto tiene %(n)s caracteres y el máximo es %(m)s: acórtelo, por favor.")
            % {"n": f"{len(limpio):,}".replace(",", "."), "m": f"{largo:,}".replace(",", ".")},
            campo=campo,
        )
    return limpio
