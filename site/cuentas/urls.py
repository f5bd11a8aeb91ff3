"""Addresses of what concerns one's own account and is not signing in."""

from django.urls import path

from cuentas import bandeja

urlpatterns = [
    path("avisos/", bandeja.avisos, name="avisos"),
    path("avisos/leer/", bandeja.leer, name="avisos_leer"),
    path("avisos/preferencias/", bandeja.preferencias, name="avisos_preferencias"),
    path("avisos/<int:pk>/", bandeja.abrir, name="aviso"),
    path("avisos/baja/<str:token>/", bandeja.baja, name="avisos_baja"),
]
