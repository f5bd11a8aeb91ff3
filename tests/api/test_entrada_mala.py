"""Whatever arrives, a clear message in Spanish and never a fault."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from consulta.aportes.models import Aporte
from tests.api.conftest import Programa, abierta, envio, sesion_de
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import version_publicada

pytestmark = pytest.mark.django_db

RAROS: list[Any] = [
    None, True, 0, -1, 1.5, 10**30, "", " ", "\x00", "a\x00b", "x" * 100_000, "<script>alert(1)</script>",
    "😀", "‮abc", "مرحبا", "'; DROP TABLE--", [], [1], ["a", ["b"]], {}, {"a": {"b": []}}, [None],
]  # fmt: skip
CAMPOS_DE_APORTE = [
    "tipo", "clave", "consulta", "fragmento", "padre", "titulo", "texto", "campos", "tema", "region",
    "tipo_autor", "firma", "organizacion", "institucional",
]  # fmt: skip


@pytest.mark.parametrize(
    "crudo",
    [
        b"", b"{", b"[", b"null", b"[]", b'"texto"', b"1", b"\x00", b"\xff\xfe", b"{'a': 1}",
        b'{"texto": NaN}', b'{"texto": Infinity}', b'{"texto": "\\ud800"}', b'{"\\udfff": 1}',
        b'{"tipo": "\\ud800"}', b"[" * 100_000, b'{"a":' * 50_000, b"9" * 10_000,
        b'{"n": 1e9999}', "ñ".encode("latin-1"),
    ],
    ids=lambda crudo: repr(crudo[:12]),
)  # fmt: skip
def test_a_body_that_is_no_sending_is_refused(crudo: bytes) -> None:
    sesion = sesion_de(UserFactory())
    for ruta in ("aportes/", "respuestas/"):
        respuesta = sesion.post(ruta, crudo)
        assert respuesta.status_code == 400, (ruta, respuesta.status_code)
        assert respuesta.json()["errores"]


def test_other_formats_and_huge_bodies_are_refused() -> None:
    sesion = sesion_de(UserFactory())
    formulario = sesion._pedir(
        "POST", "aportes/", data="tipo=propuesta", content_type="application/x-www-form-urlencoded"
    )
    assert (formulario.status_code, formulario.json()["codigo"]) == (415, "formato_no_admitido")
    enorme = sesion.post("aportes/", b'{"texto": "' + b"a" * 2_100_000 + b'"}')
    assert (enorme.status_code, enorme.json()["codigo"]) == (413, "demasiado_grande")


def test_a_megabyte_of_text_is_refused_with_its_length() -> None:
    datos = envio(consulta=abierta(propuestas=True).slug, texto="a" * 1_000_000)
    respuesta = sesion_de(UserFactory()).post("aportes/", datos)
    assert respuesta.status_code == 400
    assert respuesta.json()["errores"] == {
        "texto": ["El texto tiene 1.000.000 caracteres y el máximo es 10.000: acórtelo, por favor."]
    }


def test_every_field_with_every_odd_value_is_sent_or_refused() -> None:
    consulta = abierta(propuestas=True)
    sesion = sesion_de(UserFactory(oficial=True))
    for campo in CAMPOS_DE_APORTE:
        for raro in RAROS:
            datos = envio(consulta=consulta.slug) | {campo: raro}
            respuesta = sesion.post("aportes/", datos)
            assert respuesta.status_code in (200, 201, 400, 403), (campo, raro)
            if respuesta.status_code == 400:
                for nombre, mensajes in respuesta.json()["errores"].items():
                    assert nombre.isidentifier(), (campo, raro, nombre)
                    assert all(isinstance(m, str) and m for m in mensajes)


@pytest.mark.parametrize("campo", ["problema", "brecha", "valores", "actores"])
def test_odd_values_inside_a_proposal_are_sent_or_refused(campo: str) -> None:
    consulta = abierta(propuestas=True)
    sesion = sesion_de(UserFactory())
    for raro in RAROS:
        datos = envio(consulta=consulta.slug)
        datos["campos"] = {"problema": "Uno."} | {campo: raro}
        respuesta = sesion.post("aportes/", datos)
        assert respuesta.status_code in (201, 400), (campo, raro)
        if respuesta.status_code == 400:
            assert list(respuesta.json()["errores"]) == [campo], (raro, respuesta.content)


def test_every_field_of_a_decision_with_every_odd_value_is_refused() -> None:
    pendiente = aporte(consulta=abierta(propuestas=True), ahora=timezone.now())
    sesion = sesion_de(UserFactory(oficial=True))
    linea = {
        "aporte": pendiente.folio,
        "resultado": "aclaracion",
        "destino": {"porque_nada": "Ya."},
    }
    base = {"razon": "Razón.", "coberturas": [linea]}
    pedidos = [
        base | {c: r} for c in ("razon", "coberturas", "institucion", "respuesta") for r in RAROS
    ]
    pedidos += [
        base | {"coberturas": [linea | {c: r}]}
        for c in ("aporte", "resultado", "destino", "linea")
        for r in RAROS
    ]
    pedidos += [
        base | {"coberturas": [linea | {"destino": {c: r}}]}
        for c in ("fragmento", "compromiso", "evento", "porque_nada")
        for r in RAROS
    ]
    pedidos += [base | {"coberturas": [linea, linea]}, base | {"coberturas": [linea] * 1_001}]
    for datos in pedidos:
        respuesta = sesion.post("respuestas/", datos)
        assert respuesta.status_code in (201, 400, 403, 409), (datos, respuesta.content)


def test_control_characters_are_cleaned_and_the_words_kept(anonimo: Programa) -> None:
    datos = envio(
        consulta=abierta(propuestas=True).slug,
        texto="Antes\x00 y ‮después\r\n<b>no</b> 😀 مرحبا",
        titulo="Un\x00 título",
    )
    recibo = sesion_de(UserFactory()).post("aportes/", datos)
    visto = anonimo.leer(f"aportes/{recibo.json()['folio']}/")
    assert visto["texto"] == "Antes y después\n<b>no</b> 😀 مرحبا"
    assert visto["titulo"] == "Un título"


def test_what_does_not_fit_together_is_named() -> None:
    consulta, otra = abierta(propuestas=True), abierta()
    fragmento = version_publicada(otra, ["Uno."]).fragmentos.get()
    de_otra = aporte(asunto=fragmento.asunto, ahora=timezone.now())
    sesion = sesion_de(UserFactory())
    casos = [
        (envio(), "consulta"),
        (envio(consulta="no-existe"), "consulta"),
        (envio(consulta=consulta.slug, tema="no-existe"), "tema"),
        (envio(consulta=consulta.slug, tema=None), "tema"),
        (envio(consulta=consulta.slug, titulo=""), "titulo"),
        (envio(consulta=consulta.slug, fragmento=fragmento.pk), "fragmento"),
        (envio(consulta=consulta.slug, padre=de_otra.folio), "padre"),
        (envio(consulta=consulta.slug, tipo="observacion", fragmento=fragmento.pk), "fragmento"),
        (envio(tipo="observacion", fragmento=999_999), "fragmento"),
        (envio(tipo="replica"), "padre"),
        (envio(tipo="replica", padre="ZZ-9999"), "padre"),
        (envio(tipo="mesa", consulta=consulta.slug), "tipo"),
        (envio(consulta=consulta.slug, clave="no-es-uuid"), "clave"),
        (envio(consulta=consulta.slug, campos={"problema": ""}), "problema"),
    ]
    for datos, campo in casos:
        respuesta = sesion.post("aportes/", datos)
        assert respuesta.status_code == 400, (campo, respuesta.content)
        assert list(respuesta.json()["errores"]) == [campo]
    assert Aporte.objects.filter(canal="api").count() == 0


def test_a_wrong_value_does_not_spend_the_key() -> None:
    datos = envio(consulta=abierta(propuestas=True).slug, clave=str(uuid4()))
    sesion = sesion_de(UserFactory())
    assert sesion.post("aportes/", datos | {"texto": ""}).status_code == 400
    assert sesion.post("aportes/", datos).status_code == 201


@pytest.mark.parametrize(
    "ruta",
    [
        "pages/?id=abc", "pages/find/?id=abc", "pages/find/?html_path=/%00/", "pages/?type=x.Y",
        "pages/?type=cuentas.User", "pages/?fields=*(", "pages/?fields=owner", "pages/?limit=9999",
        "pages/?limit=x", "pages/?offset=-1", "pages/?child_of=x", "pages/?descendant_of=999",
        "pages/?order=owner", "pages/?search=%00", "pages/?title=%00", "pages/?site=x:y",
        "pages/?first_published_at=ayer", "pages/?type=noticias.NoticiaPage&fecha=ayer",
        "pages/?search=a&search_operator=x", "pages/?locale=xx", "pages/?translation_of=x",
        "pages/?type=noticias.NoticiaPage&imagen=abc", "images/?id=abc", "images/find/?id=%00",
        "images/?tags=a&search=b", "documents/?fields=uploaded_by_user", "documents/?order=file",
        "images/99999999999999999999/", "documents/find/?id=99999999999999999999", "pages/?search=",
        "aportes/%00/", "aportes/P-1/", "aportes/😀/", "consultas/%00/", "procesos/x/",
        "fragmentos/99999999999999999999/", "respuestas/1/versiones/1/coberturas/",
        "respuestas/99999999999999999999/", "aportes/T001-99999999999999/", "aportes/?format=xml",
        "aportes/T001-999999999/", "aportes/?institucion=99999999999999999999",
        "fragmentos/?version=999999999",
    ],
)  # fmt: skip
def test_odd_addresses_are_no_fault(anonimo: Programa, ruta: str) -> None:
    respuesta = anonimo.get(ruta)
    assert respuesta.status_code in (200, 400, 404), (ruta, respuesta.status_code)
    cuerpo = json.loads(respuesta.content)
    if respuesta.status_code != 200:
        assert cuerpo["errores"]


def test_a_nul_where_no_program_writes_one_is_refused() -> None:
    consulta, oficial = abierta(propuestas=True), sesion_de(UserFactory(oficial=True))
    archivo = {"consulta": f"{consulta.slug}\x00x", "archivo": SimpleUploadedFile("a.txt", b"a")}
    subido = Client().post("/api/v2/adjuntos/", archivo)
    assert (subido.status_code, subido.json()["codigo"]) == (400, "dato_invalido")
    assert oficial.get("respuestas/planillas/exportar/?consulta=%00").status_code == 404
    borrador = {
        "lugar": f"/consultas/{consulta.slug}/propuestas/nueva/",
        "campos": {"texto": ["Hola."], "raro\x00": ["x"]},
    }
    guardado = oficial.post("borradores/", borrador)
    assert (guardado.status_code, guardado.json()["campos"]) == (200, {"texto": ["Hola."]})
