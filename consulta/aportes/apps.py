from django.apps import AppConfig


class AportesConfig(AppConfig):
    name = "consulta.aportes"
    label = "aportes"
    verbose_name = "Aportes"

    gatillos: list = []

    def ready(self) -> None:
        from comun import reloj
        from consulta.aportes.consecuencias import comentarios_que_se_reubican
        from consulta.aportes.correos.aportes import registrar_correos
        from consulta.aportes.correos.grupos import registrar_correos_de_grupos
        from consulta.aportes.correos.orden import registrar_correos_de_orden
        from consulta.aportes.correos.procesos import registrar_correos_de_procesos
        from consulta.aportes.fichas import registrar_fichas
        from consulta.aportes.flows.adjuntar import purgar_subidas
        from consulta.aportes.flows.colocar import agrupar_nuevos
        from consulta.aportes.flows.vencimientos import emparejar_vencimientos, mover_vencimientos
        from consulta.aportes.models import GATILLOS
        from consulta.aportes.oficios import registrar_oficios
        from consulta.aportes.tasks import (
            avisar_al_prorrogar,
            avisar_al_publicar,
            seguir_al_publicar,
        )
        from consulta.procesos.prorrogadas import al_prorrogar
        from consulta.procesos.publicadas import al_publicar_version, avisar_antes_de_publicar

        self.gatillos = GATILLOS
        registrar_correos()
        registrar_correos_de_procesos()
        registrar_correos_de_orden()
        registrar_fichas()
        al_publicar_version(seguir_al_publicar)
        avisar_antes_de_publicar(comentarios_que_se_reubican)
        registrar_correos_de_grupos()
        reloj.registrar(reloj.Oficio("agrupar textos compartidos", 20, agrupar_nuevos))
        reloj.registrar(reloj.Oficio("borrar archivos sin enviar", 600, purgar_subidas))
        al_publicar_version(avisar_al_publicar)
        al_prorrogar(mover_vencimientos)
        reloj.registrar(reloj.Oficio("emparejar plazos prorrogados", 60, emparejar_vencimientos))
        al_prorrogar(avisar_al_prorrogar)
        registrar_oficios()
