"""What is kept beside a proposal so that it can be filtered and found: its values and its words."""

from collections.abc import Sequence
from typing import Any

from consulta.aportes.enums import TipoAporte, mascara_de_valores
from consulta.aportes.models import Aporte, Palabra
from consulta.aportes.semejanza.semejantes import anotar, palabras_de


def anotar_propuesta(aporte: Aporte) -> None:
    """Keep values and words of the current version, in the caller's transaction. Others: nothing."""
    if aporte.tipo != TipoAporte.PROPUESTA:
        return
    mascara = valores_de(aporte.contenido.campos)
    if mascara != aporte.valores:
        aporte.valores = mascara
        aporte.save(update_fields=["valores"])
    anotar(aporte)


def anotar_nuevas(aportes: Sequence[Aporte]) -> None:
    """Keep the words of proposals that come into being, whose values are on their rows already."""
    propuestas = [a for a in aportes if a.tipo == TipoAporte.PROPUESTA]
    Palabra.objects.bulk_create(p for a in propuestas for p in palabras_de(a))


def valores_de(campos: dict[str, Any] | None) -> int:
    """The values marked in the fields of a proposal, one bit each."""
    marcados = (campos or {}).get("valores")
    return mascara_de_valores(marcados if isinstance(marcados, list) else [])
