"""Drift is found and mended, whatever wrote around the flows."""

import pytest
from django.core.management import call_command
from django.db import connection

from comun import buscador
from consulta.aportes.models import Aporte
from search.models import Ficha
from search.verificacion import rehacer_texto, verificar
from tests.factories.aportes import aporte, contenido
from tests.factories.procesos import EtapaFactory
from tests.search.conftest import anotar, preguntar, titulos

pytestmark = pytest.mark.django_db


def test_what_nobody_told_the_archive_is_found() -> None:
    enviado = aporte(dice=contenido("Murciélago"))
    Ficha.objects.all().delete()
    assert verificar().corregidas["aportes.aporte"] == 1
    assert preguntar("murciélago").total == 1
    Aporte.objects.filter(pk=enviado.pk).update(situacion="removido", motivo="x")
    assert verificar().corregidas["aportes.aporte"] == 1
    assert preguntar("murciélago").total == 0
    assert set(verificar().corregidas.values()) == {0}


def test_row_of_a_source_that_is_no_more_leaves() -> None:
    anotar("huérfana")
    verificar()
    assert titulos("huérfana") == []


def test_lost_full_text_is_written_again() -> None:
    aporte(dice=contenido("Murciélago"))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_texto")
    assert preguntar("murciélago").total == 0
    assert verificar().sin_texto == Ficha.objects.publicas().count()
    assert preguntar("murciélago").total == 1
    assert rehacer_texto() == Ficha.objects.publicas().count()


def test_rebuilding_without_an_engine_says_what_it_did(capsys) -> None:
    aporte(dice=contenido("Murciélago"))
    call_command("search_rebuild")
    assert "fichas en el índice de la base de datos" in capsys.readouterr().out
    call_command("search_verify")
    assert "aportes.aporte: 0 corregidas" in capsys.readouterr().out


def test_batches_of_a_source_cost_the_same_queries(django_assert_max_num_queries) -> None:
    consulta = aporte().consulta
    for _ in range(15):
        aporte(consulta=consulta)
    Ficha.objects.all().delete()
    todos = list(Aporte.objects.all())
    with django_assert_max_num_queries(14):
        buscador.proyectar(todos)
    assert preguntar("municipio").total == 16
    with django_assert_max_num_queries(8):
        buscador.proyectar(todos)


def test_pages_of_a_new_installation_are_found_from_the_start(portada) -> None:
    call_command("migrate", verbosity=0)
    assert titulos("privacidad", "pagina")


def test_date_of_a_process_follows_its_stages() -> None:
    etapa = EtapaFactory(proceso__titulo="Ornitorrinco")
    [hallado] = preguntar("ornitorrinco", "proceso").resultados
    assert hallado.fecha == etapa.inicio
