"""Addresses of the forum in the API."""

from django.urls import path

from consulta.paginas.api.views import conformidades, foro

urlpatterns = [
    path("foro/integrantes/", foro.IntegrantesView.as_view(), name="integrantes"),
    path("foro/mandatos/", foro.MandatosView.as_view(), name="mandatos"),
    path("foro/mandatos/<int:pk>/terminar/", foro.TerminarView.as_view(), name="terminar_mandato"),
    path("conformidades/", foro.ConformidadesView.as_view(), name="conformidades"),
    path("conformidades/pendientes/", conformidades.PendientesView.as_view(), name="pendientes"),
    path(
        "conformidades/decidir/", conformidades.DecidirVariasView.as_view(), name="decidir_varias"
    ),
    path(
        "conformidades/pendientes/<int:pk>/",
        conformidades.PendienteView.as_view(),
        name="pendiente",
    ),
    path(
        "conformidades/pendientes/<int:pk>/decidir/",
        conformidades.DecidirView.as_view(),
        name="decidir",
    ),
    path(
        "conformidades/pendientes/<int:pk>/conflicto/",
        conformidades.ConflictoView.as_view(),
        name="conflicto",
    ),
    path(
        "respuestas/<int:pk>/versiones/<int:n>/retomar/",
        conformidades.RetomarView.as_view(),
        name="retomar",
    ),
    path(
        "respuestas/<int:pk>/versiones/<int:n>/dejar-sin-efecto/",
        conformidades.DejarView.as_view(),
        name="dejar_sin_efecto",
    ),
]
