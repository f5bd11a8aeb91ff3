"""«¿Le responde?»: the author says whether the answer answers them."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from consulta.aportes.flows.quitar import bajo_llave
from consulta.aportes.models import Aporte
from consulta.respuestas.enums import Responde
from consulta.respuestas.models import Cobertura, Opinion
from consulta.respuestas.permissions import puede_opinar
from cuentas.models import User


class OtraVersion(Conflicto):
    """A newer version of the answer was published than the one they had read."""


@transaction.atomic
def opinar(
    *,
    aporte: Aporte,
    responde: str,
    version: int,
    por: User | None = None,
    codigo: str = "",
    ahora: datetime | None = None,
) -> Opinion:
    """The author, by account or by the private code, says whether version `version` answers them.

    A public act, for as long as that version is the current one; it may be changed until a newer one
    is published, about which they are asked again. Saying the same twice is saying it once. Like a
    review it is a right: no stage needs to be open, and a blocked account may.

    Raises SinPermiso, DatoInvalido, or Conflicto (withdrawn or removed, no answer yet; OtraVersion).
    """
    ahora = ahora or timezone.now()
    aporte = bajo_llave(aporte)
    if not puede_opinar(por, aporte, codigo):
        raise SinPermiso(_("Solo quien escribió un aporte dice si la respuesta le responde."))
    if responde not in Responde.values:
        raise DatoInvalido(_("Elija si la respuesta le responde."), campo="responde")
    vigente = leida(aporte, version)
    previa = Opinion.objects.filter(aporte=aporte).first()
    if previa and (previa.version_id, previa.responde) == (vigente.version_id, responde):
        return previa
    opinion, _nueva = Opinion.objects.update_or_create(
        aporte=aporte,
        defaults={"version": vigente.version, "responde": responde, "en": ahora},
    )
    registrar(
        verbo="opinar",
        objeto=opinion,
        por=por,
        ahora=ahora,
        antes={"responde": previa.responde, "version": previa.version_id} if previa else None,
        despues={"responde": responde, "version": vigente.version_id},
    )
    return opinion


def leida(aporte: Aporte, version: int) -> Cobertura:
    """The current answer to `aporte`, whose row the caller has locked, if it is the one of number
    `version`. Raises Conflicto (none yet; OtraVersion)."""
    vigente = Cobertura.objects.vigentes_de([aporte]).get(aporte.pk)
    if vigente is None:
        raise Conflicto(_("Este aporte todavía no tiene respuesta."))
    if vigente.version.n != version:
        raise OtraVersion(
            _(
                "La respuesta cambió desde que usted la leyó: lea la versión vigente y diga de nuevo."
            ),
            campo="version",
        )
    return vigente
