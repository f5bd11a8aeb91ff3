"""The catalogue of components, `/_estilos/`: every piece in every state, for staff only.

It reads nothing from the database: what it shows is invented here.
"""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.template.response import TemplateResponse

from consulta.paginas.presentacion.borradores import (
    QueCambio,
    VistaFragmento,
    vista_de_fragmento,
)
from consulta.paginas.presentacion.tramos import Marca
from consulta.procesos.enums import TipoFragmento
from consulta.procesos.models import Fragmento

DIA = datetime(2027, 3, 5, 15, 30, tzinfo=UTC)

COLORES = [
    ("--azul", "#0F69C4", "5,5 : 1 sobre blanco"),
    ("--azul-hondo", "#0B55A0", "7,4 : 1 sobre blanco"),
    ("--azul-noche", "#0A2A4F", "14,4 : 1 sobre blanco"),
    ("--rojo", "#FF4731", "3,4 : 1, solo adorno"),
    ("--rojo-hondo", "#B3261A", "6,5 : 1 sobre blanco"),
    ("--foco", "#FFBE5C", "8,8 : 1 sobre noche"),
    ("--tinta", "#373737", "11,9 : 1 sobre blanco"),
    ("--tenue", "#5E5A54", "6,9 : 1 sobre blanco"),
    ("--borde", "#7D766C", "4,5 : 1 sobre blanco"),
]
ESTADOS = [
    "sin_confirmar", "pendiente", "asignado", "en_redaccion", "en_conformidad", "respondido",
    "en_revision", "vencido", "retirado", "removido",
]  # fmt: skip
RESULTADOS = [
    "incorporada", "parcial", "ya_contemplada", "no_incorporada", "fuera_de_alcance", "aclaracion",
]  # fmt: skip
OTROS = [
    "abierta", "extendida", "futura", "cerrada", "institucional", "nuevo", "demo", "completo",
    "sustancial", "limitado", "atrasado", "no_iniciado", "sin_evidencia",
]  # fmt: skip
ICONOS = [
    "buscar", "menu", "cerrar", "persona", "personas", "institucion", "comentario", "responder",
    "calendario", "reloj", "documento", "descargar", "adjunto", "enlace", "externo", "si",
    "si-circulo", "no-circulo", "parcial", "ya", "fuera", "pregunta", "info", "alerta", "error",
    "derecha", "izquierda", "flecha", "pausa", "reproducir", "lugar", "correo", "editar",
    "retirado", "oculto", "filtro", "etiqueta", "lista", "grafico", "candado", "canal", "salir",
    "bandeja", "bandera", "idea", "ciclo", "imprimir",
]  # fmt: skip


class FormularioDeMuestra(forms.Form):
    """One field of each kind."""

    nombre = forms.CharField(
        label="Nombre público", help_text="Así aparecerá junto a su aporte.", max_length=80
    )
    problema = forms.CharField(
        label="¿Qué problema quiere resolver?",
        help_text="Cuente qué ocurre hoy, a quién afecta y desde cuándo.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=1500,
    )
    tema = forms.ChoiceField(
        label="Tema",
        choices=[("", "Elija un tema"), ("t", "Transparencia"), ("p", "Participación")],
    )
    regiones = forms.MultipleChoiceField(
        label="Regiones",
        choices=[("07", "Maule"), ("08", "Biobío"), ("16", "Ñuble")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    voz = forms.ChoiceField(
        label="¿A nombre de quién escribe?",
        choices=[("yo", "A título personal"), ("org", "De una organización")],
        widget=forms.RadioSelect,
    )
    archivo = forms.FileField(
        label="Documento de apoyo", help_text="PDF de hasta 10 MB.", required=False
    )
    entiendo = forms.BooleanField(
        label="Entiendo que mi aporte será público",
        help_text="No incluya datos personales de otras personas.",
    )


def _respuesta(resultado: str, **mas: Any) -> dict[str, Any]:
    return {
        "institucion": "Ministerio Secretaría General de la Presidencia",
        "resultado": resultado,
        "razon": "El diagnóstico coincide con lo que observaron tres mesas territoriales. "
        "Se agrega al compromiso un hito de publicación mensual en formato reutilizable, "
        "con responsable y fecha.",
        "fecha": DIA,
        "destino_texto": "Compromiso 4, hito 2: «Publicación mensual en formato abierto»",
        "destino_url": "#compromiso-4",
        **mas,
    }


def _aporte(folio: str, autor: str, texto: str, **mas: Any) -> dict[str, Any]:
    return {
        "folio": folio,
        "url": f"#aporte-{folio}",
        "autor": autor,
        "fecha": DIA,
        "texto": texto,
        "puede_responder": True,
        "url_responder": "#responder",
        **mas,
    }


def _hilo() -> list[dict[str, Any]]:
    profundo = _aporte(
        "DEM-0006",
        "Rosa Huenchumil",
        "Cuarto nivel: desde aquí los comentarios siguen sin más sangría.",
    )
    tercero = _aporte(
        "DEM-0005",
        "Centro de Estudios del Sur",
        "Podemos compartir la pauta que usamos el año pasado.",
        institucional=True,
        institucion="Sociedad civil",
        replicas=[profundo],
    )
    segundo = _aporte(
        "DEM-0004",
        "Pedro Oyarzo",
        "De acuerdo. En Aysén además hace falta que funcione con poca señal.",
        replicas=[tercero],
    )
    return [
        _aporte(
            "DEM-0001",
            "Javiera Antilef",
            "Hoy los presupuestos municipales se publican como imagen escaneada y no se pueden "
            "comparar.\n\nPropongo que cada municipio los publique en una planilla abierta, con "
            "los mismos nombres de columna, antes del día 15 de cada mes.",
            titulo="Presupuestos municipales que se puedan comparar",
            estado="respondido",
            respuesta=_respuesta(
                "parcial", linea="Gracias, Javiera: su ejemplo de Cholchol nos ayudó."
            ),
            replicas=[segundo],
            replicas_mas=12,
        ),
        _aporte(
            "DEM-0002",
            "Mateo Rivas",
            "¿Se considerará a las asociaciones de municipios?",
            estado="pendiente",
            corregido=DIA,
            puede_corregir=True,
            url_corregir="#corregir",
        ),
        _aporte("DEM-0007", "Ana Pizarro", "", estado="retirado", puede_responder=False),
        _aporte(
            "DEM-0008",
            "",
            "",
            estado="removido",
            motivo="publicaba el teléfono de otra persona (norma 3).",
            puede_responder=False,
        ),
    ]


def _etapas() -> list[dict[str, Any]]:
    def dia(mes: int, numero: int) -> datetime:
        return datetime(2027, mes, numero, 15, tzinfo=UTC)

    return [
        {"titulo": "Sensibilización", "desde": dia(1, 11), "hasta": dia(2, 5), "estado": "pasada"},
        {
            "titulo": "Recepción de propuestas",
            "desde": dia(2, 8),
            "hasta": dia(3, 8),
            "estado": "pasada",
            "url": "#etapa",
        },
        {
            "titulo": "Mesas de priorización",
            "desde": dia(3, 15),
            "hasta": dia(4, 30),
            "estado": "actual",
        },
        {
            "titulo": "Consulta del borrador",
            "desde": dia(6, 1),
            "hasta": dia(6, 30),
            "estado": "futura",
        },
        {"titulo": "Publicación del plan", "desde": dia(8, 31), "estado": "futura"},
    ]


def _actividades() -> list[dict[str, Any]]:
    titulos = [
        ("Mesa territorial de Maule", "Mesa de priorización", "Talca"),
        ("Mesa Joven: datos que importan", "Mesa de priorización", "En línea"),
        ("Cómo leer un compromiso", "Jornada abierta", "Temuco"),
        ("Reunión ampliada del foro", "Foro", "Santiago"),
        ("Taller para funcionarias y funcionarios", "Capacitación", "En línea"),
    ]
    return [
        {"titulo": t, "tipo": k, "lugar": lugar, "fecha": DIA, "hora": True, "url": "#agenda"}
        for t, k, lugar in titulos
    ]


def _fragmentos() -> list[VistaFragmento]:
    """A heading, a paragraph with quotes and changes, a list, a table and a commitment."""
    textos = [
        (TipoFragmento.TITULO, 2, "2. Presupuesto abierto"),
        (
            TipoFragmento.PARRAFO, 0,
            "Los municipios publicarán su ejecución presupuestaria cada mes, en un formato que "
            "permita compararla entre comunas y entre años.",
        ),
        (
            TipoFragmento.LISTA, 0,
            "La publicación incluirá:\n- ingresos y gastos por programa;\n- proveedores y montos;\n"
            "- metas.",
        ),
        (
            TipoFragmento.TABLA, 0,
            "Calendario\n| Hito | Responsable | Fecha |\n| Pauta común | SUBDERE | junio |\n"
            "| Piloto | 10 municipios | octubre |",
        ),
        (
            TipoFragmento.COMPROMISO, 0,
            "Compromiso 4. Presupuestos locales comparables\n\nAl término del plan, 100 municipios "
            "publican cada mes su presupuesto.",
        ),
    ]  # fmt: skip
    citas = [Marca(15, 63, "DEM-0002", "#cita"), Marca(54, 62, "DEM-0003", "#cita")]
    vistas = [
        vista_de_fragmento(
            Fragmento(orden=orden, tipo=tipo, nivel=nivel, texto=texto),
            slug="ejemplo", n=2, comentarios=(orden - 13) * 6 % 13, comentable=True,
            marcas=citas if tipo == TipoFragmento.PARRAFO else (),
        )
        for orden, (tipo, nivel, texto) in enumerate(textos, 13)
    ]  # fmt: skip
    vistas[1].antes_texto, vistas[1].antes = "3 en la versión anterior", 3
    vistas[1].cambio_texto, vistas[1].cambio_url = "Cambió", "#cambio"
    vistas[1].cambio_por = [QueCambio("DEM-0001", "#aporte", "incorporada", "Incorporada")]
    return vistas


def _busqueda() -> dict[str, Any]:
    opciones = [("propuesta", "Propuestas", 48), ("acta", "Actas", 12), ("noticia", "Noticias", 7)]
    return {
        "facetas": [
            {
                "nombre": "tipo",
                "titulo": "Tipo",
                "opciones": [
                    {"valor": v, "texto": t, "cuenta": n, "elegida": v == "acta"}
                    for v, t, n in opciones
                ],
            },
        ],
        "activos": [{"texto": "Actas", "url": "?q=presupuesto"}],
        "partes": [
            ("Se acuerda que el ", False),
            ("presupuesto", True),
            (" de cada comuna se publique en formato abierto antes del día 15…", False),
        ],
    }


def _tabla() -> dict[str, Any]:
    filas = [
        ("Presupuestos locales", "SUBDERE", "90 %", "sustancial"),
        ("Datos de aguas", "Dirección General de Aguas", "57,1 %", "limitado"),
        ("Justicia abierta", "Poder Judicial", "0 %", "no_iniciado"),
    ]
    return {
        "columnas": [
            {"titulo": "Compromiso"},
            {"titulo": "Responsable"},
            {"titulo": "Avance", "num": True},
            {"titulo": "Estado"},
        ],
        "filas": [
            {
                "celdas": [
                    {"rotulo": "Compromiso", "texto": a, "url": "#compromiso"},
                    {"rotulo": "Responsable", "texto": b},
                    {"rotulo": "Avance", "texto": c, "num": True},
                    {"rotulo": "Estado", "insignia": d, "texto": ""},
                ]
            }
            for a, b, c, d in filas
        ],
    }


def _paginas() -> list[Page]:
    paginador: Paginator = Paginator(range(480), 20)
    return [paginador.page(n) for n in (1, 9, 24)]


@login_required
def catalogo(request: HttpRequest) -> TemplateResponse:
    """Show every component. Refuses who may not enter the administration."""
    usuario = request.user
    if not (usuario.is_superuser or getattr(usuario, "puede_administrar", False)):
        raise PermissionDenied
    return TemplateResponse(request, "portal/estilos.html", contexto_de_muestra())


def contexto_de_muestra() -> dict[str, Any]:
    """Sample data of the catalogue; nothing in it is real."""
    con_errores = FormularioDeMuestra({"problema": "Muy breve", "nombre": ""})
    con_errores.is_valid()
    con_errores.prefix = "mal"
    return {
        "migas": [
            {"titulo": "Portada", "url": "/"},
            {"titulo": "Componentes"},
        ],
        "colores": COLORES,
        "estados": ESTADOS,
        "resultados": RESULTADOS,
        "otros": OTROS,
        "iconos": ICONOS,
        "formulario": FormularioDeMuestra(auto_id="muestra_%s"),
        "formulario_con_errores": con_errores,
        "hilo": _hilo(),
        "respuestas": [_respuesta(r) for r in RESULTADOS],
        "etapas": _etapas(),
        "actividades": _actividades(),
        "fragmentos": _fragmentos(),
        "paginas": _paginas(),
        "dia": DIA,
        "datos": [
            {"rotulo": "Responsable", "valor": "SUBDERE", "url": "#subdere"},
            {"rotulo": "Plazo", "fecha": DIA},
            {"rotulo": "Estado", "insignia": "sustancial"},
        ],
        **_busqueda(),
        **_tabla(),
    }
