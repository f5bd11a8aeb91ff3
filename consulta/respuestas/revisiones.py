"""Reviews of an answer: until when one is asked for, who is told, who should rather not answer it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from comun.fechas import dia_de
from consulta.aportes.models import Aporte
from consulta.procesos.habiles import sumar_habiles
from consulta.respuestas.models import Cobertura, RespuestaVersion, Revision
from cuentas.models import User
from cuentas.roles import Rol

PLAZO_HABILES = 10
"""Business days, after that of the publication, within which a review may be asked for."""


def se_pide_hasta(version: RespuestaVersion) -> date:
    """The last day, in Santiago, on which a review of a published version may be asked for."""
    if version.publicada_en is None:
        raise ValueError("Una versión sin publicar no se revisa")
    return sumar_habiles(dia_de(version.publicada_en), PLAZO_HABILES)


def hay_publicada(aporte: Aporte) -> bool:
    """Whether an answer of `aporte` was published, which stands also under review; one query."""
    return Cobertura.objects.publicadas().filter(aporte=aporte.pk).exists()


def destinos_de(version: RespuestaVersion) -> list[str]:
    """Whom to tell of a review: the officials of its institution, else the secretariat; two queries."""
    activas = User.objects.filter(is_active=True).order_by("pk")
    oficiales = activas.filter(
        institucion=version.respuesta.institucion_id, groups__name=Rol.OFICIAL
    )
    quienes = list(oficiales.values_list("pk", flat=True)) or list(
        activas.filter(groups__name=Rol.SECRETARIA).values_list("pk", flat=True)
    )
    return [f"cuenta:{pk}" for pk in quienes]


def conviene_otra_persona(revision: Revision, usuario: User) -> bool:
    """Whether `usuario` sealed the answer under review and a colleague could look at it instead.
    Needs `version__respuesta`; one query at most."""
    version = revision.version
    if revision.resuelta_en is not None or version.presentada_por_id != usuario.pk:
        return False
    colegas = User.objects.filter(
        is_active=True, institucion=version.respuesta.institucion_id, groups__name=Rol.OFICIAL
    )
    return colegas.exclude(pk=usuario.pk).exists()


@dataclass(frozen=True)
class RevisionAbierta:
    """A review that waits, and whether somebody else than who reads it should rather answer it."""

    revision: Revision
    otra_persona: bool


def revision_para(aporte: Aporte, usuario: User) -> RevisionAbierta | None:
    """The open review of `aporte`, as `usuario` is to read it; two queries at most."""
    filas = Revision.objects.filter(aporte=aporte, resuelta_en=None)
    revision = filas.select_related("version__respuesta").first()
    if revision is None:
        return None
    return RevisionAbierta(revision, conviene_otra_persona(revision, usuario))


def pedidas_despues(versiones: Iterable[int]) -> set[tuple[int, int]]:
    """(version, contribution) where a review waits that the version cannot answer: it was asked for
    after it was sealed, or the version corrects words alone; one query."""
    filas = Cobertura.objects.filter(
        Q(aporte__revision__pedida_en__gt=F("version__sellada_en"))
        | Q(version__solo_redaccion=True),
        version__in=list(versiones),
        punto=None,
        aporte__revision__isnull=False,
        aporte__revision__resuelta_en=None,
    )
    return set(filas.values_list("version_id", "aporte_id"))
