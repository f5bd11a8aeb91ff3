"""Taking a sealed answer back before it is published. It stays in the trail, with its reason."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.avisos import avisar_a
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.textos import limpiar
from consulta.aportes.enums import Situacion
from consulta.aportes.models import Aporte
from consulta.respuestas.encargadas import encargadas_de
from consulta.respuestas.flows.coberturas import LARGO_LINEA
from consulta.respuestas.models import Cobertura, RespuestaVersion
from consulta.respuestas.permissions import puede_publicar
from cuentas.models import User


@transaction.atomic
def dejar_sin_efecto(
    *, version: RespuestaVersion, motivo: str, por: User, ahora: datetime | None = None
) -> RespuestaVersion:
    """It will not be published after all; what it answers may be answered again.

    Raises SinPermiso, DatoInvalido (naming the field) or Conflicto (published, or left before).
    """
    motivo = limpiar(motivo)
    if not motivo:
        raise DatoInvalido(_("Escriba por qué queda sin efecto."), campo="motivo")
    if len(motivo) > LARGO_LINEA:
        raise DatoInvalido(
            _("El motivo admite %(m)s caracteres.") % {"m": LARGO_LINEA}, campo="motivo"
        )
    (fila,) = selladas_bajo_llave([version.pk])
    if not puede_publicar(por, fila.respuesta):
        raise SinPermiso(_("Esta respuesta es de otra institución."))
    if fila.publicada_en is not None:
        raise Conflicto(_("Ya está publicada: lo que corresponde es corregirla."))
    if fila.sin_efecto_en is not None:
        raise Conflicto(_("Ya había quedado sin efecto: %(m)s") % {"m": fila.sin_efecto_motivo})
    return dejar(fila, motivo, por, ahora or timezone.now())


def dejar(
    version: RespuestaVersion, motivo: str, por: User | None, ahora: datetime
) -> RespuestaVersion:
    """Write it down. The caller holds the lock of `version`; `por` None is the portal itself, which
    tells those in charge."""
    version.sin_efecto_en, version.sin_efecto_motivo = ahora, motivo
    version.save(update_fields=["sin_efecto_en", "sin_efecto_motivo"])
    registrar(
        verbo="dejar_sin_efecto",
        objeto=version,
        por=por,
        ahora=ahora,
        despues={"motivo": motivo, "sha256": version.sha256, "n": version.n},
    )
    if por is None:
        avisar_a(
            destinos=encargadas_de(version),
            razon="respuesta_devuelta",
            objeto=version,
            ahora=ahora,
        )
    return version


def apartar_selladas(*, aporte: Aporte, ahora: datetime) -> None:
    """A contribution changed while its answer waits for approvals. Corrected: the answer speaks of
    other words, so it is set aside. Withdrawn or removed: likewise, once nothing it covers stands.

    Nothing is asked of the database where the consultation asks for no approvals: there publishing
    itself looks.
    """
    if not aporte.consulta.conformidades:
        return
    ids = Cobertura.objects.presentadas().filter(aporte=aporte).values_list("version_id", flat=True)
    for version in selladas_bajo_llave(list(ids)):
        if version.publicada_en is not None or version.sin_efecto_en is not None:
            continue
        if aporte.es_visible:
            motivo = _("Su autor o autora corrigió %(folio)s después de sellada la respuesta.")
            dejar(version, motivo % {"folio": aporte.folio}, None, ahora)
        elif not _quedan(version):
            motivo = _("Lo que responde fue retirado o removido: ya no hay a quién responder.")
            dejar(version, motivo, None, ahora)


def selladas_bajo_llave(ids: Sequence[int]) -> list[RespuestaVersion]:
    """Those versions, locked by id, with response, institution and consultation. Who also needs the
    contributions locks them first."""
    filas = RespuestaVersion.objects.select_for_update(of=("self",)).filter(
        pk__in=ids, sellada_en__isnull=False
    )
    return list(
        filas.select_related("respuesta__institucion", "respuesta__consulta").order_by("pk")
    )


def _quedan(version: RespuestaVersion) -> bool:
    filas = Cobertura.objects.filter(version=version, punto=None)
    return filas.filter(aporte__situacion=Situacion.VIGENTE).exists()
