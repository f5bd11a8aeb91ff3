"""Correcting how an unpublished version was cut and where each fragment comes from.

Every function takes `marca`, what the person saw (huellas.marca_de_fragmento): if somebody changed the
fragment meanwhile it raises Conflicto, and nothing is written over. Empty means «whatever it is now».
All raise SinPermiso, and Conflicto once the version is published. The last correction can be undone.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.textos import limpiar
from consulta.procesos.enums import TipoFragmento
from consulta.procesos.flows.tramos import (
    Estado,
    estados_guardados,
    leer_tramo,
    reemplazar_tramo,
)
from consulta.procesos.huellas import marca_de_fragmento
from consulta.procesos.importar import LARGO_TEXTO, MAXIMO_FRAGMENTOS
from consulta.procesos.models import Fragmento, VersionBorrador
from consulta.procesos.permissions import puede_gestionar_procesos
from cuentas.models import User


@transaction.atomic
def cambiar_fragmento(
    *,
    fragmento: Fragmento,
    por: User,
    texto: str | None = None,
    tipo: str | None = None,
    nivel: int | None = None,
    marca: str = "",
    ahora: datetime | None = None,
) -> Fragmento:
    """Correct words, kind or level; what is None stays. Where it comes from is kept.

    Raises DatoInvalido naming `texto`, `tipo` or `nivel`.
    """
    fila, (estado,) = _abrir(fragmento, por, marca)
    tipo = tipo or estado.tipo
    if tipo not in TipoFragmento.values:
        raise DatoInvalido(_("Elija una clase de la lista."), campo="tipo")
    nuevo = estado.texto if texto is None else _texto(texto, tipo)
    if tipo == TipoFragmento.TITULO:
        nivel = nivel or estado.nivel or 1
        if not 1 <= nivel <= 6:
            raise DatoInvalido(_("El nivel de un título va de 1 a 6."), campo="nivel")
    else:
        nivel = 0
    cambiado = estado.cambiado(tipo=tipo, nivel=nivel, texto=nuevo)
    return _hacer(fila, 1, [cambiado], "cambiar_fragmento", por, ahora)


@transaction.atomic
def dividir_fragmento(
    *, fragmento: Fragmento, corte: int, por: User, marca: str = "", ahora: datetime | None = None
) -> Fragmento:
    """Cut the text before its character `corte` (from 0). Both pieces come from where the whole did.

    Raises DatoInvalido naming `corte` when a piece would be empty or the version too long.
    """
    fila, (estado,) = _abrir(fragmento, por, marca)
    primera, segunda = (limpiar(t) for t in (estado.texto[:corte], estado.texto[corte:]))
    if corte < 0 or not primera or not segunda:
        raise DatoInvalido(_("Elija un lugar entre dos palabras del texto."), campo="corte")
    if fila.version.fragmentos.count() >= MAXIMO_FRAGMENTOS:
        raise DatoInvalido(_("La versión ya tiene el máximo de fragmentos."), campo="corte")
    clase = estado.tipo
    if clase in (TipoFragmento.TABLA, TipoFragmento.COMPROMISO, TipoFragmento.TITULO):
        clase = TipoFragmento.PARRAFO
    resto = estado.cambiado(tipo=clase, nivel=0, texto=segunda)
    return _hacer(fila, 1, [estado.cambiado(texto=primera), resto], "dividir_fragmento", por, ahora)


@transaction.atomic
def unir_fragmento(
    *, fragmento: Fragmento, por: User, marca: str = "", ahora: datetime | None = None
) -> Fragmento:
    """Join it with the next one: its kind stays, and it comes from where both did.

    Raises Conflicto when it is the last one.
    """
    fila, estados = _abrir(fragmento, por, marca, cuantos=2)
    if len(estados) < 2:
        raise Conflicto(_("Es el último fragmento: no hay otro con que unirlo."))
    uno, otro = estados
    en_lineas = uno.tipo in (TipoFragmento.LISTA, TipoFragmento.TABLA, TipoFragmento.COMPROMISO)
    union = "\n" if en_lineas or otro.tipo == TipoFragmento.LISTA else " "
    origenes = {o[0]: o for o in [*otro.origenes, *uno.origenes]}
    junto = uno.cambiado(
        texto=_texto(f"{uno.texto}{union}{otro.texto}", uno.tipo),
        origenes=list(origenes.values()),
        revisado=uno.revisado and otro.revisado,
    )
    if otro.tipo == TipoFragmento.LISTA and uno.tipo == TipoFragmento.PARRAFO:
        junto = junto.cambiado(tipo=TipoFragmento.LISTA.value)  # the line that presents a list
    return _hacer(fila, 2, [junto], "unir_fragmentos", por, ahora)


@transaction.atomic
def quitar_fragmento(
    *, fragmento: Fragmento, por: User, marca: str = "", ahora: datetime | None = None
) -> VersionBorrador:
    """Take it out of the version: a page number, an index. Raises Conflicto for the only one."""
    fila, _estados = _abrir(fragmento, por, marca)
    if fila.version.fragmentos.count() < 2:
        raise Conflicto(_("Es el único fragmento: una versión no queda vacía."))
    _hacer(fila, 1, [], "quitar_fragmento", por, ahora)
    return fila.version


@transaction.atomic
def corresponder(
    *,
    fragmento: Fragmento,
    anteriores: Iterable[Fragmento],
    por: User,
    marca: str = "",
    ahora: datetime | None = None,
) -> Fragmento:
    """A person says where it comes from: exactly `anteriores`, or nowhere when there are none.

    What each edge is called follows from all of them. Also confirms what the machine proposed.
    Raises DatoInvalido naming `anteriores` for a fragment that is not of the version before.
    """
    fila, (estado,) = _abrir(fragmento, por, marca)
    elegidos = list({f.pk: f for f in anteriores}.values())
    previa = fila.version.anterior()
    if any(previa is None or f.version_id != previa.pk for f in elegidos):
        raise DatoInvalido(
            _("Elija fragmentos de la versión publicada anterior."), campo="anteriores"
        )
    origenes = [(f.pk, 100, por.pk) for f in elegidos]
    nuevo = estado.cambiado(origenes=origenes, revisado=True)
    return _hacer(fila, 1, [nuevo], "corresponder_fragmento", por, ahora)


@transaction.atomic
def deshacer(
    *, version: VersionBorrador, por: User, cambio: int = 0, ahora: datetime | None = None
) -> VersionBorrador:
    """Undo the last correction; once more does it again. `cambio` is the number of the one seen.

    Raises Conflicto when there is nothing to undo, or somebody corrected something else meanwhile.
    """
    version = _bloquear(version.pk, por)
    ultimo = version.ultimo_cambio
    if not ultimo:
        raise Conflicto(_("No hay un cambio que deshacer."))
    if cambio and cambio != ultimo["n"]:
        raise Conflicto(_("Otra persona hizo un cambio después: revise antes de deshacer."))
    estados = estados_guardados(ultimo)
    reemplazar_tramo(version, ultimo["desde"], ultimo["cuantos"], estados, ultimo["que"])
    _anotar(
        version, "deshacer_cambio", por, ahora, {"que": ultimo["que"], "orden": ultimo["desde"]}
    )
    return version


def _bloquear(pk: int, por: User) -> VersionBorrador:
    if not puede_gestionar_procesos(por):
        raise SinPermiso(_("Solo la secretaría técnica corrige versiones del borrador."))
    version = VersionBorrador.objects.select_for_update().filter(pk=pk).first()
    if version is None:
        raise Conflicto(_("Esa versión ya no existe."))
    if version.publicada_en is not None:
        raise Conflicto(_("El texto de una versión publicada no cambia: prepare otra versión."))
    return version


def _abrir(
    fragmento: Fragmento, por: User, marca: str, cuantos: int = 1
) -> tuple[Fragmento, list[Estado]]:
    """The fragment read again under the lock of its version, and what stands there."""
    version = _bloquear(fragmento.version_id, por)
    fila = version.fragmentos.filter(pk=fragmento.pk).first()
    if fila is None:
        raise Conflicto(_("Otra persona quitó o unió este fragmento mientras usted lo veía."))
    fila.version = version
    estados = leer_tramo(version, fila.orden, cuantos)
    if marca and marca != marca_de_fragmento(fila, (o[0] for o in estados[0].origenes)):
        raise Conflicto(
            _("Otra persona cambió este fragmento mientras usted lo veía: revise cómo quedó.")
        )
    return fila, estados


def _hacer(
    fila: Fragmento,
    cuantos: int,
    estados: list[Estado],
    que: str,
    por: User,
    ahora: datetime | None,
) -> Fragmento:
    reemplazar_tramo(fila.version, fila.orden, cuantos, estados, que)
    _anotar(fila.version, que, por, ahora, {"orden": fila.orden})
    if estados:
        fila.refresh_from_db(fields=["tipo", "nivel", "texto", "sha256", "revisado"])
    return fila


def _anotar(
    version: VersionBorrador, verbo: str, por: User, ahora: datetime | None, detalle: dict
) -> None:
    registrar(
        verbo=verbo, objeto=version, por=por, ahora=ahora or timezone.now(),
        despues={"n": version.n, **detalle},
    )  # fmt: skip


def _texto(texto: str, tipo: str) -> str:
    limpio = limpiar(texto)
    if not limpio:
        raise DatoInvalido(_("El texto no puede quedar vacío: use «Quitar»."), campo="texto")
    if len(limpio) > LARGO_TEXTO:
        raise DatoInvalido(_("El texto es demasiado largo."), campo="texto")
    if tipo == TipoFragmento.TITULO:
        return " ".join(limpio.split())
    return limpio
