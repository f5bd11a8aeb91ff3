"""Contributions and answers written in bulk, as true as those of the flows: folios without gaps, sealed
answers, events with their commitment. What they lack is mails, which nobody would read."""

import random
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from comun.auditoria import compromiso, nombre_de, registrar, seudonimo
from comun.fechas import dia_de
from comun.regiones import Region
from comun.registro import Evento, EventoDetalle
from consulta.aportes.codigos import codigo_de, huella_de_codigo, nueva_sal
from consulta.aportes.enums import (
    Canal,
    Situacion,
    TipoAporte,
    TipoAutor,
    Valor,
    mascara_de_valores,
)
from consulta.aportes.models import Aporte, AporteVersion, Autoria, Palabra
from consulta.aportes.recibos import lo_escrito
from consulta.aportes.semejanza.semejantes import pesos_de
from consulta.procesos.models import Asunto, Tema
from consulta.respuestas.enums import EXIGEN_CAMBIO, Resultado
from consulta.respuestas.models import Cobertura, Destino, Respuesta, RespuestaVersion
from consulta.respuestas.sello import huella_de_texto, sello_de
from cuentas.models import Institucion, User

INSERCION = 500
VOZ_OFICIAL, NO_VIGENTES, RESPONDIDOS = 0.03, 0.02, 0.3
PLAZO = timedelta(days=35)
POR_RESPUESTA = 100
MOTIVOS = {
    Situacion.RETIRADO: "Retirado por su autor o autora",
    Situacion.REMOVIDO: "Se removió por ser publicidad. Regla 4 de convivencia.",
}
RAZON = (
    "Esta respuesta pertenece a una prueba de carga. Reúne {n} aportes sobre temas parecidos y "
    "los responde con un solo texto, como haría una institución con una campaña."
)
SIN_CAMBIO = frozenset(Resultado) - EXIGEN_CAMBIO


@dataclass
class Pieza:
    """A contribution not yet written, with its words and its author."""

    aporte: Aporte
    titulo: str
    texto: str
    campos: dict[str, Any]
    persona: User

    @classmethod
    def inventar(
        cls,
        *,
        asunto: Asunto,
        n: int,
        padre: Aporte | None,
        en: datetime,
        titulo: str,
        texto: str,
        tema: Tema | None,
        persona: User,
        institucion: Institucion,
        chances: random.Random,
    ) -> Self:
        """One at random: mostly standing, mostly a person's, of any region."""
        oficial = padre is not None and chances.random() < VOZ_OFICIAL
        quitada = chances.random() < NO_VIGENTES
        situacion = chances.choice(list(MOTIVOS)) if quitada else Situacion.VIGENTE
        aporte = Aporte(
            consulta=asunto.consulta,
            asunto=asunto,
            tipo=TipoAporte.REPLICA if padre else TipoAporte.PROPUESTA,
            n=n,
            padre=padre,
            raiz=padre and (padre.raiz or padre),
            enviado_en=en,
            confirmado_en=en,
            canal=Canal.FORMULARIO,
            en_nombre_de=institucion if oficial else None,
            exige_respuesta=not oficial,
            tema=tema,
            region=chances.choice(Region.values),
            tipo_autor=chances.choice(TipoAutor.values),
            vence_el=dia_de(en + PLAZO),
            situacion=situacion,
            motivo=MOTIVOS.get(situacion, ""),
            clave_idempotencia=UUID(int=chances.getrandbits(128), version=4),
        )
        campos = {} if padre else {"problema": texto, "valores": [chances.choice(Valor.values)]}
        aporte.valores = mascara_de_valores(list(campos.get("valores", [])))
        return cls(aporte, titulo, texto, campos, persona)


def escribir(piezas: list[Pieza]) -> None:
    """Insert contributions, words, authors and events. Parents come before their replies."""
    pendientes = [p.aporte for p in piezas]
    while pendientes:
        ahora_si = [a for a in pendientes if a.padre is None or a.padre.pk is not None]
        Aporte.objects.bulk_create(ahora_si, batch_size=INSERCION)
        pendientes = [a for a in pendientes if a.pk is None]
    AporteVersion.objects.bulk_create(
        (_version(p) for p in piezas),
        batch_size=INSERCION,
    )
    Palabra.objects.bulk_create(
        (palabra for p in piezas if p.campos for palabra in _palabras(p)), batch_size=INSERCION
    )
    Autoria.objects.bulk_create((_autoria(p) for p in piezas), batch_size=INSERCION)
    _anotar(piezas)


def _palabras(pieza: Pieza) -> list[Palabra]:
    """By which a proposal is found by those who write another like it."""
    pesos = pesos_de(pieza.titulo, str(pieza.campos.get("problema", "")))
    return [
        Palabra(consulta_id=pieza.aporte.consulta_id, aporte=pieza.aporte, raiz=r, peso=p)
        for r, p in pesos.items()
    ]


def _version(pieza: Pieza) -> AporteVersion:
    return AporteVersion(
        aporte=pieza.aporte,
        n=1,
        titulo=pieza.titulo,
        texto=pieza.texto,
        campos=pieza.campos,
        en=pieza.aporte.enviado_en,
    )


def responder(
    piezas: list[Pieza], *, institucion: Institucion, chances: random.Random, ahora: datetime
) -> None:
    """Publish answers to a part of them, each covering up to a hundred."""
    por_responder = [
        p.aporte
        for p in piezas
        if p.aporte.exige_respuesta and p.aporte.es_visible and chances.random() < RESPONDIDOS
    ]
    for i in range(0, len(por_responder), POR_RESPUESTA):
        _publicar(por_responder[i : i + POR_RESPUESTA], institucion, chances, ahora)
    ids = [a.pk for a in por_responder]
    Aporte.objects.filter(pk__in=ids).update(respondido_en=ahora, institucion=institucion)


def _publicar(
    aportes: list[Aporte], institucion: Institucion, chances: random.Random, ahora: datetime
) -> None:
    respuesta = Respuesta.objects.create(
        consulta=aportes[0].consulta, institucion=institucion, creada_en=ahora, modificada_en=ahora
    )
    version = RespuestaVersion.objects.create(
        respuesta=respuesta, n=1, razon=RAZON.format(n=len(aportes))
    )
    resultados = sorted(SIN_CAMBIO)
    coberturas = Cobertura.objects.bulk_create(
        Cobertura(
            version=version,
            aporte=a,
            resultado=chances.choice(resultados),
            huella=huella_de_texto(version.razon, ""),
        )
        for a in aportes
    )
    Destino.objects.bulk_create(
        Destino(cobertura=c, porque_nada="Es una prueba de carga.") for c in coberturas
    )
    con_destino = Cobertura.objects.filter(version=version).select_related("destino")
    version.sha256 = sello_de(version, con_destino)
    version.sellada_en = version.publicada_en = ahora
    version.save(update_fields=["sha256", "sellada_en", "publicada_en"])
    registrar(
        verbo="publicar_respuesta",
        objeto=version,
        por=None,
        ahora=ahora,
        despues={"aportes": sorted(a.pk for a in aportes), "sha256": version.sha256, "n": 1},
    )


def _autoria(pieza: Pieza) -> Autoria:
    sal = nueva_sal()
    codigo = codigo_de(aporte_id=pieza.aporte.pk, sal=sal)
    return Autoria(
        aporte=pieza.aporte,
        cuenta=pieza.persona,
        nombre_publico=pieza.persona.nombre_publico,
        codigo_hash=huella_de_codigo(codigo),
        sal=sal,
    )


def _anotar(piezas: list[Pieza]) -> None:
    """The event of each sending, as the flow records it."""
    eventos, detalles = [], []
    for pieza in piezas:
        aporte, sal = pieza.aporte, secrets.token_hex(16)
        despues = {
            "tipo": aporte.tipo,
            "consulta": aporte.consulta.sigla,
            "canal": aporte.canal,
            **lo_escrito(_version(pieza)),
        }
        quien = seudonimo(pieza.persona)
        cambio: dict[str, Any] = {"antes": {}, "despues": despues}
        eventos.append(
            Evento(
                actor_seudonimo=quien,
                en=aporte.enviado_en,
                verbo="enviar_aporte",
                objeto=nombre_de(aporte),
                compromiso=compromiso(sal, {"actor": quien, **cambio}),
            )
        )
        detalles.append((sal, {"actor": str(pieza.persona.pk), **cambio}))
    Evento.objects.bulk_create(eventos, batch_size=INSERCION)
    EventoDetalle.objects.bulk_create(
        (
            EventoDetalle(evento=evento, sal=sal, **detalle)
            for evento, (sal, detalle) in zip(eventos, detalles, strict=True)
        ),
        batch_size=INSERCION,
    )
