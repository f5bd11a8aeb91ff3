"""Quotes in the database: kept with their contribution, followed into each version that is published."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from comun.errores import DatoInvalido
from comun.textos import limpiar
from consulta.aportes.citas.localizar import lugar_en
from consulta.aportes.citas.rastreo import Rastro, rastrear
from consulta.aportes.enums import EstadoAncla
from consulta.aportes.models import Ancla, Aporte, Contador
from consulta.aportes.palabras import Texto, contexto
from consulta.procesos.models import Consulta, Correspondencia, Fragmento, VersionBorrador

LARGO_CITA = 2_000
"""Characters of the longest quote."""
TANDA = 500


def anclar(*, aporte: Aporte, cita: str, inicio: int | None, ahora: datetime) -> Ancla | None:
    """Keep the words that `aporte` quotes from its fragment, and find them in the versions after it.

    None where nothing is quoted. Raises DatoInvalido (`cita`) when the words are not in the fragment.
    """
    palabras = limpiar(cita)
    if not palabras:
        return None
    fragmento = aporte.asunto.fragmento
    if fragmento is None:
        raise DatoInvalido(_("Solo se citan palabras de un párrafo."), campo="cita")
    if len(palabras) > LARGO_CITA:
        raise DatoInvalido(
            _("La cita es muy larga: admite %(m)s caracteres.") % {"m": LARGO_CITA}, campo="cita"
        )
    tramo = lugar_en(fragmento.texto, palabras, inicio)
    if tramo is None:
        raise DatoInvalido(
            _("Esas palabras no están en el párrafo. Cópielas tal como aparecen."), campo="cita"
        )
    tomar_turno(aporte.consulta)
    ancla = Ancla.objects.create(
        aporte=aporte,
        version=fragmento.version,
        fragmento=fragmento,
        inicio=tramo[0],
        en=ahora,
        **_palabras(fragmento.texto, *tramo),
    )
    posteriores = VersionBorrador.objects.publicadas().filter(
        consulta=aporte.consulta_id, n__gt=fragmento.version.n
    )
    for version in posteriores.order_by("n"):
        seguir_citas(version=version, ahora=ahora, de=[aporte.pk])
    return ancla


def tomar_turno(consulta: Consulta) -> None:
    """Wait for whoever is sending a quote, or publishing a version, in this consultation: a quote
    that crosses a publication is followed by one of the two."""
    Contador.objects.get_or_create(consulta=consulta)
    Contador.objects.select_for_update().get(consulta=consulta)


def por_seguir(version: VersionBorrador) -> "QuerySet[Aporte]":
    """Contributions that quote an earlier version and have no place, nor orphan, in this one."""
    citan = Ancla.objects.filter(
        version__consulta=version.consulta_id, version__n__lt=version.n
    ).values("aporte")
    ya = Ancla.objects.filter(version=version).values("aporte")
    return Aporte.objects.filter(pk__in=citan).exclude(pk__in=ya).order_by("pk")


def seguir_citas(
    *,
    version: VersionBorrador,
    ahora: datetime,
    de: Iterable[int] | None = None,
    tope: int | None = None,
) -> int:
    """Give each quote of earlier versions its place in `version`, or leave it an orphan; how many.

    Only the contributions `de` when given, at most `tope`. May be repeated: what has a place keeps
    it. Seven queries and one per five hundred quotes.
    """
    if de is None:
        de = por_seguir(version).values_list("pk", flat=True)[:tope]
    ids = list(de)
    if not ids:
        return 0
    ultimas = _ultimas(version, ids)
    lugares = _Lugares(version, ultimas.values())
    nuevas = [lugares.siguiente(aporte, anclas, ahora) for aporte, anclas in ultimas.items()]
    Ancla.objects.bulk_create(nuevas, batch_size=TANDA, ignore_conflicts=True)
    return len(nuevas)


def _ultimas(version: VersionBorrador, aportes: list[int]) -> dict[int, tuple[Ancla, Ancla]]:
    """Of each contribution, its newest quote before `version`, and the newest one with a place."""
    ultimas: dict[int, tuple[Ancla, Ancla]] = {}
    for i in range(0, len(aportes), TANDA):
        anclas = Ancla.objects.filter(
            aporte__in=aportes[i : i + TANDA], version__n__lt=version.n
        ).select_related("version")
        for ancla in anclas.order_by("version__n"):
            con_lugar = ancla if ancla.fragmento_id else ultimas[ancla.aporte_id][1]
            ultimas[ancla.aporte_id] = (ancla, con_lugar)
    return ultimas


class _Lugares:
    """The texts and edges by which quotes are followed into one version, read once."""

    def __init__(self, version: VersionBorrador, anclas: Iterable[tuple[Ancla, Ancla]]) -> None:
        self.version = version
        numeros = {con_lugar.version_id for _, con_lugar in anclas}
        self.textos: dict[int, dict[int, Texto]] = defaultdict(dict)
        filas = Fragmento.objects.filter(version__in=[*numeros, version.pk]).order_by("orden")
        for pk, version_id, texto in filas.values_list("pk", "version_id", "texto"):
            self.textos[version_id][pk] = Texto(texto)
        self.aristas: dict[int, list[int]] = defaultdict(list)
        pares = Correspondencia.objects.filter(a__version=version).order_by("-seguridad", "pk")
        for de, a in pares.values_list("de", "a"):
            self.aristas[de].append(a)

    def siguiente(self, aporte: int, anclas: tuple[Ancla, Ancla], ahora: datetime) -> Ancla:
        """The quote of a contribution in this version."""
        ultima, con_lugar = anclas
        fragmento, inicio = con_lugar.fragmento_id or 0, con_lugar.inicio or 0
        hallado = rastrear(
            Rastro(con_lugar.version_id, fragmento, inicio, inicio + len(con_lugar.cita)),
            self.textos[con_lugar.version_id],
            self.textos[self.version.pk],
            self.aristas,
        )
        nueva = Ancla(aporte_id=aporte, version=self.version, en=ahora)
        if hallado is not None:
            cuerpo = self.textos[self.version.pk][hallado.clave].cuerpo
            nueva.estado, nueva.seguridad = EstadoAncla.SEGUIDA, hallado.seguridad
            nueva.fragmento_id, nueva.inicio = hallado.clave, hallado.inicio
            for campo, valor in _palabras(cuerpo, hallado.inicio, hallado.fin).items():
                setattr(nueva, campo, valor)
            return nueva
        # What a person already declared gone is not asked again.
        ya_no_esta = ultima.estado == EstadoAncla.SIN_LUGAR
        nueva.estado = EstadoAncla.SIN_LUGAR if ya_no_esta else EstadoAncla.HUERFANA
        nueva.por_id, nueva.seguridad = (ultima.por_id if ya_no_esta else None), 0
        nueva.cita, nueva.prefijo, nueva.sufijo = (
            con_lugar.cita,
            con_lugar.prefijo,
            con_lugar.sufijo,
        )
        return nueva


def _palabras(cuerpo: str, inicio: int, fin: int) -> dict[str, str]:
    prefijo, sufijo = contexto(cuerpo, inicio, fin)
    return {"cita": cuerpo[inicio:fin], "prefijo": prefijo, "sufijo": sufijo}
