"""What institutions did with the contributions of the demo: who has them, and the published answers."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from wagtail.models import Page

from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.asignar import asignar_aporte
from consulta.respuestas.flows.borrador import guardar_borrador
from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura
from consulta.respuestas.flows.publicar import publicar_respuesta
from consulta.respuestas.flows.sellar import sellar_respuesta
from consulta.respuestas.models import RespuestaVersion
from cuentas.roles import Rol
from foro.models import Mandato
from portal.demo import foro, guion
from portal.demo.calendario import Calendario
from portal.demo.elenco import Elenco
from portal.demo.guion import Dicho, Escena, enviado
from portal.demo.lectura import Nodo, azar, leer
from portal.demo.proceso import ANTES, DESPUES, SEGUNDA_VERSION, Escenario

DE_LA_RAMA = "La respuesta al aporte que abre esta conversación responde también a este comentario."
DIAS = {"P7A": (-60, -20), "P7B": (SEGUNDA_VERSION, -2), "P7C": (-6, -1), "HRD": (-5, -1)}
"""Days within which each consultation was answered."""
ASIGNADAS = 0.45
"""Share of the pending proposals of the open call that somebody has in hand."""
CON_PERSONA = 0.6
BORRADORES = 3
CON_BORRADOR = frozenset({"datos", "agua"})
"""Institutions of the officials one may sign in as."""
EN_REDACCION = "Estamos revisando con el área técnica qué parte se puede hacer"
CORRECCION = timedelta(days=3)
DIA_DESPUES = timedelta(days=1)
CONFORMIDAD = timedelta(hours=3)
SIN_REPARTIR = frozenset({"respuesta", "retirado", "removido"})


@dataclass
class _Contestacion:
    """One answer of the script, and the contributions it covers: a thread, officials' voices apart."""

    datos: Nodo
    dichos: list[Dicho]
    elenco: Elenco
    destino: DestinoElegido
    publicada: RespuestaVersion | None = None

    def publicar(self, ahora: datetime) -> None:
        self.publicada = self._publicar(self.datos["razon"], ahora)

    def sellar(self, ahora: datetime) -> None:
        """Where the forum approves before it is published."""
        self.publicada = sellar_respuesta(**self._dicho(self.datos["razon"], ahora))

    def decidir(self, firma: str, mandatos: Mapping[str, Mandato], ahora: datetime) -> None:
        """What the forum says of what was sealed. Raises ValueError when nothing was."""
        if self.publicada is None:
            raise ValueError("No se decide sobre una respuesta que no se ha sellado")
        foro.decidir(self.publicada, firma, dict(mandatos), ahora)

    def corregir(self, correccion: Nodo, ahora: datetime) -> None:
        """Publish the second version. Raises ValueError when there is no first one yet."""
        if self.publicada is None:
            raise ValueError("No se corrige una respuesta que no se ha publicado")
        self._publicar(
            correccion["razon"],
            ahora,
            respuesta=self.publicada.respuesta,
            motivo_cambio=correccion["motivo"],
        )

    def _publicar(self, razon: str, ahora: datetime, **extra: Any) -> RespuestaVersion:
        return publicar_respuesta(**self._dicho(razon, ahora), **extra)

    def _dicho(self, razon: str, ahora: datetime) -> dict[str, Any]:
        return {
            "coberturas": self._coberturas(),
            "razon": razon,
            "institucion": self.elenco.instituciones[self.datos["de"]],
            "por": self.elenco.oficiales[self.datos["de"]],
            "ahora": ahora,
        }

    def _coberturas(self) -> list[LineaDeCobertura]:
        raiz, *replicas = (enviado(d) for d in self.dichos)
        resultado, linea = Resultado(self.datos["resultado"]), self.datos.get("linea", "")
        coberturas = []
        for replica in replicas:
            replica.refresh_from_db(fields=["situacion"])
            if replica.es_visible:
                destino = DestinoElegido(porque_nada=DE_LA_RAMA)
                coberturas.append(LineaDeCobertura(replica, Resultado.ACLARACION, destino))
        # The head goes last: lists that show one contribution per answer take the newest row.
        return [*coberturas, LineaDeCobertura(raiz, resultado, self.destino, linea)]


def escenas_de(
    raices: list[Dicho],
    *,
    calendario: Calendario,
    elenco: Elenco,
    escenario: Escenario,
    eventos: Mapping[str, Page],
    mandatos: Mapping[str, Mandato],
) -> Iterator[Escena]:
    """Answers and their corrections, each after the thread it answers."""
    chances = azar("respuestas")
    for raiz in raices:
        datos = raiz.nodo.get("respuesta")
        if datos is None:
            continue
        contestacion = _Contestacion(
            datos,
            [d for d in raiz.rama() if "oficial" not in d.nodo],
            elenco,
            _destino(datos["destino"], escenario, eventos),
        )
        en = _cuando(raiz, datos, calendario, chances)
        if raiz.asunto.consulta.conformidades:
            yield Escena(en, 2, partial(contestacion.sellar, en))
            luego = min(en + CONFORMIDAD, calendario.corte)
            firma = str(raiz.nodo.get("firma", ""))
            yield Escena(luego, 3, partial(contestacion.decidir, firma, mandatos, luego))
            continue
        yield Escena(en, 2, partial(contestacion.publicar, en))
        if "retirado_despues" in raiz.nodo:
            luego = en + DIA_DESPUES
            motivo = raiz.nodo["retirado_despues"]
            yield Escena(luego, 3, partial(guion.retirar, raiz, elenco, motivo, luego))
        if "version_siguiente" in raiz.nodo:
            luego = en + CORRECCION
            correccion = raiz.nodo["version_siguiente"]
            yield Escena(luego, 2, partial(contestacion.corregir, correccion, luego))


def _cuando(raiz: Dicho, datos: Nodo, calendario: Calendario, chances: random.Random) -> datetime:
    desde = max(d.en for d in raiz.rama()) + timedelta(hours=1)
    primero, ultimo = DIAS[raiz.asunto.consulta.sigla]
    if "fragmento" in datos["destino"]:
        # What answers point to must be out before they are published.
        primero, ultimo = max(primero, SEGUNDA_VERSION), max(ultimo, SEGUNDA_VERSION + 2)
    desde = max(desde, calendario.a_las(primero, "10:00"))
    hasta = max(calendario.comienzo(ultimo), desde + timedelta(hours=20))
    return calendario.momento(chances, desde, min(hasta, calendario.corte))


def _destino(datos: Nodo, escenario: Escenario, eventos: Mapping[str, Page]) -> DestinoElegido:
    (clase, valor), *_ = datos.items()
    if clase == "fragmento":
        return DestinoElegido(fragmento=escenario.borrador[DESPUES, valor].fragmento)
    if clase == "fragmento_antes":  # it was taken away: the old one stands for its own removal
        return DestinoElegido(fragmento=escenario.borrador[ANTES, valor].fragmento)
    if clase == "fragmento_hr":
        return DestinoElegido(fragmento=escenario.hoja[valor].fragmento)
    if clase == "compromiso":
        return DestinoElegido(compromiso=escenario.compromisos[valor])
    if clase == "evento":
        return DestinoElegido(evento=eventos[valor])
    return DestinoElegido(porque_nada=valor)


def repartos_de(raices: list[Dicho], calendario: Calendario, elenco: Elenco) -> Iterator[Escena]:
    """Part of the pending proposals go to the institution of their theme, all the overdue ones do;
    a few answers are being written."""
    chances = azar("asignaciones")
    temas = leer("plan7")["temas"]
    borradores = 0
    for raiz in raices:
        if raiz.tema is None or not SIN_REPARTIR.isdisjoint(raiz.nodo):
            continue
        if "pendiente" not in raiz.nodo and chances.random() > ASIGNADAS:
            continue
        clave = temas[raiz.tema.slug]["institucion"]
        en = min(raiz.en + timedelta(days=1), calendario.corte)
        con_persona = chances.random() < CON_PERSONA
        yield Escena(en, 3, partial(_asignar, raiz, clave, elenco, con_persona, en))
        if clave in CON_BORRADOR and borradores < BORRADORES:
            borradores += 1
            yield Escena(calendario.corte, 4, partial(_redactar, raiz, clave, elenco, calendario))


def _asignar(raiz: Dicho, clave: str, elenco: Elenco, con_persona: bool, ahora: datetime) -> None:
    asignar_aporte(
        aporte=enviado(raiz),
        institucion=elenco.instituciones[clave],
        responsable=elenco.oficiales[clave] if con_persona else None,
        por=elenco.por_rol[Rol.SECRETARIA],
        ahora=ahora,
    )


def _redactar(raiz: Dicho, clave: str, elenco: Elenco, calendario: Calendario) -> None:
    aporte = enviado(raiz)
    aporte.refresh_from_db(fields=["institucion", "responsable"])
    guardar_borrador(
        aporte=aporte,
        institucion=elenco.instituciones[clave],
        datos={"razon": EN_REDACCION},
        por=elenco.oficiales[clave],
        ahora=calendario.corte,
    )
