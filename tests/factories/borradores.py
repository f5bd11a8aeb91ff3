"""Drafts in several versions, published by their flow."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from consulta.procesos.enums import TipoCorrespondencia, TipoFragmento
from consulta.procesos.flows.borrador import huella_de_fragmento, publicar_version
from consulta.procesos.models import Consulta, Correspondencia, Fragmento, VersionBorrador
from tests.factories import AHORA
from tests.factories.cuentas import UserFactory

Arista = tuple[int, int] | tuple[int, int, TipoCorrespondencia]


def version(
    consulta: Consulta,
    textos: Iterable[str],
    aristas: Iterable[Arista] = (),
    ahora: datetime | None = None,
) -> VersionBorrador:
    """The next version, published; `aristas` are (place before, place now[, kind]), counted from 1.
    A text that begins with `# ` is a heading, one with line ends a list."""
    ultima = consulta.versiones.order_by("-n").first()
    n = ultima.n + 1 if ultima else 1
    nueva = VersionBorrador.objects.create(consulta=consulta, n=n, titulo=f"Versión {n}")
    Fragmento.objects.bulk_create(
        Fragmento(
            version=nueva,
            orden=orden,
            tipo=_tipo(texto),
            nivel=1 if texto.startswith("# ") else 0,
            texto=texto.removeprefix("# "),
            sha256=huella_de_fragmento(texto),
        )
        for orden, texto in enumerate(textos, 1)
    )
    if ultima is not None:
        de = dict(ultima.fragmentos.values_list("orden", "pk"))
        a = dict(nueva.fragmentos.values_list("orden", "pk"))
        for arista in aristas:
            tipo = arista[2] if len(arista) == 3 else TipoCorrespondencia.CAMBIA
            Correspondencia.objects.create(de_id=de[arista[0]], a_id=a[arista[1]], tipo=tipo)
    cuando = ahora or AHORA - timedelta(days=9) + timedelta(days=n)
    return publicar_version(version=nueva, por=UserFactory(secretaria=True), ahora=cuando)


def _tipo(texto: str) -> TipoFragmento:
    if texto.startswith("# "):
        return TipoFragmento.TITULO
    return TipoFragmento.LISTA if "\n" in texto else TipoFragmento.PARRAFO
