"""Addresses of moderation and of shared texts in the API."""

from django.urls import path

from consulta.paginas.api.views import campanas, orden

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
    path(
        "textos-compartidos/", campanas.TextosCompartidosView.as_view(), name="textos_compartidos"
    ),
    path(
        "textos-compartidos/<int:pk>/",
        campanas.TextoCompartidoView.as_view(),
        name="texto_compartido",
    ),
    path("moderacion/textos-compartidos/", campanas.CampanasView.as_view(), name="campanas"),
    path(
        "moderacion/textos-compartidos/<int:pk>/aportes/",
        campanas.MiembrosView.as_view(),
        name="miembros_de_campana",
    ),
    path(
        "moderacion/textos-compartidos/<int:pk>/confirmar/",
        campanas.ConfirmarCampanaView.as_view(),
        name="confirmar_campana",
    ),
    path(
        "moderacion/textos-compartidos/<int:pk>/sacar/",
        campanas.SacarDeCampanaView.as_view(),
        name="sacar_de_campana",
    ),
    path(
        "moderacion/textos-compartidos/<int:pk>/devolver/",
        campanas.DevolverACampanaView.as_view(),
        name="devolver_a_campana",
    ),
    path(
        "moderacion/textos-compartidos/<int:pk>/deshacer/",
        campanas.DeshacerCampanaView.as_view(),
        name="deshacer_campana",
    ),
]
