"""One long proposal treated in numbered points. The points are passages of it: nobody is made to say
what they did not write, and the proposal stays whole on its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.avisos import avisar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.textos import limpiar, limpiar_linea
from consulta.aportes.enums import ClaseGrupo, TipoAporte
from consulta.aportes.models import Aporte, Grupo, Pertenece, Punto
from consulta.aportes.permissions import puede_agrupar
from cuentas.models import User

MAXIMO = 30
LARGO_TITULO, LARGO_MOTIVO = 200, 2_000


@dataclass(frozen=True)
class PuntoPropuesto:
    """A passage of the proposal, and the name that whoever divides it gives to it."""

    texto: str
    titulo: str = ""


@transaction.atomic
def dividir_propuesta(
    *,
    aporte: Aporte,
    puntos: Sequence[PuntoPropuesto],
    motivo: str,
    por: User,
    ahora: datetime | None = None,
) -> Grupo:
    """Divide a proposal; returns the row that says who did it, when and why. Its author is told.

    Raises SinPermiso, DatoInvalido (`puntos`, `motivo`) or Conflicto: divided or answered already, or
    not published any more. One whose review is open may be divided: it awaits an answer again.
    It is undone with `deshacer_grupo`.
    """
    ahora = ahora or timezone.now()
    if not puede_agrupar(por):
        raise SinPermiso(_("Solo quienes responden pueden dividir una propuesta."))
    motivo = limpiar(motivo)[:LARGO_MOTIVO]
    if not motivo:
        raise DatoInvalido(_("Diga por qué se divide."), campo="motivo")
    Aporte.objects.select_for_update().get(pk=aporte.pk)
    aporte = Aporte.objects.con_texto().get(pk=aporte.pk)
    if not aporte.es_visible or aporte.tipo != TipoAporte.PROPUESTA:
        raise Conflicto(_("Esta propuesta ya no está publicada."))
    if aporte.esta_respondido:
        raise Conflicto(
            _("Esta propuesta ya fue respondida entera: se divide antes de responder, no después.")
        )
    if aporte.puntos.exists():
        raise Conflicto(_("Esta propuesta ya está dividida: deshaga antes esa división."))
    limpios = _revisar(aporte, puntos)
    grupo = Grupo.objects.create(
        consulta=aporte.consulta,
        clase=ClaseGrupo.DIVISION,
        titulo=(aporte.contenido.titulo or aporte.folio)[:LARGO_TITULO],
        motivo=motivo,
        creado_por=por,
        creado_en=ahora,
    )
    Pertenece.objects.create(grupo=grupo, aporte=aporte)
    Punto.objects.bulk_create(
        Punto(aporte=aporte, n=n, titulo=p.titulo, texto=p.texto) for n, p in enumerate(limpios, 1)
    )
    registrar(
        verbo="dividir_propuesta",
        objeto=aporte,
        por=por,
        ahora=ahora,
        despues={"motivo": motivo, "puntos": [p.titulo or p.texto[:80] for p in limpios]},
    )
    avisar(destino=f"aporte:{aporte.pk}", razon="division", objeto=grupo, ahora=ahora)
    return grupo


def pasajes_de(aporte: Aporte) -> list[str]:
    """Its paragraphs, from which one begins to divide it. Needs `con_texto()`."""
    return [p.strip() for p in todas_sus_palabras(aporte).split("\n\n") if p.strip()]


def todas_sus_palabras(aporte: Aporte) -> str:
    """Problem, description and the other parts that are long enough to hold a point."""
    contenido = aporte.contenido
    campos = contenido.campos or {}
    partes = [str(campos.get("problema") or ""), contenido.texto or ""]
    partes += [str(campos.get(c) or "") for c in ("brecha", "resultados_esperados", "componentes")]
    return "\n\n".join(filter(None, partes))


def _revisar(aporte: Aporte, puntos: Sequence[PuntoPropuesto]) -> list[PuntoPropuesto]:
    limpios = [
        PuntoPropuesto(limpiar(p.texto), limpiar_linea(p.titulo)[:LARGO_TITULO])
        for p in puntos
        if p.texto.strip()
    ]
    if not 2 <= len(limpios) <= MAXIMO:
        raise DatoInvalido(
            _("Divídala en al menos 2 puntos y no más de %(n)s.") % {"n": MAXIMO}, campo="puntos"
        )
    dicho = _llano(todas_sus_palabras(aporte))
    for n, punto in enumerate(limpios, 1):
        if _llano(punto.texto) not in dicho:
            raise DatoInvalido(
                _("El punto %(n)s no está escrito así en la propuesta: copie el pasaje tal cual.")
                % {"n": n},
                campo="puntos",
            )
    return limpios


def _llano(texto: str) -> str:
    return " ".join(texto.split())
