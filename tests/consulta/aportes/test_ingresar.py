"""What came by letter or from a workshop belongs to who wrote it, never to who typed it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress

from comun.errores import Conflicto, DatoInvalido, FueraDePlazo, SinPermiso
from comun.fechas import comienzo_del_dia
from comun.registro import Aviso, Evento
from consulta.aportes.enums import Canal
from consulta.aportes.flows.ingresar import Ingreso, ingresar_aporte
from consulta.aportes.flows.reclamar import reclamar_aportes
from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta, Etapa
from tests.factories import AHORA
from tests.factories.aportes import contenido_de_propuesta
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory
from tests.factories.subidas import elegido

pytestmark = pytest.mark.django_db
OFICIO = Ingreso(Canal.OFICIO, date(2026, 11, 5), "123/2026", "junta@ejemplo.example")


def ingresar(consulta=None, por=None, ingreso=OFICIO, clave=None, adjuntos=(), **campos):
    return ingresar_aporte(
        consulta=consulta or ConsultaFactory(propuestas=True),
        contenido=contenido_de_propuesta(
            **{"firma": "", "organizacion": "Junta de Vecinos N° 4"} | campos
        ),
        ingreso=ingreso,
        por=por or UserFactory(secretaria=True),
        clave=clave or uuid4(),
        adjuntos=adjuntos,
        ahora=AHORA,
    )


def test_a_letter_is_dated_when_it_was_received_and_signed_by_who_wrote_it():
    por = UserFactory(secretaria=True, nombre_publico="Sofía de Secretaría")
    consulta = ConsultaFactory(propuestas=True)
    aporte = ingresar(consulta, por, adjuntos=[elegido(consulta, por)])
    assert aporte.folio.endswith("-0001")
    assert (aporte.canal, aporte.referencia) == (Canal.OFICIO, "123/2026")
    assert aporte.enviado_en.date() == date(2026, 11, 5)
    assert aporte.confirmado_en == AHORA
    assert aporte.autoria.cuenta is None
    assert aporte.firma == "Junta de Vecinos N° 4"
    assert aporte.ingresado_por == por
    assert aporte.adjuntos.count() == 1
    assert not Aporte.objects.de_cuenta(por).exists()
    assert Aviso.objects.get(destino=f"aporte:{aporte.pk}").razon == "recibo"
    assert Evento.objects.filter(verbo="ingresar_aporte").count() == 1
    assert Aporte.objects.all().balance(AHORA.date()).recibidos == 1


def test_the_same_entry_twice_is_one():
    por, clave, consulta = UserFactory(secretaria=True), uuid4(), ConsultaFactory(propuestas=True)
    assert ingresar(consulta, por, clave=clave) == ingresar(consulta, por, clave=clave)
    with pytest.raises(Conflicto):
        ingresar(consulta, clave=clave)


@pytest.mark.parametrize("rol", ["participante", "editor", "oficial", "moderador"])
def test_only_the_secretariat_enters_for_others(rol):
    with pytest.raises(SinPermiso):
        ingresar(por=UserFactory(**{rol: True}))


@pytest.mark.parametrize(
    ("ingreso", "campo"),
    [
        (Ingreso(Canal.OFICIO, date(2026, 11, 5)), "referencia"),
        (Ingreso(Canal.MESA, date(2026, 11, 5), "  "), "referencia"),
        (Ingreso(Canal.FORMULARIO, date(2026, 11, 5), "1"), "canal"),
        (Ingreso(Canal.PAPEL, date(2026, 11, 11)), "recibido"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(ingreso, campo):
    with pytest.raises(DatoInvalido) as error:
        ingresar(ingreso=ingreso)
    assert error.value.campo == campo


def test_somebody_signs_it():
    with pytest.raises(DatoInvalido) as error:
        ingresar(organizacion="")
    assert error.value.campo == "firma"


def test_what_came_in_time_can_be_entered_later_and_what_came_late_cannot():
    cerrada = ConsultaFactory(propuestas=True, cerrada=True)
    a_tiempo = (AHORA - timedelta(days=3)).date()
    assert ingresar(cerrada, ingreso=Ingreso(Canal.PAPEL, a_tiempo)).n == 1
    with pytest.raises(FueraDePlazo):
        ingresar(cerrada, ingreso=Ingreso(Canal.PAPEL, AHORA.date()))
    with pytest.raises(FueraDePlazo):
        ingresar(cerrada, ingreso=Ingreso(Canal.PAPEL, date(2026, 9, 1)))
    with pytest.raises(FueraDePlazo):
        ingresar(ConsultaFactory(propuestas=True, futura=True))
    with pytest.raises(SinPermiso):
        ingresar(ConsultaFactory(propuestas=True, historica=True))


def test_a_stage_that_closes_at_midnight_takes_nothing_of_the_day_after():
    """It is dated before the closing: the window is half-open (INV-04)."""
    cierre = comienzo_del_dia(AHORA.date())
    consulta = ConsultaFactory(propuestas=True)
    Etapa.objects.filter(pk=consulta.etapa_id).update(fin=cierre)
    consulta = Consulta.objects.con_contexto().get(pk=consulta.pk)
    with pytest.raises(FueraDePlazo):
        ingresar(consulta, ingreso=Ingreso(Canal.PAPEL, AHORA.date()))
    vispera = AHORA.date() - timedelta(days=1)
    assert ingresar(consulta, ingreso=Ingreso(Canal.PAPEL, vispera)).enviado_en < cierre


def test_what_came_on_the_day_of_a_closing_is_dated_before_it():
    consulta = ConsultaFactory(propuestas=True, cerrada=True)
    Etapa.objects.filter(pk=consulta.etapa_id).update(fin=AHORA - timedelta(hours=2))
    consulta = Consulta.objects.con_contexto().get(pk=consulta.pk)
    hecho = ingresar(consulta, ingreso=Ingreso(Canal.PAPEL, AHORA.date()))
    assert hecho.enviado_en < consulta.etapa.fin


def test_the_mailbox_of_a_letter_is_the_same_however_it_was_typed():
    hecho = ingresar(
        ingreso=Ingreso(Canal.PAPEL, OFICIO.recibido, correo=" Ana.Paz@Pruebas.Example ")
    )
    ana = UserFactory(email="ana.paz@pruebas.example")
    EmailAddress.objects.create(user=ana, email=ana.email, verified=True, primary=True)
    assert reclamar_aportes(cuenta=ana, ahora=AHORA) == 1
    assert Aporte.objects.de_cuenta(ana).get() == hecho


@pytest.mark.parametrize("correo", ["sin arroba", "a@" + "b" * 250 + ".example"])
def test_an_address_that_is_none_is_said_beside_its_field(correo):
    with pytest.raises(DatoInvalido) as error:
        ingresar(ingreso=Ingreso(Canal.PAPEL, OFICIO.recibido, correo=correo))
    assert error.value.campo == "correo"
