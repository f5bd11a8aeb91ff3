from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

CADA_SELLO = 60.0
"""Seconds between two seals of the audit trail."""


class ComunConfig(AppConfig):
    name = "comun"
    label = "comun"
    verbose_name = "Común"
    gatillos: list = []

    def ready(self) -> None:
        from comun import reloj, tareas
        from comun.flows.sellar import sellar
        from comun.gatillos import instalar_tras_migrar, retirar_antes_de_migrar
        from comun.limites import barrer_cupos
        from comun.pruebas_de_trabajo import barrer_pruebas
        from comun.registro import GATILLOS

        self.gatillos = GATILLOS
        pre_migrate.connect(retirar_antes_de_migrar, dispatch_uid="comun.gatillos")
        post_migrate.connect(instalar_tras_migrar, dispatch_uid="comun.gatillos")
        reloj.registrar(reloj.Oficio("olvidar cupos", 3600, barrer_cupos))
        reloj.registrar(reloj.Oficio("olvidar pruebas de trabajo", 3600, barrer_pruebas))
        reloj.registrar(
            reloj.Oficio("reintentar tareas", 5, lambda ahora: tareas.recoger(ahora=ahora))
        )
        reloj.registrar(
            reloj.Oficio("sellar eventos", CADA_SELLO, lambda ahora: sellar(ahora=ahora))
        )
