from django.apps import AppConfig


class RespuestasConfig(AppConfig):
    name = "consulta.respuestas"
    label = "respuestas"
    verbose_name = "Respuestas"

    gatillos: list = []

    def ready(self) -> None:
        from comun.reloj import Oficio, registrar
        from consulta.aportes.cambiados import al_cambiar_aporte
        from consulta.aportes.respondidos import al_preguntar_por_su_respuesta
        from consulta.procesos.acciones import ofrecer
        from consulta.procesos.conformidades import cuidar_conformidades
        from consulta.respuestas.avisos_de_sectores import (
            avisar_sectores_sin_quien,
            registrar_avisos_de_sectores,
        )
        from consulta.respuestas.conformidad import esperan_en, ultimo_dia_decidido
        from consulta.respuestas.correos.cierre import registrar_correos_de_cierre
        from consulta.respuestas.correos.cola import registrar_correos_de_cola
        from consulta.respuestas.correos.conformidad import registrar_correos_de_conformidad
        from consulta.respuestas.correos.lotes import registrar_correos_de_lotes
        from consulta.respuestas.correos.respuestas import registrar_correos
        from consulta.respuestas.escritorio.cierre import boton_de_cierre
        from consulta.respuestas.fichas import registrar_fichas
        from consulta.respuestas.flows.dejar import apartar_selladas
        from consulta.respuestas.models import GATILLOS
        from consulta.respuestas.oficios import registrar_oficios
        from consulta.respuestas.recordatorios import avisar_lo_que_espera
        from consulta.respuestas.revisiones import hay_publicada
        from consulta.respuestas.tasks import registrar_oficios_de_lotes
        from foro.decididos import registrar_actos

        self.gatillos = GATILLOS
        registrar_correos()
        registrar_correos_de_cierre()
        ofrecer(boton_de_cierre)
        registrar_correos_de_cola()
        registrar_oficios()
        registrar_fichas()
        registrar_correos_de_conformidad()
        registrar_correos_de_lotes()
        registrar_avisos_de_sectores()
        al_cambiar_aporte(apartar_selladas)
        al_preguntar_por_su_respuesta(hay_publicada)
        cuidar_conformidades(esperan_en)
        registrar_actos(ultimo_dia_decidido)
        registrar(Oficio("avisar de respuestas por aprobar", 600, avisar_lo_que_espera))
        registrar(Oficio("avisar de sectores sin quien apruebe", 600, avisar_sectores_sin_quien))
        registrar_oficios_de_lotes()
