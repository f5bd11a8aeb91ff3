"""The chain of seals: what was sealed cannot be changed, taken out, put in or moved unseen."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from comun import cadena, merkle
from comun.flows.sellar import sellar
from comun.registro import Evento, EventoDetalle, Sello
from tests.factories import AHORA
from tests.factories.cadena import eventos, sin_gatillos

pytestmark = pytest.mark.django_db


def verificar(**opciones):
    salida = StringIO()
    call_command("verificar_cadena", stdout=salida, stderr=salida, **opciones)
    return salida.getvalue()


def fallas():
    salida = StringIO()
    with pytest.raises(CommandError, match="no cuadra"):
        call_command("verificar_cadena", stdout=salida, stderr=salida)
    return salida.getvalue()


def tres_sellos():
    for vuelta in range(3):
        eventos(5)
        sellar(ahora=AHORA + timedelta(minutes=vuelta))
    return list(Sello.objects.order_by("n"))


def test_each_event_lies_in_exactly_one_seal_and_each_seal_continues_the_one_before():
    sellos = tres_sellos()
    assert [s.n for s in sellos] == [1, 2, 3]
    assert [s.previo for s in sellos] == [cadena.ORIGEN, sellos[0].sha256, sellos[1].sha256]
    assert [s.desde for s in sellos] == [1, sellos[0].hasta + 1, sellos[1].hasta + 1]
    assert sum(s.cuantos for s in sellos) == Evento.objects.count() == 15
    assert sellar(ahora=AHORA) == []
    assert "La cadena cuadra." in verificar()


def test_many_events_are_sealed_in_batches():
    eventos(23)
    assert [s.cuantos for s in sellar(ahora=AHORA, maximo=10)] == [10, 10, 3]
    assert "3 sellos, 23 eventos" in verificar()


def test_without_seals_the_command_says_so_and_does_not_fail():
    eventos(2)
    assert "2 eventos esperan el primero" in verificar()


def test_a_seal_and_its_events_cannot_be_written_again():
    tres_sellos()
    for cambio in (
        lambda: Sello.objects.filter(n=2).update(raiz="0" * 64),
        lambda: Sello.objects.filter(n=2).delete(),
        lambda: Evento.objects.filter(seq=Evento.objects.first().seq).update(verbo="otro"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            cambio()


@pytest.mark.parametrize("campo", ["verbo", "objeto", "actor_seudonimo", "compromiso"])
def test_an_event_changed_behind_the_portal_is_found(campo):
    sello = tres_sellos()[1]
    with sin_gatillos():
        Evento.objects.filter(seq=sello.desde).update(**{campo: "x"})
    assert "sello 2: algún evento fue cambiado" in fallas()


def test_an_event_moved_by_a_microsecond_is_found():
    sello = tres_sellos()[1]
    with sin_gatillos():
        Evento.objects.filter(seq=sello.desde).update(en=AHORA + timedelta(microseconds=1))
    assert "sello 2: algún evento" in fallas()


def test_an_event_taken_out_or_put_in_is_found():
    sello = tres_sellos()[1]
    with sin_gatillos():
        EventoDetalle.objects.filter(evento=sello.desde).delete()
        Evento.objects.filter(seq=sello.desde).delete()
        assert "sello 2: selló 5 eventos y ahora hay 4" in fallas()
        for n in range(2):
            Evento.objects.create(
                seq=sello.desde if n == 0 else 0, en=AHORA, verbo="v", objeto="o", compromiso="c"
            )
    assert "sello 2: algún evento" in fallas()


def test_seals_that_were_rewritten_reordered_or_dropped_are_found():
    uno, dos, _tres = tres_sellos()
    with sin_gatillos():
        Sello.objects.filter(n=2).update(previo=uno.raiz)
        assert "sello 2: no continúa al sello anterior" in fallas()
        Sello.objects.filter(n=2).update(previo=dos.previo, en=AHORA + timedelta(days=1))
        assert "sello 2: sus datos no dan su sha256" in fallas()
        Sello.objects.filter(n=2).update(en=dos.en, n=9)
        assert "falta el sello 2" in fallas()


def test_a_chain_rewritten_whole_no_longer_has_the_head_someone_kept():
    sellos = tres_sellos()
    with sin_gatillos():
        Evento.objects.filter(seq=1).update(verbo="otro")
        Evento.objects.filter(seq=sellos[0].desde).update(verbo="otro")
        Sello.objects.all().delete()
    sellar(ahora=AHORA)
    assert "La cadena cuadra." in verificar()
    assert not Sello.objects.filter(sha256=sellos[2].sha256).exists()


def test_a_check_may_begin_at_a_later_seal():
    sello = tres_sellos()[0]
    with sin_gatillos():
        Evento.objects.filter(seq=sello.hasta).update(verbo="x")
    assert "La cadena cuadra." in verificar(desde=2)
    with pytest.raises(CommandError, match="último sello es el 3"):
        verificar(desde=4)
    with pytest.raises(CommandError, match="1 o más"):
        verificar(desde=0)


def test_erasing_what_an_event_says_of_people_changes_no_leaf():
    tres_sellos()
    EventoDetalle.objects.all().delete()
    assert "La cadena cuadra." in verificar()


def test_the_proof_of_each_event_leads_to_the_sealed_root():
    eventos(11)
    (sello,) = sellar(ahora=AHORA)
    for evento in Evento.objects.all():
        prueba = cadena.probar(evento)
        pasos = [bytes.fromhex(p) for p in prueba.camino]
        suma = cadena.hoja_de(evento)
        assert merkle.raiz_desde(suma, prueba.indice, sello.cuantos, pasos).hex() == sello.raiz
        assert merkle.raiz_desde(suma[::-1], prueba.indice, 11, pasos).hex() != sello.raiz
    (suelto,) = eventos(1)
    assert cadena.probar(suelto) is None


def test_a_seal_costs_the_same_queries_whatever_it_holds():
    eventos(3)
    sellar(ahora=AHORA)
    medidas = set()
    for cuantos in (2, 40):
        eventos(cuantos)
        with CaptureQueriesContext(connection) as hechas:
            sellar(ahora=AHORA)
        medidas.add(len(hechas))
    assert len(medidas) == 1


@pytest.mark.parametrize("cuantas", [1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33])
def test_every_leaf_of_a_tree_of_any_size_has_its_path(cuantas):
    hojas = [merkle.hoja(bytes([n])) for n in range(cuantas)]
    raiz = merkle.raiz(iter(hojas))
    for i, hoja in enumerate(hojas):
        pasos = merkle.camino(hojas, i)
        assert merkle.raiz_desde(hoja, i, cuantas, pasos) == raiz
        assert merkle.raiz_desde(hoja, i + 1, cuantas, pasos) != raiz or cuantas == 1
        assert merkle.raiz_desde(hoja, i, cuantas, [*pasos, raiz]) is None


def test_the_tree_is_the_one_of_rfc_6962():
    # Vectors of the Certificate Transparency reference implementation.
    datos = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    datos.append("606162636465666768696a6b6c6d6e6f")
    hojas = [merkle.hoja(bytes.fromhex(d)) for d in datos]
    assert merkle.raiz(hojas[:1]).hex().startswith("6e340b9cffb37a98")
    assert merkle.raiz(hojas).hex() == (
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    )
    assert merkle.raiz([]) == merkle.VACIO


def test_the_head_is_said_exactly_as_documented():
    cabeza = cadena.suma_de_sello(
        n=1, desde=1, hasta=2, cuantos=2, raiz="a" * 64, previo=cadena.ORIGEN, en=AHORA
    )
    assert cabeza == "ae756281ee6ba58e38bc4ef72687bba9d74e870ad2bdb395036f7570914f51ce"
