"""The mails a site sent, as one reads them at `/correo/`."""

import re
import time
import urllib.parse
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.carga.ensayo.cuenta import Cuenta
from tests.carga.pagina import Persona
from tests.carga.programa import comprobar


@dataclass(frozen=True)
class Correo:
    """One mail of the list; `ruta` is its page."""

    ruta: str
    para: str
    asunto: str


class Buzon:
    """What came since it was opened."""

    def __init__(self, base: str) -> None:
        self.lector = Persona(base)
        self.antes: frozenset[str] = frozenset()
        self.antes = frozenset(c.ruta for c in self.nuevos(paginas=1))
        self.dadas: set[str] = set()

    def nuevos(self, paginas: int = 10_000) -> list[Correo]:
        """Newest first, until one that was there before."""
        hallados: dict[str, Correo] = {}
        for n in range(1, paginas + 1):
            pagina = self.lector.visitar(f"/correo/?pagina={n}")
            suyos = [
                Correo(
                    str(x.select_one("h2 a")["href"]),  # type: ignore[index]
                    x.select_one(".tarjeta__tipo").find(string=True).strip(),  # type: ignore[union-attr]
                    _asunto(x.select_one("h2").get_text(" ")),  # type: ignore[union-attr]
                )
                for x in pagina.sopa.select("article.resultado")
            ]
            hallados |= {c.ruta: c for c in suyos if c.ruta not in self.antes}
            if not suyos or any(c.ruta in self.antes for c in suyos):
                break
            if f"pagina={n + 1}" not in pagina.html:
                break
        return list(hallados.values())

    def carta(self, para: str, asunto: str, segundos: int = 60) -> Correo:
        """The newest to `para` whose subject begins so that was not given before. It looks further back each
        time it is not there: in a burst others' mails push it down by pages."""
        limite, paginas = time.monotonic() + segundos, 3
        while True:
            for c in self.nuevos(paginas):
                if c.para == para and c.asunto.startswith(asunto) and c.ruta not in self.dadas:
                    self.dadas.add(c.ruta)
                    return c
            if time.monotonic() > limite:
                raise RuntimeError(f"a {para} no le llegó «{asunto}»")
            paginas *= 2
            time.sleep(1)

    def esperar_todas(self, para: str, cuantas: int, segundos: int = 60) -> None:
        """Until `para` has that many."""
        limite = time.monotonic() + segundos
        while len(suyas := [c for c in self.nuevos() if c.para == para]) < cuantas:
            if time.monotonic() > limite:
                comprobar(False, f"a {para} le llegaron {len(suyas)} de {cuantas}")
                return
            time.sleep(2)

    def enlaces(self, correo: Correo) -> list[str]:
        """The addresses of this site a mail has."""
        pagina = self.lector.visitar(correo.ruta)
        titulo = pagina.sopa.find("h2", string="Enlaces")
        lista = titulo.find_next("ul") if titulo else None
        todos = [str(a["href"]) for a in lista.find_all("a")] if lista else []
        return [e.removeprefix(self.lector.base) for e in todos if e.startswith(self.lector.base)]


def _asunto(escrito: str) -> str:
    """Without the name of the site before it."""
    return re.sub(r"^\[[^]]+\] ", "", " ".join(escrito.split()))


CONTADOS = re.compile(
    r"^(Respondimos|Corregimos la respuesta|Mejoramos la redacción de la respuesta|"
    r"Revisamos la respuesta|Se respondieron todos los aportes|Recibimos|Confirme su aporte)"
)
"""Subjects the program counts one by one; others it only looks at for repetition."""


def comprobar_correos(buzon: Buzon, cuenta: Cuenta, mios: frozenset[str], sigla: str) -> None:
    """Each got exactly what they should, and every link of what they got answers."""
    faltan = cuenta.esperados
    limite = time.monotonic() + 180
    while True:
        correos = [
            c
            for c in buzon.nuevos()
            if c.para in mios and (sigla in c.asunto or "@demo." not in c.para)
        ]
        llegados = Counter((c.para, c.asunto) for c in correos if CONTADOS.match(c.asunto))
        if not (faltan - llegados) or time.monotonic() > limite:
            break
        time.sleep(2)
    comprobar(
        not (faltan - llegados),
        f"no llegaron {sum((faltan - llegados).values())}: {list((faltan - llegados).items())[:5]}",
    )
    comprobar(
        not (llegados - faltan),
        f"sobran {sum((llegados - faltan).values())}: {list((llegados - faltan).items())[:5]}",
    )
    print(
        f"  {sum(llegados.values())} correos a {len({c.para for c in correos})} personas",
        flush=True,
    )
    comprobar_enlaces_de_correos(buzon, correos)


def comprobar_avisos(personas: dict[str, Persona], cuenta: Cuenta) -> None:
    """What is not mailed at once is listed on the site, once."""
    for correo, dice in cuenta.en_sitio:
        lineas = personas[correo].visitar("/avisos/").sopa.select("li p a")
        veces = sum(a.get_text().startswith(dice) for a in lineas)
        comprobar(veces == 1, f"/avisos/ de {correo} dice «{dice}» {veces} veces")


def comprobar_enlaces_de_correos(buzon: Buzon, correos: Iterable[Correo]) -> None:
    """Every link of every mail, each address once."""
    with ThreadPoolExecutor(4) as hilos:
        por_correo = list(hilos.map(buzon.enlaces, correos))
        destinos = {urllib.parse.urldefrag(e).url for suyos in por_correo for e in suyos}
        list(hilos.map(buzon.lector.visitar, sorted(destinos)))
    print(f"  {len(destinos)} direcciones de correos, abiertas", flush=True)
