"""Checking a receipt against the chain, with an answer a person understands.

Anyone may ask; nothing is written, and what is answered says nothing that the receipt did not.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from comun import cadena
from comun.auditoria import compromiso, nombre_de
from comun.errores import DatoInvalido
from comun.registro import Evento, Sello
from comun.textos import limpiar_linea
from consulta.aportes.models import Aporte, AporteVersion
from consulta.aportes.recibos import FORMATO, VERBOS, huella_de_texto, leer_huella

LARGO_FOLIO = 24
ENLACES = 2_000
"""Seals after the receipt's whose links are checked in one request; the script checks all of them."""

LARGO_RECIBO = 400_000
"""Greatest receipt, in characters: the longest contribution and its proof take a quarter."""


@dataclass
class Paso:
    """One thing looked at. `bien` None: it could not be looked at, and `que` says why."""

    que: str
    bien: bool | None = True


@dataclass
class Resultado:
    """`estado`: «bien», «pendiente» (not sealed yet) or «mal». `pasos` in the order of the chain."""

    estado: str
    pasos: list[Paso] = field(default_factory=list)
    folio: str = ""
    evento: Evento | None = None
    sello: Sello | None = None
    prueba: cadena.Prueba | None = None
    cabeza: Sello | None = None

    def anotar(self, que: str, bien: bool | None = True) -> bool:
        """Add a step; returns whether one may go on."""
        self.pasos.append(Paso(que, bien))
        if bien is False:
            self.estado = "mal"
        return bien is not False

    @property
    def fallas(self) -> list[str]:
        return [p.que for p in self.pasos if p.bien is False]


def leer_recibo(texto: str) -> dict[str, Any]:
    """A receipt as pasted or uploaded. Raises DatoInvalido when it is none, saying what it lacks."""
    if len(texto) > LARGO_RECIBO:
        raise DatoInvalido(_("El archivo es demasiado grande para ser un recibo."), campo="recibo")
    try:
        datos = json.loads(texto)
    except (ValueError, RecursionError) as error:
        raise DatoInvalido(
            _("Esto no es un recibo: debe ser el archivo .json que va en su correo."),
            campo="recibo",
        ) from error
    if not isinstance(datos, dict) or datos.get("formato") != FORMATO:
        raise DatoInvalido(
            _("El archivo no es un recibo de aporte de este portal."), campo="recibo"
        )
    evento, detalle = datos.get("evento"), datos.get("detalle")
    textos = [datos.get("folio"), datos.get("sal")]
    if isinstance(evento, dict):
        textos += [evento.get(c) for c in ("en", "verbo", "objeto", "actor", "compromiso")]
    if (
        not isinstance(evento, dict)
        or not all(isinstance(t, str) for t in textos)
        or type(evento.get("seq")) is not int
        or not 0 < evento["seq"] < 2**63
        or not isinstance(detalle, dict)
        or not isinstance(detalle.get("despues"), dict)
        or not isinstance(datos.get("contenido"), dict)
        or _instante(evento["en"]) is None
    ):
        raise DatoInvalido(
            _("Al recibo le falta una parte: use el archivo completo."), campo="recibo"
        )
    return datos


def verificar_recibo(recibo: dict[str, Any]) -> Resultado:
    """A whole receipt: its words, its fingerprint, its leaf, its seal and the links after it."""
    resultado = Resultado("bien", folio=limpiar_linea(recibo["folio"])[:LARGO_FOLIO])
    dicho = recibo["evento"]
    detalle = recibo["detalle"]
    suma = hashlib.sha256(
        json.dumps(recibo["contenido"], sort_keys=True, ensure_ascii=False).encode(
            errors="surrogatepass"
        )
    ).hexdigest()
    resultado.anotar(
        _("El texto del recibo es el que se registró.")
        if suma == detalle["despues"].get("sha256")
        else _("El texto del recibo no es el que se registró: alguna palabra cambió."),
        suma == detalle["despues"].get("sha256"),
    )
    comprometido = {
        "actor": dicho["actor"],
        "antes": detalle.get("antes", {}),
        "despues": detalle["despues"],
    }
    propia = _suma_segura(recibo["sal"], comprometido) == dicho["compromiso"]
    resultado.anotar(
        _("La huella corresponde a lo que el recibo dice que se registró y a su sal.")
        if propia
        else _("La huella del recibo no corresponde a lo que dice que se registró y a su sal."),
        propia,
    )
    evento = Evento.objects.filter(seq=dicho["seq"]).first()
    if evento is None:
        resultado.anotar(_("La cadena no tiene el evento que cita el recibo."), False)
        return resultado
    iguales = (
        evento.compromiso == dicho["compromiso"]
        and evento.verbo == dicho["verbo"]
        and evento.objeto == dicho["objeto"]
        and evento.actor_seudonimo == dicho["actor"]
        and cadena.instante(evento.en) == dicho["en"]
    )
    resultado.anotar(
        _("El portal guarda el mismo registro: fecha, hora y huella.")
        if iguales
        else _("El registro que guarda el portal no es el que cita el recibo."),
        iguales,
    )
    if resultado.estado == "mal":
        return resultado
    _comprobar_folio(resultado, evento)
    _comprobar_cabeza(resultado, recibo)
    return _comprobar_cadena(resultado, evento)


def verificar_huella(aporte: Aporte | None, huella: str) -> Resultado:
    """A folio and the fingerprint of its receipt. Raises DatoInvalido when `huella` cannot be one."""
    letras = leer_huella(huella)
    if letras is None:
        raise DatoInvalido(
            _(
                "La huella va en grupos de cuatro, con números y letras de la a a la f: copie al menos "
                "los cuatro primeros grupos."
            ),
            campo="huella",
        )
    resultado = Resultado("bien", folio=aporte.folio if aporte else "")
    evento = None
    if aporte is not None:
        eventos = Evento.objects.filter(objeto=nombre_de(aporte), verbo__in=VERBOS)
        evento = eventos.filter(compromiso__startswith=letras).order_by("seq").first()
    if evento is None:
        resultado.anotar(
            _(
                "Ningún registro de ese folio tiene esa huella. Revise que ambos estén bien copiados."
            ),
            False,
        )
        return resultado
    resultado.anotar(_("La huella es la que el portal registró para ese folio."))
    _comprobar_folio(resultado, evento)
    return _comprobar_cadena(resultado, evento)


def _suma_segura(sal: str, detalle: dict[str, Any]) -> str:
    try:
        return compromiso(sal, detalle)
    except (UnicodeEncodeError, RecursionError):
        return ""


def _instante(texto: str) -> datetime | None:
    try:
        return parse_datetime(texto)
    except ValueError:
        return None


def _comprobar_folio(resultado: Resultado, evento: Evento) -> None:
    """What is public today under that folio: said, never a failure of the chain."""
    pk = evento.objeto.rpartition(":")[2]
    aporte = Aporte.objects.select_related("consulta").filter(pk=pk).first()
    if aporte is None or not aporte.folio:
        resultado.anotar(
            _("El aporte todavía no se confirma por correo: aún no tiene folio."), None
        )
        return
    if resultado.folio.upper() != aporte.folio:
        resultado.anotar(
            _("El folio del recibo es %(uno)s y ese registro es del aporte %(otro)s.")
            % {"uno": resultado.folio, "otro": aporte.folio},
            False,
        )
        return
    if not aporte.es_visible:
        resultado.anotar(
            _("Hoy el aporte está %(estado)s; su folio y su lugar en la cadena se conservan.")
            % {"estado": aporte.get_situacion_display().lower()},
            None,
        )
        return
    _comprobar_publicado(resultado, aporte, evento)


def _comprobar_publicado(resultado: Resultado, aporte: Aporte, evento: Evento) -> None:
    detalle = getattr(evento, "detalle", None)
    n = detalle.despues.get("n") if detalle else None
    version = AporteVersion.objects.filter(aporte=aporte, n=n).first() if n else None
    if version is None or version.texto is None:
        resultado.anotar(
            _("Los datos personales de este aporte fueron borrados; la huella se conserva."), None
        )
    elif huella_de_texto(version) != detalle.despues.get("sha256"):  # type: ignore[union-attr]
        resultado.anotar(_("El texto publicado no es el que se registró."), False)
    elif version.n != aporte.version:
        resultado.anotar(
            _("Es la versión %(n)s: después usted la corrigió, y ambas se conservan.") % {"n": n},
            None,
        )
    else:
        resultado.anotar(_("El texto publicado hoy es el que se registró."))


def _comprobar_cabeza(resultado: Resultado, recibo: dict[str, Any]) -> None:
    """The head the receipt quotes witnesses the chain as it was when it was issued."""
    cabeza = recibo.get("cabeza")
    if not isinstance(cabeza, dict):
        return
    n = cabeza.get("n")
    publicado = Sello.objects.filter(n=n).first() if type(n) is int and 0 < n < 2**31 else None
    igual = publicado is not None and publicado.sha256 == cabeza.get("sha256")
    resultado.anotar(
        _("La cadena sigue conteniendo el sello %(n)s que cita el recibo.") % {"n": n}
        if igual
        else _("La cadena ya no contiene el sello que cita el recibo: fue reescrita."),
        igual,
    )


def _comprobar_cadena(resultado: Resultado, evento: Evento) -> Resultado:
    resultado.evento, resultado.cabeza = evento, cadena.cabeza()
    prueba = cadena.probar(evento)
    if prueba is None:
        if resultado.estado == "bien":
            resultado.estado = "pendiente"
        resultado.anotar(_("Todavía no se sella: se hace cada minuto. Vuelva a intentarlo."), None)
        return resultado
    resultado.prueba, resultado.sello = prueba, prueba.sello
    falla = cadena.falla_de_sello(prueba.sello)
    resultado.anotar(
        _("El sello %(n)s lo contiene, y sus %(c)s registros no han cambiado.")
        % {"n": prueba.sello.n, "c": prueba.sello.cuantos}
        if falla is None
        else _("El sello %(n)s no cuadra: %(que)s.") % {"n": prueba.sello.n, "que": falla.detalle},
        falla is None,
    )
    _comprobar_enlaces(resultado, prueba.sello)
    return resultado


def _comprobar_enlaces(resultado: Resultado, sello: Sello) -> None:
    ultimo = min(resultado.cabeza.n if resultado.cabeza else sello.n, sello.n + ENLACES)
    rota = next(cadena.fallas_de_enlace(sello.n, ultimo), None)
    siguen = ultimo - sello.n
    if rota is not None:
        texto = _("La cadena se corta en el sello %(n)s: %(que)s.") % {
            "n": rota.n, "que": rota.detalle,
        }  # fmt: skip
    elif siguen:
        texto = _("Los %(c)s sellos que siguen continúan unos a otros hasta el %(n)s.") % {
            "c": siguen, "n": ultimo,
        }  # fmt: skip
    else:
        texto = _("Es el sello más nuevo, y continúa al anterior.")
    resultado.anotar(texto, rota is None)
