"""The script of the demo: what was said, answered, withdrawn and removed, in the order it happened.

Folios are given in the order things arrive, so everything is laid on one time line first and then
played through the same flows that people use.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid5

from comun.textos import limpiar
from consulta.aportes.enums import EstadoAncla, TipoAporte, Valor
from consulta.aportes.flows.citas import resolver_cita
from consulta.aportes.flows.contenido import Contenido
from consulta.aportes.flows.enviar import enviar_aporte
from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.procesos.models import Asunto, Tema
from cuentas.roles import Rol
from portal.demo.adjuntos import subir
from portal.demo.calendario import Calendario
from portal.demo.elenco import Elenco
from portal.demo.lectura import Nodo, azar, leer, propuestas
from portal.demo.proceso import ANTES, DESPUES, SEGUNDA_VERSION, Escenario

ESPACIO = UUID("5c1f0a52-7d2c-4f0e-9d7e-2f1b1a5e0007")
PUBLICACION = timedelta(hours=10)
"""After the first instant of its day a version is surely out, and may be spoken of."""


@dataclass
class Dicho:
    """One contribution of the script. `hijos` are its replies."""

    nodo: Nodo
    asunto: Asunto
    tipo: TipoAporte
    en: datetime
    clave: str
    tema: Tema | None = None
    padre: "Dicho | None" = None
    hijos: list["Dicho"] = field(default_factory=list)
    aporte: Aporte | None = None

    def rama(self) -> "Iterator[Dicho]":
        """Itself and all replies below."""
        yield self
        for hijo in self.hijos:
            yield from hijo.rama()


@dataclass(frozen=True)
class Escena:
    """Something that happens at an instant; `turno` orders what happens at the same one."""

    en: datetime
    turno: int
    hacer: Callable[[], object]


def escribir(calendario: Calendario, escenario: Escenario) -> list[Dicho]:
    """Every thread, its heads and replies dated inside the window of its stage."""
    chances = azar("fechas")
    raices = [*_propuestas(calendario, escenario, chances)]
    raices += _comentarios_al_borrador(calendario, escenario, chances)
    raices += _comentarios_a_la_hoja(calendario, escenario, chances)
    return raices


def _propuestas(
    calendario: Calendario, escenario: Escenario, chances: random.Random
) -> Iterator[Dicho]:
    generales = {sigla: escenario.general(sigla) for sigla in ("P7A", "P7C")}
    for tema, nodo in propuestas():
        asunto = generales[nodo.get("consulta", "P7C")]
        desde, hasta = _ventana(asunto, calendario)
        # Nobody opens a thread in its last hours: those who reply need some time.
        en = calendario.momento(chances, desde, hasta - (hasta - desde) * 0.08)
        raiz = Dicho(nodo, asunto, TipoAporte.PROPUESTA, en, nodo["titulo"], escenario.temas[tema])
        _colgar(raiz, calendario, chances, hasta)
        yield raiz


def _comentarios_al_borrador(
    calendario: Calendario, escenario: Escenario, chances: random.Random
) -> Iterator[Dicho]:
    relevo = calendario.comienzo(SEGUNDA_VERSION)
    for grupo in leer("comentarios_borrador"):
        version = grupo.get("version", DESPUES)
        asunto = escenario.borrador[version, grupo["fragmento"]]
        desde, hasta = _ventana(asunto, calendario)
        if version == ANTES:
            desde, hasta = desde + PUBLICACION, relevo
        else:
            desde = relevo + PUBLICACION
        yield from _hilos(grupo, asunto, calendario, chances, desde, hasta)


def _comentarios_a_la_hoja(
    calendario: Calendario, escenario: Escenario, chances: random.Random
) -> Iterator[Dicho]:
    for grupo in leer("hoja_de_ruta")["comentarios"]:
        asunto = escenario.hoja[grupo["fragmento"]]
        desde, hasta = _ventana(asunto, calendario)
        yield from _hilos(grupo, asunto, calendario, chances, desde + PUBLICACION, hasta)


def _hilos(
    grupo: Nodo,
    asunto: Asunto,
    calendario: Calendario,
    chances: random.Random,
    desde: datetime,
    hasta: datetime,
) -> Iterator[Dicho]:
    for nodo in [*grupo["comentarios"], *_campana(grupo.get("campana"))]:
        en = calendario.momento(chances, desde, hasta - (hasta - desde) * 0.15)
        clave = f"{asunto.consulta.sigla}:{grupo.get('version', 0)}:{grupo['fragmento']}"
        raiz = Dicho(
            nodo, asunto, TipoAporte.OBSERVACION, en, f"{clave}:{nodo['firma']}:{nodo['texto']}"
        )
        _colgar(raiz, calendario, chances, hasta)
        yield raiz


def _campana(campana: Nodo | None) -> list[Nodo]:
    """A text that several people sent, most as it is and some with words of their own."""
    if campana is None:
        return []
    return [
        {"firma": firma, "region": region, "texto": campana["texto"]}
        for firma, region in zip(campana["firmas"], campana["regiones"], strict=True)
    ] + [
        {
            "firma": quien["firma"],
            "region": quien["region"],
            "texto": f"{campana['texto']}\n\n{quien['agrega']}",
        }
        for quien in campana["con_propio"]
    ]


def _colgar(padre: Dicho, calendario: Calendario, chances: random.Random, hasta: datetime) -> None:
    for i, nodo in enumerate(padre.nodo.get("hilo", [])):
        en = calendario.despues_de(chances, padre.en, hasta)
        hijo = Dicho(nodo, padre.asunto, TipoAporte.REPLICA, en, f"{padre.clave}/{i}", padre=padre)
        padre.hijos.append(hijo)
        _colgar(hijo, calendario, chances, hasta)


def _ventana(asunto: Asunto, calendario: Calendario) -> tuple[datetime, datetime]:
    etapa = asunto.consulta.etapa
    if etapa.inicio is None or etapa.fin is None:
        raise ValueError(f"La etapa «{etapa}» de la demostración no tiene fechas")
    return etapa.inicio, min(etapa.fin, calendario.corte)


def escenas_de(raices: list[Dicho], elenco: Elenco) -> Iterator[Escena]:
    """Sendings, withdrawals and removals, still in the order of the files."""
    for raiz in raices:
        for dicho in raiz.rama():
            yield Escena(dicho.en, 0, partial(_enviar, dicho, elenco))
            ultimo = max(d.en for d in dicho.rama()) + timedelta(minutes=7)
            if "retirado" in dicho.nodo:
                yield Escena(
                    ultimo, 1, partial(retirar, dicho, elenco, dicho.nodo["retirado"], ultimo)
                )
            if "sin_lugar" in dicho.nodo:
                yield Escena(ultimo, 1, partial(_sin_lugar, dicho, elenco, ultimo))
            if "removido" in dicho.nodo:
                yield Escena(ultimo, 1, partial(_remover, dicho, elenco, ultimo))


def enviado(dicho: Dicho) -> Aporte:
    """The contribution it became. Raises ValueError before its turn came."""
    if dicho.aporte is None:
        raise ValueError(f"«{dicho.clave}» todavía no fue enviado")
    return dicho.aporte


def _enviar(dicho: Dicho, elenco: Elenco) -> None:
    nodo = dicho.nodo
    oficial = nodo.get("oficial")
    por = elenco.oficiales[oficial] if oficial else elenco.persona(nodo)
    envio = enviar_aporte(
        asunto=dicho.asunto,
        tipo=dicho.tipo,
        contenido=_contenido(dicho),
        por=por,
        clave=uuid5(ESPACIO, dicho.clave),
        padre=enviado(dicho.padre) if dicho.padre else None,
        institucional=bool(oficial),
        adjuntos=subir(nodo.get("adjuntos", []), dicho.asunto.consulta, por, dicho.en),
        ahora=dicho.en,
    )
    dicho.aporte = envio.aporte


def _contenido(dicho: Dicho) -> Contenido:
    nodo = dicho.nodo
    if dicho.tipo is TipoAporte.PROPUESTA:
        return contenido_de_propuesta(nodo, dicho.tema)
    return Contenido(
        texto=limpiar(nodo["texto"]),
        region=nodo.get("region", ""),
        tipo_autor="" if nodo.get("oficial") else _calidad(nodo),
        firma=nodo.get("firma", ""),
        organizacion=nodo.get("organizacion", ""),
        cita=nodo.get("cita", ""),
    )


def _calidad(nodo: Nodo) -> str:
    return str(nodo.get("calidad") or ("osc" if nodo.get("organizacion") else "ciudadania"))


def contenido_de_propuesta(nodo: Nodo, tema: Tema | None) -> Contenido:
    """What a proposal of the data files says."""
    return Contenido(
        titulo=nodo["titulo"],
        texto=nodo["descripcion"],
        campos={
            "problema": nodo["problema"],
            "brecha": nodo["brecha"],
            "resultados_esperados": nodo["resultados"],
            "actores": nodo["actores"],
            "componentes": nodo["componentes"],
            "valores": [Valor(v).value for v in nodo["valores"]],
        },
        tema=tema,
        region=nodo["region"],
        tipo_autor=_calidad(nodo),
        firma=nodo["firma"],
        organizacion=nodo.get("organizacion", ""),
    )


def retirar(dicho: Dicho, elenco: Elenco, motivo: str, ahora: datetime) -> None:
    """Its author takes it back."""
    retirar_aporte(
        aporte=enviado(dicho), por=elenco.persona(dicho.nodo), motivo=motivo, ahora=ahora
    )


def _sin_lugar(dicho: Dicho, elenco: Elenco, ahora: datetime) -> None:
    """The secretariat says that the quoted words are not in the version in force any more."""
    huerfana = enviado(dicho).anclas.filter(estado=EstadoAncla.HUERFANA).last()
    if huerfana is not None:
        resolver_cita(ancla=huerfana, por=elenco.por_rol[Rol.SECRETARIA], ahora=ahora)


def _remover(dicho: Dicho, elenco: Elenco, ahora: datetime) -> None:
    remover_aporte(
        aporte=enviado(dicho),
        por=elenco.por_rol[Rol.MODERADOR],
        causa=dicho.nodo["causa"],
        motivo=dicho.nodo["removido"],
        ahora=ahora,
    )
