"""Proposals treated together. A group adds to no sum and hides nobody (INV-02): each origin keeps its
folio, its page, its author and its right to an answer."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.avisos import avisar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.textos import limpiar, limpiar_linea
from consulta.aportes.enums import ClaseGrupo, TipoAporte
from consulta.aportes.models import Aporte, Grupo, Pertenece
from consulta.aportes.permissions import puede_agrupar
from cuentas.models import User

LARGO_TITULO, LARGO_TEXTO, LARGO_MOTIVO = 200, 10_000, 2_000
MAXIMO = 100
"""Proposals in one group: more is a theme, not a merge."""


@transaction.atomic
def agrupar_propuestas(
    *,
    aportes: Sequence[Aporte],
    titulo: str,
    texto: str,
    motivo: str,
    por: User,
    ahora: datetime | None = None,
) -> Grupo:
    """Say in public that these proposals are treated together, why, and what they ask as one.

    Authors are told by mail, once. Raises SinPermiso, DatoInvalido (naming the field) or Conflicto:
    one of them is in another group that stands, or is not published any more.
    """
    ahora = ahora or timezone.now()
    if not puede_agrupar(por):
        raise SinPermiso(_("Solo quienes responden pueden tratar propuestas en conjunto."))
    titulo = _exigir(
        limpiar_linea(titulo), "titulo", LARGO_TITULO, _("Póngale un título al grupo.")
    )
    texto = _exigir(limpiar(texto), "texto", LARGO_TEXTO, _("Escriba qué piden en conjunto."))
    motivo = _exigir(limpiar(motivo), "motivo", LARGO_MOTIVO, _("Diga por qué se tratan juntas."))
    filas = _bajo_llave([a.pk for a in aportes])
    grupo = Grupo.objects.create(
        consulta=filas[0].consulta,
        clase=ClaseGrupo.FUSION,
        titulo=titulo,
        texto=texto,
        motivo=motivo,
        creado_por=por,
        creado_en=ahora,
    )
    Pertenece.objects.bulk_create(Pertenece(grupo=grupo, aporte=a) for a in filas)
    registrar(
        verbo="agrupar_propuestas",
        objeto=grupo,
        por=por,
        ahora=ahora,
        despues={"titulo": titulo, "motivo": motivo, "folios": [a.folio for a in filas]},
    )
    for aporte in filas:
        avisar(destino=f"aporte:{aporte.pk}", razon="grupo", objeto=grupo, ahora=ahora)
    return grupo


@transaction.atomic
def deshacer_grupo(*, grupo: Grupo, motivo: str, por: User, ahora: datetime | None = None) -> Grupo:
    """They stand alone again; the page of the group stays and says since when and why.

    Raises SinPermiso, DatoInvalido (`motivo`) or Conflicto (undone already; a division whose points
    were answered).
    """
    ahora = ahora or timezone.now()
    if not puede_agrupar(por):
        raise SinPermiso(_("Solo quienes responden pueden separar un grupo."))
    motivo = _exigir(limpiar(motivo), "motivo", LARGO_MOTIVO, _("Diga por qué se deshace."))
    grupo = Grupo.objects.select_for_update().get(pk=grupo.pk)
    if grupo.clase == ClaseGrupo.CAMPANA:
        raise SinPermiso(_("Un texto compartido por varias personas no se deshace aquí."))
    if grupo.deshecho_en is not None:
        raise Conflicto(_("Este grupo ya se había deshecho."))
    grupo.deshecho_en, grupo.motivo_deshecho = ahora, motivo
    grupo.save(update_fields=["deshecho_en", "motivo_deshecho"])
    registrar(
        verbo="deshacer_grupo",
        objeto=grupo,
        por=por,
        ahora=ahora,
        antes={"titulo": grupo.titulo, "puntos": _borrar_puntos(grupo)},
        despues={"motivo": motivo},
    )
    for pk in grupo.miembros.order_by("aporte").values_list("aporte", flat=True):
        avisar(destino=f"aporte:{pk}", razon="grupo_deshecho", objeto=grupo, ahora=ahora)
    return grupo


def _bajo_llave(ids: Sequence[int]) -> list[Aporte]:
    unicos = sorted(set(ids))
    if not 2 <= len(unicos) <= MAXIMO:
        raise DatoInvalido(_("Elija entre 2 y %(n)s propuestas.") % {"n": MAXIMO}, campo="aportes")
    list(Aporte.objects.select_for_update().filter(pk__in=unicos).order_by("pk"))
    filas = list(Aporte.objects.filter(pk__in=unicos).select_related("consulta").order_by("n"))
    if len(filas) != len(unicos) or any(
        not a.es_visible or a.tipo != TipoAporte.PROPUESTA for a in filas
    ):
        raise Conflicto(_("Una de las propuestas ya no está publicada: revise la lista."))
    if len({a.consulta_id for a in filas}) > 1:
        raise DatoInvalido(_("Elija propuestas de una misma consulta."), campo="aportes")
    ocupada = (
        Pertenece.objects.filter(
            aporte__in=filas, grupo__clase=ClaseGrupo.FUSION, grupo__deshecho_en=None
        )
        .select_related("aporte__consulta", "grupo")
        .first()
    )
    if ocupada is not None:
        raise Conflicto(
            _("%(folio)s ya se trata en el grupo «%(grupo)s»: deshágalo antes, o quítela de aquí.")
            % {"folio": ocupada.aporte.folio, "grupo": ocupada.grupo.titulo}
        )
    return filas


def _borrar_puntos(grupo: Grupo) -> list[dict[str, str]]:
    if grupo.clase != ClaseGrupo.DIVISION:
        return []
    miembro = grupo.miembros.select_related("aporte").get()
    puntos = [{"titulo": p.titulo, "texto": p.texto} for p in miembro.aporte.puntos.all()]
    try:
        miembro.aporte.puntos.all().delete()
    except ProtectedError as error:
        # A higher room speaks of these points: what it published stays readable point by point.
        raise Conflicto(
            _("Esta propuesta ya tiene una respuesta punto por punto: la división se queda.")
        ) from error
    return puntos


def _exigir(texto: str, campo: str, largo: int, falta: str) -> str:
    if not texto:
        raise DatoInvalido(falta, campo=campo)
    if len(texto) > largo:
        raise DatoInvalido(
            _("El texto tiene %(n)s caracteres y el máximo es %(m)s.")
            % {"n": len(texto), "m": largo},
            campo=campo,
        )
    return texto
