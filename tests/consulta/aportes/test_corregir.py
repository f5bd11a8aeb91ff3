"""Correcting: a new version with its receipt; the former stays; what was answered stands."""

from datetime import timedelta

import pytest

from comun.errores import (
    Conflicto,
    DatoInvalido,
    DemasiadosIntentos,
    FueraDePlazo,
    SinPermiso,
)
from comun.registro import Aviso
from consulta.aportes.enums import mascara_de_valores
from consulta.aportes.flows.corregir import corregir_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte, Recuento
from consulta.aportes.recuentos import descuadres
from consulta.aportes.semejanza.semejantes import semejantes
from consulta.aportes.versiones import corregido_en, versiones_publicas
from consulta.respuestas.flows.revisar import pedir_revision
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido, contenido_de_propuesta
from tests.factories.archivos import imagen
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory
from tests.factories.respuestas import responder
from tests.factories.subidas import elegido

pytestmark = pytest.mark.django_db
MINUTO = timedelta(minutes=1)


def corregir(fila: Aporte, texto: str = "Otra cosa.", **campos: object) -> Aporte:
    datos: dict = {
        "aporte": fila,
        "contenido": contenido(texto),
        "por": fila.autoria.cuenta,
        "version": fila.version,
        "ahora": AHORA + timedelta(hours=1),
    } | campos
    return corregir_aporte(**datos)


def test_a_correction_is_a_new_version_with_its_own_receipt():
    fila = aporte()
    hecha = corregir(fila)
    assert hecha.version == 2
    assert Aporte.objects.get().contenido.texto == "Otra cosa."
    assert fila.versiones.count() == 2
    assert sorted(Aviso.objects.filter(razon="recibo").values_list("version", flat=True)) == [1, 2]


def test_within_ten_minutes_it_is_not_marked_and_later_it_is():
    fila = aporte()
    hecha = corregir(fila, "Sin faltas.", ahora=AHORA + 9 * MINUTO)
    assert corregido_en(hecha) is None
    despues = corregir(hecha, "Otra idea.", ahora=AHORA + 10 * MINUTO)
    assert corregido_en(despues) == AHORA + 10 * MINUTO
    publicas = versiones_publicas(despues, despues.versiones.all())
    assert [v.texto for v in publicas] == ["Sin faltas.", "Otra idea."]


def test_the_same_text_changes_nothing():
    fila = aporte()
    with pytest.raises(Conflicto, match="No cambió nada"):
        corregir(fila, fila.contenido.texto or "")
    assert fila.versiones.count() == 1


def test_a_second_tab_does_not_write_over_the_first():
    fila = aporte()
    corregir(fila)
    with pytest.raises(Conflicto, match="otra pestaña"):
        corregir(fila, "Desde la otra pestaña.", version=1)


def test_after_the_answer_it_stands_as_it_was_answered():
    fila = aporte()
    responder(fila)
    with pytest.raises(Conflicto, match="ya tiene respuesta"):
        corregir(fila)


def test_while_its_answer_is_under_review_it_stands_as_it_was_answered():
    """The review empties `respondido_en`, and the answer stands: nothing is changed under it."""
    fila = aporte()
    responder(fila)
    pedir_revision(
        aporte=fila, texto="No dice por qué.", version=1, por=fila.autoria.cuenta, ahora=AHORA
    )
    fila.refresh_from_db()
    assert not fila.esta_respondido
    with pytest.raises(Conflicto, match="tampoco mientras la respuesta se revisa"):
        corregir(fila)
    assert fila.versiones.count() == 1


def test_after_closing_it_stands():
    fila = aporte()
    with pytest.raises(FueraDePlazo):
        corregir(fila, ahora=fila.consulta.etapa.fin)


def test_only_its_author_corrects_by_account_or_code():
    fila = aporte()
    with pytest.raises(SinPermiso):
        corregir(fila, por=UserFactory())
    with pytest.raises(SinPermiso):
        corregir(fila, por=None, codigo="AAAA-BBBB-CCCC")


def test_a_proposal_is_corrected_whole_and_its_classification_alone_counts():
    fila = aporte(consulta=ConsultaFactory(propuestas=True))
    igual = contenido_de_propuesta(tema=fila.tema)
    hecha = corregir(fila, contenido=contenido_de_propuesta(tema=fila.tema, region="13"))
    assert hecha.region == "13"
    with pytest.raises(DatoInvalido) as error:
        corregir(hecha, contenido=contenido_de_propuesta(tema=fila.tema, titulo=""))
    assert error.value.campo == "titulo"
    assert corregir(hecha, contenido=igual).region == "08"


def test_a_corrected_proposal_is_found_by_what_it_says_now():
    fila = aporte(consulta=ConsultaFactory(propuestas=True))
    nuevo = contenido_de_propuesta(
        tema=fila.tema,
        titulo="Bibliotecas ambulantes rurales",
        campos={"problema": "Faltan bibliotecas ambulantes.", "valores": ["participacion"]},
    )
    hecha = corregir(fila, contenido=nuevo)
    hecha.refresh_from_db()
    assert hecha.valores == mascara_de_valores(["participacion"])
    hallados = semejantes(fila.consulta, "bibliotecas ambulantes", "faltan")
    assert [s.aporte_id for s in hallados] == [fila.pk]


def test_files_alone_are_a_correction_and_those_not_kept_end_with_the_former_version():
    fila = aporte(consulta=ConsultaFactory(propuestas=True))
    por, igual = fila.autoria.cuenta, contenido_de_propuesta(tema=fila.tema)
    hecha = corregir(fila, contenido=igual, adjuntos=[elegido(fila.consulta, por)])
    primero = hecha.adjuntos.get()
    assert (hecha.version, primero.desde, primero.hasta) == (2, 2, None)
    foto = elegido(fila.consulta, por, nombre="f.png", datos=imagen("PNG"))
    hecha = corregir(hecha, contenido=igual, adjuntos=[foto])
    assert hecha.adjuntos.filter(hasta=None).count() == 2
    hecha = corregir(hecha, contenido=igual, conservar=[])
    assert set(hecha.adjuntos.values_list("desde", "hasta")) == {(2, 3), (3, 3)}
    with pytest.raises(Conflicto, match="No cambió nada"):
        corregir(hecha, contenido=igual, conservar=[])


def test_one_contribution_is_corrected_so_often_an_hour_since_each_time_sends_a_receipt(settings):
    settings.LIMITES = settings.LIMITES | {"corregir": (2, 3600)}
    fila = corregir(corregir(aporte(), "Dos."), "Tres.")
    with pytest.raises(DemasiadosIntentos):
        corregir(fila, "Cuatro.")
    assert Aporte.objects.get().version == 3
    assert Aviso.objects.filter(razon="recibo").count() == 3
    corregir(aporte(), "De otro aporte.")


def test_a_corrected_stance_moves_from_one_sum_to_the_other():
    consulta = ConsultaFactory(pide_postura=True)
    fila = aporte(consulta=consulta, dice=contenido(postura="contra"))
    hecha = corregir(fila, contenido=contenido("Mejor así.", postura="favor"))
    sumas = Recuento.objects.get(asunto=fila.asunto)
    assert (hecha.postura, sumas.favor, sumas.contra) == ("favor", 1, 0)
    corregir(hecha, "Sin decirla otra vez.")
    retirar_aporte(aporte=hecha, por=fila.autoria.cuenta, ahora=AHORA)
    assert not list(descuadres(consulta))


def test_nobody_takes_a_stance_where_none_is_asked():
    fila = aporte()
    with pytest.raises(DatoInvalido) as error:
        corregir(fila, contenido=contenido("Otra.", postura="favor"))
    assert error.value.campo == "postura"
    replica = aporte(
        padre=aporte(consulta=ConsultaFactory(pide_postura=True), dice=contenido(postura="favor"))
    )
    with pytest.raises(DatoInvalido):
        corregir(replica, contenido=contenido("Otra.", postura="contra"))
