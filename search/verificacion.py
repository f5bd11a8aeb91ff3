"""Finding and mending drift: what the rooms say is public, against what the archive holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction

from comun import buscador
from search import motor, sincronia, texto_completo
from search.models import Ficha
from search.proyeccion import Proyector


@dataclass
class Verificacion:
    """`corregidas` rows by source; `sin_texto` rows written anew in the full-text table; whether the
    engine held another number of rows than it should, and everything is to be sent to it again."""

    corregidas: dict[str, int] = field(default_factory=dict)
    sin_texto: int = 0
    motor_distinto: bool = False


def verificar() -> Verificacion:
    """Read everything anew and write what differs. Safe while the site is in use."""
    hecho = Verificacion()
    for fuente in buscador.fuentes():
        nombre = buscador.nombre_de_fuente(fuente.modelo)
        hecho.corregidas[nombre] = sum(
            len(buscador.proyectar_ids(fuente.modelo, lote))
            for lote in buscador.en_lotes(_ids(fuente, nombre))
        )
    nombres = [buscador.nombre_de_fuente(fuente.modelo) for fuente in buscador.fuentes()]
    huerfanas = Ficha.objects.publicas().exclude(fuente__in=nombres)
    for ficha in huerfanas.iterator(chunk_size=500):
        Proyector().escribir(ficha.fuente, {ficha.objeto_id: None})
    if texto_completo.cuantas() != Ficha.objects.publicas().count():
        hecho.sin_texto = rehacer_texto()
    if motor.configurado():
        hecho.motor_distinto = _comparar_con_motor()
    return hecho


def _ids(fuente: buscador.Fuente, nombre: str) -> Iterator[int]:
    """Those that should be there, then those that are."""
    yield from fuente.publicos()
    yield from (
        Ficha.objects.publicas()
        .filter(fuente=nombre)
        .values_list("objeto_id", flat=True)
        .iterator(chunk_size=2_000)
    )


@transaction.atomic
def rehacer_texto() -> int:
    """Write every full-text row anew; returns how many."""
    texto_completo.vaciar()
    hechas, ultima = 0, 0
    while fichas := list(Ficha.objects.publicas().filter(pk__gt=ultima).order_by("pk")[:500]):
        texto_completo.escribir(fichas)
        ultima, hechas = fichas[-1].pk, hechas + len(fichas)
    return hechas


def _comparar_con_motor() -> bool:
    """Whether the engine holds another number of rows, with nothing left to send that would explain it."""
    archivo = motor.backend()
    if Ficha.objects.por_enviar().exists() or not archivo.indice.alias(archivo.indice.name):
        return False
    archivo.es.indices.refresh(index=archivo.indice.name)
    tiene = archivo.es.count(index=archivo.indice.name)["count"]
    if tiene == Ficha.objects.publicas().count():
        return False
    sincronia.marcar_todo()
    Ficha.objects.filter(publica=False).update(indexada=0)
    return True
