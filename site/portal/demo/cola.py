"""The officials' queue at work: rules, a referral, a question answered and one open, a substitute, views."""

from datetime import timedelta

from comun.fechas import dia_de
from consulta.aportes.models import Aporte
from consulta.aportes.querysets import AporteQuerySet
from consulta.respuestas.flows.anotar import anotar, contestar
from consulta.respuestas.flows.asignar import asignar_aporte, derivar_aporte
from consulta.respuestas.flows.reglas import aplicar_reglas, crear_regla
from consulta.respuestas.flows.vistas import guardar_vista
from cuentas.flows.suplencias import crear_suplencia
from cuentas.models import User
from cuentas.roles import Rol
from portal.demo.calendario import Calendario
from portal.demo.elenco import Elenco
from portal.demo.proceso import Escenario

REGLAS = (("datos", "datos abiertos"), ("agua", "agua"))
VISTAS = (
    ("Vence esta semana", "estado=por_vencer&dias=7&a_cargo=institucion"),
    ("Agua sin asignar", "q=agua&estado=sin_asignar&orden=apoyados"),
)


def poner(elenco: Elenco, calendario: Calendario, escenario: Escenario) -> int:
    """Do it all through the flows, within the last day; returns how many rows the rules took."""
    ahora = calendario.corte - timedelta(hours=20)
    secretaria = elenco.por_rol[Rol.SECRETARIA]
    datos, agua = elenco.oficiales["datos"], elenco.oficiales["agua"]
    tomados = 0
    for consulta in escenario.consultas.values():
        if not Aporte.objects.filter(consulta=consulta).pendientes().exists():
            continue
        for clave, palabras in REGLAS:
            crear_regla(
                consulta=consulta,
                por=secretaria,
                institucion=elenco.instituciones[clave],
                palabras=palabras,
                ahora=ahora,
            )
        tomados += len(aplicar_reglas(consulta=consulta, por=secretaria, ahora=ahora).aportes)
    suyos = list(_pendientes(datos)[:3])
    for aporte in suyos[:2]:
        asignar_aporte(
            aporte=aporte,
            institucion=elenco.instituciones["datos"],
            responsable=datos,
            por=datos,
            ahora=ahora,
        )
    _conversar(suyos, datos, agua, calendario)
    if len(suyos) > 2:
        derivar_aporte(
            aporte=suyos[2],
            institucion=elenco.instituciones["agua"],
            razon="Pide medir el agua de la cuenca, que es materia de la Agencia. Los datos los publica "
            "ella misma desde 2024.",
            por=datos,
            ahora=ahora + timedelta(hours=2),
        )
    hoy = dia_de(calendario.corte)
    crear_suplencia(
        titular=elenco.oficiales["integridad"],
        suplente=datos,
        desde=hoy - timedelta(days=1),
        hasta=hoy + timedelta(days=12),
        motivo="Feriado legal",
        por=secretaria,
        ahora=ahora,
    )
    for cuenta in (datos, agua):
        for nombre, filtros in VISTAS:
            guardar_vista(nombre=nombre, filtros=filtros, por=cuenta, ahora=ahora)
    return tomados


def _pendientes(cuenta: User) -> AporteQuerySet:
    filas = Aporte.objects.pendientes().filter(institucion=cuenta.institucion_id)
    return filas.select_related("consulta").order_by("vence_el", "enviado_en", "pk")


def _conversar(suyos: list[Aporte], datos: User, agua: User, calendario: Calendario) -> None:
    """A note, a question with its answer, and one that waits."""
    ahora = calendario.corte - timedelta(hours=18)
    if len(suyos) < 2:
        return
    anotar(
        aporte=suyos[0],
        texto="Lo conversamos con jurídica: se puede publicar, falta la planilla de 2025.",
        por=datos,
        ahora=ahora,
    )
    pregunta = anotar(
        aporte=suyos[0],
        texto="¿Ustedes publican ya las mediciones por cuenca, o recién desde marzo?",
        para=agua.institucion,
        por=datos,
        ahora=ahora + timedelta(minutes=10),
    )
    contestar(
        pregunta=pregunta,
        texto="Desde enero, una vez al mes. Le enviamos el enlace de la serie completa.",
        por=agua,
        ahora=ahora + timedelta(hours=3),
    )
    anotar(
        aporte=suyos[1],
        texto="¿Este plazo de seis meses les acomoda? Lo pondríamos en la respuesta.",
        para=agua.institucion,
        por=datos,
        ahora=ahora + timedelta(hours=4),
    )
