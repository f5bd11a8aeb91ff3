"""Every link of the pages one visits answers."""

from concurrent.futures import ThreadPoolExecutor

from tests.carga.pagina import Persona

FUERA = ("/cuenta/logout", "/admin/logout", "/correo/", "/static/", "/media/")


def recorrer(quien: Persona, rutas: list[str]) -> int:
    """Open `rutas` and whatever they link to, within the site; how many addresses. `visitar` complains
    of those that do not answer."""
    with ThreadPoolExecutor(4) as hilos:
        paginas = list(hilos.map(quien.visitar, rutas))
        vistas = set(rutas) | {p.ruta for p in paginas}
        destinos = {
            e for p in paginas for e in p.enlaces() if e not in vistas and not e.startswith(FUERA)
        }
        list(hilos.map(quien.visitar, sorted(destinos)))
    return len(vistas) + len(destinos)
