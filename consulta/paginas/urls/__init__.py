"""Public addresses of participation. What others may rely on is listed in docs/contrato.md."""

from django.urls import path

from consulta.paginas.urls import despues as urls_despues
from consulta.paginas.urls import foro as urls_foro
from consulta.paginas.urls import libro as urls_libro
from consulta.paginas.urls import orden as urls_orden
from consulta.paginas.urls import propuestas as urls_propuestas
from consulta.paginas.views import (
    aportes,
    borradores,
    codigo,
    comparar,
    consultas,
    cuenta,
    generales,
    guardados,
    hilos,
    historia,
    invitados,
    listas,
    mios,
    planes,
    procesos,
    propios,
    sin_participacion,
    verificar,
    versiones,
)
from consulta.paginas.views.vista_previa import vista_previa

app_name = "paginas"
urlpatterns = [
    *urls_propuestas.urlpatterns,
    *urls_libro.urlpatterns,
    path("procesos/", procesos.procesos, name="procesos"),
    path("procesos/<slug:slug>/", procesos.proceso, name="proceso"),
    path(
        "procesos/<slug:slug>/calendario.ics",
        procesos.calendario_de_proceso,
        name="calendario_de_proceso",
    ),
    path("consultas/", consultas.consultas, name="consultas"),
    path("consultas/<slug:slug>/", consultas.consulta, name="consulta"),
    path("consultas/<slug:slug>/aportes/", listas.aportes, name="aportes"),
    path("consultas/<slug:slug>/borrador/", borradores.borrador, name="borrador"),
    path(
        "consultas/<slug:slug>/borrador/v<int:n>/",
        borradores.borrador_version,
        name="borrador_version",
    ),
    path(
        "consultas/<slug:slug>/borrador/v<int:n>/<int:orden>/historia/",
        historia.de_fragmento,
        name="historia_de_fragmento",
    ),
    path("aportes/<str:folio>/historia/", historia.de_aporte, name="historia_de_aporte"),
    path(
        "planes/<int:numero>/compromisos/<int:m>/historia/",
        historia.de_compromiso,
        name="historia_de_compromiso",
    ),
    path(
        "consultas/<slug:slug>/borrador/v<int:n>/sin-participacion/",
        sin_participacion.borrador_sin_participacion,
        name="sin_participacion",
    ),
    path(
        "consultas/<slug:slug>/borrador/v<int:n>/<int:orden>/",
        borradores.fragmento,
        name="fragmento",
    ),
    path(
        "consultas/<slug:slug>/borrador/comentarios/",
        generales.comentarios,
        name="borrador_comentarios",
    ),
    path("consultas/<slug:slug>/borrador/comparar/", comparar.comparar_versiones, name="comparar"),
    path(
        "consultas/<slug:slug>/borrador/v<int:n>/vista-previa/", vista_previa, name="vista_previa"
    ),
    path("aportes/<str:folio>/", aportes.aporte, name="aporte"),
    path("aportes/<str:folio>/responder/", aportes.replicar, name="replicar"),
    path("aportes/<str:folio>/respuestas/", hilos.respuestas, name="respuestas"),
    path("aportes/<str:folio>/apoyar/", hilos.apoyar_aporte, name="apoyar"),
    path("aportes/<str:folio>/seguir/", hilos.seguir_aporte, name="seguir"),
    path("consultas/<slug:slug>/seguir/", hilos.seguir_consulta, name="seguir_consulta"),
    path(
        "consultas/<slug:slug>/borrador/v<int:n>/<int:orden>/seguir/",
        hilos.seguir_fragmento,
        name="seguir_fragmento",
    ),
    path("aportes/<str:folio>/retirar/", propios.retirar, name="retirar"),
    path("aportes/<str:folio>/corregir/", propios.corregir, name="corregir"),
    path("aportes/<str:folio>/versiones/", versiones.versiones, name="versiones"),
    path("aportes/<str:folio>/recibo/", mios.recibo, name="recibo"),
    path("aportes/<str:folio>/recibo.json", verificar.recibo_json, name="recibo_json"),
    path("verificar/", verificar.verificar, name="verificar"),
    path("verificar/cadena.json", verificar.cadena_json, name="cadena_json"),
    path("verificar/cadena/<int:n>.json", verificar.sello_json, name="sello_json"),
    *urls_orden.urlpatterns,
    *urls_despues.urlpatterns,
    *urls_foro.urlpatterns,
    path("mis-aportes/", mios.mis_aportes, name="mis_aportes"),
    path("mis-aportes/agregar/", mios.reclamar, name="reclamar"),
    path("mis-aportes/borradores/", guardados.borradores, name="borradores"),
    path("mi-aporte/", codigo.mi_aporte, name="mi_aporte"),
    path("mi-aporte/cerrar/", codigo.cerrar, name="cerrar_mi_aporte"),
    path("cuenta/perfil/", cuenta.perfil, name="perfil"),
    path("cuenta/representaciones/", cuenta.representaciones, name="representaciones"),
    path(
        "cuenta/representaciones/<int:pk>/terminar/",
        cuenta.terminar,
        name="terminar_representacion",
    ),
    path("confirmar/", invitados.por_confirmar, name="por_confirmar"),
    path("confirmar/<str:vale>/", invitados.confirmar, name="confirmar"),
    path("planes/", planes.planes, name="planes"),
    path("planes/<int:numero>/", planes.plan, name="plan"),
    path("planes/<int:numero>/compromisos/<int:m>/", planes.compromiso, name="compromiso"),
]
