"""Addresses of the versions of a draft in the API."""

from django.urls import path

from consulta.paginas.api.views import versiones

UNA = "consultas/<slug:slug>/versiones/<int:n>/"
urlpatterns = [
    path("consultas/<slug:slug>/versiones/", versiones.VersionesView.as_view(), name="versiones"),
    path(UNA, versiones.VersionView.as_view(), name="version"),
    path(
        f"{UNA}correspondencias/", versiones.CorrespondenciasView.as_view(), name="correspondencias"
    ),
    path(f"{UNA}revision/", versiones.RevisionView.as_view(), name="revision"),
    path(
        f"{UNA}revision/<int:orden>/",
        versiones.CorregirFragmentoView.as_view(),
        name="corregir_fragmento",
    ),
    path(f"{UNA}publicar/", versiones.PublicarVersionView.as_view(), name="publicar_version"),
    path(f"{UNA}deshacer/", versiones.DeshacerView.as_view(), name="deshacer"),
]
