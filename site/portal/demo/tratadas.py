"""Proposals in other hands: with files, by letter, from a workshop, treated together, divided."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from uuid import uuid5

from consulta.aportes.enums import Canal
from consulta.aportes.flows.agrupar import agrupar_propuestas
from consulta.aportes.flows.dividir import PuntoPropuesto, dividir_propuesta
from consulta.aportes.flows.ingresar import Ingreso, ingresar_aporte
from consulta.aportes.models import Aporte
from cuentas.roles import Rol
from portal.demo.adjuntos import subir
from portal.demo.calendario import Calendario
from portal.demo.elenco import Elenco
from portal.demo.guion import ESPACIO, Escena, contenido_de_propuesta
from portal.demo.lectura import Nodo, leer
from portal.demo.proceso import Escenario

SIGLA = "P7C"


def escenas_de(calendario: Calendario, escenario: Escenario, elenco: Elenco) -> Iterator[Escena]:
    """What the secretariat entered, at noon of the day it was received."""
    for nodo in leer("tratadas")["ingresos"]:
        en = calendario.a_las(nodo["dia"], "12:00")
        yield Escena(en, 0, partial(_ingresar, nodo, calendario, escenario, elenco))


def tratar(calendario: Calendario, elenco: Elenco) -> int:
    """Merge three proposals and divide one, the evening before; returns how many groups there are."""
    datos, por = leer("tratadas"), elenco.por_rol[Rol.SECRETARIA]
    ahora = calendario.corte - timedelta(hours=4)
    fusion, division = datos["fusion"], datos["division"]
    agrupar_propuestas(
        aportes=[_propuesta(titulo) for titulo in fusion["propuestas"]],
        titulo=fusion["titulo"],
        texto=fusion["texto"],
        motivo=fusion["motivo"],
        por=por,
        ahora=ahora,
    )
    dividida = _propuesta(division["propuesta"])
    parrafos = (dividida.contenido.texto or "").split("\n\n")
    dividir_propuesta(
        aporte=dividida,
        puntos=[
            PuntoPropuesto(texto, titulo)
            for texto, titulo in zip(parrafos, division["puntos"], strict=True)
        ],
        motivo=division["motivo"],
        por=por,
        ahora=ahora,
    )
    return 2


def _ingresar(nodo: Nodo, calendario: Calendario, escenario: Escenario, elenco: Elenco) -> None:
    consulta = escenario.consultas[SIGLA]
    por = elenco.por_rol[Rol.SECRETARIA]
    ahora = calendario.a_las(nodo["dia"], "12:00")
    archivos = [nodo["adjunto"]] if "adjunto" in nodo else []
    ingresar_aporte(
        consulta=consulta,
        contenido=contenido_de_propuesta(nodo, escenario.temas[nodo["tema"]]),
        ingreso=Ingreso(Canal(nodo["canal"]), calendario.dia(nodo["dia"]), nodo["referencia"]),
        por=por,
        clave=uuid5(ESPACIO, nodo["referencia"]),
        adjuntos=subir(archivos, consulta, por, ahora),
        ahora=ahora,
    )


def _propuesta(titulo: str) -> Aporte:
    return Aporte.objects.con_texto().get(consulta__sigla=SIGLA, versiones__titulo=titulo)
