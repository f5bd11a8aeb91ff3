"""Addresses of the officials' queue in the API."""

from django.urls import path

from consulta.paginas.api.views import asignar, cola, notas, reglas, suplencias, vistas

urlpatterns = [
    path("cola/", cola.ColaView.as_view(), name="cola"),
    path("cola/asignar/", asignar.AsignarVariosView.as_view(), name="asignar_varios"),
    path("cola/deshacer/", asignar.DeshacerView.as_view(), name="deshacer_asignacion"),
    path("aportes/<str:folio>/asignar/", asignar.AsignarView.as_view(), name="asignar"),
    path("aportes/<str:folio>/derivar/", asignar.DerivarView.as_view(), name="derivar"),
    path("aportes/<str:folio>/notas/", notas.NotasView.as_view(), name="notas"),
    path("notas/<int:pk>/contestar/", notas.ContestarView.as_view(), name="contestar_nota"),
    path("reglas/", reglas.ReglasView.as_view(), name="reglas"),
    path("reglas/aplicar/", reglas.AplicarReglasView.as_view(), name="aplicar_reglas"),
    path("reglas/<int:pk>/", reglas.ReglaView.as_view(), name="regla"),
    path("vistas/", vistas.VistasView.as_view(), name="vistas"),
    path("vistas/<int:pk>/", vistas.VistaView.as_view(), name="vista"),
    path("suplencias/", suplencias.SuplenciasView.as_view(), name="suplencias"),
    path(
        "suplencias/<int:pk>/terminar/",
        suplencias.TerminarSuplenciaView.as_view(),
        name="terminar_suplencia",
    ),
]
