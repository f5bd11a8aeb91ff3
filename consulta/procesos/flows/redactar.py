"""Preparing a version of the consulted text, before it is published."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.textos import limpiar, limpiar_linea
from consulta.procesos.flows.borrador import huella_de_fragmento
from consulta.procesos.fragmentar import Trozo, a_texto, fragmentar
from consulta.procesos.models import Consulta, Fragmento, VersionBorrador
from consulta.procesos.permissions import puede_gestionar_procesos
from cuentas.models import User

LARGO_TEXTO = 600_000
MAXIMO_FRAGMENTOS = 3_000


@transaction.atomic
def preparar_version(
    *, consulta: Consulta, texto: str, por: User, titulo: str = "", ahora: datetime | None = None
) -> VersionBorrador:
    """The next version of a consultation's draft, unpublished, from a pasted text.

    Raises SinPermiso, Conflicto (historical process, or another version still unpublished) and
    DatoInvalido naming the field.
    """
    trozos = _revisar(por, consulta, texto)
    Consulta.objects.select_for_update().get(pk=consulta.pk)
    ultima = VersionBorrador.objects.filter(consulta=consulta).order_by("-n").first()
    if ultima is not None and ultima.publicada_en is None:
        raise Conflicto(
            _("La versión %(n)s aún no se publica: siga trabajando en ella.") % {"n": ultima.n},
            campo="consulta",
        )
    version = VersionBorrador.objects.create(
        consulta=consulta, n=ultima.n + 1 if ultima else 1, titulo=limpiar_linea(titulo)[:200]
    )
    _escribir(version, trozos, "preparar_version", por, ahora)
    return version


@transaction.atomic
def cambiar_version(
    *,
    objeto: VersionBorrador,
    texto: str,
    por: User,
    titulo: str = "",
    ahora: datetime | None = None,
) -> VersionBorrador:
    """Replace the text of an unpublished version. Raises as `preparar_version`; Conflicto if published."""
    version = VersionBorrador.objects.select_for_update().get(pk=objeto.pk)
    trozos = _revisar(por, version.consulta, texto)
    if version.publicada_en is not None:
        raise Conflicto(_("El texto de una versión publicada no cambia: prepare otra versión."))
    version.titulo = limpiar_linea(titulo)[:200]
    version.save(update_fields=["titulo"])
    version.fragmentos.all().delete()
    _escribir(version, trozos, "cambiar_version", por, ahora)
    return version


def texto_de(version: VersionBorrador) -> str:
    """Its fragments as the text one would paste to have them again."""
    return a_texto(Trozo(f.tipo, f.texto, f.nivel) for f in version.fragmentos.order_by("orden"))  # type: ignore[arg-type]


def _revisar(por: User, consulta: Consulta, texto: str) -> list[Trozo]:
    if not puede_gestionar_procesos(por):
        raise SinPermiso(_("Solo la secretaría técnica prepara versiones del borrador."))
    if consulta.etapa.proceso.es_historico:
        raise Conflicto(_("Un proceso histórico es de solo lectura."), campo="consulta")
    if len(texto) > LARGO_TEXTO:
        raise DatoInvalido(
            _("El texto es demasiado largo: admite %(m)s caracteres.") % {"m": LARGO_TEXTO},
            campo="texto",
        )
    trozos = fragmentar(limpiar(texto))
    if not trozos:
        raise DatoInvalido(_("Pegue el texto: al menos un párrafo."), campo="texto")
    if len(trozos) > MAXIMO_FRAGMENTOS:
        raise DatoInvalido(
            _("El texto da %(n)s párrafos y el máximo es %(m)s.")
            % {"n": len(trozos), "m": MAXIMO_FRAGMENTOS},
            campo="texto",
        )
    return trozos


def _escribir(
    version: VersionBorrador, trozos: list[Trozo], verbo: str, por: User, ahora: datetime | None
) -> None:
    Fragmento.objects.bulk_create(
        Fragmento(
            version=version,
            orden=orden,
            tipo=trozo.tipo,
            nivel=trozo.nivel,
            texto=trozo.texto,
            sha256=huella_de_fragmento(trozo.texto),
        )
        for orden, trozo in enumerate(trozos, 1)
    )
    registrar(
        verbo=verbo,
        objeto=version,
        por=por,
        ahora=ahora or timezone.now(),
        despues={"n": version.n, "fragmentos": len(trozos)},
    )
