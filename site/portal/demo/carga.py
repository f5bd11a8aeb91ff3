"""Loading the demo: everything or nothing, in one transaction, and no mail leaves."""

import time
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from comun.avisos import enviar_aviso
from comun.fechas import dia_de
from comun.flows.sellar import sellar
from comun.registro import Aviso
from consulta.aportes.novedades import avisar_novedad
from consulta.aportes.tasks import avisar_nueva_version, avisar_prorroga
from consulta.procesos.models import Proceso
from consulta.respuestas.correos.cierre import avisar_cierre
from cuentas.roles import Rol
from portal.demo import (
    cerrada,
    cola,
    contestaciones,
    conversacion,
    despues,
    elenco,
    foro,
    guion,
    orden,
    paginas,
    planes,
    proceso,
    redaccion,
    tratadas,
    vidas,
)
from portal.demo.calendario import Calendario

Decir = Callable[[str], None]


def cargada() -> bool:
    """Whether this database has the demo."""
    return Proceso.objects.filter(slug=proceso.SLUG).exists()


def cargar(*, decir: Decir, ahora: datetime | None = None) -> bool:
    """Load the demo as of the day of `ahora`; False, and nothing done, where it is already loaded.

    The same day gives the same demo. What is in the database stays; a second call changes nothing.
    """
    if cargada():
        return False
    ahora = ahora or timezone.now()
    calendario = Calendario(dia_de(ahora))
    paso = _Pasos(decir)
    dibujadas = paginas.ilustraciones()
    paso(f"{len(dibujadas)} ilustraciones")
    with transaction.atomic():
        ultimo = Aviso.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        _poblar(calendario, dibujadas, paso)
        _callar(ultimo, ahora)
    return True


def _poblar(calendario: Calendario, dibujadas: dict[str, bytes], paso: "_Pasos") -> None:
    planes.cargar()
    paso("planes 1 a 6, el quinto con sus etapas y compromisos")
    reparto = elenco.reunir()
    paso(f"{len(reparto.personas)} personas y {len(reparto.instituciones)} instituciones ficticias")
    editora, secretaria = reparto.por_rol[Rol.EDITOR], reparto.por_rol[Rol.SECRETARIA]
    imagenes = paginas.guardar_imagenes(dibujadas, editora)
    eventos = paginas.cargar_agenda(calendario, imagenes, editora)
    paso(f"{len(eventos)} actividades en la agenda")
    escenario = proceso.montar(calendario, reparto)
    paso(f"plan 7: {len(escenario.consultas)} consultas y un borrador en dos versiones")
    terminada = cerrada.montar(calendario, reparto)
    raices = guion.escribir(calendario, escenario)
    escenas = [
        *guion.escenas_de(raices, reparto),
        *contestaciones.escenas_de(
            raices,
            calendario=calendario,
            elenco=reparto,
            escenario=escenario,
            eventos=eventos,
            mandatos=foro.nombrar(calendario, reparto),
        ),
        *tratadas.escenas_de(calendario, escenario, reparto),
        *cerrada.escenas_de(terminada, calendario),
        *vidas.escenas_de(calendario, escenario, reparto),
        *contestaciones.repartos_de(raices, calendario, reparto),
    ]
    semana = None
    for i, escena in enumerate(sorted(escenas, key=lambda e: (e.en, e.turno)), start=1):
        if semana not in (None, escena.en.isocalendar().week):
            sellar(ahora=escena.en)
        semana = escena.en.isocalendar().week
        escena.hacer()
        paso.avance(i, len(escenas))
    paso(f"{len(escenas)} aportes, respuestas, asignaciones y retiros")
    grupos = tratadas.tratar(calendario, reparto)
    paso(f"{grupos} grupos de propuestas")
    comentarios = conversacion.conversar(calendario, escenario, reparto)
    paso(f"una conversación de {comentarios} comentarios")
    guardados = vidas.corregir_y_guardar(calendario, escenario)
    paso(f"{guardados} correcciones y borradores")
    dichas = despues.decir(calendario, escenario)
    paso(f"{dichas} opiniones de autores y revisiones")
    ordenados = orden.poner(reparto, calendario)
    paso(f"{ordenados} aportes comparados; reportes, apelaciones y un bloqueo")
    tomados = cola.poner(reparto, calendario, escenario)
    paso(f"{tomados} aportes asignados por reglas; una derivación, notas y una suplencia")
    redactados = redaccion.redactar(calendario, reparto)
    paso(f"{redactados} aportes en respuestas conjuntas, por puntos y en lotes")
    noticias = paginas.cargar_noticias(calendario, imagenes, editora)
    documentos = paginas.cargar_biblioteca(calendario, imagenes, secretaria)
    paginas.vestir_portada(imagenes, editora)
    paso(f"{noticias} noticias, {documentos} documentos y la portada")


def _callar(desde: int, ahora: datetime) -> None:
    """Take the mails of the demo for sent: its people do not exist."""
    avisos = Aviso.objects.filter(pk__gt=desde)
    numeros = set(avisos.values_list("pk", flat=True))
    avisos.filter(enviado_en=None).update(enviado_en=ahora)
    multitudes = [t.module_path for t in (avisar_nueva_version, avisar_prorroga, avisar_cierre)]
    DBTaskResult.objects.filter(task_path__in=multitudes).delete()
    tareas = DBTaskResult.objects.filter(task_path=enviar_aviso.module_path)
    propias = [t.pk for t in tareas.only("args_kwargs") if t.args_kwargs["args"][0] in numeros]
    for i in range(0, len(propias), 500):
        DBTaskResult.objects.filter(pk__in=propias[i : i + 500]).delete()
    DBTaskResult.objects.filter(task_path=avisar_novedad.module_path).delete()


class _Pasos:
    """Says each step with its time, and how far a long one is."""

    def __init__(self, decir: Decir) -> None:
        self.decir = decir
        self.desde = self.dicho = time.monotonic()

    def __call__(self, hecho: str) -> None:
        ahora = time.monotonic()
        self.decir(f"  {hecho} ({ahora - self.desde:.1f} s)")
        self.desde = self.dicho = ahora

    def avance(self, hechos: int, total: int) -> None:
        ahora = time.monotonic()
        if ahora - self.dicho >= 2:
            self.decir(f"  … {hechos} de {total}")
            self.dicho = ahora
