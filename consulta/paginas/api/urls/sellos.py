"""Addresses of the chain of seals, of receipts and of extensions in the API."""

from django.urls import path

from consulta.paginas.api.views import plazos, sellos

urlpatterns = [
    path("sellos/", sellos.SellosView.as_view(), name="sellos"),
    path("sellos/<int:n>/", sellos.SelloView.as_view(), name="sello"),
    path("sellos/<int:n>/pruebas/<int:seq>/", sellos.PruebaView.as_view(), name="prueba"),
    path("verificar/", sellos.VerificarView.as_view(), name="verificar"),
    path("aportes/<str:folio>/recibo/", sellos.ReciboView.as_view(), name="recibo"),
    path(
        "procesos/<slug:slug>/etapas/<int:orden>/prorrogar/",
        plazos.ProrrogarView.as_view(),
        name="prorrogar",
    ),
]
