"""What bars a member of the forum from deciding on a sealed answer, in words.

Nobody decides on what they wrote, sealed or asked for; nor on an answer of the institution they
represent or work in, nor where they declared an interest; nor twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from consulta.respuestas.models import Cobertura, ConflictoDeInteres, Conformidad, RespuestaVersion
from cuentas.models import User
from foro.models import Mandato

Marcas = set[tuple[str, int | None]]
"""Accounts, organisations and seats, each under what it is."""


class Traba(TextChoices):
    """What bars a member, as it is said to them."""

    OTRO_SECTOR = "otro_sector", _("Esta consulta no pide la conformidad de su sector.")
    SELLO = (
        "sello",
        _("Usted o la persona que suple selló esta respuesta: la aprueba alguien más."),
    )
    CASA = "casa", _("Responde su propia institución: la aprueba alguien más.")
    CONFLICTO = "conflicto", _("Declaró un conflicto de interés.")
    AUTORIA = "autoria", _("Responde a un aporte suyo o de su organización: no decide sobre ella.")
    DECIDIO = "decidio", _("Ya decidió sobre esta respuesta.")


EN_TERCERA = {
    Traba.OTRO_SECTOR: _("no es de un sector que se pida"),
    Traba.SELLO: _("selló la respuesta"),
    Traba.CASA: _("responde su propia institución"),
    Traba.CONFLICTO: _("declaró un conflicto de interés"),
    Traba.AUTORIA: _("responde a un aporte suyo o de su organización"),
    Traba.DECIDIO: _("ya decidió sobre ella"),
}
"""The same, as it is said to others."""


def impedimentos(
    versiones: Iterable[RespuestaVersion], mandato: Mandato, por: User
) -> dict[int, str]:
    """Why `por`, from the seat of `mandato`, may not decide on each version, as it is said to them, by
    its id; empty where they may. As `trabas`."""
    return {
        pk: str(traba.label) if traba else ""
        for pk, traba in trabas(versiones, mandato, por).items()
    }


def trabas(
    versiones: Iterable[RespuestaVersion], mandato: Mandato, por: User
) -> dict[int, Traba | None]:
    """What bars `por`, from the seat of `mandato`, from deciding on each version, by its id; None where
    nothing does. Three queries. The versions come with `respuesta__consulta`."""
    dichas = trabas_de_cada_uno(versiones, [(mandato, por)])
    return {version: traba for (version, _mandato), traba in dichas.items()}


def trabas_de_cada_uno(
    versiones: Iterable[RespuestaVersion], quienes: Sequence[tuple[Mandato, User]]
) -> dict[tuple[int, int], Traba | None]:
    """As `trabas`, of many at once: each seat with who decides from it; by the ids of version and seat.
    Three queries, whatever their number."""
    filas = list(versiones)
    ids = [v.pk for v in filas]
    personas = {pk for m, por in quienes for pk in (por.pk, m.cuenta_id)}
    casas = {m.organizacion_id for m, _por in quienes}
    escritas = _escritas(ids, personas, casas)
    decididas = _decididas(ids, personas, {m.pk for m, _por in quienes})
    conflictos = _conflictos(filas, personas, {m.pk for m, _por in quienes})

    def una(v: RespuestaVersion, mandato: Mandato, por: User) -> Traba | None:
        if afuera := _de_afuera(v, mandato, por):
            return afuera
        en_ella = (
            conflictos[v.respuesta.consulta_id, None]
            | conflictos[v.respuesta.consulta_id, v.respuesta_id]
        )
        if ("mandato", mandato.pk) in en_ella or ("cuenta", por.pk) in en_ella:
            return Traba.CONFLICTO
        de_quien = {("cuenta", por.pk), ("cuenta", mandato.cuenta_id)}
        if escritas[v.pk] & (de_quien | {("organizacion", mandato.organizacion_id)}):
            return Traba.AUTORIA
        suya = {("mandato", mandato.pk), ("cuenta", por.pk)}
        return Traba.DECIDIO if decididas[v.pk] & suya else None

    return {(v.pk, m.pk): una(v, m, por) for m, por in quienes for v in filas}


def _de_afuera(version: RespuestaVersion, mandato: Mandato, por: User) -> Traba | None:
    """What is known without asking the database."""
    respuesta = version.respuesta
    if mandato.sector not in respuesta.consulta.conformidades:
        return Traba.OTRO_SECTOR
    if version.presentada_por_id in (por.pk, mandato.cuenta_id):
        return Traba.SELLO
    casas = (mandato.organizacion_id, por.institucion_id, mandato.cuenta.institucion_id)
    return Traba.CASA if respuesta.institucion_id in casas else None


def _escritas(ids: list[int], personas: set[int], casas: set[int]) -> dict[int, Marcas]:
    """Which of them wrote something that each version answers."""
    suyas = Q(aporte__autoria__cuenta__in=personas) | Q(aporte__organizacion__in=casas)
    filas = Cobertura.objects.filter(suyas, version__in=ids, punto=None)
    marcas: dict[int, Marcas] = defaultdict(set)
    for version, cuenta, casa in filas.values_list(
        "version_id", "aporte__autoria__cuenta", "aporte__organizacion"
    ):
        marcas[version] |= {("cuenta", cuenta), ("organizacion", casa)}
    return marcas


def _decididas(ids: list[int], personas: set[int], mandatos: set[int]) -> dict[int, Marcas]:
    """Which of them decided on each version."""
    filas = Conformidad.objects.filter(
        Q(mandato__in=mandatos) | Q(por__in=personas), version__in=ids
    )
    marcas: dict[int, Marcas] = defaultdict(set)
    for version, mandato, por in filas.values_list("version_id", "mandato_id", "por_id"):
        marcas[version] |= {("mandato", mandato), ("cuenta", por)}
    return marcas


def _conflictos(
    filas: list[RespuestaVersion], personas: set[int], mandatos: set[int]
) -> dict[tuple[int, int | None], Marcas]:
    """Which of them declared an interest, from any seat of theirs: by consultation, and response or None
    for the whole of it."""
    declarados = ConflictoDeInteres.objects.filter(
        Q(mandato__in=mandatos) | Q(mandato__cuenta__in=personas),
        consulta__in={v.respuesta.consulta_id for v in filas},
    )
    marcas: dict[tuple[int, int | None], Marcas] = defaultdict(set)
    for consulta, respuesta, mandato, cuenta in declarados.values_list(
        "consulta_id", "respuesta_id", "mandato_id", "mandato__cuenta_id"
    ):
        marcas[consulta, respuesta] |= {("mandato", mandato), ("cuenta", cuenta)}
    return marcas
