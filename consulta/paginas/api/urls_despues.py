"""Addresses of what comes after an answer, and of its trace."""

from django.urls import path

from consulta.paginas.api.views import despues

UNO = "aportes/<str:folio>/"
urlpatterns = [
    path(f"{UNO}opinion/", despues.OpinionView.as_view(), name="opinion"),
    path(f"{UNO}revision/", despues.RevisionDeRespuestaView.as_view(), name="revision_pedida"),
    path(f"{UNO}revision/borrar/", despues.BorrarRevisionView.as_view(), name="borrar_revision"),
]
