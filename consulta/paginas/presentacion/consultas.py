"""A consultation, as lists and its own page show it: its state, the time left, its public line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format

from comun.fechas import cuanto_queda, ultimo_dia
from consulta.aportes.enums import Situacion
from consulta.aportes.models import Aporte
from consulta.aportes.querysets import PENDIENTE, RECIBIDO, RESPONDIDO, Balance, vencido_q
from consulta.procesos.conformidades import sectores_en_palabras
from consulta.procesos.enums import EstadoEtapa
from consulta.procesos.models import Consulta

INSIGNIAS = {
    EstadoEtapa.ABIERTA: "abierta",
    EstadoEtapa.FUTURA: "futura",
    EstadoEtapa.CERRADA: "cerrada",
    EstadoEtapa.SIN_FECHA: "cerrada",
}

RESPONDIDA = "respondida"
"""It closed with everything answered, which says more than that it closed."""


@dataclass(slots=True)
class Cifra:
    """A figure of the ledger and the rows it counts."""

    n: int
    rotulo: str
    url: str


@dataclass(slots=True)
class VistaConsulta:
    """One consultation at an instant."""

    titulo: str
    url: str
    resumen: str
    proceso: str
    proceso_url: str
    etapa: str
    insignia: str
    insignia_texto: str
    plazo: str
    cuando: str
    abierta: bool
    es_demostracion: bool
    balance: Balance
    cifras: Sequence[Cifra]
    accion: str
    accion_url: str
    espera_borrador: bool
    conformidad: str = ""
    libro_url: str = ""
    cierre_url: str = ""


def balances(consultas: Iterable[Consulta], hoy: date) -> dict[int, Balance]:
    """The sums of each of `consultas`, by its id; one query."""
    ids = [c.pk for c in consultas]
    sumas = {
        "recibidos": Count("pk", filter=RECIBIDO),
        "respondidos": Count("pk", filter=RESPONDIDO),
        "pendientes": Count("pk", filter=PENDIENTE),
        "retirados": Count("pk", filter=RECIBIDO & Q(situacion=Situacion.RETIRADO)),
        "removidos": Count("pk", filter=RECIBIDO & Q(situacion=Situacion.REMOVIDO)),
        "vencidos": Count("pk", filter=vencido_q(hoy)),
    }
    por_consulta = Aporte.objects.filter(consulta__in=ids).order_by().values("consulta")
    filas = por_consulta.annotate(**sumas).values_list("consulta", *sumas)
    hechos = {pk: Balance(**dict(zip(sumas, numeros, strict=True))) for pk, *numeros in filas}
    return {pk: hechos.get(pk, Balance()) for pk in ids}


def vista_de_consulta(
    consulta: Consulta, balance: Balance, ahora: datetime, lista: str = "aportes"
) -> VistaConsulta:
    """Needs `con_contexto()`. `lista` names the page whose rows `balance` counts."""
    etapa = consulta.etapa
    estado = etapa.estado(ahora)
    abierta = (
        estado is EstadoEtapa.ABIERTA
        and not etapa.proceso.es_historico
        and consulta.respondida_en is None
    )
    accion, accion_url = _accion(consulta, abierta)
    return VistaConsulta(
        titulo=consulta.titulo,
        url=consulta.get_absolute_url(),
        resumen=consulta.resumen,
        proceso=etapa.proceso.titulo,
        proceso_url=etapa.proceso.get_absolute_url(),
        etapa=etapa.nombre,
        insignia=RESPONDIDA if consulta.respondida_en else INSIGNIAS[estado],
        insignia_texto=cuanto_queda(etapa.fin, ahora) if abierta and etapa.fin else "",
        plazo=plazo_de(consulta, ahora),
        cuando=cuando_de(consulta, ahora),
        abierta=abierta,
        es_demostracion=etapa.proceso.es_demostracion,
        balance=balance,
        cifras=cifras_de(consulta, balance, lista),
        accion=accion,
        accion_url=accion_url,
        espera_borrador=consulta.espera_borrador
        and (abierta or estado is EstadoEtapa.FUTURA)
        and not etapa.proceso.es_historico,
        conformidad=sectores_en_palabras(consulta.conformidades),
        libro_url=reverse("paginas:libro_de_consulta", args=[consulta.slug]),
        cierre_url=reverse("paginas:cierre", args=[consulta.slug])
        if consulta.respondida_en
        else "",
    )


def plazo_de(consulta: Consulta, ahora: datetime) -> str:
    """Until when, since when, or when it was, in words."""
    etapa = consulta.etapa
    estado = etapa.estado(ahora)
    if estado is EstadoEtapa.FUTURA and etapa.inicio:
        return f"Se abre el {date_format(etapa.inicio, 'DATE_FORMAT')}"
    if estado is EstadoEtapa.SIN_FECHA or etapa.fin is None:
        return "Sin fechas en la fuente"
    cierre = date_format(ultimo_dia(etapa.fin), "DATE_FORMAT")
    return f"Abierta hasta el {cierre}" if estado is EstadoEtapa.ABIERTA else f"Cerró el {cierre}"


def cuando_de(consulta: Consulta, ahora: datetime) -> str:
    """`plazo_de` in sentences, with what the author of a contribution may do meanwhile."""
    etapa, plazo = consulta.etapa, plazo_de(consulta, ahora)
    estado = etapa.estado(ahora)
    if estado is EstadoEtapa.ABIERTA:
        return f"{plazo}. Hasta ese día usted puede corregir o retirar lo que envió."
    if estado is EstadoEtapa.FUTURA and etapa.fin:
        cierre = date_format(ultimo_dia(etapa.fin), "DATE_FORMAT")
        return (
            f"{plazo} y cierra el {cierre}. Entre esos días podrá corregir o retirar lo que envíe."
        )
    if estado is EstadoEtapa.CERRADA:
        return f"{plazo}. Hasta ese día se pudo corregir o retirar lo enviado."
    return f"{plazo}."


def cifras_de(consulta: Consulta, balance: Balance, lista: str) -> list[Cifra]:
    """Each sum that is not nought, with the address of exactly its rows."""
    base = reverse(f"paginas:{lista}", args=[consulta.slug])
    pares = [
        (balance.respondidos, ("respondido", "respondidos"), "respondido"),
        (balance.pendientes, ("pendiente", "pendientes"), "pendiente"),
        (balance.vencidos, ("con respuesta atrasada", "con respuesta atrasada"), "vencido"),
        (balance.retirados, ("retirado", "retirados"), "retirado"),
        (balance.removidos, ("removido", "removidos"), "removido"),
    ]
    return [
        Cifra(n, uno if n == 1 else varios, f"{base}?estado={estado}")
        for n, (uno, varios), estado in pares
        if n
    ]


def _accion(consulta: Consulta, abierta: bool) -> tuple[str, str]:
    if consulta.recibe_propuestas:
        if abierta:
            return "Enviar una propuesta", reverse("paginas:proponer", args=[consulta.slug])
        return "Leer las propuestas", reverse("paginas:propuestas", args=[consulta.slug])
    if consulta.recibe_observaciones and consulta.tiene_borrador:
        texto = "Leer y comentar el borrador" if abierta else "Leer el borrador"
        return texto, reverse("paginas:borrador", args=[consulta.slug])
    return "", ""
