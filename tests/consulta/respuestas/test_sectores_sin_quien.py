"""A whole sector that may not approve: the secretariat is told and the page of the answer says it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comun.avisos import enviar_aviso
from comun.registro import Aviso
from consulta.respuestas.avisos_de_sectores import RAZON, avisar_sectores_sin_quien
from consulta.respuestas.enums import Sentido
from consulta.respuestas.flows.conflictos import declarar_conflicto
from consulta.respuestas.models import RespuestaVersion
from consulta.respuestas.recordatorios import CADA_DIAS, avisar_lo_que_espera
from consulta.respuestas.sectores_sin_quien import sectores_sin_quien
from cuentas.models import Suplencia
from foro.enums import Sector
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.foro import consulta_que_pide, decidir, mandato, sellar

pytestmark = pytest.mark.django_db
CIVIL = Sector.SOCIEDAD_CIVIL
DIA = timedelta(days=1)


@pytest.fixture
def gobierno():
    return mandato()


@pytest.fixture
def civil():
    return mandato(CIVIL)


def con_conflicto(miembro, version, ahora=AHORA):
    declarar_conflicto(
        mandato=miembro, consulta=version.respuesta.consulta, motivo="Asesoro a quien propone.",
        por=miembro.cuenta, ahora=ahora,
    )  # fmt: skip


def sin_quien(version, ahora=AHORA):
    fila = RespuestaVersion.objects.select_related("respuesta__consulta").get(pk=version.pk)
    return sectores_sin_quien([fila], ahora.date()).get(version.pk, [])


def cartas(razon=RAZON):
    mail.outbox.clear()
    for aviso in Aviso.objects.filter(razon=razon).order_by("pk"):
        enviar_aviso.func(aviso.pk)
    return [f"{m.subject}\n{m.body}\n{m.alternatives[0].content}" for m in mail.outbox]


def test_a_sector_is_barred_when_all_its_members_are(gobierno, civil):
    version = sellar()
    assert sin_quien(version) == []
    con_conflicto(civil, version)
    (sector,) = sin_quien(version)
    assert sector.frase == f"Sociedad civil: {civil.nombre}: declaró un conflicto de interés"
    mandato(CIVIL)
    assert sin_quien(version) == []


def test_a_sector_without_members_is_barred_and_one_that_spoke_is_not(civil):
    version = sellar()
    assert [s.sector for s in sin_quien(version)] == [Sector.GOBIERNO]
    assert "no tiene integrantes" in sin_quien(version)[0].frase
    pide = mandato()
    decidir(version, pide, Sentido.PIDE_CAMBIOS, "Falta la ley.")
    assert sin_quien(version) == []


def test_who_decided_and_declared_an_interest_after_leaves_the_sector_without_anybody(
    gobierno, civil
):
    version = sellar()
    decidir(version, gobierno)
    con_conflicto(gobierno, version, AHORA + DIA)
    assert [s.sector for s in sin_quien(version)] == [Sector.GOBIERNO]


def test_the_member_of_the_institution_that_answers_is_barred(gobierno, civil):
    oficial = UserFactory(oficial=True, institucion=gobierno.organizacion)
    version = sellar(por=oficial)
    (sector,) = sin_quien(version)
    assert "responde su propia institución" in sector.frase


def test_the_secretariat_is_told_once_again_after_something_new_and_not_once_mended(
    gobierno, civil
):
    mesa = UserFactory(secretaria=True)
    UserFactory(secretaria=True, is_active=False)
    consulta = consulta_que_pide()
    version = sellar(aporte(consulta=consulta))
    assert avisar_sectores_sin_quien(AHORA) == 0
    con_conflicto(civil, version)
    minuto = timedelta(minutes=1)
    assert avisar_sectores_sin_quien(AHORA + minuto) == 1
    assert avisar_sectores_sin_quien(AHORA + 2 * minuto) == 0
    (carta,) = cartas()
    folio = version.coberturas.get().aporte.folio
    assert folio in carta and civil.nombre in carta and "conflicto de interés" in carta
    assert "nombre en el foro a otra persona de ese sector" in carta
    assert Aviso.objects.get(razon=RAZON).destino == f"cuenta:{mesa.pk}"
    sellar(aporte(consulta=consulta), ahora=AHORA + DIA)
    assert avisar_sectores_sin_quien(AHORA + DIA + minuto) == 1
    assert "2 respuestas esperan a un sector" in cartas()[-1]
    assert avisar_sectores_sin_quien(AHORA + DIA * 2) == 0
    assert avisar_sectores_sin_quien(AHORA + DIA * (CADA_DIAS + 2)) == 1
    mandato(CIVIL)
    assert avisar_sectores_sin_quien(AHORA + DIA * 60) == 0
    assert cartas() == []


def test_the_page_of_the_answer_says_it_and_what_to_do(client, gobierno, civil):
    ahora = timezone.now()
    version = sellar()
    con_conflicto(civil, version, ahora)
    client.force_login(UserFactory(secretaria=True))
    for ruta in (
        f"/admin/participacion/selladas/{version.pk}/",
        f"/admin/participacion/aportes/inspect/{version.coberturas.get().aporte_id}/",
    ):
        pagina = client.get(ruta).content.decode()
        assert "Nadie puede dar esta conformidad" in pagina, ruta
        assert "Asesoro a quien propone." in pagina and civil.nombre in pagina
    mandato(CIVIL)
    assert "Nadie puede dar" not in client.get(ruta).content.decode()


def test_the_mail_to_members_says_who_declared_an_interest(gobierno, civil):
    version = sellar()
    con_conflicto(civil, version)
    assert avisar_lo_que_espera(AHORA) == 1
    (carta,) = cartas("conformidades_pendientes")
    dicho = f"conflicto de interés declarado: {civil.nombre} ({civil.organizacion})"
    assert carta.count(dicho) == 2
    decidir(version, gobierno)
    (carta,) = cartas("conformidad_decidida")
    assert carta.count(dicho) == 2


def test_it_costs_the_same_for_one_answer_as_for_five(gobierno, civil):
    consulta = consulta_que_pide()

    def cuantas():
        with CaptureQueriesContext(connection) as hechas:
            avisar_sectores_sin_quien(AHORA)
        return len(hechas)

    sellar(aporte(consulta=consulta))
    una = cuantas()
    for _ in range(4):
        sellar(aporte(consulta=consulta))
    assert cuantas() == una


def test_the_page_of_an_answer_costs_the_same_for_two_members_as_for_twelve(
    client, gobierno, civil
):
    version = sellar()
    con_conflicto(civil, version)
    client.force_login(UserFactory(secretaria=True))

    def cuantas():
        ruta = f"/admin/participacion/selladas/{version.pk}/"
        client.get(ruta)
        with CaptureQueriesContext(connection) as hechas:
            assert "Nadie puede dar" in client.get(ruta).content.decode()
        return len(hechas)

    con_dos = cuantas()
    for _ in range(10):
        con_conflicto(mandato(CIVIL), version)
    assert cuantas() == con_dos


def test_members_and_their_substitutes_find_the_desk_in_the_account_menu(client, gobierno):
    suplente, otra = UserFactory(), UserFactory()
    hoy = timezone.now()
    Suplencia.objects.create(
        titular=gobierno.cuenta, suplente=suplente, desde=hoy.date() - DIA, hasta=hoy.date() + DIA,
        creada_en=hoy,
    )  # fmt: skip
    for cuenta, esta in ((gobierno.cuenta, True), (suplente, True), (otra, False)):
        client.force_login(cuenta)
        for ruta in ("/avisos/", "/cuenta/email/"):
            pagina = client.get(ruta).content.decode()
            assert ('href="/conformidades/"' in pagina) is esta, (cuenta, ruta)
