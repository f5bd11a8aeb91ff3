"""Addresses of the officials' desk: the queue, one answer, drafts, batches, spreadsheets, closing."""

from django.urls import path

from consulta.respuestas.escritorio import (
    asignar,
    borradores,
    cierre,
    lotes,
    notas,
    planillas,
    reglas,
    responder,
    reunir,
    selladas,
    varios,
)

APORTES = "participacion/aportes"
RAIZ = "participacion/respuestas"

urlpatterns = [
    path(f"{APORTES}/<int:pk>/asignar/", asignar.asignar, name="asignar_aporte"),
    path(
        f"{APORTES}/<int:pk>/derivar/",
        asignar.asignar,
        {"deriva": True},
        name="derivar_aporte",
    ),
    path(f"{APORTES}/asignar/", asignar.asignar_varios, name="asignar_varios"),
    path(
        f"{APORTES}/derivar/",
        asignar.asignar_varios,
        {"deriva": True},
        name="derivar_varios",
    ),
    path(
        f"{APORTES}/deshacer/<uuid:tanda>/",
        asignar.deshacer,
        name="deshacer_asignacion",
    ),
    path(f"{APORTES}/<int:pk>/nota/", notas.nota, name="anotar_aporte"),
    path(f"{APORTES}/preguntas/<int:pk>/", notas.contestacion, name="contestar_pregunta"),
    path("participacion/reglas/", reglas.reglas, name="reglas"),
    path(
        "participacion/reglas/consulta/<int:consulta>/nueva/",
        reglas.regla,
        name="crear_regla",
    ),
    path(
        "participacion/reglas/consulta/<int:consulta>/aplicar/",
        reglas.aplicar,
        name="aplicar_reglas",
    ),
    path("participacion/reglas/<int:pk>/", reglas.regla, name="editar_regla"),
    path("participacion/reglas/<int:pk>/cambiar/", reglas.cambiar, name="cambiar_regla"),
    path(f"{APORTES}/vistas/", notas.guardar, name="guardar_vista"),
    path(f"{APORTES}/vistas/<int:pk>/", notas.cambiar, name="cambiar_vista"),
    path(
        f"{APORTES}/<int:pk>/responder/",
        responder.ResponderView.as_view(),
        name="responder_aporte",
    ),
    path(f"{RAIZ}/varios/", reunir.responder_varios, name="responder_varios"),
    path(f"{RAIZ}/borradores/", borradores.borradores, name="borradores_de_respuestas"),
    path(
        f"{RAIZ}/borradores/<int:pk>/",
        varios.BorradorView.as_view(),
        name="borrador_de_respuesta",
    ),
    path(
        "participacion/aportes/<int:pk>/rama/",
        reunir.responder_rama,
        name="responder_rama",
    ),
    path(f"{RAIZ}/lotes/", lotes.lotes, name="lotes_de_respuestas"),
    path(f"{RAIZ}/lotes/<int:pk>/", lotes.lote, name="lote_de_respuestas"),
    path(f"{RAIZ}/lugares/<int:consulta>/", lotes.lugares, name="buscar_lugares"),
    path(f"{RAIZ}/planillas/", planillas.planillas, name="planillas_de_respuestas"),
    path(f"{RAIZ}/planillas/exportar/", planillas.exportar, name="exportar_planilla"),
    path(f"{RAIZ}/planillas/<int:pk>/", planillas.planilla, name="planilla_de_respuestas"),
    path("participacion/selladas/<int:pk>/", selladas.version_sellada, name="version_sellada"),
    path("participacion/consultas/<int:pk>/cerrar/", cierre.cerrar, name=cierre.CERRAR),
]
