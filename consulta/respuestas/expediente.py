"""All that the back office shows of one contribution: its words, where it was said, what was answered."""

from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.shortcuts import get_object_or_404

from consulta.aportes.enums import CAMPOS_DE_PROPUESTA, Valor
from consulta.aportes.models import Aporte
from consulta.aportes.semejanza.parecidos import parecidos, texto_completo
from consulta.respuestas.decisiones import EstadoDeConformidad, estado_de
from consulta.respuestas.models import Cobertura, Derivacion
from consulta.respuestas.notas import conversaciones
from consulta.respuestas.permissions import puede_anotar
from cuentas.models import User
from cuentas.suplencias import titulares_de

REPLICAS_A_LA_VISTA = 10
PARECIDAS_A_LA_VISTA = 5
GRADO_MINIMO = 40
"""Share of equal words, in %, from which two contributions are shown as alike."""


def aporte_del_libro(pk: int | str) -> Aporte:
    """The confirmed contribution `pk` with its text, whoever has it in hand; 404 when there is none."""
    return get_object_or_404(
        Aporte.objects.confirmados().con_texto().select_related("institucion", "responsable"), pk=pk
    )


def expediente(aporte: Aporte) -> dict[str, Any]:
    """Context of `respuestas/_aporte.html`. A constant number of queries."""
    antes = Aporte.objects.con_texto().filter(
        pk__in={pk for pk in (aporte.raiz_id, aporte.padre_id) if pk}
    )
    replicas = Aporte.objects.confirmados().con_texto().filter(padre=aporte)
    return {
        "aporte": aporte,
        "contenido": aporte.contenido,
        "campos": _campos(aporte.contenido.campos or {}),
        "antes": antes.order_by("enviado_en", "pk"),
        "replicas": replicas.order_by("enviado_en", "pk")[:REPLICAS_A_LA_VISTA],
        "total_replicas": replicas.count(),
        "conformidad": conformidad_en_curso(aporte),
        "historial": Cobertura.objects.publicadas()
        .con_respuesta()
        .filter(aporte=aporte)
        .order_by("-version__publicada_en", "-version_id"),
    }


def conformidad_en_curso(aporte: Aporte) -> EstadoDeConformidad | None:
    """Where the sealed answer to `aporte` stands while it waits; None when there is none."""
    cobertura = (
        Cobertura.objects.presentadas()
        .filter(aporte=aporte)
        .select_related("version__respuesta__consulta")
        .first()
    )
    return estado_de(cobertura.version) if cobertura is not None else None


def respuestas_parecidas(aporte: Aporte) -> Any:
    """The latest answers of the same consultation, those of the same theme first."""
    mismo_tema = Case(
        When(aporte__tema=aporte.tema_id, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return (
        Cobertura.objects.publicadas()
        .con_respuesta()
        .select_related("aporte__consulta")
        .filter(aporte__consulta=aporte.consulta_id)
        .exclude(aporte=aporte)
        .order_by(mismo_tema, "-version__publicada_en", "-pk")[:PARECIDAS_A_LA_VISTA]
    )


def _campos(campos: dict[str, Any]) -> list[tuple[Any, str]]:
    pares: list[tuple[Any, str]] = [
        (etiqueta, campos[nombre])
        for nombre, etiqueta in CAMPOS_DE_PROPUESTA.items()
        if campos.get(nombre)
    ]
    valores = [str(Valor(v).label) for v in campos.get("valores") or [] if v in Valor.values]
    return [*pares, ("Valores de gobierno abierto", ", ".join(valores))] if valores else pares


def lo_interno(aporte: Aporte, usuario: User) -> dict[str, Any]:
    """What only those who answer see beside a contribution: whose it was, what they tell each other,
    and how ones like it were answered. A constant number of queries; nothing for other roles."""
    if not puede_anotar(usuario):
        return {"ve_lo_interno": False}
    historia = Derivacion.objects.filter(aporte=aporte).select_related(
        "de", "a", "responsable", "por", "regla"
    )
    return {
        "ve_lo_interno": True,
        "derivaciones": historia.order_by("-en", "-pk"),
        "conversaciones": conversaciones(aporte, usuario),
        "iguales": aportes_parecidos(aporte),
        "anteriores": respuestas_parecidas(aporte),
        "suple_a": [t for t in titulares_de(usuario) if t.pk == aporte.responsable_id],
    }


def aportes_parecidos(aporte: Aporte) -> list[dict[str, Any]]:
    """Contributions that say nearly the same, each with its current answer if it has one; four queries."""
    if not aporte.es_visible:
        return []
    hallados = [
        p
        for p in parecidos(aporte.consulta, texto_completo(aporte), PARECIDAS_A_LA_VISTA + 1)
        if p.aporte.pk != aporte.pk and p.grado >= GRADO_MINIMO
    ][:PARECIDAS_A_LA_VISTA]
    respuestas = Cobertura.objects.vigentes_de([p.aporte for p in hallados])
    return [
        {"aporte": p.aporte, "grado": p.grado, "respuesta": respuestas.get(p.aporte.pk)}
        for p in hallados
    ]
