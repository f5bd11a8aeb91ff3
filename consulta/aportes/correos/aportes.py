"""How the mails about contributions read."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.avisos import Correo, direccion_absoluta, registrar_destino, registrar_razon
from comun.clases import Clase
from comun.registro import Aviso
from consulta.aportes.codigos import codigo_de, vale_de
from consulta.aportes.correos.hilos import (
    linea_de_novedad,
    linea_de_replica,
    novedad,
    respondieron,
)
from consulta.aportes.flows.invitados import PLAZO
from consulta.aportes.models import Aporte, AporteVersion, Autoria
from consulta.aportes.novedades import REPLICA, SEGUIMIENTO
from consulta.aportes.recibos import Comprobante, como_texto, comprobante_de, recibo_de
from consulta.aportes.versiones import correccion_publica


def aporte_de(aviso: Aviso) -> Aporte | None:
    """The contribution whose author a notice is for («aporte:12»), with author and text."""
    pk = aviso.destino.removeprefix("aporte:")
    return Aporte.objects.con_palabras().filter(pk=pk).select_related("autoria__cuenta").first()


def correo_del_autor(aporte: Aporte) -> str:
    """Where its author can be written to now; empty when nowhere any more."""
    autoria = getattr(aporte, "autoria", None)
    if autoria is None:
        return ""
    return autoria.cuenta.email if autoria.cuenta else autoria.correo


def confirmar(aviso: Aviso) -> Correo | None:
    """To a guest: the words that wait, and the link that makes them count."""
    aporte = aporte_de(aviso)
    if aporte is None or aporte.confirmado_en is not None:
        return None
    para = correo_del_autor(aporte)
    if not para:
        return None
    vale = vale_de(aporte_id=aporte.pk, sal=aporte.autoria.sal)
    return Correo(
        para=para,
        asunto=_("Confirme su aporte: falta un paso"),
        plantilla="confirmar",
        contexto={
            "aporte": aporte,
            "consulta": aporte.consulta,
            "vence": aporte.enviado_en + PLAZO,
            "url": direccion_absoluta(reverse("paginas:confirmar", args=[vale])),
        },
    )


def recibo(aviso: Aviso) -> Correo | None:
    """Receipt of one version: folio, address, time, private code, fingerprint, newest seal, file."""
    aporte = aporte_de(aviso)
    if aporte is None:
        return None
    para = correo_del_autor(aporte)
    if not para:
        return None
    actual = aporte.version == aviso.version
    version = aporte.contenido if actual else aporte.versiones.get(n=aviso.version)
    corrige = version.n > 1
    comprobante = comprobante_de(aporte, version.n)
    return Correo(
        para=para,
        asunto=f"Recibimos {'la corrección de ' if corrige else ''}su aporte {aporte.folio}",
        plantilla="recibo",
        contexto={
            "aporte": aporte,
            "version": version,
            "recibido": version.en if corrige else aporte.enviado_en,
            "sigue_a_la_vista": correccion_publica(
                version.n, version.en, aporte.confirmado_en or aporte.enviado_en
            ),
            "invitado": aporte.autoria.cuenta_id is None,
            "url_codigo": direccion_absoluta(reverse("paginas:mi_aporte")),
            "url_versiones": direccion_absoluta(reverse("paginas:versiones", args=[aporte.folio])),
            "consulta": aporte.consulta,
            "url": direccion_absoluta(aporte.get_absolute_url()),
            "codigo": codigo_de(aporte_id=aporte.pk, sal=aporte.autoria.sal),
            "comprobante": comprobante,
            "url_verificar": direccion_absoluta(reverse("paginas:verificar")),
        },
        adjuntos=_archivo(aporte, version, comprobante),
    )


def aportes_de(destinos: Sequence[str]) -> dict[str, Aporte]:
    """The contributions whose authors «aporte:12» names, by that name; one query."""
    ids = [int(d.removeprefix("aporte:")) for d in destinos]
    filas = Aporte.objects.select_related("consulta").filter(pk__in=ids)
    return {f"aporte:{a.pk}": a for a in filas}


def cuentas_de_los_autores(ids: Sequence[str]) -> dict[str, int]:
    """The account of the author of each contribution, by its id, where they have one; one query."""
    filas = Autoria.objects.filter(aporte_id__in=[int(pk) for pk in ids], cuenta__isnull=False)
    return {str(pk): cuenta for pk, cuenta in filas.values_list("aporte", "cuenta")}


def _archivo(
    aporte: Aporte, version: AporteVersion, comprobante: Comprobante | None
) -> list[tuple[str, str, str]]:
    """The receipt to keep: with it in a mailbox, nobody needs this portal to prove what was sent."""
    # Its seal comes within a minute, mostly after this mail; thousands of mails in a row would each
    # read all of it. The program that verifies fetches the path from the published chain.
    recibo = recibo_de(
        aporte, ahora=timezone.now(), con_prueba=False, version=version, comprobante=comprobante
    )
    if recibo is None:
        return []
    return [(f"recibo-{aporte.folio}.json", como_texto(recibo), "application/json")]


def registrar_correos() -> None:
    """Called once at start-up."""
    registrar_destino("aporte", cuentas_de_los_autores)
    registrar_razon("confirmar", confirmar, esperada=True)
    registrar_razon(SEGUIMIENTO, novedad, clase=Clase.HILOS, linea=linea_de_novedad)
    registrar_razon(REPLICA, respondieron, clase=Clase.HILOS, linea=linea_de_replica)
    registrar_razon("recibo", recibo, clase=Clase.RECIBOS)  # listed in «Mis aportes»
