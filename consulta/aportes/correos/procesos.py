"""How the mails to whoever took part read: a new version of the text, more time."""

from collections.abc import Sequence

from django.utils.timezone import localtime

from comun.avisos import Correo, direccion_absoluta, registrar_razon
from comun.clases import Clase
from comun.registro import Aviso
from consulta.aportes.correos.aportes import correo_del_autor
from consulta.aportes.models import Aporte
from consulta.procesos.models import Prorroga, VersionBorrador
from cuentas.models import User

Lineas = dict[str, tuple[str, str]]


def correo_de(destino: str) -> str:
    """The address behind a recipient's name now; empty when there is none any more."""
    prefijo, _dos_puntos, pk = destino.partition(":")
    if prefijo == "cuenta":
        return (
            User.objects.filter(pk=pk, is_active=True).values_list("email", flat=True).first() or ""
        )
    aporte = Aporte.objects.select_related("autoria__cuenta").filter(pk=pk).first()
    return correo_del_autor(aporte) if aporte else ""


def version(aviso: Aviso) -> Correo | None:
    """There is a new text: what to look at, and where."""
    nueva = (
        VersionBorrador.objects.select_related("consulta")
        .filter(pk=aviso.objeto.partition(":")[2])
        .first()
    )
    para = correo_de(aviso.destino)
    if nueva is None or not para:
        return None
    return Correo(
        para=para,
        asunto=f"Hay una nueva versión del borrador: {nueva.consulta.titulo}",
        plantilla="version",
        contexto={
            "version": nueva,
            "consulta": nueva.consulta,
            "url": direccion_absoluta(nueva.get_absolute_url()),
        },
    )


def linea_de_version(nueva: VersionBorrador, destinos: Sequence[str], n: int) -> Lineas:
    """Its line on the site."""
    texto = f"Se publicó la versión {nueva.n} del borrador de «{nueva.consulta.titulo}»"
    return dict.fromkeys(destinos, (texto, nueva.get_absolute_url()))


def prorroga(aviso: Aviso) -> Correo | None:
    """There is more time: until when, and why."""
    decidida = (
        Prorroga.objects.select_related("etapa__proceso")
        .filter(pk=aviso.objeto.partition(":")[2])
        .first()
    )
    para = correo_de(aviso.destino)
    if decidida is None or not para:
        return None
    proceso = decidida.etapa.proceso
    return Correo(
        para=para,
        asunto=f"Hay más plazo para participar: {proceso.titulo}",
        plantilla="prorroga",
        contexto={
            "prorroga": decidida,
            "etapa": decidida.etapa,
            "proceso": proceso,
            "url": direccion_absoluta(proceso.get_absolute_url()),
        },
    )


def linea_de_prorroga(decidida: Prorroga, destinos: Sequence[str], n: int) -> Lineas:
    """Its line on the site."""
    etapa = decidida.etapa
    fin = localtime(decidida.fin_nuevo)
    texto = f"Hay más plazo en «{etapa.proceso.titulo}»: hasta el {fin:%d-%m-%Y} a las {fin:%H:%M}"
    return dict.fromkeys(destinos, (texto, etapa.proceso.get_absolute_url()))


def registrar_correos_de_procesos() -> None:
    """Called once at start-up."""
    registrar_razon("version", version, clase=Clase.PROCESOS, linea=linea_de_version)
    registrar_razon("prorroga", prorroga, clase=Clase.PROCESOS, linea=linea_de_prorroga)
