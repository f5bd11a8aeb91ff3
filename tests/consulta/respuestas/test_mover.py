"""Handing over and referring: one or many, with what is set aside, and taking it back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.registro import Aviso, Evento
from consulta.aportes.models import Aporte
from consulta.respuestas.estados import Estado
from consulta.respuestas.flows import mover
from consulta.respuestas.flows.asignar import (
    PARA_DESHACER,
    asignar_aporte,
    derivar_aporte,
    deshacer_asignacion,
)
from consulta.respuestas.flows.mover import asignar_aportes
from consulta.respuestas.flows.revisar import pedir_revision
from consulta.respuestas.models import Derivacion
from cuentas.roles import Rol
from tests.factories.aportes import aporte
from tests.factories.cola import en_estado
from tests.factories.cuentas import UserFactory, cuenta_de
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db


@pytest.fixture
def otra():
    return UserFactory(oficial=True)


def hacer(consulta, n):
    return [aporte(consulta=consulta, ahora=timezone.now()) for _ in range(n)]


def test_many_rows_change_hands_with_history_and_one_event_each(consulta, oficial):
    filas = hacer(consulta, 5)
    hecho = asignar_aportes(
        aportes=[f.pk for f in filas],
        institucion=oficial.institucion,
        responsable=oficial,
        por=oficial,
    )
    assert sorted(hecho.aportes) == [f.pk for f in filas] and not hecho.apartados
    assert Aporte.objects.filter(responsable=oficial).count() == 5
    pasos = Derivacion.objects.filter(tanda=hecho.tanda)
    assert pasos.count() == 5 and {(p.de_id, p.a_id) for p in pasos} == {
        (None, oficial.institucion_id)
    }
    objetos = {f"aportes.aporte:{f.pk}" for f in filas}
    eventos = Evento.objects.filter(verbo="asignar_aporte", objeto__in=objetos)
    assert eventos.count() == 5


def test_the_number_of_queries_does_not_grow_with_the_rows(consulta, oficial):
    def cuantas(n):
        ids = [f.pk for f in hacer(consulta, n)]
        with CaptureQueriesContext(connection) as consultas:
            asignar_aportes(aportes=ids, institucion=oficial.institucion, por=oficial)
        return len(consultas)

    cuantas(1)
    assert cuantas(3) == cuantas(12)


def test_what_cannot_move_is_set_aside_and_the_rest_moves(consulta, oficial, otra):
    libre = aporte(consulta=consulta, ahora=timezone.now())
    respondida = en_estado(Estado.RESPONDIDO, consulta, oficial)
    sellada = en_estado(Estado.EN_CONFORMIDAD, consulta, oficial)
    retirada = en_estado(Estado.RETIRADO, consulta, oficial)
    ajena = en_estado(Estado.ASIGNADO, consulta, otra)
    todas = [libre, respondida, sellada, retirada, ajena]
    hecho = asignar_aportes(
        aportes=[f.pk for f in todas], institucion=oficial.institucion, por=oficial
    )
    assert hecho.aportes == [libre.pk]
    assert {a.aporte.pk for a in hecho.apartados} == {f.pk for f in todas} - {libre.pk}
    assert all(a.motivo for a in hecho.apartados)
    ajena.refresh_from_db()
    assert ajena.institucion == otra.institucion


def test_rows_that_are_there_already_are_no_change(consulta, oficial):
    fila = en_estado(Estado.ASIGNADO, consulta, oficial)
    hecho = asignar_aportes(aportes=[fila.pk], institucion=oficial.institucion, por=oficial)
    assert (hecho.aportes, hecho.iguales) == ([], 1)
    assert Derivacion.objects.filter(aporte=fila).count() == 1


def test_too_many_at_once_are_refused(consulta, oficial, monkeypatch):
    monkeypatch.setattr(mover, "MAXIMO", 2)
    ids = [f.pk for f in hacer(consulta, 3)]
    with pytest.raises(DatoInvalido):
        asignar_aportes(aportes=ids, institucion=oficial.institucion, por=oficial)
    assert not Derivacion.objects.exists()


def test_a_referral_keeps_the_due_day_and_tells_who_receives_it(
    consulta, oficial, otra, django_capture_on_commit_callbacks
):
    fila = en_estado(Estado.ASIGNADO, consulta, oficial)
    vence = fila.vence_el
    assert vence is not None
    colega = UserFactory(oficial=True, institucion=otra.institucion)
    paso = derivar_aporte(
        aporte=fila, institucion=otra.institucion, razon="Es materia de su ley.", por=oficial
    )
    fila.refresh_from_db()
    assert (fila.institucion, fila.responsable, fila.vence_el) == (otra.institucion, None, vence)
    assert (paso.de, paso.a, paso.razon) == (
        oficial.institucion,
        otra.institucion,
        "Es materia de su ley.",
    )
    avisos = Aviso.objects.filter(razon="derivacion")
    assert {a.cuenta for a in avisos} == {otra.pk, colega.pk}


def test_the_mail_of_a_referral_says_folio_reason_and_day(consulta, oficial, otra):
    from comun.avisos import enviar_aviso

    filas = [en_estado(Estado.ASIGNADO, consulta, oficial) for _ in range(3)]
    asignar_aportes(
        aportes=[f.pk for f in filas],
        institucion=otra.institucion,
        razon="Es materia de su ley.",
        por=oficial,
    )
    (aviso,) = Aviso.objects.filter(razon="derivacion")
    enviar_aviso.func(aviso.pk)
    (carta,) = mail.outbox
    html = carta.alternatives[0][0]
    assert "3 aportes" in carta.subject
    for texto in (carta.body, html):
        assert "Es materia de su ley." in texto and all(f.folio in texto for f in filas)


@pytest.mark.parametrize("razon", ["", "   "])
def test_a_referral_needs_a_reason(consulta, oficial, otra, razon):
    fila = en_estado(Estado.ASIGNADO, consulta, oficial)
    with pytest.raises(DatoInvalido) as error:
        derivar_aporte(aporte=fila, institucion=otra.institucion, razon=razon, por=oficial)
    assert error.value.campo == "razon"
    with pytest.raises(DatoInvalido):
        asignar_aporte(aporte=fila, institucion=otra.institucion, por=oficial, razon=razon)


def test_a_referral_to_whom_has_it_is_refused(consulta, oficial):
    fila = en_estado(Estado.ASIGNADO, consulta, oficial)
    with pytest.raises(DatoInvalido) as error:
        derivar_aporte(aporte=fila, institucion=oficial.institucion, razon="Sí.", por=oficial)
    assert error.value.campo == "institucion"


@pytest.mark.parametrize("rol", list(Rol))
@pytest.mark.parametrize("de_quien", ["nadie", "suya", "ajena"])
def test_who_may_hand_over_what(consulta, oficial, rol, de_quien):
    cuenta = cuenta_de(rol)
    destino = cuenta.institucion or oficial.institucion
    fila = aporte(consulta=consulta, ahora=timezone.now())
    if de_quien != "nadie":
        quien = UserFactory(oficial=True)
        if de_quien == "suya" and cuenta.institucion:
            quien = UserFactory(oficial=True, institucion=cuenta.institucion)
        asignar_aporte(aporte=fila, institucion=quien.institucion, responsable=quien, por=quien)
    puede = rol in {Rol.SECRETARIA, Rol.ADMINISTRADOR} or (
        rol is Rol.OFICIAL and de_quien != "ajena"
    )
    if puede:
        asignar_aporte(aporte=fila, institucion=destino, razon="Le toca.", por=cuenta)
    else:
        with pytest.raises((SinPermiso, Conflicto)):
            asignar_aporte(aporte=fila, institucion=destino, razon="Le toca.", por=cuenta)


def test_undoing_gives_each_row_back_to_who_had_it(consulta, oficial, otra):
    secretaria = UserFactory(secretaria=True)
    libre = aporte(consulta=consulta, ahora=timezone.now())
    tenida = aporte(consulta=consulta, ahora=timezone.now())
    asignar_aporte(aporte=tenida, institucion=oficial.institucion, responsable=oficial, por=oficial)
    hecho = asignar_aportes(
        aportes=[libre.pk, tenida.pk],
        institucion=otra.institucion,
        razon="Por error.",
        por=secretaria,
    )
    deshecho = deshacer_asignacion(tanda=hecho.tanda, por=secretaria)
    assert sorted(deshecho.aportes) == [libre.pk, tenida.pk]
    libre.refresh_from_db()
    tenida.refresh_from_db()
    assert (libre.institucion, libre.responsable) == (None, None)
    assert (tenida.institucion, tenida.responsable) == (oficial.institucion, oficial)
    assert Evento.objects.filter(verbo="deshacer_asignacion").count() == 2
    with pytest.raises(Conflicto):
        deshacer_asignacion(tanda=hecho.tanda, por=secretaria)


def test_undoing_is_for_who_did_it_and_for_ten_minutes(consulta, oficial, otra):
    ahora = timezone.now()
    (fila,) = hacer(consulta, 1)
    hecho = asignar_aportes(
        aportes=[fila.pk], institucion=oficial.institucion, por=oficial, ahora=ahora
    )
    with pytest.raises(SinPermiso):
        deshacer_asignacion(tanda=hecho.tanda, por=otra, ahora=ahora)
    tarde = ahora + PARA_DESHACER + timedelta(seconds=1)
    with pytest.raises(Conflicto):
        deshacer_asignacion(tanda=hecho.tanda, por=oficial, ahora=tarde)
    assert deshacer_asignacion(tanda=hecho.tanda, por=oficial, ahora=ahora + PARA_DESHACER).aportes
    with pytest.raises(Conflicto):
        deshacer_asignacion(tanda=uuid4(), por=oficial)


def test_undoing_leaves_what_moved_on_or_was_answered(consulta, oficial):
    uno, dos, tres = hacer(consulta, 3)
    hecho = asignar_aportes(
        aportes=[uno.pk, dos.pk, tres.pk], institucion=oficial.institucion, por=oficial
    )
    asignar_aporte(aporte=uno, institucion=oficial.institucion, responsable=oficial, por=oficial)
    responder(dos, por=oficial, ahora=timezone.now())
    deshecho = deshacer_asignacion(tanda=hecho.tanda, por=oficial)
    assert deshecho.aportes == [tres.pk]
    assert {a.aporte.pk for a in deshecho.apartados} == {uno.pk, dos.pk}


def test_a_row_that_moved_while_one_looked_is_a_conflict_and_not_lost(consulta, oficial):
    (fila,) = hacer(consulta, 1)
    visto = timezone.now()
    colega = UserFactory(oficial=True, institucion=oficial.institucion)
    asignar_aporte(aporte=fila, institucion=oficial.institucion, responsable=colega, por=colega)
    with pytest.raises(Conflicto):
        asignar_aporte(
            aporte=fila,
            institucion=oficial.institucion,
            responsable=oficial,
            por=oficial,
            visto_en=visto,
        )
    fila.refresh_from_db()
    assert fila.responsable == colega


def test_a_row_under_review_stays_with_whoever_answered(consulta, oficial, otra, como):
    uno = hacer(consulta, 1)[0]
    asignar_aporte(aporte=uno, institucion=otra.institucion, por=cuenta_de(Rol.SECRETARIA))
    paso = derivar_aporte(
        aporte=uno, institucion=oficial.institucion, razon="Es materia suya.", por=otra
    )
    responder(uno, por=oficial, ahora=timezone.now())
    pedir_revision(aporte=uno, texto="No dice por qué.", version=1, por=uno.autoria.cuenta)
    with pytest.raises(Conflicto, match=str(oficial.institucion)):
        derivar_aporte(aporte=uno, institucion=otra.institucion, razon="Mejor ella.", por=oficial)
    with_otra = deshacer_asignacion(tanda=paso.tanda, por=otra)
    assert [a.aporte.pk for a in with_otra.apartados] == [uno.pk]
    ruta = f"/admin/participacion/aportes/inspect/{uno.pk}/"
    pagina = como(oficial).get(ruta).content.decode()
    assert "Corregir" in pagina or "Responder" in pagina
    assert f"/{uno.pk}/derivar/" not in pagina
    asignar_aporte(aporte=uno, institucion=oficial.institucion, responsable=oficial, por=oficial)
    assert Aporte.objects.get(pk=uno.pk).responsable == oficial
