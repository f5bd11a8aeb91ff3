"""An Elasticsearch node of our own: one process, data in a temporary folder, on a free port."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from .distribucion import distribucion
from .java import carpeta_de_java
from .paquetes import decir
from .procesos import carpeta_temporal, entregar, esperar, puerto_libre, servidor

MEMORIA = os.environ.get("ES_JAVA_OPTS") or "-Xms512m -Xmx512m"
LANZADOR = "org.elasticsearch.server.launcher.ServerLauncher"


def configuracion(carpeta: Path, puerto: int) -> str:
    return f"""\
cluster.name: portal-pruebas
discovery.type: single-node
network.host: 127.0.0.1
http.port: {puerto}
transport.port: {puerto_libre()}
path.data: "{carpeta / "datos"}"
path.logs: "{carpeta / "registros"}"
node.store.allow_mmap: false
cluster.routing.allocation.disk.threshold_enabled: false
xpack.security.enabled: false
"""


def preparar_configuracion(casa: Path, carpeta: Path, puerto: int) -> Path:
    """A config folder of this node alone, so that the unpacked distribution is only read."""
    config = carpeta / "config"
    shutil.copytree(casa / "config", config)
    (config / "elasticsearch.yml").write_text(configuracion(carpeta, puerto), encoding="utf-8")
    for ruta in [config, *config.rglob("*")]:
        ruta.chmod(0o755 if ruta.is_dir() else 0o644)
        entregar(ruta)
    return config


@contextlib.contextmanager
def elasticsearch() -> Iterator[dict[str, str]]:
    """Yield {"ELASTICSEARCH_URL": …}: the one of the environment, or that of a node of our own."""
    if os.environ.get("ELASTICSEARCH_URL"):
        yield {"ELASTICSEARCH_URL": os.environ["ELASTICSEARCH_URL"]}
        return
    with carpeta_temporal("elasticsearch") as carpeta, nodo(carpeta, puerto_libre()) as url:
        yield {"ELASTICSEARCH_URL": url}


@contextlib.contextmanager
def nodo(carpeta: Path, puerto: int) -> Iterator[str]:
    """Run a node with its data in `carpeta` and yield its address; started there again, it has them."""
    java, casa = carpeta_de_java(), distribucion()
    registro, temporal, config = carpeta / "elasticsearch.log", carpeta / "tmp", carpeta / "config"
    if not config.exists():
        preparar_configuracion(casa, carpeta, puerto)
        # Not the folder above it: the node may write to its temporary files, never to its config.
        temporal.mkdir()
        entregar(temporal)
    # The launcher takes from the environment what bin/elasticsearch would have put there.
    entorno = {
        "PATH": os.environ.get("PATH", ""),
        "ES_HOME": str(casa),
        "ES_PATH_CONF": str(config),
        "ES_DISTRIBUTION_TYPE": "zip",
        "ES_JAVA_HOME": str(java),
        "ES_JAVA_OPTS": MEMORIA,
        "ES_TMPDIR": str(temporal),
        "JAVA": str(java / "bin" / "java"),
        "JAVA_TYPE": "ES_JAVA_HOME",
        "CLI_JAVA_OPTS": f"-Xms4m -Xmx64m -XX:+UseSerialGC -Djava.io.tmpdir={temporal}",
        "HOSTNAME": "localhost",
    }
    orden = [entorno["JAVA"], *entorno["CLI_JAVA_OPTS"].split()]
    orden += ["-cp", f"{casa}/lib/tools/server-launcher/*", LANZADOR]
    decir("Arrancando Elasticsearch (unos 15 s) …")
    with servidor(
        orden, registro=registro, entorno=entorno, carpeta=casa, fin=signal.SIGTERM
    ) as proceso:
        url = f"http://127.0.0.1:{puerto}"
        esperar(
            lambda: responde(url),
            proceso=proceso,
            registro=registro,
            nombre="Elasticsearch",
            segundos=180,
        )
        yield url


def responde(url: str) -> bool:
    """Whether the node at `url` is ready to index."""
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health", timeout=5) as respuesta:
            return json.load(respuesta)["status"] in {"green", "yellow"}
    except (OSError, ValueError, http.client.HTTPException):
        return False
