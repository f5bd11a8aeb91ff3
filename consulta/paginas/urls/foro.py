"""Addresses of the forum: who sits in it, the desk of its members, what they disagreed with."""

from django.urls import path

from consulta.paginas.views import conformidades, foro

urlpatterns = [
    path("foro/", foro.integrantes, name="foro"),
    path("conformidades/", conformidades.conformidades, name="conformidades"),
    path("conformidades/leer/", conformidades.leer_juntas, name="leer_juntas"),
    path("conformidades/<int:pk>/", conformidades.conformidad, name="conformidad"),
    path("conformidades/<int:pk>/conflicto/", conformidades.conflicto, name="conflicto"),
    path("consultas/<slug:slug>/disensos/", foro.disensos, name="disensos"),
]
