"""Whoever took part is told, once, of a new version and of more time."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail

from comun.avisos import Clase, Modo, enviar_avisos
from comun.avisos.preferencias import preferir
from comun.registro import Aviso
from consulta.aportes.enums import TipoAporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte, AporteVersion, Autoria
from consulta.aportes.participantes import destinos_de
from consulta.aportes.tasks import avisar_nueva_version, avisar_prorroga
from consulta.procesos.models import Prorroga, VersionBorrador
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory

pytestmark = pytest.mark.django_db


def sin_cuenta(consulta, correo: str) -> Aporte:
    uno = aporte(consulta=consulta)
    Autoria.objects.filter(aporte=uno).update(cuenta=None, correo=correo)
    return uno


def test_each_person_is_one_recipient_however_much_they_wrote():
    consulta = ConsultaFactory()
    persona = UserFactory()
    aporte(consulta=consulta, por=persona)
    aporte(consulta=consulta, por=persona)
    primero = sin_cuenta(consulta, "ana@example.com")
    sin_cuenta(consulta, "ana@example.com")
    aporte()
    assert set(destinos_de(consulta)) == {f"cuenta:{persona.pk}", f"aporte:{primero.pk}"}


def test_who_withdrew_everything_or_never_confirmed_is_not_told():
    consulta = ConsultaFactory()
    persona = UserFactory()
    uno = aporte(consulta=consulta, por=persona)
    retirar_aporte(aporte=uno, por=persona, ahora=AHORA)
    sin_confirmar = Aporte.objects.create(
        consulta=consulta, asunto=uno.asunto, tipo=TipoAporte.PROPUESTA, enviado_en=AHORA,
        clave_idempotencia=uuid4(),
    )  # fmt: skip
    AporteVersion.objects.create(aporte=sin_confirmar, n=1, texto="x", en=AHORA)
    Autoria.objects.create(aporte=sin_confirmar, correo="ana@example.com")
    assert list(destinos_de(consulta)) == []


def version_de(consulta, n: int) -> VersionBorrador:
    return VersionBorrador.objects.create(
        consulta=consulta, n=n, publicada_en=AHORA, sha256="0" * 64
    )


def test_a_new_version_is_told_once_to_each_as_they_chose():
    consulta = ConsultaFactory()
    de_inmediato, en_resumen = UserFactory(), UserFactory()
    for persona in (de_inmediato, en_resumen):
        aporte(consulta=consulta, por=persona)
    preferir(
        destino=f"cuenta:{de_inmediato.pk}", modos={Clase.PROCESOS: Modo.INMEDIATO}, ahora=AHORA
    )
    version = version_de(consulta, 2)
    avisar_nueva_version.func(version.pk)
    avisar_nueva_version.func(version.pk)
    avisos = Aviso.objects.filter(razon="version")
    assert avisos.count() == 2
    assert avisos.get(cuenta=en_resumen.pk).modo == Modo.RESUMEN
    enviar_avisos.func([avisos.get(cuenta=de_inmediato.pk).pk])
    (correo,) = [m for m in mail.outbox if "nueva versión" in m.subject]
    assert correo.to == [de_inmediato.email]
    assert version.get_absolute_url() in correo.body


def test_more_time_is_told_with_its_reason():
    consulta = ConsultaFactory()
    invitada = sin_cuenta(consulta, "ana@example.com")
    prorroga = Prorroga.objects.create(
        etapa=consulta.etapa,
        fin_anterior=AHORA,
        fin_nuevo=AHORA + timedelta(days=7),
        razon="Lo pidieron 12 organizaciones.",
        en=AHORA,
    )
    avisar_prorroga.func(prorroga.pk)
    aviso = Aviso.objects.get(razon="prorroga")
    assert aviso.destino == f"aporte:{invitada.pk}"
    enviar_avisos.func([aviso.pk])
    correo = mail.outbox[-1]
    assert correo.to == ["ana@example.com"]
    assert "12 organizaciones" in correo.body
    assert "List-Unsubscribe" in correo.extra_headers
