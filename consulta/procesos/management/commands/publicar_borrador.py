"""`manage.py publicar_borrador ARCHIVO --consulta SLUG`: cut, match and publish a version of a draft."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from comun.errores import ErrorDeDominio
from consulta.procesos.emparejar.seguridad import DUDOSA
from consulta.procesos.enums import TipoCorrespondencia, TipoFragmento
from consulta.procesos.flows.borrador import publicar_version
from consulta.procesos.flows.correspondencias import aristas_hacia
from consulta.procesos.flows.redactar import preparar_version
from consulta.procesos.importar.archivos import PESO_MAXIMO
from consulta.procesos.models import Consulta, VersionBorrador
from cuentas.models import User
from cuentas.roles import Rol


class _Ensayo(Exception):
    """Rolls the rehearsal back."""


class Command(BaseCommand):
    help = "Separa, empareja y publica una versión de un borrador (DOCX, Markdown, HTML o texto)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archivo", help="Ruta del documento.")
        parser.add_argument(
            "--consulta", required=True, help="Nombre de la consulta en su dirección."
        )
        parser.add_argument("--titulo", default="", help="Título de la versión.")
        parser.add_argument("--por", default="", help="Correo de la cuenta que publica.")
        parser.add_argument(
            "--previsualizar",
            "--dry-run",
            action="store_true",
            help="Muestra todo y no escribe nada.",
        )
        parser.add_argument(
            "--sin-publicar",
            action="store_true",
            help="La deja preparada, para revisarla en /admin/.",
        )

    def handle(
        self, *, archivo: str, consulta: str, titulo: str, por: str, **opciones: Any
    ) -> None:
        contenido = _leer(archivo)
        fila = Consulta.objects.con_contexto().filter(slug=consulta).first()
        if fila is None:
            raise CommandError(f"No hay una consulta «{consulta}».", returncode=2)
        cuenta = _cuenta(por)
        try:
            with transaction.atomic():
                version = preparar_version(
                    consulta=fila, archivo=contenido, nombre=Path(archivo).name,
                    titulo=titulo, por=cuenta,
                )  # fmt: skip
                self._contar(version)
                if opciones["previsualizar"]:
                    raise _Ensayo
                if not opciones["sin_publicar"]:
                    version = publicar_version(version=version, por=cuenta)
        except _Ensayo:
            self.stdout.write("Vista previa: no se escribió nada.")
            return
        except ErrorDeDominio as error:
            raise CommandError(error.mensaje, returncode=1) from error
        hecha = "preparada, sin publicar" if opciones["sin_publicar"] else "publicada"
        self.stdout.write(self.style.SUCCESS(f"Versión {version.n} {hecha}."))
        if version.publicada_en:
            self.stdout.write(version.get_absolute_url())

    def _contar(self, version: VersionBorrador) -> None:
        fragmentos = list(version.fragmentos.values_list("pk", "tipo"))
        self.stdout.write(f"Versión {version.n}: {len(fragmentos)} fragmentos")
        clases = Counter(tipo for _pk, tipo in fragmentos)
        for clase in TipoFragmento:
            if clases[clase]:
                self.stdout.write(f"  {clase.label:<24}{clases[clase]:>6}")
        anterior = version.anterior()
        if anterior is None:
            self.stdout.write("Es la primera versión: no hay con qué emparejarla.")
            return
        self._emparejadas(version, anterior, len(fragmentos))

    def _emparejadas(self, version: VersionBorrador, anterior: VersionBorrador, total: int) -> None:
        filas = list(aristas_hacia(version).values_list("tipo", "seguridad", "de_id", "a_id"))
        self.stdout.write(f"Correspondencias con la versión {anterior.n}: {len(filas)}")
        for tipo in TipoCorrespondencia:
            suyas = [s for t, s, _de, _a in filas if t == tipo]
            if suyas:
                media, menor = round(sum(suyas) / len(suyas)), min(suyas)
                self.stdout.write(
                    f"  {tipo.label:<24}{len(suyas):>6}   seguridad media {media} %, menor {menor} %"
                )
        dudosas = sum(s < DUDOSA for _t, s, _de, _a in filas)
        nuevos = total - len({a for _t, _s, _de, a in filas})
        usados = {de for _t, _s, de, _a in filas}
        huerfanos = anterior.fragmentos.exclude(pk__in=usados).order_by("orden")
        self.stdout.write(f"Dudosas (menos de {DUDOSA} %): {dudosas}")
        self.stdout.write(f"Nuevos: {nuevos}")
        self.stdout.write(f"Eliminados: {huerfanos.count()}")
        for viejo in huerfanos[:20]:
            self.stdout.write(f"  §{viejo.orden} {' '.join(viejo.texto.split())[:70]}")


def _leer(archivo: str) -> bytes:
    try:
        with Path(archivo).open("rb") as abierto:
            return abierto.read(PESO_MAXIMO + 1)
    except OSError as error:
        raise CommandError(
            f"No se puede leer {archivo}: {error.strerror}.", returncode=2
        ) from error


def _cuenta(correo: str) -> User:
    if correo:
        cuenta = User.objects.filter(email__iexact=correo, is_active=True).first()
        if cuenta is None:
            raise CommandError(f"No hay una cuenta activa con el correo {correo}.", returncode=2)
        return cuenta
    activas = User.objects.filter(is_active=True).order_by("pk")
    cuenta = (
        activas.filter(is_superuser=True).first()
        or activas.filter(groups__name=Rol.ADMINISTRADOR).first()
    )
    if cuenta is None:
        raise CommandError("Falta una cuenta que publique: use --por CORREO.", returncode=2)
    return cuenta
