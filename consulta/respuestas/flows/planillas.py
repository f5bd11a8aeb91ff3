"""Spreadsheets that come back: received, read, made drafts, thrown away. Nothing is published here."""

import hashlib
from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, ErrorDeDominio, SinPermiso
from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta
from consulta.respuestas.enums import EstadoDeFila, EstadoDePlanilla
from consulta.respuestas.flows.lotes import crear_lote, desechar_lote
from consulta.respuestas.flows.varios import MAXIMO as POR_BORRADOR
from consulta.respuestas.flows.varios import quitar_de_borrador, reunir_borrador
from consulta.respuestas.models import Borrador, FilaDePlanilla, Planilla
from consulta.respuestas.permissions import puede_redactar
from consulta.respuestas.planilla.juicio import Juicio
from consulta.respuestas.planilla.juzgar import juzgar
from consulta.respuestas.planilla.leer import PESO_MAXIMO, FilaLeida, leer_filas
from consulta.respuestas.planilla.puntos import datos_por_aporte, en_piezas
from cuentas.models import Institucion, User

PIEZA = 500
"""Rows judged and written in one transaction."""
GRUPOS = 100
"""Drafts made by one call of `aplicar_pieza`: a few seconds."""


@transaction.atomic
def recibir_planilla(
    *,
    contenido: bytes,
    nombre: str,
    consulta: Consulta,
    institucion: Institucion,
    por: User,
    ahora: datetime | None = None,
) -> Planilla:
    """Keep a file to be read by `leer_planilla`. Raises SinPermiso, DatoInvalido (`archivo`)."""
    ahora = ahora or timezone.now()
    if not puede_redactar(por, institucion):
        raise SinPermiso(_("Su cuenta no puede responder por esa institución."))
    if not contenido:
        raise DatoInvalido(_("El archivo está vacío."), campo="archivo")
    if len(contenido) > PESO_MAXIMO:
        raise DatoInvalido(
            _("El archivo pesa más de %(m)s MB: divídalo en varios.") % {"m": PESO_MAXIMO >> 20},
            campo="archivo",
        )
    planilla = Planilla.objects.create(
        consulta=consulta,
        institucion=institucion,
        nombre=nombre[-200:],
        sha256=hashlib.sha256(contenido).hexdigest(),
        contenido=contenido,
        subida_por=por,
        subida_en=ahora,
    )
    registrar(
        verbo="recibir_planilla",
        objeto=planilla,
        por=por,
        ahora=ahora,
        despues={"sha256": planilla.sha256, "consulta": consulta.sigla},
    )
    return planilla


def leer_planilla(*, planilla: Planilla, por: User) -> Planilla:
    """Read and judge its rows, in pieces of one transaction each, and let the file go. It may be
    interrupted and begun again. A file nobody can read says why in `error`."""
    if planilla.estado != EstadoDePlanilla.LEYENDO or planilla.contenido is None:
        return planilla
    planilla.filas.all().delete()
    vistos: set[str] = set()
    total = 0
    try:
        leidas = leer_filas(bytes(planilla.contenido), planilla.nombre)
        for pieza in en_piezas(leidas, PIEZA):
            total += len(pieza)
            with transaction.atomic():
                _anotar_filas(planilla, pieza, por, vistos)
                Planilla.objects.filter(pk=planilla.pk).update(
                    total=total, avance_en=timezone.now()
                )
        _exigir_su_consulta(planilla)
        planilla.error = "" if total else _("El archivo no tiene filas.")
    except DatoInvalido as error:
        planilla.filas.all().delete()
        planilla.error, total = error.mensaje, 0
    planilla.estado = EstadoDePlanilla.ILEGIBLE if planilla.error else EstadoDePlanilla.LEIDA
    planilla.contenido, planilla.total = None, total
    # Who threw it away while it was being read is obeyed.
    campos = ("estado", "error", "contenido", "total")
    leyendo = Planilla.objects.filter(pk=planilla.pk, estado=EstadoDePlanilla.LEYENDO)
    leyendo.update(**{campo: getattr(planilla, campo) for campo in campos})
    return planilla


def _exigir_su_consulta(planilla: Planilla) -> None:
    """Refuse, in one sentence instead of an error in each row, what is all of one other consultation.
    Raises DatoInvalido."""
    siglas = {folio.rpartition("-")[0] for folio in planilla.filas.values_list("folio", flat=True)}
    if len(siglas) != 1 or planilla.consulta.sigla in siglas:
        return
    otra = Consulta.objects.publicadas().filter(sigla=siglas.pop()).first()
    if otra is not None:
        raise DatoInvalido(
            _("Esta planilla es de «%(otra)s», y usted eligió «%(esta)s»: súbala con su consulta.")
            % {"otra": otra.titulo, "esta": planilla.consulta.titulo}
        )


def _anotar_filas(planilla: Planilla, pieza: list[FilaLeida], por: User, vistos: set[str]) -> None:
    juicios = juzgar(
        pieza, consulta=planilla.consulta, institucion=planilla.institucion, por=por, vistos=vistos
    )
    FilaDePlanilla.objects.bulk_create(_fila(planilla, j) for j in juicios)


def _fila(planilla: Planilla, juicio: Juicio) -> FilaDePlanilla:
    leida = juicio.leida
    return FilaDePlanilla(
        planilla=planilla,
        n=leida.n,
        folio=leida.celdas.get("folio", "")[:40],
        aporte=juicio.aporte,
        punto=_numero_de_punto(juicio),
        sello=leida.celdas.get("sello", "")[:200],
        datos={**juicio.datos, "_celdas": leida.celdas} if juicio.en_pie else {},
        estado=juicio.estado,
        celda=leida.celda(juicio.campo) if juicio.campo else "",
        reparo=juicio.reparo,
    )


def _numero_de_punto(juicio: Juicio) -> int | None:
    """The point's, as the sheet says it where the point is gone."""
    if juicio.punto is not None:
        return juicio.punto.n
    escrito = juicio.leida.celdas.get("punto", "")
    return int(escrito) if escrito.isascii() and escrito.isdigit() and len(escrito) < 4 else None


@transaction.atomic
def confirmar_planilla(*, planilla: Planilla, por: User, ahora: datetime | None = None) -> Planilla:
    """Its accepted rows will become drafts, in a new batch, by `aplicar_pieza`.

    Raises SinPermiso, Conflicto (not waiting to be confirmed), DatoInvalido (no row was accepted).
    """
    ahora = ahora or timezone.now()
    planilla = _bajo_llave(planilla, por)
    if planilla.estado != EstadoDePlanilla.LEIDA:
        raise Conflicto(_("Esta planilla ya no espera confirmación."))
    if not planilla.filas.filter(estado=EstadoDeFila.ACEPTADA).exists():
        raise DatoInvalido(
            _("Ninguna fila puede aceptarse: corrija la planilla y súbala otra vez.")
        )
    planilla.lote = crear_lote(
        nombre=_("Planilla «%(n)s»") % {"n": planilla.nombre[-90:]},
        consulta=planilla.consulta,
        institucion=planilla.institucion,
        por=por,
        ahora=ahora,
    )
    planilla.estado, planilla.avance_en = EstadoDePlanilla.APLICANDO, ahora
    planilla.save(update_fields=["lote", "estado", "avance_en"])
    registrar(
        verbo="confirmar_planilla",
        objeto=planilla,
        por=por,
        ahora=ahora,
        despues={"lote": planilla.lote.pk},
    )
    return planilla


def aplicar_pieza(*, planilla: Planilla, por: User, ahora: datetime | None = None) -> bool:
    """Make some drafts of the accepted rows, one for each different reason; returns whether any is left.

    Each draft is a transaction of its own, which looks at its rows again: one that changed since is
    told as a conflict. It may be interrupted and begun again: what was made is not made twice.
    """
    ahora = ahora or timezone.now()
    planilla.refresh_from_db(fields=["estado"])
    if planilla.estado != EstadoDePlanilla.APLICANDO:
        return False
    grupos: dict[str, dict[int, list[int]]] = {}
    filas = planilla.filas.filter(estado=EstadoDeFila.ACEPTADA).order_by("n")
    for pk, aporte, datos in filas.values_list("pk", "aporte", "datos").iterator(chunk_size=PIEZA):
        razon = datos.get("razon", "")
        if razon in grupos or len(grupos) < GRUPOS:
            grupos.setdefault(razon, defaultdict(list))[aporte].append(pk)
    for razon, de_aportes in grupos.items():
        # The rows of the points of one contribution go into one draft.
        juntas = list(de_aportes.values())
        for i in range(0, len(juntas), POR_BORRADOR):
            ids = [pk for suyas in juntas[i : i + POR_BORRADOR] for pk in suyas]
            _aplicar_grupo(planilla, razon, ids, por, ahora)
    quedan = planilla.filas.filter(estado=EstadoDeFila.ACEPTADA).exists()
    if not quedan:
        planilla.estado, planilla.aplicada_en = EstadoDePlanilla.APLICADA, ahora
        aplicando = Planilla.objects.filter(pk=planilla.pk, estado=EstadoDePlanilla.APLICANDO)
        aplicando.update(estado=planilla.estado, aplicada_en=ahora)
    return quedan


@transaction.atomic
def _aplicar_grupo(
    planilla: Planilla, razon: str, ids: list[int], por: User, ahora: datetime
) -> None:
    # Locked first: who throws the spreadsheet away waits for this draft, or finds no more made.
    actual = Planilla.objects.select_for_update().get(pk=planilla.pk)
    if actual.estado != EstadoDePlanilla.APLICANDO:
        return
    filas = list(
        FilaDePlanilla.objects.select_for_update(of=("self",))
        .filter(pk__in=ids, estado=EstadoDeFila.ACEPTADA)
        .order_by("n")
    )
    # What is judged is what is drafted: nobody corrects or withdraws it in between.
    cubiertos = sorted({f.aporte_id for f in filas if f.aporte_id})
    list(Aporte.objects.select_for_update().filter(pk__in=cubiertos).order_by("pk").values("pk"))
    leidas = [FilaLeida(f.n, f.datos["_celdas"], {}) for f in filas]
    juicios = juzgar(leidas, consulta=planilla.consulta, institucion=planilla.institucion, por=por)
    entran = []
    for fila, juicio in zip(filas, juicios, strict=True):
        if juicio.en_pie and juicio.aporte is not None:
            entran.append((fila, juicio))
        else:
            fila.estado, fila.reparo = juicio.estado, juicio.reparo
    if entran:
        try:
            _hacer_borrador(planilla, razon, [j for _f, j in entran], por, ahora)
        except ErrorDeDominio as error:
            for fila, _juicio in entran:
                fila.estado, fila.reparo = EstadoDeFila.CONFLICTO, error.mensaje
        else:
            for fila, _juicio in entran:
                fila.estado, fila.datos = EstadoDeFila.APLICADA, {}
    FilaDePlanilla.objects.bulk_update(filas, ["estado", "reparo", "datos"], batch_size=200)
    Planilla.objects.filter(pk=planilla.pk).update(avance_en=timezone.now())


@transaction.atomic
def _hacer_borrador(
    planilla: Planilla, razon: str, juicios: list[Juicio], por: User, ahora: datetime
) -> None:
    """Rows of older drafts that did not change since the export move to the new one."""
    por_aporte = datos_por_aporte(juicios)
    previos = Borrador.objects.filter(
        institucion=planilla.institucion, filas__aporte__in=por_aporte
    ).distinct()
    for previo in list(previos):
        quitar_de_borrador(borrador=previo, aportes=por_aporte, por=por, ahora=ahora)
    reunir_borrador(
        aportes=por_aporte,
        consulta=planilla.consulta,
        institucion=planilla.institucion,
        por=por,
        razon=razon,
        filas=por_aporte,
        lote=planilla.lote,
        ahora=ahora,
    )


@transaction.atomic
def desechar_planilla(*, planilla: Planilla, por: User, ahora: datetime | None = None) -> Planilla:
    """Throw away what was read, and the drafts it became; what was sealed meanwhile stays.

    Raises SinPermiso, Conflicto (thrown away already, its batch was published).
    """
    ahora = ahora or timezone.now()
    planilla = _bajo_llave(planilla, por)
    if planilla.estado == EstadoDePlanilla.DESECHADA:
        raise Conflicto(_("Esta planilla ya se había desechado."))
    borradores = 0
    if planilla.lote is not None:
        borradores = desechar_lote(lote=planilla.lote, por=por, ahora=ahora)
    planilla.estado, planilla.contenido = EstadoDePlanilla.DESECHADA, None
    planilla.save(update_fields=["estado", "contenido"])
    registrar(
        verbo="desechar_planilla",
        objeto=planilla,
        por=por,
        ahora=ahora,
        despues={"borradores": borradores},
    )
    return planilla


def _bajo_llave(planilla: Planilla, por: User) -> Planilla:
    actual = (
        Planilla.objects.select_for_update(of=("self",))
        .select_related("consulta", "institucion", "lote__institucion")
        .get(pk=planilla.pk)
    )
    if not puede_redactar(por, actual.institucion):
        raise SinPermiso(_("Esta planilla es de otra institución."))
    return actual
