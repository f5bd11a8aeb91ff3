"""Addresses of supporting and following in the API."""

from django.urls import path

from consulta.paginas.api.views import hilos

urlpatterns = [
    path("aportes/<str:folio>/apoyar/", hilos.ApoyarView.as_view(), name="apoyar"),
    path("aportes/<str:folio>/seguir/", hilos.SeguirView.as_view(), name="seguir"),
    path(
        "consultas/<slug:slug>/seguir/", hilos.SeguirConsultaView.as_view(), name="seguir_consulta"
    ),
]
