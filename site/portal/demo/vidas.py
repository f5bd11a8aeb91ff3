"""What authors did with what was theirs: guests, corrections, organisations, a text half written."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid5

from consulta.aportes.codigos import vale_de
from consulta.aportes.enums import TipoAporte
from consulta.aportes.flows.borradores import guardar_borrador
from consulta.aportes.flows.confirmar import confirmar_aporte
from consulta.aportes.flows.contenido import Contenido
from consulta.aportes.flows.corregir import corregir_aporte
from consulta.aportes.flows.enviar import enviar_aporte
from consulta.aportes.flows.invitados import Invitado
from consulta.aportes.models import Aporte
from consulta.procesos.models import Asunto
from cuentas.flows.representaciones import pedir_representacion, verificar_representacion
from cuentas.models import User
from cuentas.roles import Rol
from portal.demo.calendario import Calendario
from portal.demo.cuentas import DOMINIO
from portal.demo.elenco import Elenco
from portal.demo.guion import ESPACIO, Escena
from portal.demo.lectura import Nodo, leer
from portal.demo.proceso import DESPUES, Escenario

VERIFICAR = timedelta(hours=26)
"""From asking to speak for an organisation to speaking for it."""

LECTURA = timedelta(hours=6)
"""What is corrected had been read for at least as long."""


def escenas_de(calendario: Calendario, escenario: Escenario, elenco: Elenco) -> Iterator[Escena]:
    """What gets a folio, in its turn: guests, and who speaks for an organisation once verified."""
    datos = leer("vidas")
    for nodo in datos["invitados"]:
        en = _cuando(nodo, calendario)
        yield Escena(en, 0, partial(_como_invitado, nodo, escenario, en))
    for nodo in datos["representaciones"]:
        en = _cuando(nodo, calendario)
        yield Escena(en, 0, partial(_representar, nodo, elenco, en))
        if "dice" in nodo:
            despues = en + VERIFICAR
            yield Escena(despues, 1, partial(_hablar, nodo, escenario, despues))


def corregir_y_guardar(calendario: Calendario, escenario: Escenario) -> int:
    """Corrections of what was sent, and the draft of what was not; returns how many."""
    datos = leer("vidas")
    for nodo in datos["correcciones"]:
        _corregir(nodo, calendario)
    borrador = datos["borrador"]
    guardar_borrador(
        cuenta=_cuenta(borrador["de"]),
        lugar=_parrafo(borrador, escenario).get_absolute_url(),
        campos={"texto": [borrador["texto"]], "firma": [borrador["firma"]]},
        ahora=calendario.corte - timedelta(hours=1),
    )
    return len(datos["correcciones"]) + 1


def _como_invitado(nodo: Nodo, escenario: Escenario, ahora: datetime) -> None:
    fila = enviar_aporte(
        asunto=_parrafo(nodo, escenario),
        tipo=TipoAporte.OBSERVACION,
        contenido=Contenido(texto=nodo["texto"], firma=nodo["firma"]),
        por=None,
        invitado=Invitado(correo=f"{nodo['correo']}@{DOMINIO}", tramo_edad="adulto"),
        clave=uuid5(ESPACIO, nodo["texto"]),
        ahora=ahora,
    ).aporte
    if nodo["confirma"]:
        vale = vale_de(aporte_id=fila.pk, sal=fila.autoria.sal)
        confirmar_aporte(vale=vale, ahora=ahora + timedelta(minutes=25))


def _representar(nodo: Nodo, elenco: Elenco, ahora: datetime) -> None:
    """Ask; the secretariat verifies who is going to speak."""
    pedida = pedir_representacion(
        cuenta=_cuenta(nodo["de"]),
        institucion=elenco.instituciones.get(nodo.get("institucion", "")),
        nombre=nodo.get("nombre", ""),
        tipo=nodo.get("tipo", ""),
        cargo=nodo["cargo"],
        respaldo=nodo["respaldo"],
        ahora=ahora,
    )
    if "dice" in nodo:
        verificar_representacion(
            representacion=pedida,
            por=elenco.por_rol[Rol.SECRETARIA],
            ahora=ahora + timedelta(hours=20),
        )


def _hablar(nodo: Nodo, escenario: Escenario, ahora: datetime) -> None:
    dice = nodo["dice"]
    enviar_aporte(
        asunto=_parrafo(dice, escenario),
        tipo=TipoAporte.OBSERVACION,
        contenido=Contenido(texto=dice["texto"]),
        por=_cuenta(nodo["de"]),
        por_organizacion=True,
        clave=uuid5(ESPACIO, dice["texto"]),
        ahora=ahora,
    )


def _corregir(nodo: Nodo, calendario: Calendario) -> None:
    """Mend the latest that waits for an answer, much later: its former words stay to be read."""
    ahora = _cuando(nodo, calendario)
    fila = (
        Aporte.objects.pendientes()
        .con_texto()
        .filter(consulta__sigla=nodo["consulta"], raiz=None, enviado_en__lt=ahora - LECTURA)
        .exclude(autoria__cuenta=None)
        .latest("enviado_en", "pk")
    )
    antes = fila.contenido
    contenido = Contenido(
        titulo=antes.titulo or "",
        texto=antes.texto or "",
        campos=antes.campos or {},
        tema=fila.tema,
        region=fila.region,
        tipo_autor=fila.tipo_autor,
    )
    corregir_aporte(
        aporte=fila,
        contenido=replace(contenido, texto=f"{antes.texto}\n\n{nodo['agrega']}"),
        por=fila.autoria.cuenta,
        version=fila.version,
        ahora=ahora,
    )


def _parrafo(nodo: Nodo, escenario: Escenario) -> Asunto:
    return escenario.borrador[DESPUES, nodo["fragmento"]]


def _cuenta(quien: str) -> User:
    return User.objects.get(email=f"{quien}@{DOMINIO}")


def _cuando(nodo: Nodo, calendario: Calendario) -> datetime:
    return calendario.a_las(nodo["dia"], nodo["hora"])
