"""Private notes and questions between institutions, as each person may read them. Never public."""

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from consulta.aportes.models import Aporte
from consulta.respuestas.models import Nota
from consulta.respuestas.permissions import puede_contestar
from cuentas.models import User
from cuentas.roles import Rol
from cuentas.suplencias import instituciones_que_suple


@dataclass
class Conversacion:
    """A note, or a question with what was answered to it."""

    nota: Nota
    contestaciones: list[Nota] = field(default_factory=list)
    puede_contestar: bool = False

    @property
    def espera(self) -> bool:
        """Asked, and nobody answered yet."""
        return self.nota.para_id is not None and not self.contestaciones


def notas_que_lee(usuario: User) -> "QuerySet[Nota]":
    """Those their institution wrote, was asked, or got as an answer; the secretariat reads them all."""
    if usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR):
        return Nota.objects.all()
    suyas = {usuario.institucion_id, *instituciones_que_suple(usuario)} - {None}
    return Nota.objects.filter(
        Q(institucion__in=suyas)
        | Q(para__in=suyas)
        | Q(contesta__institucion__in=suyas)
        | Q(contesta__para__in=suyas)
    )


def conversaciones(aporte: Aporte, usuario: User) -> list[Conversacion]:
    """What this person may read beside a contribution, oldest first; one query."""
    filas = notas_que_lee(usuario).filter(aporte=aporte)
    por_pk: dict[int, Conversacion] = {}
    for nota in filas.select_related("institucion", "para", "por").order_by("en", "pk"):
        if nota.contesta_id in por_pk:
            por_pk[nota.contesta_id].contestaciones.append(nota)
        else:
            por_pk[nota.pk] = Conversacion(
                nota, puede_contestar=nota.para_id is not None and puede_contestar(usuario, nota)
            )
    return list(por_pk.values())
