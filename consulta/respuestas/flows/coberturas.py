"""What an answer says of each contribution it covers, checked before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.models import Page

from comun.errores import Conflicto, DatoInvalido
from comun.textos import limpiar
from consulta.aportes.models import Aporte, Punto
from consulta.procesos.models import Fragmento
from consulta.respuestas.enums import EXIGEN_CAMBIO, Resultado
from consulta.respuestas.models import Cobertura, Respuesta
from consulta.seguimiento.models import Compromiso

LARGO_RAZON = 10_000
LARGO_LINEA = 2_000


@dataclass(frozen=True)
class DestinoElegido:
    """Where a contribution landed: exactly one of the four."""

    fragmento: Fragmento | None = None
    compromiso: Compromiso | None = None
    evento: Page | None = None
    porque_nada: str = ""


@dataclass(frozen=True)
class LineaDePunto:
    """One point of a divided contribution: its outcome, where it landed, and what is said of it."""

    punto: Punto
    resultado: Resultado
    destino: DestinoElegido
    linea: str = ""


@dataclass(frozen=True)
class LineaDeCobertura:
    """One contribution a response answers: with which outcome, where it landed, and a personal line.

    `version_leida` is the version of its words the official had before them; None asks nothing. Of a
    contribution divided into points, `puntos` answers each of them, and all of them.
    """

    aporte: Aporte
    resultado: Resultado
    destino: DestinoElegido
    linea: str = ""
    version_leida: int | None = None
    puntos: tuple[LineaDePunto, ...] = ()


class TextoCorregido(Conflicto):
    """The author corrected the contribution after the official read it."""


def revisar(linea: LineaDeCobertura) -> LineaDeCobertura:
    """The line with its texts cleaned. Raises DatoInvalido, naming the field."""
    resultado, destino, texto = _revisar(linea.resultado, linea.destino, linea.linea)
    puntos = []
    for dicho in linea.puntos:
        puntos.append(
            LineaDePunto(dicho.punto, *_revisar(dicho.resultado, dicho.destino, dicho.linea))
        )
    return LineaDeCobertura(
        linea.aporte, resultado, destino, texto, linea.version_leida, tuple(puntos)
    )


def _revisar(
    resultado: str, destino: DestinoElegido, linea: str
) -> tuple[Resultado, DestinoElegido, str]:
    if resultado not in Resultado.values:
        raise DatoInvalido(_("Elija un resultado de la lista."), campo="resultado")
    porque = limpiar(destino.porque_nada)
    puestos = [destino.fragmento, destino.compromiso, destino.evento, porque]
    if sum(bool(p) for p in puestos) != 1:
        raise DatoInvalido(
            _(
                "Diga dónde quedó el aporte: un párrafo, un compromiso, una actividad, o por qué nada cambia."
            ),
            campo="destino",
        )
    if porque and Resultado(resultado) in EXIGEN_CAMBIO:
        raise DatoInvalido(
            _(
                "Un aporte incorporado cambió algo: indique el párrafo, el compromiso o la actividad."
            ),
            campo="destino",
        )
    if not _se_puede_leer(destino):
        raise DatoInvalido(
            _("Ese destino aún no está publicado: nadie podría ir a leerlo."), campo="destino"
        )
    texto = limpiar(linea)
    if max(len(texto), len(porque)) > LARGO_LINEA:
        raise DatoInvalido(
            _("La línea personal admite %(m)s caracteres.") % {"m": LARGO_LINEA}, campo="linea"
        )
    elegido = DestinoElegido(destino.fragmento, destino.compromiso, destino.evento, porque)
    return Resultado(resultado), elegido, texto


def _se_puede_leer(destino: DestinoElegido) -> bool:
    if destino.fragmento is not None:
        return destino.fragmento.version.publicada_en is not None
    return destino.evento is None or destino.evento.live


def comprobar(
    lineas: list[LineaDeCobertura], razon: str, motivo_cambio: str, respuesta: Respuesta | None
) -> None:
    """Raises DatoInvalido unless the lines make one answer of one consultation, with its reason."""
    if not lineas:
        raise DatoInvalido(_("Elija al menos un aporte."), campo="aportes")
    if len({linea.aporte.pk for linea in lineas}) != len(lineas):
        raise DatoInvalido(_("Hay un aporte repetido."), campo="aportes")
    if len({linea.aporte.consulta_id for linea in lineas}) != 1:
        raise DatoInvalido(_("Una respuesta trata de una sola consulta."), campo="aportes")
    if respuesta is not None and respuesta.consulta_id != lineas[0].aporte.consulta_id:
        raise DatoInvalido(_("Esa respuesta es de otra consulta."), campo="respuesta")
    if not razon:
        raise DatoInvalido(
            _("Escriba la razón: quien participó debe saber por qué se decidió así."), campo="razon"
        )
    if len(razon) > LARGO_RAZON:
        raise DatoInvalido(
            _("La razón admite %(m)s caracteres.") % {"m": LARGO_RAZON}, campo="razon"
        )
    if respuesta is not None and not motivo_cambio:
        raise DatoInvalido(
            _("Explique por qué cambia la respuesta: el texto anterior seguirá a la vista."),
            campo="motivo_cambio",
        )


def bajo_llave(
    lineas: Sequence[LineaDeCobertura], respuesta: Respuesta | None
) -> dict[int, Aporte]:
    """Lock the contributions in one order, and read them as they are now.

    Raises the first of `conflictos_de`.
    """
    ids = sorted(linea.aporte.pk for linea in lineas)
    list(Aporte.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    aportes = Aporte.objects.select_related("autoria", "consulta").in_bulk(ids)
    leidas = {linea.aporte.pk: linea.version_leida for linea in lineas}
    for conflicto in conflictos_de(aportes, leidas, respuesta).values():
        raise conflicto
    return aportes


def conflictos_de(
    aportes: Mapping[int, Aporte], leidas: Mapping[int, int | None], respuesta: Respuesta | None
) -> dict[int, Conflicto]:
    """Why each of `aportes` cannot be answered now, by its id; two queries.

    One awaits no answer, has one by another response, has one sealed that waits for its approvals,
    or (TextoCorregido) says something else than what was read.
    """
    respondidos = Cobertura.objects.publicadas().filter(aporte__in=aportes)
    if respuesta is not None:
        respondidos = respondidos.exclude(version__respuesta=respuesta)
    ajenos = set(respondidos.values_list("aporte_id", flat=True))
    selladas = set(
        Cobertura.objects.presentadas()
        .filter(aporte__in=aportes)
        .values_list("aporte_id", flat=True)
    )
    hallados = {}
    for pk, aporte in aportes.items():
        conflicto = _conflicto(aporte, leidas.get(pk), pk in ajenos, pk in selladas)
        if conflicto is not None:
            hallados[pk] = conflicto
    return hallados


def _conflicto(aporte: Aporte, leida: int | None, ajeno: bool, sellado: bool) -> Conflicto | None:
    if not aporte.es_visible or not aporte.exige_respuesta:
        return Conflicto(
            _("%(folio)s ya no espera respuesta: fue retirado, removido o no la exige.")
            % {"folio": aporte.folio or aporte.pk}
        )
    if ajeno:
        return Conflicto(
            _("%(folio)s ya fue respondido: abra esa respuesta y publique una corrección.")
            % {"folio": aporte.folio}
        )
    if sellado:
        return Conflicto(
            _(
                "%(folio)s tiene una respuesta sellada que espera publicarse: déjela sin efecto "
                "antes de escribir otra."
            )
            % {"folio": aporte.folio}
        )
    if leida not in (None, aporte.version):
        return TextoCorregido(
            _(
                "Su autor o autora corrigió %(folio)s mientras usted escribía. Lea lo que dice "
                "ahora (versión %(n)s) y publique otra vez si su respuesta sigue valiendo."
            )
            % {"folio": aporte.folio, "n": aporte.version}
        )
    return None
