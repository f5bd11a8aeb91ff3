"""Preparing a version of the consulted text, before it is published."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, SinPermiso
from comun.textos import limpiar_linea
from consulta.procesos.emparejar import emparejar
from consulta.procesos.flows.correspondencias import (
    aristas_hacia,
    proponer,
    reclasificar,
    trozos_de,
)
from consulta.procesos.huellas import huella_de_fragmento, marca_de_version
from consulta.procesos.importar import importar_archivo, importar_texto
from consulta.procesos.importar.marcas import a_texto
from consulta.procesos.models import Consulta, Correspondencia, Fragmento, VersionBorrador
from consulta.procesos.permissions import puede_gestionar_procesos
from consulta.procesos.trozos import Trozo
from cuentas.models import User

MISMO = 60
"""Certainty from which a fragment pasted again is taken for the one a person had corrected."""


@transaction.atomic
def preparar_version(
    *,
    consulta: Consulta,
    por: User,
    texto: str = "",
    archivo: bytes | None = None,
    nombre: str = "",
    titulo: str = "",
    ahora: datetime | None = None,
) -> VersionBorrador:
    """The next version of a consultation's draft, unpublished, matched with the published one before.

    From an uploaded file (`archivo`, called `nombre`) or else a pasted text. Raises SinPermiso,
    Conflicto (historical process, or another version still unpublished) and DatoInvalido naming the
    field.
    """
    trozos = _revisar(por, consulta, texto, archivo, nombre)
    Consulta.objects.select_for_update(no_key=True).get(pk=consulta.pk)
    ultima = VersionBorrador.objects.filter(consulta=consulta).order_by("-n").first()
    if ultima is not None and ultima.publicada_en is None:
        raise Conflicto(
            _("La versión %(n)s aún no se publica: siga trabajando en ella.") % {"n": ultima.n},
            campo="consulta",
        )
    version = VersionBorrador.objects.create(
        consulta=consulta, n=ultima.n + 1 if ultima else 1, titulo=limpiar_linea(titulo)[:200]
    )
    _escribir(version, trozos)
    Correspondencia.objects.bulk_create(proponer(version), batch_size=500)
    _anotar(version, "preparar_version", len(trozos), por, ahora)
    return version


@transaction.atomic
def cambiar_version(
    *,
    objeto: VersionBorrador,
    por: User,
    texto: str = "",
    archivo: bytes | None = None,
    nombre: str = "",
    titulo: str = "",
    marca: str = "",
    ahora: datetime | None = None,
) -> VersionBorrador:
    """Replace the text of an unpublished version, keeping what people corrected of it.

    A fragment that stays (the same words, or clearly the same) keeps the kind a person gave it and
    where a person said it comes from. Raises as `preparar_version`; Conflicto if it is published, or
    if `marca` (huellas.marca_de_version) is not what it is now.
    """
    version = VersionBorrador.objects.select_for_update().get(pk=objeto.pk)
    trozos = _revisar(por, version.consulta, texto, archivo, nombre)
    if version.publicada_en is not None:
        raise Conflicto(_("El texto de una versión publicada no cambia: prepare otra versión."))
    if marca and marca != marca_de_version(version):
        raise Conflicto(
            _("Otra persona cambió esta versión mientras usted escribía. Su texto sigue aquí: ábrala "
              "en otra pestaña, revise cómo quedó y vuelva a guardar.")
        )  # fmt: skip
    corregidos = _corregidos(version)
    version.titulo, version.ultimo_cambio = limpiar_linea(titulo)[:200], None
    version.save(update_fields=["titulo", "ultimo_cambio"])
    version.fragmentos.all().delete()
    trozos, queda = _reconciliar(corregidos, trozos)
    _escribir(version, trozos, revisados=set(queda))
    _unir(version, queda)
    _anotar(version, "cambiar_version", len(trozos), por, ahora)
    return version


def texto_de(version: VersionBorrador) -> str:
    """Its fragments as the text one would paste to have them again."""
    return a_texto(trozos_de(list(version.fragmentos.order_by("orden"))))


def _revisar(
    por: User, consulta: Consulta, texto: str, archivo: bytes | None, nombre: str
) -> list[Trozo]:
    if not puede_gestionar_procesos(por):
        raise SinPermiso(_("Solo la secretaría técnica prepara versiones del borrador."))
    if consulta.etapa.proceso.es_historico:
        raise Conflicto(_("Un proceso histórico es de solo lectura."), campo="consulta")
    return importar_texto(texto) if archivo is None else importar_archivo(archivo, nombre)


Origenes = list[tuple[int, int, int | None]]


def _corregidos(version: VersionBorrador) -> list[tuple[Fragmento, Origenes | None]]:
    """Each fragment with where a person said it comes from; None where nobody looked."""
    aristas: dict[int, Origenes] = {}
    filas = aristas_hacia(version).values_list("a_id", "de_id", "seguridad", "por_id")
    for a, de, seguridad, por in filas:
        aristas.setdefault(a, []).append((de, seguridad, por))
    fragmentos = version.fragmentos.order_by("orden")
    return [(f, aristas.get(f.pk, []) if f.revisado else None) for f in fragmentos]


def _reconciliar(
    corregidos: list[tuple[Fragmento, Origenes | None]], trozos: list[Trozo]
) -> tuple[list[Trozo], dict[int, Origenes]]:
    """`trozos` with the kinds people gave, and by position the origins people set."""
    antes = trozos_de([f for f, _origenes in corregidos])
    nuevos = list(trozos)
    queda: dict[int, Origenes] = {}
    for enlace in emparejar(antes, trozos):
        igual = antes[enlace.de].texto == trozos[enlace.a].texto
        if igual:
            nuevos[enlace.a] = antes[enlace.de]
        origenes = corregidos[enlace.de][1]
        if origenes is not None and (igual or enlace.seguridad >= MISMO):
            queda.setdefault(enlace.a, []).extend(origenes)
    return nuevos, queda


def _unir(version: VersionBorrador, queda: dict[int, Origenes]) -> None:
    """The machine's proposals, save where a person had spoken."""
    fragmentos = list(version.fragmentos.order_by("orden"))
    hablados = {fragmentos[n].pk for n in queda}
    aristas = [e for e in proponer(version) if e.a_id not in hablados]
    for n, origenes in queda.items():
        vistos = {de: (seguridad, por) for de, seguridad, por in origenes}
        aristas += [
            Correspondencia(de_id=de, a=fragmentos[n], seguridad=s, por_id=por, tipo="cambia")
            for de, (s, por) in vistos.items()
        ]
    Correspondencia.objects.bulk_create(aristas, batch_size=500)
    reclasificar(version)


def _escribir(
    version: VersionBorrador, trozos: list[Trozo], revisados: set[int] | None = None
) -> None:
    Fragmento.objects.bulk_create(
        (
            Fragmento(
                version=version,
                orden=n + 1,
                tipo=trozo.tipo,
                nivel=trozo.nivel,
                texto=trozo.texto,
                sha256=huella_de_fragmento(trozo.texto),
                revisado=n in (revisados or ()),
            )
            for n, trozo in enumerate(trozos)
        ),
        batch_size=500,
    )


def _anotar(
    version: VersionBorrador, verbo: str, cuantos: int, por: User, ahora: datetime | None
) -> None:
    registrar(
        verbo=verbo, objeto=version, por=por, ahora=ahora or timezone.now(),
        despues={"n": version.n, "fragmentos": cuantos},
    )  # fmt: skip
