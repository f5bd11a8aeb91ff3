"""Plan 5 says what its sources say, to the figure, and nothing else."""

from decimal import Decimal

from django.db.models import Avg, Count, Sum

from consulta.procesos.enums import EstadoEtapa, Regimen, Verbo
from consulta.procesos.models import Proceso
from consulta.seguimiento.models import Compromiso, Plan
from portal.demo.lectura import leer


def _compromisos():
    return Compromiso.objects.filter(plan__numero=5)


def test_progress_adds_up_to_the_checked_figures(demo) -> None:
    sumas = _compromisos().aggregate(suma=Sum("avance"), promedio=Avg("avance"))
    assert sumas["suma"] == Decimal("836.94")
    assert round(Decimal(str(sumas["promedio"])), 3) == Decimal("83.694")


def test_progress_by_area_and_origin_is_the_checked_one(demo) -> None:
    por_area = dict(_compromisos().values_list("area").annotate(Avg("avance")).order_by())
    esperado = leer("plan5")["comprobaciones"]
    for area in ("GA", "JA", "PA"):
        assert round(Decimal(str(por_area[area])), 2) == Decimal(esperado[f"promedio_{area}"])
    por_origen = dict(_compromisos().values_list("origen").annotate(Avg("avance")).order_by())
    assert round(Decimal(str(por_origen["público"])), 2) == Decimal("96.4")
    assert round(Decimal(str(por_origen["sociedad civil"])), 3) == Decimal("63.735")


def test_lights_are_seven_green_two_yellow_one_red(demo) -> None:
    luces = dict(_compromisos().values_list("semaforo").annotate(Count("pk")).order_by())
    assert luces == {"verde": 7, "amarillo": 2, "rojo": 1}


def test_attendances_of_the_ten_tables_are_558(demo) -> None:
    datos = leer("plan5")
    assert sum(m["asistencias"] for m in datos["mesas_de_priorizacion"]) == 558
    etapa = Proceso.objects.get(slug="plan-5").etapas.get(tipo="priorizacion")
    assert etapa.cifras["asistencias"] == 558
    lineas = [v for clave, v in etapa.cifras.items() if clave.startswith("mesa ")]
    assert sum(int(linea.split()[0]) for linea in lineas) == 558


def test_meetings_and_proposals_reconcile(demo) -> None:
    cifras = Plan.objects.get(numero=5).cifras
    assert sum(cifras["sesiones_por_año"].values()) == cifras["sesiones_del_foro"] == 40
    filtro = Proceso.objects.get(slug="plan-5").etapas.get(tipo="filtro").cifras
    assert filtro["pasaron"] + filtro["rechazadas_o_derivadas"] == 81
    assert filtro["propuestas_revisadas"] == 81


def test_what_the_source_does_not_say_stays_unknown(demo) -> None:
    etapas = {e.titulo: e for e in Proceso.objects.get(slug="plan-5").etapas.all()}
    borrador = etapas["Consulta pública del borrador"]
    assert borrador.inicio is borrador.fin is None
    assert borrador.cifras == {"comentarios_recibidos": None}
    tecnicas = etapas["Mesas técnicas"]
    assert tecnicas.prevista_inicio is None
    assert tecnicas.cifras["mesa del compromiso 10"].startswith("fecha sin dato en la fuente")


def test_planned_and_actual_dates_are_both_kept(demo) -> None:
    recepcion = Proceso.objects.get(slug="plan-5").etapas.get(tipo="recepcion")
    assert (recepcion.prevista_fin - recepcion.prevista_inicio).days == 15
    assert f"{recepcion.prevista_inicio:%F}" == f"{recepcion.inicio:%F}" == "2020-08-10"
    # A day short of 29 periods of 24 hours: Santiago changed its clocks on 6 September 2020.
    assert round((recepcion.fin - recepcion.inicio).total_seconds() / 86400) == 29


def test_it_is_read_only_and_over(demo) -> None:
    proceso = Proceso.objects.get(slug="plan-5")
    assert proceso.regimen == Regimen.HISTORICO
    for etapa in proceso.etapas.all():
        assert etapa.estado(demo.ahora) in (EstadoEtapa.CERRADA, EstadoEtapa.SIN_FECHA)
        assert not any(etapa.permite(verbo, demo.ahora) for verbo in Verbo)


def test_percentages_that_the_milestones_contradict_carry_a_note(demo) -> None:
    notas = dict(_compromisos().values_list("numero", "nota"))
    assert "91,67" in notas[8]
    assert "83,33" in notas[10]


def test_the_other_plans_are_one_line_each(demo) -> None:
    compromisos = {p.numero: p.cifras["compromisos"] for p in Plan.objects.exclude(numero=7)}
    assert compromisos == {1: 19, 2: 12, 3: 19, 4: 12, 5: 10, 6: 11}
