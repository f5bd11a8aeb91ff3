"""Addresses of proposals: the form, their files."""

from django.urls import path

from consulta.paginas.views.adjuntos import adjunto
from consulta.paginas.views.grupos import ficha, grupo
from consulta.paginas.views.lista_propuestas import mapa, planilla, propuestas
from consulta.paginas.views.propuestas import proponer, semejantes

urlpatterns = [
    path("consultas/<slug:slug>/propuestas/", propuestas, name="propuestas"),
    path("consultas/<slug:slug>/propuestas/mapa/", mapa, name="mapa"),
    path("consultas/<slug:slug>/propuestas/propuestas.csv", planilla, name="planilla"),
    path("consultas/<slug:slug>/propuestas/nueva/", proponer, name="proponer"),
    path("consultas/<slug:slug>/propuestas/semejantes/", semejantes, name="semejantes"),
    path("consultas/<slug:slug>/grupos/<int:pk>/", grupo, name="grupo"),
    path("aportes/<str:folio>/ficha/", ficha, name="ficha"),
    path("aportes/<str:folio>/adjuntos/<int:pk>/<str:nombre>", adjunto, name="adjunto"),
]
