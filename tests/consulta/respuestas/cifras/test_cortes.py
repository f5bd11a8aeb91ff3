"""Every cut adds up to the whole, every figure counts exactly the rows it leads to (INV-02)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comun.fechas import dia_de
from consulta.aportes.models import Aporte
from consulta.respuestas.cifras.cortes import TITULOS, libro_de
from consulta.respuestas.cifras.filtro import Filtro, filas, leer
from consulta.respuestas.cifras.sumas import Cifras
from consulta.respuestas.flows.revisar import pedir_revision
from consulta.respuestas.models import Cobertura, Revision
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.respuestas import responder

HOY = AHORA.date()
SUMAS = ("respondidos", "vencidos", "por_vencer", "retirados", "removidos", "identicos", "comunes",
         "a_tiempo", "con_plazo")  # fmt: skip


def test_an_empty_ledger_says_so(db):
    libro = libro_de(Filtro(), HOY)
    assert libro.total == Cifras() and all(not grupos for grupos in libro.cortes.values())
    assert libro.total.frase == "Aún no hay aportes por responder"
    assert libro.total.mediana is libro.total.p90 is libro.total.parte_a_tiempo is None


def test_one_answered_row(db):
    responder(aporte(), ahora=AHORA + timedelta(days=1))
    total = libro_de(Filtro(), HOY).total
    assert total.frase == "1 de 1 respondido · 0 pendientes · mediana 1 día"
    assert (total.mediana, total.p90, total.parte_a_tiempo, total.parte_identica) == (1, 1, 100, 0)


def test_the_whole_is_what_the_balance_says(libro):
    total, balance = libro_de(Filtro(), HOY).total, Aporte.objects.all().balance(HOY)
    for suma in ("recibidos", "respondidos", "pendientes", "vencidos", "retirados", "removidos"):
        assert getattr(total, suma) == getattr(balance, suma), suma
    assert (total.recibidos, total.respondidos, total.pendientes, total.vencidos) == (16, 9, 4, 2)
    assert total.frase == "9 de 13 respondidos · 4 pendientes · 2 vencidos · mediana 9 días"


@pytest.mark.parametrize(
    "filtro",
    [{}, {"tema": "agua"}, {"region": "nacional"}, {"texto": "identico"}, {"plazo": "tarde"},
     {"resultado": "aclaracion"}, {"tipo_autor": "osc", "tema": "salud"}, {"estado": "pendiente"},
     {"institucion": "sin"}, {"mes": f"{AHORA:%Y-%m}"}],
)  # fmt: skip
def test_every_cut_adds_up_to_the_whole(libro, filtro):
    hecho = libro_de(Filtro(**filtro), HOY)
    assert hecho.total.recibidos == filas(Filtro(**filtro), HOY).count()
    for corte in TITULOS:
        grupos = hecho.cortes[corte].values()
        for suma in SUMAS:
            assert sum(getattr(g, suma) for g in grupos) == getattr(hecho.total, suma), (
                corte,
                suma,
            )
        assert sum((g.dias for g in grupos), Cifras().dias) == hecho.total.dias


def test_each_figure_counts_the_rows_it_leads_to(libro):
    total = libro_de(Filtro(), HOY).total
    for estado in ("respondido", "vencido", "retirado", "removido"):
        assert filas(Filtro(estado=estado), HOY).count() == getattr(total, f"{estado}s")
    assert filas(Filtro(estado="pendiente"), HOY).count() == total.pendientes
    assert filas(Filtro(texto="identico"), HOY).count() == total.identicos == 2
    assert filas(Filtro(texto="comun"), HOY).count() == total.comunes == 2
    assert filas(Filtro(texto="propio"), HOY).count() == total.propios == 5
    assert filas(Filtro(plazo="a_tiempo"), HOY).count() == total.a_tiempo
    assert filas(Filtro(plazo="tarde"), HOY).count() == total.tarde == 4


def test_each_group_of_each_cut_counts_the_rows_it_leads_to(libro):
    hecho = libro_de(Filtro(), HOY)
    temas = {str(a.tema_id): a.tema.slug for a in Aporte.objects.select_related("tema") if a.tema}
    for clave, cifras in hecho.cortes["tema"].items():
        assert filas(Filtro(tema=temas[clave]), HOY).count() == cifras.recibidos
    for clave, cifras in hecho.cortes["region"].items():
        assert filas(Filtro(region=clave or "nacional"), HOY).count() == cifras.recibidos
    for clave, cifras in hecho.cortes["institucion"].items():
        assert filas(Filtro(institucion=clave or "sin"), HOY).count() == cifras.recibidos
    for clave, cifras in hecho.cortes["mes"].items():
        assert filas(Filtro(mes=clave), HOY).count() == cifras.recibidos
    for clave, cifras in hecho.cortes["tipo_autor"].items():
        assert filas(Filtro(tipo_autor=clave or "sin"), HOY).count() == cifras.recibidos
    assert set(hecho.cortes["resultado"]) == {
        "no_incorporada", "aclaracion", "pendiente", "retirado", "removido"
    }  # fmt: skip


def test_days_are_counted_by_hand_to_the_first_answer(libro):
    """A correction is no new answer: it neither lengthens the time nor makes it late."""
    total = libro_de(Filtro(), HOY).total
    version = Cobertura.objects.get(aporte=libro["filas"][0]).version
    responder(
        libro["filas"][0], por=libro["oficiales"][0], respuesta=version.respuesta,
        motivo_cambio="Se corrigió.", razon="Otra.", ahora=AHORA + timedelta(days=80),
    )  # fmt: skip
    luego = libro_de(Filtro(), HOY).total
    assert luego.dias == total.dias and luego.a_tiempo == total.a_tiempo
    assert luego.identicos == 0, "its words are its own now, and so are the other's"
    esperados = sorted(
        (dia_de(c.version.publicada_en) - dia_de(c.aporte.enviado_en)).days
        for c in Cobertura.objects.select_related("version", "aporte").filter(version__n=1)
    )
    assert sorted(luego.dias.elements()) == esperados
    assert luego.mediana == esperados[4] and luego.p90 == esperados[-1]


def test_the_day_is_that_of_santiago(db):
    from datetime import UTC, datetime

    uno = aporte(ahora=AHORA)
    # 23:30 of the day after in Santiago: one calendar day, though Greenwich says two.
    local = datetime(AHORA.year, AHORA.month, AHORA.day, tzinfo=UTC) + timedelta(days=2, hours=2.5)
    responder(uno, ahora=local)
    assert list(libro_de(Filtro(), HOY).total.dias) == [1]


def test_a_joint_answer_with_personal_lines_is_own_words_for_each(db):
    from consulta.respuestas.enums import Resultado
    from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura
    from consulta.respuestas.flows.publicar import publicar_respuesta

    uno = aporte()
    tres = [uno, aporte(consulta=uno.consulta), aporte(consulta=uno.consulta)]
    oficial = UserFactory(oficial=True)
    lineas = ["Gracias, Rosa.", "", ""]
    publicar_respuesta(
        coberturas=[
            LineaDeCobertura(a, Resultado.ACLARACION, DestinoElegido(porque_nada="Ya."), linea)
            for a, linea in zip(tres, lineas, strict=True)
        ],
        razon="Una razón.", institucion=oficial.institucion, por=oficial, ahora=AHORA,
    )  # fmt: skip
    total = libro_de(Filtro(), HOY).total
    assert (total.propios, total.comunes, total.identicos) == (1, 2, 0)
    responder(aporte(consulta=uno.consulta), razon="Una razón. Gracias, ROSA")
    total = libro_de(Filtro(), HOY).total
    assert (total.propios, total.comunes, total.identicos) == (0, 2, 2)


def test_a_row_under_review_is_pending_and_not_compared(libro):
    uno = libro["filas"][0]
    version = Cobertura.objects.get(aporte=uno).version
    Revision.objects.create(aporte=uno, version=version, texto="No me responde.", pedida_en=AHORA)
    Aporte.objects.filter(pk=uno.pk).update(respondido_en=None)
    total = libro_de(Filtro(), HOY).total
    assert (total.respondidos, total.pendientes, total.identicos) == (8, 5, 0)


def test_unannounced_consultations_are_not_in_it(libro):
    type(libro["otra"]).objects.filter(pk=libro["otra"].pk).update(publicada=False)
    assert libro_de(Filtro(), HOY).total.recibidos == 11


def test_ten_rows_or_a_thousand_one_query(libro):
    def cuesta():
        with CaptureQueriesContext(connection) as captura:
            libro_de(Filtro(), HOY)
        return len(captura)

    assert cuesta() == 1


@pytest.mark.parametrize(
    "pedido",
    [{"region": "99"}, {"mes": "2026-13"}, {"institucion": "x"}, {"institucion": "²"},
     {"resultado": "sí"}, {"estado": "todos"}, {"texto": "1"}, {"plazo": "nunca"}],
)  # fmt: skip
def test_values_that_mean_nothing_are_ignored(pedido):
    assert leer(pedido) == Filtro()


def test_an_id_no_column_holds_finds_nothing(libro):
    assert not filas(leer({"institucion": "9" * 60}), HOY).exists()


def test_medians_and_nine_in_ten():
    cifras = Cifras()
    for dias in (1, 2, 3, 4):
        cifras.anotar("respondido", dias, None, "propio", 1)
    assert (cifras.mediana, cifras.p90) == (2.5, 4)
    cifras.anotar("respondido", 9, None, "propio", 6)
    assert (cifras.mediana, cifras.p90) == (9, 9)
    diez = Cifras()
    for dias in range(1, 11):
        diez.anotar("respondido", dias, 1, "propio", 1)
    assert (diez.mediana, diez.p90) == (5.5, 9)
    assert "mediana 5,5 días" in diez.frase


@pytest.mark.parametrize(("dias", "a_tiempo"), [(5, 1), (6, 0)])
def test_a_review_does_not_make_a_late_answer_punctual(db, dias, a_tiempo):
    uno = aporte()
    Aporte.objects.filter(pk=uno.pk).update(vence_el=HOY + timedelta(days=5))
    luego = AHORA + timedelta(days=dias)
    version = responder(uno, ahora=luego)
    pedir_revision(
        aporte=uno, texto="No dice por qué.", version=1, por=uno.autoria.cuenta, ahora=luego
    )
    responder(
        uno, por=version.presentada_por, respuesta=version.respuesta, motivo_cambio="Se mantiene.",
        ahora=luego + timedelta(days=1),
    )  # fmt: skip
    total = libro_de(Filtro(), HOY).total
    assert (total.con_plazo, total.a_tiempo) == (1, a_tiempo)
    assert filas(Filtro(plazo="a_tiempo"), HOY).count() == a_tiempo
    assert filas(Filtro(plazo="tarde"), HOY).count() == 1 - a_tiempo


def test_a_review_gives_no_day_to_an_answer_that_had_none(db):
    uno = aporte()
    Aporte.objects.filter(pk=uno.pk).update(vence_el=None)
    version = responder(uno)
    pedir_revision(aporte=uno, texto="¿Y?", version=1, por=uno.autoria.cuenta, ahora=AHORA)
    responder(
        uno, por=version.presentada_por, respuesta=version.respuesta, motivo_cambio="Se mantiene."
    )
    assert libro_de(Filtro(), HOY).total.con_plazo == 0
