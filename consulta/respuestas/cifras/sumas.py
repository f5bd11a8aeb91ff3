"""What a set of rows adds up to."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass
class Cifras:
    """The sums over some rows. `vencidos` is a part of `pendientes`; `identicos` and `comunes` of
    `respondidos`.

    `dias` counts the answered ones by the calendar days that passed from the day each was sent to
    that of its first answer. `con_plazo` are the answered ones that had a day, `a_tiempo` those of
    them whose first answer came on it or before.
    """

    respondidos: int = 0
    vencidos: int = 0
    por_vencer: int = 0
    retirados: int = 0
    removidos: int = 0
    a_tiempo: int = 0
    con_plazo: int = 0
    identicos: int = 0
    comunes: int = 0
    dias: Counter[int] = field(default_factory=Counter)

    @property
    def recibidos(self) -> int:
        """received = answered + pending + withdrawn + removed (INV-02): here by construction, since
        each row has one state."""
        return self.respondidos + self.pendientes + self.retirados + self.removidos

    @property
    def pendientes(self) -> int:
        return self.vencidos + self.por_vencer

    @property
    def por_responder(self) -> int:
        """Those that are owed an answer, given or not."""
        return self.respondidos + self.pendientes

    @property
    def tarde(self) -> int:
        return self.con_plazo - self.a_tiempo

    @property
    def propios(self) -> int:
        return self.respondidos - self.identicos - self.comunes

    @property
    def mediana(self) -> float | None:
        """Half of the answers took this many calendar days or fewer; None without answers."""
        orden = sorted(self.dias.items())
        n = sum(self.dias.values())
        if not n:
            return None
        medios = [_en_lugar(orden, (n - 1) // 2), _en_lugar(orden, n // 2)]
        return sum(medios) / 2

    @property
    def p90(self) -> int | None:
        """The fewest calendar days in which nine of ten answers came; None without answers."""
        n = sum(self.dias.values())
        return _en_lugar(sorted(self.dias.items()), -(-9 * n // 10) - 1) if n else None

    @property
    def parte_a_tiempo(self) -> float | None:
        """Per cent of the answered that had a day and were answered by it."""
        return 100 * self.a_tiempo / self.con_plazo if self.con_plazo else None

    @property
    def parte_identica(self) -> float | None:
        """Per cent of the answered whose words another response tells as well."""
        return 100 * self.identicos / self.respondidos if self.respondidos else None

    @property
    def frase(self) -> str:
        """The public line: «412 de 430 respondidos · 18 pendientes · 3 vencidos · mediana 21 días»."""
        if not self.por_responder:
            return _("Aún no hay aportes por responder")
        partes = [
            ngettext("%(n)s de %(m)s respondido", "%(n)s de %(m)s respondidos", self.por_responder)
            % {"n": _miles(self.respondidos), "m": _miles(self.por_responder)},
            ngettext("%(n)s pendiente", "%(n)s pendientes", self.pendientes)
            % {"n": _miles(self.pendientes)},
        ]
        if self.vencidos:
            vencidos = ngettext("%(n)s vencido", "%(n)s vencidos", self.vencidos)
            partes.append(vencidos % {"n": _miles(self.vencidos)})
        if self.mediana is not None:
            dias = ngettext(
                "mediana %(n)s día", "mediana %(n)s días", 1 if self.mediana == 1 else 2
            )
            partes.append(dias % {"n": decimal(self.mediana)})
        return " · ".join(partes)

    def anotar(
        self, estado: str, dias: int | None, a_tiempo: int | None, texto: str | None, n: int
    ) -> None:
        """Add `n` rows that are alike."""
        campo = {"pendiente": "por_vencer", "retirado": "retirados", "removido": "removidos"}.get(
            estado, f"{estado}s"
        )
        setattr(self, campo, getattr(self, campo) + n)
        if estado != "respondido":
            return
        if dias is not None:
            self.dias[dias] += n
        if a_tiempo is not None:
            self.con_plazo += n
            self.a_tiempo += n * a_tiempo
        self.identicos += n * (texto == "identico")
        self.comunes += n * (texto == "comun")


def _en_lugar(orden: list[tuple[int, int]], lugar: int) -> int:
    """The value at `lugar` (from 0) of values counted in `orden`."""
    for valor, cuantos in orden:
        if lugar < cuantos:
            return valor
        lugar -= cuantos
    return orden[-1][0]


def _miles(n: int) -> str:
    return f"{n:,}".replace(",", ".")


def decimal(valor: float) -> str:
    """«21» or «21,5»."""
    return f"{valor:g}".replace(".", ",")
