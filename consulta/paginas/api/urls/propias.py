"""Addresses of what is one's own: confirming, correcting, the private code, drafts, representations."""

from django.urls import path

from consulta.paginas.api.views import (
    correcciones,
    guardados,
    mios,
    perfil,
    propias,
    representaciones,
)

urlpatterns = [
    path("confirmar/", propias.ConfirmarView.as_view(), name="confirmar"),
    path("confirmar/reenviar/", propias.ReenviarView.as_view(), name="reenviar_confirmacion"),
    path("mi-aporte/", mios.MiAporteView.as_view(), name="mi_aporte"),
    path("aportes/<str:folio>/corregir/", propias.CorregirView.as_view(), name="corregir"),
    path(
        "aportes/<str:folio>/versiones/",
        correcciones.VersionesDeAporteView.as_view(),
        name="versiones_de_aporte",
    ),
    path("mis-aportes/agregar/", propias.AgregarView.as_view(), name="agregar"),
    path("perfil/", perfil.PerfilView.as_view(), name="perfil"),
    path("perfil/ocultar-nombre/", perfil.OcultarNombreView.as_view(), name="ocultar_nombre"),
    path("borradores/", guardados.BorradoresView.as_view(), name="borradores"),
    path(
        "representaciones/",
        representaciones.RepresentacionesView.as_view(),
        name="representaciones",
    ),
    path(
        "representaciones/<int:pk>/resolver/",
        representaciones.ResolverView.as_view(),
        name="resolver_representacion",
    ),
]
