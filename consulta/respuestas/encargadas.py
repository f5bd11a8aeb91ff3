"""Who is told what becomes of an answer their institution sealed."""

from consulta.respuestas.models import RespuestaVersion
from cuentas.models import User
from cuentas.roles import Rol
from cuentas.suplencias import suplentes_de


def encargadas_de(version: RespuestaVersion) -> list[str]:
    """Who sealed it and who stands in for them; the officials of the institution when nobody is left.
    As recipients of notices."""
    quien = version.presentada_por
    cuentas = [quien, *suplentes_de(quien)] if quien is not None and quien.is_active else []
    if not cuentas:
        cuentas = list(
            User.objects.filter(
                is_active=True,
                institucion=version.respuesta.institucion_id,
                groups__name=Rol.OFICIAL,
            ).order_by("pk")
        )
    return [f"cuenta:{cuenta.pk}" for cuenta in cuentas]
