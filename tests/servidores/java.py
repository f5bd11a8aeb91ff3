"""A JDK new enough for Elasticsearch: a runtime lacks modules that the node needs."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from .paquetes import FaltaError, instalar_paquetes

MINIMA = 21
PAQUETES = ("openjdk-25-jdk-headless", "openjdk-21-jdk-headless")
DEL_SISTEMA = Path("/usr/lib/jvm")


def version_de(carpeta: Path) -> int:
    """Major version of the JDK under `carpeta`; 0 when there is none that runs."""
    if not (carpeta / "bin" / "jlink").exists():
        return 0
    try:
        salida = subprocess.run(
            [str(carpeta / "bin" / "java"), "-version"], capture_output=True, text=True, check=True
        ).stderr
    except (OSError, subprocess.CalledProcessError):
        return 0
    encontrada = re.search(r'version "(\d+)', salida)
    return int(encontrada[1]) if encontrada else 0


def la_mas_nueva() -> Path | None:
    mejor = max(DEL_SISTEMA.glob("*"), key=version_de, default=None)
    return mejor if mejor and version_de(mejor) >= MINIMA else None


def carpeta_de_java() -> Path:
    """Home of a JDK ≥ 21: ES_JAVA_HOME, else the system's newest, installed where apt has one.

    Raises FaltaError when none can be had.
    """
    pedida = os.environ.get("ES_JAVA_HOME")
    if pedida:
        if version_de(Path(pedida)) < MINIMA:
            raise FaltaError(f"ES_JAVA_HOME={pedida} no es un JDK {MINIMA} o más nuevo")
        return Path(pedida)
    encontrada = la_mas_nueva()
    if encontrada is None and shutil.which("apt-cache"):
        for paquete in PAQUETES:
            ofrecido = subprocess.run(
                ["apt-cache", "show", paquete], capture_output=True, check=False
            )
            if ofrecido.returncode == 0:
                instalar_paquetes(paquete)
                break
        encontrada = la_mas_nueva()
    if encontrada is None:
        raise FaltaError(
            f"Elasticsearch necesita un JDK {MINIMA} o más nuevo, que este sistema no ofrece; "
            "instale uno e indíquelo con ES_JAVA_HOME=/ruta"
        )
    return encontrada
