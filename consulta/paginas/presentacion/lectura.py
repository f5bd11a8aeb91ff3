"""A version of the draft as a reader has it: its text, what changed in it, what was said of each piece."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Sum
from django.urls import reverse

from consulta.aportes.models import Recuento
from consulta.paginas.presentacion.borradores import (
    QueCambio,
    Seccion,
    VistaFragmento,
    comentarios_por_fragmento,
    secciones,
    vista_de_fragmento,
)
from consulta.paginas.presentacion.cambios import al_margen, en_palabras
from consulta.paginas.presentacion.citas import marcas_de
from consulta.paginas.presentacion.partes import Parte, parte_de, partir
from consulta.procesos.alineacion import Alineado, alinear, contar
from consulta.procesos.linajes import Paso, antepasados, componer, pasos
from consulta.procesos.models import Consulta, Fragmento, VersionBorrador
from consulta.respuestas.models import Cobertura


@dataclass(slots=True)
class Lectura:
    """A page of one version. `cambios` says in words what is new since the version before."""

    vistas: Sequence[VistaFragmento]
    secciones: Sequence[Seccion]
    parte: Parte
    partes: Sequence[Parte]
    total: int
    fragmentos: int
    cambios: str
    antes: VersionBorrador | None


def leer_version(
    consulta: Consulta,
    version: VersionBorrador,
    versiones: Sequence[VersionBorrador],
    *,
    pagina: int | None,
    orden: int | None,
    comentable: bool,
) -> Lectura:
    """The page `pagina` of a version, or the one that has the fragment `orden`; seven queries.

    `versiones` are all that are published, in order.
    """
    fragmentos = list(version.fragmentos.order_by("orden"))
    partes = partir(fragmentos)
    parte = partes[min(max(pagina or 1, 1), len(partes)) - 1]
    if pagina is None and orden is not None:
        parte = parte_de(partes, orden)
    cuentas = comentarios_por_fragmento(consulta)
    hasta = [v for v in versiones if v.n <= version.n]
    entre = pasos(hasta)
    previa = hasta[-2] if len(hasta) > 1 else None
    alineados = _desde(previa, fragmentos, entre[-1]) if previa is not None else []
    sitios = {f.pk: sitio for sitio in alineados for f in sitio.a}
    de_antes = antepasados(entre, cuentas)
    previos = {de for de, _a, _tipo in entre[-1]} if entre else set()
    de_la_parte = fragmentos[_lugar(fragmentos, parte.desde) : _lugar(fragmentos, parte.hasta) + 1]
    marcas = marcas_de(version, [f.pk for f in de_la_parte])
    cambiaron = que_cambio(version)
    vistas = []
    for f in de_la_parte:
        vista = vista_de_fragmento(
            f,
            slug=consulta.slug,
            n=version.n,
            comentarios=cuentas.get(f.pk, 0),
            comentable=comentable,
            marcas=marcas.get(f.pk, ()),
        )
        _contar_antes(vista, de_antes.get(f.pk, set()), cuentas, previos)
        vista.cambio_por = cambiaron.get(f.pk, ())
        if previa is not None:
            _novedad(vista, sitios[f.pk], consulta, previa, version)
        vistas.append(vista)
    return Lectura(
        vistas=vistas,
        secciones=_indice(version, fragmentos, cuentas, de_antes),
        parte=parte,
        partes=partes,
        total=sum(cuentas.get(f.pk, 0) for f in fragmentos),
        fragmentos=len(fragmentos),
        cambios=en_palabras(contar(alineados)) if previa else "",
        antes=previa,
    )


def indice_de(consulta: Consulta) -> Sequence[Seccion]:
    """The contents of the draft in force, with the comments that `leer_version` counts beside each
    heading: what was said of earlier versions too. None without one; four queries."""
    versiones = list(consulta.versiones.publicadas().order_by("n"))
    if not versiones:
        return []
    version, cuentas = versiones[-1], comentarios_por_fragmento(consulta)
    fragmentos = list(version.fragmentos.order_by("orden"))
    return _indice(version, fragmentos, cuentas, antepasados(pasos(versiones), cuentas))


def _indice(
    version: VersionBorrador,
    fragmentos: Sequence[Fragmento],
    cuentas: Mapping[int, int],
    de_antes: Mapping[int, set[int]],
) -> list[Seccion]:
    sumadas = {f.pk: cuentas.get(f.pk, 0) + sum(cuentas[de] for de in de_antes.get(f.pk, ()))
               for f in fragmentos}  # fmt: skip
    base = reverse("paginas:borrador_version", args=[version.consulta.slug, version.n])
    return secciones(fragmentos, sumadas, base)


def que_cambio(version: VersionBorrador) -> dict[int, list[QueCambio]]:
    """The responses that changed each fragment of a version, by its id; one query."""
    return por_fragmento(Cobertura.objects.que_cambiaron([version]))


def por_fragmento(coberturas: Iterable[Cobertura]) -> dict[int, list[QueCambio]]:
    hechos: dict[int, list[QueCambio]] = {}
    for cobertura in coberturas:
        aporte = cobertura.aporte
        hechos.setdefault(cobertura.destino.fragmento_id or 0, []).append(
            QueCambio(
                aporte.folio,
                f"{aporte.get_absolute_url()}#respuesta",
                cobertura.resultado,
                cobertura.get_resultado_display(),
                aporte.situacion,
            )
        )
    return hechos


def comentarios_generales(consulta: Consulta) -> int:
    """How many contributions speak of the draft as a whole; one query."""
    filas = Recuento.objects.filter(asunto__consulta=consulta, asunto__fragmento=None)
    return filas.aggregate(n=Sum("total"))["n"] or 0


def _lugar(fragmentos: Sequence[Fragmento], orden: int) -> int:
    return next((i for i, f in enumerate(fragmentos) if f.orden == orden), 0)


def _contar_antes(
    vista: VistaFragmento, de: set[int], cuentas: Mapping[int, int], previos: set[int]
) -> None:
    vista.antes = sum(cuentas[f] for f in de)
    if vista.antes:
        donde = "la versión anterior" if de <= previos else "versiones anteriores"
        vista.antes_texto = f"{vista.antes} en {donde}"


def _desde(antes: VersionBorrador, fragmentos: Sequence[Fragmento], paso: Paso) -> list[Alineado]:
    """What each place was in the version before; one query, which brings no text."""
    viejos = list(antes.fragmentos.only("version", "orden", "sha256").order_by("orden"))
    return alinear(viejos, fragmentos, componer([paso], [f.pk for f in viejos]))


def _novedad(
    vista: VistaFragmento,
    sitio: Alineado,
    consulta: Consulta,
    antes: VersionBorrador,
    version: VersionBorrador,
) -> None:
    vista.cambio_texto = al_margen(sitio)
    if vista.cambio_texto:
        vista.cambio = sitio.tipo
        comparar = reverse("paginas:comparar", args=[consulta.slug])
        vista.cambio_url = f"{comparar}?de={antes.n}&a={version.n}&p={vista.orden}#{vista.ancla}"
