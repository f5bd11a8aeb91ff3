"""The big consultation balances, and has the shapes that one measures with."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from consulta.aportes.models import Aporte, Contador
from consulta.aportes.querysets import AporteQuerySet
from consulta.procesos.models import Proceso
from portal.demo.grande import SIGLA

pytestmark = pytest.mark.django_db


def _aportes() -> AporteQuerySet:
    return Aporte.objects.filter(consulta__sigla=SIGLA)


def test_the_ledger_balances_after_two_loads() -> None:
    call_command("demo_grande", "--aportes", "300", stdout=StringIO())
    call_command("demo_grande", "--aportes", "200", stdout=StringIO())
    call_command("comprobar_libro", stdout=StringIO())
    assert _aportes().count() == Contador.objects.get(consulta__sigla=SIGLA).ultimo == 500
    assert Proceso.objects.get(slug="prueba-de-carga-demostracion").es_demostracion


def test_there_is_one_giant_thread_and_answers_of_every_state() -> None:
    call_command("demo_grande", "--aportes", "1000", stdout=StringIO())
    gigante = _aportes().get(n=1)
    assert gigante.hilo.count() > 60
    assert _aportes().respondidos().exists()
    assert _aportes().pendientes().exists()
    assert _aportes().exclude(padre__padre=None).exists()


def test_asking_for_none_is_refused() -> None:
    with pytest.raises(CommandError, match="al menos un aporte"):
        call_command("demo_grande", "--aportes", "0", stdout=StringIO())
