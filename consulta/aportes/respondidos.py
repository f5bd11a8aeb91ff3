"""Whether an answer of a contribution stands, also while it is under review.

Only `respondido_en` is known here, which an open review empties: the row waits again, and the answer that
was published still stands on its page, about the words it was given for. The room that answers says so.
"""

from typing import Protocol

from consulta.aportes.models import Aporte


class TieneRespuesta(Protocol):
    def __call__(self, aporte: Aporte) -> bool: ...


_quienes_saben: list[TieneRespuesta] = []


def al_preguntar_por_su_respuesta(funcion: TieneRespuesta) -> None:
    """Ask `funcion` about a contribution that waits; it may cost one query."""
    if funcion not in _quienes_saben:
        _quienes_saben.append(funcion)


def tiene_respuesta(aporte: Aporte) -> bool:
    """Free where it is answered; otherwise what each registered room costs."""
    return aporte.esta_respondido or any(sabe(aporte) for sabe in _quienes_saben)
