"""A consultation that asks for a stance, and in it one long, deep conversation with supports and follows."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from uuid import uuid5

from consulta.aportes.enums import TipoAporte
from consulta.aportes.flows.apoyar import apoyar
from consulta.aportes.flows.contenido import Contenido
from consulta.aportes.flows.enviar import enviar_aporte
from consulta.aportes.flows.seguir import seguir
from consulta.aportes.models import Aporte
from consulta.procesos.flows.borrador import publicar_version
from consulta.procesos.flows.redactar import preparar_version
from consulta.procesos.models import Asunto
from cuentas.models import User
from cuentas.roles import Rol
from portal.demo.calendario import Calendario
from portal.demo.cuentas import CUENTAS
from portal.demo.elenco import Elenco
from portal.demo.guion import ESPACIO
from portal.demo.lectura import azar, leer
from portal.demo.proceso import Escenario

SIGLA = "CNV"
RESPUESTAS = 160
HONDURA = 8
"""Levels below the first comment that one branch goes down to."""
AL_PRIMERO = 0.3
"""Share of the replies that answer the comment that opens the thread."""
APOYADOS, APOYOS = 30, 14
SIGUEN = 9


def conversar(calendario: Calendario, escenario: Escenario, elenco: Elenco) -> int:
    """Publish the rules and let people discuss them for two weeks; returns how many comments."""
    datos, chances = leer("conversacion"), azar("conversacion")
    consulta, secretaria = escenario.consultas[SIGLA], elenco.por_rol[Rol.SECRETARIA]
    ahora = calendario.a_las(datos["dia"], "09:00")
    version = publicar_version(
        version=preparar_version(
            consulta=consulta,
            texto=datos["texto"],
            titulo=datos["titulo"],
            por=secretaria,
            ahora=ahora,
        ),
        por=secretaria,
        ahora=ahora,
    )
    asuntos = Asunto.objects.filter(fragmento__version=version).select_related(
        "fragmento", "consulta__etapa__proceso"
    )
    parrafos = {a.fragmento.orden - 1: a for a in asuntos if a.fragmento}
    personas = _de_quien(elenco, chances)
    paso = timedelta(hours=1, minutes=20)
    for nodo in datos["comentarios"]:
        ahora += paso
        _decir(parrafos[nodo["parrafo"]], nodo["texto"], next(personas), ahora, nodo["postura"])
    general = escenario.general(SIGLA)
    raiz = _decir(general, datos["raiz"]["texto"], next(personas), ahora, datos["raiz"]["postura"])
    dichas = _responder(raiz, calendario, elenco, personas, chances, ahora)
    _apoyar(dichas, elenco, chances, calendario)
    for cuenta in [*_con_clave(elenco), *islice(personas, SIGUEN)]:
        seguir(asunto=general, raiz=raiz, por=cuenta, ahora=calendario.corte)
    seguir(asunto=general, por=_con_clave(elenco)[0], ahora=calendario.corte)
    return len(datos["comentarios"]) + 1 + len(dichas)


def _responder(
    raiz: Aporte,
    calendario: Calendario,
    elenco: Elenco,
    personas: Iterator[User],
    chances: random.Random,
    desde: datetime,
) -> list[Aporte]:
    """The replies, each to the first comment, to the latest ones, or down one deep branch."""
    oficial = elenco.por_rol[Rol.SECRETARIA]
    institucional = leer("conversacion")["institucional"]
    textos, rama = _textos(chances), [raiz]
    dichas: list[Aporte] = []
    paso = (calendario.corte - timedelta(hours=10) - desde) / RESPUESTAS
    for i in range(RESPUESTAS):
        ahora = desde + paso * (i + 1)
        if i % 12 == 5 and len(rama) <= HONDURA:
            padre = rama[-1]
        else:
            padre = raiz if chances.random() < AL_PRIMERO else chances.choice([raiz, *dichas[-25:]])
        habla = i // 60 if i % 60 == 59 else None
        if habla is not None and habla < len(institucional):
            dicha = _decir(raiz.asunto, institucional[habla], oficial, ahora, padre=raiz, voz=True)
        else:
            dicha = _decir(raiz.asunto, next(textos), next(personas), ahora, padre=padre)
        if padre is rama[-1] and i % 12 == 5:
            rama.append(dicha)
        dichas.append(dicha)
    return dichas


def _decir(
    asunto: Asunto,
    texto: str,
    por: User,
    ahora: datetime,
    postura: str = "",
    *,
    padre: Aporte | None = None,
    voz: bool = False,
) -> Aporte:
    return enviar_aporte(
        asunto=asunto,
        tipo=TipoAporte.REPLICA if padre else TipoAporte.OBSERVACION,
        contenido=Contenido(texto=texto, postura=postura),
        por=por,
        clave=uuid5(ESPACIO, f"{SIGLA}:{texto}"),
        padre=padre,
        institucional=voz,
        ahora=ahora,
    ).aporte


def _textos(chances: random.Random) -> Iterator[str]:
    """Long ones once each, between short ones, which are too short to be taken for a campaign."""
    datos = leer("conversacion")
    cortos = [f"{a}: {c}" for a in datos["aperturas"] for c in datos["cierres"]]
    textos = [*datos["largas"], *cortos]
    chances.shuffle(textos)
    return iter(textos)


def _apoyar(
    dichas: list[Aporte], elenco: Elenco, chances: random.Random, calendario: Calendario
) -> None:
    cuentas = sorted(_que_escriben(elenco), key=lambda u: u.pk)
    ahora = calendario.corte - timedelta(hours=5)
    for aporte in chances.sample(dichas, APOYADOS):
        for cuenta in chances.sample(cuentas, chances.randint(1, APOYOS)):
            if cuenta.pk != aporte.autoria.cuenta_id:
                apoyar(aporte=aporte, por=cuenta, ahora=ahora)


def _de_quien(elenco: Elenco, chances: random.Random) -> Iterator[User]:
    """People in no order, for as long as one asks."""
    cuentas = sorted(_que_escriben(elenco), key=lambda u: u.pk)
    while True:
        chances.shuffle(cuentas)
        yield from cuentas


def _que_escriben(elenco: Elenco) -> set[User]:
    """Those nobody signs in as, and that no one blocked: the accounts to try keep few things of theirs."""
    con_clave = {c.email for c in CUENTAS}
    return {u for u in elenco.personas.values() if u.email not in con_clave}


def _con_clave(elenco: Elenco) -> list[User]:
    participantes = {c.email for c in CUENTAS if c.rol is Rol.PARTICIPANTE}
    return sorted(
        (u for u in elenco.personas.values() if u.email in participantes), key=lambda u: u.pk
    )
