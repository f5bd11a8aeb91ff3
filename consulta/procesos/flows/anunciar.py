"""Announcing a consultation: from then on the public sees it, and it is never hidden again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.cambios import escribir_fila
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from consulta.procesos.anuncio import impedimentos
from consulta.procesos.flows.plazos import exceptuar, exigir_anticipacion
from consulta.procesos.models import Consulta, Etapa
from consulta.procesos.permissions import puede_gestionar_procesos
from cuentas.models import User


@transaction.atomic
def anunciar_consulta(
    *, consulta: Consulta, por: User, razon_excepcion: str = "", ahora: datetime | None = None
) -> Consulta:
    """Show it to the public for good, by the server's clock, fourteen days before it opens (INV-03).

    `razon_excepcion` says in public why there are fewer. Raises SinPermiso, Conflicto (historical, or
    announced already) and DatoInvalido, with everything that is missing (`procesos.anuncio`), or
    naming `razon_excepcion` when only the reason is.
    """
    ahora = ahora or timezone.now()
    if not puede_gestionar_procesos(por):
        raise SinPermiso(_("Solo la secretaría técnica anuncia consultas."))
    consulta = Consulta.objects.select_for_update(no_key=True).get(pk=consulta.pk)
    # The window is what is announced: nobody moves it meanwhile.
    consulta.etapa = Etapa.objects.select_for_update().get(pk=consulta.etapa_id)
    if consulta.etapa.proceso.es_historico:
        raise Conflicto(_("Un proceso histórico es de solo lectura."))
    if consulta.publicada:
        raise Conflicto(_("Esta consulta ya está anunciada."))
    faltas = impedimentos(consulta, ahora)
    if faltas:
        raise DatoInvalido(
            _("Todavía no se puede anunciar. %(faltas)s") % {"faltas": " ".join(faltas)},
            campo="publicada",
        )
    exigir_anticipacion(consulta.etapa, razon_excepcion, ahora)
    hecha: Consulta = escribir_fila(
        objeto=consulta,
        campos={"publicada": True},
        por=por,
        verbo="anunciar_consulta",
        ahora=ahora,
    )
    hecha.anunciada_en = ahora
    hecha.save(update_fields=["anunciada_en"])
    exceptuar(consulta=hecha, razon=razon_excepcion, por=por, ahora=ahora)
    return hecha
