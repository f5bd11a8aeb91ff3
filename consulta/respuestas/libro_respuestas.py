"""Recomputing what hangs from the answers: due dates, closings, words, batches."""

from collections.abc import Callable

from django.db.models import Count, F, Q

from comun.fechas import dia_de
from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta
from consulta.respuestas.cierre import diferencias
from consulta.respuestas.libro import LOTE, Comprobacion
from consulta.respuestas.models import Cierre, Cobertura, RespuestaVersion
from consulta.respuestas.sello import huella_de_texto

PROMETE = Q(consulta__responder_antes_de__isnull=False) | Q(consulta__plazo_habiles__isnull=False)


def comprobar_vencimientos() -> Comprobacion:
    """What is pending in a consultation that promises a day has one."""
    hecha = Comprobacion("día de vencimiento de lo pendiente")
    pendientes = Aporte.objects.pendientes().filter(PROMETE)
    hecha.filas = pendientes.count()
    for aporte in pendientes.filter(vence_el=None).select_related("consulta").iterator(LOTE):
        hecha.anotar(aporte, f"{aporte.folio} no tiene día en que vence su respuesta")
    return hecha


def comprobar_cierres() -> Comprobacion:
    """Each closing counts what had been received when it closed, and its consultation says so.

    What changed since in the open (a row restored, a review asked) is told, and is no fault.
    """
    hecha = Comprobacion("balance de cada cierre")
    for cierre in Cierre.objects.select_related("consulta").order_by("pk"):
        hecha.filas += 1
        suyos = Aporte.objects.de_consulta(cierre.consulta)
        entonces = suyos.recibidos().filter(confirmado_en__lte=cierre.en).count()
        if entonces != cierre.recibidos:
            hecha.anotar(cierre, f"dice {cierre.recibidos} recibidos y hasta él hubo {entonces}")
        if cierre.consulta.respondida_en != cierre.en:
            hecha.anotar(cierre, "la consulta no dice que se cerró en ese momento")
        hecha.notas += [
            f"{cierre.consulta.sigla}: {frase}"
            for frase in diferencias(cierre, suyos.balance(dia_de(cierre.en)))
        ]
    sueltas = Consulta.objects.filter(respondida_en__isnull=False, cierre=None)
    for consulta in sueltas.order_by("pk"):
        hecha.anotar(consulta, "figura respondida y no tiene cierre")
    return hecha


def comprobar_vigentes() -> Comprobacion:
    """A contribution is answered by the versions of one response: its current answer is one."""
    hecha = Comprobacion("una respuesta vigente por aporte")
    cubiertos = (
        Cobertura.objects.publicadas()
        .order_by()
        .values("aporte")
        .annotate(respuestas=Count("version__respuesta", distinct=True))
    )
    hecha.filas = cubiertos.count()
    for fila in cubiertos.filter(respuestas__gt=1).order_by("aporte").iterator(LOTE):
        hecha.anotar(
            f"aportes.aporte:{fila['aporte']}", f"lo responden {fila['respuestas']} respuestas"
        )
    return hecha


def comprobar_palabras() -> Comprobacion:
    """The print of each published coverage is that of its words: identical texts are counted by it."""
    hecha = Comprobacion("huella de las palabras de cada respuesta")
    filas = Cobertura.objects.filter(version__publicada_en__isnull=False)
    for pk, razon, linea, huella in (
        filas.order_by("pk").values_list("pk", "version__razon", "linea", "huella").iterator(LOTE)
    ):
        hecha.filas += 1
        if huella != huella_de_texto(razon, linea):
            hecha.anotar(f"respuestas.cobertura:{pk}", "su huella no es la de su texto")
    return hecha


def comprobar_lotes() -> Comprobacion:
    """What a batch holds is of its consultation, and was sealed before the batch was published."""
    hecha = Comprobacion("versiones de cada lote")
    versiones = RespuestaVersion.objects.filter(lote__isnull=False)
    hecha.filas = versiones.count()
    ajenas = versiones.exclude(respuesta__consulta=F("lote__consulta"))
    for version in ajenas.order_by("pk").iterator(LOTE):
        hecha.anotar(version, "es de otra consulta que su lote")
    tardias = versiones.filter(sellada_en__gt=F("lote__publicado_en"))
    for version in tardias.order_by("pk").iterator(LOTE):
        hecha.anotar(version, "se selló después de publicado su lote")
    return hecha


DE_RESPUESTAS: list[Callable[[], Comprobacion]] = [
    comprobar_vencimientos,
    comprobar_cierres,
    comprobar_vigentes,
    comprobar_palabras,
    comprobar_lotes,
]
