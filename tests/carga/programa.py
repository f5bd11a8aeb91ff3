"""A program that drives a running site from outside: its sessions, commands, and what it found wrong."""

import http.cookiejar
import json
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

CLAVE = "demo-estado-abierto"
COMANDO = [sys.executable, "manage.py"]

fallas: list[str] = []


def comprobar(cierto: bool, que: str) -> None:
    if not cierto:
        fallas.append(que)
        print(f"  ✗ {que}", flush=True)


class Programa:
    """A program with a session: by API with a token, by pages with cookies."""

    def __init__(self, base: str, correo: str = "") -> None:
        self.base, self.token = base, ""
        galletas = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.abridor = urllib.request.build_opener(galletas)
        if correo:
            hecho = self.pedir(
                "POST", "/_allauth/app/v1/auth/login", {"email": correo, "password": CLAVE}
            )
            self.token = hecho[1]["meta"]["session_token"]
            self.formulario("/cuenta/login/", {"login": correo, "password": CLAVE})

    def pedir(self, verbo: str, ruta: str, datos: Any = None) -> tuple[int, Any]:
        pedido = urllib.request.Request(
            self.base + ruta,
            method=verbo,
            data=None if datos is None else json.dumps(datos).encode(),
            headers={"Content-Type": "application/json", "Accept": "application/json"}
            | ({"X-Session-Token": self.token} if self.token else {}),
        )
        try:
            with urllib.request.urlopen(pedido, timeout=120) as r:  # no cookies: as a program does
                return r.status, json.loads(r.read() or b"null")
        except urllib.error.HTTPError as e:
            return e.code, json.loads(e.read() or b"null")

    def api(self, verbo: str, ruta: str, datos: Any = None) -> Any:
        estado, cuerpo = self.pedir(verbo, f"/api/v2/{ruta}", datos)
        if estado >= 400:
            raise RuntimeError(f"{verbo} {ruta}: {estado} {str(cuerpo)[:400]}")
        return cuerpo

    def todas(self, ruta: str) -> Iterable[Any]:
        """Every page of a list."""
        union = "&" if "?" in ruta else "?"
        pagina = self.api("GET", f"{ruta}{union}limite=100")
        while True:
            yield from pagina["resultados"]
            if not pagina.get("siguiente"):
                return
            siguiente = urllib.parse.urlsplit(pagina["siguiente"])
            pagina = self.api("GET", f"{siguiente.path.removeprefix('/api/v2/')}?{siguiente.query}")

    def pagina(self, ruta: str) -> str:
        with self.abridor.open(self.base + ruta, timeout=120) as r:
            return str(r.read().decode())

    def formulario(
        self,
        ruta: str,
        datos: dict[str, Any],
        accion: str = "",
        archivos: dict[str, tuple[str, bytes]] | None = None,
    ) -> tuple[str, str]:
        """Post a form with the hidden fields of its page; returns where it led and what it says."""
        html = self.pagina(ruta)
        ocultos = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))
        tipo, cuerpo = codificar(ocultos | datos, archivos or {})
        pedido = urllib.request.Request(
            self.base + (accion or ruta),
            data=cuerpo,
            headers={"Referer": self.base + ruta, "Content-Type": tipo},
        )
        try:
            with self.abridor.open(pedido, timeout=120) as r:
                return r.geturl(), r.read().decode()
        except urllib.error.HTTPError as e:
            return str(e.code), e.read().decode()


def codificar(datos: dict[str, Any], archivos: dict[str, tuple[str, bytes]]) -> tuple[str, bytes]:
    """Media type and body of a form: with files, in parts."""
    if not archivos:
        cuerpo = urllib.parse.urlencode(datos, doseq=True).encode()
        return "application/x-www-form-urlencoded", cuerpo
    borde = uuid4().hex
    partes = [
        f'--{borde}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode()
        for n, v in datos.items()
    ]
    for campo, (nombre, contenido) in archivos.items():
        partes.append(
            f'--{borde}\r\nContent-Disposition: form-data; name="{campo}"; filename="{nombre}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n".encode()
            + contenido
            + b"\r\n"
        )
    partes.append(f"--{borde}--\r\n".encode())
    return f"multipart/form-data; boundary={borde}", b"".join(partes)


def comando(*orden: str) -> str:
    hecho = subprocess.run([*COMANDO, *orden], capture_output=True, text=True, check=False)
    comprobar(hecho.returncode == 0, f"{' '.join(orden)}: {hecho.stdout}{hecho.stderr}")
    return hecho.stdout


def convocar(
    sigla: str, tipo: str, *, fin: datetime | None = None, conformidades: tuple[str, ...] = ()
) -> str:
    """An announced consultation that takes things in until `fin`, or for thirty days; its slug."""
    hoy = date.today()
    slug = f"reproduccion-{sigla.lower()}"
    hasta = hoy + timedelta(days=30)
    cierra = fin.isoformat(sep=" ", timespec="seconds") if fin else hasta.isoformat()
    sectores = "".join(f"\n    - {sector}" for sector in conformidades)
    yaml = (
        f"proceso:\n  slug: {slug}-proceso\n  titulo: Reproducción {sigla}\n  resumen: De prueba.\n"
        f"etapas:\n  - tipo: {tipo}\n    prevista_inicio: {hoy - timedelta(days=9)}\n"
        f"    prevista_fin: {hasta}\n    inicio: {hoy - timedelta(days=9)}\n"
        f"    fin: {cierra}\n"
        f"consulta:\n  slug: {slug}\n  sigla: {sigla}\n  titulo: Consulta {sigla}\n  resumen: De prueba.\n"
        f"  que_se_puede_cambiar: Todo.\n  quien_decide: La mesa.\n"
        f"  responder_antes_de: {hoy + timedelta(days=90)}\n"
        + (f"  conformidades:{sectores}\n" if sectores else "")
        + "  acepta_invitados: sí\ntemas:\n  - Datos abiertos\n  - Salud\n"
        "anunciar: sí\nrazon_excepcion: Se repite un proceso que ya ocurrió.\n"
    )
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", delete=False) as archivo:
        archivo.write(yaml)
    comando("crear_consulta", archivo.name)
    Path(archivo.name).unlink()
    return slug
