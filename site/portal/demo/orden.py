"""Moderation at work: reports that wait, a removal appealed, one that was wrong, a block, a campaign."""

from datetime import timedelta

from consulta.aportes.cuentas_de_campana import contar_campanas
from consulta.aportes.flows.apelar import apelar_remocion, resolver_apelacion
from consulta.aportes.flows.bloquear import bloquear_cuenta
from consulta.aportes.flows.colocar import colocar_varios
from consulta.aportes.flows.moderar import desestimar_reportes, remover_aporte
from consulta.aportes.flows.reportar import reportar_aporte
from consulta.aportes.models import Aporte
from cuentas.models import User
from cuentas.roles import Rol
from portal.demo.calendario import Calendario
from portal.demo.cuentas import CUENTAS
from portal.demo.elenco import Elenco

REPORTES = (
    ("ajeno", "Habla de otra cosa."),
    ("odio", "Trata mal a quienes trabajan ahí."),
    ("odio", ""),
)
DIAS_BLOQUEADA = 30


def poner(elenco: Elenco, calendario: Calendario) -> int:
    """Do it all through the flows, an hour apart, ending now; returns how many texts were compared."""
    ahora = calendario.corte - timedelta(hours=8)
    moderadora, admin = elenco.por_rol[Rol.MODERADOR], elenco.por_rol[Rol.ADMINISTRADOR]
    con_clave = {c.email for c in CUENTAS}
    # Of people nobody signs in as: a demo account must be able to write.
    filas = [
        a
        for a in Aporte.objects.confirmados()
        .vigentes()
        .filter(en_nombre_de=None, tipo="replica", respondido_en=None)
        .select_related("autoria__cuenta", "consulta")
        .order_by("-pk")[:60]
        if a.autoria.cuenta is not None and a.autoria.cuenta.email not in con_clave
    ]
    apelado, repuesto, bloqueado, defendido, *reportados = filas
    _reportar(reportados[0], elenco, REPORTES, calendario)
    _reportar(reportados[1], elenco, REPORTES[1:2], calendario)
    _reportar(defendido, elenco, REPORTES[2:], calendario)
    desestimar_reportes(
        aporte=defendido, por=moderadora, nota="Critica una política, no a personas.", ahora=ahora
    )
    for aporte in (apelado, repuesto):
        remover_aporte(
            aporte=aporte, por=moderadora, causa="ajeno", motivo="No habla del texto.", ahora=ahora
        )
    despues = ahora + timedelta(hours=1)
    apelar_remocion(
        aporte=apelado,
        por=_autor(apelado),
        texto="Sí habla del texto: respondo a lo que dijeron más arriba en este mismo hilo.",
        ahora=despues,
    )
    resolver_apelacion(
        apelacion=apelar_remocion(
            aporte=repuesto,
            por=_autor(repuesto),
            texto="Era una respuesta a otra persona.",
            ahora=despues,
        ),
        por=admin,
        acogida=True,
        razon="Leído en su hilo, sí se refiere al párrafo en consulta.",
        ahora=despues + timedelta(hours=1),
    )
    bloquear_cuenta(
        cuenta=_autor(bloqueado),
        por=moderadora,
        motivo="Envió publicidad varias veces después de que se le advirtió.",
        hasta=ahora + timedelta(days=DIAS_BLOQUEADA),
        ahora=ahora,
    )
    propios = Aporte.objects.confirmados().filter(en_nombre_de=None)
    colocados = colocar_varios(ids=propios.values_list("pk", flat=True), ahora=calendario.corte)
    contar_campanas()
    return len(colocados)


def _reportar(
    aporte: Aporte, elenco: Elenco, reportes: tuple[tuple[str, str], ...], calendario: Calendario
) -> None:
    ajenas = [p for p in elenco.personas.values() if p.pk != aporte.autoria.cuenta_id]
    for quien, (causa, texto) in zip(ajenas, reportes, strict=False):
        reportar_aporte(
            aporte=aporte,
            por=quien,
            causa=causa,
            texto=texto,
            ahora=calendario.corte - timedelta(hours=9),
        )


def _autor(aporte: Aporte) -> User:
    cuenta = aporte.autoria.cuenta
    if cuenta is None:
        raise ValueError(f"{aporte.folio} no tiene cuenta")
    return cuenta
