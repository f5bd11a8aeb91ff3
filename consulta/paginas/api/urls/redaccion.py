"""Addresses of the API for those who prepare answers."""

from django.urls import path

from consulta.paginas.api.views import lotes, redaccion

_B, _L, _P = "respuestas/borradores", "respuestas/lotes", "respuestas/planillas"
urlpatterns = [
    path(f"{_B}/", redaccion.BorradoresView.as_view(), name="borradores_de_respuestas"),
    path(f"{_B}/<int:pk>/", redaccion.BorradorView.as_view(), name="borrador_de_respuesta"),
    path(f"{_B}/<int:pk>/sellar/", redaccion.SellarView.as_view(), name="sellar_borrador"),
    path(f"{_B}/<int:pk>/publicar/", redaccion.PublicarView.as_view(), name="publicar_borrador"),
    path(f"{_L}/", lotes.LotesView.as_view(), name="lotes"),
    path(f"{_L}/<int:pk>/", lotes.LoteView.as_view(), name="lote"),
    path(f"{_L}/<int:pk>/borradores/", lotes.PonerView.as_view(), name="poner_en_lote"),
    path(f"{_L}/<int:pk>/sellar/", lotes.SellarLoteView.as_view(), name="sellar_lote"),
    path(f"{_L}/<int:pk>/programar/", lotes.ProgramarLoteView.as_view(), name="programar_lote"),
    path(f"{_L}/<int:pk>/publicar/", lotes.PublicarLoteView.as_view(), name="publicar_lote"),
    path(f"{_P}/", lotes.PlanillasView.as_view(), name="planillas"),
    path(f"{_P}/exportar/", lotes.ExportarView.as_view(), name="exportar_planilla"),
    path(f"{_P}/<int:pk>/", lotes.PlanillaView.as_view(), name="planilla"),
    path(f"{_P}/<int:pk>/confirmar/", lotes.ConfirmarView.as_view(), name="confirmar_planilla"),
    path(f"{_P}/<int:pk>/desechar/", lotes.DesecharView.as_view(), name="desechar_planilla"),
]
