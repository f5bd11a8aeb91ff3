"""A whole consultation written in a file: its process, its stages, what is asked, its themes.

`yaml` finds the parts and where each is written, `partes` says what each may hold. Nothing here
writes: `consulta.procesos.flows.convocar` does.
"""

from consulta.procesos.convocatoria.partes import Convocatoria, Parte, leer
from consulta.procesos.convocatoria.yaml import Falla, Fallas

__all__ = ["Convocatoria", "Falla", "Fallas", "Parte", "leer"]
