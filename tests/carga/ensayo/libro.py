"""The public ledger, read from outside in its three faces: page, CSV and API."""

import csv
import io
import urllib.parse
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

from tests.carga.ensayo.cuenta import SUMAS, Cuenta, Fila, sumar
from tests.carga.pagina import Pagina, Persona
from tests.carga.programa import comprobar

ROTULOS = {
    "Recibidos": "recibidos", "Respondidos": "respondidos", "Pendientes": "pendientes",
    "Retirados": "retirados", "Removidos": "removidos", "Texto idéntico": "identicos",
}  # fmt: skip
CLASES = ("identico", "comun", "propio")


def comprobar_libro(base: str, cuenta: Cuenta, slug: str) -> None:
    """Every sum of one consultation, by every cut, and the rows behind each figure of its page."""
    lector, filas = Persona(base), cuenta.de(slug)
    api = lector.api("GET", f"libro/?consulta={slug}")
    pagina = lector.visitar(f"/consultas/{slug}/libro/")
    _iguales("libro", sumar(filas), api["total"])
    clases = cuenta.clases()
    respondidas = [f for f in filas if f.estado == "respondido"]
    por_clase = {c: sum(clases[f.folio] == c for f in respondidas) for c in CLASES}
    dichas = {c: api["total"][f"{c}s" if c != "comun" else "comunes"] for c in CLASES}
    comprobar(por_clase == dichas, f"clases de texto: cuento {por_clase}, dice {dichas}")
    for clase in CLASES:
        suyas = {a["folio"] for a in lector.todas(f"libro/aportes/?consulta={slug}&texto={clase}")}
        mias = {f.folio for f in respondidas if clases[f.folio] == clase}
        comprobar(suyas == mias, f"{slug}, {clase}: {sorted(suyas ^ mias)[:5]}")
    if respondidas:
        parte = 100 * por_clase["identico"] / len(respondidas)
        comprobar(abs(api["total"]["parte_identica"] - parte) < 0.01, f"idéntico {parte}")
    comprobar(api["total"]["frase"] in pagina.texto, f"la página no dice «{api['total']['frase']}»")
    _cifras_de_la_pagina(pagina, sumar(filas))
    cortes = {c["corte"]: c["grupos"] for c in api["cortes"]}
    for corte, de_fila in cuenta.cortes().items():
        _corte(lector, pagina, slug, corte, _agrupar(filas, de_fila), cortes[corte])
    _filas_de_cada_cifra(lector, pagina)
    _filas_iguales(lector, slug, filas)


def comprobar_libro_del_sitio(base: str, antes: dict[str, int], cuenta: Cuenta) -> None:
    """The site's ledger is what it was plus ours; so is the row of each of our consultations."""
    lector = Persona(base)
    api = lector.api("GET", "libro/")
    suma = sumar(cuenta.filas.values())
    comprobar(
        all(api["total"][s] == antes[s] + suma[s] for s in SUMAS), f"el sitio: {antes} + {suma}"
    )
    pagina = lector.visitar("/libro/")
    comprobar(api["total"]["frase"] in pagina.texto, f"/libro/ no dice «{api['total']['frase']}»")
    por_consulta = next(c["grupos"] for c in api["cortes"] if c["corte"] == "consulta")
    for slug in {f.consulta for f in cuenta.filas.values()}:
        grupo = next(g for g in por_consulta if g["filtro"] == {"consulta": slug})
        _iguales(f"/libro/ de {slug}", sumar(cuenta.de(slug)), grupo)
    _filas_de_cada_cifra(lector, pagina, solo="consulta")


def _agrupar(filas: list[Fila], de_fila) -> dict[str, list[Fila]]:  # type: ignore[no-untyped-def]
    grupos = defaultdict(list)
    for f in filas:
        grupos[de_fila(f)].append(f)
    return grupos


def _iguales(que: str, cuento: dict[str, int], dice: dict[str, object]) -> None:
    comprobar(
        all(int(str(dice[s])) == cuento[s] for s in SUMAS),
        f"{que}: cuento {cuento}, dice { ({s: dice[s] for s in SUMAS}) }",
    )
    comprobar(
        int(str(dice["recibidos"])) == sum(int(str(dice[s])) for s in SUMAS[1:]), f"{que}: INV-02"
    )


def _corte(
    lector: Persona,
    pagina: Pagina,
    slug: str,
    corte: str,
    grupos: dict[str, list[Fila]],
    de_api: list[dict[str, object]],
) -> None:
    """The same groups with the same sums in API, CSV and table."""
    dichos = {str(g["nombre"]): g for g in de_api}
    comprobar(
        set(dichos) == set(grupos),
        f"{slug} por {corte}: {sorted(dichos)} y cuento {sorted(grupos)}",
    )
    hoja = lector.bajar(f"/consultas/{slug}/libro/{corte}.csv").decode("utf-8-sig")
    renglones = {r[corte]: r for r in csv.DictReader(io.StringIO(hoja))}
    tabla = _tabla(pagina, corte)
    for nombre in set(grupos) & set(dichos):
        cuento = sumar(grupos[nombre])
        _iguales(f"API, {corte} «{nombre}»", cuento, dichos[nombre])
        comprobar(nombre in renglones, f"el CSV por {corte} no tiene «{nombre}»: {list(renglones)}")
        if nombre in renglones:
            _iguales(f"CSV, {corte} «{nombre}»", cuento, dict(renglones[nombre]))
        comprobar(nombre in tabla, f"la tabla por {corte} no tiene «{nombre}»: {list(tabla)}")
        if nombre in tabla:
            _iguales(f"tabla, {corte} «{nombre}»", cuento, dict(tabla[nombre]))


def _tabla(pagina: Pagina, corte: str) -> dict[str, dict[str, int]]:
    """The figures of a cut as its table shows them."""
    tabla = pagina.sopa.select_one(f"section#{corte} table")
    if tabla is None:
        return {}
    titulos = [" ".join(t.get_text(" ").split()) for t in tabla.select("thead th")][1:]
    filas = {}
    for tr in tabla.select("tbody tr"):
        nombre = " ".join(tr.th.get_text(" ").split()) if tr.th else ""
        celdas = [_numero(td.find(string=True, recursive=True)) for td in tr.select("td")]
        filas[nombre] = {
            ROTULOS[t]: int(c) for t, c in zip(titulos, celdas, strict=True) if t in ROTULOS
        }
    return filas


def _numero(texto: object) -> float:
    escrito = str(texto or "0").strip().replace(".", "").replace(",", ".").rstrip("%\u202f\xa0 ")
    return float(escrito) if escrito.replace(".", "").isdigit() else 0


def _cifras_de_la_pagina(pagina: Pagina, cuento: dict[str, int]) -> None:
    dichas = {
        d.dt.get_text(strip=True): _numero(d.dd.find(string=True, recursive=True))
        for d in pagina.sopa.select(".libro__lista > div")
        if d.dt and d.dd
    }
    for rotulo, suma in ROTULOS.items():
        if suma in cuento:
            comprobar(
                dichas.get(rotulo) == cuento[suma],
                f"{rotulo}: {dichas.get(rotulo)}, cuento {cuento[suma]}",
            )


def _filas_de_cada_cifra(lector: Persona, pagina: Pagina, solo: str = "") -> None:
    """The link of each figure opens as many rows as it says; each address once."""
    pedidas: dict[str, int] = {}
    raiz = f"section#{solo}" if solo else "main"
    for a in pagina.sopa.select(f"{raiz} td a[href], {raiz} dd a[href]"):
        escrito = str(a.find(string=True) or "")
        if (
            "/libro/aportes/" in str(a["href"])
            and escrito.strip()[:1].isdigit()
            and "%" not in escrito
        ):
            pedidas[urllib.parse.urljoin(pagina.ruta, str(a["href"]))] = int(_numero(escrito))

    def uno(par: tuple[str, int]) -> None:
        ruta, n = par
        hoja = lector.bajar(ruta.replace("/aportes/", "/aportes.csv", 1)).decode("utf-8-sig")
        filas = len(list(csv.DictReader(io.StringIO(hoja))))
        comprobar(filas == n, f"{ruta}: la cifra dice {n}, el CSV trae {filas}")
        abierta = lector.visitar(ruta)
        vistos = len(abierta.sopa.select(".filas-aporte > li"))
        comprobar(vistos == min(n, 20), f"{ruta}: la cifra dice {n}, la página muestra {vistos}")
        comprobar(str(n) in abierta.texto.replace(".", ""), f"{ruta}: no dice {n}")

    with ThreadPoolExecutor(4) as hilos:
        list(hilos.map(uno, pedidas.items()))
    print(f"  {len(pedidas)} cifras de {pagina.ruta}, abiertas", flush=True)


def _filas_iguales(lector: Persona, slug: str, filas: list[Fila]) -> None:
    """The rows themselves, by CSV and by API, are ours one by one."""
    hoja = lector.bajar(f"/consultas/{slug}/libro/aportes.csv").decode("utf-8-sig")
    por_csv = {r["folio"]: r for r in csv.DictReader(io.StringIO(hoja))}
    comprobar(set(por_csv) == {f.folio for f in filas}, f"{slug}: el CSV trae {len(por_csv)} filas")
    por_api = {a["folio"]: a for a in lector.todas(f"libro/aportes/?consulta={slug}")}
    comprobar(set(por_api) == {f.folio for f in filas}, f"{slug}: la API trae {len(por_api)} filas")
    for f in filas:
        a, r = por_api.get(f.folio, {}), por_csv.get(f.folio, {})
        comprobar(
            a.get("estado") == f.estado == r.get("estado"),
            f"{f.folio}: {a.get('estado')}, {r.get('estado')}, cuento {f.estado}",
        )
        if f.estado == "respondido" and a.get("respuesta"):
            dicho = a["respuesta"]
            suyo = (dicho["razon"], dicho["linea"], dicho["resultado"])
            comprobar(
                suyo == (f.razon, f.linea, f.resultado),
                f"{f.folio} dice {suyo}, cuento {(f.razon, f.linea, f.resultado)}",
            )
