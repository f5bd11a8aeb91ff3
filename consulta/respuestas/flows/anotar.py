"""What officials tell each other about a contribution: a note, a question, its answer."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.avisos import avisar_a
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.textos import limpiar
from consulta.aportes.models import Aporte
from consulta.respuestas.flows.mover import oficiales_de
from consulta.respuestas.models import Nota
from consulta.respuestas.permissions import puede_anotar, puede_contestar
from cuentas.models import Institucion, User

LARGO_NOTA = 4_000


@transaction.atomic
def anotar(
    *,
    aporte: Aporte,
    texto: str,
    por: User,
    para: Institucion | None = None,
    ahora: datetime | None = None,
) -> Nota:
    """Leave a note for one's own institution or, with `para`, ask another one, whose officials are told.

    It is never public. Raises SinPermiso or DatoInvalido (no text, too long, asking oneself).
    """
    if not puede_anotar(por):
        raise SinPermiso(_("Su cuenta no escribe notas internas."))
    if para is not None and para.pk == por.institucion_id:
        raise DatoInvalido(_("Es su institución: deje una nota, sin preguntar."), campo="para")
    nota = _escribir(aporte, texto, por, para, None, ahora or timezone.now())
    if para is not None:
        _avisar(oficiales_de(para.pk), "pregunta", nota, por)
    return nota


@transaction.atomic
def contestar(*, pregunta: Nota, texto: str, por: User, ahora: datetime | None = None) -> Nota:
    """Answer what another institution asked; the one who asked is told. More may be added later.

    Raises SinPermiso, DatoInvalido (no text, too long) or Conflicto (it asks nothing).
    """
    pregunta = Nota.objects.select_related("aporte", "para").get(pk=pregunta.pk)
    if pregunta.para_id is None:
        raise Conflicto(_("Esa nota no es una pregunta."))
    if not puede_contestar(por, pregunta):
        raise SinPermiso(_("Esa pregunta es para otra institución."))
    nota = _escribir(pregunta.aporte, texto, por, None, pregunta, ahora or timezone.now())
    if pregunta.por_id is not None:
        _avisar([f"cuenta:{pregunta.por_id}"], "contestacion", nota, por)
    return nota


def _escribir(
    aporte: Aporte,
    texto: str,
    por: User,
    para: Institucion | None,
    contesta: Nota | None,
    ahora: datetime,
) -> Nota:
    texto = limpiar(texto)
    if not texto:
        raise DatoInvalido(_("Escriba la nota."), campo="texto")
    if len(texto) > LARGO_NOTA:
        raise DatoInvalido(_("La nota admite 4.000 caracteres."), campo="texto")
    nota = Nota.objects.create(
        aporte=aporte,
        # An answer speaks for the institution that was asked, whoever wrote it.
        institucion_id=contesta.para_id if contesta is not None else por.institucion_id,
        para=para,
        contesta=contesta,
        texto=texto,
        por=por,
        en=ahora,
    )
    verbo = "contestar_pregunta" if contesta else "preguntar" if para else "anotar"
    registrar(
        verbo=verbo,
        objeto=nota,
        por=por,
        ahora=ahora,
        despues={"aporte": aporte.pk, "para": para.pk if para else None},
    )
    return nota


def _avisar(destinos: list[str], razon: str, nota: Nota, por: User) -> None:
    otros = [d for d in destinos if d != f"cuenta:{por.pk}"]
    avisar_a(destinos=otros, razon=razon, objeto=nota, ahora=nota.en)
