"""What people send: 81 proposals and the comments of a thread, by form and by API, with an account or not."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.carga.ensayo.cuenta import Cuenta, Fila
from tests.carga.ensayo.gente import Elenco, clave
from tests.carga.pagina import Pagina, Persona
from tests.carga.programa import comprobar

PROPUESTAS = 81
PARRAFOS = [
    "Cada municipio publicará sus datos de agua una vez al mes.",
    "Las actas del consejo se publicarán en diez días.",
    "Habrá una persona a cargo de la participación en cada región.",
]
TEMAS = ("salud", "datos", "ambiente")
REGIONES = ("", "08", "13", "05", "15")
AUTORES = ("", "ciudadania", "osc", "academia")
RAMA = 30


def proponer(elenco: Elenco, cuenta: Cuenta, slug: str) -> list[str]:
    """81 proposals: a third by form, some of them without an account; folios in the order they came."""
    firmes = list(elenco.personas.items())
    folios = []
    for n in range(1, PROPUESTAS + 1):
        correo, quien = firmes[n % len(firmes)]
        datos = {
            "titulo": f"Idea número {n}",
            "texto": f"Medir la cosa {n} cada mes. {PUNTOS if n in (5, 6) else ''}",
            "tema": TEMAS[n % 3],
            "region": REGIONES[n % 5],
            "tipo_autor": AUTORES[n % 4],
        }
        problema = f"Nadie mide la cosa {n}."
        ruta = f"/consultas/{slug}/propuestas/nueva/"
        if n % 9 == 4:
            correo = elenco.visitas[n % len(elenco.visitas)]
            folio = _de_visita(
                elenco, cuenta, correo, ruta, datos | {"problema": problema}, "problema"
            )
        elif n % 3 == 0:
            folio = _folio(
                quien.visitar(ruta).enviar("problema", datos | {"problema": problema}, "Enviar")
            )
        else:
            cuerpo = datos | {
                "tipo": "propuesta",
                "consulta": slug,
                "campos": {"problema": problema},
                "clave": clave(),
            }
            folio = quien.api("POST", "aportes/", cuerpo)["folio"]
        _anotar(
            cuenta,
            folio,
            slug,
            "propuesta",
            correo,
            datos["texto"],
            {k: datos[k] for k in ("tema", "region", "tipo_autor")},
        )
        folios.append(folio)
    return folios


PUNTOS = "\n\nPrimero: publicar los datos del agua.\n\nSegundo: explicar los gastos de cada año."


def conversar(elenco: Elenco, cuenta: Cuenta, slug: str, cuantos: int) -> list[str]:
    """Comments on three paragraphs, roots and replies: the first is the head of a branch of thirty."""
    secretaria = elenco.secretaria
    version = secretaria.api(
        "POST", f"consultas/{slug}/versiones/", {"titulo": "Uno", "texto": "\n\n".join(PARRAFOS)}
    )
    secretaria.api(
        "POST", f"consultas/{slug}/versiones/{version['n']}/publicar/", {"marca": version["marca"]}
    )
    fragmentos = sorted(
        secretaria.todas(f"fragmentos/?consulta={slug}&version=1"), key=lambda f: f["orden"]
    )
    firmes = list(elenco.personas.items())
    folios: list[str] = []

    def uno(n: int) -> tuple[str, str, str, str]:
        """Sends comment `n`; the first words, the address, and how."""
        correo, quien = firmes[n % len(firmes)]
        texto = f"Comentario número {n} sobre el borrador."
        ruta = f"/consultas/{slug}/borrador/v1/{fragmentos[n % 3]['orden']}/"
        if 1 < n <= RAMA + 1:
            datos: dict[str, Any] = {"tipo": "replica", "padre": folios[0]}
        else:
            datos = {"tipo": "observacion", "fragmento": fragmentos[n % 3]["id"]}
            if n % 50 == 0:
                return (
                    _folio(quien.visitar(ruta).enviar("texto", {"texto": texto}, "Enviar")),
                    "observacion",
                    correo,
                    texto,
                )
        hecho = quien.api("POST", "aportes/", datos | {"texto": texto, "clave": clave()})
        return hecho["folio"], str(datos["tipo"]), correo, texto

    def anotar(hecho: tuple[str, str, str, str]) -> None:
        folio, tipo, correo, texto = hecho
        _anotar(cuenta, folio, slug, tipo, correo, texto, {})
        folios.append(folio)

    anotar(uno(1))
    with ThreadPoolExecutor(4) as hilos:
        for hecho in hilos.map(uno, range(2, cuantos - 3)):
            anotar(hecho)
    for n in range(cuantos - 3, cuantos + 1):
        correo = elenco.visitas[n % len(elenco.visitas)]
        ruta = f"/consultas/{slug}/borrador/v1/{fragmentos[0]['orden']}/"
        texto = f"Comentario número {n} de una visita."
        anotar(
            (
                _de_visita(elenco, cuenta, correo, ruta, {"texto": texto}, "texto"),
                "observacion",
                correo,
                texto,
            )
        )
    comprobar(len(set(folios)) == cuantos, f"{len(set(folios))} folios de {cuantos}")
    return folios


def contestar_tarde(
    elenco: Elenco, cuenta: Cuenta, slug: str, cabeza: str, cuantos: int
) -> list[str]:
    """More replies below the head of the branch."""
    correo, quien = list(elenco.personas.items())[-1]
    folios = []
    for n in range(1, cuantos + 1):
        texto = f"Réplica tardía {n}."
        datos = {"tipo": "replica", "padre": cabeza, "texto": texto, "clave": clave()}
        folio = quien.api("POST", "aportes/", datos)["folio"]
        _anotar(cuenta, folio, slug, "replica", correo, texto, {})
        folios.append(folio)
    return folios


def _anotar(
    cuenta: Cuenta, folio: str, slug: str, tipo: str, correo: str, texto: str, mas: dict[str, str]
) -> None:
    cuenta.filas[folio] = Fila(folio, slug, tipo, correo, texto=texto, **mas)
    cuenta.correo(correo, f"Recibimos su aporte {folio}")


def _folio(pagina: Pagina) -> str:
    hallado = re.search(r"/aportes/([A-Z0-9]+-\d+)/", pagina.ruta)
    if hallado is None:
        raise RuntimeError(f"el formulario llevó a {pagina.ruta} ({pagina.estado}): {pagina.dicho}")
    return hallado[1]


def _de_visita(
    elenco: Elenco, cuenta: Cuenta, correo: str, ruta: str, datos: dict[str, Any], campo: str
) -> str:
    """Send without an account, open the link of the mail, press its button."""
    quien = Persona(elenco.base)
    datos = datos | {"correo": correo, "tramo_edad": "adulto", "firma": "Una visita"}
    hecha = quien.visitar(ruta).enviar(campo, datos, "Enviar")
    comprobar("/confirmar/" in hecha.ruta, f"la visita llegó a {hecha.ruta}: {hecha.dicho}")
    cuenta.correo(correo, "Confirme su aporte: falta un paso")
    carta = elenco.buzon.carta(correo, "Confirme su aporte")
    vale = next(e for e in elenco.buzon.enlaces(carta) if "/confirmar/" in e)
    return _folio(quien.visitar(vale).enviar("Confirmar", boton="Confirmar y publicar"))
