"""Following a thread, and leaving it. Whoever follows hears of what is new, once until they come back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, SinPermiso
from consulta.aportes.models import Aporte, Seguimiento
from consulta.procesos.models import Asunto
from cuentas.models import User


@transaction.atomic
def seguir(
    *, asunto: Asunto, por: User, raiz: Aporte | None = None, ahora: datetime | None = None
) -> Seguimiento:
    """Follow what is said of `asunto`, or only the thread that `raiz` opens. Twice is once.

    Following a consultation as a whole is following every thread of it. Raises SinPermiso, Conflicto.
    """
    ahora = ahora or timezone.now()
    _comprobar(asunto, por, raiz)
    fila, nuevo = Seguimiento.objects.get_or_create(
        cuenta=por, asunto=asunto, raiz=raiz, defaults={"en": ahora}
    )
    if nuevo:
        registrar(verbo="seguir", objeto=raiz or asunto, por=por, ahora=ahora)
    return fila


@transaction.atomic
def dejar_de_seguir(
    *, asunto: Asunto, por: User, raiz: Aporte | None = None, ahora: datetime | None = None
) -> bool:
    """Leave it; False where it was not followed. Raises SinPermiso."""
    if not por.is_authenticated:
        raise SinPermiso(_("Ingrese con su cuenta para seguir una conversación."))
    filas = Seguimiento.objects.filter(cuenta=por, asunto=asunto, raiz=raiz)
    cuantas, _filas = filas.delete()
    if cuantas:
        registrar(
            verbo="dejar_de_seguir", objeto=raiz or asunto, por=por, ahora=ahora or timezone.now()
        )
    return bool(cuantas)


def _comprobar(asunto: Asunto, por: User, raiz: Aporte | None) -> None:
    if not por.is_authenticated or not por.is_active:
        raise SinPermiso(_("Ingrese con su cuenta para seguir una conversación."))
    if not asunto.consulta.publicada:
        raise SinPermiso(_("Esta consulta no está publicada."))
    if raiz is not None and (raiz.asunto_id != asunto.pk or raiz.raiz_id is not None):
        raise Conflicto(_("Se sigue una conversación desde el aporte que la abre."))
