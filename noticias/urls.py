"""Addresses of news and agenda that are not pages."""

from django.urls import path

from noticias.feeds import NoticiasFeed
from noticias.views import agenda_ics, evento_ics

app_name = "noticias"
urlpatterns = [
    path("noticias/feed/", NoticiasFeed(), name="feed"),
    path("agenda/agenda.ics", agenda_ics, name="agenda_ics"),
    path("agenda/<str:slug>/evento.ics", evento_ics, name="evento_ics"),
]
