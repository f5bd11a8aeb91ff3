"""How the mail that brings an answer reads."""

from collections.abc import Sequence

from comun.avisos import Correo, direccion_absoluta, registrar_razon
from comun.clases import Clase
from comun.registro import Aviso
from consulta.aportes.correos import aporte_de, correo_del_autor
from consulta.aportes.models import Aporte
from consulta.respuestas.models import Cobertura, Respuesta


def respuesta(aviso: Aviso) -> Correo | None:
    """The answer to one contribution, as it was published in the version the notice names."""
    aporte = aporte_de(aviso)
    if aporte is None:
        return None
    cobertura = (
        Cobertura.objects.publicadas()
        .con_respuesta()
        .filter(
            aporte=aporte,
            version__n=aviso.version,
            version__respuesta_id=aviso.objeto.partition(":")[2],
        )
        .first()
    )
    para = correo_del_autor(aporte)
    if cobertura is None or not para:
        return None
    corrige = cobertura.version.n > 1
    return Correo(
        para=para,
        asunto=f"{'Corregimos la respuesta' if corrige else 'Respondimos'} a su aporte {aporte.folio}",
        plantilla="respuesta",
        contexto={
            "aporte": aporte,
            "cobertura": cobertura,
            "version": cobertura.version,
            "institucion": cobertura.version.respuesta.institucion,
            "url": direccion_absoluta(aporte.get_absolute_url()),
            "url_destino": direccion_absoluta(cobertura.destino.url)
            if cobertura.destino.url
            else "",
        },
    )


def lineas_de_respuesta(
    respuesta: Respuesta, destinos: Sequence[str], version: int
) -> dict[str, tuple[str, str]]:
    """The line on the site of each author whose contribution it answers; one query."""
    hecho = "Respondieron" if version == 1 else "Corrigieron la respuesta"
    ids = [destino.removeprefix("aporte:") for destino in destinos]
    return {
        f"aporte:{a.pk}": (f"{hecho} a su aporte {a.folio}", a.get_absolute_url())
        for a in Aporte.objects.select_related("consulta").filter(pk__in=ids)
    }


def registrar_correos() -> None:
    """Called once at start-up."""
    registrar_razon("respuesta", respuesta, clase=Clase.RESPUESTAS, linea=lineas_de_respuesta)
