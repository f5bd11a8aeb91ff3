"""`manage.py crear_consulta ARCHIVO`: a consultation with its process and stages, from a YAML file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction

from comun.errores import ErrorDeDominio
from consulta.procesos.convocatoria import Convocatoria, Falla, Fallas, leer
from consulta.procesos.convocatoria.yaml import TAMANO
from consulta.procesos.flows.convocar import Hecho, convocar
from consulta.procesos.permissions import puede_gestionar_procesos
from cuentas.encargados import encargado


class _Ensayo(Exception):
    """Rolls the rehearsal back."""


class Command(BaseCommand):
    help = (
        "Crea o completa una consulta, con su proceso, sus etapas y sus temas, desde un archivo YAML. "
        "Repetirlo no cambia nada. Un ejemplo: docs/ejemplos/consulta.yaml."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archivo", type=Path, metavar="ARCHIVO")
        parser.add_argument(
            "--previsualizar",
            "--dry-run",
            action="store_true",
            help="Muestra qué haría y no escribe nada.",
        )
        parser.add_argument("--por", default="", metavar="CORREO", help="Cuenta que la crea.")

    def handle(self, *args: Any, archivo: Path, por: str, **opciones: Any) -> None:
        try:
            convocatoria = leer(_contenido(archivo))
        except Fallas as fallas:
            raise self._con(fallas.fallas) from fallas
        cuenta = encargado(por)
        if cuenta is None or not puede_gestionar_procesos(cuenta):
            raise CommandError(
                "Indique con --por el correo de una cuenta de la secretaría técnica.", returncode=2
            )
        try:
            with transaction.atomic():
                hecho = convocar(convocatoria=convocatoria, por=cuenta)
                self._contar(hecho)
                if opciones["previsualizar"]:
                    raise _Ensayo
        except _Ensayo:
            self.stdout.write("Vista previa: no se escribió nada.")
        except ErrorDeDominio as error:
            raise self._con([_lugar(convocatoria, error)]) from error
        except IntegrityError as error:
            raise CommandError(
                "Alguien creó lo mismo mientras tanto: vuelva a intentarlo.", returncode=1
            ) from error
        else:
            self.stdout.write(self.style.SUCCESS("Listo."))

    def _contar(self, hecho: Hecho) -> None:
        for que, pasa in hecho.filas:
            self.stdout.write(f"  {pasa:<12} {que}")
        consulta = hecho.consulta
        if consulta is None:
            return
        if hecho.anunciada:
            self.stdout.write("  se anuncia   el público la ve desde ahora, y no se oculta")
        elif not consulta.publicada:
            self.stdout.write("Sin anunciar: el público todavía no la ve.")
        self.stdout.write(consulta.get_absolute_url())

    def _con(self, fallas: list[Falla]) -> CommandError:
        for falla in fallas:
            self.stdout.write(f"  ✗ {falla}")
        cuantas = f"{len(fallas)} falla{'s' if len(fallas) != 1 else ''}"
        return CommandError(f"{cuantas}: no se escribió nada.", returncode=1)


def _lugar(convocatoria: Convocatoria, error: ErrorDeDominio) -> Falla:
    return convocatoria.falla(error.campo or "", error.mensaje)


def _contenido(archivo: Path) -> bytes:
    try:
        with archivo.open("rb") as abierto:
            return abierto.read(TAMANO + 1)
    except OSError as error:
        raise CommandError(
            f"No se puede leer {archivo}: {error.strerror}.", returncode=2
        ) from error
