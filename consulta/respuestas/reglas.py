"""Which rows a rule of assignment fits: conditions, never loops."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from comun import buscador
from consulta.aportes.models import Aporte
from consulta.aportes.querysets import PENDIENTE
from consulta.procesos.models import Consulta
from consulta.respuestas.models import Derivacion, Regla

MUESTRA = 5


def libres(consulta: Consulta | None = None) -> "QuerySet[Aporte]":
    """Pending rows of a consultation (of all, without one) that nobody has in hand."""
    filas = Aporte.objects.filter(PENDIENTE, institucion=None)
    return filas if consulta is None else filas.filter(consulta=consulta)


def casan(regla: Regla, filas: "QuerySet[Aporte]") -> "QuerySet[Aporte]":
    """Those of `filas` that fit every condition of `regla`."""
    for campo in ("tema_id", "region", "tipo", "tipo_autor"):
        valor = getattr(regla, campo)
        if valor:
            filas = filas.filter(**{campo: valor})
    if regla.desde_parrafo is not None:
        filas = filas.filter(asunto__fragmento__orden__gte=regla.desde_parrafo)
    if regla.hasta_parrafo is not None:
        filas = filas.filter(asunto__fragmento__orden__lte=regla.hasta_parrafo)
    if regla.palabras:
        dicen = buscador.ids_que_dicen(Aporte, regla.palabras)
        filas = filas.filter(pk__in=dicen) if dicen is not None else filas.none()
    return filas


def no_las_tuvo(regla: Regla) -> Q:
    """Rows this rule never took: one that a person freed again is not taken twice."""
    return ~Q(pk__in=Derivacion.objects.filter(regla=regla).values("aporte"))


@dataclass(frozen=True)
class Ensayo:
    """What a rule would take now, after those before it took theirs."""

    regla: Regla
    n: int
    muestra: list[Aporte]

    @property
    def condiciones(self) -> list[str]:
        """What a row must be to fit, each as the end of «Lo que …»."""
        regla = self.regla
        dichas = [
            (regla.tema, f"es del tema «{regla.tema}»"),
            (regla.region, f"viene de {regla.get_region_display()}"),
            (regla.tipo, f"llega como {regla.get_tipo_display().lower()}"),
            (regla.tipo_autor, f"envía {regla.get_tipo_autor_display().lower()}"),
            (regla.palabras, f"dice «{regla.palabras}»"),
            (regla.desde_parrafo, f"habla del párrafo {regla.desde_parrafo} o posteriores"),
            (regla.hasta_parrafo, f"habla del párrafo {regla.hasta_parrafo} o anteriores"),
        ]
        return [texto for si, texto in dichas if si]


def ensayar(consulta: Consulta) -> list[Ensayo]:
    """Preview every active rule of a consultation, in order: a number of queries for each rule."""
    hechos: list[Ensayo] = []
    anteriores = Q()
    for regla in consulta.reglas.select_related("institucion", "responsable", "tema", "consulta"):
        if not regla.activa:
            hechos.append(Ensayo(regla, 0, []))
            continue
        suyas = casan(regla, libres(consulta)).filter(no_las_tuvo(regla))
        if anteriores:
            suyas = suyas.exclude(anteriores)
        muestra = suyas.con_texto().order_by("enviado_en", "pk")[:MUESTRA]  # type: ignore[attr-defined]
        hechos.append(Ensayo(regla, suyas.count(), list(muestra)))
        toma = casan(regla, libres(consulta)).filter(no_las_tuvo(regla))
        anteriores |= Q(pk__in=toma.values("pk"))
    return hechos
