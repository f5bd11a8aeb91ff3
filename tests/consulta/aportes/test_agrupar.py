"""Merging and dividing change no sum, hide nobody and are told to the authors."""

from datetime import timedelta

import pytest

from comun.avisos.razones import razon_de
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.registro import Aviso, Evento
from consulta.aportes.enums import ClaseGrupo
from consulta.aportes.flows.agrupar import agrupar_propuestas, deshacer_grupo
from consulta.aportes.flows.corregir import corregir_aporte
from consulta.aportes.flows.dividir import PuntoPropuesto, dividir_propuesta, pasajes_de
from consulta.aportes.models import Aporte, Punto
from consulta.paginas.presentacion.alrededor import alrededor_de
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido_de_propuesta
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def consulta():
    return ConsultaFactory(propuestas=True)


@pytest.fixture
def tres(consulta):
    return [aporte(consulta=consulta) for _ in range(3)]


def juntar(aportes, por=None, **campos):
    datos = {"titulo": "Presupuestos abiertos", "texto": "Piden lo mismo.", "motivo": "Un tema."}
    return agrupar_propuestas(
        aportes=aportes, por=por or UserFactory(oficial=True), ahora=AHORA, **datos | campos
    )


def test_a_merge_changes_no_sum_and_every_origin_stays_visible(tres):
    antes = Aporte.objects.all().balance(AHORA.date())
    grupo = juntar(tres)
    assert Aporte.objects.all().balance(AHORA.date()) == antes
    assert {m.aporte_id for m in grupo.miembros.all()} == {a.pk for a in tres}
    assert all(a.es_visible for a in Aporte.objects.all())
    assert Aviso.objects.filter(razon="grupo").count() == 3
    assert Evento.objects.get(verbo="agrupar_propuestas").detalle.despues["folios"] == [
        a.folio for a in tres
    ]


def test_undoing_says_why_keeps_who_was_there_and_leaves_them_free(tres):
    grupo = juntar(tres)
    grupo = deshacer_grupo(
        grupo=grupo, motivo="Eran dos temas.", por=UserFactory(secretaria=True), ahora=AHORA
    )
    assert grupo.deshecho_en == AHORA
    assert grupo.motivo_deshecho == "Eran dos temas."
    assert grupo.miembros.count() == 3
    assert juntar(tres[:2]).pk != grupo.pk
    with pytest.raises(Conflicto):
        deshacer_grupo(grupo=grupo, motivo="Otra vez.", por=UserFactory(oficial=True), ahora=AHORA)


def test_a_proposal_stands_in_one_merge_at_a_time(tres):
    juntar(tres[:2])
    with pytest.raises(Conflicto, match=tres[1].folio):
        juntar(tres[1:])


def test_only_visible_proposals_of_one_consultation_are_merged(tres, consulta):
    with pytest.raises(DatoInvalido):
        juntar(tres[:1])
    with pytest.raises(DatoInvalido):
        juntar([tres[0], aporte(consulta=ConsultaFactory(propuestas=True))])
    Aporte.objects.filter(pk=tres[0].pk).update(situacion="retirado", motivo="x")
    with pytest.raises(Conflicto):
        juntar(tres)
    with pytest.raises(Conflicto):
        juntar([tres[1], aporte(padre=tres[1])])


@pytest.mark.parametrize("rol", ["participante", "editor", "moderador"])
def test_others_may_neither_merge_nor_divide(tres, rol):
    por = UserFactory(**{rol: True})
    with pytest.raises(SinPermiso):
        juntar(tres, por=por)
    with pytest.raises(SinPermiso):
        dividir_propuesta(aporte=tres[0], puntos=[], motivo="x", por=por, ahora=AHORA)


@pytest.mark.parametrize("campo", ["titulo", "texto", "motivo"])
def test_a_merge_needs_title_text_and_reason(tres, campo):
    with pytest.raises(DatoInvalido) as error:
        juntar(tres, **{campo: "  "})
    assert error.value.campo == campo


def larga(consulta):
    return aporte(
        consulta=consulta,
        dice=contenido_de_propuesta(texto="Publicar el presupuesto.\n\nFormar a los concejales."),
    )


def test_points_are_passages_of_the_proposal_which_stays_whole(consulta):
    una = larga(consulta)
    texto = una.contenido.texto
    pasajes = pasajes_de(Aporte.objects.con_texto().get(pk=una.pk))
    assert "Formar a los concejales." in pasajes
    grupo = dividir_propuesta(
        aporte=una,
        puntos=[
            PuntoPropuesto("Publicar el presupuesto.", "Datos"),
            PuntoPropuesto("Formar a los  concejales."),
        ],
        motivo="Son de dos instituciones.",
        por=UserFactory(oficial=True),
        ahora=AHORA,
    )
    assert grupo.clase == ClaseGrupo.DIVISION
    assert list(Punto.objects.values_list("n", "titulo")) == [(1, "Datos"), (2, "")]
    assert Aporte.objects.get().contenido.texto == texto
    assert Aviso.objects.filter(razon="division").count() == 1
    deshacer_grupo(
        grupo=grupo, motivo="No hacía falta.", por=UserFactory(oficial=True), ahora=AHORA
    )
    assert not Punto.objects.exists()
    puntos = Evento.objects.get(verbo="deshacer_grupo").detalle.antes["puntos"]
    assert [p["titulo"] for p in puntos] == ["Datos", ""]


def test_nobody_is_made_to_say_what_they_did_not_write(consulta):
    with pytest.raises(DatoInvalido, match="El punto 2 no está escrito así"):
        dividir_propuesta(
            aporte=larga(consulta),
            puntos=[PuntoPropuesto("Publicar el presupuesto."), PuntoPropuesto("Subir impuestos.")],
            motivo="x",
            por=UserFactory(oficial=True),
            ahora=AHORA,
        )


def test_a_correction_says_of_which_version_the_points_are_and_asks_to_look_again(consulta):
    una, oficial = larga(consulta), UserFactory(oficial=True)
    dividir_propuesta(
        aporte=una,
        puntos=[
            PuntoPropuesto("Publicar el presupuesto."),
            PuntoPropuesto("Formar a los concejales."),
        ],
        motivo="Son de dos instituciones.",
        por=oficial,
        ahora=AHORA,
    )
    leida = Aporte.objects.con_texto().get(pk=una.pk)
    assert alrededor_de(leida).puntos_de == 0
    corregir_aporte(
        aporte=una,
        contenido=contenido_de_propuesta(texto="Publicar solo el presupuesto del agua."),
        por=una.autoria.cuenta,
        version=1,
        ahora=AHORA + timedelta(hours=1),
    )
    leida = Aporte.objects.con_texto().get(pk=una.pk)
    rodea = alrededor_de(leida)
    assert rodea.puntos_de == 1 and len(rodea.puntos) == 2, "the points stay as they were written"
    aviso = Aviso.objects.get(razon="division_corregida")
    assert aviso.destino == f"cuenta:{oficial.pk}" and una.folio in aviso.texto
    correo = razon_de("division_corregida").redactor(aviso)
    assert correo.para == oficial.email and una.folio in correo.asunto
