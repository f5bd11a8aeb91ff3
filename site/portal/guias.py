"""«Cómo se hace»: what each role does in the administration, with the way there."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from consulta.procesos.permissions import puede_gestionar_procesos
from consulta.respuestas.permissions import puede_asignar
from cuentas.models import User
from cuentas.roles import Rol

APORTES = "participacion_aportes_modeladmin_index"
MODERACION = "moderacion"


@dataclass(frozen=True)
class Guia:
    """One task in a line or two; `ruta` and `consulta` (a query string) lead to where it is done."""

    titulo: str
    pasos: str
    ruta: str = ""
    consulta: str = ""

    def como_enlace(self) -> dict[str, str]:
        url = direccion(self.ruta)
        return {
            "titulo": self.titulo,
            "pasos": self.pasos,
            "url": f"{url}{self.consulta}" if url else "",
        }


RESPONDER = Guia(
    "Responder un aporte",
    "en la lista, «Responder» en su fila. Diga qué pasó con él, por qué y dónde quedó. Puede guardar "
    "un borrador y ver cómo quedará antes de publicar.",
    APORTES,
    "?estado=pendiente",
)
CORREGIR = Guia(
    "Corregir una respuesta publicada",
    "en el aporte, «Corregir la respuesta», con el motivo. La anterior sigue a la vista.",
    APORTES,
    "?estado=respondido",
)
ASIGNAR = Guia(
    "Asignar un aporte",
    "«Asignar» en su fila lo entrega a una institución o a una persona. El plazo sigue corriendo.",
    APORTES,
    "?estado=pendiente&a_cargo=sin_asignar",
)
MODERAR = [
    Guia(
        "Decidir sobre lo reportado",
        "abra el aporte, lea lo que dicen los reportes y elija «Dejarlo publicado» o «Remover». "
        "A quien reportó le escribimos lo que se decidió.",
        MODERACION,
        "?ver=reportados",
    ),
    Guia(
        "Remover un aporte que no cumple las normas",
        "ábralo y elija «Remover», con la causa. La causa se publica en su lugar y el folio sigue "
        "contando. Su autor puede apelar y, si tiene razón, se repone.",
        APORTES,
    ),
    Guia(
        "Resolver una apelación",
        "decide otra persona que quien removió. Lo que se acoge vuelve con sus réplicas y su respuesta.",
        MODERACION,
        "?ver=apelaciones",
    ),
]
PROCESOS = [
    Guia(
        "Abrir un proceso",
        "ábralo y siga su página: dice qué falta en cada etapa y en cada consulta, y lleva al paso "
        "siguiente, hasta anunciarla.",
        "participacion_procesos_modeladmin_index",
    ),
    Guia(
        "Publicar un borrador",
        "agregue una versión, pegue el texto, revise los párrafos y publique. Desde ahí no cambia: "
        "una corrección es otra versión.",
        "participacion_versiones_modeladmin_index",
    ),
]
INDICES = [
    ("noticias", "Publicar una noticia", "Páginas › Noticias › Agregar página hija › Noticia."),
    ("agenda", "Anunciar una actividad", "Páginas › Agenda › Agregar página hija › Actividad."),
    ("biblioteca", "Subir un documento", "Páginas › Biblioteca › Agregar página hija › Documento."),
]
DE_PAGINAS = [
    Guia(
        "Programar una publicación",
        "en la página, abra «Estado» (arriba a la derecha) y ponga una fecha en «Programación». Se "
        "publica sola a esa hora.",
    ),
    Guia(
        "Cambiar una dirección",
        "cambie el «slug» en la pestaña «Promocionar». La dirección antigua sigue llevando a la "
        "página.",
    ),
    Guia(
        "Retirar algo publicado",
        "no se borra. Escriba el motivo en «Retirar este contenido» y publique: la página dirá por "
        "qué no está.",
    ),
    Guia(
        "Describir una imagen",
        "cuente lo que muestra, no que es una foto. Si solo adorna, márquela como decorativa.",
    ),
]


def direccion(nombre: str, *args: Any) -> str:
    """The address of a screen of the administration; empty when this installation lacks it."""
    try:
        return reverse(nombre, args=args) if nombre else ""
    except NoReverseMatch:
        return ""


def edita_paginas(usuario: User) -> bool:
    """Whether the pages are part of this person's work."""
    return page_permission_policy.user_has_any_permission(usuario, {"change", "publish"})


def grupos_de_guias(usuario: User) -> list[dict[str, Any]]:
    """The tasks of the roles of `usuario`, under a title each; nobody reads of what they may not do."""
    grupos = [
        {"titulo": "Participación", "guias": [g.como_enlace() for g in _de_participacion(usuario)]},
        {"titulo": "Páginas", "guias": _de_paginas() if edita_paginas(usuario) else []},
    ]
    return [g for g in grupos if g["guias"]]


def _de_participacion(usuario: User) -> list[Guia]:
    guias: list[Guia] = []
    if usuario.tiene_rol(Rol.OFICIAL, Rol.SECRETARIA, Rol.ADMINISTRADOR):
        guias += [RESPONDER, CORREGIR]
    if puede_asignar(usuario):
        guias.append(ASIGNAR)
    if usuario.tiene_rol(Rol.MODERADOR, Rol.ADMINISTRADOR):
        guias += MODERAR
    if puede_gestionar_procesos(usuario):
        guias += PROCESOS
    return guias


def _de_paginas() -> list[dict[str, str]]:
    hijas = Page.objects.filter(depth=3, slug__in=[slug for slug, _, _ in INDICES])
    indices = dict(hijas.values_list("slug", "pk"))
    agregar = [
        {"titulo": titulo, "pasos": pasos, "url": direccion("wagtailadmin_explore", indices[slug])}
        for slug, titulo, pasos in INDICES
        if slug in indices
    ]
    return [*agregar, *(g.como_enlace() for g in DE_PAGINAS)]
