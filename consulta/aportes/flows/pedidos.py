"""One sending as the steps of `enviar_aporte` need it, and what its author takes away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from consulta.aportes.enums import Canal, TipoAporte
from consulta.aportes.flows.adjuntar import Elegido
from consulta.aportes.flows.contenido import Contenido
from consulta.aportes.flows.invitados import Invitado
from consulta.aportes.flows.preguntas import PorPreguntar
from consulta.aportes.models import Aporte
from consulta.procesos.models import Asunto, Consulta
from cuentas.models import Institucion, User


@dataclass(frozen=True)
class Envio:
    """What the author takes away. `nuevo` is false when this very sending had arrived before.

    A guest's waits for its confirmation: it has no folio, and `codigo` is empty. `dudas` are the
    questions that were not asked, for who must tell their author afterwards.
    """

    aporte: Aporte
    codigo: str
    nuevo: bool
    dudas: tuple[PorPreguntar, ...] = ()

    @property
    def por_confirmar(self) -> bool:
        return self.aporte.confirmado_en is None


@dataclass(frozen=True)
class Pedido:
    """What, where, by whom, in whose voice, when."""

    asunto: Asunto
    tipo: TipoAporte
    contenido: Contenido
    clave: UUID
    por: User | None
    invitado: Invitado | None
    padre: Aporte | None
    canal: Canal
    voz: Institucion | None
    organizacion: Institucion | None
    ahora: datetime
    adjuntos: Sequence[Elegido] = ()

    @property
    def consulta(self) -> Consulta:
        return self.asunto.consulta
