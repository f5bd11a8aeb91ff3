"""Putting texts with those that say the same: for the clock, many in each transaction.

What a person undid or took out stays so: a program only proposes, people decide (`campanas`).
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from comun.auditoria import registrar
from consulta.aportes.cuentas_de_campana import contar_campanas
from consulta.aportes.enums import ClaseGrupo
from consulta.aportes.flows.campanas import en_pie
from consulta.aportes.models import Aporte, Grupo, Pertenece
from consulta.aportes.semejanza.cotejo import Texto, comparar, leer_textos
from consulta.aportes.semejanza.vecinos import Vecinos, anotar_huellas

MINIMO = 3
"""Texts that make a campaign."""

VOCES = 3
"""Members of a group that are read to know whether a text says the same."""

LOTE = 100
SEGUNDOS = 5.0
"""How long one turn of the clock may take; the rest waits for the next."""


def agrupar_nuevos(ahora: datetime) -> int:
    """Note and place what has no print yet, for some seconds; returns how many. For the clock."""
    hasta, hechos, ultimo = time.monotonic() + SEGUNDOS, 0, 0
    contar_campanas()
    while time.monotonic() < hasta:
        nuevos = Aporte.objects.confirmados().filter(huella=None, en_nombre_de=None, pk__gt=ultimo)
        lote = list(nuevos.order_by("pk").values_list("pk", flat=True)[:LOTE])
        if not lote:
            break
        hechos += len(colocar_varios(ids=lote, ahora=ahora))
        contar_campanas()
        ultimo = lote[-1]
    return hechos


def colocar(*, aporte: Aporte, ahora: datetime | None = None) -> Grupo | None:
    """As `colocar_varios`, of one; returns the group it was put into now."""
    return colocar_varios(ids=[aporte.pk], ahora=ahora).get(aporte.pk)


def colocar_varios(*, ids: Iterable[int], ahora: datetime | None = None) -> dict[int, Grupo | None]:
    """Note the prints of contributions and put each with those that say the same, when there are three;
    returns the group each was put into now.

    It looks at some forty candidates for each, however many contributions there are. Idempotent. What a
    person undid or took out stays so; one whose author corrected it leaves when it says something else.
    What is corrected while this runs is left for the next time.
    """
    ahora = ahora or timezone.now()
    textos = leer_textos(ids)
    for texto in textos:
        texto.bandas  # noqa: B018  (the dear part, before any row is held)
    with transaction.atomic():
        textos = _como_siguen(textos)
        tanda = Tanda(textos, ahora)
        for texto in textos:
            tanda.colocar(texto)
        tanda.escribir()
        contar_campanas(g.pk for g in tanda.formados)
    return {
        t.aporte_id: tanda.entran[t.aporte_id].grupo if t.aporte_id in tanda.entran else None
        for t in textos
    }


def _como_siguen(textos: Sequence[Texto]) -> list[Texto]:
    """Those that say now what was read; their rows are held to the end of the transaction."""
    ids = [t.aporte_id for t in textos]
    filas = Aporte.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    versiones = dict(filas.values_list("pk", "version"))
    return [t for t in textos if versiones.get(t.aporte_id) == t.version]


class Tanda:
    """A batch being placed. Each text meets those before it as if they were written already; members
    and prints are written at the end, together."""

    def __init__(self, textos: Sequence[Texto], ahora: datetime) -> None:
        self.textos, self.ahora = textos, ahora
        self.vecinos = Vecinos(textos)
        self.pertenencias = _bajo_llave(self.vecinos.todos)
        self.entran: dict[int, Pertenece] = {}
        self.unidos: set[int] = set()
        self.formados: list[Grupo] = []
        self.modelos: dict[int, Pertenece | None] = {}

    def colocar(self, texto: Texto) -> None:
        suya = self.pertenencias.get(texto.aporte_id)
        if suya is None:
            self._buscar_lugar(texto)
        elif not (suya.fuera_en or suya.grupo.deshecho_en or _sigue(suya, texto, self.ahora)):
            del self.pertenencias[texto.aporte_id]
            self.modelos.pop(suya.grupo_id, None)
            self._buscar_lugar(texto)
        self.vecinos.anotar(texto, con_bandas=texto.aporte_id not in self.unidos)

    def escribir(self) -> None:
        """Members, prints and bands. Who joins a group needs no bands: its founders' find it."""
        Pertenece.objects.bulk_create(self.entran.values())
        de_antes = {self.entran[pk].grupo_id for pk in self.unidos}
        Grupo.objects.filter(pk__in=de_antes, por_contar=False).update(por_contar=True)
        anotar_huellas(self.textos, sin_bandas=self.unidos)

    def _buscar_lugar(self, texto: Texto) -> None:
        if not texto.minhash or not texto.visible:
            return
        posibles = self.vecinos.de(texto)
        cerca = self._cercano(texto, posibles)
        if cerca is not None:
            self._sumar(cerca, texto)
            return
        sueltos = [
            otro
            for otro in self.vecinos.textos(pk for pk in posibles if pk not in self.pertenencias)
            if comparar(otro.palabras, texto.palabras).es_igual
        ]
        if len(sueltos) + 1 >= MINIMO:
            self._formar([texto, *sueltos])

    def _cercano(self, texto: Texto, posibles: Sequence[int]) -> Grupo | None:
        """The standing group of which one of the first candidates says the same, and the common text too:
        a member may have words of its own, and who only repeats those shares nothing with the others.

        A few members speak for a group: reading forty copies to join one of 20,000 would be dear.
        """
        voces: dict[int, list[int]] = defaultdict(list)
        for pk in posibles:
            suya = self.pertenencias.get(pk)
            if suya is not None and suya.fuera_en is None and suya.grupo.deshecho_en is None:
                voces[suya.grupo_id].append(pk)
        leidas = self.vecinos.textos(pk for suyas in voces.values() for pk in suyas[:VOCES])
        for otro in leidas:
            if comparar(otro.palabras, texto.palabras).es_igual:
                grupo = self.pertenencias[otro.aporte_id].grupo
                modelo = self._modelo(grupo)
                if modelo is None or comparar(modelo.palabras, texto.palabras).es_igual:
                    return grupo
        return None

    def _sumar(self, grupo: Grupo, texto: Texto) -> None:
        modelo = self._modelo(grupo)
        suyas = texto.palabras if modelo is None else modelo.palabras
        self._entra(grupo, texto, suyas)
        self.unidos.add(texto.aporte_id)

    def _modelo(self, grupo: Grupo) -> Texto | None:
        """The common text: of the members written and to be written, the one that comes first."""
        if grupo.pk not in self.modelos:
            miembros = en_pie(grupo).order_by("con_aporte_propio", "aporte_id")
            self.modelos[grupo.pk] = miembros.first()
        suya = self.modelos[grupo.pk]
        return next(iter(self.vecinos.textos([suya.aporte_id])), None) if suya else None

    def _entra(self, grupo: Grupo, texto: Texto, modelo: list[str]) -> None:
        cual = comparar(modelo, texto.palabras)
        suya = Pertenece(
            grupo=grupo,
            aporte_id=texto.aporte_id,
            parecido=min(cual.grado, 100),
            con_aporte_propio=cual.con_propio,
        )
        self.pertenencias[texto.aporte_id] = self.entran[texto.aporte_id] = suya
        actual = self.modelos.get(grupo.pk)
        if actual is None or _lugar(suya) < _lugar(actual):
            self.modelos[grupo.pk] = suya

    def _formar(self, textos: Sequence[Texto]) -> None:
        """Of texts that each say the same as one of them, those that say the same as the shortest; nothing
        where they are too few: a long one may hold two others that have nothing in common."""
        modelo = min(textos, key=lambda t: (len(t.palabras), t.enviado_en, t.aporte_id))
        textos = [t for t in textos if comparar(modelo.palabras, t.palabras).es_igual]
        if len(textos) < MINIMO:
            return
        primero = min(textos, key=lambda t: (t.enviado_en, t.aporte_id))
        folio = Aporte.objects.select_related("consulta").get(pk=primero.aporte_id).folio
        grupo = Grupo.objects.create(
            consulta_id=modelo.consulta_id,
            clase=ClaseGrupo.CAMPANA,
            titulo=f"Texto compartido desde {folio}",
            creado_en=self.ahora,
        )
        self.formados.append(grupo)
        for texto in textos:
            self._entra(grupo, texto, modelo.palabras)
        registrar(
            verbo="formar_campana", objeto=grupo, por=None, ahora=self.ahora,
            despues={"aportes": sorted(t.aporte_id for t in textos)},
        )  # fmt: skip


def _bajo_llave(aportes: Iterable[int]) -> dict[int, Pertenece]:
    """Where these contributions stand, or stood; the groups are held, so that what a person undoes or
    takes out meanwhile waits for the batch. Three queries."""
    suyas = Pertenece.objects.filter(aporte__in=list(aportes), grupo__clase=ClaseGrupo.CAMPANA)
    ids = set(suyas.order_by().values_list("grupo_id", flat=True))
    llave = Grupo.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    grupos = {g.pk: g for g in llave}
    filas = {p.aporte_id: p for p in suyas.filter(grupo__in=grupos).order_by("pk")} if ids else {}
    for fila in filas.values():
        fila.grupo = grupos[fila.grupo_id]
    return filas


def _lugar(suya: Pertenece) -> tuple[bool, int]:
    return suya.con_aporte_propio, suya.aporte_id


def _sigue(suya: Pertenece, texto: Texto, ahora: datetime) -> bool:
    """Whether a member still says what the others say; where it does not, it leaves the group."""
    comparados = en_pie(suya.grupo).filter(aporte__huella__isnull=False).exclude(pk=suya.pk)
    ids = comparados.order_by("con_aporte_propio", "aporte_id").values_list("aporte_id", flat=True)
    otros = [t for t in leer_textos(ids[:1]) if t.publico]
    if not otros:
        return True
    cual = comparar(otros[0].palabras, texto.palabras)
    if cual.es_igual:
        suya.parecido, suya.con_aporte_propio = cual.grado, cual.con_propio
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
