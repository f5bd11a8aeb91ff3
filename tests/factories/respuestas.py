from datetime import datetime

from consulta.aportes.models import Aporte
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura
from consulta.respuestas.flows.publicar import publicar_respuesta
from consulta.respuestas.models import RespuestaVersion
from consulta.seguimiento.models import Compromiso, Plan
from cuentas.models import User
from tests.factories import AHORA
from tests.factories.cuentas import InstitucionFactory, UserFactory


def compromiso(numero: int = 1, plan: int = 7) -> Compromiso:
    """A commitment of a plan, both made when absent."""
    fila, _ = Plan.objects.get_or_create(
        numero=plan, defaults={"titulo": f"Plan {plan}", "desde": 2027, "hasta": 2030}
    )
    hecho, _ = Compromiso.objects.get_or_create(
        plan=fila,
        numero=numero,
        defaults={"titulo": f"Compromiso {numero}", "institucion": InstitucionFactory()},
    )
    return hecho


def responder(
    *aportes: Aporte,
    resultado: Resultado = Resultado.NO_INCORPORADA,
    destino: DestinoElegido | None = None,
    razon: str = "La ley vigente no lo permite; se informará a la comisión.",
    linea: str = "",
    por: User | None = None,
    ahora: datetime = AHORA,
    version_leida: int | None = None,
    **extra: object,
) -> RespuestaVersion:
    """Publish an answer to `aportes` by an official of their institution."""
    por = por or UserFactory(oficial=True)
    destino = destino or DestinoElegido(porque_nada="La norma ya lo regula.")
    return publicar_respuesta(
        coberturas=[LineaDeCobertura(a, resultado, destino, linea, version_leida) for a in aportes],
        razon=razon,
        institucion=por.institucion,
        por=por,
        ahora=ahora,
        **extra,  # type: ignore[arg-type]
    )
