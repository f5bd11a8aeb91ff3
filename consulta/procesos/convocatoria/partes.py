"""What each part of the file may hold, and the values it stands for."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, DateField, DateTimeField, Model
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import slugify
from django.utils.translation import gettext as _

from comun.errores import DatoInvalido
from comun.fechas import SANTIAGO, comienzo_del_dia
from consulta.procesos.avisos_de_plazo import revisar_avisos
from consulta.procesos.convocatoria.yaml import Falla, Fallas, Lectura, raiz
from consulta.procesos.enums import TipoEtapa
from consulta.procesos.models import Consulta, Etapa, Proceso, Tema
from foro.enums import Sector

PARTES = ("proceso", "etapas", "consulta", "temas", "anunciar", "razon_excepcion")
DE_PROCESO = ("slug", "titulo", "resumen", "nota_fuente")
DE_ETAPA = (
    "orden", "tipo", "titulo", "descripcion", "prevista_inicio", "prevista_fin", "inicio", "fin",
)  # fmt: skip
DE_CONSULTA = (
    "slug", "etapa", "titulo", "sigla", "resumen", "que_se_puede_cambiar",
    "que_no_se_puede_cambiar", "quien_decide", "responder_antes_de", "plazo_habiles",
    "plazo_desde", "avisos_de_plazo", "pide_postura", "acepta_invitados", "acepta_adjuntos", "conformidades",
)  # fmt: skip
OBLIGATORIAS = {
    "proceso": ("slug", "titulo"),
    "consulta": ("slug", "titulo", "sigla", "resumen", "que_se_puede_cambiar", "quien_decide"),
}
SIGLA = re.compile(r"[A-Z][A-Z0-9]{1,11}")
SI, NO = ("true", "sí", "si", "yes"), ("false", "no")


@dataclass(frozen=True)
class Parte:
    """Some columns of one row, and the path they are written at."""

    ruta: str
    campos: dict[str, Any]


@dataclass(frozen=True)
class Convocatoria:
    """What a file asks for. `proceso` holds only its slug where it must exist already.

    `etapa` is the place (`orden`) of the stage the consultation is in; None when the file has one
    stage that takes contributions, and it is that one.
    """

    proceso: Parte
    etapas: list[Parte]
    consulta: Parte
    etapa: int
    temas: list[tuple[str, str]]
    anunciar: bool
    razon_excepcion: str
    lineas: dict[str, int] = field(default_factory=dict)

    def falla(self, ruta: str, que: str) -> Falla:
        """What the flows refused, at the line it was asked."""
        return Falla(ruta, Lectura(lineas=self.lineas).linea(ruta), que)


def leer(crudo: bytes) -> Convocatoria:
    """Read a whole file. Raises Fallas with everything that can be known without the database."""
    lectura = Lectura()
    nodos = lectura.claves(raiz(crudo), "", PARTES)
    for nombre in ("proceso", "consulta"):
        if nombre not in nodos:
            lectura.fallar(nombre, _("Falta esta parte."))
    proceso = _proceso(lectura, nodos["proceso"]) if "proceso" in nodos else Parte("proceso", {})
    etapas = _etapas(lectura, nodos.get("etapas"))
    consulta = Parte("consulta", {})
    if "consulta" in nodos:
        consulta = _parte(lectura, nodos["consulta"], "consulta", Consulta, DE_CONSULTA)
        _revisar_sigla(lectura, consulta)
    temas = _temas(lectura, nodos.get("temas"))
    anunciar = "anunciar" in nodos and _si_o_no(lectura, nodos["anunciar"], "anunciar")
    razon = (
        lectura.texto(nodos["razon_excepcion"], "razon_excepcion")
        if "razon_excepcion" in nodos
        else ""
    )
    etapa = _etapa_de_la_consulta(lectura, consulta, etapas) if "consulta" in nodos else 0
    if lectura.fallas:
        raise Fallas(sorted(lectura.fallas, key=lambda f: f.linea))
    return Convocatoria(
        proceso, etapas, consulta, etapa, temas, anunciar, razon, lineas=lectura.lineas
    )


def _proceso(lectura: Lectura, nodo: yaml.Node) -> Parte:
    """A mapping describes it; one word is the slug of one that exists."""
    if isinstance(nodo, yaml.ScalarNode):
        slug = lectura.texto(nodo, "proceso")
        if not slug:
            lectura.fallar("proceso", _("Escriba el slug de un proceso, o descríbalo."))
        return Parte("proceso", {"slug": slug})
    return _parte(lectura, nodo, "proceso", Proceso, DE_PROCESO)


def _etapas(lectura: Lectura, nodo: yaml.Node | None) -> list[Parte]:
    etapas: list[Parte] = []
    ordenes: set[int] = set()
    for i, (ruta, suyo) in enumerate(lectura.lista(nodo, "etapas") if nodo else [], 1):
        parte = _parte(lectura, suyo, ruta, Etapa, DE_ETAPA)
        campos = parte.campos
        orden = campos.setdefault("orden", i)
        if orden in ordenes:
            lectura.fallar(f"{ruta}.orden", _("Otra etapa ya tiene ese lugar."))
        ordenes.add(orden)
        for desde, hasta in (("inicio", "fin"), ("prevista_inicio", "prevista_fin")):
            if campos.get(desde) and campos.get(hasta) and campos[hasta] <= campos[desde]:
                lectura.fallar(f"{ruta}.{hasta}", _("La etapa debe terminar después de empezar."))
        etapas.append(parte)
    return etapas


def _temas(lectura: Lectura, nodo: yaml.Node | None) -> list[tuple[str, str]]:
    temas = []
    for ruta, suyo in lectura.lista(nodo, "temas") if nodo else []:
        nombre = lectura.texto(suyo, ruta)
        slug = slugify(nombre)
        if not slug or len(nombre) > Tema._meta.get_field("nombre").max_length:  # type: ignore[operator]
            lectura.fallar(ruta, _("El nombre de un tema tiene de 1 a 120 caracteres."))
        temas.append((slug, nombre))
    return temas


def _etapa_de_la_consulta(lectura: Lectura, consulta: Parte, etapas: list[Parte]) -> int:
    orden = consulta.campos.pop("etapa", None)
    if orden is not None:
        return int(orden)
    abren = [
        e
        for e in etapas
        if e.campos.get("tipo") in TipoEtapa.values and TipoEtapa(e.campos["tipo"]).permite
    ]
    if len(abren) != 1:
        lectura.fallar(
            "consulta.etapa",
            _(
                "Diga en qué etapa se recibe: el número de su lugar. No hace falta cuando el archivo "
                "trae una sola que recibe aportes («recepcion» o «consulta_borrador»)."
            ),
        )
        return 0
    return int(abren[0].campos["orden"])


def _parte(
    lectura: Lectura, nodo: yaml.Node, ruta: str, modelo: type[Model], nombres: tuple[str, ...]
) -> Parte:
    """The columns of one row, each checked as its table would."""
    nodos = lectura.claves(nodo, ruta, nombres)
    campos: dict[str, Any] = {}
    for nombre, suyo in nodos.items():
        campos[nombre] = _valor(lectura, suyo, f"{ruta}.{nombre}", modelo, nombre)
    for nombre in OBLIGATORIAS.get(ruta, ()):
        if nombre not in campos:
            lectura.fallar(f"{ruta}.{nombre}", _("Falta este dato."))
    propios = {n: v for n, v in campos.items() if n not in ("etapa", "tipo")}
    otros = [f.name for f in modelo._meta.fields if f.name not in propios]
    try:
        modelo(**propios).clean_fields(exclude=otros)
    except ValidationError as error:
        for nombre, dichos in error.message_dict.items():
            lectura.fallar(f"{ruta}.{nombre}", " ".join(dichos))
    return Parte(ruta, campos)


def _valor(lectura: Lectura, nodo: yaml.Node, ruta: str, modelo: type[Model], nombre: str) -> Any:
    if nombre in ("orden", "etapa", "plazo_habiles"):
        return _entero(lectura, nodo, ruta)
    if nombre == "conformidades":
        return _sectores(lectura, nodo, ruta)
    if nombre == "avisos_de_plazo":
        return _avisos(lectura, nodo, ruta)
    columna = modelo._meta.get_field(nombre)
    if isinstance(columna, BooleanField):
        return _si_o_no(lectura, nodo, ruta)
    texto = lectura.texto(nodo, ruta)
    if isinstance(columna, DateTimeField):
        return _instante(lectura, texto, ruta, al_final=nombre.endswith("fin"))
    if isinstance(columna, DateField):
        return _dia(lectura, texto, ruta)
    if nombre == "tipo" and texto not in TipoEtapa.values:
        lectura.fallar(ruta, _("Use uno de estos: %(t)s.") % {"t": ", ".join(TipoEtapa.values)})
    return texto.upper() if nombre == "sigla" else texto


def _sectores(lectura: Lectura, nodo: yaml.Node, ruta: str) -> list[str]:
    """Whose approval each answer needs, in the order of the forum."""
    dichos = {lectura.texto(suyo, suya): suya for suya, suyo in lectura.lista(nodo, ruta)}
    for sector, suya in dichos.items():
        if sector not in Sector.values:
            lectura.fallar(suya, _("Use uno de estos: %(s)s.") % {"s": ", ".join(Sector.values)})
    return [sector.value for sector in Sector if sector in dichos]


def _avisos(lectura: Lectura, nodo: yaml.Node, ruta: str) -> list[int]:
    """Business days before, as a list."""
    dias = [_entero(lectura, suyo, suya) for suya, suyo in lectura.lista(nodo, ruta)]
    try:
        return revisar_avisos(dias)
    except DatoInvalido as error:
        lectura.fallar(ruta, error.mensaje)
        return []


def _revisar_sigla(lectura: Lectura, consulta: Parte) -> None:
    sigla = consulta.campos.get("sigla")
    if sigla and not SIGLA.fullmatch(sigla):
        lectura.fallar(
            "consulta.sigla",
            _("Use de 2 a 12 letras sin tilde o números, y empiece con una letra: P7B."),
        )


def _entero(lectura: Lectura, nodo: yaml.Node, ruta: str) -> int:
    texto = lectura.texto(nodo, ruta)
    if not (texto.isascii() and texto.isdigit() and 1 <= int(texto[:6]) <= 999 and len(texto) < 7):
        lectura.fallar(ruta, _("Escriba un número del 1 al 999."))
        return 1
    return int(texto)


def _si_o_no(lectura: Lectura, nodo: yaml.Node, ruta: str) -> bool:
    texto = lectura.texto(nodo, ruta).lower()
    if texto not in (*SI, *NO):
        lectura.fallar(ruta, _("Escriba «sí» o «no»."))
    return texto in SI


def _dia(lectura: Lectura, texto: str, ruta: str) -> date | None:
    if not texto:
        return None
    try:
        dia = parse_date(texto)
    except ValueError:
        dia = None
    if dia is None or not 1900 <= dia.year <= 9000:
        lectura.fallar(ruta, _("Escriba el día como 2027-03-31."))
        return None
    return dia


def _instante(lectura: Lectura, texto: str, ruta: str, *, al_final: bool) -> datetime | None:
    """A day, or a day and an hour of Chile. A day alone is whole: an end takes it in until midnight."""
    if not texto:
        return None
    try:
        dia = parse_date(texto)
        instante = None if dia else parse_datetime(texto)
    except ValueError:
        dia = instante = None
    dicho = dia or instante
    if dicho is None or not 1900 <= dicho.year <= 9000:
        lectura.fallar(
            ruta, _("Escriba la fecha como 2027-03-31, o con hora de Chile: 2027-03-31 18:00.")
        )
        return None
    if isinstance(dicho, datetime):
        return dicho if dicho.tzinfo else dicho.replace(tzinfo=SANTIAGO)
    return comienzo_del_dia(dicho + timedelta(days=1) if al_final else dicho)
