"""Files wait for their contribution, go with it once, and leave nothing behind when they do not."""

from datetime import timedelta
from uuid import uuid4

import pytest

from comun.almacen import almacen_privado
from comun.errores import Conflicto, DatoInvalido, FueraDePlazo, SinPermiso
from comun.registro import Evento
from consulta.aportes.enums import TipoAporte
from consulta.aportes.flows import adjuntar as modulo
from consulta.aportes.flows.adjuntar import Elegido, adjuntar, purgar_subidas, quitar_subida
from consulta.aportes.flows.enviar import enviar_aporte
from consulta.aportes.models import Adjunto, Aporte, Subida
from tests.factories import AHORA
from tests.factories.aportes import contenido_de_propuesta
from tests.factories.archivos import imagen
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory, ConsultaFactory
from tests.factories.subidas import elegido, subida

pytestmark = pytest.mark.django_db


@pytest.fixture
def asunto():
    return AsuntoFactory(consulta=ConsultaFactory(propuestas=True))


def enviar(asunto, por, *elegidos, clave=None, ahora=AHORA):
    return enviar_aporte(
        asunto=asunto,
        tipo=TipoAporte.PROPUESTA,
        contenido=contenido_de_propuesta(),
        por=por,
        clave=clave or uuid4(),
        adjuntos=elegidos,
        ahora=ahora,
    ).aporte


def test_a_sent_contribution_takes_its_files_and_the_event_names_them(asunto):
    por = UserFactory()
    una = subida(asunto.consulta, por)
    aporte = enviar(asunto, por, Elegido(una.token, "Acta de la junta"))
    archivo = Adjunto.objects.get(aporte=aporte)
    assert (archivo.sha256, archivo.descripcion) == (una.sha256, "Acta de la junta")
    assert almacen_privado().exists(archivo.archivo.name)
    assert not Subida.objects.exists()
    detalle = Evento.objects.get(verbo="adjuntar").detalle
    assert detalle.despues["archivos"] == [{"nombre": "informe.pdf", "sha256": una.sha256}]


def test_the_same_sending_twice_takes_them_once(asunto):
    por, clave = UserFactory(), uuid4()
    una = elegido(asunto.consulta, por)
    enviar(asunto, por, una, clave=clave)
    enviar(asunto, por, una, clave=clave)
    assert Adjunto.objects.count() == Aporte.objects.count() == 1


def test_a_file_goes_with_one_contribution_only(asunto):
    por = UserFactory()
    una = elegido(asunto.consulta, por)
    enviar(asunto, por, una)
    with pytest.raises(DatoInvalido, match="adjúntelo de nuevo"):
        enviar(asunto, por, una)
    assert Aporte.objects.count() == 1


def test_a_file_of_another_consultation_or_of_yesterday_is_not_there(asunto):
    por = UserFactory()
    ajena = elegido(ConsultaFactory(propuestas=True), por)
    vieja = elegido(asunto.consulta, por, ahora=AHORA - timedelta(hours=24))
    for una in (ajena, vieja, Elegido("inventado")):
        with pytest.raises(DatoInvalido):
            enviar(asunto, por, una)


def test_too_many_or_the_same_one_twice_are_refused(asunto):
    por = UserFactory()
    seis = [
        elegido(asunto.consulta, por, nombre="f.png", datos=imagen("PNG", 40 + i)) for i in range(6)
    ]
    with pytest.raises(DatoInvalido, match="hasta 5 archivos"):
        enviar(asunto, por, *seis)
    dos = [elegido(asunto.consulta, por), elegido(asunto.consulta, por)]
    with pytest.raises(DatoInvalido, match="dos veces"):
        enviar(asunto, por, *dos)
    assert not Adjunto.objects.exists()


def test_files_are_taken_only_where_and_while_they_are_received():
    por = UserFactory()
    with pytest.raises(SinPermiso):
        subida(ConsultaFactory(propuestas=True, acepta_adjuntos=False), por)
    with pytest.raises(FueraDePlazo):
        subida(ConsultaFactory(propuestas=True, cerrada=True), por)
    with pytest.raises(SinPermiso):
        subida(ConsultaFactory(propuestas=True, acepta_invitados=False), None)
    assert subida(ConsultaFactory(propuestas=True), None).cuenta is None


def test_one_account_does_not_fill_the_disk(asunto, monkeypatch):
    monkeypatch.setattr(modulo, "SIN_ENVIAR", 2)
    por = UserFactory()
    for _ in range(2):
        subida(asunto.consulta, por)
    with pytest.raises(Conflicto):
        subida(asunto.consulta, por)
    subida(asunto.consulta, UserFactory())


def test_what_was_not_sent_in_a_day_is_deleted_and_what_was_sent_stays(
    asunto, django_capture_on_commit_callbacks
):
    por = UserFactory()
    enviar(asunto, por, elegido(asunto.consulta, por))
    vieja = subida(asunto.consulta, por, datos=imagen("PNG"), nombre="a.png")
    nueva = subida(asunto.consulta, por, ahora=AHORA + timedelta(hours=2))
    with django_capture_on_commit_callbacks(execute=True):
        assert purgar_subidas(AHORA + timedelta(hours=25)) == 1
    almacen = almacen_privado()
    assert not almacen.exists(vieja.archivo.name)
    assert almacen.exists(nueva.archivo.name)
    assert almacen.exists(Adjunto.objects.get().archivo.name)
    with django_capture_on_commit_callbacks(execute=True):
        quitar_subida(token=nueva.token)
    assert not almacen.exists(nueva.archivo.name)


def test_a_correction_keeps_what_it_names_and_the_rest_ends_with_the_former_version(asunto):
    por = UserFactory()
    una = elegido(asunto.consulta, por)
    otra = elegido(asunto.consulta, por, nombre="a.png", datos=imagen("PNG"))
    aporte = enviar(asunto, por, una, otra)
    queda, sale = aporte.adjuntos.order_by("pk")
    aporte.version = 2
    nueva = elegido(asunto.consulta, por, nombre="b.png", datos=imagen("PNG", 60))
    adjuntar(aporte=aporte, elegidos=[nueva], por=por, ahora=AHORA, conservar=[queda.pk])
    assert set(aporte.adjuntos.values_list("nombre", "desde", "hasta")) == {
        ("informe.pdf", 1, None),
        ("a.png", 1, 1),
        ("b.png", 2, None),
    }
    assert sale.nombre == "a.png"
