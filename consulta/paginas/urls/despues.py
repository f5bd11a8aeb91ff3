"""Addresses of what comes after an answer."""

from django.urls import path

from consulta.paginas.views import despues, discutidas

urlpatterns = [
    path("aportes/<str:folio>/opinion/", despues.opinion, name="opinion"),
    path("aportes/<str:folio>/revision/", despues.revision, name="revision"),
    path("respuestas/mas-discutidas/", discutidas.mas_discutidas, name="mas_discutidas"),
    path(
        "respuestas/mas-discutidas/mas-discutidas.csv",
        discutidas.mas_discutidas_csv,
        name="mas_discutidas_csv",
    ),
    path(
        "consultas/<slug:slug>/mas-discutidas/",
        discutidas.mas_discutidas,
        name="mas_discutidas_de",
    ),
    path(
        "consultas/<slug:slug>/mas-discutidas/mas-discutidas.csv",
        discutidas.mas_discutidas_csv,
        name="mas_discutidas_csv_de",
    ),
]
