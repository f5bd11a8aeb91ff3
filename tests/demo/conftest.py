"""The demo is loaded once for all that look at it, and rolled back at the end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core import mail
from django.db import transaction

from portal.demo import carga
from portal.demo.calendario import Calendario

HOY = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The runner makes the database that some test asks for by its mark: a package fixture has none.
    Of two processes one takes them all: it is loaded once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.django_db)
            item.add_marker(pytest.mark.xdist_group("demo"))


@dataclass
class Cargada:
    """What the loading said, and the calendar it was told from."""

    dicho: list[str]
    calendario: Calendario
    ahora: datetime


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Cargada]:
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        mail.outbox = []
        dicho: list[str] = []
        assert carga.cargar(decir=dicho.append, ahora=HOY)
        yield Cargada(dicho, Calendario(HOY.date()), HOY)
        transaction.set_rollback(True)
