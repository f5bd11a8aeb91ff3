"""A member says that they have an interest in the matter. It is public and cannot be taken back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.fechas import dia_de
from comun.textos import limpiar
from consulta.procesos.models import Consulta
from consulta.respuestas.models import ConflictoDeInteres, Respuesta, RespuestaVersion
from cuentas.models import User
from foro.asientos import asientos_de
from foro.models import Mandato

LARGO_MOTIVO = 1_000


@transaction.atomic
def declarar_conflicto(
    *,
    mandato: Mandato,
    consulta: Consulta,
    motivo: str,
    por: User,
    respuesta: Respuesta | None = None,
    ahora: datetime | None = None,
) -> ConflictoDeInteres:
    """From now on the member decides on no version of `respuesta`, or on nothing of `consulta`.

    What they decided before on what is not published yet counts for nothing any more. Raises
    SinPermiso, DatoInvalido (naming the field) or Conflicto (declared before).
    """
    ahora = ahora or timezone.now()
    if all(m.pk != mandato.pk for m in asientos_de(por, dia_de(ahora))):
        raise SinPermiso(_("Hoy no integra el foro con ese mandato."))
    motivo = limpiar(motivo)
    if not motivo or len(motivo) > LARGO_MOTIVO:
        raise DatoInvalido(
            _("Diga cuál es su interés, en %(m)s caracteres como máximo: se publica.")
            % {"m": LARGO_MOTIVO},
            campo="motivo",
        )
    if respuesta is not None and respuesta.consulta_id != consulta.pk:
        raise DatoInvalido(_("Esa respuesta es de otra consulta."), campo="respuesta")
    # The same word said twice at once is said once, also where no answer waits.
    Mandato.objects.select_for_update(no_key=True).get(pk=mandato.pk)
    # Who is publishing one of these has counted the approvals already, or will count without this one.
    esperan = RespuestaVersion.objects.presentadas().filter(respuesta__consulta=consulta)
    if respuesta is not None:
        esperan = esperan.filter(respuesta=respuesta)
    list(esperan.select_for_update().order_by("pk").values_list("pk"))
    dichos = ConflictoDeInteres.objects.filter(mandato=mandato, consulta=consulta)
    if dichos.filter(respuesta=None).exists() or dichos.filter(respuesta=respuesta).exists():
        raise Conflicto(_("Ya había declarado este conflicto de interés."))
    hecho = ConflictoDeInteres.objects.create(
        mandato=mandato, consulta=consulta, respuesta=respuesta, motivo=motivo, en=ahora
    )
    registrar(
        verbo="declarar_conflicto",
        objeto=hecho,
        por=por,
        ahora=ahora,
        despues={
            "consulta": consulta.pk,
            "respuesta": respuesta and respuesta.pk,
            "motivo": motivo,
        },
    )
    return hecho
