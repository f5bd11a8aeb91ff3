"""Plain-language advice on an answer that is being written. Advice stops nobody."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consulta.procesos.models import Consulta
from consulta.respuestas.enums import EXIGEN_CAMBIO
from consulta.respuestas.models import Borrador, Cobertura
from consulta.respuestas.sello import huella_de_texto

FRASE_LARGA = 30
"""Words from which a sentence is hard to follow."""
RAZON_CORTA = 12
_FRASE = re.compile(r"[^.!?\n]+")
_SIGLA = re.compile(r"\b[A-ZÁÉÍÓÚÑ]{2,8}\b")
_CONOCIDAS = frozenset({"RUN", "RUT", "COVID", "PDF", "IVA"})
_SECO = re.compile(r"\bno (corresponde|procede|es posible|aplica|es pertinente)\b", re.I)
_POR_QUE = re.compile(
    r"\b(porque|ya que|puesto que|debido|dado que|pues|ley|decreto|artículo|reglamento|presupuesto)\b",
    re.I,
)
_FORMULAS = re.compile(
    r"\b(tómese conocimiento|por orden de|en atención a lo anterior|al respecto, cabe|el infrascrito|"
    r"sin otro particular|visto y considerando)\b",
    re.I,
)


def consejos_de(razon: str, resultado: str = "") -> list[str]:
    """What would make `razon` easier to understand, at most five pieces of advice. Reads nothing."""
    consejos = []
    largas = [f for f in _FRASE.findall(razon) if len(f.split()) > FRASE_LARGA]
    if largas:
        comienzo = " ".join(largas[0].split()[:6])
        consejos.append(
            _("La frase que empieza «%(f)s…» tiene %(n)s palabras: córtela en dos.")
            % {"f": comienzo, "n": len(largas[0].split())}
        )
    explicadas = set(re.findall(r"\(([A-ZÁÉÍÓÚÑ]{2,8})\)", razon))
    siglas = sorted(set(_SIGLA.findall(razon)) - _CONOCIDAS - explicadas)
    if siglas and not razon.isupper():
        consejos.append(
            _("¿Todos saben qué es %(s)s? Escriba el nombre completo la primera vez.")
            % {"s": ", ".join(siglas[:3])}
        )
    if (seco := _SECO.search(razon)) and not _POR_QUE.search(razon):
        consejos.append(
            _("«%(f)s» no dice por qué: agregue la razón de fondo.") % {"f": seco[0].capitalize()}
        )
    if formula := _FORMULAS.search(razon):
        consejos.append(
            _("«%(f)s» es de oficio: dígalo como en una conversación.") % {"f": formula[0]}
        )
    if razon.strip() and len(razon.split()) < RAZON_CORTA:
        consejos.append(
            _("Es muy breve: diga qué se decidió, por qué y qué pasa ahora.")
            if resultado not in EXIGEN_CAMBIO
            else _("Es muy breve: diga qué cambió y dónde puede leerse.")
        )
    return consejos[:5]


def dicho_de(
    borrador: Borrador | None, consulta: Consulta, escrito: Mapping[str, str], editan: list[str]
) -> dict[str, Any]:
    """What a page says after it saved itself: when, advice, who else has it open."""
    razon = escrito.get("razon", "")
    consejos = consejos_de(razon, escrito.get("resultado", ""))
    repetida = repetida_en(consulta, razon, escrito.get("linea", ""))
    hora = date_format(timezone.localtime(borrador.modificado_en), "H:i:s") if borrador else ""
    return {
        "guardado": _("Guardado a las %(h)s") % {"h": hora} if borrador else "",
        "visto": borrador.modificado_en.isoformat() if borrador else "",
        "consejos": [*consejos, *([repetida] if repetida else [])],
        "editan": editan,
    }


def repetida_en(consulta: Consulta, razon: str, linea: str = "") -> str:
    """A gentle word when answers with the very same text were published; one query, empty when none."""
    if not razon.strip():
        return ""
    iguales = Cobertura.objects.publicadas().filter(
        version__respuesta__consulta=consulta, huella=huella_de_texto(razon, linea)
    )
    n = iguales.count()
    if not n:
        return ""
    veces = _("una respuesta publicada") if n == 1 else _("%(n)s respuestas publicadas") % {"n": n}
    return _(
        "Este mismo texto ya está en %(veces)s de esta consulta. Se publica qué parte de las respuestas "
        "repite un texto: una línea personal ayuda a que cada quien se sienta leído."
    ) % {"veces": veces}
