"""Announcing and extending: the two promises of a calendar (INV-03, INV-04)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comun import buscador
from comun.auditoria import registrar
from comun.cambios import escribir_fila
from comun.errores import Conflicto, DatoInvalido, FueraDePlazo, SinPermiso
from comun.fechas import ultimo_dia
from comun.textos import limpiar
from consulta.procesos.anticipacion import DIAS, dias_entre, dias_prometidos, falta_anticipacion
from consulta.procesos.enums import EstadoEtapa, Regla
from consulta.procesos.models import Consulta, Etapa, Excepcion, Prorroga
from consulta.procesos.permissions import puede_gestionar_procesos
from consulta.procesos.prorrogadas import etapa_prorrogada
from cuentas.models import User

LARGO_RAZON = 2_000
DEMASIADO = timedelta(days=3_653)
"""From when an extension that cannot be taken back is taken for a slip of the keyboard."""


@transaction.atomic
def prorrogar_etapa(
    *,
    etapa: Etapa,
    fin: datetime,
    razon: str,
    por: User,
    responder_antes_de: date | None = None,
    ahora: datetime | None = None,
) -> Prorroga:
    """Move the end of a window forward, before it comes, for a reason that is published (INV-04).

    `responder_antes_de` puts off the day of the answers where it would come before; it is required
    where the new end passes it. What was received already keeps the day it was promised, unless its
    consultation counts business days from the closing: then it moves along (`al_prorrogar`).

    Raises SinPermiso, Conflicto (historical, or without dates), FueraDePlazo (it ended) and
    DatoInvalido naming `fin`, `razon` or `responder_antes_de`.
    """
    ahora = ahora or timezone.now()
    if not puede_gestionar_procesos(por):
        raise SinPermiso(_("Solo la secretaría técnica extiende plazos."))
    # Two extensions at once follow each other: each sees the end the other left. First the
    # consultations, as announcing does, so that neither waits for the other.
    consultas = list(
        Consulta.objects.select_for_update(no_key=True).filter(etapa=etapa.pk).order_by("pk")
    )
    actual = Etapa.objects.select_for_update().get(pk=etapa.pk)
    if actual.proceso.es_historico:
        raise Conflicto(_("Un proceso histórico es de solo lectura."))
    if actual.fin is None or actual.estado(ahora) is EstadoEtapa.SIN_FECHA:
        raise Conflicto(_("La etapa no tiene fechas: póngaselas antes de extenderla."))
    if actual.fin <= ahora:
        raise FueraDePlazo(_("La etapa ya terminó: su plazo no se reabre."))
    if fin <= actual.fin:
        raise DatoInvalido(_("El plazo anunciado solo puede alargarse."), campo="fin")
    if fin - ahora > DEMASIADO:
        raise DatoInvalido(
            _("Revise el año: una extensión no se deshace, y esta duraría más de diez años."),
            campo="fin",
        )
    texto = _razon(razon, "razon")
    _mover_respuestas(consultas, fin, responder_antes_de, por, ahora)
    prorroga = Prorroga.objects.create(
        etapa=actual, fin_anterior=actual.fin, fin_nuevo=fin, razon=texto, por=por, en=ahora
    )
    actual.fin = fin
    actual.save(update_fields=["fin"])
    registrar(
        verbo="prorrogar_etapa",
        objeto=actual,
        por=por,
        ahora=ahora,
        antes={"fin": prorroga.fin_anterior.isoformat()},
        despues={"fin": fin.isoformat(), "razon": texto},
    )
    buscador.proyectar(consultas)
    etapa_prorrogada(prorroga, ahora)
    return prorroga


def _mover_respuestas(
    consultas: list[Consulta], fin: datetime, nuevo: date | None, por: User, ahora: datetime
) -> None:
    """No consultation goes on receiving after the day its answers are due. Raises DatoInvalido."""
    ultimo = ultimo_dia(fin)
    if nuevo is not None and nuevo < ultimo:
        raise DatoInvalido(
            _("La etapa recibiría hasta el %(c)s: las respuestas no pueden vencer antes.")
            % {"c": date_format(ultimo, "DATE_FORMAT")},
            campo="responder_antes_de",
        )
    for consulta in consultas:
        vence = consulta.responder_antes_de
        if vence is None or consulta.plazo_habiles is not None:
            continue
        if nuevo is None and vence < ultimo:
            raise DatoInvalido(
                _(
                    "Las respuestas de «%(c)s» vencen el %(v)s, antes del nuevo cierre: escriba hasta "
                    "cuándo se responderá."
                )
                % {"c": consulta, "v": date_format(vence, "DATE_FORMAT")},
                campo="responder_antes_de",
            )
        if nuevo is not None and vence < nuevo:
            escribir_fila(
                objeto=consulta, campos={"responder_antes_de": nuevo}, por=por,
                verbo="editar_consulta", ahora=ahora,
            )  # fmt: skip


def exigir_anticipacion(etapa: Etapa, razon: str, ahora: datetime) -> None:
    """Fourteen days, or a reason for less. Raises DatoInvalido naming `razon_excepcion`."""
    if etapa.inicio is not None and falta_anticipacion(etapa, ahora) and not limpiar(razon):
        dias = max(dias_entre(ahora, etapa.inicio), 0)
        cuanto = ngettext("falta %(n)s día", "faltan %(n)s días", dias) % {"n": dias}
        raise DatoInvalido(
            _(
                "Se anuncia con %(d)s días de anticipación y %(cuanto)s para que abra. Cambie la fecha "
                "de inicio de la etapa, o escriba por qué se anuncia con menos: se publicará."
            )
            % {"d": DIAS, "cuanto": cuanto},
            campo="razon_excepcion",
        )


def exceptuar(*, consulta: Consulta, razon: str, por: User, ahora: datetime) -> None:
    """Record in public that a consultation just announced has fewer days than the rule asks.

    For `anunciar_consulta`, inside its transaction, after `exigir_anticipacion`. Does nothing when
    the days are enough.
    """
    if not falta_anticipacion(consulta.etapa, ahora):
        return
    dias = dias_entre(ahora, consulta.etapa.inicio)  # type: ignore[arg-type]
    excepcion = Excepcion.objects.create(
        consulta=consulta,
        regla=Regla.ANTICIPACION,
        dias=max(dias, 0),
        razon=_razon(razon, "razon_excepcion"),
        por=por,
        en=ahora,
    )
    registrar(
        verbo="exceptuar_consulta",
        objeto=consulta,
        por=por,
        ahora=ahora,
        despues={"regla": excepcion.regla, "dias": excepcion.dias, "razon": excepcion.razon},
    )


def cuidar_anuncios(etapa: Etapa, inicio: datetime | None) -> None:
    """An opening is not brought closer to its announcement than was promised (INV-03).

    Raises DatoInvalido naming `inicio`. Announcements older than this rule have no date and bind nothing.
    """
    if inicio is None:
        raise DatoInvalido(
            _("La consulta de esta etapa ya está anunciada: tiene fecha."), campo="inicio"
        )
    anunciadas = etapa.consultas.publicadas().filter(anunciada_en__isnull=False)
    for consulta in anunciadas.prefetch_related("excepciones"):
        excepcion = next(iter(consulta.excepciones.all()), None)
        prometidos = dias_prometidos(consulta, excepcion)
        if dias_entre(consulta.anunciada_en, inicio) < prometidos:
            raise DatoInvalido(
                _("Se anunció con al menos %(d)s días de anticipación: no puede abrir antes.")
                % {"d": prometidos},
                campo="inicio",
            )


def _razon(razon: str, campo: str) -> str:
    texto = limpiar(razon)
    if not texto:
        raise DatoInvalido(_("Escriba la razón: se publica junto a las fechas."), campo=campo)
    if len(texto) > LARGO_RAZON:
        raise DatoInvalido(
            _("La razón es muy larga: bastan %(m)s caracteres.") % {"m": LARGO_RAZON}, campo=campo
        )
    return texto
