"""How contributions read in the archive: the words, never who wrote them as a private person."""

from collections.abc import Sequence

from comun.buscador import DatosFicha, Fuente, Tipo, registrar
from consulta.aportes.enums import CAMPOS_DE_PROPUESTA, TipoAporte
from consulta.aportes.models import Aporte, AporteVersion, Autoria
from consulta.aportes.querysets import AporteQuerySet
from consulta.procesos.models import Consulta


def en_archivo() -> AporteQuerySet:
    """Confirmed, in an announced consultation, neither withdrawn nor removed."""
    return Aporte.objects.publicos().vigentes()


def fichas_de_aportes(ids: Sequence[int]) -> dict[int, DatosFicha]:
    """Their current text; an erased one is not there. Three queries."""
    fichas = {a.pk: ficha_de(a) for a in en_archivo().filter(pk__in=ids).con_texto()}
    return {pk: ficha for pk, ficha in fichas.items() if ficha is not None}


def ficha_de(aporte: Aporte) -> DatosFicha | None:
    """How it reads; None when its words were erased. No query where it comes `con_texto`."""
    contenido = aporte.contenido
    if contenido.texto is None and contenido.titulo is None:
        return None
    es_propuesta = aporte.tipo == TipoAporte.PROPUESTA or bool(contenido.titulo)
    campos = contenido.campos or {}
    textos = [contenido.texto or "", *(str(campos.get(c) or "") for c in CAMPOS_DE_PROPUESTA)]
    autoria = getattr(aporte, "autoria", None)
    return DatosFicha(
        tipo=Tipo.PROPUESTA if es_propuesta else Tipo.COMENTARIO,
        titulo=contenido.titulo or f"Comentario {aporte.folio}",
        direccion=aporte.get_absolute_url(),
        texto="\n\n".join(filter(None, textos)),
        claves=(
            aporte.folio,
            aporte.tema.nombre if aporte.tema else "",
            aporte.get_region_display() if aporte.region else "",
            autoria.organizacion if autoria else "",
            aporte.en_nombre_de.nombre if aporte.en_nombre_de else "",
        ),
        contexto=aporte.consulta.titulo,
        fecha=aporte.enviado_en,
    )


def registrar_fichas() -> None:
    """Called at start-up."""
    registrar(
        Fuente(
            modelo=Aporte,
            fichas=fichas_de_aportes,
            publicos=lambda: en_archivo().values_list("pk", flat=True),
            depende_de={
                Consulta: lambda ids: Aporte.objects.filter(consulta__in=ids).values_list(
                    "pk", flat=True
                ),
                AporteVersion: lambda ids: Aporte.objects.filter(versiones__in=ids).values_list(
                    "pk", flat=True
                ),
                Autoria: lambda ids: ids,
            },
        )
    )
