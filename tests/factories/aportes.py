"""Contributions are made by the flow, so that the tests see what people make."""

from datetime import datetime, timedelta
from uuid import uuid4

from consulta.aportes.enums import TipoAporte
from consulta.aportes.flows.contenido import Contenido
from consulta.aportes.flows.enviar import Envio, enviar_aporte
from consulta.aportes.models import Aporte
from consulta.procesos.models import Asunto, Consulta
from cuentas.models import User
from tests.factories import AHORA
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory, ConsultaFactory, TemaFactory

PROPUESTA = {
    "problema": "Los presupuestos comunales no se entienden.",
    "brecha": "Los datos existen, pero no en formatos abiertos.",
    "resultados_esperados": "Presupuestos legibles en todas las comunas.",
    "actores": "Municipios y SUBDERE.",
    "componentes": "Norma técnica y visualizador.",
    "valores": ["transparencia", "participacion"],
}


def contenido(texto: str = "Falta nombrar a los municipios.", **campos: object) -> Contenido:
    return Contenido(texto=texto, **campos)  # type: ignore[arg-type]


def contenido_de_propuesta(**campos: object) -> Contenido:
    datos: dict = {
        "titulo": "Presupuestos comunales abiertos",
        "texto": "Publicar cada presupuesto comunal como datos abiertos.",
        "campos": PROPUESTA,
        "tema": TemaFactory(),
        "region": "08",
        "tipo_autor": "ciudadania",
    } | campos
    return Contenido(**datos)


def enviar(
    *,
    asunto: Asunto | None = None,
    consulta: Consulta | None = None,
    por: User | None = None,
    padre: Aporte | None = None,
    tipo: TipoAporte | None = None,
    dice: Contenido | None = None,
    ahora: datetime = AHORA,
    institucional: bool = False,
) -> Envio:
    """Send a contribution: a reply to `padre`, a proposal where they are received, else a comment."""
    if padre is not None:
        asunto, tipo = padre.asunto, TipoAporte.REPLICA
    asunto = asunto or AsuntoFactory(consulta=consulta or ConsultaFactory())
    if tipo is None:
        propone = asunto.consulta.recibe_propuestas
        tipo = TipoAporte.PROPUESTA if propone else TipoAporte.OBSERVACION
    if dice is None:
        dice = contenido_de_propuesta() if tipo is TipoAporte.PROPUESTA else contenido()
    return enviar_aporte(
        asunto=asunto,
        tipo=tipo,
        contenido=dice,
        por=por or UserFactory(),
        clave=uuid4(),
        padre=padre,
        institucional=institucional,
        ahora=ahora,
    )


def aporte(**kwargs: object) -> Aporte:
    """As `enviar`, the contribution alone."""
    return enviar(**kwargs).aporte  # type: ignore[arg-type]


def hilo(raiz: Aporte, replicas: int) -> list[Aporte]:
    """`replicas` replies below `raiz`, each to the one before, a minute apart."""
    padre, hechas = raiz, []
    for i in range(replicas):
        padre = aporte(padre=padre, ahora=AHORA + timedelta(minutes=i + 1))
        hechas.append(padre)
    return hechas
