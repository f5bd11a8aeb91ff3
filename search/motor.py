"""The search engine, when there is one."""

from search.busqueda import Hallados, Pregunta


def configurado() -> bool:
    return False


def preguntar(pregunta: Pregunta) -> Hallados | None:
    return None
