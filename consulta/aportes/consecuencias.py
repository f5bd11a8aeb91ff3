"""What publishing a version does to what people already said, told before it is done."""

from django.utils.translation import ngettext

from consulta.aportes.models import Aporte
from consulta.procesos.models import VersionBorrador


def comentarios_que_se_reubican(version: VersionBorrador) -> str:
    """Registered with `avisar_antes_de_publicar`; one query."""
    anterior = version.anterior()
    if anterior is None:
        return ""
    n = Aporte.objects.confirmados().filter(asunto__fragmento__version=anterior).count()
    if not n:
        return ""
    return ngettext(
        "%(n)s comentario de la versión anterior buscará su lugar en esta.",
        "%(n)s comentarios de la versión anterior buscarán su lugar en esta.",
        n,
    ) % {"n": n}
