"""How the mail about speaking for an organisation reads."""

from collections.abc import Sequence

from django.urls import reverse

from comun.avisos import Correo, direccion_absoluta, registrar_razon
from comun.registro import Aviso
from cuentas.models import Representacion

Estado = Representacion.Estado
HECHO = {
    Estado.VERIFICADA: "Ya puede hablar por {}",
    Estado.RECHAZADA: "No pudimos verificar que habla por {}",
    Estado.TERMINADA: "Ya no habla por {}",
}


def representacion(aviso: Aviso) -> Correo | None:
    """What the secretariat decided, and why."""
    fila = _fila(aviso.objeto)
    if fila is None or fila.estado not in HECHO or not fila.cuenta.is_active:
        return None
    if aviso.version != fila.turno:
        return None  # it ended before this mail left: the other one says so
    return Correo(
        para=fila.cuenta.email,
        asunto=_titulo(fila),
        plantilla="representacion",
        contexto={
            "representacion": fila,
            "titulo": _titulo(fila),
            "url": direccion_absoluta(reverse("paginas:representaciones")),
        },
    )


def linea(
    fila: Representacion, destinos: Sequence[str], version: int
) -> dict[str, tuple[str, str]]:
    """Its line on the site."""
    if fila.estado not in HECHO:
        return {}
    return dict.fromkeys(destinos, (_titulo(fila), reverse("paginas:representaciones")))


def _titulo(fila: Representacion) -> str:
    return HECHO[Estado(fila.estado)].format(fila.organizacion)


def _fila(objeto: str) -> Representacion | None:
    filas = Representacion.objects.select_related("cuenta", "institucion")
    return filas.filter(pk=objeto.partition(":")[2]).first()


def registrar_correos() -> None:
    """Called once at start-up."""
    registrar_razon("representacion", representacion, linea=linea)
