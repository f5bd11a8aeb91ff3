"""Public addresses of participation."""

from django.urls import URLPattern

app_name = "paginas"
urlpatterns: list[URLPattern] = []
