"""Publishing a version of the consulted text."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun import buscador
from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from consulta.procesos.models import Asunto, Fragmento, VersionBorrador
from consulta.procesos.permissions import puede_gestionar_procesos
from consulta.procesos.publicadas import version_publicada
from cuentas.models import User


def huella_de_fragmento(texto: str) -> str:
    """SHA-256 of a fragment's text in UTF-8."""
    return hashlib.sha256(texto.encode()).hexdigest()


def huella_de_version(fragmentos: list[Fragmento]) -> str:
    """SHA-256 over order, kind, level and hash of each fragment, one line each, in order."""
    lineas = (f"{f.orden}\t{f.tipo}\t{f.nivel}\t{f.sha256}" for f in fragmentos)
    return hashlib.sha256("\n".join(lineas).encode()).hexdigest()


@transaction.atomic
def publicar_version(
    *, version: VersionBorrador, por: User, ahora: datetime | None = None
) -> VersionBorrador:
    """Seal and publish a version; from then on it never changes, and each fragment may be spoken of.

    Raises SinPermiso, Conflicto (already published, or a later number is) and DatoInvalido (empty).
    """
    ahora = ahora or timezone.now()
    if not puede_gestionar_procesos(por):
        raise SinPermiso(_("Solo la secretaría técnica publica versiones del borrador."))
    version = VersionBorrador.objects.select_for_update().get(pk=version.pk)
    hermanas = VersionBorrador.objects.publicadas().filter(consulta=version.consulta)
    if version.publicada_en or hermanas.filter(n__gte=version.n).exists():
        raise Conflicto(_("Esa versión, o una posterior, ya está publicada."))
    fragmentos = list(version.fragmentos.order_by("orden"))
    if not fragmentos:
        raise DatoInvalido(_("La versión no tiene texto: agregue al menos un párrafo."))
    for fragmento in fragmentos:
        fragmento.sha256 = huella_de_fragmento(fragmento.texto)
    Fragmento.objects.bulk_update(fragmentos, ["sha256"])
    version.sha256 = huella_de_version(fragmentos)
    version.publicada_en = ahora
    version.save(update_fields=["sha256", "publicada_en"])
    Asunto.objects.bulk_create(
        Asunto(consulta_id=version.consulta_id, fragmento=f) for f in fragmentos
    )
    registrar(
        verbo="publicar_version",
        objeto=version,
        por=por,
        ahora=ahora,
        despues={"n": version.n, "sha256": version.sha256},
    )
    buscador.proyectar(fragmentos)
    version_publicada(version=version, por=por, ahora=ahora)
    return version
