"""The tree below the roots of a page, a stretch at a time, oldest first.

Oldest first means that a reply comes after what it answers. Four levels are drawn; deeper ones stand
in the fourth and say whom they answer, and so does a reply whose parent is in another stretch.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from consulta.aportes.filas import FilaDeHilo, Trecho, leer_filas
from consulta.aportes.models import Aporte
from consulta.paginas.presentacion.aportes import Tramo, VistaAporte
from consulta.paginas.presentacion.direcciones import direccion
from consulta.paginas.presentacion.tarjetas import Lector, folio_de, tarjetas_de

REPLICAS_POR_RAIZ = 5
REPLICAS_POR_PAGINA = 40
NIVELES = 4


def dibujar(
    ids: Sequence[int], buscado: Aporte | None, arriba: int, lector: Lector
) -> dict[int, VistaAporte]:
    """Cards of the roots `ids` with their first replies; below the root of `buscado`, which has `arriba`
    replies before it, the stretch where it is. Four queries at most."""
    desde, raiz_buscada = 0, None
    if buscado is not None and buscado.raiz_id in ids:
        raiz_buscada = buscado.raiz_id
        desde = arriba // REPLICAS_POR_PAGINA * REPLICAS_POR_PAGINA
    debajo = [
        Trecho(pk, desde, REPLICAS_POR_PAGINA)
        if pk == raiz_buscada
        else Trecho(pk, 0, REPLICAS_POR_RAIZ)
        for pk in ids
    ]
    filas = leer_filas(ids, lector.cuenta, debajo)
    vistas = tarjetas_de(filas, lector)
    armar(filas, vistas, ids)
    mostradas = Counter(fila.raiz_id for fila in filas)
    for pk in ids:
        vista = vistas.get(pk)
        if vista is not None and vista.replicas_n:
            es_la_buscada = pk == raiz_buscada
            vista.tramo = salidas(
                vista.folio,
                vista.replicas_n,
                desde if es_la_buscada else 0,
                mostradas[pk],
                entero=es_la_buscada,
            )
    nombrar_padres(filas, vistas, lector)
    return vistas


def tramo_de(raiz: Aporte, numero: int, lector: Lector) -> tuple[list[VistaAporte], Tramo]:
    """One stretch of the replies below a root, hung in their tree, and the ways out of it."""
    desde = (numero - 1) * REPLICAS_POR_PAGINA
    filas = leer_filas((), lector.cuenta, [Trecho(raiz.pk, desde, REPLICAS_POR_PAGINA)])
    vistas = tarjetas_de(filas, lector)
    ramas = armar(filas, vistas, [raiz.pk])[raiz.pk]
    nombrar_padres(filas, vistas, lector, raiz.pk)
    return ramas, salidas(raiz.folio, raiz.replicas_n, desde, len(filas))


def armar(
    filas: Sequence[FilaDeHilo], vistas: Mapping[int, VistaAporte], raices: Iterable[int]
) -> dict[int, list[VistaAporte]]:
    """Hang each reply of `filas`, which come oldest first, where it is drawn; returns those right below
    each of `raices`, which need not be among them."""
    nivel = dict.fromkeys(raices, 1)
    debajo: dict[int, list[VistaAporte]] = {
        pk: vistas[pk].replicas if pk in vistas else [] for pk in nivel
    }
    ramas = {pk: debajo[pk] for pk in nivel}
    arriba: dict[int, int] = {}
    for fila in filas:
        if fila.raiz_id is None or fila.pk in nivel:
            continue
        padre = fila.padre_id if fila.padre_id in nivel else fila.raiz_id
        if padre is None or padre not in nivel:
            continue
        vista, lugar = vistas[fila.pk], padre
        if nivel[padre] == NIVELES:
            lugar = arriba[padre]
            vista.en_respuesta_texto = vistas[padre].folio
            vista.en_respuesta_url = f"#aporte-{vistas[padre].folio}"
        debajo[lugar].append(vista)
        debajo[fila.pk] = vista.replicas
        arriba[fila.pk] = lugar
        nivel[fila.pk] = vista.nivel = nivel[lugar] + 1
    return ramas


def salidas(folio: str, total: int, desde: int, mostradas: int, *, entero: bool = True) -> Tramo:
    """Ways out of a stretch. One that is not `entero` is a first taste, which its page takes the place of."""
    base = direccion("respuestas", folio)
    quedan = max(total - desde - mostradas, 0)
    numero = desde // REPLICAS_POR_PAGINA + 1
    return Tramo(
        folio,
        antes=desde,
        antes_url=f"{base}?pagina={numero - 1}&hacia=antes" if desde else "",
        despues=quedan,
        despues_url=f"{base}?pagina={numero + 1 if entero else 1}" if quedan else "",
        reemplaza=not entero,
    )


def nombrar_padres(
    filas: Iterable[FilaDeHilo],
    vistas: Mapping[int, VistaAporte],
    lector: Lector,
    a_la_vista: int | None = None,
) -> None:
    """Replies whose parent is in another stretch say whom they answer."""
    for fila in filas:
        lejos = fila.padre_id not in vistas and fila.padre_id != a_la_vista
        if fila.padre_n and lejos:
            folio = folio_de(lector.consulta, fila.padre_n)
            vistas[fila.pk].en_respuesta_texto = folio
            vistas[fila.pk].en_respuesta_url = direccion("aporte", folio)
