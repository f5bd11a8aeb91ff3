"""Texts that several people sent: a program proposes that they stand together (`colocar`), a person decides.

Standing together hides nobody and changes no sum: each keeps its page, its folio and its right to an
answer. What they share is never copied: it is read from the oldest that adds nothing to it.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.textos import limpiar_linea
from consulta.aportes.cuentas_de_campana import contar_campanas
from consulta.aportes.enums import ClaseGrupo
from consulta.aportes.models import Aporte, Grupo, Pertenece
from consulta.aportes.permissions import puede_revisar_campanas
from consulta.aportes.semejanza.huellas import palabras
from consulta.aportes.semejanza.parecidos import legibles
from cuentas.models import User

LARGO_MOTIVO = 2_000


def modelo_de(grupo: Grupo) -> Aporte | None:
    """The first to arrive of the published members that add nothing: the text they share."""
    # By id, not by date: an index gives it, in a group of 20,000 as in one of ten.
    ids = (
        en_pie(grupo)
        .order_by("con_aporte_propio", "aporte_id")
        .values_list("aporte_id", flat=True)[:1]
    )
    return next(iter(legibles(ids)), None)


def en_pie(grupo: Grupo) -> QuerySet[Pertenece]:
    """Members that nobody took out, withdrew or removed."""
    return grupo.miembros.filter(fuera_en=None, aporte__situacion="vigente")


def partes_propias(modelo: list[str], texto: str) -> str:
    """The paragraphs or sentences of `texto` that the shared text does not have, in their order."""
    comunes = set(zip(modelo, modelo[1:], modelo[2:], strict=False))
    propias = []
    for parrafo in texto.split("\n"):
        suyas = palabras(parrafo)
        tejas = set(zip(suyas, suyas[1:], suyas[2:], strict=False))
        if suyas and (not tejas or len(tejas & comunes) * 2 < len(tejas)):
            propias.append(parrafo.strip())
    return "\n\n".join(propias)


@transaction.atomic
def revisar_campana(
    *,
    grupo: Grupo,
    por: User,
    titulo: str,
    visto: str | None = None,
    ahora: datetime | None = None,
) -> Grupo:
    """A person says that these are one text, and how it is called. Safe to repeat with another title.

    `visto` is the title they read: when somebody changed it meanwhile, nothing is overwritten.
    Raises SinPermiso, DatoInvalido (`titulo`) or Conflicto (undone, or renamed meanwhile).
    """
    grupo = _bajo_llave(grupo, por)
    if visto is not None and visto != grupo.titulo:
        raise Conflicto(
            _("Otra persona cambió el título mientras usted lo revisaba: ahora es «%(t)s».")
            % {"t": grupo.titulo}
        )
    limpio = limpiar_linea(titulo)
    if not limpio or len(limpio) > 200:
        raise DatoInvalido(_("Escriba un título de hasta 200 caracteres."), campo="titulo")
    ahora = ahora or timezone.now()
    antes = {"titulo": grupo.titulo}
    grupo.titulo, grupo.confirmado_por, grupo.confirmado_en = limpio, por, ahora
    grupo.save(update_fields=["titulo", "confirmado_por", "confirmado_en"])
    registrar(
        verbo="revisar_campana", objeto=grupo, por=por, ahora=ahora,
        antes=antes, despues={"titulo": limpio},
    )  # fmt: skip
    return grupo


@transaction.atomic
def sacar_de_campana(
    *, grupo: Grupo, aportes: Iterable[Aporte], por: User, ahora: datetime | None = None
) -> int:
    """Take members out for good; returns how many were in. No program puts them back."""
    grupo = _bajo_llave(grupo, por)
    ahora = ahora or timezone.now()
    filas = grupo.miembros.filter(aporte__in=[a.pk for a in aportes], fuera_en=None)
    sacados = list(filas.values_list("aporte_id", flat=True))
    filas.update(fuera_en=ahora)
    if sacados:
        contar_campanas([grupo.pk])
        registrar(
            verbo="sacar_de_campana", objeto=grupo, por=por, ahora=ahora,
            despues={"aportes": sacados},
        )  # fmt: skip
    return len(sacados)


@transaction.atomic
def devolver_a_campana(
    *, grupo: Grupo, aportes: Iterable[Aporte], por: User, ahora: datetime | None = None
) -> int:
    """Undo `sacar_de_campana` where it was a mistake; returns how many came back."""
    grupo = _bajo_llave(grupo, por)
    filas = grupo.miembros.filter(aporte__in=[a.pk for a in aportes], fuera_en__isnull=False)
    devueltos = list(filas.values_list("aporte_id", flat=True))
    filas.update(fuera_en=None)
    if devueltos:
        contar_campanas([grupo.pk])
        registrar(
            verbo="devolver_a_campana", objeto=grupo, por=por, ahora=ahora or timezone.now(),
            despues={"aportes": devueltos},
        )  # fmt: skip
    return len(devueltos)


@transaction.atomic
def deshacer_campana(
    *, grupo: Grupo, por: User, motivo: str, ahora: datetime | None = None
) -> Grupo:
    """These are not one text: each stands alone again, and no program groups them anew."""
    grupo = _bajo_llave(grupo, por)
    limpio = limpiar_linea(motivo)
    if not limpio or len(limpio) > LARGO_MOTIVO:
        raise DatoInvalido(
            _("Diga por qué se deshace, en 2.000 caracteres como máximo."), campo="motivo"
        )
    grupo.deshecho_en = ahora or timezone.now()
    grupo.motivo_deshecho = limpio
    grupo.save(update_fields=["deshecho_en", "motivo_deshecho"])
    registrar(
        verbo="deshacer_campana", objeto=grupo, por=por, ahora=grupo.deshecho_en,
        despues={"motivo": limpio},
    )  # fmt: skip
    return grupo


def _bajo_llave(grupo: Grupo, por: User) -> Grupo:
    if not puede_revisar_campanas(por):
        raise SinPermiso(_("Solo moderación y secretaría revisan textos compartidos."))
    grupo = Grupo.objects.select_for_update().get(pk=grupo.pk, clase=ClaseGrupo.CAMPANA)
    if grupo.deshecho_en is not None:
        raise Conflicto(_("Este grupo ya se deshizo."))
    return grupo
