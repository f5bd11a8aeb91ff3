"""Speaking for an organisation: which ones, and what the person is told."""

import pytest
from django.core import mail

from comun.avisos import enviar_aviso
from comun.errores import DatoInvalido
from comun.registro import Aviso
from cuentas.flows.representaciones import (
    pedir_representacion,
    terminar_representacion,
    verificar_representacion,
)
from cuentas.models import Institucion
from tests.factories.cuentas import InstitucionFactory, UserFactory

pytestmark = pytest.mark.django_db


def pedida(persona, nombre="Red del Sur"):
    return pedir_representacion(
        cuenta=persona, nombre=nombre, tipo=Institucion.Tipo.OSC, respaldo="El acta."
    )


def test_nobody_is_verified_for_what_became_a_public_body_meanwhile():
    fila = pedida(UserFactory())
    InstitucionFactory(nombre="Red del Sur", tipo=Institucion.Tipo.EJECUTIVO)
    with pytest.raises(DatoInvalido):
        verificar_representacion(representacion=fila, por=UserFactory(secretaria=True))
    fila.refresh_from_db()
    fila.cuenta.refresh_from_db()
    assert (fila.estado, fila.cuenta.representa) == (fila.Estado.PENDIENTE, None)


def test_what_ended_before_its_first_mail_left_is_told_once():
    persona, secretaria = UserFactory(), UserFactory(secretaria=True)
    fila = verificar_representacion(representacion=pedida(persona), por=secretaria)
    terminar_representacion(representacion=fila, por=secretaria, motivo="Fue un error.")
    for aviso in Aviso.objects.order_by("pk"):
        enviar_aviso.func(aviso.pk)
    (carta,) = mail.outbox
    assert "Ya no habla por Red del Sur" in carta.subject
