"""Comments on a draft, whose answers need nobody's approval."""

import time
from datetime import datetime, timedelta

from comun.fechas import SANTIAGO
from tests.carga.ensayo import despues, programas
from tests.carga.ensayo.llegada import contestar_tarde
from tests.carga.ensayo.oficina import RESPUESTAS, RESULTADO, SIN_CAMBIO, Dicho, Oficina, llenar
from tests.carga.programa import comando, comprobar


class Comentarios:
    """The steps of one consultation, in the order they are called."""

    def __init__(self, oficina: Oficina) -> None:
        self.o = oficina

    def libres(self, cuantos: int) -> list[str]:
        """The next roots that nobody answered yet."""
        tipos = ("observacion",)
        return [f.folio for f in self.o.cuenta.de(self.o.slug, "pendiente") if f.tipo in tipos][
            :cuantos
        ]

    def mientras(self) -> None:
        """Two withdraw; a conversation is answered as of a minute, and what came later, later."""
        o, e = self.o, self.o.elenco
        o.leer_cola()
        cabeza = next(f.folio for f in o.cuenta.de(o.slug))
        replicas = [f.folio for f in o.cuenta.de(o.slug) if f.tipo == "replica"]
        con_cuenta = [f for f in replicas if o.cuenta.filas[f].correo in e.personas]
        despues.retirar(e, o.cuenta, con_cuenta[3], pagina=True)
        despues.retirar(
            e,
            o.cuenta,
            next(f for f in self.libres(40)[5:] if o.cuenta.filas[f].correo in e.personas),
            pagina=False,
        )
        ahora = datetime.now(SANTIAGO)
        hasta = ahora.replace(second=0, microsecond=0) + timedelta(minutes=1)
        time.sleep((hasta - ahora).total_seconds() + 1)
        tardias = contestar_tarde(e, o.cuenta, o.slug, cabeza, 3)
        o.leer_cola()
        vivas = [f for f in (cabeza, *replicas) if o.cuenta.filas[f].estado == "pendiente"]
        o.rama(e.datos, cabeza, Dicho(vivas, resultado="aclaracion"), f"{hasta:%Y-%m-%dT%H:%M}")
        dicho = Dicho(
            tardias,
            resultado="ya_contemplada",
            lineas={tardias[0]: "Llegó después, y por eso va aparte."},
        )
        pk = programas.borrador(o, e.datos, dicho, rama={"cabeza": cabeza})
        programas.publicar_borrador(o, e.datos, pk, dicho)

    def responder(self) -> None:
        """One by one, the same words twice, one for many; by page and by API."""
        o, datos, agua = self.o, self.o.elenco.datos, self.o.elenco.agua
        for folio in self.libres(8):
            o.uno(datos, folio, Dicho([folio], resultado=next(RESULTADO)))
        for folio in self.libres(12):
            programas.responder(o, agua, Dicho([folio], resultado=next(RESULTADO)))
        razon = Dicho([]).razon
        for n, folio in enumerate(self.libres(6)):
            copiado = Dicho([folio], razon=razon)
            if n % 2:
                programas.responder(o, datos, copiado)
            else:
                o.uno(datos, folio, copiado)
        juntos = self.libres(40)
        lineas = {f: f"Gracias, {f}." for f in juntos[::3]}
        o.juntos(
            datos,
            Dicho(
                juntos, resultado="parcial", lineas=lineas, resultados={juntos[30]: "incorporada"}
            ),
        )
        muchos = self.libres(60)
        programas.responder(
            o,
            agua,
            Dicho(
                muchos, resultado="ya_contemplada", lineas={f: f"Línea de {f}." for f in muchos[:9]}
            ),
        )

    def en_lotes(self) -> None:
        """A spreadsheet with a stale row and a wrong one; a batch by the clock, one by command."""
        o, e = self.o, self.o.elenco
        elegidos = self.libres(92)
        contenido = o.exportar(e.datos, "a_cargo=posibles")
        vieja, errada, *buenas = elegidos
        programas.responder(o, e.datos, Dicho([vieja]))
        dichos = {f: Dicho([f], resultado=next(SIN_CAMBIO)) for f in buenas}
        lleno, _filas = llenar(contenido, dichos | {vieja: Dicho([vieja])}, errada)
        vista = o.subir(e.datos, lleno)
        limite = time.monotonic() + 60
        while "Hacer borradores" not in vista.html and time.monotonic() < limite:
            time.sleep(1)
            vista = e.datos.visitar(vista.ruta)
        comprobar(
            f"Hacer borradores con {len(buenas)} fila" in vista.html,
            f"la planilla: {vista.texto[:400]}",
        )
        for folio, estado in ((vieja, "conflicto"), (errada, "error")):
            comprobar(
                folio in e.datos.visitar(f"{vista.ruta}?estado={estado}").texto,
                f"{folio} no está en {estado}",
            )
        hecha = vista.enviar("Hacer borradores", {}, "Hacer borradores")
        ruta = hecha.enlace("ver el lote")
        self._sellar(ruta, len(buenas))
        publicada = e.datos.visitar(ruta).enviar("Publicar ahora", {}, "Publicar ahora")
        comprobar(
            f"{len(buenas)} publicada" in publicada.texto, f"publicar el lote: {publicada.dicho}"
        )
        for dicho in dichos.values():
            o.publicado(dicho, e.datos)
        self._por_reloj()
        self._por_comando()

    def _sellar(self, ruta: str, cuantas: int) -> None:
        """By the worker where they are many: the page says how far it is."""
        datos = self.o.elenco.datos
        comprobar(
            ruta.startswith(f"{RESPUESTAS}/lotes/"), f"la planilla no lleva a su lote: {ruta}"
        )
        pagina = datos.visitar(ruta).enviar("Sellar todo", {}, "Sellar todo")
        limite = time.monotonic() + 90
        while f"{cuantas} sellada" not in pagina.texto and time.monotonic() < limite:
            time.sleep(1)
            pagina = datos.visitar(ruta)
        comprobar(
            f"{cuantas} sellada" in pagina.texto,
            f"sellar el lote: {pagina.dicho} {pagina.texto[:300]}",
        )

    def _por_reloj(self) -> None:
        """A batch gets its hour by page and the clock publishes it."""
        o, agua = self.o, self.o.elenco.agua
        dichos = [Dicho([f], resultado="fuera_de_alcance") for f in self.libres(15)]
        numero = programas.lote(o, agua, "A su hora", dichos)
        agua.api("POST", f"respuestas/lotes/{numero}/sellar/")
        cuando = datetime.now(SANTIAGO).replace(second=0, microsecond=0) + timedelta(minutes=1)
        pagina = agua.visitar(f"{RESPUESTAS}/lotes/{numero}/")
        hecha = pagina.enviar(
            "publicar_en", {"publicar_en": f"{cuando:%Y-%m-%dT%H:%M}"}, "Programar"
        )
        comprobar("Programado" in hecha.dicho, f"programar: {hecha.dicho}")
        limite = time.monotonic() + 120
        while agua.api("GET", f"respuestas/lotes/{numero}/")["publicadas"] < 15:
            if time.monotonic() > limite:
                break
            time.sleep(2)
        hecho = agua.api("GET", f"respuestas/lotes/{numero}/")
        comprobar(hecho["publicadas"] == 15, f"el reloj no publicó: {hecho}")
        comprobar(
            hecho["publicado_en"] >= f"{cuando:%Y-%m-%dT%H:%M}",
            f"se publicó antes de hora: {hecho['publicado_en']}",
        )
        for dicho in dichos:
            o.publicado(dicho, agua)

    def _por_comando(self) -> None:
        """All that is left, a batch of drafts sealed and published by the command."""
        o, datos = self.o, self.o.elenco.datos
        quedan = [f.folio for f in o.cuenta.de(o.slug, "pendiente")]
        dichos = [Dicho(quedan[i : i + 10]) for i in range(0, len(quedan), 10)]
        numero = programas.lote(o, datos, "Lo que queda", dichos)
        print(
            comando("publicar_respuestas", "--lote", str(numero), "--sellar")
            .strip()
            .splitlines()[-1]
        )
        for dicho in dichos:
            o.publicado(dicho, datos)

    def despues(self) -> None:
        """Corrections of sense and of wording; what authors say; two ask for a review."""
        o, e = self.o, self.o.elenco
        respondidas = [f for f in o.cuenta.de(o.slug, "respondido") if f.correo in e.personas]
        solas = [
            f.folio
            for f in respondidas
            if f.institucion == o.datos["nombre"] and f.resultado == "no_incorporada"
        ][:6]
        for folio in solas[:2]:
            dicho = Dicho(
                [folio], resultado="incorporada", respuesta=o.cuenta.filas[folio].respuesta
            )
            o.uno(e.datos, folio, dicho, motivo_cambio="Se decidió incorporarlo.")
        programas.corregir(
            o, e.datos, Dicho(solas[2:4], resultado="parcial"), "Se decidió otra cosa."
        )
        programas.corregir(
            o,
            e.datos,
            Dicho(solas[4:6], asunto="Mejoramos la redacción de la respuesta"),
            "Se entiende mejor.",
            redaccion=True,
        )
        for n, folio in enumerate([*solas, *(f.folio for f in respondidas[-6:])]):
            despues.opinar(e, o.cuenta, folio, ("si", "en_parte", "no")[n % 3], pagina=n % 2 == 0)
        self.revisadas = [f.folio for f in respondidas if f.institucion == o.datos["nombre"]][-2:]
        for folio, pagina in zip(self.revisadas, (True, False), strict=True):
            despues.pedir_revision(o, folio, pagina=pagina)

    def revisar(self) -> None:
        """One review changes the outcome, by page; one keeps it, by API."""
        o, datos = self.o, self.o.elenco.datos
        una, otra = self.revisadas
        asunto = "Revisamos la respuesta"
        dicho = Dicho(
            [una], resultado="incorporada", respuesta=o.cuenta.filas[una].respuesta, asunto=asunto
        )
        o.uno(datos, una, dicho, motivo_cambio="Tenía razón.")
        igual = o.cuenta.filas[otra].resultado
        programas.corregir(
            o,
            datos,
            Dicho([otra], resultado=igual, asunto=asunto),
            "Se mantiene: lo hará el servicio.",
        )
