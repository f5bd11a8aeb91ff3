"""Addresses of order: reports, appeals, the rules, campaigns."""

from django.urls import path

from consulta.paginas.views import orden

urlpatterns = [
    path("aportes/<str:folio>/reportar/", orden.reportar, name="reportar"),
    path("aportes/<str:folio>/apelar/", orden.apelar, name="apelar"),
    path("reglas-de-participacion/", orden.pagina_de_reglas, name="reglas"),
]
