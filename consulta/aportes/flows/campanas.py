"""Texts that several people sent: a program proposes that they stand together, a person decides.

Standing together hides nobody and changes no sum: each keeps its page, its folio and its right to an
answer. What they share is never copied: it is read from the oldest that adds nothing to it.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz.distance import LCSseq

from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.textos import limpiar_linea
from consulta.aportes.cuentas_de_campana import contar_campanas
from consulta.aportes.enums import ClaseGrupo
from consulta.aportes.huellas import PALABRAS_MINIMAS, palabras
from consulta.aportes.models import Aporte, Banda, Grupo, Huella, Pertenece
from consulta.aportes.parecidos import (
    CANDIDATOS,
    anotar_huella,
    candidatos,
    legibles,
    texto_completo,
)
from consulta.aportes.permissions import puede_revisar_campanas
from cuentas.models import User

MINIMO = 3
"""Texts that make a campaign."""

IGUALES = 85
"""Least share, in %, of the words of the shorter text that the longer one has in the same order."""

PROPIAS = 15
"""More words of one's own than these are an addition worth reading by itself."""

VECES_MAS_LARGO = 4
LARGO_MOTIVO = 2_000
VOCES = 3
"""Members of a group that are read to know whether a text says the same."""

LOTE = 100
SEGUNDOS = 5.0
"""How long one turn of the clock may take; the rest waits for the next."""


@dataclass(frozen=True)
class Comparacion:
    """Two texts as words: how much of the shorter is in the longer, and how many words are its own."""

    grado: int
    propias: int


def comparar(modelo: list[str], otro: list[str]) -> Comparacion:
    """How `otro` stands to `modelo`; nothing in common when either is too short to say."""
    corto, largo = sorted((len(modelo), len(otro)))
    if corto < PALABRAS_MINIMAS or largo > VECES_MAS_LARGO * corto:
        return Comparacion(0, len(otro))
    comunes = LCSseq.similarity(modelo, otro)
    return Comparacion(round(100 * comunes / corto), len(otro) - comunes)


def agrupar_nuevos(ahora: datetime) -> int:
    """Note and place what has no print yet, for some seconds; returns how many. For the clock."""
    hasta, hechos = time.monotonic() + SEGUNDOS, 0
    contar_campanas()
    while time.monotonic() < hasta:
        nuevos = Aporte.objects.confirmados().filter(huella=None, en_nombre_de=None)
        lote = list(nuevos.con_texto().order_by("pk")[:LOTE])
        if not lote:
            break
        for aporte in lote:
            colocar(aporte=aporte, ahora=ahora)
            hechos += 1
            if time.monotonic() > hasta:
                break
        contar_campanas()
    return hechos


@transaction.atomic
def colocar(*, aporte: Aporte, ahora: datetime | None = None) -> Grupo | None:
    """Note the print of `aporte`, and put it with those that say the same, when there are three.

    It looks at some forty candidates, however many contributions there are. Idempotent. What a
    person undid or took out stays so; one whose author corrected it leaves when it says something else.
    """
    ahora = ahora or timezone.now()
    huella = anotar_huella(aporte)
    mias = palabras(texto_completo(aporte))
    suya = _pertenencia(aporte)
    if suya is not None and (suya.fuera_en or suya.grupo.deshecho_en or _sigue(suya, mias, ahora)):
        return None
    if not huella.minhash or not aporte.es_visible:
        return None
    posibles = _posibles(aporte, huella)
    suyos = list(
        Pertenece.objects.filter(
            aporte__in=posibles, grupo__clase=ClaseGrupo.CAMPANA
        ).select_related("grupo")
    )
    cerca = _cercano(suyos, mias)
    if cerca is not None:
        return _sumar(cerca, aporte, mias)
    ya_decididos = {p.aporte_id for p in suyos}
    sueltos = [
        otro
        for otro in legibles(pk for pk in posibles if pk not in ya_decididos)
        if comparar(palabras(texto_completo(otro)), mias).grado >= IGUALES
    ]
    return _formar([aporte, *sueltos], ahora) if len(sueltos) + 1 >= MINIMO else None


def _cercano(suyos: list[Pertenece], mias: list[str]) -> Grupo | None:
    """The standing group of which one of the first candidates says the same.

    A few members speak for a group: reading forty copies to join one of 20,000 would be dear.
    """
    por_grupo: dict[int, list[Pertenece]] = {}
    for fila in suyos:
        if fila.grupo.deshecho_en is None and fila.fuera_en is None:
            por_grupo.setdefault(fila.grupo_id, []).append(fila)
    grupos = {fila.aporte_id: fila.grupo for filas in por_grupo.values() for fila in filas[:VOCES]}
    for otro in legibles(grupos):
        if comparar(palabras(texto_completo(otro)), mias).grado >= IGUALES:
            return grupos[otro.pk]
    return None


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


def _pertenencia(aporte: Aporte) -> Pertenece | None:
    filas = Pertenece.objects.filter(aporte=aporte, grupo__clase=ClaseGrupo.CAMPANA)
    return filas.select_related("grupo").order_by("-pk").first()


def _sigue(suya: Pertenece, mias: list[str], ahora: datetime) -> bool:
    """Whether a member still says what the others say; where it does not, it leaves the group."""
    comparados = en_pie(suya.grupo).filter(aporte__huella__isnull=False)
    ids = comparados.exclude(pk=suya.pk).order_by("con_aporte_propio", "aporte_id")
    otros = legibles(ids.values_list("aporte_id", flat=True)[:1])
    if not otros:
        return True
    cual = comparar(palabras(texto_completo(otros[0])), mias)
    if cual.grado >= IGUALES:
        suya.parecido, suya.con_aporte_propio = cual.grado, cual.propias > PROPIAS
        suya.save(update_fields=["parecido", "con_aporte_propio"])
        Grupo.objects.filter(pk=suya.grupo_id).update(por_contar=True)
        return True
    # Unless a person took it out meanwhile: that row is their decision.
    if not Pertenece.objects.filter(pk=suya.pk, fuera_en=None).delete()[0]:
        return True
    Grupo.objects.filter(pk=suya.grupo_id).update(por_contar=True)
    registrar(
        verbo="salir_de_campana", objeto=suya.grupo, por=None, ahora=ahora,
        despues={"aportes": [suya.aporte_id]},
    )  # fmt: skip
    return False


def _posibles(aporte: Aporte, huella: Huella) -> list[int]:
    """Ids of exact copies, then of those that share bands; two queries, at most eighty."""
    copias = Huella.objects.filter(exacta=huella.exacta, aporte__consulta=aporte.consulta_id)
    exactas = copias.exclude(pk=aporte.pk).values_list("pk", flat=True)[:CANDIDATOS]
    cercanas = candidatos(aporte.consulta_id, bytes(huella.minhash), sin=aporte.pk)
    return list(dict.fromkeys([*exactas, *cercanas]))


def _formar(aportes: list[Aporte], ahora: datetime) -> Grupo:
    textos = {a.pk: palabras(texto_completo(a)) for a in aportes}
    modelo = min(aportes, key=lambda a: (len(textos[a.pk]), a.enviado_en, a.pk))
    primero = min(aportes, key=lambda a: (a.enviado_en, a.pk))
    grupo = Grupo.objects.create(
        consulta_id=modelo.consulta_id,
        clase=ClaseGrupo.CAMPANA,
        titulo=f"Texto compartido desde {primero.folio}",
        creado_en=ahora,
    )
    Pertenece.objects.bulk_create(
        _miembro(grupo, a, comparar(textos[modelo.pk], textos[a.pk])) for a in aportes
    )
    contar_campanas([grupo.pk])
    registrar(
        verbo="formar_campana", objeto=grupo, por=None, ahora=ahora,
        despues={"aportes": sorted(textos)},
    )  # fmt: skip
    return grupo


def _sumar(grupo: Grupo, aporte: Aporte, mias: list[str]) -> Grupo:
    """Add to a group that stands. Its founders' bands are enough to find it: these go."""
    modelo = modelo_de(grupo)
    suyas = palabras(texto_completo(modelo)) if modelo is not None else mias
    _miembro(grupo, aporte, comparar(suyas, mias)).save()
    Grupo.objects.filter(pk=grupo.pk, por_contar=False).update(por_contar=True)
    Banda.objects.filter(aporte=aporte).delete()
    return grupo


def _miembro(grupo: Grupo, aporte: Aporte, cual: Comparacion) -> Pertenece:
    return Pertenece(
        grupo=grupo,
        aporte=aporte,
        parecido=min(cual.grado, 100),
        con_aporte_propio=cual.propias > PROPIAS,
    )
