"""A page as a person without JavaScript uses it: its forms, filled in and sent by their buttons."""

import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from bs4 import BeautifulSoup, Tag

from tests.carga.programa import Programa, comprobar

Archivo = tuple[str, bytes]
"""Name and content of a file to send."""


@dataclass
class Pagina:
    """What a page says, at which address, with which status."""

    quien: "Persona"
    ruta: str
    estado: int
    html: str

    def __post_init__(self) -> None:
        es_html = "<html" in self.html[:2_000]
        self.sopa = BeautifulSoup(self.html if es_html else "", "html.parser")

    @property
    def texto(self) -> str:
        """What a reader sees, blanks folded."""
        principal = self.sopa.find("main") or self.sopa
        return " ".join(principal.get_text(" ").split())

    @property
    def dicho(self) -> str:
        """The messages and errors of a page, for when something was refused."""
        lugares = self.sopa.select(
            ".messages, [role=alert], .errorlist, .error-message, .campo__error"
        )
        return " | ".join(" ".join(x.get_text(" ").split()) for x in lugares)[:600]

    def enlaces(self) -> list[str]:
        """Where its links lead, within the site; absolute from the root."""
        vistos = [str(a["href"]) for a in self.sopa.select("a[href]")]
        partes = [
            urllib.parse.urlsplit(urllib.parse.urljoin(self.quien.base + self.ruta, v))
            for v in vistos
        ]
        propio = urllib.parse.urlsplit(self.quien.base).netloc
        return list(dict.fromkeys(
            p.path + (f"?{p.query}" if p.query else "") for p in partes if p.netloc == propio
        ))  # fmt: skip

    def enlace(self, dice: str) -> str:
        """Where the first link that begins so leads; empty when there is none."""
        for a in self.sopa.select("a[href]"):
            if " ".join(a.get_text(" ").split()).startswith(dice):
                return urllib.parse.urljoin(self.ruta, str(a["href"]))
        return ""

    def formulario(self, tiene: str) -> Tag:
        """The first form that has a field or a button of that name, or a button that says it."""
        for form in self.sopa.find_all("form"):
            if form.find(attrs={"name": tiene}) or self._boton(form, tiene):
                return form
        raise RuntimeError(
            f"{self.ruta} ({self.estado}) no tiene formulario con «{tiene}»: {self.dicho or self.texto[:300]}"
        )

    @staticmethod
    def _boton(form: Tag, dice: str) -> Tag | None:
        for boton in form.find_all(["button", "input"]):
            if boton.name == "input" and boton.get("type") != "submit":
                continue
            rotulo = " ".join(boton.get_text(" ").split()) or str(boton.get("value", ""))
            if dice and rotulo.startswith(dice):
                return boton
        return None

    def enviar(self, tiene: str, datos: dict[str, Any] | None = None, boton: str = "") -> "Pagina":
        """Fill in the form that has `tiene` and press the button that begins with `boton`, or its first.
        What is not said goes as the page had it, as a browser does."""
        form = self.formulario(tiene)
        campos = _llenos(form)
        for nombre, valor in (datos or {}).items():
            campos = [(n, v) for n, v in campos if n != nombre]
            campos += [(nombre, v) for v in (valor if isinstance(valor, list) else [valor])]
        pulsado = self._boton(form, boton)
        if boton and pulsado is None:
            raise RuntimeError(f"{self.ruta}: no hay botón «{boton}»: {self.dicho}")
        destino = str(form.get("action") or "")
        if pulsado is not None:
            if pulsado.get("name"):
                campos.append((str(pulsado["name"]), str(pulsado.get("value", ""))))
            destino = str(pulsado.get("formaction") or destino)
        ruta = urllib.parse.urldefrag(urllib.parse.urljoin(self.ruta, destino)).url
        if str(form.get("method", "get")).lower() != "post":
            return self.quien.visitar(f"{ruta.partition('?')[0]}?{urllib.parse.urlencode(campos)}")
        return self.quien.enviar(ruta, campos, desde=self.ruta)


def _llenos(form: Tag) -> list[tuple[str, Any]]:
    """The successful controls of a form that nobody touched."""
    campos: list[tuple[str, Any]] = []
    for control in form.find_all(["input", "select", "textarea"]):
        nombre = str(control.get("name") or "")
        if not nombre or control.has_attr("disabled"):
            continue
        if control.name == "textarea":
            # As a browser reads it: the line break right after the tag is none of its text.
            campos.append((nombre, re.sub(r"^\r?\n", "", control.get_text())))
        elif control.name == "select":
            opciones = control.find_all("option")
            elegidas = [o for o in opciones if o.has_attr("selected")]
            if not elegidas and not control.has_attr("multiple"):
                elegidas = opciones[:1]
            campos += [(nombre, str(o.get("value", o.get_text()))) for o in elegidas]
        elif control.get("type") in ("submit", "button", "image", "file"):
            continue
        elif control.get("type") in ("checkbox", "radio"):
            if control.has_attr("checked"):
                campos.append((nombre, str(control.get("value", "on"))))
        else:
            campos.append((nombre, str(control.get("value", ""))))
    return campos


class Persona(Programa):
    """Somebody at a browser without JavaScript; also with the session of a program."""

    def visitar(self, ruta: str, *, hasta: int = 399) -> Pagina:
        """Open an address. A status above `hasta` is a fault of the site."""
        return self._abrir(urllib.request.Request(self.base + _citada(ruta)), hasta)

    def enviar(self, ruta: str, campos: list[tuple[str, Any]], *, desde: str) -> Pagina:
        cabeceras = {"Referer": self.base + desde}
        if any(isinstance(v, tuple) for _n, v in campos):
            cuerpo, tipo = _multiparte(campos)
            cabeceras["Content-Type"] = tipo
        else:
            cuerpo = urllib.parse.urlencode(campos).encode()
        pedido = urllib.request.Request(self.base + _citada(ruta), data=cuerpo, headers=cabeceras)
        return self._abrir(pedido, 499)

    def _abrir(self, pedido: urllib.request.Request, hasta: int) -> Pagina:
        try:
            with self.abridor.open(pedido, timeout=180) as r:
                url, estado, cuerpo = r.geturl(), r.status, r.read()
        except urllib.error.HTTPError as e:
            url, estado, cuerpo = e.geturl(), e.code, e.read()
        ruta = url.removeprefix(self.base)
        comprobar(estado <= hasta, f"{pedido.get_method()} {ruta}: {estado}")
        return Pagina(self, ruta, estado, cuerpo.decode("utf-8", "replace"))

    def bajar(self, ruta: str) -> bytes:
        """A file."""
        with self.abridor.open(self.base + _citada(ruta), timeout=180) as r:
            return bytes(r.read())


def _citada(ruta: str) -> str:
    return urllib.parse.quote(ruta, safe="/?&=%+:;,~@!$'()*-._")


def _multiparte(campos: list[tuple[str, Any]]) -> tuple[bytes, str]:
    raya = f"raya{uuid4().hex}"
    partes = []
    for nombre, valor in campos:
        cabeza = f'--{raya}\r\nContent-Disposition: form-data; name="{nombre}"'
        if isinstance(valor, tuple):
            archivo, contenido = valor
            cabeza += f'; filename="{archivo}"\r\nContent-Type: application/octet-stream'
        else:
            contenido = str(valor).encode()
        partes.append(cabeza.encode() + b"\r\n\r\n" + contenido + b"\r\n")
    return b"".join(partes) + f"--{raya}--\r\n".encode(), f"multipart/form-data; boundary={raya}"


def folios_en(html: str) -> list[str]:
    """Folios that a page names, once each, in order."""
    return list(dict.fromkeys(re.findall(r"\b[A-Z0-9]{2,12}-\d{4,}\b", html)))
