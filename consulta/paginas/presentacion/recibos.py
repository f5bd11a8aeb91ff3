"""How the check of a receipt reads: one sentence, the chain drawn, and each thing that was looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from comun.registro import Sello
from consulta.aportes.models import Aporte
from consulta.aportes.recibos import como_texto, comprobante_de, en_grupos, publicar_prueba
from consulta.aportes.verificar import Paso, Resultado

TIPOS = {"bien": "exito", "pendiente": "info", "mal": "error"}


@dataclass(slots=True)
class VistaComprobante:
    """What a receipt shows beside folio and code."""

    huella: str
    en_chile: str
    en_utc: str
    sello: Sello | None
    cabeza: Sello | None
    descargable: bool
    url_verificar: str


def vista_de_comprobante(aporte: Aporte) -> VistaComprobante | None:
    """The fingerprint of a contribution's current words; None in rows older than receipts."""
    comprobante = comprobante_de(aporte)
    if comprobante is None:
        return None
    evento = comprobante.evento
    consulta = urlencode({"folio": aporte.folio, "huella": evento.compromiso})
    return VistaComprobante(
        huella=comprobante.huella,
        en_chile=f"{localtime(evento.en):%d-%m-%Y %H:%M:%S}",
        en_utc=f"{evento.en.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        sello=comprobante.sello,
        cabeza=comprobante.cabeza,
        descargable=getattr(evento, "detalle", None) is not None,
        url_verificar=f"{reverse('paginas:verificar')}?{consulta}#con-huella",
    )


@dataclass(slots=True)
class Eslabon:
    """One box of the drawing: `marca` says which one it is («suyo», «cabeza» or neither)."""

    titulo: str
    detalle: str
    marca: str


@dataclass(slots=True)
class VistaResultado:
    """What the page says of one check."""

    tipo: str
    titulo: str
    texto: str
    pasos: Sequence[Paso]
    eslabones: Sequence[Eslabon]
    huella: str
    prueba: str
    sello_n: int | None


def vista_de_resultado(resultado: Resultado) -> VistaResultado:
    """In plain words; the proof comes as the JSON anyone may keep."""
    prueba = publicar_prueba(resultado.prueba) if resultado.prueba else None
    titulo, texto = _palabras(resultado)
    return VistaResultado(
        tipo=TIPOS[resultado.estado],
        titulo=titulo,
        texto=texto,
        pasos=resultado.pasos,
        eslabones=_eslabones(resultado),
        huella=en_grupos(resultado.evento.compromiso) if resultado.evento else "",
        prueba=como_texto(prueba) if prueba else "",
        sello_n=resultado.sello.n if resultado.sello else None,
    )


def _palabras(resultado: Resultado) -> tuple[str, str]:
    sello = resultado.sello
    if resultado.estado == "mal":
        return "El recibo no cuadra con la cadena", " ".join(resultado.fallas)
    if sello is None:
        return (
            "Su aporte está registrado y espera su sello",
            "Los registros se sellan cada minuto. Vuelva a verificar en un momento.",
        )
    return (
        "Su aporte está en la cadena",
        f"Lo guarda el sello {sello.n}, {momento(sello.en)}, y nada se cambió desde entonces.",
    )


def momento(en: datetime) -> str:
    """«del 21 de noviembre de 2026 a las 10:25»."""
    local = localtime(en)
    return f"del {date_format(local, 'DATE_FORMAT')} a las {local:%H:%M}"


def _eslabones(resultado: Resultado) -> list[Eslabon]:
    sello, cabeza = resultado.sello, resultado.cabeza
    if sello is None:
        return []
    dia = date_format(localtime(sello.en), "SHORT_DATE_FORMAT")
    eslabones = []
    if sello.n > 1:
        eslabones.append(Eslabon(f"Sello {sello.n - 1}", "El anterior", ""))
    eslabones.append(Eslabon(f"Sello {sello.n}", f"Contiene su aporte · {dia}", "suyo"))
    if cabeza and cabeza.n > sello.n:
        entre = cabeza.n - sello.n - 1
        if entre:
            eslabones.append(Eslabon(f"{entre} más" if entre > 1 else "Uno más", "Encadenados", ""))
        dia = date_format(localtime(cabeza.en), "SHORT_DATE_FORMAT")
        eslabones.append(Eslabon(f"Sello {cabeza.n}", f"El más nuevo · {dia}", "cabeza"))
    return eslabones
