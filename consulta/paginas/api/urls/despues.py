"""Addresses of what comes after an answer, and of its trace."""

from django.urls import path

from consulta.paginas.api.views import despues, discutidas, traza

UNO = "aportes/<str:folio>/"
urlpatterns = [
    path(f"{UNO}opinion/", despues.OpinionView.as_view(), name="opinion"),
    path(f"{UNO}revision/", despues.RevisionDeRespuestaView.as_view(), name="revision_pedida"),
    path(f"{UNO}revision/borrar/", despues.BorrarRevisionView.as_view(), name="borrar_revision"),
    path(
        "respuestas/mas-discutidas/", discutidas.MasDiscutidasView.as_view(), name="mas_discutidas"
    ),
    path("opiniones/", discutidas.OpinionesView.as_view(), name="opiniones"),
    path(f"{UNO}historia/", traza.HistoriaDeAporteView.as_view(), name="historia_de_aporte"),
    path(
        "fragmentos/<int:pk>/historia/",
        traza.HistoriaDeFragmentoView.as_view(),
        name="historia_de_fragmento",
    ),
    path(
        "planes/<int:plan>/compromisos/<int:numero>/historia/",
        traza.HistoriaDeCompromisoView.as_view(),
        name="historia_de_compromiso",
    ),
    path(
        "consultas/<slug:slug>/versiones/<int:n>/sin-participacion/",
        traza.SinParticipacionView.as_view(),
        name="sin_participacion",
    ),
]
