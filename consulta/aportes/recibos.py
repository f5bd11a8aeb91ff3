"""What an author takes away: their words, the salt, and the place of both in the chain of seals.

The format is a promise to other programs, told with test vectors in docs/recibos.md. Nothing here
writes, and nothing but the author's own page, mail and API may show `recibo_de`.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from comun import cadena
from comun.auditoria import nombre_de
from comun.avisos import direccion_absoluta
from comun.registro import Evento, EventoDetalle, Sello
from consulta.aportes.models import Aporte, AporteVersion

FORMATO = "recibo-de-aporte/1"
VERBOS = ("enviar_aporte", "corregir_aporte", "ingresar_aporte")
"""Events that bind words: their detail names the version `n` and the `sha256` of its text."""

LARGO_GRUPO = 4
MINIMO = 16
"""Hexadecimal characters of a fingerprint that are enough to look for it."""


def huella_de_texto(version: AporteVersion) -> str:
    """SHA-256 of the canonical JSON of title, text and fields of one version."""
    contenido = contenido_de(version)
    texto = json.dumps(contenido, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(texto.encode()).hexdigest()


def contenido_de(version: AporteVersion) -> dict[str, Any]:
    """What `huella_de_texto` sums: empty and absent are the same."""
    return {
        "titulo": version.titulo or "",
        "texto": version.texto or "",
        "campos": version.campos or {},
    }


def lo_escrito(version: AporteVersion) -> dict[str, Any]:
    """What the event of a sending or a correction says of the words it brings."""
    return {"n": version.n, "sha256": huella_de_texto(version)}


def en_grupos(huella: str) -> str:
    """A fingerprint as people read it out: «3f9a 00c1 …»."""
    return " ".join(huella[i : i + LARGO_GRUPO] for i in range(0, len(huella), LARGO_GRUPO))


def leer_huella(texto: str) -> str | None:
    """The hexadecimal letters of what was typed, without spaces or dashes; None when it is none."""
    letras = "".join(c for c in texto.lower() if not c.isspace() and c not in "-–:.")
    bien = MINIMO <= len(letras) <= 64 and all(c in "0123456789abcdef" for c in letras)
    return letras if bien else None


@dataclass(frozen=True)
class Comprobante:
    """The event that holds one version of a contribution, and where it stands in the chain."""

    evento: Evento
    cabeza: Sello | None

    @cached_property
    def sello(self) -> Sello | None:
        """The seal it lies in; None while it waits for the next one. Read when it is asked for."""
        return cadena.sello_de_evento(self.evento.seq)

    @property
    def huella(self) -> str:
        return en_grupos(self.evento.compromiso)


def evento_de(aporte: Aporte, version: int | None = None) -> Evento | None:
    """The event that brought the words of `version` (the current one); None in rows older than receipts."""
    n = version or aporte.version
    candidatos = (
        Evento.objects.filter(objeto=nombre_de(aporte), verbo__in=VERBOS)
        .select_related("detalle")
        .order_by("seq")
    )
    # Few: one per correction. By its detail while there is one; by its turn once that was erased.
    eventos = list(candidatos)
    for evento in eventos:
        detalle = getattr(evento, "detalle", None)
        if detalle is not None and detalle.despues.get("n") == n:
            return evento
    return eventos[n - 1] if 0 < n <= len(eventos) else None


def comprobante_de(aporte: Aporte, version: int | None = None) -> Comprobante | None:
    """Fingerprint and seal of the words of `version`, the current one where none is named."""
    evento = evento_de(aporte, version)
    if evento is None:
        return None
    return Comprobante(evento, cadena.cabeza())


def recibo_de(
    aporte: Aporte,
    *,
    ahora: datetime,
    con_prueba: bool = True,
    version: AporteVersion | None = None,
    comprobante: Comprobante | None = None,
) -> dict[str, Any] | None:
    """The whole receipt of the words of `version` (None: the current one), for their author alone.

    The proof reads every leaf of its seal: without `con_prueba` it costs the same however large that is.

    None once the detail of the event was erased: whoever kept their receipt still can verify it.
    Needs `consulta` loaded; `comprobante`, where it was read, is not read again.
    """
    version = version or aporte.contenido
    comprobante = comprobante or comprobante_de(aporte, version.n)
    if comprobante is None:
        return None
    evento, cabeza = comprobante.evento, comprobante.cabeza
    detalle: EventoDetalle | None = getattr(evento, "detalle", None)
    if detalle is None or "sha256" not in detalle.despues:
        return None
    prueba = cadena.probar(evento) if con_prueba else None
    return {
        "formato": FORMATO,
        "folio": aporte.folio,
        "consulta": aporte.consulta.titulo,
        "direccion": direccion_absoluta(aporte.get_absolute_url()),
        "cadena": direccion_absoluta("/verificar/cadena.json"),
        "emitido_en": cadena.instante(ahora),
        "contenido": contenido_de(version),
        "sal": detalle.sal,
        "detalle": {"antes": detalle.antes, "despues": detalle.despues},
        "evento": {
            "seq": evento.seq,
            "en": cadena.instante(evento.en),
            "verbo": evento.verbo,
            "objeto": evento.objeto,
            "actor": evento.actor_seudonimo,
            "compromiso": evento.compromiso,
        },
        "cabeza": cadena.publicar(cabeza) if cabeza else None,
        "prueba": publicar_prueba(prueba) if prueba else None,
    }


def publicar_prueba(prueba: cadena.Prueba) -> dict[str, Any]:
    """An inclusion proof as receipts and the API say it."""
    return {
        "sello": cadena.publicar(prueba.sello),
        "indice": prueba.indice,
        "camino": prueba.camino,
    }


def como_texto(recibo: dict[str, Any]) -> str:
    """The file an author keeps."""
    return json.dumps(recibo, ensure_ascii=False, indent=2) + "\n"
