"""Addresses of moderation and of shared texts in the API."""

from django.urls import path

from consulta.paginas.api.views import orden

urlpatterns = [
    path("aportes/<str:folio>/reportar/", orden.ReportarView.as_view(), name="reportar"),
    path("aportes/<str:folio>/apelar/", orden.ApelarView.as_view(), name="apelar"),
    path("aportes/<str:folio>/remover/", orden.RemoverView.as_view(), name="remover"),
    path("aportes/<str:folio>/desestimar/", orden.DesestimarView.as_view(), name="desestimar"),
    path("aportes/<str:folio>/reponer/", orden.ReponerView.as_view(), name="reponer"),
    path(
        "aportes/<str:folio>/resolver-apelacion/",
        orden.ResolverApelacionView.as_view(),
        name="resolver_apelacion",
    ),
    path("aportes/<str:folio>/bloquear/", orden.BloquearView.as_view(), name="bloquear"),
    path(
        "aportes/<str:folio>/levantar-bloqueo/",
        orden.LevantarBloqueoView.as_view(),
        name="levantar_bloqueo",
    ),
    path("aportes/<str:folio>/revisar/", orden.RevisarView.as_view(), name="revisar"),
    path("moderacion/", orden.ModeracionView.as_view(), name="moderacion"),
    path("textos-compartidos/", orden.TextosCompartidosView.as_view(), name="textos_compartidos"),
]
