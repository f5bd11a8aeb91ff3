"""How the mails of the queue read: a referral, a question, its answer, and what falls due."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.text import Truncator

from comun.avisos import Correo, direccion_absoluta, registrar_razon
from comun.clases import Clase
from comun.registro import Aviso
from consulta.respuestas.flows.plazos import RAZON as PLAZOS
from consulta.respuestas.models import Derivacion, Nota
from consulta.respuestas.plazos import Cuenta, Encargo, encargos
from cuentas.models import User

LISTA = "participacion_aportes_modeladmin_index"
VER = "participacion_aportes_modeladmin_inspect"
MUESTRA = 10
OFICIAL = "Le escribimos porque usted responde por su institución en este sitio."
Lineas = dict[str, tuple[str, str]]


def _carta(aviso: Aviso, asunto: str, parrafos: list[str], url: str, boton: str) -> Correo | None:
    cuenta = User.objects.filter(pk=aviso.destino.removeprefix("cuenta:"), is_active=True).first()
    if cuenta is None:
        return None
    contexto: dict[str, Any] = {
        "titulo": asunto,
        "parrafos": [p for p in parrafos if p],
        "url": direccion_absoluta(url),
        "boton": boton,
        "porque": OFICIAL,
    }
    return Correo(para=cuenta.email, asunto=asunto, plantilla="orden", contexto=contexto)


def _pk(aviso: Aviso) -> str:
    return aviso.objeto.partition(":")[2]


def derivacion(aviso: Aviso) -> Correo | None:
    """What another institution referred: how many, why, and when they are due. Nothing once undone."""
    una = Derivacion.objects.select_related("a").filter(pk=_pk(aviso)).first()
    if una is None:
        return None
    juntas = _de_otra(una.tanda).filter(deshecha_en=None)
    n = juntas.count()
    if not n:
        return None
    primeras = juntas.select_related("aporte__consulta", "de").order_by("aporte__vence_el", "pk")
    filas = list(primeras[:MUESTRA])
    renglones = [
        f"{d.aporte.folio}, de {d.de}"
        + (f": vence el {d.aporte.vence_el:%d-%m-%Y}" if d.aporte.vence_el else "")
        for d in filas
    ]
    if n > len(filas):
        renglones.append(f"… y {n - len(filas)} más")
    url = (
        reverse(VER, args=[filas[0].aporte_id])
        if n == 1
        else f"{reverse(LISTA)}?estado=pendiente&a_cargo=institucion"
    )
    return _carta(
        aviso,
        _cuantos_derivaron(una, n),
        ["\n".join(renglones), f"Razón: {una.razon}" if una.razon else "", "El plazo no cambió."],
        url,
        "Ver el aporte" if n == 1 else "Ver la lista",
    )


def _de_otra(tanda: UUID) -> QuerySet[Derivacion]:
    """Rows of one act that came from another institution."""
    return Derivacion.objects.filter(tanda=tanda, de__isnull=False).exclude(de=F("a"))


def _cuantos_derivaron(una: Derivacion, n: int) -> str:
    return f"Derivaron {'un aporte' if n == 1 else f'{n} aportes'} a {una.a}"


def lineas_de_derivacion(una: Derivacion, destinos: Sequence[str], version: int) -> Lineas:
    n = _de_otra(una.tanda).count()
    return dict.fromkeys(
        destinos,
        (_cuantos_derivaron(una, n), f"{reverse(LISTA)}?estado=pendiente&a_cargo=institucion"),
    )


def pregunta(aviso: Aviso) -> Correo | None:
    """What another institution asks about a contribution."""
    nota = (
        Nota.objects.select_related("aporte__consulta", "institucion", "para")
        .filter(pk=_pk(aviso))
        .first()
    )
    if nota is None:
        return None
    return _carta(
        aviso,
        _que_pregunta(nota),
        [f"{nota.institucion or 'La secretaría técnica'} pregunta a {nota.para}:", nota.texto],
        reverse("contestar_pregunta", args=[nota.pk]),
        "Contestar",
    )


def _que_pregunta(nota: Nota) -> str:
    return f"Le preguntan por el aporte {nota.aporte.folio}"


def lineas_de_pregunta(nota: Nota, destinos: Sequence[str], version: int) -> Lineas:
    return dict.fromkeys(
        destinos, (_que_pregunta(nota), reverse("contestar_pregunta", args=[nota.pk]))
    )


def contestacion(aviso: Aviso) -> Correo | None:
    """What was answered to a question one asked."""
    nota = (
        Nota.objects.select_related("aporte__consulta", "institucion").filter(pk=_pk(aviso)).first()
    )
    if nota is None:
        return None
    return _carta(
        aviso,
        _que_contestaron(nota),
        [f"{nota.institucion or 'La secretaría técnica'} contestó:", nota.texto],
        reverse(VER, args=[nota.aporte_id]),
        "Ver el aporte",
    )


def _que_contestaron(nota: Nota) -> str:
    return f"Contestaron su pregunta por el aporte {nota.aporte.folio}"


def lineas_de_contestacion(nota: Nota, destinos: Sequence[str], version: int) -> Lineas:
    return dict.fromkeys(destinos, (_que_contestaron(nota), reverse(VER, args=[nota.aporte_id])))


def plazos(aviso: Aviso) -> Correo | None:
    """What is overdue and what falls due, as it stands when the mail is written; nothing if nothing."""
    cuenta_pk = int(aviso.destino.removeprefix("cuenta:"))
    encargo = encargos(date.fromordinal(aviso.version), [cuenta_pk]).get(cuenta_pk)
    if encargo is None:
        return None
    titulares = User.objects.in_bulk(list(encargo.en_suplencia))
    # «Míos» has what one has in the place of others too.
    mios = encargo.propios.todos or encargo.en_suplencia
    partes = [
        _parte("A su nombre", encargo.propios),
        _parte("De su institución, sin persona responsable", encargo.de_la_casa),
        *(
            _parte(f"En suplencia de {titulares[pk].nombre_interno}", cuenta)
            for pk, cuenta in encargo.en_suplencia.items()
        ),
    ]
    return _carta(
        aviso,
        _que_vence(encargo),
        [*partes, "El día en que vence todavía está en plazo. Este aviso llega una vez al día."],
        f"{reverse(LISTA)}?estado=pendiente&a_cargo={'mios' if mios else 'institucion'}",
        "Ver mis aportes",
    )


def _parte(titulo: str, cuenta: Cuenta) -> str:
    if not cuenta.todos:
        return ""
    renglones = [f"• {n} {_vencen(n, dias)}" for dias, n in cuenta.por_vencer if n]
    if cuenta.vencidos:
        renglones.insert(0, f"• {cuenta.vencidos} con el plazo vencido")
    return "\n".join([f"{titulo}:", *renglones])


def _vencen(n: int, dias: int) -> str:
    verbo = "vence" if n == 1 else "vencen"
    return f"{verbo} en {dias} {'día hábil' if dias == 1 else 'días hábiles'} o menos"


def _que_vence(encargo: Encargo) -> str:
    cuentas = [encargo.propios, encargo.de_la_casa, *encargo.en_suplencia.values()]
    vencidos = sum(c.vencidos for c in cuentas)
    pronto = encargo.todos - vencidos
    partes = []
    if pronto:
        partes.append(f"{pronto} por vencer")
    if vencidos:
        partes.append(f"{vencidos} vencido{'' if vencidos == 1 else 's'}")
    return Truncator(f"Aportes por responder: {' y '.join(partes)}").chars(120)


def lineas_de_plazos(_oficiales: Group, destinos: Sequence[str], version: int) -> Lineas:
    url = f"{reverse(LISTA)}?estado=pendiente&a_cargo=mios"
    return {
        f"cuenta:{pk}": (_que_vence(encargo), url)
        for pk, encargo in encargos(date.fromordinal(version)).items()
        if f"cuenta:{pk}" in destinos
    }


def registrar_correos_de_cola() -> None:
    """Called once at start-up."""
    encargo = Clase.ENCARGOS
    registrar_razon("derivacion", derivacion, clase=encargo, linea=lineas_de_derivacion)
    registrar_razon("pregunta", pregunta, clase=encargo, linea=lineas_de_pregunta)
    registrar_razon("contestacion", contestacion, clase=encargo, linea=lineas_de_contestacion)
    registrar_razon(PLAZOS, plazos, clase=encargo, linea=lineas_de_plazos)
