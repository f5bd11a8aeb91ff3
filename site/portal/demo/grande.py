"""A big invented consultation to measure the site with: its size, its people, the shape of its threads."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils import timezone

from comun import buscador
from comun.fechas import dia_de
from consulta.aportes.models import Aporte, Contador
from consulta.aportes.recuentos import recontar
from consulta.procesos.enums import Regimen, TipoEtapa
from consulta.procesos.models import Asunto, Consulta, Etapa, Proceso, Tema
from cuentas.models import Institucion, User
from portal.demo.calendario import Calendario
from portal.demo.cuentas import DOMINIO
from portal.demo.en_bloque import Pieza, escribir, responder
from portal.demo.lectura import azar, hilo_completo, propuestas

SIGLA = "GRANDE"
PERSONAS = 1_000
LOTE = 2_000
DIAS_ABIERTA = 60
EN_EL_HILO_GIGANTE = 0.1
"""Share of the contributions that hang from the first one."""
ES_RAIZ = 0.34
RECIENTES = 600
"""What one may still reply to: the newest, as people do."""
Decir = Callable[[str], None]


@dataclass
class Taller:
    """What every batch needs; `gigante` and `recientes` are what the next may reply to."""

    asunto: Asunto
    institucion: Institucion
    personas: list[User]
    temas: list[Tema]
    titulos: list[str]
    frases: list[str]
    chances: random.Random
    desde: datetime
    paso: timedelta
    gigante: list[Aporte] = field(default_factory=list)
    recientes: list[Aporte] = field(default_factory=list)


def cargar(*, aportes: int, decir: Decir, ahora: datetime | None = None) -> int:
    """Add `aportes` contributions to the consultation GRANDE, made when absent; returns how many.

    Each batch is a transaction of its own: stopped halfway, what is written balances.
    """
    ahora = ahora or timezone.now()
    taller = _abrir(aportes, ahora)
    comienzo = time.monotonic()
    for hechos in range(0, aportes, LOTE):
        cuantos = min(LOTE, aportes - hechos)
        with transaction.atomic():
            _un_lote(taller, hechos, cuantos, ahora)
        total, van = hechos + cuantos, time.monotonic() - comienzo
        falta = van / total * (aportes - total)
        decir(f"  {total:>7} de {aportes} aportes · {van:.0f} s · quedan unos {falta:.0f} s")
    recontar(taller.asunto.consulta)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return aportes


def _un_lote(taller: Taller, desde: int, cuantos: int, ahora: datetime) -> None:
    contador, _ = Contador.objects.select_for_update().get_or_create(
        consulta=taller.asunto.consulta
    )
    piezas = []
    for i in range(cuantos):
        pieza = _pieza(taller, contador.ultimo + i + 1, desde + i)
        piezas.append(pieza)
        _recordar(taller, pieza.aporte)
    escribir(piezas)
    responder(piezas, institucion=taller.institucion, chances=taller.chances, ahora=ahora)
    contador.ultimo += cuantos
    contador.save(update_fields=["ultimo"])
    buscador.proyectar_ids(Aporte, [p.aporte.pk for p in piezas])


def _pieza(taller: Taller, n: int, i: int) -> Pieza:
    chances = taller.chances
    padre = _padre(taller)
    frases = chances.sample(taller.frases, chances.choice([1, 1, 1, 2, 3]))
    return Pieza.inventar(
        asunto=taller.asunto,
        n=n,
        padre=padre,
        en=taller.desde + taller.paso * i,
        titulo="" if padre else f"{chances.choice(taller.titulos)} ({n})",
        texto="\n\n".join(frases),
        tema=None if padre else chances.choice(taller.temas),
        persona=chances.choice(taller.personas),
        institucion=taller.institucion,
        chances=chances,
    )


def _padre(taller: Taller) -> Aporte | None:
    chances = taller.chances
    if taller.gigante and chances.random() < EN_EL_HILO_GIGANTE:
        # Half of them reply to its head: the thread is wide as well as deep.
        return taller.gigante[0] if chances.random() < 0.5 else chances.choice(taller.gigante)
    if not taller.recientes or chances.random() < ES_RAIZ:
        return None
    return chances.choice(taller.recientes)


def _recordar(taller: Taller, aporte: Aporte) -> None:
    if not taller.gigante or aporte.raiz is taller.gigante[0]:
        taller.gigante.append(aporte)
    else:
        taller.recientes = [*taller.recientes[1 - RECIENTES :], aporte]


def _abrir(aportes: int, ahora: datetime) -> Taller:
    calendario = Calendario(dia_de(ahora))
    consulta = Consulta.objects.filter(sigla=SIGLA).first() or _consulta(calendario)
    institucion, _ = Institucion.objects.get_or_create(
        nombre="Oficina de Pruebas de Carga",
        defaults={"tipo": Institucion.Tipo.EJECUTIVO, "sigla": "OPC"},
    )
    if not Tema.objects.exists():
        Tema.objects.create(nombre="Prueba de carga", slug="prueba-de-carga")
    escritas = [p for _tema, p in propuestas()]
    desde = calendario.comienzo(-DIAS_ABIERTA)
    return Taller(
        asunto=Asunto.objects.get_or_create(consulta=consulta, fragmento=None)[0],
        institucion=institucion,
        personas=_personas(),
        temas=list(Tema.objects.all()),
        titulos=[p["titulo"] for p in escritas],
        frases=[n["texto"] for p in escritas for n in hilo_completo(p) if "texto" in n],
        chances=azar(f"grande {consulta.aportes.count()}"),
        desde=desde,
        paso=(calendario.corte - desde) / max(aportes, 1),
    )


@transaction.atomic
def _consulta(calendario: Calendario) -> Consulta:
    proceso = Proceso.objects.create(
        titulo="Prueba de carga (demostración)",
        slug="prueba-de-carga-demostracion",
        regimen=Regimen.DEMOSTRACION,
        resumen="Miles de aportes inventados por un programa, para medir el sitio.",
        nota_fuente="Ningún aporte de este proceso fue escrito por una persona.",
    )
    etapa = Etapa.objects.create(
        proceso=proceso,
        tipo=TipoEtapa.RECEPCION,
        orden=1,
        inicio=calendario.comienzo(-DIAS_ABIERTA),
        fin=calendario.comienzo(DIAS_ABIERTA),
    )
    return Consulta.objects.create(
        etapa=etapa,
        titulo="Prueba de carga (demostración)",
        slug="prueba-de-carga",
        sigla=SIGLA,
        resumen=proceso.resumen,
        que_se_puede_cambiar="Nada: es una prueba.",
        quien_decide="Nadie: es una prueba.",
        responder_antes_de=calendario.dia(2 * DIAS_ABIERTA),
        publicada=True,
    )


def _personas() -> list[User]:
    existentes = list(User.objects.filter(email__startswith="carga", email__endswith=DOMINIO))
    sin_clave = make_password(None)
    nuevas = [
        User(email=f"carga{n}@{DOMINIO}", password=sin_clave, nombre_publico=f"Persona {n}")
        for n in range(len(existentes) + 1, PERSONAS + 1)
    ]
    return [*existentes, *User.objects.bulk_create(nuevas, batch_size=500)]
