"""How the mails about merged and divided proposals read. They ask nothing of whoever gets them."""

from collections.abc import Sequence
from functools import partial

from django.urls import reverse

from comun.avisos import Correo, direccion_absoluta, registrar_razon
from comun.clases import Clase
from comun.registro import Aviso
from consulta.aportes.correos.aportes import aporte_de, aportes_de, correo_del_autor
from consulta.aportes.models import Aporte, Grupo, Pertenece
from cuentas.models import User

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


CORREGIDA = "{folio} se corrigió después de dividirla: revise sus puntos"


def division_corregida(aviso: Aviso) -> Correo | None:
    """To whoever divided a proposal that its author corrected since; None where it was undone."""
    grupo, aporte = _division(aviso.objeto)
    cuenta = User.objects.filter(pk=aviso.cuenta or 0, is_active=True).first()
    if grupo is None or aporte is None or cuenta is None or grupo.deshecho_en is not None:
        return None
    asunto = CORREGIDA.format(folio=aporte.folio)
    return Correo(
        para=cuenta.email,
        asunto=asunto,
        plantilla="orden",
        contexto={
            "titulo": asunto,
            "parrafos": [
                f"Usted dividió en puntos la propuesta {aporte.folio} y su autor la corrigió después.",
                "Los puntos siguen publicados, con la advertencia de que son de la versión anterior. Si "
                "ya no dicen lo que la propuesta pide, deshaga la división y divídala de nuevo.",
            ],
            "url": direccion_absoluta(reverse("grupos_de_propuestas")),
            "boton": "Ver los grupos de propuestas",
            "porque": "Le escribimos porque usted dividió esta propuesta.",
        },
    )


def linea_de_corregida(
    grupo: Grupo, destinos: Sequence[str], version: int
) -> dict[str, tuple[str, str]]:
    """Its line on the site; one query."""
    _grupo, aporte = _division(f"aportes.grupo:{grupo.pk}")
    if aporte is None:
        return {}
    return dict.fromkeys(
        destinos, (CORREGIDA.format(folio=aporte.folio), aporte.get_absolute_url())
    )


def _division(objeto: str) -> tuple[Grupo | None, Aporte | None]:
    miembro = (
        Pertenece.objects.filter(grupo=int(objeto.partition(":")[2]))
        .select_related("grupo", "aporte__consulta")
        .first()
    )
    return (miembro.grupo, miembro.aporte) if miembro is not None else (None, None)


def registrar_correos_de_grupos() -> None:
    """Called once at start-up."""
    registrar_razon(
        "division_corregida", division_corregida, clase=Clase.ENCARGOS, linea=linea_de_corregida
    )
    for razon in ASUNTOS:
        registrar_razon(razon, aviso_de_grupo, clase=Clase.RESPUESTAS, linea=partial(lineas, razon))
