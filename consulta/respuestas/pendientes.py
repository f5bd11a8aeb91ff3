"""What waits for a member of the forum, as querysets of sealed versions."""

from collections.abc import Iterable

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery

from consulta.procesos.models import Consulta
from consulta.respuestas.conformidad import con_conflicto
from consulta.respuestas.enums import APRUEBAN, Sentido
from consulta.respuestas.models import Cobertura, ConflictoDeInteres, Conformidad, RespuestaVersion
from cuentas.models import User
from foro.models import Mandato

Versiones = QuerySet[RespuestaVersion]


def consultas_que_piden(sector: str) -> list[int]:
    """Ids of the consultations whose answers need that sector; one query."""
    pares = Consulta.objects.exclude(conformidades=[]).values_list("pk", "conformidades")
    return [pk for pk, sectores in pares if sector in sectores]


def esperan_a(asientos: Iterable[Mandato], por: User) -> Versiones:
    """Sealed answers that `por` may decide on from one of `asientos`, and on which the newest word of
    that sector neither approves nor asks for changes yet."""
    return _de(asientos, por, Q(ultimo=None))


def decidibles(asientos: Iterable[Mandato], por: User) -> Versiones:
    """Every sealed answer that `por` may still decide on, whatever their sector said of it."""
    return _de(asientos, por, Q())


def con_cambios_pedidos(asientos: Iterable[Mandato], por: User) -> Versiones:
    """Those about which their sector asked for changes: the officials have them; who thinks otherwise
    may still approve."""
    return _de(asientos, por, Q(ultimo=Sentido.PIDE_CAMBIOS))


def conformes(asientos: Iterable[Mandato], por: User) -> Versiones:
    """Those their sector approved, which wait for another one or for their moment."""
    return _de(asientos, por, Q(ultimo__in=APRUEBAN))


def decididas_por(asientos: Iterable[Mandato]) -> Versiones:
    """Those on which one of these seats decided, whatever became of them, the latest first; each with
    what was decided last (`sentido`) and when (`decidida_en`)."""
    suyas = Conformidad.objects.filter(version=OuterRef("pk"), mandato__in=list(asientos))
    filas = RespuestaVersion.objects.filter(Exists(suyas))
    ultima = suyas.order_by("-en")
    return filas.annotate(
        decidida_en=Subquery(ultima.values("en")[:1]),
        sentido=Subquery(ultima.values("sentido")[:1]),
    ).order_by("-decidida_en", "-pk")


def _de(asientos: Iterable[Mandato], por: User, cuando: Q) -> Versiones:
    cuales = Q(pk__in=[])
    for mandato in asientos:
        cuales |= Q(pk__in=_decidibles(mandato, por).filter(cuando).values("pk"))
    vence = Min("coberturas__aporte__vence_el")
    return RespuestaVersion.objects.filter(cuales).annotate(vence=vence)


def _decidibles(mandato: Mandato, por: User) -> Versiones:
    """What `impedimentos` lets through, in the database, with the newest word of the sector."""
    palabras = Conformidad.objects.filter(
        version=OuterRef("pk"), mandato__sector=mandato.sector
    ).exclude(con_conflicto("mandato", "version__respuesta__consulta", "version__respuesta"))
    suyas = Conformidad.objects.filter(version=OuterRef("pk")).filter(
        Q(mandato=mandato) | Q(por=por)
    )
    conflictos = ConflictoDeInteres.objects.filter(
        Q(mandato=mandato) | Q(mandato__cuenta=por), consulta=OuterRef("respuesta__consulta")
    ).filter(Q(respuesta=None) | Q(respuesta=OuterRef("respuesta")))
    escritas = Cobertura.objects.filter(version=OuterRef("pk"), punto=None).filter(
        Q(aporte__autoria__cuenta__in=[por.pk, mandato.cuenta_id])
        | Q(aporte__organizacion=mandato.organizacion_id)
    )
    casas = {mandato.organizacion_id, por.institucion_id, mandato.cuenta.institucion_id} - {None}
    return (
        RespuestaVersion.objects.presentadas()
        .filter(respuesta__consulta__in=consultas_que_piden(mandato.sector))
        .exclude(respuesta__institucion__in=casas)
        .exclude(presentada_por__in=[por.pk, mandato.cuenta_id])
        .exclude(Exists(suyas))
        .exclude(Exists(conflictos))
        .exclude(Exists(escritas))
        .annotate(ultimo=Subquery(palabras.order_by("-en", "-pk").values("sentido")[:1]))
    )
