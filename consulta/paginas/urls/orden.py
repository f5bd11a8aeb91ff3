"""Addresses of order: reports, appeals, the rules, campaigns."""

from django.urls import path

from consulta.paginas.views import campanas, orden

urlpatterns = [
    path("aportes/<str:folio>/reportar/", orden.reportar, name="reportar"),
    path("aportes/<str:folio>/apelar/", orden.apelar, name="apelar"),
    path("consultas/<slug:slug>/textos-compartidos/", campanas.campanas, name="campanas"),
    path("textos-compartidos/<int:pk>/", campanas.campana, name="campana"),
    path("como-agrupamos/", campanas.como_agrupamos, name="como_agrupamos"),
    path("reglas-de-participacion/", orden.pagina_de_reglas, name="reglas"),
]
