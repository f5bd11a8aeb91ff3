"""`python -m tests.suites "lint|test-humo" test-sqlite …`: run those make targets and add up what they say.

Targets joined by «|» run side by side, each for one core; «a b|c» runs a and then b beside c. Every
target runs, also after one fails. The last line is «N passed, N failed» over all of them; a
target without a pytest report counts as one. A test skipped because a part of the machine is
missing counts as failed, here and in CI: a green run means that everything ran.
"""

import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[1]
RESULTADOS = RAIZ / "var" / "pruebas"
SIN_PARTE = "Falta una parte"


@dataclass(frozen=True)
class Resultado:
    objetivo: str
    pasaron: int
    fallaron: int
    omitidas: int
    segundos: float

    def __str__(self) -> str:
        return (
            f"{self.objetivo:<15}{self.pasaron:>6} pasaron {self.fallaron:>4} fallaron "
            f"{self.omitidas:>4} omitidas {self.segundos:>6.0f} s"
        )


def contar(informe: Path) -> tuple[int, int, int]:
    """(passed, failed, skipped) of a JUnit report of pytest; a missing part is a failure."""
    pasaron = fallaron = omitidas = 0
    for caso in ET.parse(informe).iter("testcase"):
        omision = caso.find("skipped")
        if caso.find("failure") is not None or caso.find("error") is not None:
            fallaron += 1
        elif omision is None:
            pasaron += 1
        elif SIN_PARTE in omision.get("message", ""):
            fallaron += 1
        else:
            omitidas += 1
    return pasaron, fallaron, omitidas


def correr(objetivo: str, *, aparte: bool = False) -> Resultado:
    """Run one make target and read its report. Its output shows as it comes, or whole at its end where
    another runs beside it (`aparte`)."""
    informe = RESULTADOS / f"{objetivo}.xml"
    informe.unlink(missing_ok=True)
    titulo = f"\n== make {objetivo}\n"
    if not aparte:
        sys.stdout.write(titulo)
    sys.stdout.flush()
    inicio = time.monotonic()
    hecho = subprocess.run(
        ["make", "--no-print-directory", objetivo],
        cwd=RAIZ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if aparte else None,
        stderr=subprocess.STDOUT if aparte else None,
        text=True,
        check=False,
    )
    if aparte:
        sys.stdout.write(titulo + hecho.stdout)
        sys.stdout.flush()
    codigo = hecho.returncode
    pasaron, fallaron, omitidas = contar(informe) if informe.exists() else (int(codigo == 0), 0, 0)
    if codigo != 0 and fallaron == 0:
        fallaron = 1
    return Resultado(objetivo, pasaron, fallaron, omitidas, time.monotonic() - inicio)


def correr_juntos(pedido: str) -> list[Resultado]:
    """The results of «a b|c», in the order they are named."""
    filas = [fila.split() for fila in pedido.split("|")]
    aparte = len(filas) > 1
    with ThreadPoolExecutor(len(filas)) as hilos:
        juntas = hilos.map(lambda fila: [correr(o, aparte=aparte) for o in fila], filas)
        return [resultado for fila in juntas for resultado in fila]


def main(pedidos: list[str]) -> int:
    RESULTADOS.mkdir(parents=True, exist_ok=True)
    resultados = [resultado for pedido in pedidos for resultado in correr_juntos(pedido)]
    pasaron = sum(resultado.pasaron for resultado in resultados)
    fallaron = sum(resultado.fallaron for resultado in resultados)
    sys.stdout.write("\n== Resumen\n")
    for resultado in resultados:
        sys.stdout.write(f"{resultado}\n")
    sys.stdout.write(f"\n{pasaron} passed, {fallaron} failed\n")
    return 1 if fallaron else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
