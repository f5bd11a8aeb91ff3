"""Addresses of drafts, batches and spreadsheets below the back office."""

from django.urls import path

from consulta.respuestas import (
    escritorio_borradores,
    escritorio_lotes,
    escritorio_planillas,
    escritorio_reunir,
    escritorio_varios,
)

RAIZ = "participacion/respuestas"

urlpatterns = [
    path(f"{RAIZ}/varios/", escritorio_reunir.responder_varios, name="responder_varios"),
    path(f"{RAIZ}/borradores/", escritorio_borradores.borradores, name="borradores_de_respuestas"),
    path(
        f"{RAIZ}/borradores/<int:pk>/",
        escritorio_varios.BorradorView.as_view(),
        name="borrador_de_respuesta",
    ),
    path(
        "participacion/aportes/<int:pk>/rama/",
        escritorio_reunir.responder_rama,
        name="responder_rama",
    ),
    path(f"{RAIZ}/lotes/", escritorio_lotes.lotes, name="lotes_de_respuestas"),
    path(f"{RAIZ}/lotes/<int:pk>/", escritorio_lotes.lote, name="lote_de_respuestas"),
    path(f"{RAIZ}/lugares/<int:consulta>/", escritorio_lotes.lugares, name="buscar_lugares"),
    path(f"{RAIZ}/planillas/", escritorio_planillas.planillas, name="planillas_de_respuestas"),
    path(f"{RAIZ}/planillas/exportar/", escritorio_planillas.exportar, name="exportar_planilla"),
    path(
        f"{RAIZ}/planillas/<int:pk>/", escritorio_planillas.planilla, name="planilla_de_respuestas"
    ),
]
