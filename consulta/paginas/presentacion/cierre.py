"""A closing as its page and the API tell it: the frozen balance, approvals, corrections, differences."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consulta.aportes.models import Aporte
from consulta.aportes.querysets import Balance
from consulta.paginas.presentacion.libro import Celda, cifra, direccion, porcentaje
from consulta.respuestas.cierre import balance_de, diferencias
from consulta.respuestas.cifras.filtro import Filtro
from consulta.respuestas.cifras.sumas import Cifras
from consulta.respuestas.conformidad import con_conflicto
from consulta.respuestas.enums import Sentido
from consulta.respuestas.models import Cierre, Conformidad, RespuestaVersion
from foro.enums import Sector

MUESTRA = 50
"""Dissents and corrections that are listed; their number is always whole."""

DE_CONFORMIDAD = ("mandato", "version__respuesta__consulta", "version__respuesta")


@dataclass(slots=True)
class PorSector:
    """How the members of one sector decided on the answers that were published."""

    sector: str
    conformes: int
    con_disenso: int


@dataclass(slots=True)
class Disenso:
    """A member approved, and says in public with what they do not agree. `cuenta` is false where they
    declared an interest afterwards."""

    nombre: str
    organizacion: str
    sector: str
    nota: str
    en: datetime
    url: str
    cuenta: bool


@dataclass(slots=True)
class Correccion:
    """A published answer got another version after the closing."""

    motivo: str
    en: datetime
    url: str


@dataclass(slots=True)
class CierreVisto:
    """Everything the page says, figures apart."""

    en: datetime
    palabras: str
    balance: Balance
    frase: str
    celdas: list[Celda]
    tiempos: list[Celda]
    sectores: list[PorSector]
    disensos: list[Disenso]
    correcciones: list[Correccion]
    correcciones_n: int
    diferencias: list[str]


def cierre_visto(cierre: Cierre, total: Cifras, slug: str) -> CierreVisto:
    """`total` is what the ledger says now. Four queries."""
    balance = balance_de(cierre)
    vivo = Balance(
        recibidos=total.recibidos,
        respondidos=total.respondidos,
        pendientes=total.pendientes,
        retirados=total.retirados,
        removidos=total.removidos,
    )
    correcciones = _correcciones(cierre)
    return CierreVisto(
        en=cierre.en,
        palabras=cierre.palabras,
        balance=balance,
        frase=ngettext(
            "%(n)s de %(n)s respondido", "%(n)s de %(n)s respondidos", balance.respondidos
        )
        % {"n": balance.respondidos},
        celdas=[
            Celda(
                rotulo,
                str(getattr(balance, nombre)),
                direccion("libro_aportes", slug, Filtro(estado=estado)),
            )
            for nombre, rotulo, estado in (
                ("recibidos", _("Recibidos"), ""),
                ("respondidos", _("Respondidos"), "respondido"),
                ("retirados", _("Retirados"), "retirado"),
                ("removidos", _("Removidos"), "removido"),
            )
        ],
        tiempos=[
            Celda(_("Mediana, en días corridos"), cifra("mediana", total)),
            Celda(_("9 de cada 10, en días corridos"), cifra("p90", total)),
            Celda(_("A tiempo"), porcentaje(total.parte_a_tiempo)),
            Celda(_("Texto idéntico"), porcentaje(total.parte_identica)),
        ],
        sectores=_sectores(cierre),
        disensos=_disensos(cierre),
        correcciones=correcciones[:MUESTRA],
        correcciones_n=len(correcciones),
        diferencias=diferencias(cierre, vivo),
    )


def _sectores(cierre: Cierre) -> list[PorSector]:
    filas = (
        Conformidad.objects.filter(
            version__respuesta__consulta=cierre.consulta_id, version__publicada_en__isnull=False
        )
        # Who declared an interest after deciding counts for nothing, here as in the approval itself.
        .exclude(con_conflicto(*DE_CONFORMIDAD))
        .order_by()
        .values_list("mandato__sector", "sentido")
        .annotate(n=Count("pk"))
    )
    cuentas = {(sector, sentido): n for sector, sentido, n in filas}
    return [
        PorSector(
            str(sector.label),
            cuentas.get((sector, Sentido.CONFORME), 0),
            cuentas.get((sector, Sentido.CON_DISENSO), 0),
        )
        for sector in Sector
        if any(par[0] == sector for par in cuentas)
    ]


def _disensos(cierre: Cierre) -> list[Disenso]:
    filas = (
        Conformidad.objects.filter(
            version__respuesta__consulta=cierre.consulta_id,
            version__publicada_en__isnull=False,
            sentido=Sentido.CON_DISENSO,
        )
        .select_related("mandato__organizacion")
        .annotate(
            aporte=Min("version__coberturas__aporte"), impedido=con_conflicto(*DE_CONFORMIDAD)
        )
        .order_by("-en", "-pk")[:MUESTRA]
    )
    folios = _direcciones([d.aporte for d in filas])
    return [
        Disenso(
            d.mandato.nombre,
            d.mandato.organizacion.nombre,
            d.mandato.get_sector_display(),
            d.nota,
            d.en,
            folios.get(d.aporte, ""),
            not d.impedido,
        )
        for d in filas
    ]


def _correcciones(cierre: Cierre) -> list[Correccion]:
    filas = list(
        RespuestaVersion.objects.publicadas()
        .filter(respuesta__consulta=cierre.consulta_id, publicada_en__gt=cierre.en, n__gt=1)
        .annotate(primero=Min("coberturas__aporte"))
        .order_by(F("publicada_en").desc(), "-pk")
    )
    folios = _direcciones([v.primero for v in filas[:MUESTRA]])
    return [Correccion(v.motivo_cambio, v.publicada_en, folios.get(v.primero, "")) for v in filas]


def _direcciones(ids: list[int]) -> dict[int, str]:
    if not ids:
        return {}
    aportes = (
        Aporte.objects.filter(pk__in=ids).select_related("consulta").only("n", "consulta__sigla")
    )
    return {a.pk: reverse("paginas:aporte", args=[a.folio]) for a in aportes}
