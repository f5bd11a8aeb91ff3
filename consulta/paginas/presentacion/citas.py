"""Quotes, on the words of the draft and beside the comment that makes them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Max
from django.urls import reverse

from consulta.aportes.enums import EstadoAncla, Situacion
from consulta.aportes.models import ANCHO_FOLIO, Ancla
from consulta.paginas.presentacion.tramos import Marca
from consulta.procesos.models import Fragmento, VersionBorrador


@dataclass(frozen=True, slots=True)
class VistaCita:
    """The words one comment speaks of, where they were and what became of them.

    `despues` says it of the newest version; empty where the words are of that one.
    """

    texto: str
    url: str
    lugar: str
    despues: str = ""
    despues_url: str = ""
    perdida: bool = False


def marcas_de(version: VersionBorrador, fragmentos: Sequence[int]) -> dict[int, list[Marca]]:
    """The quotes of standing comments on some `fragmentos` of a version, by fragment, in the order of
    the text; one query."""
    filas = Ancla.objects.filter(
        version=version,
        fragmento__in=fragmentos,
        aporte__situacion=Situacion.VIGENTE,
        aporte__confirmado_en__isnull=False,
    )
    marcas: dict[int, list[Marca]] = defaultdict(list)
    datos = filas.order_by("inicio", "pk").values_list(
        "fragmento", "inicio", "cita", "aporte__consulta__sigla", "aporte__n"
    )
    for fragmento, inicio, cita, sigla, n in datos:
        folio = f"{sigla}-{n:0{ANCHO_FOLIO}d}"
        url = reverse("paginas:aporte", args=[folio])
        if fragmento is not None and inicio is not None:  # one without the other cannot be
            marcas[fragmento].append(Marca(inicio, inicio + len(cita), folio, url))
    return marcas


def citas_de(ids: Iterable[int]) -> dict[int, VistaCita]:
    """What each of the contributions `ids` quotes, by its id; two queries, one where nothing is quoted."""
    anclas: dict[int, list[Ancla]] = defaultdict(list)
    filas = Ancla.objects.filter(aporte__in=list(ids))
    for ancla in filas.select_related("version__consulta", "fragmento").order_by("version__n"):
        anclas[ancla.aporte_id].append(ancla)
    if not anclas:
        return {}
    consultas = {propias[0].version.consulta_id for propias in anclas.values()}
    ultimas = dict(
        VersionBorrador.objects.publicadas()
        .filter(consulta__in=consultas)
        .order_by()
        .values_list("consulta")
        .annotate(Max("n"))
    )
    return {
        pk: _vista(propias, ultimas[propias[0].version.consulta_id])
        for pk, propias in anclas.items()
    }


def lugar_de(ancla: Ancla) -> str:
    """Address of the quoted words, lit where the page opens."""
    if ancla.fragmento is None:
        return ""
    version = ancla.version
    ruta = reverse(
        "paginas:fragmento", args=[version.consulta.slug, version.n, ancla.fragmento.orden]
    )
    return f"{ruta}?cita={ancla.inicio}-{(ancla.inicio or 0) + len(ancla.cita)}#texto"


def nombre_de(fragmento: Fragmento | None, n: int) -> str:
    return f"versión {n}, párrafo {fragmento.orden}" if fragmento else f"versión {n}"


def _vista(anclas: list[Ancla], n: int) -> VistaCita:
    original, ultima = anclas[0], anclas[-1]
    vista = VistaCita(
        texto=original.cita,
        url=lugar_de(original),
        lugar=nombre_de(original.fragmento, original.version.n),
    )
    if ultima.version.n != n or ultima is original:
        return vista
    if ultima.fragmento is not None:
        donde = f"En la versión {n} están en el párrafo {ultima.fragmento.orden}"
        return replace(vista, despues=donde, despues_url=lugar_de(ultima))
    if ultima.estado == EstadoAncla.SIN_LUGAR:
        return replace(vista, despues=f"Estas palabras ya no están en la versión {n}", perdida=True)
    return replace(
        vista,
        despues=f"No encontramos estas palabras en la versión {n}: una persona lo revisará",
        perdida=True,
    )
