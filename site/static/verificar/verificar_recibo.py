#!/usr/bin/env python3
"""Comprueba un recibo de aporte contra la cadena de sellos publicada. Python 3.9+, sin dependencias.

    python3 verificar_recibo.py recibo.json                      # con la cadena del portal que lo emitió
    python3 verificar_recibo.py recibo.json --portal https://…   # con la de otra dirección
    python3 verificar_recibo.py recibo.json --cadena cadena.json --hojas 12.json   # sin conexión
    python3 verificar_recibo.py recibo.json --sin-cadena         # solo lo que el recibo prueba por sí mismo

`cadena.json` es lo que publica /verificar/cadena.json (puede repetirse: --cadena a.json --cadena b.json)
y `12.json` lo que publica /verificar/cadena/12.json. Termina con 0 si todo cuadra, 1 si algo no cuadra,
2 si no se pudo comprobar y 3 si el aporte todavía no se sella. El formato está en docs/recibos.md.
"""

import argparse
import hashlib
import json
import pathlib
import sys
import urllib.error
import urllib.parse
import urllib.request

FORMATO = "recibo-de-aporte/1"
ORIGEN = "0" * 64


class NoSePudo(Exception):
    """No hay con qué comprobar: falta un archivo, no responde el portal, no es un recibo."""


def sha256(datos):
    return hashlib.sha256(datos)


def canonico(valor):
    """JSON con claves ordenadas, «, » y «: », sin escapar letras, en UTF-8."""
    return json.dumps(valor, sort_keys=True, ensure_ascii=False)


def huella_de_texto(contenido):
    return sha256(canonico(contenido).encode()).hexdigest()


def compromiso(sal, actor, detalle):
    dicho = {"actor": actor, "antes": detalle["antes"], "despues": detalle["despues"]}
    return sha256((sal + "\n" + canonico(dicho)).encode()).hexdigest()


def hoja(evento):
    campos = ("seq", "en", "verbo", "objeto", "actor", "compromiso")
    return sha256(b"\x00" + "\n".join(str(evento[c]) for c in campos).encode()).digest()


def nodo(izquierda, derecha):
    return sha256(b"\x01" + izquierda + derecha).digest()


def raiz(hojas):
    """RFC 6962, sección 2.1."""
    if not hojas:
        return sha256(b"").digest()
    if len(hojas) == 1:
        return hojas[0]
    corte = 1 << ((len(hojas) - 1).bit_length() - 1)
    return nodo(raiz(hojas[:corte]), raiz(hojas[corte:]))


def raiz_desde(suma, indice, cuantos, camino):
    """RFC 9162, sección 2.1.3.2. None si el camino no puede llevar a la raíz."""
    if not 0 <= indice < cuantos:
        return None
    ultimo = cuantos - 1
    for paso in camino:
        if ultimo == 0:
            return None
        if indice % 2 == 1 or indice == ultimo:
            suma = nodo(paso, suma)
            while indice % 2 == 0 and indice != 0:
                indice, ultimo = indice >> 1, ultimo >> 1
        else:
            suma = nodo(suma, paso)
        indice, ultimo = indice >> 1, ultimo >> 1
    return suma if ultimo == 0 else None


def cabeza_de(sello):
    campos = ("n", "desde", "hasta", "cuantos", "raiz", "previo", "en")
    return sha256("\n".join(str(sello[c]) for c in campos).encode()).hexdigest()


class Comprobacion:
    def __init__(self):
        self.mal = 0

    def decir(self, bien, si, no):
        print(("  ✓ " + si) if bien else ("  ✗ " + no))
        self.mal += not bien
        return bien


def leer_archivo(ruta):
    try:
        return json.loads(pathlib.Path(ruta).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise NoSePudo(f"No se pudo leer {ruta}: {error}") from error


def pedir(direccion):
    if urllib.parse.urlsplit(direccion).scheme not in ("http", "https"):
        raise NoSePudo(f"No es una dirección web: {direccion}")
    try:
        with urllib.request.urlopen(direccion, timeout=30) as respuesta:
            return json.load(respuesta)
    except (OSError, ValueError, urllib.error.URLError) as error:
        raise NoSePudo(f"No respondió {direccion}: {error}") from error


def sellos_de_archivos(rutas):
    for ruta in rutas:
        yield from leer_archivo(ruta)["sellos"]


def sellos_de_portal(direccion):
    while direccion:
        pagina = pedir(direccion)
        yield from pagina["sellos"]
        direccion = pagina.get("siguiente")


def comprobar_recibo(recibo, c):
    """Lo que el recibo prueba por sí mismo: el texto, la huella, el camino a la raíz."""
    evento, detalle = recibo["evento"], recibo["detalle"]
    c.decir(
        huella_de_texto(recibo["contenido"]) == detalle["despues"].get("sha256"),
        "El texto es el que se registró.",
        "El texto no es el que se registró.",
    )
    c.decir(
        compromiso(recibo["sal"], evento["actor"], detalle) == evento["compromiso"],
        "La huella corresponde a lo que el recibo dice que se registró y a su sal.",
        "La huella no corresponde a lo que el recibo dice que se registró y a su sal.",
    )
    prueba = recibo.get("prueba")
    if prueba:
        sello = prueba["sello"]
        pasos = [bytes.fromhex(p) for p in prueba["camino"]]
        suma = raiz_desde(hoja(evento), prueba["indice"], sello["cuantos"], pasos)
        c.decir(
            suma is not None
            and suma.hex() == sello["raiz"]
            and cabeza_de(sello) == sello["sha256"],
            f"El camino del recibo lleva a la raíz del sello {sello['n']}.",
            f"El camino del recibo no lleva a la raíz del sello {sello['n']}.",
        )


def comprobar_cadena(recibo, sellos, leer_hojas, c):
    """Cada sello continúa al anterior; el aporte está en el suyo; la cabeza citada sigue ahí."""
    evento, cabeza = recibo["evento"], recibo.get("cabeza")
    propio = anterior = None
    visto, enteros = 0, True
    for sello in sellos:
        bien = cabeza_de(sello) == sello["sha256"]
        if anterior is not None or sello["n"] == 1:
            previo = anterior or {"n": 0, "hasta": 0, "sha256": ORIGEN}
            bien = bien and (sello["n"], sello["desde"], sello["previo"]) == (
                previo["n"] + 1,
                previo["hasta"] + 1,
                previo["sha256"],
            )
        if not bien and enteros:
            enteros = c.decir(False, "", f"La cadena se corta en el sello {sello['n']}.")
        if cabeza and sello["n"] == cabeza["n"]:
            c.decir(
                sello["sha256"] == cabeza["sha256"],
                f"La cadena contiene el sello {cabeza['n']} que cita el recibo.",
                f"El sello {cabeza['n']} ya no es el que cita el recibo: la cadena fue reescrita.",
            )
            cabeza = None
        if sello["desde"] <= evento["seq"] <= sello["hasta"]:
            propio = sello
        anterior, visto = sello, visto + 1
    if enteros and visto:
        print(f"  ✓ {visto} sellos, cada uno continúa al anterior, hasta el {anterior['n']}.")
    if cabeza:
        c.decir(False, "", f"La cadena no contiene el sello {cabeza['n']} que cita el recibo.")
    if propio is None:
        return None
    hojas = leer_hojas(propio["n"])
    sumas = [bytes.fromhex(h["hoja"]) for h in hojas]
    c.decir(
        {"seq": evento["seq"], "hoja": hoja(evento).hex()} in hojas
        and len(sumas) == propio["cuantos"]
        and raiz(sumas).hex() == propio["raiz"],
        f"El sello {propio['n']}, del {propio['en']}, contiene su aporte, y su raíz cuadra.",
        f"El sello {propio['n']} no contiene su aporte tal como lo dice el recibo.",
    )
    return propio


def principal(argumentos=None):
    opciones = argparse.ArgumentParser(description="Comprueba un recibo de aporte.")
    opciones.add_argument("recibo")
    opciones.add_argument("--portal", help="dirección del portal; si falta, la que dice el recibo")
    opciones.add_argument("--cadena", action="append", default=[], help="archivo de sellos")
    opciones.add_argument(
        "--hojas", action="append", default=[], help="archivo de hojas de un sello"
    )
    opciones.add_argument("--sin-cadena", action="store_true")
    dado = opciones.parse_args(argumentos)
    c = Comprobacion()
    try:
        recibo = leer_archivo(dado.recibo)
        if not isinstance(recibo, dict) or recibo.get("formato") != FORMATO:
            raise NoSePudo(f"{dado.recibo} no es un recibo de formato {FORMATO}.")
        print(f"Recibo de {recibo['folio']}, evento {recibo['evento']['seq']}")
        comprobar_recibo(recibo, c)
        sellado = True
        if not dado.sin_cadena:
            sellado = _con_cadena(recibo, dado, c)
    except NoSePudo as error:
        print(error, file=sys.stderr)
        return 2
    except (KeyError, TypeError, ValueError) as error:
        print(f"Al recibo o a la cadena le falta una parte: {error!r}", file=sys.stderr)
        return 2
    if c.mal:
        print("NO CUADRA.")
        return 1
    if not sellado:
        print("Todavía no se sella: se hace cada minuto. Vuelva a intentarlo.")
        return 3
    print("TODO CUADRA.")
    return 0


def _con_cadena(recibo, dado, c):
    if dado.cadena:
        archivos = {}
        for ruta in dado.hojas:
            leido = leer_archivo(ruta)
            archivos[leido["sello"]["n"]] = leido["hojas"]

        def de_archivo(n):
            if n not in archivos:
                raise NoSePudo(f"Falta el archivo de hojas del sello {n}: --hojas {n}.json")
            return archivos[n]

        return comprobar_cadena(recibo, sellos_de_archivos(dado.cadena), de_archivo, c)
    if dado.portal:
        base = dado.portal.rstrip("/") + "/verificar/cadena"
    else:
        base = recibo["cadena"].removesuffix(".json")

    def del_portal(n):
        return pedir(f"{base}/{n}.json")["hojas"]

    return comprobar_cadena(recibo, sellos_de_portal(f"{base}.json"), del_portal, c)


if __name__ == "__main__":
    sys.exit(principal())
