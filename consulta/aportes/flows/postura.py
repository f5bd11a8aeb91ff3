"""Where a comment stands: asked where the consultation asks for it, refused anywhere else."""

from django.utils.translation import gettext as _

from comun.errores import DatoInvalido
from consulta.aportes.enums import Postura, TipoAporte
from consulta.procesos.models import Consulta


def pide_postura(consulta: Consulta, tipo: TipoAporte) -> bool:
    """Whether a contribution of `tipo` has to say where it stands: comments do, replies need not."""
    return consulta.pide_postura and tipo is TipoAporte.OBSERVACION


def comprobar_postura(postura: str, consulta: Consulta, tipo: TipoAporte) -> None:
    """Raises DatoInvalido, naming `postura`."""
    if pide_postura(consulta, tipo):
        if postura not in Postura.values:
            raise DatoInvalido(_("Diga si está a favor, neutral o en contra."), campo="postura")
    elif postura:
        raise DatoInvalido(
            _("Aquí no se pide una postura: quítela y envíe su texto."), campo="postura"
        )
