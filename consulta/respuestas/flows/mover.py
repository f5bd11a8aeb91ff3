"""Rows that change hands: one or ten thousand, by a person or by a rule. The clock runs on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar_varios
from comun.avisos import avisar_a
from comun.errores import DatoInvalido, SinPermiso
from comun.textos import limpiar
from consulta.aportes.models import Aporte
from consulta.respuestas.models import Cobertura, Derivacion, Regla
from consulta.respuestas.permissions import puede_asignar, puede_asignar_aporte
from cuentas.models import Institucion, User
from cuentas.roles import Rol

TANDA = 500
MAXIMO = 20_000
"""Rows moved in one act at most: beyond, a person should narrow the filter."""

LARGO_RAZON = 2_000


@dataclass(frozen=True)
class Apartado:
    """A row that did not change hands, and why."""

    aporte: Aporte
    motivo: str


@dataclass
class Movidos:
    """What one act did. `iguales` had been there already; `tanda` undoes it, for some minutes."""

    tanda: UUID = field(default_factory=uuid4)
    aportes: list[int] = field(default_factory=list)
    iguales: int = 0
    apartados: list[Apartado] = field(default_factory=list)


@transaction.atomic
def asignar_aportes(
    *,
    aportes: Iterable[int],
    institucion: Institucion,
    por: User,
    responsable: User | None = None,
    razon: str = "",
    visto_en: datetime | None = None,
    ahora: datetime | None = None,
) -> Movidos:
    """Hand the pending rows of these ids to an institution and, if given, one of its people.

    Rows that were answered, sealed, withdrawn, are another institution's, await its review, or changed
    hands after `visto_en` (UTC) are set aside, each saying why. Taking one from an institution needs a
    reason, and the officials who get it are told. A constant number of queries for each `TANDA` rows.

    Raises SinPermiso, or DatoInvalido naming the field.
    """
    if not puede_asignar(por):
        raise SinPermiso(_("Su cuenta no puede asignar aportes."))
    if responsable is not None and responsable.institucion_id != institucion.pk:
        raise DatoInvalido(_("Esa persona trabaja en otra institución."), campo="responsable")
    if responsable is not None and not responsable.is_active:
        raise DatoInvalido(_("Esa cuenta está desactivada."), campo="responsable")
    razon = limpiar(razon)
    if len(razon) > LARGO_RAZON:
        raise DatoInvalido(_("La razón admite 2.000 caracteres."), campo="razon")
    ids = sorted(set(aportes))
    if len(ids) > MAXIMO:
        raise DatoInvalido(
            _("Son %(n)s aportes: acote el filtro, el máximo de una vez son %(maximo)s.")
            % {"n": len(ids), "maximo": MAXIMO}
        )
    ahora = ahora or timezone.now()
    hecho = Movidos()
    derivadas: list[Derivacion] = []
    for filas in bajo_llave(ids):
        ajenos = _cambiaron(filas, visto_en, por) if visto_en else {}
        pasan = []
        for aporte in filas:
            motivo = (
                _reparo(aporte, por)
                or reparo_de_destino(aporte, institucion.pk)
                or ajenos.get(aporte.pk, "")
            )
            if motivo:
                hecho.apartados.append(Apartado(aporte, motivo))
            elif (aporte.institucion_id, aporte.responsable_id) == (
                institucion.pk,
                responsable.pk if responsable else None,
            ):
                hecho.iguales += 1
            else:
                pasan.append(aporte)
        if not razon and any(a.institucion_id not in (None, institucion.pk) for a in pasan):
            raise DatoInvalido(
                _("Pasa a otra institución: escriba la razón, la leerá quien lo recibe."),
                campo="razon",
            )
        nuevas = pasar(pasan, institucion, responsable, por, razon, hecho.tanda, ahora)
        derivadas += [d for d in nuevas if d.de_id not in (None, d.a_id)]
        hecho.aportes += [a.pk for a in pasan]
    if derivadas:
        _avisar(derivadas[0], institucion, responsable, por, ahora)
    return hecho


def bajo_llave(ids: list[int]) -> Iterator[list[Aporte]]:
    """The rows of `ids` in their order, locked, with consultation; `sellado` when an answer waits, and in
    `respondio` the institution that gave the published one, if there is one."""
    for i in range(0, len(ids), TANDA):
        filas = list(
            Aporte.objects.select_for_update(of=("self",))
            .select_related("consulta", "institucion")
            .filter(pk__in=ids[i : i + TANDA])
            .order_by("pk")
        )
        selladas = Cobertura.objects.filter(
            aporte__in=[a.pk for a in filas],
            punto=None,
            version__sellada_en__isnull=False,
            version__sin_efecto_en=None,
        )
        esperan: set[int] = set()
        respondio: dict[int, tuple[int, str]] = {}
        quien = "version__respuesta__institucion"
        for pk, publicada, casa, nombre in selladas.values_list(
            "aporte", "version__publicada_en", quien, f"{quien}__nombre"
        ):
            if publicada is None:
                esperan.add(pk)
            else:
                respondio[pk] = (casa, nombre)
        for aporte in filas:
            aporte.sellado = aporte.pk in esperan  # type: ignore[attr-defined]
            aporte.respondio = respondio.get(aporte.pk)  # type: ignore[attr-defined]
        yield filas


def reparo_de_estado(aporte: Aporte) -> str:
    """Why a row that came `bajo_llave` cannot change hands, whoever asks; empty when it can."""
    if not aporte.es_visible or not aporte.exige_respuesta or aporte.esta_respondido:
        return _("Este aporte no está pendiente.")
    if aporte.sellado:  # type: ignore[attr-defined]
        return _("Ya tiene una respuesta sellada, que espera conformidad o su publicación.")
    return ""


def reparo_de_destino(aporte: Aporte, institucion_id: int | None) -> str:
    """Why a row that came `bajo_llave` cannot go there: a review is of whoever gave the answer, since
    nobody else may write its next version. Empty when it can."""
    respondio: tuple[int, str] | None = aporte.respondio  # type: ignore[attr-defined]
    if respondio is None or respondio[0] == institucion_id:
        return ""
    return _(
        "Su autor o autora pidió revisar la respuesta de %(institucion)s: solo esa institución "
        "puede contestar."
    ) % {"institucion": respondio[1]}


def _reparo(aporte: Aporte, por: User) -> str:
    motivo = reparo_de_estado(aporte)
    if not motivo and not puede_asignar_aporte(por, aporte):
        return _("Está a cargo de %(institucion)s: pídale que se lo derive.") % {
            "institucion": aporte.institucion
        }
    return motivo


def _cambiaron(filas: list[Aporte], visto_en: datetime, por: User) -> dict[int, str]:
    """Which rows somebody else moved since they were seen, with the sentence that says so; one query."""
    despues = Derivacion.objects.filter(aporte__in=filas, en__gt=visto_en, deshecha_en=None)
    return {
        d.aporte_id: _("Mientras usted miraba la lista pasó a %(a)s.") % {"a": d.a}
        for d in despues.exclude(por=por).select_related("a").order_by("en", "pk")
    }


def pasar(
    aportes: list[Aporte],
    institucion: Institucion,
    responsable: User | None,
    por: User | None,
    razon: str,
    tanda: UUID,
    ahora: datetime,
    regla: Regla | None = None,
) -> list[Derivacion]:
    """Write that these locked rows are now in those hands, with history and audit."""
    if not aportes:
        return []
    quien = responsable.pk if responsable else None
    hechas = Derivacion.objects.bulk_create(
        Derivacion(
            aporte=aporte,
            de_id=aporte.institucion_id,
            de_responsable_id=aporte.responsable_id,
            a=institucion,
            responsable=responsable,
            razon=razon,
            regla=regla,
            por=por,
            tanda=tanda,
            en=ahora,
        )
        for aporte in aportes
    )
    Aporte.objects.filter(pk__in=[a.pk for a in aportes]).update(
        institucion=institucion, responsable=responsable
    )
    comun = {"institucion": institucion.pk, "responsable": quien}
    if regla is not None:
        comun["regla"] = regla.pk
    registrar_varios(
        verbo="asignar_aporte",
        cambios=[
            (
                a,
                comun
                | {"antes": {"institucion": a.institucion_id, "responsable": a.responsable_id}},
            )
            for a in aportes
        ],
        por=por,
        ahora=ahora,
    )
    return hechas


def oficiales_de(institucion_id: int) -> list[str]:
    """The recipients of what is told to an institution: its active officials; one query."""
    cuentas = User.objects.filter(
        is_active=True, institucion=institucion_id, groups__name=Rol.OFICIAL
    )
    return [f"cuenta:{pk}" for pk in cuentas.order_by("pk").values_list("pk", flat=True)]


def _avisar(
    primera: Derivacion,
    institucion: Institucion,
    responsable: User | None,
    por: User,
    ahora: datetime,
) -> None:
    """One notice for the whole act, however many rows: to whom it was given, or to all its officials."""
    destinos = [f"cuenta:{responsable.pk}"] if responsable else oficiales_de(institucion.pk)
    avisar_a(
        destinos=[d for d in destinos if d != f"cuenta:{por.pk}"],
        razon="derivacion",
        objeto=primera,
        ahora=ahora,
    )
