"""Publishing a reasoned response: the answer is sealed, shown in the thread and told to each author."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from comun import buscador
from comun.auditoria import registrar
from comun.avisos import avisar_a
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.textos import limpiar
from consulta.aportes.models import Aporte
from consulta.procesos.models import Fragmento
from consulta.respuestas.enums import EXIGEN_CAMBIO, Resultado
from consulta.respuestas.models import Cobertura, Destino, Respuesta, RespuestaVersion
from consulta.respuestas.permissions import puede_responder
from consulta.respuestas.sello import sello_de
from consulta.seguimiento.models import Compromiso
from cuentas.models import Institucion, User

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
class LineaDeCobertura:
    """One contribution a response answers: with which outcome, where it landed, and a personal line.

    `version_leida` is the version of its words the official had before them; None asks nothing.
    """

    aporte: Aporte
    resultado: Resultado
    destino: DestinoElegido
    linea: str = ""
    version_leida: int | None = None


class TextoCorregido(Conflicto):
    """The author corrected the contribution after the official read it."""


@transaction.atomic
def publicar_respuesta(
    *,
    coberturas: Sequence[LineaDeCobertura],
    razon: str,
    institucion: Institucion,
    por: User,
    respuesta: Respuesta | None = None,
    motivo_cambio: str = "",
    ahora: datetime | None = None,
) -> RespuestaVersion:
    """Seal and publish the next version of a response; without `respuesta`, the first of a new one.

    Each contribution covered becomes answered, its author is told once per version. A version after
    the first needs `motivo_cambio`; the former stays readable.

    Raises SinPermiso, DatoInvalido (naming the field) or Conflicto (withdrawn or removed meanwhile,
    already answered by another response; TextoCorregido when it says something else by now).
    """
    ahora = ahora or timezone.now()
    lineas = [_revisar(linea) for linea in coberturas]
    razon, motivo_cambio = limpiar(razon), limpiar(motivo_cambio)
    _comprobar(lineas, razon, motivo_cambio, respuesta)
    aportes = _bajo_llave(lineas, respuesta)
    for aporte in aportes.values():
        if not puede_responder(por, aporte, institucion):
            raise SinPermiso(
                _("%(folio)s está a cargo de otra institución, o es un aporte suyo.")
                % {"folio": aporte.folio}
            )
    if respuesta is None:
        respuesta = Respuesta.objects.create(
            consulta_id=next(iter(aportes.values())).consulta_id,
            institucion=institucion,
            editor=por,
            creada_en=ahora,
            modificada_en=ahora,
        )
    version = _sellar(respuesta, lineas, razon, motivo_cambio, ahora)
    Aporte.objects.filter(pk__in=aportes).update(respondido_en=ahora, institucion=institucion)
    Respuesta.objects.filter(pk=respuesta.pk).update(borrador={}, modificada_en=ahora)
    registrar(
        verbo="publicar_respuesta",
        objeto=version,
        por=por,
        ahora=ahora,
        despues={"aportes": sorted(aportes), "sha256": version.sha256, "n": version.n},
    )
    avisar_a(
        destinos=[f"aporte:{pk}" for pk in aportes],
        razon="respuesta",
        objeto=respuesta,
        version=version.n,
        ahora=ahora,
    )
    buscador.proyectar([version, *aportes.values()])
    return version


def _revisar(linea: LineaDeCobertura) -> LineaDeCobertura:
    if linea.resultado not in Resultado.values:
        raise DatoInvalido(_("Elija un resultado de la lista."), campo="resultado")
    porque = limpiar(linea.destino.porque_nada)
    puestos = [linea.destino.fragmento, linea.destino.compromiso, linea.destino.evento, porque]
    if sum(bool(p) for p in puestos) != 1:
        raise DatoInvalido(
            _(
                "Diga dónde quedó el aporte: un párrafo, un compromiso, una actividad, o por qué nada cambia."
            ),
            campo="destino",
        )
    if porque and Resultado(linea.resultado) in EXIGEN_CAMBIO:
        raise DatoInvalido(
            _(
                "Un aporte incorporado cambió algo: indique el párrafo, el compromiso o la actividad."
            ),
            campo="destino",
        )
    if not _se_puede_leer(linea.destino):
        raise DatoInvalido(
            _("Ese destino aún no está publicado: nadie podría ir a leerlo."), campo="destino"
        )
    texto = limpiar(linea.linea)
    if max(len(texto), len(porque)) > LARGO_LINEA:
        raise DatoInvalido(
            _("La línea personal admite %(m)s caracteres.") % {"m": LARGO_LINEA}, campo="linea"
        )
    return LineaDeCobertura(
        linea.aporte,
        Resultado(linea.resultado),
        DestinoElegido(
            linea.destino.fragmento, linea.destino.compromiso, linea.destino.evento, porque
        ),
        texto,
        linea.version_leida,
    )


def _se_puede_leer(destino: DestinoElegido) -> bool:
    if destino.fragmento is not None:
        return destino.fragmento.version.publicada_en is not None
    return destino.evento is None or destino.evento.live


def _comprobar(
    lineas: list[LineaDeCobertura], razon: str, motivo_cambio: str, respuesta: Respuesta | None
) -> None:
    if not lineas:
        raise DatoInvalido(_("Elija al menos un aporte."), campo="aportes")
    if len({linea.aporte.pk for linea in lineas}) != len(lineas):
        raise DatoInvalido(_("Hay un aporte repetido."), campo="aportes")
    if len({linea.aporte.consulta_id for linea in lineas}) != 1:
        raise DatoInvalido(_("Una respuesta trata de una sola consulta."), campo="aportes")
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


def _bajo_llave(lineas: list[LineaDeCobertura], respuesta: Respuesta | None) -> dict[int, Aporte]:
    """Lock the contributions in one order, and read them as they are now."""
    ids = sorted(linea.aporte.pk for linea in lineas)
    list(Aporte.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    aportes = Aporte.objects.select_related("autoria", "consulta").in_bulk(ids)
    respondidos = Cobertura.objects.publicadas().filter(aporte__in=ids)
    if respuesta is not None:
        respondidos = respondidos.exclude(version__respuesta=respuesta)
    ajenos = set(respondidos.values_list("aporte_id", flat=True))
    leidas = {linea.aporte.pk: linea.version_leida for linea in lineas}
    for aporte in aportes.values():
        if not aporte.es_visible or not aporte.exige_respuesta:
            raise Conflicto(
                _("%(folio)s ya no espera respuesta: fue retirado, removido o no la exige.")
                % {"folio": aporte.folio or aporte.pk}
            )
        if aporte.pk in ajenos:
            raise Conflicto(
                _("%(folio)s ya fue respondido: abra esa respuesta y publique una corrección.")
                % {"folio": aporte.folio}
            )
        if leidas[aporte.pk] not in (None, aporte.version):
            raise TextoCorregido(
                _(
                    "Su autor o autora corrigió %(folio)s mientras usted escribía. Lea lo que dice "
                    "ahora (versión %(n)s) y publique otra vez si su respuesta sigue valiendo."
                )
                % {"folio": aporte.folio, "n": aporte.version}
            )
    return aportes


def _sellar(
    respuesta: Respuesta,
    lineas: list[LineaDeCobertura],
    razon: str,
    motivo_cambio: str,
    ahora: datetime,
) -> RespuestaVersion:
    Respuesta.objects.select_for_update().get(pk=respuesta.pk)
    ultima = respuesta.versiones.order_by("-n").values_list("n", flat=True).first() or 0
    version = RespuestaVersion.objects.create(
        respuesta=respuesta,
        n=ultima + 1,
        razon=razon,
        motivo_cambio=motivo_cambio if ultima else "",
    )
    coberturas = Cobertura.objects.bulk_create(
        Cobertura(
            version=version, aporte=linea.aporte, resultado=linea.resultado, linea=linea.linea
        )
        for linea in lineas
    )
    destinos = Destino.objects.bulk_create(
        Destino(
            cobertura=cobertura,
            fragmento=linea.destino.fragmento,
            compromiso=linea.destino.compromiso,
            evento=linea.destino.evento,
            porque_nada=linea.destino.porque_nada,
        )
        for cobertura, linea in zip(coberturas, lineas, strict=True)
    )
    for cobertura, destino in zip(coberturas, destinos, strict=True):
        cobertura.destino = destino
    version.sha256 = sello_de(version, coberturas)
    version.sellada_en = version.publicada_en = ahora
    version.save(update_fields=["sha256", "sellada_en", "publicada_en"])
    return version
