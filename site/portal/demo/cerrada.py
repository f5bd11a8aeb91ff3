"""A consultation that went all the way: received, answered, closed, and one answer corrected since."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import cycle
from typing import Any
from uuid import uuid5

from consulta.aportes.enums import TipoAporte
from consulta.aportes.flows.contenido import Contenido
from consulta.aportes.flows.enviar import enviar_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.procesos.enums import Regimen, TipoEtapa
from consulta.procesos.flows.anunciar import anunciar_consulta
from consulta.procesos.flows.borrador import publicar_version
from consulta.procesos.flows.redactar import preparar_version
from consulta.procesos.models import Asunto, Consulta, Etapa, Fragmento, Proceso, VersionBorrador
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.cerrar import cerrar_consulta
from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura
from consulta.respuestas.flows.publicar import publicar_respuesta
from consulta.respuestas.models import RespuestaVersion
from cuentas.models import User
from cuentas.roles import Rol
from portal.demo.calendario import Calendario
from portal.demo.elenco import Elenco
from portal.demo.guion import ESPACIO, Escena
from portal.demo.lectura import Nodo, azar, leer

RESPONDE = "datos"
CONSULTADA, CORREGIDA = 1, 2
"""Versions of the text: comments speak of the first, answers point to the second."""


@dataclass
class Cerrada:
    """What its scenes need of each other. `parrafos` by version and place."""

    consulta: Consulta
    parrafos: dict[tuple[int, int], Fragmento]
    elenco: Elenco
    aportes: dict[str, list[Aporte]] = field(default_factory=dict)
    publicadas: dict[str, RespuestaVersion] = field(default_factory=dict)


def montar(calendario: Calendario, elenco: Elenco) -> Cerrada:
    """Its process, the consultation and the text that was consulted."""
    datos, por = leer("cerrada"), elenco.por_rol[Rol.SECRETARIA]
    proceso = Proceso.objects.create(regimen=Regimen.DEMOSTRACION, **datos["proceso"])
    desde, hasta = datos["etapa"]["dias"]
    inicio, fin = calendario.comienzo(desde), calendario.comienzo(hasta + 1)
    etapa = Etapa.objects.create(
        proceso=proceso, orden=1, tipo=TipoEtapa.CONSULTA_BORRADOR, inicio=inicio, fin=fin,
        prevista_inicio=inicio, prevista_fin=fin, titulo=datos["etapa"]["titulo"],
        descripcion=datos["etapa"]["descripcion"],
    )  # fmt: skip
    textos = {k: v for k, v in datos["consulta"].items() if k != "anunciada"}
    consulta = Consulta.objects.create(etapa=etapa, **textos)
    Asunto.objects.create(consulta=consulta)
    anuncio = calendario.a_las(datos["consulta"]["anunciada"], "10:00")
    consulta = anunciar_consulta(consulta=consulta, por=por, ahora=anuncio)
    # The text that was consulted, the one that answers point to, and the one in force, whose lawyers
    # rewrote the very words that a contribution had brought.
    versiones = [
        _publicar(consulta, v, calendario.a_las(v["dia"], "10:00"), por) for v in datos["versiones"]
    ]
    fragmentos = Fragmento.objects.filter(version__in=versiones).select_related("version")
    return Cerrada(consulta, {(f.version.n, f.orden): f for f in fragmentos}, elenco)


def _publicar(consulta: Consulta, datos: Nodo, ahora: datetime, por: User) -> VersionBorrador:
    version = preparar_version(
        consulta=consulta, texto=datos["texto"], titulo=datos["titulo"], por=por, ahora=ahora
    )
    return publicar_version(version=version, por=por, ahora=ahora)


def escenas_de(cerrada: Cerrada, calendario: Calendario) -> Iterator[Escena]:
    """Comments, answers, the closing and what was corrected after it."""
    datos, chances = leer("cerrada"), azar("cerrada")
    personas = sorted(cerrada.elenco.personas.items())
    chances.shuffle(personas)
    for nodo, (_firma, persona) in zip(datos["comentarios"], cycle(personas), strict=False):
        en = calendario.momento(
            chances, calendario.comienzo(nodo["dia"]), calendario.comienzo(nodo["dia"] + 1)
        )
        yield Escena(en, 0, partial(_comentar, cerrada, nodo, persona, en))
    for clave, nodo in datos["respuestas"].items():
        en = calendario.a_las(nodo["dia"], "11:00")
        yield Escena(en, 2, partial(_responder, cerrada, clave, nodo, en))
    en = calendario.a_las(datos["cierre"]["dia"], "12:00")
    yield Escena(
        en,
        4,
        partial(
            cerrar_consulta,
            consulta=cerrada.consulta,
            palabras=datos["cierre"]["palabras"],
            por=cerrada.elenco.por_rol[Rol.SECRETARIA],
            ahora=en,
        ),
    )
    en = calendario.a_las(datos["correccion"]["dia"], "16:00")
    yield Escena(en, 2, partial(_corregir, cerrada, datos, en))


def _comentar(cerrada: Cerrada, nodo: Nodo, persona: User, ahora: Any) -> None:
    asunto = Asunto.objects.select_related("consulta__etapa__proceso", "fragmento").get(
        fragmento=cerrada.parrafos[CONSULTADA, nodo["parrafo"]]
    )
    aporte = enviar_aporte(
        asunto=asunto,
        tipo=TipoAporte.OBSERVACION,
        contenido=Contenido(texto=nodo["texto"], tipo_autor="ciudadania"),
        por=persona,
        clave=uuid5(ESPACIO, f"cerrada:{nodo['texto']}"),
        ahora=ahora,
    ).aporte
    if "retirado" in nodo:
        retirar_aporte(aporte=aporte, por=persona, motivo=nodo["retirado"], ahora=ahora)
    else:
        cerrada.aportes.setdefault(nodo["respuesta"], []).append(aporte)


def _lineas(cerrada: Cerrada, clave: str, nodo: Nodo) -> list[LineaDeCobertura]:
    destino = (
        DestinoElegido(fragmento=cerrada.parrafos[CORREGIDA, nodo["parrafo"]])
        if "parrafo" in nodo
        else DestinoElegido(porque_nada=nodo["porque"])
    )
    return [
        LineaDeCobertura(aporte, Resultado(nodo["resultado"]), destino, nodo.get("linea", ""))
        for aporte in cerrada.aportes[clave]
    ]


def _responder(cerrada: Cerrada, clave: str, nodo: Nodo, ahora: Any, **extra: Any) -> None:
    cerrada.publicadas[clave] = publicar_respuesta(
        coberturas=_lineas(cerrada, clave, nodo),
        razon=nodo["razon"],
        institucion=cerrada.elenco.instituciones[RESPONDE],
        por=cerrada.elenco.oficiales[RESPONDE],
        ahora=ahora,
        **extra,
    )


def _corregir(cerrada: Cerrada, datos: Nodo, ahora: Any) -> None:
    correccion = datos["correccion"]
    clave = correccion["respuesta"]
    nodo = datos["respuestas"][clave] | {"razon": correccion["razon"]}
    anterior = cerrada.publicadas[clave].respuesta
    _responder(cerrada, clave, nodo, ahora, respuesta=anterior, motivo_cambio=correccion["motivo"])
