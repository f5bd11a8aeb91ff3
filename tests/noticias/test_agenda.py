from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from icalendar import Calendar

from comun.fechas import SANTIAGO
from noticias.models import AgendaPage, EventoPage
from tests.factories import AHORA
from tests.factories.paginas import EventoFactory, ImagenFactory
from tests.noticias.test_noticias import BASURA, consultas_de

pytestmark = pytest.mark.django_db


def lista(consulta="", ahora=AHORA):
    pagina = AgendaPage.objects.get()
    return pagina.get_context(RequestFactory().get(f"/agenda/{consulta}"), ahora=ahora)


def titulos(contexto):
    return [e.title for e in contexto["page_obj"]]


def test_activity_is_upcoming_until_the_instant_it_ends_and_past_from_it():
    evento = EventoFactory(title="E", inicio=AHORA - timedelta(hours=1), fin=AHORA)
    justo_antes = AHORA - timedelta(microseconds=1)
    assert titulos(lista(ahora=justo_antes)) == ["E"]
    assert titulos(lista("?cuando=pasadas", ahora=justo_antes)) == []
    assert titulos(lista(ahora=AHORA)) == []
    assert titulos(lista("?cuando=pasadas", ahora=AHORA)) == ["E"]
    assert evento.termino(AHORA)


def test_activity_that_ends_at_midnight_of_santiago_is_past_next_day():
    medianoche = datetime(2026, 11, 11, 0, 0, tzinfo=SANTIAGO)
    EventoFactory(title="E", inicio=medianoche - timedelta(hours=2), fin=medianoche)
    assert titulos(lista(ahora=medianoche - timedelta(seconds=1))) == ["E"]
    assert titulos(lista("?cuando=pasadas", ahora=medianoche)) == ["E"]


def test_month_is_that_of_santiago_not_of_utc():
    # 22:30 on 30 November in Santiago is already December in UTC.
    inicio = datetime(2026, 11, 30, 22, 30, tzinfo=SANTIAGO)
    assert inicio.astimezone(UTC).month == 12
    EventoFactory(title="Noviembre", inicio=inicio)
    EventoFactory(title="Diciembre", inicio=inicio + timedelta(hours=2))
    meses = [o.valor for o in lista()["facetas"][0].opciones]
    assert meses == ["", "2026-11", "2026-12"]
    assert titulos(lista("?mes=2026-11")) == ["Noviembre"]
    assert titulos(lista("?mes=2026-12")) == ["Diciembre"]


def test_month_facet_is_right_on_both_sides_of_the_change_of_clocks():
    # In 2027 summer time ends on 4 April at 00:00, when it becomes 23:00 of the 3rd.
    antes = datetime(2027, 3, 31, 23, 30, tzinfo=SANTIAGO)
    despues = datetime(2027, 4, 30, 23, 30, tzinfo=SANTIAGO)
    assert antes.utcoffset() != despues.utcoffset()
    EventoFactory(title="Marzo", inicio=antes)
    EventoFactory(title="Abril", inicio=despues)
    assert titulos(lista("?mes=2027-03")) == ["Marzo"]
    assert titulos(lista("?mes=2027-04")) == ["Abril"]


def test_upcoming_are_soonest_first_and_past_latest_first():
    for dias in (3, 1, -3, -1):
        EventoFactory(title=str(dias), inicio=AHORA + timedelta(days=dias))
    assert titulos(lista()) == ["1", "3"]
    assert titulos(lista("?cuando=pasadas")) == ["-1", "-3"]


def test_filters_by_type_and_region():
    EventoFactory(title="A", tipo="mesa", region="07")
    EventoFactory(title="B", tipo="mesa", region="13")
    EventoFactory(title="C", tipo="taller", region="07")
    assert titulos(lista("?tipo=mesa&region=07")) == ["A"]
    assert [a["texto"] for a in lista("?tipo=mesa&region=07")["activos"]] == [
        "Mesa de trabajo",
        "Maule",
    ]


@pytest.mark.parametrize("valor", [*BASURA, "2026-13", "2026-00", "0000-01", "99"])
@pytest.mark.parametrize("parametro", ["pagina", "mes", "tipo", "region", "cuando"])
def test_garbage_in_the_address_never_fails(client, parametro, valor):
    EventoFactory(inicio=datetime(2100, 1, 1, tzinfo=UTC))
    respuesta = client.get("/agenda/", {parametro: valor})
    assert respuesta.status_code == 200
    assert len(respuesta.context["page_obj"]) == 1


def test_agenda_costs_the_same_with_one_and_with_twenty_five(client):
    lejos = datetime(2100, 1, 1, tzinfo=UTC)
    EventoFactory(inicio=lejos, imagen=ImagenFactory())
    una = consultas_de(client, "/agenda/")
    for i in range(24):
        EventoFactory(inicio=lejos + timedelta(days=20 * i), imagen=ImagenFactory(), region="07")
    assert consultas_de(client, "/agenda/") == una


def test_drafts_private_and_withdrawn_are_not_listed_nor_in_the_calendar(client):
    EventoFactory(title="Visible", slug="visible")
    for i, campos in enumerate(({"borrador": True}, {"privada": True}, {"retirado_motivo": "x"})):
        EventoFactory(title=f"Oculta {i}", slug=f"oculta-{i}", **campos)
        assert client.get(f"/agenda/oculta-{i}/evento.ics").status_code == 404
    assert titulos(lista()) == ["Visible"]
    assert b"Oculta" not in client.get("/agenda/agenda.ics").content


def test_an_activity_ends_after_it_begins_in_the_form_and_in_the_table():
    evento = EventoFactory()
    evento.fin = evento.inicio
    with pytest.raises(ValidationError, match="terminar después"):
        evento.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        EventoPage.objects.filter(pk=evento.pk).update(fin=evento.inicio)


def test_ics_of_one_activity_is_valid_in_utc_with_a_lasting_identity(client):
    evento = EventoFactory(
        title="Sesión; con, signos\\raros",
        slug="sesion",
        resumen="Una línea muy larga " * 8 + "\ny otra con eñes",
        inicio=datetime(2026, 12, 1, 9, 0, tzinfo=SANTIAGO),
        fin=datetime(2026, 12, 1, 11, 0, tzinfo=SANTIAGO),
        lugar="Teatinos 120, Santiago",
    )
    respuesta = client.get("/agenda/sesion/evento.ics")
    assert respuesta["Content-Type"].startswith("text/calendar")
    assert max(len(linea) for linea in respuesta.content.split(b"\r\n")) <= 75
    [vevento] = Calendar.from_ical(respuesta.content).walk("VEVENT")
    assert vevento["dtstart"].dt == datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    assert vevento["dtend"].dt == datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
    assert b"DTSTART:20261201T120000Z" in respuesta.content
    assert b"DTSTAMP:" in respuesta.content
    assert str(vevento["summary"]) == "Sesión; con, signos\\raros"
    assert str(vevento["url"]).endswith("/agenda/sesion/")
    uid = str(vevento["uid"])
    evento.slug = "otra"
    evento.title = "Otro título"
    evento.save_revision().publish()
    [despues] = Calendar.from_ical(client.get("/agenda/otra/evento.ics").content).walk("VEVENT")
    assert str(despues["uid"]) == uid == str(evento.translation_key)


def test_called_off_activity_stays_and_is_cancelled_in_calendars(client):
    evento = EventoFactory(slug="e", suspendido_motivo="Por el frente de mal tiempo.")
    [vevento] = Calendar.from_ical(client.get("/agenda/e/evento.ics").content).walk("VEVENT")
    assert str(vevento["status"]) == "CANCELLED"
    assert "Por el frente de mal tiempo." in client.get(evento.url).content.decode()


def test_whole_agenda_holds_past_and_future_once_each(client):
    EventoFactory(pasado=True)
    EventoFactory()
    calendario = Calendar.from_ical(client.get("/agenda/agenda.ics").content)
    uids = [str(v["uid"]) for v in calendario.walk("VEVENT")]
    assert len(uids) == len(set(uids)) == 2


def test_agenda_calendar_costs_the_same_with_one_and_with_twenty_five(client):
    EventoFactory()
    una = consultas_de(client, "/agenda/agenda.ics")
    for _ in range(24):
        EventoFactory()
    assert consultas_de(client, "/agenda/agenda.ics") == una


def test_activity_page_offers_what_one_needs_to_take_part(client):
    lejos = datetime(2100, 1, 1, tzinfo=UTC)
    evento = EventoFactory(inicio=lejos, inscripcion="https://example.org/inscribirse")
    cuerpo = client.get(evento.url).content.decode()
    assert "https://example.org/inscribirse" in cuerpo
    assert evento.ics_url in cuerpo
    assert '"@type": "Event"' in cuerpo


def test_data_for_machines_cannot_leave_its_element(client):
    evento = EventoFactory(organiza="</script><script>alert(1)</script>")
    assert "<script>alert(1)" not in client.get(evento.url).content.decode()
