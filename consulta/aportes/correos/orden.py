"""How the mails of moderation read: what was decided, why, and what one may do about it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from comun.avisos import Correo, direccion_absoluta, registrar_razon
from comun.clases import Clase
from comun.registro import Aviso
from consulta.aportes.correos.aportes import aporte_de, correo_del_autor
from consulta.aportes.enums import EstadoReporte, Situacion
from consulta.aportes.flows.bloquear import frase_de_bloqueo
from consulta.aportes.models import Apelacion, Aporte, Bloqueo, Reporte
from cuentas.models import User

AUTOR = "Le escribimos porque usted envió este aporte."


def _carta(
    para: str,
    asunto: str,
    parrafos: list[str],
    *,
    url: str,
    boton: str,
    porque: str,
    ademas: tuple[str, str] | None = None,
) -> Correo:
    """`ademas` is one more way, said and linked: words, and where they lead."""
    contexto: dict[str, Any] = {
        "titulo": asunto,
        "parrafos": [p for p in parrafos if p],
        "url": direccion_absoluta(url),
        "boton": boton,
        "porque": porque,
        "ademas": (ademas[0], direccion_absoluta(ademas[1])) if ademas else None,
    }
    return Correo(para=para, asunto=asunto, plantilla="orden", contexto=contexto)


def _del_autor(aviso: Aviso) -> tuple[Aporte | None, str]:
    aporte = aporte_de(aviso)
    return aporte, correo_del_autor(aporte) if aporte is not None else ""


def remocion(aviso: Aviso) -> Correo | None:
    """Removed: the cause, the explanation, and how to appeal. Nothing when it came back meanwhile."""
    aporte, para = _del_autor(aviso)
    if aporte is None or aporte.situacion != Situacion.REMOVIDO:
        return None
    causa = aporte.get_causa_display()
    return _carta(
        para,
        f"Moderación removió su aporte {aporte.folio}",
        [
            f"Una persona de moderación removió su aporte {aporte.folio} a la consulta "
            f"«{aporte.consulta.titulo}».",
            f"Norma que no cumple: {causa}.",
            f"Explicación: {aporte.motivo}" if aporte.motivo != causa else "",
            "Su texto dejó de verse. Queda su folio, con esta causa, y se sigue contando como recibido.",
            "Si cree que es un error puede apelar, una vez, sin plazo. La decidirá otra persona.",
        ],
        ademas=(
            "Si no tiene cuenta, la página le pedirá el código privado de su recibo. También puede entrar "
            "con él en",
            reverse("paginas:mi_aporte"),
        ),
        url=reverse("paginas:apelar", args=[aporte.folio]),
        boton="Apelar la remoción",
        porque=AUTOR,
    )


def reposicion(aviso: Aviso) -> Correo | None:
    """Published again without an appeal."""
    aporte, para = _del_autor(aviso)
    if aporte is None or not aporte.es_visible:
        return None
    return _carta(
        para,
        f"Su aporte {aporte.folio} volvió a publicarse",
        [
            "Moderación revisó la remoción de su aporte y lo repuso. Recuperó su lugar, sus réplicas y "
            "su respuesta, si la tenía.",
            f"Razón: {aporte.repuesto_razon}",
        ],
        url=aporte.get_absolute_url(),
        boton="Ver mi aporte",
        porque=AUTOR,
    )


def apelacion(aviso: Aviso) -> Correo | None:
    """What was decided of an appeal."""
    aporte, para = _del_autor(aviso)
    fila = Apelacion.objects.filter(pk=aviso.objeto.rpartition(":")[2]).first()
    if aporte is None or fila is None or fila.acogida is None:
        return None
    return _carta(
        para,
        f"Resolvimos su apelación por el aporte {aporte.folio}",
        [
            "Se acogió: su aporte vuelve a estar publicado, con sus réplicas y su respuesta."
            if fila.acogida
            else "No se acogió: su aporte sigue removido.",
            f"Razón: {fila.razon}",
            "La decidió una persona distinta de quien lo removió.",
        ],
        url=aporte.get_absolute_url(),
        boton="Ver mi aporte",
        porque="Le escribimos porque usted apeló la remoción de este aporte.",
    )


def reporte(aviso: Aviso) -> Correo | None:
    """What was decided of the report of this recipient on this contribution."""
    fila = (
        Reporte.objects.select_related("cuenta", "aporte__consulta")
        .filter(aporte=int(aviso.objeto.rpartition(":")[2]), cuenta=aviso.cuenta)
        .first()
    )
    if fila is None or fila.cuenta is None or fila.estado == EstadoReporte.ABIERTO:
        return None
    folio = fila.aporte.folio
    acogido = fila.estado == EstadoReporte.ACOGIDO
    return _carta(
        fila.cuenta.email,
        f"Revisamos su reporte sobre el aporte {folio}",
        [
            f"Una persona de moderación leyó el aporte {folio}, que usted reportó por: "
            f"{fila.get_causa_display()}.",
            "Lo removió. En su lugar queda una marca con la causa."
            if acogido
            else "Decidió que siga publicado.",
            f"Razón: {fila.nota}" if fila.nota else "",
            "Quien lo escribió no sabe quién reportó.",
        ],
        url=fila.aporte.get_absolute_url(),
        boton=f"Ver {folio}",
        porque="Le escribimos porque usted reportó este aporte.",
    )


def bloqueo(aviso: Aviso) -> Correo | None:
    """Version 1 tells of the block, version 2 that it was lifted."""
    fila = (
        Bloqueo.objects.select_related("cuenta").filter(pk=aviso.objeto.rpartition(":")[2]).first()
    )
    if fila is None:
        return None
    levantado = aviso.version > 1
    cuenta: User = fila.cuenta
    return _carta(
        cuenta.email,
        "Su cuenta puede escribir otra vez"
        if levantado
        else "Su cuenta no puede escribir por ahora",
        [
            "Moderación levantó el bloqueo de su cuenta." if levantado else frase_de_bloqueo(fila),
        ],
        ademas=None if levantado else ("Página de contacto:", "/contacto/"),
        url=reverse("paginas:reglas"),
        boton="Leer las reglas de participación",
        porque="Le escribimos porque usted tiene una cuenta en este sitio.",
    )


Lineas = Mapping[str, tuple[str, str]]


def linea_de_remocion(aporte: Aporte, destinos: Sequence[str], version: int) -> Lineas:
    """Leads to the appeal."""
    ruta = reverse("paginas:apelar", args=[aporte.folio])
    texto = f"Moderación removió su aporte {aporte.folio}: puede apelar"
    return dict.fromkeys(destinos, (texto, ruta))


def linea_de_reposicion(aporte: Aporte, destinos: Sequence[str], version: int) -> Lineas:
    """Its line on the site."""
    texto = f"Su aporte {aporte.folio} volvió a publicarse"
    return dict.fromkeys(destinos, (texto, aporte.get_absolute_url()))


def linea_de_apelacion(fila: Apelacion, destinos: Sequence[str], version: int) -> Lineas:
    """Its line on the site."""
    que = "Se acogió" if fila.acogida else "No se acogió"
    texto = f"{que} su apelación por el aporte {fila.aporte.folio}"
    return dict.fromkeys(destinos, (texto, fila.aporte.get_absolute_url()))


def linea_de_reporte(aporte: Aporte, destinos: Sequence[str], version: int) -> Lineas:
    """Its line on the site: what became of the contribution is what was decided."""
    que = "sigue publicado" if aporte.es_visible else "se removió"
    texto = f"Revisamos su reporte: el aporte {aporte.folio} {que}"
    return dict.fromkeys(destinos, (texto, aporte.get_absolute_url()))


def linea_de_bloqueo(fila: Bloqueo, destinos: Sequence[str], version: int) -> Lineas:
    """Leads to the rules; the mail says more."""
    texto = (
        "Su cuenta puede escribir otra vez"
        if version > 1
        else "Su cuenta no puede escribir por ahora"
    )
    return dict.fromkeys(destinos, (texto, reverse("paginas:reglas")))


def registrar_correos_de_orden() -> None:
    """Called once at start-up."""
    registrar_razon("remocion", remocion, clase=Clase.MODERACION, linea=linea_de_remocion)
    registrar_razon("reposicion", reposicion, clase=Clase.MODERACION, linea=linea_de_reposicion)
    registrar_razon("apelacion", apelacion, clase=Clase.MODERACION, linea=linea_de_apelacion)
    registrar_razon("reporte", reporte, clase=Clase.MODERACION, linea=linea_de_reporte)
    registrar_razon("bloqueo", bloqueo, clase=Clase.MODERACION, linea=linea_de_bloqueo)
