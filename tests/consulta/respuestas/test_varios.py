"""One text for many, for a branch of a thread, for the points of one."""

from datetime import timedelta

import pytest

from comun.errores import Conflicto, DatoInvalido, SinPermiso
from consulta.aportes.flows.agrupar import deshacer_grupo
from consulta.aportes.flows.corregir import corregir_aporte
from consulta.aportes.flows.dividir import PuntoPropuesto, dividir_propuesta
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.borrador import guardar_borrador
from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura, LineaDePunto
from consulta.respuestas.flows.publicar import publicar_respuesta, publicar_version
from consulta.respuestas.flows.puntos import resultado_general
from consulta.respuestas.flows.ramas import alcance_de, reunir_rama
from consulta.respuestas.flows.sellar import sellar_respuesta
from consulta.respuestas.flows.varios import (
    FilasConReparos,
    guardar_varios,
    quitar_de_borrador,
    responder_borrador,
    reunir_borrador,
)
from consulta.respuestas.models import Borrador, Cobertura
from consulta.respuestas.sello import sello_de
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido, contenido_de_propuesta, hilo
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory, ConsultaFactory, EtapaFactory, version_publicada
from tests.factories.respuestas import compromiso, responder

pytestmark = pytest.mark.django_db
NADA = {"resultado": "no_incorporada", "destino": "nada", "porque_nada": "La norma ya lo regula."}
TEXTO = "Primero, publicar los datos.\n\nSegundo, abrir las sesiones."


@pytest.fixture
def oficial():
    return UserFactory(oficial=True)


def reunir(aportes, oficial, **extra):
    return reunir_borrador(
        aportes=[a.pk for a in aportes], consulta=aportes[0].consulta,
        institucion=oficial.institucion, por=oficial, ahora=AHORA, **extra,
    )  # fmt: skip


def test_one_text_answers_many_each_with_its_own_line_and_outcome(oficial):
    asunto = AsuntoFactory()
    uno, dos = aporte(asunto=asunto), aporte(asunto=asunto)
    propios = {"resultado": "parcial", "destino": "compromiso", "compromiso": str(compromiso().pk),
               "linea": "Gracias por el detalle."}  # fmt: skip
    borrador = reunir([uno, dos], oficial, razon="La ley no lo permite.", comunes=NADA,
                      filas={dos.pk: propios}).borrador  # fmt: skip
    version = responder_borrador(borrador=borrador, por=oficial, ahora=AHORA)
    dichas = {c.aporte_id: c for c in version.coberturas.select_related("destino")}
    assert (dichas[uno.pk].resultado, dichas[uno.pk].linea) == ("no_incorporada", "")
    assert (dichas[dos.pk].resultado, dichas[dos.pk].linea) == (
        "parcial", "Gracias por el detalle.",
    )  # fmt: skip
    assert dichas[dos.pk].destino.compromiso is not None
    assert dichas[dos.pk].destino.porque_nada == ""
    assert version.publicada_en == AHORA and not Borrador.objects.exists()


def test_rows_that_lack_something_are_named_and_nothing_is_sealed(oficial):
    asunto = AsuntoFactory()
    uno, dos = aporte(asunto=asunto), aporte(asunto=asunto)
    borrador = reunir([uno, dos], oficial, razon="Sí.", filas={uno.pk: NADA}).borrador
    with pytest.raises(FilasConReparos) as error:
        responder_borrador(borrador=borrador, por=oficial)
    assert [(r.aporte.pk, r.campo) for r in error.value.reparos] == [(dos.pk, "resultado")]
    assert Borrador.objects.get().filas.count() == 2


def test_one_that_joins_later_gets_the_next_version_alone(oficial):
    asunto = AsuntoFactory()
    uno, dos = aporte(asunto=asunto), aporte(asunto=asunto)
    primera = responder(uno, por=oficial)
    borrador = reunir([dos], oficial, razon=primera.razon, comunes=NADA,
                      respuesta=primera.respuesta, motivo_cambio="Se suma un aporte.").borrador  # fmt: skip
    segunda = responder_borrador(borrador=borrador, por=oficial)
    assert (segunda.respuesta_id, segunda.n) == (primera.respuesta_id, 2)
    assert [c.aporte_id for c in segunda.coberturas.all()] == [dos.pk]
    assert Cobertura.objects.vigentes_de([uno])[uno.pk].version == primera


def test_a_contribution_stands_in_one_draft_and_what_stays_out_is_told(oficial):
    asunto = AsuntoFactory()
    uno, dos, tres = (aporte(asunto=asunto) for _ in range(3))
    reunir([uno], oficial)
    retirar_aporte(aporte=dos, por=dos.autoria.cuenta, ahora=AHORA)
    hecho = reunir([uno, dos, tres], oficial)
    assert [f.aporte_id for f in hecho.borrador.filas.all()] == [tres.pk]
    assert [r.aporte.pk for r in hecho.fuera] == [uno.pk, dos.pk]


def test_a_colleague_s_newer_text_is_not_overwritten_unawares(oficial):
    uno = aporte()
    borrador = reunir([uno], oficial).borrador
    visto = borrador.modificado_en.isoformat()
    otra = UserFactory(oficial=True, institucion=oficial.institucion)
    luego = AHORA + timedelta(seconds=5)
    guardar_varios(borrador=borrador, razon="De otra.", comunes={}, filas={}, por=otra,
                   visto=visto, ahora=luego)  # fmt: skip
    with pytest.raises(Conflicto):
        guardar_varios(borrador=borrador, razon="Mía.", comunes={}, filas={}, por=oficial,
                       visto=visto, ahora=luego)  # fmt: skip
    assert Borrador.objects.get().razon == "De otra."


def test_a_draft_without_rows_goes(oficial):
    uno = aporte()
    borrador = reunir([uno], oficial).borrador
    assert quitar_de_borrador(borrador=borrador, aportes=[uno.pk], por=oficial) is None
    assert not Borrador.objects.exists()


def test_a_branch_is_answered_as_of_a_time_and_later_replies_stay_pending(oficial):
    raiz = aporte()
    replicas = hilo(raiz, 4)
    voz = aporte(padre=raiz, por=oficial, institucional=True, ahora=AHORA + timedelta(minutes=1))
    otra_rama = aporte(padre=raiz, ahora=AHORA + timedelta(minutes=1))
    retirar_aporte(aporte=replicas[1], por=replicas[1].autoria.cuenta, ahora=AHORA)
    hasta = AHORA + timedelta(minutes=3)
    alcance = alcance_de(replicas[0], hasta)
    assert alcance.ids == [replicas[0].pk, replicas[2].pk]
    assert alcance.posteriores == 1
    hecho = reunir_rama(cabeza=raiz, institucion=oficial.institucion, por=oficial, hasta=hasta,
                        razon="Se recoge en la hoja de ruta.", comunes=NADA,
                        ahora=AHORA + timedelta(hours=1))  # fmt: skip
    version = responder_borrador(borrador=hecho.borrador, por=oficial)
    cubiertos = {c.aporte_id for c in version.coberturas.all()}
    assert cubiertos == {raiz.pk, replicas[0].pk, replicas[2].pk, otra_rama.pk}
    assert (version.rama, version.rama_hasta, version.rama_n) == (raiz, hasta, 4)
    replicas[3].refresh_from_db()
    assert replicas[3].respondido_en is None and voz.pk not in cubiertos
    filas = list(version.coberturas.select_related("destino"))
    assert sello_de(version, filas) == version.sha256
    version.rama_n = 5
    assert sello_de(version, filas) != version.sha256


def test_a_branch_of_the_future_or_without_anyone_waiting_is_refused(oficial):
    raiz = aporte()
    for hasta in (AHORA + timedelta(days=1), AHORA - timedelta(days=1)):
        with pytest.raises(DatoInvalido) as error:
            reunir_rama(cabeza=raiz, institucion=oficial.institucion, por=oficial, hasta=hasta,
                        ahora=AHORA)  # fmt: skip
        assert error.value.campo == "hasta"


# --- points


def propuesta():
    etapa = EtapaFactory(tipo="recepcion")
    return aporte(consulta=ConsultaFactory(etapa=etapa), dice=contenido_de_propuesta(texto=TEXTO))


def dividir(uno):
    return dividir_propuesta(
        aporte=uno, puntos=[PuntoPropuesto(p) for p in TEXTO.split("\n\n")],
        motivo="Trata dos materias.", por=UserFactory(secretaria=True), ahora=AHORA,
    )  # fmt: skip


def de_puntos(uno, *resultados):
    nada, en_plan = DestinoElegido(porque_nada="No cabe."), DestinoElegido(compromiso=compromiso())
    return tuple(
        LineaDePunto(p, r, en_plan if r in ("incorporada", "parcial") else nada, f"Punto {p.n}.")
        for p, r in zip(uno.puntos.all(), resultados, strict=True)
    )


def publicar_por_puntos(uno, oficial, *resultados):
    puntos = de_puntos(uno, *resultados)
    linea = LineaDeCobertura(uno, puntos[0].resultado, puntos[0].destino, puntos=puntos)
    return publicar_respuesta(coberturas=[linea], razon="Punto por punto.", por=oficial,
                              institucion=oficial.institucion, ahora=AHORA)  # fmt: skip


@pytest.mark.parametrize(
    ("dichos", "general"),
    [
        (["incorporada", "incorporada"], "incorporada"),
        (["incorporada", "no_incorporada"], "parcial"),
        (["fuera_de_alcance", "no_incorporada", "fuera_de_alcance"], "fuera_de_alcance"),
        (["aclaracion", "ya_contemplada"], "ya_contemplada"),
    ],
)
def test_the_general_outcome_follows_from_the_points(dichos, general):
    nada = DestinoElegido(porque_nada="x")
    puntos = [LineaDePunto(None, Resultado(r), nada) for r in dichos]  # type: ignore[arg-type]
    assert resultado_general(puntos) == general


def test_a_divided_contribution_is_answered_point_by_point_and_counts_once(oficial):
    uno = propuesta()
    dividir(uno)
    publicar_por_puntos(uno, oficial, Resultado.NO_INCORPORADA, Resultado.INCORPORADA)
    vigente = Cobertura.objects.vigentes_de([uno])[uno.pk]
    assert vigente.resultado == Resultado.PARCIAL and vigente.destino.compromiso is not None
    assert [p.resultado for p in vigente.puntos_dichos] == ["no_incorporada", "incorporada"]
    assert Cobertura.objects.publicadas().count() == 1


def test_one_answer_holds_for_all_points_when_none_is_named(oficial):
    uno = propuesta()
    dividir(uno)
    responder(uno, por=oficial)
    vigente = Cobertura.objects.vigentes_de([uno])[uno.pk]
    assert [p.resultado for p in vigente.puntos_dichos] == ["no_incorporada"] * 2


def test_points_left_out_are_refused(oficial):
    uno = propuesta()
    dividir(uno)
    [primero, _otro] = de_puntos(uno, Resultado.NO_INCORPORADA, Resultado.NO_INCORPORADA)
    linea = LineaDeCobertura(uno, primero.resultado, primero.destino, puntos=(primero,))
    with pytest.raises(DatoInvalido) as error:
        publicar_respuesta(coberturas=[linea], razon="Falta uno.", por=oficial,
                           institucion=oficial.institucion)  # fmt: skip
    assert error.value.campo == "puntos"


def test_a_division_that_was_answered_is_not_undone(oficial):
    uno = propuesta()
    grupo = dividir(uno)
    responder(uno, por=oficial)
    with pytest.raises(Conflicto):
        deshacer_grupo(grupo=grupo, motivo="Ya no.", por=UserFactory(secretaria=True))
    assert uno.puntos.count() == 2


def test_an_answered_proposal_is_not_divided_and_one_divided_after_sealing_is_set_aside(oficial):
    uno, dos = propuesta(), propuesta()
    responder(uno, por=oficial)
    with pytest.raises(Conflicto):
        dividir(uno)
    nada = DestinoElegido(porque_nada="No cabe.")
    sellada = sellar_respuesta(
        coberturas=[LineaDeCobertura(dos, Resultado.NO_INCORPORADA, nada)], razon="Entera.",
        institucion=oficial.institucion, por=oficial, ahora=AHORA,
    )  # fmt: skip
    dividir(dos)
    with pytest.raises(Conflicto) as error:
        publicar_version(version=sellada, por=oficial, ahora=AHORA)
    assert "se dividió" in str(error.value)
    assert Aporte.objects.get(pk=dos.pk).respondido_en is None


def test_a_fragment_tells_once_of_a_divided_contribution_that_changed_it(oficial):
    uno = propuesta()
    dividir(uno)
    version = version_publicada(uno.consulta, ["Uno", "Dos"])
    primero, segundo = version.fragmentos.order_by("orden")
    a, b = uno.puntos.all()
    for destinos, esperados in (((primero, primero), 1), ((primero, segundo), 2)):
        incorporada = Resultado.INCORPORADA
        puntos = tuple(LineaDePunto(p, incorporada, DestinoElegido(fragmento=f))
                       for p, f in zip((a, b), destinos, strict=True))  # fmt: skip
        previa = Cobertura.objects.vigentes_de([uno]).get(uno.pk)
        publicar_respuesta(
            coberturas=[LineaDeCobertura(uno, incorporada, puntos[0].destino, puntos=puntos)],
            razon=f"Razón {esperados}.", institucion=oficial.institucion, por=oficial,
            respuesta=previa.version.respuesta if previa else None, motivo_cambio="Se afinó.",
            ahora=AHORA,
        )  # fmt: skip
        assert Cobertura.objects.que_cambiaron([version]).count() == esperados


def test_points_that_landed_in_places_of_different_kinds_are_sealed(oficial):
    uno = propuesta()
    dividir(uno)
    version = version_publicada(uno.consulta, ["Uno"])
    incorporada = Resultado.INCORPORADA
    primero, segundo = uno.puntos.all()
    puntos = (
        LineaDePunto(primero, incorporada, DestinoElegido(fragmento=version.fragmentos.get())),
        LineaDePunto(segundo, incorporada, DestinoElegido(compromiso=compromiso())),
    )
    publicada = publicar_respuesta(
        coberturas=[LineaDeCobertura(uno, incorporada, puntos[0].destino, puntos=puntos)],
        razon="Se recogen los dos.", institucion=oficial.institucion, por=oficial, ahora=AHORA,
    )  # fmt: skip
    filas = list(publicada.coberturas.select_related("destino").order_by("-pk"))
    assert len(filas) == 3 and sello_de(publicada, filas) == publicada.sha256


def test_saving_the_page_of_a_draft_keeps_the_points_it_does_not_show(oficial):
    uno = propuesta()
    dividir(uno)
    primero, segundo = uno.puntos.all()
    aclara = {"resultado": "aclaracion", "destino": "nada", "porque_nada": "Era una pregunta."}
    puntos = {str(primero.pk): NADA, str(segundo.pk): aclara}
    borrador = reunir([uno], oficial, razon="Punto por punto.", filas={uno.pk: {"puntos": puntos}})
    guardar_varios(
        borrador=borrador.borrador, razon="Punto por punto, y mejor.", comunes={}, por=oficial,
        filas={uno.pk: {"linea": "Gracias."}}, ahora=AHORA,
    )  # fmt: skip
    version = responder_borrador(borrador=Borrador.objects.get(), por=oficial, ahora=AHORA)
    dichos = Cobertura.objects.filter(version=version, punto__isnull=False).order_by("punto__n")
    assert [c.resultado for c in dichos] == ["no_incorporada", "aclaracion"]
    assert version.coberturas.get(punto=None).linea == "Gracias."


# --- of whom the next version is


def test_nobody_writes_the_next_version_of_another_institution_s_answer(oficial):
    asunto = AsuntoFactory()
    uno, dos = aporte(asunto=asunto), aporte(asunto=asunto)
    ajena = responder(uno)
    nada = DestinoElegido(porque_nada="La norma ya lo regula.")
    with pytest.raises(SinPermiso):
        sellar_respuesta(
            coberturas=[LineaDeCobertura(dos, Resultado.NO_INCORPORADA, nada)], razon="En su nombre.",
            institucion=oficial.institucion, por=oficial, respuesta=ajena.respuesta,
            motivo_cambio="Se suma.", ahora=AHORA,
        )  # fmt: skip
    with pytest.raises(SinPermiso):
        reunir([dos], oficial, respuesta=ajena.respuesta, motivo_cambio="Se suma.")


def test_the_next_version_is_of_whoever_gave_the_answer_also_when_the_secretariat_writes_it():
    uno = aporte()
    primera = responder(uno)
    mesa = UserFactory(secretaria=True)
    nada = DestinoElegido(porque_nada="La norma ya lo regula.")
    version = publicar_respuesta(
        coberturas=[LineaDeCobertura(uno, Resultado.ACLARACION, nada)], razon="Se aclara.",
        institucion=mesa.institucion, por=mesa, respuesta=primera.respuesta,
        motivo_cambio="Se aclara.", ahora=AHORA,
    )  # fmt: skip
    assert version.respuesta.institucion == primera.respuesta.institucion
    borrador = reunir_borrador(
        aportes=[uno.pk], consulta=uno.consulta, institucion=mesa.institucion, por=mesa,
        respuesta=primera.respuesta, motivo_cambio="Otra vez.", ahora=AHORA,
    ).borrador  # fmt: skip
    assert borrador.institucion == primera.respuesta.institucion


def test_an_answer_of_another_consultation_has_no_version_in_this_one(oficial):
    primera, otro = responder(aporte(), por=oficial), aporte()
    nada = DestinoElegido(porque_nada="La norma ya lo regula.")
    with pytest.raises(DatoInvalido) as error:
        sellar_respuesta(
            coberturas=[LineaDeCobertura(otro, Resultado.NO_INCORPORADA, nada)], razon="Vale igual.",
            institucion=oficial.institucion, por=oficial, respuesta=primera.respuesta,
            motivo_cambio="Se suma.", ahora=AHORA,
        )  # fmt: skip
    assert error.value.campo == "respuesta"
    with pytest.raises(DatoInvalido) as error:
        reunir([otro], oficial, respuesta=primera.respuesta, motivo_cambio="Se suma.")
    assert error.value.campo == "respuesta"


def test_only_the_wording_of_one_changes_though_another_joined_its_answer_later(oficial):
    asunto = AsuntoFactory()
    uno, dos = aporte(asunto=asunto), aporte(asunto=asunto)
    primera = responder(uno, por=oficial)
    extra = {"por": oficial, "respuesta": primera.respuesta, "ahora": AHORA}
    responder(dos, resultado=Resultado.ACLARACION, motivo_cambio="Se suma.", **extra)
    mejor = responder(
        uno, razon="La ley no lo permite.", motivo_cambio="Más claro.", solo_redaccion=True, **extra
    )
    assert mejor.solo_redaccion and mejor.n == 3
    with pytest.raises(DatoInvalido):
        responder(dos, motivo_cambio="Más claro.", solo_redaccion=True, **extra)


# --- read again


def test_the_words_that_changed_are_read_again_on_the_page_of_the_draft(oficial):
    uno = aporte()
    borrador = reunir([uno], oficial, razon="La ley no lo permite.", comunes=NADA).borrador
    corregir_aporte(
        aporte=uno,
        contenido=contenido("Otra cosa."),
        version=1,
        por=uno.autoria.cuenta,
        ahora=AHORA,
    )
    with pytest.raises(FilasConReparos):
        responder_borrador(borrador=borrador, por=oficial, ahora=AHORA)
    cambio = {"borrador": borrador, "razon": borrador.razon, "comunes": NADA, "por": oficial}
    guardar_varios(filas={uno.pk: {}}, leidas={uno.pk: 1}, ahora=AHORA, **cambio)
    with pytest.raises(FilasConReparos):
        responder_borrador(borrador=borrador, por=oficial, ahora=AHORA)
    guardar_varios(filas={uno.pk: {}}, leidas={uno.pk: 2}, ahora=AHORA, **cambio)
    version = responder_borrador(borrador=borrador, por=oficial, ahora=AHORA)
    assert version.coberturas.get().version_leida == 2


def test_a_window_left_open_does_not_write_over_a_response_for_many(oficial):
    asunto = AsuntoFactory()
    uno, dos = aporte(asunto=asunto), aporte(asunto=asunto)
    borrador = reunir([uno, dos], oficial, razon="Para las dos.").borrador
    for visto in ("", borrador.modificado_en.isoformat()):
        with pytest.raises(Conflicto, match="para varios"):
            guardar_borrador(
                aporte=uno, institucion=oficial.institucion, datos={"razon": "Solo para una."},
                por=oficial, visto=visto, ahora=AHORA,
            )  # fmt: skip
    assert Borrador.objects.get().razon == "Para las dos."
