from django.urls import path
from wagtail import hooks

from consulta.respuestas.admin import AporteAdmin
from consulta.respuestas.escritorio import ResponderView, asignar
from consulta.respuestas.escritorio_cierre import CERRAR, cerrar
from consulta.respuestas.selladas import version_sellada

AporteAdmin().register_with_wagtail()


@hooks.register("register_admin_urls")
def urls_de_respuestas() -> list:
    return [
        path(
            "participacion/aportes/<int:pk>/responder/",
            ResponderView.as_view(),
            name="responder_aporte",
        ),
        path("participacion/aportes/<int:pk>/asignar/", asignar, name="asignar_aporte"),
        path("participacion/selladas/<int:pk>/", version_sellada, name="version_sellada"),
        path("participacion/consultas/<int:pk>/cerrar/", cerrar, name=CERRAR),
    ]
