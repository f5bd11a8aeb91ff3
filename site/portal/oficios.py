"""What the clock does for the whole portal: scheduled publishing, and sweeping up."""

from datetime import datetime

from django.core.management import call_command

from comun.reloj import Oficio, registrar

DIA = 24 * 60 * 60


def publicar_programadas(ahora: datetime) -> None:
    """Publish what was scheduled and take down what expired, by Wagtail's own clock."""
    call_command("publish_scheduled", verbosity=0)


def barrer(ahora: datetime) -> None:
    """Delete expired sessions, tasks of any queue that ended well over two weeks ago, and those that
    were given up a quarter ago."""
    call_command("clearsessions", verbosity=0)
    call_command(
        "prune_db_task_results",
        queue_name="*",
        min_age_days=14,
        failed_min_age_days=90,
        verbosity=0,
    )


def registrar_oficios() -> None:
    """Called once at start-up."""
    registrar(Oficio("publicar lo programado", 30, publicar_programadas))
    registrar(Oficio("barrer", DIA, barrer))
