"""Members of the forum decide on sealed answers: what was approved is exactly what is published."""

from datetime import timedelta

import pytest

from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.registro import Aviso, Evento
from consulta.aportes.flows.corregir import corregir_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.respuestas.decisiones import disensos_de, estado_de
from consulta.respuestas.enums import Sentido
from consulta.respuestas.flows.borrador import guardar_borrador
from consulta.respuestas.flows.conflictos import declarar_conflicto
from consulta.respuestas.flows.decidir import decidir_conformidades
from consulta.respuestas.flows.dejar import dejar_sin_efecto
from consulta.respuestas.flows.publicar import FaltaConformidad, publicar_version
from consulta.respuestas.flows.retomar import retomar
from consulta.respuestas.models import Conformidad, FilaDeBorrador, Lote, RespuestaVersion
from foro.enums import Sector
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido
from tests.factories.cuentas import UserFactory
from tests.factories.foro import consulta_que_pide, decidir, mandato, sellar, suplencia

pytestmark = pytest.mark.django_db
CIVIL = Sector.SOCIEDAD_CIVIL


@pytest.fixture
def gobierno():
    return mandato()


@pytest.fixture
def civil():
    return mandato(CIVIL)


def test_the_last_sector_publishes_and_the_author_is_told(gobierno, civil):
    version = sellar()
    assert decidir(version, gobierno).publicadas == []
    assert not Aporte.objects.get().esta_respondido
    hecho = decidir(version, civil, Sentido.CON_DISENSO, "Falta un plazo.")
    assert [v.pk for v in hecho.publicadas] == [version.pk]
    assert Aporte.objects.get().respondido_en == AHORA
    assert Aviso.objects.filter(razon="respuesta").count() == 1
    assert set(Conformidad.objects.values_list("sha256", flat=True)) == {version.sha256}
    assert Evento.objects.filter(verbo="decidir_conformidad").count() == 2


def test_one_sector_twice_is_not_two_sectors(gobierno):
    version = sellar()
    decidir(version, gobierno)
    decidir(version, mandato())
    version.refresh_from_db()
    assert version.publicada_en is None
    with pytest.raises(FaltaConformidad, match="Sociedad civil"):
        publicar_version(version=version, por=version.presentada_por, ahora=AHORA)


def test_an_answer_of_a_batch_waits_for_the_moment_of_its_batch(gobierno, civil):
    consulta = consulta_que_pide()
    lote = Lote.objects.create(consulta=consulta, nombre="Marzo", creado_en=AHORA)
    version = sellar(aporte(consulta=consulta), lote=lote)
    decidir(version, gobierno)
    assert decidir(version, civil).publicadas == []
    assert publicar_version(version=version, por=version.presentada_por, ahora=AHORA).publicada_en


def test_an_answer_that_its_batch_left_behind_is_published_by_the_last_approval(gobierno, civil):
    consulta = consulta_que_pide()
    lote = Lote.objects.create(consulta=consulta, nombre="Marzo", creado_en=AHORA)
    version = sellar(aporte(consulta=consulta), lote=lote)
    decidir(version, gobierno)
    Lote.objects.filter(pk=lote.pk).update(publicado_en=AHORA)
    assert [v.pk for v in decidir(version, civil).publicadas] == [version.pk]


def test_asking_for_changes_stops_it_until_the_sector_says_otherwise(gobierno, civil):
    version = sellar()
    decidir(version, civil)
    decidir(version, gobierno, Sentido.PIDE_CAMBIOS, "No dice qué ley.")
    estado = estado_de(version)
    assert estado.faltan == ["Gobierno"]
    assert estado.pide_cambios == "No dice qué ley."
    otro = mandato()
    assert decidir(version, otro, ahora=AHORA + timedelta(hours=1)).publicadas


@pytest.mark.parametrize(
    ("sentido", "nota", "campo"),
    [
        ("quizás", "", "sentido"),
        (Sentido.CON_DISENSO, " \x00", "nota"),
        (Sentido.PIDE_CAMBIOS, "", "nota"),
        (Sentido.CONFORME, "x" * 2001, "nota"),
    ],
)
def test_what_cannot_be_decided_says_which_field(gobierno, sentido, nota, campo):
    version = sellar()
    with pytest.raises(DatoInvalido) as error:
        decidir(version, gobierno, sentido, nota)
    assert error.value.campo == campo


def test_only_the_text_that_was_read_is_decided_on(gobierno):
    with pytest.raises(Conflicto, match="No es el texto"):
        decidir(sellar(), gobierno, sha256="0" * 64)


def test_one_decides_once_and_for_good(gobierno):
    version = sellar()
    decidir(version, gobierno)
    with pytest.raises(SinPermiso, match="Ya decidió"):
        decidir(version, gobierno, Sentido.PIDE_CAMBIOS, "Lo pensé mejor.")


def test_a_substitute_decides_for_another_and_it_says_so(gobierno):
    version, suplente = sellar(), UserFactory(nombre_publico="Rosa Díaz")
    with pytest.raises(SinPermiso, match="no integra el foro"):
        decidir(version, gobierno, por=suplente)
    suplencia(gobierno.cuenta, suplente)
    decidir(version, gobierno, por=suplente)
    (decision,) = estado_de(version).decisiones
    assert decision.suplente == "Rosa Díaz"
    assert decision.nombre == gobierno.nombre


def test_one_person_does_not_speak_for_two_sectors_about_one_answer(gobierno, civil):
    version = sellar()
    suplencia(civil.cuenta, gobierno.cuenta)
    decidir(version, gobierno)
    with pytest.raises(SinPermiso, match="Ya decidió"):
        decidir(version, civil, por=gobierno.cuenta)


def test_a_mandate_that_ended_or_has_not_begun_decides_nothing():
    version = sellar()
    ayer, manana = AHORA.date() - timedelta(days=1), AHORA.date() + timedelta(days=1)
    for quien in (mandato(hasta=ayer), mandato(desde=manana)):
        with pytest.raises(SinPermiso):
            decidir(version, quien)


def test_a_sector_that_was_not_asked_decides_nothing():
    with pytest.raises(SinPermiso, match="no pide"):
        decidir(sellar(), mandato(Sector.ACADEMIA))


def test_nobody_decides_on_what_is_theirs(gobierno):
    oficial = UserFactory(oficial=True)
    consulta = consulta_que_pide()
    persona = gobierno.cuenta
    suyo = sellar(aporte(consulta=consulta, por=persona), por=oficial)
    with pytest.raises(SinPermiso, match="aporte suyo"):
        decidir(suyo, gobierno)
    version = sellar(aporte(consulta=consulta), por=oficial)
    for quien in (
        mandato(cuenta=oficial),
        mandato(organizacion=oficial.institucion),
        mandato(cuenta=UserFactory(institucion=oficial.institucion)),
    ):
        with pytest.raises(SinPermiso, match="alguien más"):
            decidir(version, quien)
    suplencia(gobierno.cuenta, otro := UserFactory(oficial=True, institucion=oficial.institucion))
    with pytest.raises(SinPermiso, match="propia institución"):
        decidir(version, gobierno, por=otro)


@pytest.mark.parametrize("toda", [True, False])
def test_a_declared_interest_bars_and_takes_the_weight_off_what_was_decided(gobierno, civil, toda):
    consulta = consulta_que_pide()
    una, otra = sellar(aporte(consulta=consulta)), sellar(aporte(consulta=consulta))
    decidir(una, gobierno)
    declarar_conflicto(
        mandato=gobierno,
        consulta=consulta,
        respuesta=None if toda else una.respuesta,
        motivo="Asesoré a quien lo propone.",
        por=gobierno.cuenta,
        ahora=AHORA,
    )
    assert decidir(una, civil).publicadas == []
    assert estado_de(una).faltan == ["Gobierno"]
    if toda:
        with pytest.raises(SinPermiso, match="conflicto"):
            decidir(otra, gobierno)
    else:
        decidir(otra, gobierno)
    assert decidir(una, mandato(), ahora=AHORA + timedelta(hours=1)).publicadas


def test_many_at_once_each_has_its_own_row_and_one_refusal_holds_up_no_other(
    gobierno, civil, django_assert_max_num_queries
):
    consulta = consulta_que_pide(CIVIL)
    oficial = UserFactory(oficial=True)
    varias = [sellar(aporte(consulta=consulta), por=oficial) for _ in range(6)]
    ajena = sellar(aporte(consulta=consulta, por=civil.cuenta), por=oficial)
    with django_assert_max_num_queries(140):
        hecho = decidir_conformidades(
            leidas={v.pk: v.sha256 for v in [*varias, ajena]},
            mandato=civil,
            sentido=Sentido.CONFORME,
            por=civil.cuenta,
            ahora=AHORA,
        )
    assert len(hecho.publicadas) == len(hecho.conformidades) == 6
    assert set(hecho.rechazadas) == {ajena.pk}
    assert Conformidad.objects.count() == 6
    assert Aviso.objects.filter(razon="conformidad_decidida").count() == 1


def test_officials_take_it_back_with_a_reason_and_go_on_from_its_words(gobierno):
    version = sellar(linea="Gracias.")
    uno, oficial = Aporte.objects.get(), version.presentada_por
    decidir(version, gobierno, Sentido.PIDE_CAMBIOS, "Sea más breve.")
    borrador = retomar(version=version, por=oficial, ahora=AHORA)
    version.refresh_from_db()
    assert "pidió cambios" in version.sin_efecto_motivo
    assert borrador.datos_de(uno)["razon"] == version.razon
    assert borrador.datos_de(uno)["linea"] == "Gracias."
    assert borrador.datos_de(uno)["destino"] == "nada"
    nueva = sellar(uno, por=oficial)
    assert nueva.pk != version.pk
    with pytest.raises(Conflicto, match="sin efecto"):
        decidir(version, mandato())


def test_taking_it_up_needs_a_reason_where_nobody_asked_and_loses_no_words():
    version = sellar()
    uno, oficial = Aporte.objects.get(), version.presentada_por
    with pytest.raises(DatoInvalido) as error:
        retomar(version=version, por=oficial, ahora=AHORA)
    assert error.value.campo == "motivo"
    previo = guardar_borrador(
        aporte=uno,
        institucion=oficial.institucion,
        datos={"razon": "Otra cosa"},
        por=oficial,
        ahora=AHORA,
    )
    assert retomar(version=version, por=oficial, motivo="Un error", ahora=AHORA) == previo
    assert FilaDeBorrador.objects.get().borrador.razon == "Otra cosa"


def test_only_its_institution_or_the_secretariat_takes_it_back():
    version = sellar()
    for quien in (UserFactory(oficial=True), UserFactory(), mandato().cuenta):
        with pytest.raises(SinPermiso):
            dejar_sin_efecto(version=version, motivo="No", por=quien, ahora=AHORA)
    dejar_sin_efecto(
        version=version, motivo="Se repite.", por=UserFactory(secretaria=True), ahora=AHORA
    )
    with pytest.raises(Conflicto, match="Ya había quedado"):
        dejar_sin_efecto(version=version, motivo="x", por=version.presentada_por, ahora=AHORA)


def test_a_published_answer_is_corrected_and_not_taken_back(gobierno, civil):
    version = sellar()
    decidir(version, gobierno)
    decidir(version, civil)
    with pytest.raises(Conflicto, match="corregirla"):
        dejar_sin_efecto(version=version, motivo="x", por=version.presentada_por, ahora=AHORA)


def test_withdrawing_what_it_answers_leaves_the_answer_without_effect(gobierno):
    consulta = consulta_que_pide()
    uno, otro = aporte(consulta=consulta), aporte(consulta=consulta)
    version = sellar(uno, otro)
    retirar_aporte(aporte=uno, por=uno.autoria.cuenta, ahora=AHORA)
    version.refresh_from_db()
    assert version.sin_efecto_en is None, "the other one still waits"
    decidir(version, gobierno)
    retirar_aporte(aporte=otro, por=otro.autoria.cuenta, ahora=AHORA)
    version.refresh_from_db()
    assert "retirado" in version.sin_efecto_motivo
    assert Aviso.objects.filter(razon="respuesta_devuelta").count() == 1


def test_correcting_what_it_answers_sets_it_aside_and_one_click_takes_it_up(gobierno):
    version = sellar()
    uno = Aporte.objects.get()
    corregir_aporte(
        aporte=uno,
        contenido=contenido("Otras palabras, más precisas."),
        por=uno.autoria.cuenta,
        version=1,
        ahora=AHORA,
    )
    with pytest.raises(Conflicto, match="corrigió"):
        decidir(version, gobierno)
    borrador = retomar(version=version, por=version.presentada_por, ahora=AHORA)
    assert borrador.filas.get().aporte == uno


def test_where_nothing_is_asked_a_correction_sets_aside_only_when_publishing():
    version = sellar(aporte())
    uno = Aporte.objects.get()
    corregir_aporte(
        aporte=uno,
        contenido=contenido("Otras palabras, más precisas."),
        por=uno.autoria.cuenta,
        version=1,
        ahora=AHORA,
    )
    assert RespuestaVersion.objects.presentadas().get() == version
    with pytest.raises(Conflicto, match="corrigió"):
        publicar_version(version=version, por=version.presentada_por, ahora=AHORA)


def test_a_dissent_stands_until_what_it_was_about_is_corrected(gobierno, civil):
    consulta = consulta_que_pide()
    uno, dos = aporte(consulta=consulta), aporte(consulta=consulta)
    primera = sellar(uno)
    decidir(primera, gobierno)
    decidir(primera, civil, Sentido.CON_DISENSO, "Falta un plazo.")
    for cual, reemplazada in ((dos, False), (uno, True)):
        version = sellar(
            cual, por=primera.presentada_por, respuesta=primera.respuesta, motivo_cambio="Se afina."
        )
        decidir(version, gobierno)
        decidir(version, civil)
        assert disensos_de(consulta).get().reemplazada is reemplazada
