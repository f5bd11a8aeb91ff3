"""Asking that a removal be looked at again, and deciding it: always by somebody else."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.avisos import avisar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.textos import limpiar
from consulta.aportes.enums import Situacion
from consulta.aportes.flows.moderar import devolver
from consulta.aportes.models import Apelacion, Aporte
from consulta.aportes.permissions import codigo_corresponde, es_autor, puede_resolver
from cuentas.models import User

LARGO_TEXTO = 4_000
LARGO_RAZON = 2_000


@transaction.atomic
def apelar_remocion(
    *,
    aporte: Aporte,
    texto: str,
    por: User | None = None,
    codigo: str = "",
    ahora: datetime | None = None,
) -> Apelacion:
    """The author, by account or by the private code, asks once per removal for another look.

    No stage needs to be open, and a blocked account may: an appeal is a right, not participation.
    Raises SinPermiso, Conflicto (not removed, or appealed already) or DatoInvalido.
    """
    ahora = ahora or timezone.now()
    Aporte.objects.select_for_update().get(pk=aporte.pk)
    aporte = Aporte.objects.select_related("autoria", "consulta").get(pk=aporte.pk)
    if not (por is not None and es_autor(por, aporte)) and not codigo_corresponde(codigo, aporte):
        raise SinPermiso(_("Solo quien escribió un aporte puede apelar su remoción."))
    if aporte.situacion != Situacion.REMOVIDO:
        raise Conflicto(_("Este aporte no está removido: no hay qué apelar."))
    if ya_apelada(aporte):
        raise Conflicto(_("Esta remoción ya se apeló: se puede hacer una sola vez."))
    limpio = limpiar(texto)
    if not limpio:
        raise DatoInvalido(_("Diga por qué su aporte debería volver."), campo="texto")
    if len(limpio) > LARGO_TEXTO:
        raise DatoInvalido(
            _("El texto es muy largo: el máximo son 4.000 caracteres."), campo="texto"
        )
    apelacion = Apelacion.objects.create(
        aporte=aporte, texto=limpio, en=ahora, removido_por=aporte.removido_por
    )
    registrar(verbo="apelar_remocion", objeto=apelacion, por=por, ahora=ahora)
    return apelacion


@transaction.atomic
def resolver_apelacion(
    *, apelacion: Apelacion, por: User, acogida: bool, razon: str, ahora: datetime | None = None
) -> Apelacion:
    """Decide an appeal; upheld, the contribution is published again, answer and replies included.

    Whoever removed it may not decide, whatever their role. The author is told the reason.
    Raises SinPermiso, DatoInvalido (no reason) or Conflicto (decided already).
    """
    ahora = ahora or timezone.now()
    Aporte.objects.select_for_update().get(pk=apelacion.aporte_id)
    apelacion = Apelacion.objects.select_related("aporte__autoria", "aporte__consulta").get(
        pk=apelacion.pk
    )
    if not puede_resolver(por, apelacion):
        raise SinPermiso(
            _(
                "La apelación la decide otra persona de moderación: no quien removió ni quien escribió."
            )
        )
    if apelacion.acogida is not None:
        raise Conflicto(_("Esta apelación ya fue resuelta."))
    limpia = limpiar(razon)
    if not limpia or len(limpia) > LARGO_RAZON:
        raise DatoInvalido(
            _("Escriba la razón, en 2.000 caracteres como máximo: la leerá quien apeló."),
            campo="razon",
        )
    apelacion.acogida = acogida
    apelacion.razon = limpia
    apelacion.resuelta_por, apelacion.resuelta_en = por, ahora
    apelacion.save()
    if acogida:
        devolver(apelacion.aporte, por=por, razon=limpia, ahora=ahora)
    registrar(
        verbo="resolver_apelacion",
        objeto=apelacion,
        por=por,
        ahora=ahora,
        despues={"acogida": acogida, "razon": limpia},
    )
    avisar(
        destino=f"aporte:{apelacion.aporte_id}", razon="apelacion", objeto=apelacion, ahora=ahora
    )
    return apelacion


def ya_apelada(aporte: Aporte) -> bool:
    """Whether the removal in force was appealed, decided or not."""
    apelaciones = aporte.apelaciones.all()
    return (
        apelaciones.filter(en__gte=aporte.quitado_en).exists()
        if aporte.quitado_en
        else (apelaciones.exists())
    )
