"""What keeps a consultation from closing as «respondida», and how its ledger differs since (INV-01)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consulta.aportes.flows.invitados import PLAZO
from consulta.aportes.models import Aporte
from consulta.aportes.querysets import Balance
from consulta.procesos.models import Consulta
from consulta.respuestas.models import Cierre, Cobertura, RespuestaVersion

MUESTRA = 10
"""Folios that a refusal names; the count is always whole."""


@dataclass(frozen=True)
class Falta:
    """One thing that is missing: in words, how many rows, and the first of them by folio."""

    clave: str
    texto: str
    n: int = 0
    folios: tuple[str, ...] = ()

    @property
    def resto(self) -> int:
        """How many rows are not among `folios`."""
        return self.n - len(self.folios)

    @property
    def frase(self) -> str:
        if not self.folios:
            return self.texto
        mas = _(" y %(n)s más") % {"n": self.resto} if self.resto else ""
        return f"{self.texto} ({', '.join(self.folios)}{mas})"


def faltas_para_cerrar(consulta: Consulta, ahora: datetime) -> list[Falta]:
    """Everything that is missing at `ahora`, empty when it can close. `consulta` comes with its stage.

    A constant number of queries.
    """
    fin = consulta.etapa.fin
    faltas = []
    if fin is None:
        faltas.append(Falta("etapa", _("La etapa no tiene fecha de término.")))
    elif ahora < fin:
        cuando = date_format(localtime(fin), "DATETIME_FORMAT")
        faltas.append(Falta("etapa", _("La etapa sigue abierta hasta el %(c)s.") % {"c": cuando}))
    aportes = Aporte.objects.de_consulta(consulta)
    por_confirmar = aportes.filter(confirmado_en=None, enviado_en__gt=ahora - PLAZO).count()
    if por_confirmar:
        texto = ngettext(
            "%(n)s aporte de una persona sin cuenta todavía puede confirmarse: espere 48 horas.",
            "%(n)s aportes de personas sin cuenta todavía pueden confirmarse: espere 48 horas.",
            por_confirmar,
        )
        faltas.append(Falta("por_confirmar", texto % {"n": por_confirmar}, por_confirmar))
    pendientes = aportes.pendientes()
    en_revision = pendientes.filter(revision__isnull=False, revision__resuelta_en=None)
    _anotar(
        faltas, "sin_respuesta",
        pendientes.exclude(pk__in=en_revision.values("pk")),
        lambda n: ngettext("%(n)s aporte no tiene respuesta", "%(n)s aportes no tienen respuesta", n),
    )  # fmt: skip
    _anotar(
        faltas, "en_revision", en_revision,
        lambda n: ngettext(
            "%(n)s aporte espera la revisión que pidió su autor o autora",
            "%(n)s aportes esperan la revisión que pidieron sus autores", n,
        ),
    )  # fmt: skip
    selladas = RespuestaVersion.objects.presentadas().filter(respuesta__consulta=consulta)
    esperan = Cobertura.objects.filter(version__in=selladas.values("pk"), punto=None)
    _anotar(
        faltas, "selladas", aportes.filter(pk__in=esperan.values("aporte")),
        lambda n: ngettext(
            "%(n)s aporte tiene una respuesta sellada que espera publicarse",
            "%(n)s aportes tienen respuestas selladas que esperan publicarse", n,
        ),
    )  # fmt: skip
    return faltas


def _anotar(faltas: list[Falta], clave: str, filas: "QuerySet[Aporte]", decir: object) -> None:
    n = filas.count()
    if not n:
        return
    primeros = filas.select_related("consulta").order_by("n")[:MUESTRA]
    texto = decir(n) % {"n": n}  # type: ignore[operator]
    faltas.append(Falta(clave, texto, n, tuple(a.folio for a in primeros)))


def balance_de(cierre: Cierre) -> Balance:
    """The balance frozen when it closed: nothing was pending."""
    return Balance(
        recibidos=cierre.recibidos,
        respondidos=cierre.respondidos,
        retirados=cierre.retirados,
        removidos=cierre.removidos,
    )


def diferencias(cierre: Cierre, hoy: Balance) -> list[str]:
    """How the ledger differs now from the one that closed, a sentence each; empty when it does not."""
    dichas = []
    if hoy.pendientes:
        texto = ngettext(
            "%(n)s aporte volvió a quedar pendiente, porque se repuso o se pidió revisar su respuesta.",
            "%(n)s aportes volvieron a quedar pendientes, porque se repusieron o se pidió revisar su "
            "respuesta.",
            hoy.pendientes,
        )
        dichas.append(texto % {"n": hoy.pendientes})
    for nombre, rotulo in (
        ("recibidos", _("Recibidos")),
        ("respondidos", _("Respondidos")),
        ("retirados", _("Retirados")),
        ("removidos", _("Removidos")),
    ):
        antes, ahora = getattr(cierre, nombre), getattr(hoy, nombre)
        if antes != ahora:
            dichas.append(
                _("%(que)s al cerrar: %(a)s; hoy: %(b)s.") % {"a": antes, "b": ahora, "que": rotulo}
            )
    return dichas
