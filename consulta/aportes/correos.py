"""How the mails about contributions read."""

from comun.avisos import Correo, direccion_absoluta, registrar_razon
from comun.registro import Aviso
from consulta.aportes.codigos import codigo_de
from consulta.aportes.models import Aporte


def aporte_de(aviso: Aviso) -> Aporte | None:
    """The contribution whose author a notice is for («aporte:12»), with author and text."""
    pk = aviso.destino.removeprefix("aporte:")
    return Aporte.objects.con_texto().select_related("autoria__cuenta").filter(pk=pk).first()


def correo_del_autor(aporte: Aporte) -> str:
    """Where its author can be written to now; empty when nowhere any more."""
    autoria = getattr(aporte, "autoria", None)
    if autoria is None:
        return ""
    return autoria.cuenta.email if autoria.cuenta else autoria.correo


def recibo(aviso: Aviso) -> Correo | None:
    """Receipt: folio, address, time, private code."""
    aporte = aporte_de(aviso)
    if aporte is None:
        return None
    para = correo_del_autor(aporte)
    if not para:
        return None
    return Correo(
        para=para,
        asunto=f"Recibimos su aporte {aporte.folio}",
        plantilla="recibo",
        contexto={
            "aporte": aporte,
            "consulta": aporte.consulta,
            "url": direccion_absoluta(aporte.get_absolute_url()),
            "codigo": codigo_de(aporte_id=aporte.pk, sal=aporte.autoria.sal),
        },
    )


def registrar_correos() -> None:
    """Called once at start-up."""
    registrar_razon("recibo", recibo)
