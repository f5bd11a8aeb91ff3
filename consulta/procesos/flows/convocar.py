"""A whole consultation at once, by the same flows a person uses one by one; again changes nothing."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from comun.errores import Conflicto, DatoInvalido, ErrorDeDominio
from consulta.procesos.convocatoria import Convocatoria, Parte
from consulta.procesos.flows import gestionar
from consulta.procesos.flows.anunciar import anunciar_consulta
from consulta.procesos.models import Consulta, Etapa, Proceso, Tema
from cuentas.models import User

NUEVO, CAMBIA, IGUAL = "se crea", "cambia", "ya está así"


@dataclass
class Hecho:
    """What came of a file: the consultation, and (what, «se crea» | «cambia» | «ya está así»)."""

    consulta: Consulta | None = None
    filas: list[tuple[str, str]] = field(default_factory=list)
    anunciada: bool = False


@transaction.atomic
def convocar(*, convocatoria: Convocatoria, por: User, ahora: datetime | None = None) -> Hecho:
    """Create what is not there and change what differs: the process by its slug, its stages by their
    place, the consultation by its slug, the themes by name; then announce it, if asked and not yet.

    All or nothing. A column the file does not name stays as it is. Raises what the flows raise;
    `campo` is the path in the file.
    """
    ahora = ahora or timezone.now()
    hecho = Hecho()
    proceso = _proceso(convocatoria.proceso, por, hecho)
    etapas = {e.orden: e for e in proceso.etapas.select_related("proceso")}
    for parte in convocatoria.etapas:
        orden = parte.campos["orden"]
        etapas[orden] = _etapa(parte, proceso, etapas.get(orden), por, ahora, hecho)
    if convocatoria.etapa not in etapas:
        raise DatoInvalido(
            _("El proceso no tiene una etapa en el lugar %(n)s.") % {"n": convocatoria.etapa},
            campo="consulta.etapa",
        )
    for slug, nombre in convocatoria.temas:
        _tema(slug, nombre, por, hecho)
    consulta = _consulta(convocatoria.consulta, etapas[convocatoria.etapa], por, ahora, hecho)
    if convocatoria.anunciar and not consulta.publicada:
        consulta = _anunciar(convocatoria, consulta, por, ahora)
        hecho.anunciada = True
    hecho.consulta = consulta
    return hecho


def _proceso(parte: Parte, por: User, hecho: Hecho) -> Proceso:
    slug = parte.campos["slug"]
    actual = Proceso.objects.filter(slug=slug).first()
    if actual is None and "titulo" not in parte.campos:
        raise DatoInvalido(_("No hay un proceso «%(s)s».") % {"s": slug}, campo="proceso")
    if actual is not None and len(parte.campos) == 1:
        hecho.filas.append((f"Proceso «{actual}»", IGUAL))
        return actual
    hecho.filas.append((f"Proceso «{parte.campos['titulo']}»", _que_pasa(actual, parte.campos)))
    with _Lugar(parte.ruta):
        if actual is None:
            return gestionar.crear_proceso(por=por, **parte.campos)
        return gestionar.editar_proceso(objeto=actual, por=por, **parte.campos)


def _etapa(
    parte: Parte, proceso: Proceso, actual: Etapa | None, por: User, ahora: datetime, hecho: Hecho
) -> Etapa:
    if actual is None and "tipo" not in parte.campos:
        raise DatoInvalido(_("Falta el tipo de esta etapa nueva."), campo=f"{parte.ruta}.tipo")
    fila = actual or Etapa(proceso=proceso, **parte.campos)
    hecho.filas.append((f"Etapa {fila.orden}, «{fila}»", _que_pasa(actual, parte.campos)))
    with _Lugar(parte.ruta):
        _cuidar_fechas(fila, parte.campos)
        if actual is None:
            return gestionar.crear_etapa(por=por, proceso=proceso, **parte.campos)
        return gestionar.editar_etapa(objeto=actual, por=por, ahora=ahora, **parte.campos)


def _cuidar_fechas(fila: Etapa, campos: dict[str, Any]) -> None:
    """One date of a file against the other that the row has already."""
    inicio, fin = campos.get("inicio", fila.inicio), campos.get("fin", fila.fin)
    if inicio is not None and fin is not None and fin <= inicio:
        raise DatoInvalido(_("La etapa debe terminar después de empezar."), campo="fin")


def _consulta(parte: Parte, etapa: Etapa, por: User, ahora: datetime, hecho: Hecho) -> Consulta:
    campos = parte.campos | {"etapa": etapa}
    actual = Consulta.objects.select_related("etapa").filter(slug=campos["slug"]).first()
    hecho.filas.append((f"Consulta «{campos['titulo']}»", _que_pasa(actual, campos)))
    with _Lugar(parte.ruta):
        if actual is not None and actual.etapa.proceso_id != etapa.proceso_id:
            raise Conflicto(
                _("Otro proceso ya tiene una consulta con esa dirección."), campo="slug"
            )
        otras = Consulta.objects.filter(sigla=campos["sigla"]).exclude(slug=campos["slug"])
        if otras.exists():
            raise DatoInvalido(
                _("Otra consulta ya usa esa sigla: sus folios se confundirían."), campo="sigla"
            )
        if actual is None:
            return gestionar.crear_consulta(por=por, ahora=ahora, **campos)
        return gestionar.editar_consulta(objeto=actual, por=por, ahora=ahora, **campos)


def _tema(slug: str, nombre: str, por: User, hecho: Hecho) -> None:
    esta = any(slug in (t.slug, slugify(t.nombre)) for t in Tema.objects.all())
    hecho.filas.append((f"Tema «{nombre}»", IGUAL if esta else NUEVO))
    if not esta:
        gestionar.crear_tema(por=por, nombre=nombre, slug=slug)


def _anunciar(
    convocatoria: Convocatoria, consulta: Consulta, por: User, ahora: datetime
) -> Consulta:
    try:
        return anunciar_consulta(
            consulta=consulta, por=por, razon_excepcion=convocatoria.razon_excepcion, ahora=ahora
        )
    except ErrorDeDominio as error:
        if error.campo != "razon_excepcion":
            error.campo = "anunciar"
        raise


def _que_pasa(actual: Model | None, campos: dict[str, Any]) -> str:
    if actual is None:
        return NUEVO
    return CAMBIA if any(getattr(actual, n) != v for n, v in campos.items()) else IGUAL


class _Lugar:
    """Says where in the file the flows' complaint belongs."""

    def __init__(self, ruta: str) -> None:
        self.ruta = ruta

    def __enter__(self) -> None:
        pass

    def __exit__(self, clase: Any, error: BaseException | None, rastro: Any) -> None:
        if isinstance(error, ErrorDeDominio):
            error.campo = f"{self.ruta}.{error.campo}" if error.campo else self.ruta
