"""What whoever operates the portal asks of it, and what the clock sweeps."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from portal.oficios import barrer
from tests.factories.aportes import enviar
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db


def test_with_the_database_down_it_says_so_instead_of_failing(client):
    assert client.get("/salud/").status_code == 200

    def caida(*_args):
        raise OperationalError("no responde")

    with connection.execute_wrapper(caida):
        assert client.get("/salud/").status_code == 503


def test_the_tasks_of_every_queue_are_swept_in_time_and_those_given_up_stay_longer():
    enviar(por=UserFactory())
    tareas = DBTaskResult.objects.filter(queue_name="correo")
    ahora = timezone.now()
    tareas.update(status=TaskResultStatus.SUCCESSFUL, finished_at=ahora - timedelta(days=13))
    barrer(ahora)
    assert tareas.exists()
    tareas.update(status=TaskResultStatus.FAILED, finished_at=ahora - timedelta(days=15))
    barrer(ahora)
    assert tareas.exists()
    tareas.update(status=TaskResultStatus.SUCCESSFUL)
    barrer(ahora)
    assert not tareas.exists()
