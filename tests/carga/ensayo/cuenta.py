"""What the program itself knows: each contribution, what became of it, and who should have been told."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

MESES = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
SUMAS = ("recibidos", "respondidos", "pendientes", "retirados", "removidos")
RESULTADOS = {
    "incorporada": "Incorporada",
    "parcial": "Parcialmente incorporada",
    "ya_contemplada": "Ya contemplada",
    "no_incorporada": "No incorporada",
    "fuera_de_alcance": "Fuera de alcance",
    "aclaracion": "Aclaración",
}


@dataclass
class Fila:
    """One contribution as the program sent it and as it answered it. `correo` is empty where nobody
    can be told; `dicho` is every word its author was told, `respuesta` names the response that did."""

    folio: str
    consulta: str
    tipo: str
    correo: str
    pk: int = 0
    tema: str = ""
    region: str = ""
    tipo_autor: str = ""
    texto: str = ""
    estado: str = "pendiente"
    institucion: str = ""
    resultado: str = ""
    razon: str = ""
    linea: str = ""
    respuesta: str = ""
    versiones: int = 0

    @property
    def palabras(self) -> str:
        """What it was told, without capitals, accents or punctuation."""
        llano = unicodedata.normalize("NFKD", f"{self.razon} {self.linea}".lower())
        return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in llano if c.isascii())))


@dataclass
class Cuenta:
    """The ledger as the program keeps it; `esperados` counts mails by address and beginning of subject,
    `en_sitio` has address and beginning of what `/avisos/` should list."""

    filas: dict[str, Fila] = field(default_factory=dict)
    esperados: Counter[tuple[str, str]] = field(default_factory=Counter)
    en_sitio: list[tuple[str, str]] = field(default_factory=list)
    instituciones: dict[str, str] = field(default_factory=dict)
    temas: dict[str, str] = field(default_factory=dict)
    regiones: dict[str, str] = field(default_factory=dict)
    autores: dict[str, str] = field(default_factory=dict)
    mes: str = field(
        default_factory=lambda: f"{MESES[date.today().month - 1]} de {date.today():%Y}"
    )

    def de(self, consulta: str, estado: str = "") -> list[Fila]:
        """Those of a consultation, in the order they came."""
        filas = [f for f in self.filas.values() if f.consulta == consulta]
        return [f for f in filas if not estado or f.estado == estado]

    def correo(self, para: str, asunto: str) -> None:
        """Somebody should be told so once more."""
        if para:
            self.esperados[para, asunto] += 1

    def respondida(self, folios: Iterable[str], *, respuesta: str, institucion: str, razon: str,
                   resultado: str, lineas: dict[str, str] | None = None,
                   resultados: dict[str, str] | None = None, asunto: str = "") -> None:  # fmt: skip
        """A version was published. What was withdrawn or removed meanwhile was set aside by the site."""
        for folio in folios:
            f = self.filas[folio]
            if f.estado in ("retirado", "removido"):
                continue
            f.versiones += 1
            titulo = asunto or ("Respondimos" if f.versiones == 1 else "Corregimos la respuesta")
            f.estado, f.respuesta, f.institucion = "respondido", respuesta, institucion
            f.razon, f.linea = razon, (lineas or {}).get(folio, "")
            f.resultado = (resultados or {}).get(folio, resultado)
            self.correo(f.correo, f"{titulo} a su aporte {folio}")

    def clases(self) -> dict[str, str]:
        """How much each answered one was told alone: `identico`, `comun`, `propio`. Only what the
        program said is compared: it says words nobody else says."""
        quien: dict[str, list[Fila]] = {}
        for f in self.filas.values():
            if f.estado == "respondido":
                quien.setdefault(f.palabras, []).append(f)
        hechas = {}
        for suyas in quien.values():
            varias = len({f.respuesta for f in suyas}) > 1
            clase = "identico" if varias else "comun" if len(suyas) > 1 else "propio"
            hechas |= dict.fromkeys((f.folio for f in suyas), clase)
        return hechas

    def cortes(self) -> dict[str, Callable[[Fila], str]]:
        """The cuts of the ledger, by the name each group has in page, CSV and API."""
        return {
            "institucion": lambda f: f.institucion or "Sin institución asignada",
            "tema": lambda f: self.temas.get(f.tema, "Sin tema"),
            "region": lambda f: self.regiones.get(f.region, "Nacional, sin región"),
            "tipo_autor": lambda f: self.autores.get(f.tipo_autor, "No lo dijo"),
            "resultado": lambda f: (
                RESULTADOS.get(f.resultado, "")
                if f.estado == "respondido"
                else {
                    "pendiente": "Sin respuesta todavía",
                    "retirado": "Retirados por su autor o autora",
                    "removido": "Removidos por moderación",
                }[f.estado]
            ),
            "mes": lambda f: self.mes,
        }


def sumar(filas: Iterable[Fila]) -> dict[str, int]:
    """The sums of some rows (INV-02)."""
    por = Counter(f.estado for f in filas)
    return {
        "recibidos": sum(por.values()),
        "respondidos": por["respondido"],
        "pendientes": por["pendiente"],
        "retirados": por["retirado"],
        "removidos": por["removido"],
    }
