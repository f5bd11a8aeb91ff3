"""The pages a new installation starts with. Editors own them afterwards: nothing here writes over them."""

from dataclasses import dataclass, field
from typing import Any

Bloques = list[tuple[str, Any]]


@dataclass(frozen=True)
class PaginaInicial:
    """One page below the front page: its model, its address, its texts."""

    modelo: str
    slug: str
    titulo: str
    resumen: str
    cuerpo: Bloques = field(default_factory=list)


def _t(texto: str, nivel: str = "h2") -> tuple[str, Any]:
    return "titulo", {"texto": texto, "nivel": nivel}


def _p(*parrafos: str) -> tuple[str, Any]:
    return "parrafo", "".join(p if p.startswith("<ul") else f"<p>{p}</p>" for p in parrafos)


def _lista(*puntos: str) -> str:
    return f"<ul>{''.join(f'<li>{p}</li>' for p in puntos)}</ul>"


PORTADA = {
    "title": "Portada",
    "antetitulo": "Mesa Nacional de Estado Abierto",
    "titular": "Lo que usted propone recibe una respuesta",
    "bajada": "Aquí se propone, se comenta y se sigue cada compromiso de Estado Abierto en Chile, desde "
    "la primera frase que escribió una persona hasta su resultado.",
    "resumen": "Consulta pública y seguimiento de los planes de acción de Estado Abierto de Chile. "
    "Cada aporte recibe una respuesta escrita y fundada.",
}

COMO_FUNCIONA: Bloques = [
    _t("Antes de escribir"),
    _p(
        "Cada consulta dice qué puede cambiar y qué no, quién decide y hasta cuándo se reciben "
        "aportes. Léalo primero: su tiempo vale.",
    ),
    _t("Su aporte"),
    _p(
        "Puede enviar una propuesta o comentar un párrafo de un borrador. Al enviarlo:",
        _lista(
            "recibe un <b>folio</b>, que lo identifica, y una dirección que no cambia;",
            "le llega un <b>recibo</b> por correo con lo que escribió;",
            "cualquier persona puede leerlo y comentarlo, firmado con el nombre público que elija.",
        ),
        "Mientras la consulta esté abierta puede corregirlo, y la versión anterior queda como "
        "constancia, o retirarlo.",
    ),
    _t("La respuesta"),
    _p(
        "Una institución responde cada aporte por escrito. La respuesta dice el resultado, la razón "
        "y dónde quedó: un párrafo del borrador siguiente, un compromiso, una actividad, o por qué "
        "nada cambia. Le avisamos por correo cuando se publica.",
        "Lo publicado no se reescribe: si una respuesta se corrige, la anterior sigue a la vista.",
    ),
    _t("Las cuentas claras"),
    _p(
        "En cada consulta se ve cuántos aportes llegaron, cuántos tienen respuesta y cuántos "
        "esperan. Los aportes retirados o removidos por moderación también se cuentan.",
    ),
    (
        "llamada",
        {
            "titulo": "¿Hay algo abierto ahora?",
            "texto": "Vea las consultas en curso y cuánto tiempo queda.",
            "boton": "Ver las consultas",
            "pagina": None,
            "direccion": "/consultas/",
        },
    ),
]

ACCESIBILIDAD: Bloques = [
    _p(
        "Este sitio es para todas las personas. Lo construimos para cumplir las pautas WCAG 2.2, "
        "nivel AA, y lo que piden la Ley 20.422 y el Decreto Supremo 1 de 2015.",
    ),
    _t("Qué puede esperar"),
    _p(
        _lista(
            "Todo se puede hacer con el teclado, y se ve dónde está el foco.",
            "Leer, enviar y comentar funciona sin JavaScript.",
            "El texto puede ampliarse al 200 % sin perder contenido.",
            "El color nunca es la única señal: cada estado lleva también un texto y un icono.",
            "Las imágenes que dicen algo tienen una descripción; los gráficos, una tabla.",
            "Los errores de un formulario dicen qué corregir y conservan lo que escribió.",
        )
    ),
    _t("Lo que todavía falta"),
    _p(
        "Algunos documentos históricos de la biblioteca están escaneados y un lector de pantalla no "
        "los puede leer. Si necesita uno, pídalo y le enviaremos su texto.",
    ),
    _t("Si algo no funciona para usted"),
    _p(
        'Escríbanos desde la página de <a href="/contacto/">contacto</a>: cuéntenos en qué página '
        "estaba, qué quería hacer y con qué programa o dispositivo navega.",
    ),
]

PRIVACIDAD: Bloques = [
    _p("<b>Versión 1, noviembre de 2026.</b> Si cambia, la versión anterior seguirá disponible."),
    _t("Qué datos guardamos y para qué"),
    _p(
        _lista(
            "<b>Su cuenta:</b> correo electrónico, clave cifrada y, si quiere, un nombre público. "
            "Sirven para ingresar y para avisarle de sus aportes.",
            "<b>Sus aportes:</b> lo que escribe, la fecha, y si lo indica su región y desde qué "
            "sector participa. Son públicos, firmados con el nombre público que elija.",
            "<b>Sus mensajes de contacto:</b> nombre, correo y mensaje. Los lee quien administra el "
            "sitio, para responderle.",
            "<b>Registro de seguridad:</b> qué se hizo y cuándo, con un seudónimo en lugar de su "
            "nombre.",
        ),
        "No pedimos su RUN, su dirección ni datos sensibles. No los escriba en un aporte, "
        "ni los suyos ni los de otra persona.",
    ),
    _t("Con qué base legal"),
    _p(
        "El tratamiento es necesario para cumplir una función que la ley encarga al Estado: la "
        "participación ciudadana en la gestión pública (Ley 20.500 y título IV de la Ley 18.575). "
        "Rige la Ley 19.628, con las modificaciones de la Ley 21.719.",
    ),
    _t("A quién se comunican"),
    _p(
        "A nadie fuera de las instituciones que deben responder sus aportes, que ven lo mismo que el "
        "público. Su correo electrónico no aparece en las páginas, ni en las descargas, ni en la "
        "interfaz de datos.",
    ),
    _t("Cookies"),
    _p(
        "Solo dos, propias y necesarias: una mantiene su sesión y otra protege los formularios. No "
        "usamos publicidad ni medición de terceros, y las páginas no piden nada a otros sitios.",
    ),
    _t("Sus derechos"),
    _p(
        "Puede pedir acceso a sus datos, que se corrijan, que se supriman, oponerse a un "
        'tratamiento o pedir su bloqueo, desde la página de <a href="/contacto/">contacto</a>. La '
        "respuesta llega en un máximo de 30 días corridos, que pueden prorrogarse una vez por otros "
        "30. Si no está conforme, puede reclamar ante la Agencia de Protección de Datos Personales.",
        "Si pide que se borre su identidad, sus aportes siguen contados, pero dejan de llevar su "
        "nombre. Lo que escribió se suprime cuando le identifica.",
    ),
    _t("Menores de edad"),
    _p("Para crear una cuenta hay que tener 14 años o más."),
]

CONTACTO: Bloques = [
    _p("Respondemos en días hábiles al correo que nos deje."),
]

PAGINAS = [
    PaginaInicial(
        "noticias.NoticiasIndexPage",
        "noticias",
        "Noticias",
        "Lo que hace la Mesa Nacional de Estado Abierto, sus redes y las instituciones del plan.",
    ),
    PaginaInicial(
        "noticias.AgendaPage",
        "agenda",
        "Agenda",
        "Sesiones, mesas de trabajo y actividades de la Mesa y de las redes, con cómo participar.",
    ),
    PaginaInicial(
        "biblioteca.BibliotecaIndexPage",
        "biblioteca",
        "Biblioteca",
        "Actas, planes, autoevaluaciones e informes. Cada archivo con su fecha, su fuente y la suma "
        "que permite comprobar que es el original.",
    ),
    PaginaInicial(
        "portal.PaginaEstandar",
        "como-funciona",
        "Cómo funciona",
        "Qué pasa con lo que usted escribe, desde que lo envía hasta que se responde.",
        COMO_FUNCIONA,
    ),
    PaginaInicial(
        "portal.PaginaEstandar",
        "accesibilidad",
        "Accesibilidad",
        "Qué hacemos para que cualquier persona pueda usar este sitio, y qué nos falta.",
        ACCESIBILIDAD,
    ),
    PaginaInicial(
        "portal.PaginaEstandar",
        "privacidad",
        "Privacidad",
        "Qué datos guardamos, para qué, y cómo ejercer sus derechos.",
        PRIVACIDAD,
    ),
    PaginaInicial(
        "portal.ContactoPage",
        "contacto",
        "Contacto",
        "¿Algo no funciona o tiene una duda sobre el sitio? Escríbanos.",
        CONTACTO,
    ),
]
