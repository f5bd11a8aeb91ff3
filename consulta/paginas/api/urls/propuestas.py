"""Addresses of the API about proposals."""

from django.urls import path

from consulta.paginas.api.views import propuestas

urlpatterns = [
    path("adjuntos/", propuestas.AdjuntosView.as_view(), name="adjuntos"),
    path("semejantes/", propuestas.SemejantesView.as_view(), name="semejantes"),
    path("ingresos/", propuestas.IngresosView.as_view(), name="ingresos"),
    path("grupos/", propuestas.GruposView.as_view(), name="grupos"),
    path("grupos/<int:pk>/", propuestas.GrupoView.as_view(), name="grupo"),
    path(
        "grupos/<int:pk>/deshacer/", propuestas.DeshacerGrupoView.as_view(), name="deshacer_grupo"
    ),
    path("aportes/<str:folio>/dividir/", propuestas.DividirView.as_view(), name="dividir"),
]
