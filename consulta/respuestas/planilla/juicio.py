"""What was made of one row of a spreadsheet."""

from dataclasses import dataclass, field
from typing import Any

from consulta.aportes.models import Aporte, Punto
from consulta.respuestas.enums import EstadoDeFila
from consulta.respuestas.planilla.columnas import Sello
from consulta.respuestas.planilla.leer import FilaLeida


@dataclass
class Juicio:
    """One row with what was made of it; `campo` is the column at fault. `punto` is the one it answers,
    `linea_del_todo` the personal line that a draft had for the whole contribution."""

    leida: FilaLeida
    sello: Sello | None = None
    estado: EstadoDeFila = EstadoDeFila.ACEPTADA
    aporte: Aporte | None = None
    punto: Punto | None = None
    linea_del_todo: str = ""
    datos: dict[str, Any] = field(default_factory=dict)
    campo: str = ""
    reparo: str = ""

    def rechazar(self, campo: str, reparo: str) -> None:
        self.estado, self.campo, self.reparo = EstadoDeFila.ERROR, campo, reparo

    def apartar(self, reparo: str) -> None:
        self.estado, self.campo, self.reparo = EstadoDeFila.CONFLICTO, "folio", reparo

    @property
    def en_pie(self) -> bool:
        return self.estado == EstadoDeFila.ACEPTADA
