"""Proposals, whose answers two sectors of the forum approve before they are published."""

import re

from tests.carga.ensayo import despues, foro, programas, reparto
from tests.carga.ensayo.llegada import PUNTOS
from tests.carga.ensayo.oficina import RESPUESTAS, RESULTADO, Dicho, Oficina, llenar
from tests.carga.pagina import Persona
from tests.carga.programa import comando, comprobar


class Propuestas:
    """The steps of one consultation, in the order they are called."""

    def __init__(self, oficina: Oficina) -> None:
        self.o = oficina
        self.cambiada = self.conflicto = ""

    def libres(self, casa: str, cuantas: int) -> list[str]:
        """The next ones of an institution that nobody answered yet."""
        en_curso = {f for dicho, _casa in self.o.sellado for f in dicho.folios}
        suyas = [
            f.folio
            for f in self.o.cuenta.de(self.o.slug, "pendiente")
            if f.institucion == casa
            and f.folio not in en_curso
            and f.texto.find(PUNTOS.strip()) < 0
        ]
        return suyas[:cuantas]

    def repartir(self) -> None:
        self.o.leer_cola()
        reparto.repartir(self.o)
        suyas = self.libres(self.o.datos["nombre"], 4)
        reparto.derivar(self.o, suyas[:3], suyas[3:])

    def responder(self) -> None:
        """One by one and many by page and by API; two divided and answered by points."""
        o, datos, agua = self.o, self.o.elenco.datos, self.o.elenco.agua
        largas = [f.folio for f in o.cuenta.de(o.slug) if PUNTOS.strip() in f.texto]
        for folio, pagina in zip(largas, (True, False), strict=True):
            quien = agua if o.cuenta.filas[folio].institucion == o.agua["nombre"] else datos
            if pagina:
                o.dividir(quien, folio)
                n = len(
                    re.findall(
                        r'name="punto-\d+-resultado"',
                        quien.visitar(
                            f"/admin/participacion/aportes/{o.pk(folio)}/responder/"
                        ).html,
                    )
                )
                resultados = ["incorporada", *["no_incorporada"] * (n - 1)]
                dicho = Dicho(
                    [folio], resultado="no_incorporada", resultados={folio: "no_incorporada"}
                )
                o.puntos(quien, folio, dicho, resultados)
                dicho.resultados[folio] = "parcial"
            else:
                trozos = [t.strip() for t in PUNTOS.strip().split("\n\n")]
                quien.api(
                    "POST",
                    f"aportes/{folio}/dividir/",
                    {
                        "motivo": "Trata dos cosas.",
                        "puntos": [{"titulo": "", "texto": t} for t in trozos],
                    },
                )
                dicho = Dicho([folio], resultado="aclaracion")
                destino = {"porque_nada": dicho.porque}
                puntos = [
                    {"n": i, "resultado": "aclaracion", "destino": destino, "linea": f"Punto {i}."}
                    for i in (1, 2)
                ]
                hecho = quien.api(
                    "POST",
                    "respuestas/",
                    {
                        "razon": dicho.razon,
                        "coberturas": [
                            {
                                "aporte": folio,
                                "resultado": "aclaracion",
                                "destino": destino,
                                "puntos": puntos,
                            }
                        ],
                    },
                )
                comprobar(hecho["publicada_en"] is None, "se publicó sin conformidades")
                o.sellado.append((dicho, o.casa(quien)["nombre"]))
        for quien in (datos, agua):
            casa = o.casa(quien)["nombre"]
            for folio in self.libres(casa, 3):
                o.uno(
                    quien,
                    folio,
                    Dicho(
                        [folio], resultado=next(RESULTADO), lineas={folio: f"Gracias por {folio}."}
                    ),
                )
            for folio in self.libres(casa, 3):
                programas.responder(o, quien, Dicho([folio], resultado=next(RESULTADO)))
            juntas = self.libres(casa, 5)
            o.juntos(
                quien,
                Dicho(
                    juntas,
                    lineas={juntas[0]: "Su idea abrió esta conversación."},
                    resultados={juntas[1]: "ya_contemplada"},
                ),
            )
            varias = Dicho(self.libres(casa, 4), resultado="parcial")
            programas.publicar_borrador(o, quien, programas.borrador(o, quien, varias), varias)

    def mientras(self) -> None:
        """Sealed and waiting, one is withdrawn by page, one by API, one removed; an author is erased."""
        o, e = self.o, self.o.elenco
        con_cuenta = [
            (d, f)
            for d, _c in o.sellado
            for f in d.folios
            if o.cuenta.filas[f].correo in e.personas
        ]
        sueltas = [f for d, f in con_cuenta if len(d.folios) == 1][:3]
        en_varias = next(f for d, f in con_cuenta if len(d.folios) > 2)
        despues.retirar(e, o.cuenta, sueltas[0], pagina=True)
        despues.retirar(e, o.cuenta, en_varias, pagina=False)
        despues.remover(e, o.cuenta, sueltas[1])
        libres = [
            f for f in self.libres(o.datos["nombre"], 20) if o.cuenta.filas[f].correo in e.personas
        ]
        despues.retirar(e, o.cuenta, libres[-1], pagina=True)
        despues.borrar(e, o.cuenta, e.direccion("dario"))

    def decidir(self) -> None:
        """The government by its pages, civil society by API; one dissents, one asks for changes, one has a
        conflict of interest and another member decides in their place."""
        o, e = self.o, self.o.elenco
        vivos = [
            (d, f)
            for d, _c in o.sellado
            for f in d.folios[:1]
            if len(d.folios) == 1 and o.cuenta.filas[f].estado == "pendiente"
        ]
        # Nobody decides on what they wrote: the other member is one of the authors.
        vivos = [v for v in vivos if o.cuenta.filas[v[1]].correo != e.direccion("celia")]
        (_, disenso), (d_cambios, cambios), (_, conflicto) = vivos[:3]
        hecha = foro.decidir(
            e.civil,
            foro.sellada_de(o, e.civil, disenso),
            "con_disenso",
            "Faltó consultar a los comités.",
        )
        comprobar(hecha.estado == 200, f"disentir: {hecha.dicho}")
        pk = foro.sellada_de(o, e.civil, cambios)
        sin_nota = foro.decidir(e.civil, pk, "pide_cambios")
        comprobar(sin_nota.estado == 422, "pedir cambios sin decir cuáles")
        foro.decidir(e.civil, pk, "pide_cambios", "Diga quién lo hará.")
        quien = e.agua if o.cuenta.filas[cambios].institucion == o.agua["nombre"] else e.datos
        foro.retomar(o, quien, pk)
        o.sellado = [(d, c) for d, c in o.sellado if d is not d_cambios]
        o.uno(
            quien, cambios, Dicho([cambios], resultado=d_cambios.resultado, lineas=d_cambios.lineas)
        )
        self._conflicto(conflicto)
        aprobadas = foro.aprobar_en_paginas(o, e.gobierno)
        comprobar(aprobadas > 0, "el gobierno no aprobó ninguna")
        foro.aprobar_por_api(o, e.civil)
        self.publicadas()

    def _conflicto(self, folio: str) -> None:
        """Who declares an interest is barred by page and by API; the new member is not."""
        o, e = self.o, self.o.elenco
        pk = foro.sellada_de(o, e.civil, folio)
        sha = e.civil.api("GET", f"conformidades/pendientes/{pk}/")["sha256"]
        declarada = e.civil.visitar(f"/conformidades/{pk}/conflicto/").enviar(
            "motivo", {"alcance": "respuesta", "motivo": "Mi organización lo pidió."}, "Declarar"
        )
        comprobar(declarada.estado == 200, f"declarar el interés: {declarada.dicho}")
        traba = e.civil.api("GET", f"conformidades/pendientes/{pk}/")["impedimento"]
        comprobar(bool(traba), "quien declaró un interés no está impedido")
        estado, _ = e.civil.pedir(
            "POST",
            f"/api/v2/conformidades/pendientes/{pk}/decidir/",
            {"sentido": "conforme", "sha256": sha},
        )
        comprobar(estado in (403, 409), f"con un conflicto pudo decidir: {estado}")
        otra = foro.sentar(o, e.direccion("celia"), "sociedad_civil")
        hecha = foro.decidir(otra, pk, "conforme")
        comprobar(hecha.estado == 200, f"la otra integrante: {hecha.dicho}")

    def publicadas(self, menos: frozenset[str] = frozenset()) -> None:
        """What was approved by both is public now: told once."""
        quedan = []
        for dicho, casa in self.o.sellado:
            if dicho.respuesta in menos:
                quedan.append((dicho, casa))
            else:
                self.o.publicado(dicho, casa)
        self.o.sellado = quedan

    def en_lotes(self) -> None:
        """The rest: a spreadsheet by page for one institution, a batch by API and command for the other."""
        o, e = self.o, self.o.elenco
        dichos = {
            f: Dicho([f], resultado="fuera_de_alcance", lineas={f: "Gracias."})
            for f in self.libres(o.datos["nombre"], 99)
        }
        lleno, filas = llenar(o.exportar(e.datos, "a_cargo=institucion"), dichos)
        comprobar(filas == len(dichos), f"la planilla trae {filas} filas, esperaba {len(dichos)}")
        vista = o.subir(e.datos, lleno)
        comprobar(
            f"Hacer borradores con {len(dichos)} fila" in vista.html,
            f"la planilla: {vista.texto[:300]}",
        )
        hecha = (
            vista.enviar("confirmar", {}, "Hacer borradores")
            if 'name="confirmar"' in vista.html
            else vista.enviar("Hacer borradores", {}, "Hacer borradores")
        )
        ruta = hecha.enlace("ver el lote")
        self._sellar_y_publicar(e.datos, ruta, dichos)
        de_agua = self.libres(o.agua["nombre"], 99)
        mitades = [
            Dicho(de_agua[: len(de_agua) // 2]),
            Dicho(de_agua[len(de_agua) // 2 :], resultado="ya_contemplada"),
        ]
        numero = programas.lote(o, e.agua, "De agua", [d for d in mitades if d.folios])
        e.agua.api("POST", f"respuestas/lotes/{numero}/sellar/")
        foro.aprobar_en_paginas(o, e.gobierno)
        foro.aprobar_por_api(o, e.civil)
        print(comando("publicar_respuestas", "--lote", str(numero)).strip().splitlines()[-1])
        for dicho in mitades:
            if dicho.folios:
                o.publicado(dicho, e.agua)

    def _sellar_y_publicar(self, quien: Persona, ruta: str, dichos: dict[str, Dicho]) -> None:
        """Seal a batch by its page, have it approved, publish it at once."""
        o, e = self.o, self.o.elenco
        comprobar(
            ruta.startswith(f"{RESPUESTAS}/lotes/"), f"la planilla no lleva a su lote: {ruta}"
        )
        sellado = quien.visitar(ruta).enviar("Sellar todo", {}, "Sellar todo")
        comprobar(
            f"{len(dichos)} sellada" in sellado.texto,
            f"sellar el lote: {sellado.dicho} {sellado.texto[:200]}",
        )
        foro.aprobar_en_paginas(o, e.gobierno)
        foro.aprobar_por_api(o, e.civil)
        hecho = quien.visitar(ruta).enviar("Publicar ahora", {}, "Publicar ahora")
        comprobar(f"{len(dichos)} publicada" in hecho.texto, f"publicar el lote: {hecho.dicho}")
        for dicho in dichos.values():
            o.publicado(dicho, quien)
