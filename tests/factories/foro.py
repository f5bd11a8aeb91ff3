"""Members of the forum, and answers that wait for them."""

from datetime import date, datetime, timedelta
from typing import Any

from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta
from consulta.respuestas.enums import Resultado, Sentido
from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura
from consulta.respuestas.flows.decidir import Decididas, decidir_conformidad
from consulta.respuestas.flows.sellar import sellar_respuesta
from consulta.respuestas.models import RespuestaVersion
from cuentas.models import Suplencia, User
from foro.enums import Sector
from foro.models import Mandato
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import InstitucionFactory, UserFactory
from tests.factories.procesos import ConsultaFactory

AMBOS = [Sector.GOBIERNO.value, Sector.SOCIEDAD_CIVIL.value]


def mandato(sector: str = Sector.GOBIERNO, **campos: Any) -> Mandato:
    """A member in force since long before AHORA."""
    cuenta = campos.pop("cuenta", None) or UserFactory()
    datos: dict[str, Any] = {
        "organizacion": InstitucionFactory(),
        "nombre": cuenta.nombre_publico,
        "desde": date(2026, 1, 1),
    }
    return Mandato.objects.create(cuenta=cuenta, sector=sector, **(datos | campos))


def consulta_que_pide(*sectores: str, **campos: Any) -> Consulta:
    """A consultation whose answers need the approval of `sectores` (government and civil society)."""
    return ConsultaFactory(conformidades=list(sectores) or AMBOS, **campos)


def sellar(
    *aportes: Aporte,
    por: User | None = None,
    ahora: datetime = AHORA,
    resultado: Resultado = Resultado.NO_INCORPORADA,
    destino: DestinoElegido | None = None,
    razon: str = "La ley vigente no lo permite; se informará a la comisión.",
    linea: str = "",
    **extra: Any,
) -> RespuestaVersion:
    """A sealed answer to `aportes` by an official of their institution; to a new one by default."""
    por = por or UserFactory(oficial=True)
    destino = destino or DestinoElegido(porque_nada="La norma ya lo regula.")
    aportes = aportes or (aporte(consulta=consulta_que_pide()),)
    return sellar_respuesta(
        coberturas=[LineaDeCobertura(a, resultado, destino, linea) for a in aportes],
        razon=razon,
        institucion=por.institucion,
        por=por,
        ahora=ahora,
        **extra,
    )


def decidir(
    version: RespuestaVersion,
    quien: Mandato,
    sentido: str = Sentido.CONFORME,
    nota: str = "",
    por: User | None = None,
    ahora: datetime = AHORA,
    sha256: str = "",
) -> Decididas:
    return decidir_conformidad(
        version=version,
        sha256=sha256 or version.sha256,
        mandato=quien,
        sentido=sentido,
        nota=nota,
        por=por or quien.cuenta,
        ahora=ahora,
    )


def suplencia(titular: User, suplente: User) -> Suplencia:
    """In force around AHORA."""
    dia = AHORA.date()
    return Suplencia.objects.create(
        titular=titular,
        suplente=suplente,
        desde=dia - timedelta(days=2),
        hasta=dia + timedelta(days=2),
        creada_en=AHORA,
    )
