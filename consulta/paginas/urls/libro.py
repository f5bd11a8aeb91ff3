"""Addresses of the public ledger and of closings: of the whole site, and of one consultation."""

from django.urls import path

from consulta.paginas.views import cierre, libro

DE_CONSULTA = "consultas/<slug:slug>/libro/"

urlpatterns = [
    path("libro/", libro.libro, name="libro"),
    path("libro/aportes/", libro.aportes, name="libro_aportes"),
    path("libro/aportes.csv", libro.aportes_csv, name="libro_csv"),
    path("libro/<slug:corte>.csv", libro.corte_csv, name="libro_corte"),
    path(DE_CONSULTA, libro.libro, name="libro_de_consulta"),
    path(f"{DE_CONSULTA}aportes/", libro.aportes, name="libro_aportes_de_consulta"),
    path(f"{DE_CONSULTA}aportes.csv", libro.aportes_csv, name="libro_csv_de_consulta"),
    path(f"{DE_CONSULTA}<slug:corte>.csv", libro.corte_csv, name="libro_corte_de_consulta"),
    path("consultas/<slug:slug>/cierre/", cierre.cierre, name="cierre"),
]
