"""Of which words the points of a divided proposal speak.

Points are passages of the version that was in force when it was divided. A correction leaves them as
they are, said to be of that version: what an official wrote down is not changed by the author, nor do
they quote as today's what the author took back. Whoever divided it is asked to look again, and divides
it anew once the former division is undone.
"""

from django.db.models import QuerySet

from consulta.aportes.enums import ClaseGrupo
from consulta.aportes.models import Aporte, Grupo


def divisiones_de(aporte: Aporte) -> "QuerySet[Grupo]":
    """The division that stands, if any."""
    return Grupo.objects.filter(
        miembros__aporte=aporte, clase=ClaseGrupo.DIVISION, deshecho_en=None
    )


def version_de_los_puntos(aporte: Aporte, division: Grupo) -> int:
    """The version that was divided, where it was corrected since; 0 where the points are of today's
    words. One query, none where nothing was corrected. Needs `con_texto()`."""
    if aporte.version == 1 or aporte.contenido.en <= division.creado_en:
        return 0
    antes = aporte.versiones.filter(en__lte=division.creado_en).order_by("-n")
    return antes.values_list("n", flat=True).first() or 1
