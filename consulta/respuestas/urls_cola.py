"""Addresses of the officials' queue below the back office."""

from django.urls import path

from consulta.respuestas import escritorio_asignar, escritorio_notas, escritorio_reglas

APORTES = "participacion/aportes"

urlpatterns = [
    path(f"{APORTES}/<int:pk>/asignar/", escritorio_asignar.asignar, name="asignar_aporte"),
    path(
        f"{APORTES}/<int:pk>/derivar/",
        escritorio_asignar.asignar,
        {"deriva": True},
        name="derivar_aporte",
    ),
    path(f"{APORTES}/asignar/", escritorio_asignar.asignar_varios, name="asignar_varios"),
    path(
        f"{APORTES}/derivar/",
        escritorio_asignar.asignar_varios,
        {"deriva": True},
        name="derivar_varios",
    ),
    path(
        f"{APORTES}/deshacer/<uuid:tanda>/",
        escritorio_asignar.deshacer,
        name="deshacer_asignacion",
    ),
    path(f"{APORTES}/<int:pk>/nota/", escritorio_notas.nota, name="anotar_aporte"),
    path(
        f"{APORTES}/preguntas/<int:pk>/", escritorio_notas.contestacion, name="contestar_pregunta"
    ),
    path("participacion/reglas/", escritorio_reglas.reglas, name="reglas"),
    path(
        "participacion/reglas/consulta/<int:consulta>/nueva/",
        escritorio_reglas.regla,
        name="crear_regla",
    ),
    path(
        "participacion/reglas/consulta/<int:consulta>/aplicar/",
        escritorio_reglas.aplicar,
        name="aplicar_reglas",
    ),
    path("participacion/reglas/<int:pk>/", escritorio_reglas.regla, name="editar_regla"),
    path("participacion/reglas/<int:pk>/cambiar/", escritorio_reglas.cambiar, name="cambiar_regla"),
    path(f"{APORTES}/vistas/", escritorio_notas.guardar, name="guardar_vista"),
    path(f"{APORTES}/vistas/<int:pk>/", escritorio_notas.cambiar, name="cambiar_vista"),
]
