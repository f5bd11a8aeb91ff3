"""Taking up a sealed answer again: its points, its branch and its batch come along, as they were sealed.
And a correction of many that only mends the wording."""

import re
from datetime import timedelta

import pytest

from comun.errores import Conflicto, DatoInvalido
from consulta.aportes.flows.dividir import PuntoPropuesto, dividir_propuesta
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.respuestas.flows.dejar import dejar_sin_efecto
from consulta.respuestas.flows.lotes import crear_lote, publicar_lote
from consulta.respuestas.flows.ramas import reunir_rama
from consulta.respuestas.flows.retomar import retomar
from consulta.respuestas.flows.varios import (
    responder_borrador,
    reunir_borrador,
    sellar_borrador,
)
from consulta.respuestas.models import Borrador, Cobertura
from foro.enums import Sector
from tests.consulta.respuestas.test_varios import NADA, TEXTO
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido_de_propuesta, hilo
from tests.factories.cuentas import UserFactory
from tests.factories.foro import consulta_que_pide
from tests.factories.procesos import AsuntoFactory, ConsultaFactory, EtapaFactory
from tests.factories.respuestas import compromiso

pytestmark = pytest.mark.django_db
LUEGO = AHORA + timedelta(hours=1)


@pytest.fixture
def oficial():
    return UserFactory(oficial=True)


def reunir(aportes, oficial, **extra):
    datos = {"razon": "La ley no lo permite.", "comunes": NADA} | extra
    return reunir_borrador(
        aportes=[a.pk for a in aportes], consulta=aportes[0].consulta,
        institucion=oficial.institucion, por=oficial, ahora=AHORA, **datos,
    ).borrador  # fmt: skip


def tomar(version, oficial):
    return retomar(version=version, por=oficial, motivo="Un error.", ahora=LUEGO)


def resumen(version):
    """What a sealed version says of each contribution and point."""
    filas = Cobertura.objects.filter(version=version).select_related("destino").order_by("pk")
    return sorted(
        (c.aporte_id, c.punto_id or 0, c.resultado, c.linea, c.destino.compromiso_id or 0,
         c.destino.porque_nada)
        for c in filas
    )  # fmt: skip


def test_points_come_back_each_with_its_outcome_place_and_line(oficial):
    consulta = consulta_que_pide(etapa=EtapaFactory(tipo="recepcion"))
    uno = aporte(consulta=consulta, dice=contenido_de_propuesta(texto=TEXTO))
    dividir_propuesta(
        aporte=uno, puntos=[PuntoPropuesto(p) for p in TEXTO.split("\n\n")],
        motivo="Trata dos materias.", por=UserFactory(secretaria=True), ahora=AHORA,
    )  # fmt: skip
    a, b = uno.puntos.order_by("n")
    de_puntos = {
        str(a.pk): {"resultado": "parcial", "destino": "compromiso", "linea": "El primero.",
                    "compromiso": str(compromiso().pk)},
        str(b.pk): NADA | {"linea": "El segundo."},
    }  # fmt: skip
    borrador = reunir([uno], oficial, comunes={}, filas={uno.pk: {"puntos": de_puntos}})
    version = sellar_borrador(borrador=borrador, por=oficial, ahora=AHORA)
    antes = resumen(version)
    assert len(antes) == 3
    nuevo = tomar(version, oficial)
    otra = sellar_borrador(borrador=nuevo, por=oficial, ahora=LUEGO)
    assert resumen(otra) == antes and otra.razon == version.razon


def test_a_branch_keeps_its_head_and_its_instant_and_takes_in_nothing_that_came_later(oficial):
    cabeza = aporte(consulta=consulta_que_pide())
    respuestas = hilo(cabeza, 3)
    borrador = reunir_rama(
        cabeza=cabeza, institucion=oficial.institucion, por=oficial, hasta=LUEGO,
        razon="Una para la conversación.", comunes=NADA, filas={}, ahora=LUEGO,
    ).borrador  # fmt: skip
    cubiertos = set(borrador.filas.values_list("aporte", flat=True))
    version = sellar_borrador(borrador=borrador, por=oficial, ahora=LUEGO)
    assert version.rama_n == len(cubiertos) > 1
    suya = next(r for r in respuestas if r.pk in cubiertos)
    retirar_aporte(aporte=suya, por=suya.autoria.cuenta, ahora=LUEGO)
    nuevo = tomar(version, oficial)
    assert (nuevo.rama_id, nuevo.rama_hasta) == (cabeza.pk, LUEGO)
    assert set(nuevo.filas.values_list("aporte", flat=True)) == cubiertos - {suya.pk}
    otra = sellar_borrador(borrador=nuevo, por=oficial, ahora=LUEGO)
    assert (otra.rama_id, otra.rama_hasta, otra.rama_n) == (cabeza.pk, LUEGO, len(cubiertos) - 1)


@pytest.mark.parametrize("publicado", [False, True], ids=["open", "published"])
def test_it_goes_back_to_its_batch_while_the_batch_is_open(oficial, publicado):
    consulta = ConsultaFactory()
    uno, dos = aporte(consulta=consulta), aporte(consulta=consulta)
    lote = crear_lote(
        nombre="Marzo", consulta=consulta, institucion=oficial.institucion, por=oficial, ahora=AHORA
    )
    versiones = [
        sellar_borrador(borrador=reunir([a], oficial, lote=lote), por=oficial, ahora=AHORA)
        for a in (uno, dos)
    ]
    if publicado:
        dejar_sin_efecto(version=versiones[1], motivo="Un error.", por=oficial, ahora=AHORA)
        publicar_lote(lote=lote, por=oficial, ahora=AHORA)
    nuevo = tomar(versiones[1], oficial)
    assert nuevo.lote_id == (None if publicado else lote.pk)
    sellar_borrador(borrador=nuevo, por=oficial, ahora=LUEGO)
    if not publicado:
        assert len(publicar_lote(lote=lote, por=oficial, ahora=LUEGO).versiones) == 2


def test_what_somebody_is_writing_about_one_of_many_stays_and_the_others_come_back(oficial):
    consulta = ConsultaFactory(conformidades=[Sector.GOBIERNO])
    uno, dos = aporte(consulta=consulta), aporte(consulta=consulta)
    version = sellar_borrador(borrador=reunir([uno, dos], oficial), por=oficial, ahora=AHORA)
    dejar_sin_efecto(version=version, motivo="Un error.", por=oficial, ahora=AHORA)
    escrito = reunir([uno], oficial, razon="Otra cosa.")
    nuevo = retomar(version=version, por=oficial, ahora=LUEGO)
    assert [f.aporte_id for f in nuevo.filas.all()] == [dos.pk]
    escrito.refresh_from_db()
    assert escrito.razon == "Otra cosa." and Borrador.objects.count() == 2


def test_when_nothing_of_it_waits_any_more_it_says_so(oficial):
    consulta = ConsultaFactory()
    uno = aporte(consulta=consulta)
    version = sellar_borrador(borrador=reunir([uno], oficial), por=oficial, ahora=AHORA)
    retirar_aporte(aporte=uno, por=uno.autoria.cuenta, ahora=AHORA)
    with pytest.raises(Conflicto):
        tomar(version, oficial)


# --- only the wording, for many


def publicada(oficial):
    asunto = AsuntoFactory()
    dos = [aporte(asunto=asunto) for _ in range(2)]
    version = responder_borrador(borrador=reunir(dos, oficial), por=oficial, ahora=AHORA)
    return dos, version


def corregir(dos, version, oficial, **extra):
    return reunir(
        dos, oficial, respuesta=version.respuesta, motivo_cambio="Más claro.",
        razon="La ley de hoy no lo permite.", **extra,
    )  # fmt: skip


def test_a_correction_of_many_may_say_that_only_the_wording_changes(client, oficial):
    dos, version = publicada(oficial)
    borrador = corregir(dos, version, oficial)
    ruta = f"/admin/participacion/respuestas/borradores/{borrador.pk}/"
    client.force_login(oficial)
    pagina = client.get(ruta).content.decode()
    assert 'name="solo_redaccion"' in pagina and "Solo mejora la redacción" in pagina
    datos = {
        "razon": borrador.razon, "motivo_cambio": "Más claro.", "visto": "", **NADA,
        "solo_redaccion": "on", "accion": "guardar",
    }  # fmt: skip
    assert client.post(ruta, datos).status_code == 302
    assert Borrador.objects.get(pk=borrador.pk).solo_redaccion
    assert re.search('name="solo_redaccion"[^>]* checked', client.get(ruta).content.decode())
    malo = datos | {"resultado": "aclaracion", "accion": "publicar"}
    respuesta = client.post(ruta, malo)
    assert respuesta.status_code == 422
    assert "campo--error" in respuesta.content.decode() and "checked" in respuesta.content.decode()
    assert client.post(ruta, datos | {"accion": "publicar"}).status_code == 302
    nueva = version.respuesta.versiones.get(n=2)
    assert nueva.solo_redaccion and nueva.publicada_en is not None


def test_a_first_answer_is_not_asked_and_cannot_say_so(client, oficial):
    asunto = AsuntoFactory()
    borrador = reunir([aporte(asunto=asunto) for _ in range(2)], oficial, solo_redaccion=True)
    assert not borrador.solo_redaccion
    client.force_login(oficial)
    ruta = f"/admin/participacion/respuestas/borradores/{borrador.pk}/"
    assert "solo_redaccion" not in client.get(ruta).content.decode()


def test_one_that_only_mends_the_wording_is_taken_up_again_as_such(oficial):
    dos, version = publicada(oficial)
    type(dos[0].consulta).objects.update(conformidades=[Sector.GOBIERNO])
    borrador = corregir(dos, version, oficial, solo_redaccion=True)
    sellada = sellar_borrador(borrador=borrador, por=oficial, ahora=LUEGO)
    assert sellada.solo_redaccion
    assert tomar(sellada, oficial).solo_redaccion


def test_the_flow_refuses_the_mark_where_a_row_decides_something_else(oficial):
    dos, version = publicada(oficial)
    borrador = corregir(
        dos, version, oficial, solo_redaccion=True, filas={dos[1].pk: {"resultado": "aclaracion"}}
    )
    with pytest.raises(DatoInvalido) as error:
        sellar_borrador(borrador=borrador, por=oficial, ahora=LUEGO)
    assert error.value.campo == "solo_redaccion"
