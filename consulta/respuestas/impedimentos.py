"""What bars a member of the forum from deciding on a sealed answer, in words.

Nobody decides on what they wrote, sealed or asked for; nor on an answer of the institution they
represent or work in, nor where they declared an interest; nor twice.
"""

from collections.abc import Iterable

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from consulta.respuestas.models import Cobertura, ConflictoDeInteres, Conformidad, RespuestaVersion
from cuentas.models import User
from foro.models import Mandato


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
    filas = list(versiones)
    ids = [v.pk for v in filas]
    suyas = _suyas(ids, mandato, por)
    decididas = dict(
        Conformidad.objects.filter(version__in=ids)
        .filter(Q(mandato=mandato) | Q(por=por))
        .values_list("version_id", "sentido")
    )
    por_respuesta, por_consulta = _conflictos(filas, mandato, por)

    def una(v: RespuestaVersion) -> Traba | None:
        if afuera := _de_afuera(v, mandato, por):
            return afuera
        if v.respuesta_id in por_respuesta or v.respuesta.consulta_id in por_consulta:
            return Traba.CONFLICTO
        if v.pk in suyas:
            return Traba.AUTORIA
        return Traba.DECIDIO if v.pk in decididas else None

    return {v.pk: una(v) for v in filas}


def _de_afuera(version: RespuestaVersion, mandato: Mandato, por: User) -> Traba | None:
    """What is known without asking the database."""
    respuesta = version.respuesta
    if mandato.sector not in respuesta.consulta.conformidades:
        return Traba.OTRO_SECTOR
    if version.presentada_por_id in (por.pk, mandato.cuenta_id):
        return Traba.SELLO
    casas = (mandato.organizacion_id, por.institucion_id, mandato.cuenta.institucion_id)
    return Traba.CASA if respuesta.institucion_id in casas else None


def _suyas(ids: list[int], mandato: Mandato, por: User) -> set[int]:
    escritas = Q(aporte__autoria__cuenta__in=[por.pk, mandato.cuenta_id]) | Q(
        aporte__organizacion=mandato.organizacion_id
    )
    filas = Cobertura.objects.filter(escritas, version__in=ids, punto=None)
    return set(filas.values_list("version_id", flat=True))


def _conflictos(
    filas: list[RespuestaVersion], mandato: Mandato, por: User
) -> tuple[set[int], set[int]]:
    """Responses and whole consultations in which they declared an interest, from any seat of theirs."""
    declarados = ConflictoDeInteres.objects.filter(
        Q(mandato=mandato) | Q(mandato__cuenta=por),
        consulta__in={v.respuesta.consulta_id for v in filas},
    )
    pares = list(declarados.values_list("respuesta_id", "consulta_id"))
    return {r for r, _c in pares if r}, {c for r, c in pares if r is None}
