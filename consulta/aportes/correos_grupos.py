"""How the mails about merged and divided proposals read. They ask nothing of whoever gets them."""

from collections.abc import Sequence
from functools import partial

from comun.avisos import Correo, direccion_absoluta, registrar_razon
from comun.clases import Clase
from comun.registro import Aviso
from consulta.aportes.correos import aporte_de, aportes_de, correo_del_autor
from consulta.aportes.models import Grupo

ASUNTOS = {
    "grupo": "Su propuesta {folio} se trata junto con otras",
    "grupo_deshecho": "Su propuesta {folio} vuelve a tratarse como la envió",
    "division": "Su propuesta {folio} se trata por puntos",
}


def aviso_de_grupo(aviso: Aviso) -> Correo | None:
    """To the author of one of its proposals; None where nobody can be told any more."""
    aporte = aporte_de(aviso)
    pk = aviso.objeto.partition(":")[2]
    grupo = Grupo.objects.select_related("consulta").filter(pk=pk).first()
    if aporte is None or grupo is None or not (para := correo_del_autor(aporte)):
        return None
    return Correo(
        para=para,
        asunto=ASUNTOS[aviso.razon].format(folio=aporte.folio),
        plantilla="grupo",
        contexto={
            "aporte": aporte,
            "grupo": grupo,
            "razon": aviso.razon,
            "motivo": grupo.motivo_deshecho if aviso.razon == "grupo_deshecho" else grupo.motivo,
            "url": direccion_absoluta(aporte.get_absolute_url()),
        },
    )


def lineas(
    razon: str, grupo: Grupo, destinos: Sequence[str], version: int
) -> dict[str, tuple[str, str]]:
    """Its line on the site, for each author; one query."""
    aportes = aportes_de(destinos)
    return {
        destino: (ASUNTOS[razon].format(folio=aporte.folio), aporte.get_absolute_url())
        for destino, aporte in aportes.items()
    }


def registrar_correos_de_grupos() -> None:
    """Called once at start-up."""
    for razon in ASUNTOS:
        registrar_razon(razon, aviso_de_grupo, clase=Clase.RESPUESTAS, linea=partial(lineas, razon))
