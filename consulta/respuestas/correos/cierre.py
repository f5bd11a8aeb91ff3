"""Whoever took part is told, once, that the consultation closed with everything answered."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task

from comun.avisos import Correo, avisar_a, direccion_absoluta, registrar_razon
from comun.clases import Clase
from comun.registro import Aviso
from consulta.aportes.correos.procesos import correo_de
from consulta.aportes.participantes import destinos_de
from consulta.respuestas.models import Cierre

RAZON = "cierre"


@task()
def avisar_cierre(consulta_id: int) -> None:
    """Tell everyone who took part. Idempotent: nobody is told twice."""
    cierre = Cierre.objects.select_related("consulta").get(pk=consulta_id)
    avisar_a(
        destinos=destinos_de(cierre.consulta), razon=RAZON, objeto=cierre, ahora=timezone.now()
    )


def correo(aviso: Aviso) -> Correo | None:
    """What came of it, in figures, and where to read the closing."""
    cierre = (
        Cierre.objects.select_related("consulta")
        .filter(pk=int(aviso.objeto.partition(":")[2]))
        .first()
    )
    para = correo_de(aviso.destino)
    if cierre is None or not para:
        return None
    return Correo(
        para=para,
        asunto=f"Se respondieron todos los aportes: {cierre.consulta.titulo}",
        plantilla="cierre",
        contexto={
            "cierre": cierre,
            "consulta": cierre.consulta,
            "balance": balance_en_palabras(cierre),
            "url": direccion_absoluta(_direccion(cierre)),
        },
    )


def balance_en_palabras(cierre: Cierre) -> str:
    """«Se recibieron 9 aportes: 8 respondidos y 1 retirado por su autor o autora. Ninguno quedó sin
    respuesta.»; what there was none of is left out."""
    if not cierre.recibidos:
        return _("No se recibieron aportes.")
    partes = [
        frase % {"n": n}
        for n, frase in (
            (
                cierre.respondidos,
                ngettext("%(n)s respondido", "%(n)s respondidos", cierre.respondidos),
            ),
            (
                cierre.retirados,
                ngettext(
                    "%(n)s retirado por su autor o autora",
                    "%(n)s retirados por sus autores",
                    cierre.retirados,
                ),
            ),
            (
                cierre.removidos,
                ngettext(
                    "%(n)s removido por moderación",
                    "%(n)s removidos por moderación",
                    cierre.removidos,
                ),
            ),
        )
        if n
    ]
    recibidos = ngettext(
        "Se recibió %(n)s aporte: %(partes)s.",
        "Se recibieron %(n)s aportes: %(partes)s.",
        cierre.recibidos,
    )
    dicho = recibidos % {"n": cierre.recibidos, "partes": get_text_list(partes, _("y"))}
    return f"{dicho} {_('Ninguno quedó sin respuesta.')}"


def linea(cierre: Cierre, destinos: Sequence[str], version: int) -> dict[str, tuple[str, str]]:
    """Its line on the site."""
    texto = f"«{cierre.consulta.titulo}» se cerró con todos sus aportes respondidos"
    return dict.fromkeys(destinos, (texto, _direccion(cierre)))


def _direccion(cierre: Cierre) -> str:
    return reverse("paginas:cierre", args=[cierre.consulta.slug])


def registrar_correos_de_cierre() -> None:
    """Called once at start-up."""
    registrar_razon(RAZON, correo, clase=Clase.PROCESOS, linea=linea)
