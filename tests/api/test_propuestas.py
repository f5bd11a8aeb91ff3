"""What the API does for proposals: files, similar ones, groups, points, what came by other ways."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from consulta.aportes.models import Adjunto, Aporte
from tests.api.conftest import RAIZ, Programa, abierta, envio, sesion_de
from tests.factories.aportes import aporte
from tests.factories.archivos import imagen, pdf
from tests.factories.cuentas import UserFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db


@pytest.fixture
def consulta():
    return abierta(propuestas=True)


@pytest.fixture
def oficial() -> Programa:
    return sesion_de(UserFactory(oficial=True))


def propuesta(consulta: Any, **campos: Any) -> Aporte:
    return aporte(consulta=consulta, ahora=timezone.now(), **campos)


def subir(programa: Programa, consulta: Any, nombre: str = "acta.pdf", datos: bytes = b"") -> Any:
    return Client().post(
        f"{RAIZ}adjuntos/",
        {"consulta": consulta.slug, "archivo": SimpleUploadedFile(nombre, datos or pdf())},
        headers={"X-Session-Token": programa.token} if programa.token else {},
    )


def test_a_file_is_uploaded_sent_read_corrected_and_taken_off(consulta, anonimo):
    autora = sesion_de(UserFactory(participante=True))
    subido = subir(autora, consulta)
    assert subido.status_code == 201, subido.content
    elegido = {"token": subido.json()["token"], "descripcion": "El acta"}
    folio = autora.post("aportes/", envio(consulta=consulta.slug, adjuntos=[elegido])).json()[
        "folio"
    ]
    (leido,) = anonimo.leer(f"aportes/{folio}/")["adjuntos"]
    assert (leido["nombre"], leido["descripcion"]) == ("acta.pdf", "El acta")
    assert anonimo.get(leido["url"]).status_code == 200

    foto = subir(autora, consulta, "foto.png", imagen("PNG")).json()["token"]
    palabras = {k: v for k, v in envio().items() if k not in ("tipo", "clave")}
    corregido = autora.post(
        f"aportes/{folio}/corregir/",
        palabras | {"version": 1, "adjuntos": [{"token": foto}], "conservar": []},
    )
    assert corregido.status_code == 200, corregido.content
    assert [a["nombre"] for a in corregido.json()["adjuntos"]] == ["foto.png"]
    assert Adjunto.objects.get(pk=leido["id"]).hasta == 1


def test_a_bad_or_missing_file_is_said_in_spanish(consulta):
    autora = sesion_de(UserFactory(participante=True))
    malo = subir(autora, consulta, "pagina.pdf", b"<html></html>")
    assert malo.status_code == 422 or malo.status_code == 400, malo.content
    assert "contenido" in malo.content.decode()
    consulta.acepta_invitados = False
    consulta.save()
    sin_sesion = subir(Programa(), consulta)
    assert sin_sesion.status_code in (401, 403)
    invento = autora.post("aportes/", envio(consulta=consulta.slug, adjuntos=[{"token": "x"}]))
    assert "adjúntelo de nuevo" in str(invento.json())


def test_lists_are_narrowed_by_files_and_by_outcome(consulta, anonimo):
    autora = sesion_de(UserFactory(participante=True))
    token = subir(autora, consulta).json()["token"]
    con = autora.post(
        "aportes/", envio(consulta=consulta.slug, adjuntos=[{"token": token}])
    ).json()["folio"]
    respondida = propuesta(consulta)
    responder(respondida)
    resultado = anonimo.leer(f"aportes/{respondida.folio}/")["respuesta"]["resultado"]

    def folios(consulta_de_texto: str) -> list[str]:
        return [a["folio"] for a in anonimo.leer(f"aportes/?{consulta_de_texto}")["resultados"]]

    assert folios("adjuntos=si") == [con]
    assert folios(f"resultado={resultado}") == [respondida.folio]
    assert anonimo.get("aportes/?adjuntos=quizas").status_code in (400, 422)


def test_similar_ones_are_found_before_sending(consulta, anonimo):
    otra = propuesta(consulta)
    hallado = anonimo.post(
        "semejantes/", {"consulta": consulta.slug, "titulo": "Presupuesto comunal abierto"}
    )
    assert hallado.status_code == 200, hallado.content
    (una,) = hallado.json()
    assert una["folio"] == otra.folio
    assert 0 < una["parecido"] <= 1
    assert anonimo.post("semejantes/", {"consulta": "no-hay", "titulo": "x"}).status_code >= 400


def test_officials_merge_divide_and_undo(consulta, oficial, anonimo):
    una, otra = propuesta(consulta), propuesta(consulta)
    grupo = {
        "folios": [una.folio, otra.folio],
        "titulo": "Presupuestos",
        "texto": "Piden lo mismo.",
        "motivo": "Un solo tema.",
    }
    hecho = oficial.post("grupos/", grupo)
    assert hecho.status_code == 201, hecho.content
    pk = hecho.json()["id"]
    assert anonimo.leer(f"grupos/{pk}/")["folios"] == [una.folio, otra.folio]
    repetido = oficial.post("grupos/", grupo)
    assert repetido.status_code == 409, repetido.content
    assert oficial.post(f"grupos/{pk}/deshacer/", {"motivo": ""}).status_code in (400, 422)
    deshecho = oficial.post(f"grupos/{pk}/deshacer/", {"motivo": "Eran dos."})
    assert deshecho.json()["deshecho_en"]

    partes = [
        {"texto": "Los presupuestos comunales no se entienden."},
        {"texto": "Publicar cada presupuesto comunal como datos abiertos.", "titulo": "Publicar"},
    ]
    dividida = oficial.post(
        f"aportes/{una.folio}/dividir/", {"puntos": partes, "motivo": "Son dos temas."}
    )
    assert dividida.status_code == 201, dividida.content
    assert len(anonimo.leer(f"aportes/{una.folio}/")["puntos"]) == 2
    inventado = oficial.post(
        f"aportes/{otra.folio}/dividir/",
        {"puntos": [{"texto": "No lo dijo."}, {"texto": "Tampoco."}], "motivo": "x"},
    )
    assert "copie el pasaje" in str(inventado.json())


def test_nobody_else_merges_divides_nor_enters(consulta):
    una, otra = propuesta(consulta), propuesta(consulta)
    participante = sesion_de(UserFactory(participante=True))
    grupo = {"folios": [una.folio, otra.folio], "titulo": "a", "texto": "b", "motivo": "c"}
    assert participante.post("grupos/", grupo).status_code == 403
    partes = {"puntos": [{"texto": "a"}, {"texto": "b"}], "motivo": "c"}
    assert participante.post(f"aportes/{una.folio}/dividir/", partes).status_code == 403
    assert participante.post("ingresos/", ingreso(consulta)).status_code == 403


def ingreso(consulta: Any, **campos: Any) -> dict[str, Any]:
    base = {k: v for k, v in envio().items() if k != "tipo"}
    return (
        base
        | {
            "clave": str(uuid4()),
            "consulta": consulta.slug,
            "canal": "oficio",
            "recibido": timezone.localdate().isoformat(),
            "referencia": "Oficio 7",
            "correo": "junta@ejemplo.example",
            "organizacion": "Junta de Vecinos",
        }
        | campos
    )


def test_the_secretariat_enters_a_letter_once(consulta, anonimo):
    secretaria = sesion_de(UserFactory(secretaria=True))
    dicho = ingreso(consulta)
    hecho = secretaria.post("ingresos/", dicho)
    assert hecho.status_code == 201, hecho.content
    assert secretaria.post("ingresos/", dicho).json()["folio"] == hecho.json()["folio"]
    leido = anonimo.get(f"aportes/{hecho.json()['folio']}/")
    assert leido.json()["canal"] == "oficio"
    assert "junta@ejemplo" not in leido.content.decode()
    sin_numero = secretaria.post("ingresos/", ingreso(consulta, referencia=""))
    assert "número del oficio" in str(sin_numero.json())
    assert Aporte.objects.count() == 1
