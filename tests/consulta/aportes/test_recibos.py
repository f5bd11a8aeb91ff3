"""A receipt proves what was written, against the chain alone, for as long as someone keeps it."""

import json
import subprocess
import sys
from copy import deepcopy
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comun import cadena
from comun.auditoria import compromiso
from comun.avisos import enviar_aviso
from comun.errores import DatoInvalido
from comun.flows.sellar import sellar
from comun.registro import Aviso, Evento, EventoDetalle, Redaccion
from consulta.aportes.flows.corregir import corregir_aporte
from consulta.aportes.models import AporteVersion, Autoria
from consulta.aportes.recibos import (
    como_texto,
    en_grupos,
    evento_de,
    huella_de_texto,
    recibo_de,
)
from consulta.aportes.verificar import leer_recibo, verificar_huella, verificar_recibo
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido
from tests.factories.cadena import eventos, sin_gatillos

pytestmark = pytest.mark.django_db
PROGRAMA = Path(__file__).parents[3] / "site" / "static" / "verificar" / "verificar_recibo.py"


def recibo(fila=None, *, sellado=True):
    fila = fila or aporte()
    if sellado:
        sellar(ahora=AHORA)
    return recibo_de(fila, ahora=AHORA)


def borrar_los_datos_de(fila):
    """What an erasure does: the person and what events say go, the text with a redaction."""
    Autoria.objects.filter(aporte=fila).delete()
    EventoDetalle.objects.filter(evento__objeto=f"aportes.aporte:{fila.pk}").delete()
    for version in AporteVersion.objects.filter(aporte=fila):
        Redaccion.objects.create(
            objeto=f"aportes.aporteversion:{version.pk}",
            motivo="m",
            base_legal="b",
            por="",
            en=AHORA,
        )
        AporteVersion.objects.filter(pk=version.pk).update(texto=None, titulo=None, campos=None)


def test_a_sealed_receipt_is_whole():
    resultado = verificar_recibo(leer_recibo(como_texto(recibo())))
    assert resultado.estado == "bien", resultado.fallas
    assert resultado.sello.n == 1


def test_a_receipt_just_given_waits_for_its_seal():
    dado = recibo(sellado=False)
    assert dado["prueba"] is None and dado["cabeza"] is None
    assert verificar_recibo(dado).estado == "pendiente"
    sellar(ahora=AHORA)
    assert verificar_recibo(dado).estado == "bien"


def test_the_fingerprint_binds_the_words_and_hides_them():
    fila = aporte(dice=contenido("Cuidemos el agua."))
    dado = recibo(fila)
    evento = dado["evento"]
    detalle = {"actor": evento["actor"], **dado["detalle"]}
    assert compromiso(dado["sal"], detalle) == evento["compromiso"]
    assert dado["detalle"]["despues"]["sha256"] == huella_de_texto(fila.contenido)
    assert len(dado["sal"]) == 32
    # Without the salt, knowing everything else gives nothing.
    assert compromiso("0" * 32, detalle) != evento["compromiso"]


def test_a_correction_has_a_receipt_of_its_own_and_the_former_still_holds():
    fila = aporte()
    primero = recibo(fila)
    corregido = corregir_aporte(
        aporte=fila,
        contenido=contenido("Otras palabras."),
        por=fila.autoria.cuenta,
        version=1,
        ahora=AHORA,
    )
    segundo = recibo(corregido)
    assert segundo["contenido"]["texto"] == "Otras palabras."
    assert segundo["detalle"]["despues"]["n"] == 2
    assert verificar_recibo(segundo).estado == "bien"
    antes = verificar_recibo(primero)
    assert antes.estado == "bien" and any("versión 1" in paso.que for paso in antes.pasos)


def test_the_same_words_sent_twice_have_two_fingerprints():
    uno, otro = aporte(), aporte()
    assert evento_de(uno).compromiso != evento_de(otro).compromiso


@pytest.mark.parametrize(
    ("donde", "dice"),
    [
        (("contenido", "texto"), "El texto del recibo no es el que se registró"),
        (("sal",), "La huella del recibo no corresponde"),
        (("detalle", "despues", "tipo"), "La huella del recibo no corresponde"),
        (("evento", "compromiso"), "La huella del recibo no corresponde"),
        (("evento", "verbo"), "no es el que cita el recibo"),
        (("evento", "objeto"), "no es el que cita el recibo"),
        (("folio",), "El folio del recibo"),
        (("cabeza", "sha256"), "fue reescrita"),
    ],
)
def test_one_thing_changed_in_a_receipt_is_named(donde, dice):
    dado = deepcopy(recibo())
    dentro = dado
    for clave in donde[:-1]:
        dentro = dentro[clave]
    dentro[donde[-1]] = "otra"
    resultado = verificar_recibo(dado)
    assert resultado.estado == "mal"
    assert any(dice in falla for falla in resultado.fallas), resultado.fallas


def test_an_event_changed_behind_the_portal_shows_in_every_receipt_of_its_seal():
    mio, ajeno = aporte(), aporte()
    dado = recibo(mio)
    with sin_gatillos():
        Evento.objects.filter(pk=evento_de(ajeno).pk).update(compromiso="f" * 64)
    resultado = verificar_recibo(dado)
    assert resultado.estado == "mal" and "algún evento fue cambiado" in resultado.fallas[0]


def test_an_event_that_is_gone_is_said():
    dado = recibo()
    dado["evento"]["seq"] = 10**9
    assert "no tiene el evento" in verificar_recibo(dado).fallas[0]


def test_a_receipt_still_holds_after_another_person_was_erased():
    mio, ajeno = aporte(), aporte()
    dado = recibo(mio)
    borrar_los_datos_de(ajeno)
    sellar(ahora=AHORA)
    assert verificar_recibo(dado).estado == "bien"
    assert recibo_de(ajeno, ahora=AHORA) is None


def test_whoever_was_erased_and_kept_the_receipt_can_still_prove_what_they_sent():
    fila = aporte()
    dado = recibo(fila)
    borrar_los_datos_de(fila)
    resultado = verificar_recibo(dado)
    assert resultado.estado == "bien"
    assert any("fueron borrados" in paso.que for paso in resultado.pasos)


def test_folio_and_fingerprint_are_enough_however_they_are_typed():
    fila = aporte()
    sellar(ahora=AHORA)
    huella = evento_de(fila).compromiso
    for escrita in (huella, huella.upper(), huella[:16], " ".join([huella[:4], huella[4:]])):
        assert verificar_huella(fila, escrita).estado == "bien"
    assert verificar_huella(aporte(), huella).estado == "mal"
    assert verificar_huella(None, huella).estado == "mal"
    for mala in ("", "abcd", "g" * 64, huella + "0", "😀" * 20):
        with pytest.raises(DatoInvalido):
            verificar_huella(fila, mala)


@pytest.mark.parametrize(
    "texto",
    [
        "",
        "hola",
        "[]",
        "{}",
        "null",
        '{"formato": "recibo-de-aporte/1"}',
        "[" * 100_000,
        "9" * 500_000,
    ],
)
def test_what_is_no_receipt_is_refused(texto):
    with pytest.raises(DatoInvalido):
        leer_recibo(texto)


@pytest.mark.parametrize(
    ("clave", "valor"),
    [
        ("evento", {"seq": True}), ("evento", []), ("detalle", {"despues": 1}), ("contenido", 1),
        ("sal", None), ("folio", 7),
    ],
)  # fmt: skip
def test_a_receipt_with_a_part_of_another_kind_is_refused(clave, valor):
    dado = recibo(sellado=False) | {clave: valor}
    with pytest.raises(DatoInvalido):
        leer_recibo(json.dumps(dado))


def test_the_mail_quotes_the_newest_seal_and_brings_the_receipt(settings):
    eventos(1)
    sellar(ahora=AHORA)
    fila = aporte(dice=contenido("Ñandúes y niñez: 100 % 🌱"))
    enviar_aviso.call(Aviso.objects.get(razon="recibo").pk)
    correo = mail.outbox[0]
    # As it travels: the bytes a mailbox keeps are the ones its owner will verify.
    carta = message_from_bytes(correo.message().as_bytes(), policy=policy.default)
    (adjunto,) = carta.iter_attachments()
    assert adjunto.get_filename() == f"recibo-{fila.folio}.json"
    assert adjunto.get_content_type() == "application/json"
    archivo = adjunto.get_content().decode()
    assert "Ñandúes" in archivo
    assert cadena.cabeza().sha256 in correo.body
    assert evento_de(fila).compromiso[:4] in correo.body
    sellar(ahora=AHORA)
    assert verificar_recibo(leer_recibo(archivo)).estado == "bien"


def test_a_mail_that_leaves_late_brings_the_receipt_of_the_words_it_tells():
    fila = aporte(dice=contenido("Lo primero que dije."))
    corregir_aporte(
        aporte=fila, contenido=contenido("Lo que digo hoy."), por=fila.autoria.cuenta, version=1,
        ahora=AHORA,
    )  # fmt: skip
    sellar(ahora=AHORA)
    for n, dicho in ((1, "Lo primero que dije."), (2, "Lo que digo hoy.")):
        enviar_aviso.call(Aviso.objects.get(razon="recibo", version=n).pk)
        correo = mail.outbox[-1]
        assert en_grupos(evento_de(fila, n).compromiso)[:39] in correo.body
        dado = json.loads(correo.attachments[0][1])
        assert (dado["contenido"]["texto"], dado["detalle"]["despues"]["n"]) == (dicho, n)
        assert verificar_recibo(dado).estado == "bien"


def test_the_test_vectors_of_the_documents_hold():
    vectores = (PROGRAMA.parents[3] / "docs" / "recibos.md").read_text()
    ejemplo = json.loads(vectores.partition("```json\n")[2].partition("```")[0])
    salida = correr_con(ejemplo, "--sin-cadena")
    assert salida.returncode == 0, salida.stdout


def correr(*argumentos):
    orden = [sys.executable, "-I", str(PROGRAMA), *map(str, argumentos)]
    return subprocess.run(orden, capture_output=True, text=True, timeout=60, check=False)


def correr_con(dado, *argumentos):
    import tempfile

    with tempfile.TemporaryDirectory() as carpeta:
        ruta = Path(carpeta) / "recibo.json"
        ruta.write_text(json.dumps(dado), encoding="utf-8")
        return correr(ruta, *argumentos)


@pytest.mark.django_db(transaction=True)
def test_the_program_checks_a_receipt_against_a_live_site(live_server, tmp_path, client):
    mio, ajeno = aporte(), aporte()
    for _ in range(3):
        sellar(ahora=AHORA)
        eventos(2)
    dado = recibo(mio)
    borrar_los_datos_de(ajeno)
    bien = correr_con(dado, "--portal", live_server.url)
    assert bien.returncode == 0, bien.stdout + bien.stderr
    assert "TODO CUADRA" in bien.stdout
    (tmp_path / "cadena.json").write_bytes(client.get("/verificar/cadena.json").content)
    hojas = b"".join(client.get("/verificar/cadena/1.json").streaming_content)
    (tmp_path / "1.json").write_bytes(hojas)
    archivos = ("--cadena", tmp_path / "cadena.json", "--hojas", tmp_path / "1.json")
    assert correr_con(dado, *archivos).returncode == 0
    dado["contenido"]["texto"] = "Otra cosa."
    mal = correr_con(dado, "--portal", live_server.url)
    assert mal.returncode == 1 and "✗ El texto no es" in mal.stdout
    nuevo = recibo(aporte(), sellado=False)
    assert correr_con(nuevo, "--portal", live_server.url).returncode == 3
    assert correr_con({}, "--portal", live_server.url).returncode == 2
    assert correr_con(dado, "--portal", "file:///etc").returncode == 2
    with sin_gatillos():
        Evento.objects.filter(pk=evento_de(ajeno).pk).update(verbo="otro")
    dado = recibo(mio)
    cambiado = correr_con(dado, "--portal", live_server.url)
    assert cambiado.returncode == 1, cambiado.stdout


def test_a_receipt_for_the_mail_reads_no_leaf_of_its_seal():
    fila = aporte()
    sellar(ahora=AHORA)
    entero = recibo_de(fila, ahora=AHORA)
    with CaptureQueriesContext(connection) as leidas:
        sin = recibo_de(fila, ahora=AHORA, con_prueba=False)
    assert sin == entero | {"prueba": None} and entero["prueba"]
    assert not [q for q in leidas.captured_queries if 'seq" >=' in q["sql"]]
