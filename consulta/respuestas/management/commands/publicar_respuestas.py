"""`manage.py publicar_respuestas --lote N`: publish at one moment what a batch has sealed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comun.errores import ErrorDeDominio
from consulta.respuestas.flows.lotes import ensayar_lote, publicar_lote, sellar_lote
from consulta.respuestas.models import Borrador, Lote, RespuestaVersion
from cuentas.models import User

A_LA_VISTA = 200


class Command(BaseCommand):
    help = "Publica un lote de respuestas selladas. Termina con error si algo quedó apartado."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--lote", type=int, required=True, help="Número del lote.")
        parser.add_argument(
            "--simular", action="store_true", help="Dice qué pasaría y no escribe nada."
        )
        parser.add_argument(
            "--sellar", action="store_true", help="Sella antes los borradores del lote."
        )
        parser.add_argument("--por", default="", help="Correo de la cuenta que publica.")

    def handle(
        self, *args: Any, lote: int, simular: bool, sellar: bool, por: str, **opciones: Any
    ) -> None:
        fila = Lote.objects.select_related(
            "institucion", "consulta", "programado_por", "creado_por"
        )
        elegido = fila.filter(pk=lote).first()
        if elegido is None:
            raise CommandError(f"No hay un lote {lote}.", returncode=2)
        cuenta = self._cuenta(elegido, por)
        try:
            detenidos = []
            if sellar and not simular and Borrador.objects.filter(lote=elegido).exists():
                detenidos = sellar_lote(lote=elegido, por=cuenta).detenidos
            accion = ensayar_lote if simular else publicar_lote
            hecho = accion(lote=elegido, por=cuenta)
        except ErrorDeDominio as error:
            raise CommandError(error.mensaje, returncode=2) from error
        self._decir(hecho.versiones, "Se publicaría" if simular else "Publicada")
        for apartada in hecho.apartadas:
            self.stdout.write(f"  ✗ {_nombre(apartada.version)}: {apartada.motivo}")
        motivos = {d.borrador.pk: d.motivo for d in detenidos}
        borradores = (
            Borrador.objects.filter(lote=elegido).order_by("pk").values_list("pk", flat=True)
        )
        for pk in borradores[:A_LA_VISTA]:
            self.stdout.write(f"  ✗ Borrador {pk}: {motivos.get(pk, 'aún no está sellado.')}")
        apartados = len(hecho.apartadas) + borradores.count()
        antes = RespuestaVersion.objects.publicadas().filter(lote=elegido).count()
        ya = antes if simular else antes - len(hecho.versiones)
        cuantas = "se publicarían" if simular else "publicadas"
        resumen = f"Lote {elegido.pk} «{elegido}»: {len(hecho.versiones)} {cuantas}, {apartados} apartadas"
        resumen += f", {ya} publicadas antes." if ya else "."
        if apartados:
            raise CommandError(resumen, returncode=1)
        self.stdout.write(self.style.SUCCESS(resumen))

    def _decir(self, versiones: list[RespuestaVersion], verbo: str) -> None:
        for version in versiones[:A_LA_VISTA]:
            self.stdout.write(f"  {verbo}: {_nombre(version)}")
        if len(versiones) > A_LA_VISTA:
            self.stdout.write(f"  … y {len(versiones) - A_LA_VISTA} más")

    def _cuenta(self, lote: Lote, correo: str) -> User:
        if correo:
            cuenta = User.objects.filter(email__iexact=correo, is_active=True).first()
        else:
            cuenta = lote.programado_por or lote.creado_por
        if cuenta is None:
            raise CommandError("Diga quién publica: --por CORREO.", returncode=2)
        return cuenta


def _nombre(version: RespuestaVersion) -> str:
    return f"respuesta {version.respuesta_id}, versión {version.n}"
