"""What is kept beside a proposal so that it can be filtered and found: its values and its words."""

from consulta.aportes.enums import TipoAporte, mascara_de_valores
from consulta.aportes.models import Aporte
from consulta.aportes.semejantes import anotar


def anotar_propuesta(aporte: Aporte) -> None:
    """Keep values and words of the current version, in the caller's transaction. Others: nothing."""
    if aporte.tipo != TipoAporte.PROPUESTA:
        return
    contenido = aporte.contenido
    campos = contenido.campos or {}
    marcados = campos.get("valores")
    mascara = mascara_de_valores(marcados if isinstance(marcados, list) else [])
    if mascara != aporte.valores:
        aporte.valores = mascara
        aporte.save(update_fields=["valores"])
    anotar(aporte, contenido.titulo or "", str(campos.get("problema") or ""))
