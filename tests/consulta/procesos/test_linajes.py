"""Versions that were published before matches were kept get them when the site is brought up to date."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from comun.gatillos import declarados, instalar, retirar
from consulta.procesos.models import Correspondencia
from tests.factories.borradores import version
from tests.factories.procesos import ConsultaFactory

pytestmark = pytest.mark.django_db
migracion = import_module("consulta.procesos.migrations.0004_corresponder_publicadas")
TEXTOS = ["# Agua", "El agua es de todas las personas.", "El aire es de nadie."]


def sellos():
    return [g for g in declarados() if g.tabla == "procesos_correspondencia"]


def filas():
    return list(
        Correspondencia.objects.order_by("a", "de").values_list("de", "a", "tipo", "seguridad")
    )


def test_old_versions_are_matched_as_publishing_would_have():
    consultas = [ConsultaFactory(), ConsultaFactory()]
    for consulta in consultas:
        version(consulta, TEXTOS)
        version(consulta, [*TEXTOS[:2], "Otra cosa por completo distinta, y larga."])
        version(consulta, list(reversed(TEXTOS)))
    esperadas = filas()
    assert esperadas
    retirar(connection, sellos())
    Correspondencia.objects.all().delete()
    instalar(connection, sellos())
    for _vez in range(2):
        migracion.corresponder(apps, SimpleNamespace(connection=connection))
        assert filas() == esperadas
    instalar(connection, sellos())
    with pytest.raises(IntegrityError), transaction.atomic():
        Correspondencia.objects.create(de_id=esperadas[0][0], a_id=esperadas[-1][1], tipo="igual")


def test_what_a_person_matched_is_not_touched():
    consulta = ConsultaFactory()
    version(consulta, TEXTOS)
    version(consulta, TEXTOS, [(1, 2)])
    antes = filas()
    migracion.corresponder(apps, SimpleNamespace(connection=connection))
    assert filas() == antes
