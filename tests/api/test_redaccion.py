"""Officials' programs prepare answers: for many, for a conversation, by points, in batches, on sheets."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone
from openpyxl import load_workbook

from consulta.aportes.flows.dividir import PuntoPropuesto, dividir_propuesta
from consulta.respuestas.models import Borrador, RespuestaVersion
from tests.api.conftest import Programa, sesion_de
from tests.factories.aportes import aporte, contenido_de_propuesta
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory, EtapaFactory

pytestmark = pytest.mark.django_db
NADA = {"resultado": "no_incorporada", "destino": {"porque_nada": "La norma ya lo regula."}}


@pytest.fixture
def consulta():
    ahora = timezone.now()
    etapa = EtapaFactory(inicio=ahora - timedelta(days=5), fin=ahora + timedelta(days=5))
    return ConsultaFactory(etapa=etapa)


@pytest.fixture
def oficial():
    return UserFactory(oficial=True)


@pytest.fixture
def programa(oficial):
    return sesion_de(oficial)


def creado(respuesta: Any, codigo: int = 201) -> Any:
    assert respuesta.status_code == codigo, respuesta.content[:600]
    return respuesta.json()


def test_one_for_many_by_a_program(programa, consulta):
    uno, dos = (aporte(consulta=consulta, ahora=timezone.now()) for _ in range(2))
    hecho = creado(
        programa.post(
            "respuestas/borradores/",
            {"razon": "No lo permite la ley.", "comunes": NADA,
             "filas": [{"aporte": uno.folio}, {"aporte": dos.folio, "linea": "Gracias."}]},
        )
    )  # fmt: skip
    assert hecho["reparos"] == [] and len(hecho["filas"]) == 2
    ruta = f"respuestas/borradores/{hecho['id']}/"
    cambio = programa.enviar("PATCH", ruta, {"razon": "Otra razón.", "visto": hecho["visto"]})
    assert creado(cambio, 200)["razon"] == "Otra razón."
    publicada = creado(programa.post(f"{ruta}publicar/"))
    assert publicada["publicada_en"] and not Borrador.objects.exists()


def test_a_conversation_by_a_program_says_up_to_when(programa, consulta):
    raiz = aporte(consulta=consulta, ahora=timezone.now())
    aporte(padre=raiz, ahora=timezone.now())
    hecho = creado(
        programa.post(
            "respuestas/borradores/",
            {"razon": "Va.", "comunes": NADA, "rama": {"cabeza": raiz.folio}},
        )
    )
    publicada = creado(programa.post(f"respuestas/borradores/{hecho['id']}/publicar/"))
    leida = programa.leer(f"respuestas/{publicada['respuesta']}/")
    assert (leida["vigente"]["rama"], leida["vigente"]["rama_n"]) == (raiz.folio, 2)


def test_points_are_answered_and_read(programa, consulta):
    etapa = EtapaFactory(
        tipo="recepcion", inicio=timezone.now() - timedelta(days=1),
        fin=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    uno = aporte(
        consulta=ConsultaFactory(etapa=etapa), ahora=timezone.now(),
        dice=contenido_de_propuesta(texto="Primero esto.\n\nSegundo aquello."),
    )  # fmt: skip
    dividir_propuesta(
        aporte=uno, puntos=[PuntoPropuesto("Primero esto."), PuntoPropuesto("Segundo aquello.")],
        motivo="Dos materias.", por=UserFactory(secretaria=True),
    )  # fmt: skip
    linea = {"aporte": uno.folio, **NADA, "puntos": [
        {"n": 1, **NADA}, {"n": 2, "resultado": "aclaracion", "destino": {"porque_nada": "Ya está."}},
    ]}  # fmt: skip
    creado(programa.post("respuestas/", {"razon": "Por puntos.", "coberturas": [linea]}))
    dicho = programa.leer(f"aportes/{uno.folio}/")["respuesta"]
    assert [p["resultado"] for p in dicho["puntos"]] == ["no_incorporada", "aclaracion"]
    assert dicho["resultado"] == "no_incorporada"
    de_menos = linea | {"puntos": linea["puntos"][:1]}
    mala = programa.post("respuestas/", {"razon": "x", "coberturas": [de_menos]})
    assert mala.status_code in (400, 409)


def test_a_batch_by_a_program(programa, consulta):
    lote = creado(programa.post("respuestas/lotes/", {"nombre": "A", "consulta": consulta.slug}))
    for _ in range(2):
        uno = aporte(consulta=consulta, ahora=timezone.now())
        creado(programa.post("respuestas/borradores/", {
            "razon": f"Razón {uno.n}.", "comunes": NADA, "filas": [{"aporte": uno.folio}],
            "lote": lote["id"]}))  # fmt: skip
    ruta = f"respuestas/lotes/{lote['id']}/"
    assert len(creado(programa.post(f"{ruta}sellar/"), 200)["selladas"]) == 2
    simulado = creado(programa.post(f"{ruta}publicar/", {"simular": True}), 200)
    assert len(simulado["publicadas"]) == 2
    assert not RespuestaVersion.objects.publicadas().exists()
    creado(programa.post(f"{ruta}publicar/"), 200)
    leido = programa.leer(ruta)
    assert (leido["borradores"], leido["selladas"], leido["publicadas"]) == (0, 0, 2)


def test_a_sheet_goes_out_and_comes_back_by_a_program(programa, consulta):
    aporte(consulta=consulta, ahora=timezone.now())
    salida = programa.get(f"respuestas/planillas/exportar/?consulta={consulta.slug}")
    libro = load_workbook(io.BytesIO(b"".join(salida.streaming_content)))
    hoja = libro["Respuestas"]
    for columna, valor in (("G", "Aclaración"), ("H", "Era una duda."), ("L", "x")):
        hoja[f"{columna}2"] = valor
    caja = io.BytesIO()
    libro.save(caja)
    caja.seek(0)
    caja.name = "r.xlsx"
    cuerpo = encode_multipart(BOUNDARY, {"consulta": consulta.slug, "archivo": caja})
    subida = creado(programa._pedir("POST", "respuestas/planillas/", data=cuerpo,
                                    content_type=MULTIPART_CONTENT))  # fmt: skip
    assert subida["cuentas"] == {"aceptada": 1}
    hecha = creado(programa.post(f"respuestas/planillas/{subida['id']}/confirmar/"), 200)
    assert hecha["estado"] == "aplicada" and Borrador.objects.count() == 1
    creado(programa.post(f"respuestas/planillas/{subida['id']}/desechar/"), 200)
    assert not Borrador.objects.exists()


def test_participants_and_other_institutions_are_refused(programa, consulta):
    uno = aporte(consulta=consulta, ahora=timezone.now())
    hecho = creado(programa.post("respuestas/borradores/", {"filas": [{"aporte": uno.folio}]}))
    otro = sesion_de(UserFactory(oficial=True))
    assert otro.get(f"respuestas/borradores/{hecho['id']}/").status_code == 404
    persona = sesion_de(UserFactory())
    for ruta in ("respuestas/borradores/", "respuestas/lotes/"):
        assert persona.get(ruta).status_code == 403
        assert Programa().get(ruta).status_code == 401
