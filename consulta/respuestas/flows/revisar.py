"""The one review an author may ask for: their row goes back to the ones that wait for an answer."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun import buscador
from comun.auditoria import nombre_de, registrar, seudonimo
from comun.avisos import avisar_a
from comun.errores import Conflicto, DatoInvalido, FueraDePlazo, SinPermiso
from comun.fechas import dia_de
from comun.registro import Redaccion
from comun.textos import limpiar
from consulta.aportes.flows.quitar import bajo_llave
from consulta.aportes.models import Aporte
from consulta.procesos.habiles import PLAZO_HABITUAL, sumar_habiles
from consulta.procesos.models import Consulta
from consulta.respuestas.flows.opinar import leida
from consulta.respuestas.models import Revision
from consulta.respuestas.permissions import puede_borrar_revision, puede_pedir_revision
from consulta.respuestas.revisiones import destinos_de, se_pide_hasta
from cuentas.models import User

LARGO_TEXTO = 2_000
LARGO_MOTIVO = 500


@transaction.atomic
def pedir_revision(
    *,
    aporte: Aporte,
    texto: str,
    version: int,
    por: User | None = None,
    codigo: str = "",
    ahora: datetime | None = None,
) -> Revision:
    """The author, by account or by the private code, asks once to have the answer looked at again.

    The row is pending again (INV-02), due as many business days from today as the consultation gives;
    the next version published of the answer resolves it. Also after the consultation closed: the frozen
    balance stays as it was, and its page says how many were reopened since.

    Raises SinPermiso, DatoInvalido, FueraDePlazo, or Conflicto (withdrawn or removed, no answer yet,
    asked before; OtraVersion).
    """
    ahora = ahora or timezone.now()
    # Before the row: whoever closes the consultation counts under the same lock.
    consulta = Consulta.objects.select_for_update(no_key=True).get(pk=aporte.consulta_id)
    aporte = bajo_llave(aporte)
    if not puede_pedir_revision(por, aporte, codigo):
        raise SinPermiso(_("Solo quien escribió un aporte puede pedir que revisen su respuesta."))
    if Revision.objects.filter(aporte=aporte).exists():
        raise Conflicto(_("Ya pidió revisar esta respuesta: se puede una sola vez."))
    vigente = leida(aporte, version)
    if dia_de(ahora) > se_pide_hasta(vigente.version):
        raise FueraDePlazo(_("El plazo para pedir que revisen esta respuesta ya terminó."))
    revision = Revision.objects.create(
        aporte=aporte,
        version=vigente.version,
        texto=_revisado(texto),
        pedida_en=ahora,
        vencia_el=aporte.vence_el,
    )
    antes = {"respondido_en": aporte.respondido_en, "vence_el": aporte.vence_el}
    aporte.respondido_en = None
    aporte.vence_el = sumar_habiles(dia_de(ahora), consulta.plazo_habiles or PLAZO_HABITUAL)
    aporte.save(update_fields=["respondido_en", "vence_el"])
    registrar(
        verbo="pedir_revision",
        objeto=revision,
        por=por,
        ahora=ahora,
        antes=antes,
        despues={"vence_el": aporte.vence_el, "version": vigente.version_id},
    )
    avisar_a(
        destinos=destinos_de(vigente.version),
        razon="revision_pedida",
        objeto=revision,
        ahora=ahora,
    )
    buscador.proyectar([aporte])
    return revision


@transaction.atomic
def borrar_texto_de_revision(
    *,
    revision: Revision,
    motivo: str,
    por: User,
    base_legal: str = "",
    ahora: datetime | None = None,
) -> Revision:
    """Take the words of a review off, for good: its dates, and what was answered, stay.

    Raises SinPermiso, DatoInvalido (no motive) or Conflicto (taken off already).
    """
    ahora = ahora or timezone.now()
    if not puede_borrar_revision(por):
        raise SinPermiso(_("Solo moderación o la secretaría pueden borrar este texto."))
    revision = Revision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
    if revision.texto is None:
        raise Conflicto(_("Este texto ya se borró."))
    limpio = limpiar(motivo)
    if not limpio or len(limpio) > LARGO_MOTIVO:
        raise DatoInvalido(_("Diga por qué se borra, en 500 caracteres."), campo="motivo")
    revision.texto = None
    revision.save(update_fields=["texto"])
    Redaccion.objects.create(
        objeto=nombre_de(revision),
        motivo=limpio,
        base_legal=limpiar(base_legal)[:200],
        por=seudonimo(por),
        en=ahora,
    )
    registrar(verbo="borrar_texto_de_revision", objeto=revision, por=por, ahora=ahora)
    return revision


def _revisado(texto: str) -> str:
    limpio = limpiar(texto)
    if not limpio:
        raise DatoInvalido(_("Diga qué falta o qué no le responde."), campo="texto")
    if len(limpio) > LARGO_TEXTO:
        raise DatoInvalido(
            _("El texto es muy largo: el máximo son 2.000 caracteres."), campo="texto"
        )
    return limpio
