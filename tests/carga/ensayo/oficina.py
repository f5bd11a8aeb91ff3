"""The desk of those who answer, by the pages of the back office; each act is written down in the count."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import cycle
from typing import Any
from uuid import uuid4

from openpyxl import load_workbook

from tests.carga.ensayo.cuenta import RESULTADOS, Cuenta
from tests.carga.ensayo.gente import Elenco
from tests.carga.pagina import Pagina, Persona
from tests.carga.programa import comprobar

ADMIN = "/admin/participacion"
RESPUESTAS = f"{ADMIN}/respuestas"
RESULTADO = cycle(RESULTADOS)
SIN_CAMBIO = cycle(("no_incorporada", "ya_contemplada", "fuera_de_alcance", "aclaracion"))


@dataclass
class Dicho:
    """What one response says: the shared reason, who gets a line of their own, where it landed."""

    folios: Sequence[str]
    resultado: str = "no_incorporada"
    lineas: dict[str, str] = field(default_factory=dict)
    resultados: dict[str, str] = field(default_factory=dict)
    razon: str = ""
    respuesta: str = field(default_factory=lambda: uuid4().hex)
    asunto: str = ""

    def __post_init__(self) -> None:
        self.razon = self.razon or f"Lo revisamos con el equipo a cargo del caso {uuid4().hex}."

    @property
    def porque(self) -> str:
        return "La norma vigente ya lo regula."


class Oficina:
    """One consultation as its officials see it. `sellado` is what waits for approvals or its batch."""

    def __init__(self, elenco: Elenco, cuenta: Cuenta, slug: str, titulo: str) -> None:
        self.elenco, self.cuenta, self.slug, self.titulo = elenco, cuenta, slug, titulo
        self.sellado: list[tuple[Dicho, str]] = []
        casas = elenco.secretaria.api("GET", "opciones/")["instituciones"]
        self.datos = next(c for c in casas if c["nombre"] == "Servicio de Datos Públicos")
        self.agua = next(c for c in casas if c["nombre"] == "Agencia de Cuencas y Agua")
        self.compromiso = next(iter(elenco.secretaria.todas("compromisos/")))
        cola = elenco.secretaria.visitar(f"{ADMIN}/aportes/?estado=")
        opcion = next(
            o
            for o in cola.sopa.select("#filtro-consulta option")
            if titulo.startswith(o.get_text()[:60])
        )
        self.id = int(str(opcion["value"]))

    def casa(self, quien: Persona) -> dict[str, Any]:
        return self.agua if quien is self.elenco.agua else self.datos

    def leer_cola(self) -> None:
        """Which row of the queue is which folio, and that the queue has them all."""
        vistos: dict[str, int] = {}
        pagina = self.elenco.secretaria.visitar(f"{ADMIN}/aportes/?estado=&consulta={self.id}")
        while True:
            for caja in pagina.sopa.select('input[name="ids"]'):
                vistos[str(caja["aria-label"]).removeprefix("Marcar ")] = int(str(caja["value"]))
            siguiente = pagina.sopa.select_one('a[rel="next"]')
            if siguiente is None:
                break
            pagina = self.elenco.secretaria.visitar(f"{ADMIN}/aportes/{siguiente['href']}")
        mios = {f.folio for f in self.cuenta.de(self.slug)}
        comprobar(set(vistos) == mios, f"la cola muestra {len(vistos)} de {len(mios)}")
        for folio, pk in vistos.items():
            self.cuenta.filas[folio].pk = pk

    def pendientes_en_cola(self, quien: Persona, filtro: str) -> int:
        """How many the queue says there are."""
        pagina = quien.visitar(f"{ADMIN}/aportes/?consulta={self.id}&{filtro}")
        cuenta = pagina.sopa.select_one(".sala__cuenta")
        hallado = re.match(r"\s*([\d.]+) aporte", cuenta.get_text()) if cuenta else None
        return int(hallado[1].replace(".", "")) if hallado else 0

    def asignada(self, folios: Sequence[str], casa: dict[str, Any] | None) -> None:
        for folio in folios:
            self.cuenta.filas[folio].institucion = casa["nombre"] if casa else ""

    # --- one by one -------------------------------------------------------------------------------

    def pk(self, folio: str) -> int:
        return self.cuenta.filas[folio].pk

    def uno(self, quien: Persona, folio: str, dicho: Dicho, **mas: str) -> Pagina:
        """Answer one: see how it will look, then publish or seal."""
        pagina = quien.visitar(f"{ADMIN}/aportes/{self.pk(folio)}/responder/")
        vista = pagina.enviar("razon", self._campos(folio, dicho) | mas, "Ver cómo")
        comprobar("Así quedará" in vista.texto, f"{folio} no se pudo ver: {vista.dicho}")
        hecha = vista.enviar(
            "razon", {}, "Sellar" if "Sellar y pedir" in vista.html else "Publicar"
        )
        comprobar("/inspect/" in hecha.ruta, f"{folio} no salió: {hecha.dicho}")
        self._despues(hecha, dicho, quien)
        return hecha

    def _campos(self, folio: str, dicho: Dicho) -> dict[str, str]:
        resultado = dicho.resultados.get(folio, dicho.resultado)
        campos = {
            "resultado": resultado,
            "razon": dicho.razon,
            "linea": dicho.lineas.get(folio, ""),
        }
        if resultado in ("incorporada", "parcial"):
            return campos | {"destino": "compromiso", "compromiso": str(self.compromiso["id"])}
        return campos | {"destino": "nada", "porque_nada": dicho.porque}

    def _despues(self, hecha: Pagina, dicho: Dicho, quien: Persona) -> None:
        if "publicada" in hecha.dicho or "Publicada" in hecha.dicho:
            self.publicado(dicho, quien)
        elif re.search("[Ss]ellada", hecha.dicho):
            self.sellado.append((dicho, self.casa(quien)["nombre"]))
        else:
            comprobar(False, f"no se dijo qué pasó: {hecha.dicho}")

    def publicado(self, dicho: Dicho, quien: Persona | str) -> None:
        casa = quien if isinstance(quien, str) else self.casa(quien)["nombre"]
        self.cuenta.respondida(
            dicho.folios, respuesta=dicho.respuesta, institucion=casa, razon=dicho.razon,
            resultado=dicho.resultado, lineas=dicho.lineas, resultados=dicho.resultados, asunto=dicho.asunto,
        )  # fmt: skip

    def puntos(self, quien: Persona, folio: str, dicho: Dicho, resultados: Sequence[str]) -> None:
        """Answer a divided one, a result for each point; some are commitments."""
        pagina = quien.visitar(f"{ADMIN}/aportes/{self.pk(folio)}/responder/")
        prefijos = list(dict.fromkeys(re.findall(r'name="(punto-\d+)-resultado"', pagina.html)))
        comprobar(len(prefijos) == len(resultados), f"{folio} muestra {len(prefijos)} puntos")
        mas = {}
        for prefijo, resultado in zip(prefijos, resultados, strict=True):
            mas[f"{prefijo}-resultado"] = resultado
            mas[f"{prefijo}-linea"] = f"Sobre este punto: {resultado.replace('_', ' ')}."
            if resultado == "incorporada":
                mas |= {
                    f"{prefijo}-destino": "compromiso",
                    f"{prefijo}-referencia": self.referencia(resultado),
                }
        self.uno(quien, folio, dicho, **mas)

    def dividir(self, quien: Persona, folio: str) -> None:
        pagina = quien.visitar(f"{ADMIN}/aportes/{self.pk(folio)}/dividir/")
        hecha = pagina.enviar("motivo", {"motivo": "Trata dos cosas."}, "Dividir")
        comprobar("/dividir/" not in hecha.ruta, f"{folio} no se dividió: {hecha.dicho}")

    # --- one for many -----------------------------------------------------------------------------

    def juntos(self, quien: Persona, dicho: Dicho, filtro: str = "") -> None:
        """Mark rows, «Responder juntos», write page by page, see it, publish or seal."""
        cola = quien.visitar(f"{ADMIN}/aportes/?consulta={self.id}&{filtro or 'estado=pendiente'}")
        borrador = cola.enviar(
            "ids", {"ids": [str(self.pk(f)) for f in dicho.folios]}, "Responder juntos"
        )
        self._escribir(quien, borrador, dicho)

    def rama(self, quien: Persona, cabeza: str, dicho: Dicho, hasta: str) -> None:
        """Answer a whole conversation as of an instant (time of Santiago)."""
        pagina = quien.visitar(f"{ADMIN}/aportes/{self.pk(cabeza)}/rama/")
        self._escribir(quien, pagina.enviar("hasta", {"hasta": hasta}, "Empezar"), dicho)

    def _escribir(self, quien: Persona, borrador: Pagina, dicho: Dicho) -> None:
        n = len(dicho.folios)
        comprobar(
            f"Una respuesta para {n} aporte" in borrador.texto,
            f"quería {n}: {borrador.texto[:90]} {borrador.dicho}",
        )
        borrador = borrador.enviar(
            "razon",
            self._campos("", dicho) | {"referencia": self.referencia(dicho.resultado)},
            "Guardar",
        )
        p = 1
        while True:
            propios = {}
            for caja in borrador.sopa.select('textarea[name$="-linea"]'):
                pk = str(caja["name"]).split("-")[1]
                folio = next(f for f in dicho.folios if str(self.pk(f)) == pk)
                propios[f"fila-{pk}-linea"] = dicho.lineas.get(folio, "")
                if folio in dicho.resultados:
                    propios[f"fila-{pk}-resultado"] = dicho.resultados[folio]
            p += 1
            if f'value="ir-{p}"' not in borrador.html:
                break
            borrador = borrador.enviar("razon", propios, f"Página {p}")
        vista = borrador.enviar("razon", propios, "Ver cómo")
        comprobar("Así quedará" in vista.texto, f"no se pudo ver: {vista.dicho}")
        boton = next(b for b in ("Publicar para", "Sellar y pedir", "Sellar en") if b in vista.html)
        self._despues(vista.enviar("razon", {}, boton), dicho, quien)

    def referencia(self, resultado: str) -> str:
        if resultado not in ("incorporada", "parcial"):
            return ""
        return f"{self.compromiso['plan']['numero']}.{self.compromiso['numero']}"

    # --- spreadsheets and batches -----------------------------------------------------------------

    def exportar(self, quien: Persona, filtro: str) -> bytes:
        return quien.bajar(
            f"{RESPUESTAS}/planillas/exportar/?consulta={self.id}&estado=pendiente&{filtro}"
        )

    def subir(self, quien: Persona, contenido: bytes) -> Pagina:
        pagina = quien.visitar(f"{RESPUESTAS}/planillas/")
        return pagina.enviar(
            "Subir y revisar", {"consulta": str(self.id), "archivo": ("respuestas.xlsx", contenido)}
        )


def llenar(contenido: bytes, dichos: dict[str, Dicho], errada: str = "") -> tuple[bytes, int]:
    """Fill in the rows of `dichos`, by folio; one more with an outcome that does not exist. How many rows
    the sheet had."""
    libro = load_workbook(BytesIO(contenido))
    hoja = max(libro.worksheets, key=lambda h: h.max_row)
    cabeza = next(n for n in range(1, 11) if hoja.cell(n, 1).value == "Folio")
    lugar = {str(hoja.cell(cabeza, c).value): c for c in range(1, hoja.max_column + 1)}
    filas = 0
    for n in range(cabeza + 1, hoja.max_row + 1):
        folio = str(hoja.cell(n, lugar["Folio"]).value or "")
        filas += bool(folio)
        if folio == errada:
            hoja.cell(n, lugar["Resultado"], "Quizás")
            hoja.cell(n, lugar["Razón"], "No se sabe.")
        dicho = dichos.get(folio)
        if dicho is None:
            continue
        hoja.cell(n, lugar["Resultado"], RESULTADOS[dicho.resultado])
        hoja.cell(n, lugar["Razón"], dicho.razon)
        hoja.cell(n, lugar["Línea personal"], dicho.lineas.get(folio, ""))
        hoja.cell(n, lugar["Dónde quedó"], "Nada cambia")
        hoja.cell(n, lugar["Por qué nada cambia"], dicho.porque)
    lleno = BytesIO()
    libro.save(lleno)
    return lleno.getvalue(), filas
