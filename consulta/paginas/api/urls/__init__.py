"""Addresses of participation in the API. The portal puts them below /api/v2/."""

from django.urls import path

from consulta.paginas.api.urls import cola as urls_cola
from consulta.paginas.api.urls import despues as urls_despues
from consulta.paginas.api.urls import foro as urls_foro
from consulta.paginas.api.urls import hilos as urls_hilos
from consulta.paginas.api.urls import libro as urls_libro
from consulta.paginas.api.urls import orden as urls_orden
from consulta.paginas.api.urls import propias as urls_propias
from consulta.paginas.api.urls import propuestas as urls_propuestas
from consulta.paginas.api.urls import redaccion as urls_redaccion
from consulta.paginas.api.urls import sellos as urls_sellos
from consulta.paginas.api.urls import versiones as urls_versiones
from consulta.paginas.api.views import (
    aportes,
    avisos,
    borradores,
    citas,
    convocar,
    mios,
    procesos,
    respuestas,
    seguimiento,
)

app_name = "api"
urlpatterns = [
    *urls_propuestas.urlpatterns,
    *urls_libro.urlpatterns,
    path("procesos/", procesos.ProcesosView.as_view(), name="procesos"),
    path("procesos/<slug:slug>/", procesos.ProcesoView.as_view(), name="proceso"),
    path("consultas/", convocar.ConvocarView.as_view(), name="consultas"),
    path("consultas/<slug:slug>/", procesos.ConsultaView.as_view(), name="consulta"),
    path(
        "consultas/<slug:slug>/borrador/comparar/",
        borradores.CompararView.as_view(),
        name="comparar",
    ),
    path("citas/", citas.CitasView.as_view(), name="citas"),
    path("citas/<int:pk>/candidatos/", citas.CandidatosView.as_view(), name="candidatos"),
    path("citas/<int:pk>/resolver/", citas.ResolverView.as_view(), name="resolver_cita"),
    *urls_versiones.urlpatterns,
    *urls_sellos.urlpatterns,
    path("fragmentos/", procesos.FragmentosView.as_view(), name="fragmentos"),
    path("fragmentos/<int:pk>/", procesos.FragmentoView.as_view(), name="fragmento"),
    path("opciones/", procesos.OpcionesView.as_view(), name="opciones"),
    path("aportes/", aportes.AportesView.as_view(), name="aportes"),
    path("aportes/<str:folio>/", aportes.AporteView.as_view(), name="aporte"),
    path("aportes/<str:folio>/retirar/", aportes.RetirarView.as_view(), name="retirar"),
    *urls_hilos.urlpatterns,
    *urls_orden.urlpatterns,
    *urls_foro.urlpatterns,
    *urls_propias.urlpatterns,
    *urls_cola.urlpatterns,
    *urls_despues.urlpatterns,
    path("mis-aportes/", mios.MisAportesView.as_view(), name="mis_aportes"),
    path("avisos/", avisos.AvisosView.as_view(), name="avisos"),
    path("avisos/leer/", avisos.LeerAvisosView.as_view(), name="avisos_leer"),
    path("avisos/preferencias/", avisos.PreferenciasView.as_view(), name="preferencias"),
    *urls_redaccion.urlpatterns,
    path("respuestas/", respuestas.RespuestasView.as_view(), name="respuestas"),
    path("respuestas/<int:pk>/", respuestas.RespuestaView.as_view(), name="respuesta"),
    path(
        "respuestas/<int:pk>/versiones/<int:n>/coberturas/",
        respuestas.CoberturasView.as_view(),
        name="coberturas",
    ),
    path("planes/", seguimiento.PlanesView.as_view(), name="planes"),
    path("planes/<int:numero>/", seguimiento.PlanView.as_view(), name="plan"),
    path("compromisos/", seguimiento.CompromisosView.as_view(), name="compromisos"),
    path(
        "planes/<int:plan>/compromisos/<int:numero>/",
        seguimiento.CompromisoView.as_view(),
        name="compromiso",
    ),
    path("balance/", seguimiento.BalanceView.as_view(), name="balance"),
]
