"""Addresses of the library that are not pages."""

from django.urls import path

from biblioteca.feeds import BibliotecaFeed

app_name = "biblioteca"
urlpatterns = [path("biblioteca/feed/", BibliotecaFeed(), name="feed")]
