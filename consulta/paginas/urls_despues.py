"""Addresses of what comes after an answer."""

from django.urls import path

from consulta.paginas.views import despues

urlpatterns = [
    path("aportes/<str:folio>/opinion/", despues.opinion, name="opinion"),
    path("aportes/<str:folio>/revision/", despues.revision, name="revision"),
]
