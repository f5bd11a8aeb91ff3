"""Publishing a version of the consulted text."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun import buscador
from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from consulta.procesos.fichas import fichas_de_fragmentos
from consulta.procesos.flows.correspondencias import aristas_hacia, proponer, reclasificar
from consulta.procesos.huellas import (
    huella_de_fragmento,
    huella_de_version,
    marca_de_version,
)
from consulta.procesos.models import (
    Asunto,
    Consulta,
    Correspondencia,
    Fragmento,
    VersionBorrador,
)
from consulta.procesos.permissions import puede_gestionar_procesos
from consulta.procesos.publicadas import version_publicada
from cuentas.models import User


@transaction.atomic
def publicar_version(
    *, version: VersionBorrador, por: User, marca: str = "", ahora: datetime | None = None
) -> VersionBorrador:
    """Seal and publish a version; from then on it never changes, and each fragment may be spoken of.

    Its matches with the version before are frozen with it; if nobody prepared any, the machine's
    proposals stand. The rooms above are told in the same transaction (publicadas.py). Raises
    SinPermiso, DatoInvalido (empty) and Conflicto: already published, a later number is, or `marca`
    (huellas.marca_de_version), what the person saw, is not what it is now.
    """
    ahora = ahora or timezone.now()
    if not puede_gestionar_procesos(por):
        raise SinPermiso(_("Solo la secretaría técnica publica versiones del borrador."))
    # Not FOR UPDATE: whoever sends holds the counter and checks its foreign keys when it commits.
    Consulta.objects.select_for_update(no_key=True).get(pk=version.consulta_id)
    version = VersionBorrador.objects.select_for_update().get(pk=version.pk)
    hermanas = VersionBorrador.objects.publicadas().filter(consulta=version.consulta)
    if version.publicada_en or hermanas.filter(n__gte=version.n).exists():
        raise Conflicto(_("Esa versión, o una posterior, ya está publicada."))
    fragmentos = list(version.fragmentos.order_by("orden"))
    if not fragmentos:
        raise DatoInvalido(_("La versión no tiene texto: agregue al menos un párrafo."))
    if marca and marca != marca_de_version(version):
        raise Conflicto(
            _("La versión cambió mientras usted confirmaba: revísela antes de publicar.")
        )
    _sellar(fragmentos)
    _fijar_correspondencias(version, fragmentos)
    version.ultimo_cambio = None
    version.sha256 = huella_de_version(fragmentos)
    version.publicada_en = ahora
    version.save(update_fields=["sha256", "publicada_en", "ultimo_cambio"])
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
    _llevar_al_archivo(version, fragmentos)
    version_publicada(version=version, por=por, ahora=ahora)
    return version


def _llevar_al_archivo(version: VersionBorrador, fragmentos: list[Fragmento]) -> None:
    """Its paragraphs are found from now on, and those of the version before no longer."""
    anterior = version.anterior()
    if anterior is not None:
        buscador.proyectar_ids(Fragmento, anterior.fragmentos.values_list("pk", flat=True))
    buscador.proyectar_nuevas(Fragmento, fichas_de_fragmentos([f.pk for f in fragmentos]))


def _sellar(fragmentos: list[Fragmento]) -> None:
    cambian = []
    for fragmento in fragmentos:
        sello = huella_de_fragmento(fragmento.texto)
        if fragmento.sha256 != sello:
            fragmento.sha256 = sello
            cambian.append(fragmento)
    Fragmento.objects.bulk_update(cambian, ["sha256"], batch_size=500)


def _fijar_correspondencias(version: VersionBorrador, fragmentos: list[Fragmento]) -> None:
    alguien_miro = any(f.revisado for f in fragmentos)
    if not alguien_miro and not aristas_hacia(version).exists():
        Correspondencia.objects.bulk_create(proponer(version), batch_size=500)
    reclasificar(version)
