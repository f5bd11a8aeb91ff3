"""How the notices about approvals read: to members of the forum, and to the officials in charge."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.urls import reverse

from comun.avisos import Correo, direccion_absoluta, registrar_razon
from comun.clases import Clase
from comun.registro import Aviso
from consulta.procesos.models import Consulta
from consulta.respuestas.decisiones import impedidos_de
from consulta.respuestas.enums import Sentido
from consulta.respuestas.models import Cobertura, Conformidad, RespuestaVersion
from consulta.respuestas.recordatorios import esperando
from cuentas.models import User

A_LA_VISTA = 10
"""Answers a mail names; of more it tells how many."""


def pendientes(aviso: Aviso) -> Correo | None:
    """To a member: what waits for them in one consultation, at the moment it is mailed."""
    cuenta = _cuenta(aviso)
    consulta = Consulta.objects.filter(pk=_pk(aviso)).first()
    if cuenta is None or consulta is None:
        return None
    filas = esperando(cuenta, aviso.creado_en).filter(respuesta__consulta=consulta)
    total = filas.count()
    if not total:
        return None
    primeras = list(
        filas.select_related("respuesta__institucion").order_by(
            F("vence").asc(nulls_last=True), "sellada_en"
        )[:A_LA_VISTA]
    )
    impedidos = impedidos_de(primeras)
    return Correo(
        para=cuenta.email,
        asunto=_cuantas(total),
        plantilla="conformidades_pendientes",
        contexto={
            "consulta": consulta,
            "total": total,
            "versiones": [(v, impedidos[v.pk]) for v in primeras],
            "mas": max(total - A_LA_VISTA, 0),
            "url": direccion_absoluta(
                f"{reverse('paginas:conformidades')}?consulta={consulta.slug}"
            ),
        },
    )


def decidida(aviso: Aviso) -> Correo | None:
    """To an official: what a member decided in one go about answers they are in charge of."""
    cuenta = _cuenta(aviso)
    ultima = (
        Conformidad.objects.filter(pk=_pk(aviso)).select_related("mandato__organizacion").first()
    )
    if cuenta is None or ultima is None:
        return None
    juntas = Conformidad.objects.filter(
        mandato=ultima.mandato_id,
        en=ultima.en,
        version__presentada_por=ultima.version.presentada_por_id,
        version__respuesta__institucion=ultima.version.respuesta.institucion_id,
    ).select_related("version__respuesta")
    filas = list(juntas.order_by("pk"))
    folios = folios_de([f.version_id for f in filas])
    impedidos = impedidos_de([f.version for f in filas])
    return Correo(
        para=cuenta.email,
        asunto=_titulo(ultima, len(filas)),
        plantilla="conformidad_decidida",
        contexto={
            "titulo": _titulo(ultima, len(filas)),
            "decision": ultima,
            "mandato": ultima.mandato,
            "pide_cambios": ultima.sentido == Sentido.PIDE_CAMBIOS,
            "filas": [
                {
                    "folios": folios[f.version_id],
                    "impedidos": impedidos[f.version_id],
                    "publicada": f.version.publicada_en is not None,
                    "url": direccion_absoluta(_expediente(f.version_id)),
                }
                for f in filas
            ],
        },
    )


def devuelta(aviso: Aviso) -> Correo | None:
    """To an official: an answer that waited lost what it answered, and how to take it up again."""
    cuenta = _cuenta(aviso)
    version = RespuestaVersion.objects.filter(pk=_pk(aviso)).first()
    if cuenta is None or version is None or version.sin_efecto_en is None:
        return None
    return Correo(
        para=cuenta.email,
        asunto=f"Quedó sin efecto una respuesta a {folios_de([version.pk])[version.pk]}",
        plantilla="respuesta_devuelta",
        contexto={
            "version": version,
            "folios": folios_de([version.pk])[version.pk],
            "url": direccion_absoluta(_expediente(version.pk)),
        },
    )


def folios_de(versiones: Sequence[int]) -> dict[int, str]:
    """«P7B-0001», or «P7B-0001 y 12 más», of each version (ids); one query."""
    dichos: dict[int, list[str]] = {pk: [] for pk in versiones}
    filas = Cobertura.objects.filter(version__in=versiones, punto=None)
    for fila in filas.select_related("aporte__consulta").order_by("aporte__n"):
        dichos[fila.version_id].append(fila.aporte.folio)
    return {pk: _juntos(folios) for pk, folios in dichos.items()}


def _juntos(folios: list[str]) -> str:
    if len(folios) < 2:
        return "".join(folios)
    return f"{folios[0]} y {len(folios) - 1} más"


def _cuantas(total: int) -> str:
    if total == 1:
        return "Una respuesta espera su conformidad"
    return f"{total} respuestas esperan su conformidad"


def _titulo(conformidad: Conformidad, cuantas: int) -> str:
    nombre = conformidad.mandato.nombre
    que = "una respuesta" if cuantas == 1 else f"{cuantas} respuestas"
    if conformidad.sentido == Sentido.PIDE_CAMBIOS:
        return f"{nombre} pide cambios a {que}"
    disiente = ", con disenso" if conformidad.sentido == Sentido.CON_DISENSO else ""
    return f"{nombre} dio su conformidad a {que}{disiente}"


def _linea_pendientes(consulta: Any, destinos: Sequence[str], version: int) -> dict[str, Any]:
    texto = f"Hay respuestas que esperan su conformidad en «{consulta}»"
    return dict.fromkeys(
        destinos, (texto, f"{reverse('paginas:conformidades')}?consulta={consulta.slug}")
    )


def _linea_decidida(conformidad: Any, destinos: Sequence[str], version: int) -> dict[str, Any]:
    linea = (_titulo(conformidad, 1), _expediente(conformidad.version_id))
    return dict.fromkeys(destinos, linea)


def _linea_devuelta(fila: Any, destinos: Sequence[str], version: int) -> dict[str, Any]:
    texto = f"Quedó sin efecto una respuesta a {folios_de([fila.pk])[fila.pk]}"
    return dict.fromkeys(destinos, (texto, _expediente(fila.pk)))


def _expediente(version: int) -> str:
    return reverse("version_sellada", args=[version])


def _pk(aviso: Aviso) -> str:
    return aviso.objeto.partition(":")[2]


def _cuenta(aviso: Aviso) -> User | None:
    return User.objects.filter(pk=aviso.destino.partition(":")[2], is_active=True).first()


def registrar_correos_de_conformidad() -> None:
    """Called once at start-up."""
    registrar_razon(
        "conformidades_pendientes", pendientes, clase=Clase.ENCARGOS, linea=_linea_pendientes
    )
    registrar_razon("conformidad_decidida", decidida, clase=Clase.ENCARGOS, linea=_linea_decidida)
    registrar_razon("respuesta_devuelta", devuelta, clase=Clase.ENCARGOS, linea=_linea_devuelta)
