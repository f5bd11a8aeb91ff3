"""What people chose: at once, daily or not, by kind; and the link that stops a kind with one click.

A choice is kept under the name of the recipient («cuenta:7», or «aporte:12» for who has no account):
no table of people is needed, and an erasure finds it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.core import signing
from django.db import transaction

from comun.auditoria import registrar
from comun.avisos.razones import cuentas_de, direccion_absoluta
from comun.clases import OBLIGATORIAS, PREDETERMINADO, Clase, Modo
from comun.errores import DatoInvalido
from comun.registro import Preferencia

SAL = "comun.avisos.baja"


def quien(destino: str) -> str:
    """The name under which the choices of a recipient are kept: the account's where there is one."""
    cuenta = cuentas_de([destino]).get(destino)
    return destino if cuenta is None else f"cuenta:{cuenta}"


def modos_para(nombres: Collection[str], clase: Clase) -> dict[str, Modo]:
    """How a kind reaches each recipient, named as `quien` does; one query."""
    if clase in OBLIGATORIAS:
        return dict.fromkeys(nombres, Modo.INMEDIATO)
    elegidos = Preferencia.objects.filter(destino__in=nombres, clase=clase)
    dichos = dict(elegidos.values_list("destino", "modo"))
    return {n: Modo(dichos.get(n, PREDETERMINADO[clase])) for n in nombres}


def modos_de(destino: str) -> dict[Clase, Modo]:
    """Every kind one may choose about, with what stands now; one query."""
    elegidos = dict(Preferencia.objects.filter(destino=destino).values_list("clase", "modo"))
    return {c: Modo(elegidos.get(c, modo)) for c, modo in PREDETERMINADO.items()}


@transaction.atomic
def preferir(*, destino: str, modos: Mapping[str, str], ahora: datetime) -> None:
    """Keep how a recipient wants some kinds. Raises DatoInvalido for an unknown or obligatory kind."""
    for clase, modo in modos.items():
        if clase not in PREDETERMINADO or modo not in Modo.values:
            raise DatoInvalido("Elija una de las opciones de la lista.", campo=clase)
        previa = Preferencia.objects.filter(destino=destino, clase=clase).first()
        if previa is not None and previa.modo == modo:
            continue
        preferencia, _nueva = Preferencia.objects.update_or_create(
            destino=destino, clase=clase, defaults={"modo": modo, "desde": ahora}
        )
        registrar(
            verbo="preferir_avisos",
            objeto=preferencia,
            por=None,
            ahora=ahora,
            antes={"modo": previa.modo if previa else PREDETERMINADO[Clase(clase)]},
            despues={"modo": modo, "clase": clase},
        )


@dataclass(frozen=True)
class Baja:
    """What an address to stop is for: a recipient and either one kind, or those of a digest."""

    destino: str
    clases: tuple[Clase, ...]
    de_resumen: bool

    @property
    def vuelta(self) -> dict[str, str]:
        """How they come again for who changes their mind."""
        return {c: Modo.RESUMEN if self.de_resumen else PREDETERMINADO[c] for c in self.clases}


def direccion_de_baja(destino: str, clase: Clase) -> str:
    """Where a recipient stops a kind with one click (RFC 8058); empty for those that cannot stop."""
    return "" if clase in OBLIGATORIAS else _direccion(quien(destino), clase.value)


def direccion_de_baja_de_resumen(destino: str, clases: Collection[str]) -> str:
    """The same, of a digest: all the kinds that came in it."""
    return _direccion(quien(destino), sorted(clases))


def _direccion(destino: str, que: str | list[str]) -> str:
    token = signing.dumps([destino, que], salt=SAL, compress=True)
    return direccion_absoluta(f"/avisos/baja/{quote(token)}/")


def leer_baja(token: str) -> Baja | None:
    """What such an address is for; None when it was not written by us."""
    try:
        destino, que = signing.loads(token, salt=SAL)
        de_resumen = isinstance(que, list)
        clases = tuple(Clase(c) for c in (que if de_resumen else [que]))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Baja(str(destino), clases, de_resumen)
