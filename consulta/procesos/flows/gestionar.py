"""Creating and changing processes, stages, consultations and themes: the secretariat's desk."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.cambios import escribir_fila
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from consulta.procesos.anuncio import plazos_que_no_calzan
from consulta.procesos.avisos_de_plazo import revisar_avisos
from consulta.procesos.conformidades import revisar_conformidades
from consulta.procesos.flows.anunciar import anunciar_consulta
from consulta.procesos.flows.plazos import cuidar_anuncios
from consulta.procesos.models import Asunto, Consulta, Etapa, Proceso, Tema
from consulta.procesos.permissions import puede_gestionar_procesos
from cuentas.models import User

PLAZOS = ("responder_antes_de", "plazo_habiles")
"""Either says until when one answers; what was received keeps the day it was told."""


def crear_proceso(*, por: User, **campos: Any) -> Proceso:
    """Raises SinPermiso."""
    _permitir(por)
    return escribir_fila(objeto=Proceso(), campos=campos, por=por, verbo="crear_proceso")


def editar_proceso(*, objeto: Proceso, por: User, **campos: Any) -> Proceso:
    """Raises SinPermiso and Conflicto (historical)."""
    _permitir(por, Proceso.objects.get(pk=objeto.pk))
    return escribir_fila(objeto=objeto, campos=campos, por=por, verbo="editar_proceso")


def crear_etapa(*, por: User, **campos: Any) -> Etapa:
    """Raises SinPermiso and Conflicto (historical process)."""
    _permitir(por, campos["proceso"])
    return escribir_fila(objeto=Etapa(), campos=campos, por=por, verbo="crear_etapa")


@transaction.atomic
def editar_etapa(
    *, objeto: Etapa, por: User, ahora: datetime | None = None, **campos: Any
) -> Etapa:
    """A window that has announced consultations keeps its end: `prorrogar_etapa` moves it (INV-04).

    Its opening may be put off, and comes no nearer to the announcement than was promised (INV-03).
    Raises SinPermiso, Conflicto (historical) and DatoInvalido naming the field.
    """
    ahora = ahora or timezone.now()
    actual = Etapa.objects.select_for_update().get(pk=objeto.pk)
    _permitir(por, actual.proceso)
    _permitir(por, campos.get("proceso", actual.proceso))
    if actual.consultas.publicadas().exists():
        _cuidar_ventana(actual, campos, ahora)
    return escribir_fila(objeto=actual, campos=campos, por=por, verbo="editar_etapa", ahora=ahora)


def _cuidar_ventana(etapa: Etapa, campos: dict[str, Any], ahora: datetime) -> None:
    if campos.get("proceso", etapa.proceso) != etapa.proceso:
        raise DatoInvalido(
            _("La consulta de esta etapa ya está anunciada: no pasa a otro proceso."),
            campo="proceso",
        )
    if campos.get("tipo", etapa.tipo) != etapa.tipo:
        raise DatoInvalido(
            _("La consulta de esta etapa ya está anunciada: su tipo no cambia."), campo="tipo"
        )
    inicio, fin = campos.get("inicio", etapa.inicio), campos.get("fin", etapa.fin)
    if etapa.inicio is not None and etapa.inicio <= ahora and inicio != etapa.inicio:
        raise DatoInvalido(_("La etapa ya empezó: su inicio no cambia."), campo="inicio")
    if inicio != etapa.inicio:
        cuidar_anuncios(etapa, inicio)
    if etapa.fin is None or fin == etapa.fin:
        return
    if etapa.fin <= ahora:
        raise DatoInvalido(_("La etapa ya terminó: su plazo no se reabre."), campo="fin")
    if fin is None or fin < etapa.fin:
        raise DatoInvalido(_("El plazo anunciado solo puede alargarse."), campo="fin")
    raise DatoInvalido(
        _("El plazo ya está anunciado: para alargarlo use «Extender el plazo», que pide la razón."),
        campo="fin",
    )


@transaction.atomic
def crear_consulta(
    *, por: User, razon_excepcion: str = "", ahora: datetime | None = None, **campos: Any
) -> Consulta:
    """With the Asunto by which one speaks of it as a whole; `publicada` announces it as well.

    Raises SinPermiso, Conflicto, and what `anunciar_consulta` raises.
    """
    _permitir(por, campos["etapa"].proceso)
    anunciar = campos.pop("publicada", False)
    if "conformidades" in campos:
        campos["conformidades"] = revisar_conformidades(None, campos["conformidades"])
    if "avisos_de_plazo" in campos:
        campos["avisos_de_plazo"] = revisar_avisos(campos["avisos_de_plazo"])
    consulta: Consulta = escribir_fila(
        objeto=Consulta(), campos=campos, por=por, verbo="crear_consulta", ahora=ahora
    )
    Asunto.objects.create(consulta=consulta, fragmento=None)
    if not anunciar:
        return consulta
    return anunciar_consulta(
        consulta=consulta, por=por, razon_excepcion=razon_excepcion, ahora=ahora
    )


@transaction.atomic
def editar_consulta(
    *,
    objeto: Consulta,
    por: User,
    razon_excepcion: str = "",
    ahora: datetime | None = None,
    **campos: Any,
) -> Consulta:
    """Once announced, its address, acronym and stage stay and it is not hidden again (INV-06).

    `publicada` announces it as well. Raises SinPermiso, Conflicto (historical), DatoInvalido naming
    the field, and what `anunciar_consulta` raises.
    """
    actual = Consulta.objects.select_for_update(no_key=True).get(pk=objeto.pk)
    _permitir(por, actual.etapa.proceso)
    _permitir(por, campos.get("etapa", actual.etapa).proceso)
    publicada = campos.pop("publicada", actual.publicada)
    if "conformidades" in campos:
        campos["conformidades"] = revisar_conformidades(actual, campos["conformidades"])
    if "avisos_de_plazo" in campos:
        campos["avisos_de_plazo"] = revisar_avisos(campos["avisos_de_plazo"])
    if actual.publicada:
        if not publicada:
            raise DatoInvalido(_("Una consulta anunciada no se oculta."), campo="publicada")
        if campos.get("slug", actual.slug) != actual.slug:
            raise DatoInvalido(_("La dirección ya está publicada: no cambia."), campo="slug")
        if campos.get("etapa", actual.etapa) != actual.etapa:
            raise DatoInvalido(_("La consulta ya está anunciada en su etapa."), campo="etapa")
        if campos.get("sigla", actual.sigla) != actual.sigla:
            raise DatoInvalido(_("La sigla ya encabeza folios: no cambia."), campo="sigla")
        # Only the dates that change are judged: a row announced long ago may have none.
        plazos = {n: campos.get(n, getattr(actual, n)) for n in PLAZOS}
        if any(valor != getattr(actual, n) for n, valor in plazos.items()):
            for nombre, valor in plazos.items():
                setattr(actual, nombre, valor)
            if faltas := plazos_que_no_calzan(actual):
                raise DatoInvalido(" ".join(faltas), campo="responder_antes_de")
    hecha: Consulta = escribir_fila(
        objeto=actual, campos=campos, por=por, verbo="editar_consulta", ahora=ahora
    )
    if not publicada or hecha.publicada:
        return hecha
    return anunciar_consulta(consulta=hecha, por=por, razon_excepcion=razon_excepcion, ahora=ahora)


def crear_tema(*, por: User, **campos: Any) -> Tema:
    """Raises SinPermiso."""
    _permitir(por)
    return escribir_fila(objeto=Tema(), campos=campos, por=por, verbo="crear_tema")


def editar_tema(*, objeto: Tema, por: User, **campos: Any) -> Tema:
    """Raises SinPermiso."""
    _permitir(por)
    return escribir_fila(objeto=objeto, campos=campos, por=por, verbo="editar_tema")


def _permitir(por: User, proceso: Proceso | None = None) -> None:
    if not puede_gestionar_procesos(por):
        raise SinPermiso(_("Solo la secretaría técnica cambia los procesos."))
    if proceso is not None and proceso.es_historico:
        raise Conflicto(_("Un proceso histórico es de solo lectura."))
