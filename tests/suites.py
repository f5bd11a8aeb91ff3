"""`python -m tests.suites lint test-sqlite …`: run those make targets and add up what they say.

Every target runs, also after one fails. The last line is «N passed, N failed» over all of them; a
target without a pytest report counts as one. A test skipped because a part of the machine is
missing counts as failed, here and in CI: a green run means that everything ran.
"""

import subprocess
import sys
import time
import xml.etree.ElementTree as ET
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


def correr(objetivo: str) -> Resultado:
    """Run one make target, showing its output as it comes, and read its report."""
    informe = RESULTADOS / f"{objetivo}.xml"
    informe.unlink(missing_ok=True)
    sys.stdout.write(f"\n== make {objetivo}\n")
    sys.stdout.flush()
    inicio = time.monotonic()
    codigo = subprocess.run(
        ["make", "--no-print-directory", objetivo], cwd=RAIZ, stdin=subprocess.DEVNULL, check=False
    ).returncode
    pasaron, fallaron, omitidas = contar(informe) if informe.exists() else (int(codigo == 0), 0, 0)
    if codigo != 0 and fallaron == 0:
        fallaron = 1
    return Resultado(objetivo, pasaron, fallaron, omitidas, time.monotonic() - inicio)


def main(objetivos: list[str]) -> int:
    RESULTADOS.mkdir(parents=True, exist_ok=True)
    resultados = [correr(objetivo) for objetivo in objetivos]
    pasaron = sum(resultado.pasaron for resultado in resultados)
    fallaron = sum(resultado.fallaron for resultado in resultados)
    sys.stdout.write("\n== Resumen\n")
    for resultado in resultados:
        sys.stdout.write(f"{resultado}\n")
    sys.stdout.write(f"\n{pasaron} passed, {fallaron} failed\n")
    return 1 if fallaron else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
