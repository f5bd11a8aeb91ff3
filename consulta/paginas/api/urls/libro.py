"""Addresses of the ledger and of closings in the API."""

from django.urls import path

from consulta.paginas.api.views import cierre, libro

urlpatterns = [
    path("libro/", libro.LibroView.as_view(), name="libro"),
    path("libro/aportes/", libro.FilasView.as_view(), name="libro_aportes"),
    path("libro/aportes.csv", libro.FilasCSVView.as_view(), name="libro_csv"),
    path("libro/<slug:corte>.csv", libro.CorteCSVView.as_view(), name="libro_corte"),
    path("consultas/<slug:slug>/cierre/", cierre.CierreView.as_view(), name="cierre"),
    path("consultas/<slug:slug>/cerrar/", cierre.CerrarView.as_view(), name="cerrar"),
]
