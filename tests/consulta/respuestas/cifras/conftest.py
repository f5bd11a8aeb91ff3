"""A ledger with rows in every state, of several institutions, themes, regions and months."""

from datetime import timedelta

import pytest

from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.respuestas.enums import Resultado
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido_de_propuesta
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory, EtapaFactory, TemaFactory
from tests.factories.respuestas import responder

IGUAL = "Gracias. Lo tendremos en cuenta."


@pytest.fixture
def libro(db):
    """Sixteen received: 9 answered, 4 pending (2 overdue), 2 withdrawn, 1 removed; one more is the voice
    of an institution, which asks no answer."""
    consulta = ConsultaFactory(propuestas=True)
    otra = ConsultaFactory(
        propuestas=True, etapa=EtapaFactory(tipo="recepcion", inicio=AHORA - timedelta(days=60))
    )
    temas = [TemaFactory(slug="agua"), TemaFactory(slug="salud")]
    oficiales = [UserFactory(oficial=True), UserFactory(oficial=True)]
    filas = []
    for i in range(16):
        dice = contenido_de_propuesta(
            tema=temas[i % 2],
            region=["08", "13", ""][i % 3],
            tipo_autor=["ciudadania", "osc", "academia"][i % 3],
            titulo=f"Propuesta {i}",
        )
        cual = consulta if i < 11 else otra
        filas.append(aporte(consulta=cual, dice=dice, ahora=AHORA - timedelta(hours=i)))
    aporte(
        padre=filas[0], por=UserFactory(oficial=True), institucional=True,
        ahora=AHORA + timedelta(minutes=1),
    )  # fmt: skip
    # Two responses with the same words; one for two without a personal line; the others on their own.
    responder(filas[0], razon=IGUAL, por=oficiales[0], ahora=AHORA + timedelta(days=2))
    responder(
        filas[1], razon=f"  {IGUAL.upper()} ", por=oficiales[1], ahora=AHORA + timedelta(days=5)
    )
    responder(
        filas[2], filas[3], razon="Van las dos.", resultado=Resultado.ACLARACION, por=oficiales[0],
        ahora=AHORA + timedelta(days=9),
    )  # fmt: skip
    for i in range(4, 8):
        responder(
            filas[i], razon=f"Porque {i}.", por=oficiales[i % 2],
            ahora=AHORA + timedelta(days=40 + i),
        )  # fmt: skip
    responder(filas[11], razon="Solo esta.", por=oficiales[1], ahora=AHORA + timedelta(days=1))
    for i in (8, 12):
        retirar_aporte(aporte=filas[i], por=filas[i].autoria.cuenta, ahora=AHORA)
    remover_aporte(
        aporte=filas[9], por=UserFactory(moderador=True), causa="odio", motivo="x", ahora=AHORA
    )
    Aporte.objects.filter(pk__in=[filas[10].pk, filas[13].pk]).update(
        vence_el=AHORA.date() - timedelta(days=1)
    )
    return {"consulta": consulta, "otra": otra, "filas": filas, "oficiales": oficiales}
