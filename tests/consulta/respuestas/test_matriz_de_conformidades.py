"""Role × verb × state: who may decide, declare, take back or take up a sealed answer, and when."""

import pytest
from django.db import transaction

from comun.errores import Conflicto, ErrorDeDominio, SinPermiso
from consulta.respuestas.enums import Sentido
from consulta.respuestas.flows.conflictos import declarar_conflicto
from consulta.respuestas.flows.dejar import dejar_sin_efecto
from consulta.respuestas.flows.retomar import retomar
from consulta.respuestas.models import RespuestaVersion
from foro.enums import Sector
from tests.factories import AHORA
from tests.factories.cuentas import UserFactory
from tests.factories.foro import decidir, mandato, sellar

pytestmark = pytest.mark.django_db
SI, NO, TARDE = "sí", SinPermiso, Conflicto
ESTADOS = ("espera", "con_cambios", "sin_efecto", "publicada")
DECIDE = {"espera": SI, "con_cambios": SI, "sin_efecto": TARDE, "publicada": TARDE}
TOMA = {"espera": SI, "con_cambios": SI, "sin_efecto": TARDE, "publicada": TARDE}
RETOMA = {"espera": SI, "con_cambios": SI, "sin_efecto": SI, "publicada": TARDE}
NADIE = dict.fromkeys(ESTADOS, NO)
MATRIZ = {
    "miembro": {"decidir": DECIDE, "dejar": NADIE, "retomar": NADIE, "declarar": dict.fromkeys(ESTADOS, SI)},
    "oficial": {"decidir": NADIE, "dejar": TOMA, "retomar": RETOMA, "declarar": NADIE},
    "oficial_ajeno": {"decidir": NADIE, "dejar": NADIE, "retomar": NADIE, "declarar": NADIE},
    "secretaria": {"decidir": NADIE, "dejar": TOMA, "retomar": RETOMA, "declarar": NADIE},
    "moderador": {"decidir": NADIE, "dejar": NADIE, "retomar": NADIE, "declarar": NADIE},
    "participante": {"decidir": NADIE, "dejar": NADIE, "retomar": NADIE, "declarar": NADIE},
}  # fmt: skip


def en_estado(estado):
    version = sellar()
    if estado == "con_cambios":
        decidir(version, mandato(), Sentido.PIDE_CAMBIOS, "Sea más breve.")
    elif estado == "sin_efecto":
        dejar_sin_efecto(version=version, motivo="Error", por=version.presentada_por, ahora=AHORA)
    elif estado == "publicada":
        decidir(version, mandato())
        decidir(version, mandato(Sector.SOCIEDAD_CIVIL))
    version.refresh_from_db()
    return version


def cuenta_de(rol, version):
    if rol == "oficial":
        return version.presentada_por
    if rol == "oficial_ajeno":
        return UserFactory(oficial=True)
    return UserFactory(**({} if rol == "miembro" else {rol: True}))


def hacer(verbo, version, asiento, quien):
    if verbo == "decidir":
        decidir(version, asiento, por=quien)
    elif verbo == "dejar":
        dejar_sin_efecto(version=version, motivo="Error", por=quien, ahora=AHORA)
    elif verbo == "retomar":
        retomar(version=version, motivo="Error", por=quien, ahora=AHORA)
    else:
        declarar_conflicto(
            mandato=asiento,
            consulta=version.respuesta.consulta,
            respuesta=version.respuesta,
            motivo="Asesoría.",
            por=quien,
            ahora=AHORA,
        )


def que_pasa(verbo, version, asiento, quien):
    """What happens to `version` as it is in the database; afterwards it is as it was."""
    with transaction.atomic():
        paso: object = SI
        try:
            hacer(verbo, RespuestaVersion.objects.get(pk=version.pk), asiento, quien)
        except ErrorDeDominio as error:
            paso = SinPermiso if isinstance(error, SinPermiso) else Conflicto
        transaction.set_rollback(True)
    return paso


@pytest.mark.parametrize("estado", ESTADOS)
@pytest.mark.parametrize("rol", MATRIZ)
def test_matrix(rol, estado):
    version = en_estado(estado)
    quien = cuenta_de(rol, version)
    asiento = mandato(cuenta=quien) if rol == "miembro" else mandato()
    pasa = {verbo: que_pasa(verbo, version, asiento, quien) for verbo in MATRIZ[rol]}
    assert pasa == {verbo: segun[estado] for verbo, segun in MATRIZ[rol].items()}
