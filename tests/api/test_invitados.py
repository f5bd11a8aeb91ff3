"""Over the API: a guest sends, confirms, follows, corrects and withdraws without any account."""

import pytest

from consulta.aportes.codigos import vale_de
from consulta.aportes.models import Aporte
from cuentas.models import Representacion
from tests.api.conftest import Programa, abierta, envio, sesion_de
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db


def test_a_guests_whole_life(anonimo: Programa) -> None:
    consulta = abierta(propuestas=True)
    datos = envio(consulta=consulta.slug) | {"correo": "rosa@b.cl", "tramo_edad": "adulto"}
    recibido = anonimo.post("aportes/", datos)
    assert recibido.status_code == 202, recibido.content
    assert recibido.json()["estado"] == "por_confirmar"
    assert anonimo.leer("aportes/")["resultados"] == []

    aporte = Aporte.objects.get()
    vale = vale_de(aporte_id=aporte.pk, sal=aporte.autoria.sal)
    confirmado = anonimo.post("confirmar/", {"vale": vale})
    assert confirmado.status_code == 201, confirmado.content
    folio, codigo = confirmado.json()["folio"], confirmado.json()["codigo"]
    assert anonimo.post("confirmar/", {"vale": vale}).status_code == 200

    mio = anonimo.post("mi-aporte/", {"folio": folio, "codigo": codigo})
    assert mio.json()["estado"] == "pendiente"
    assert anonimo.post("mi-aporte/", {"folio": folio, "codigo": "MALO"}).status_code == 400

    correccion = {c: datos[c] for c in ("titulo", "campos", "tema", "region") if c in datos}
    correccion |= {"texto": "Dicho mejor.", "version": 1, "codigo": codigo}
    corregido = anonimo.post(f"aportes/{folio}/corregir/", correccion)
    assert corregido.status_code == 200, corregido.content
    assert (corregido.json()["version"], corregido.json()["texto"]) == (2, "Dicho mejor.")
    assert anonimo.post(f"aportes/{folio}/corregir/", correccion).status_code == 409

    assert anonimo.post(f"aportes/{folio}/retirar/", {}).status_code == 401
    retirado = anonimo.post(f"aportes/{folio}/retirar/", {"codigo": codigo})
    assert retirado.json()["estado"] == "retirado"
    assert "rosa@b.cl" not in str(anonimo.leer(f"aportes/{folio}/"))


def test_without_session_nor_address_one_must_sign_in(anonimo: Programa) -> None:
    consulta = abierta(propuestas=True)
    assert anonimo.post("aportes/", envio(consulta=consulta.slug)).status_code == 401


def test_whoever_is_under_14_is_refused_and_nothing_stays(anonimo: Programa) -> None:
    datos = envio(consulta=abierta(propuestas=True).slug)
    rechazo = anonimo.post("aportes/", datos | {"correo": "n@b.cl", "tramo_edad": "menor"})
    assert rechazo.status_code == 400
    assert "tramo_edad" in rechazo.json()["errores"]
    assert not Aporte.objects.exists()


def test_an_account_keeps_and_discards_its_drafts(db: None) -> None:
    consulta, persona = abierta(propuestas=True), sesion_de(UserFactory())
    lugar = f"/consultas/{consulta.slug}/propuestas/nueva/"
    primero = persona.post("borradores/", {"lugar": lugar, "campos": {"titulo": ["Una idea"]}})
    assert primero.status_code == 200, primero.content
    otro = {"lugar": lugar, "campos": {"titulo": ["Otra pestaña"]}}
    assert persona.post("borradores/", otro).status_code == 409
    visto = primero.json()["guardado_en"]
    assert persona.post("borradores/", otro | {"visto": visto}).status_code == 200
    assert [b["campos"] for b in persona.leer("borradores/")] == [{"titulo": ["Otra pestaña"]}]
    assert persona.post("borradores/", otro | {"lugar": "/admin/"}).status_code == 400


def test_an_organisation_is_asked_for_verified_and_speaks_once(db: None) -> None:
    vocera, secretaria = UserFactory(), UserFactory(secretaria=True)
    pedida = sesion_de(vocera).post(
        "representaciones/",
        {"nombre": "Fundación Agua", "tipo": "osc", "respaldo": "Ver su página."},
    )
    assert pedida.status_code == 201, pedida.content
    ruta = f"representaciones/{pedida.json()['id']}/resolver/"
    assert sesion_de(vocera).post(ruta, {"accion": "verificar"}).status_code == 403
    resuelta = sesion_de(secretaria).post(ruta, {"accion": "verificar"})
    assert resuelta.json()["estado"] == "verificada"
    vocera.refresh_from_db()
    assert str(vocera.representa) == "Fundación Agua"
    consulta = abierta()
    datos = {"tipo": "observacion", "consulta": consulta.slug, "por_organizacion": True}
    assert sesion_de(vocera).post("aportes/", envio(**datos)).status_code == 201
    otra = sesion_de(vocera).post("aportes/", envio(**datos))
    assert otra.status_code == 409, otra.content
    assert sesion_de(vocera).post(ruta, {"accion": "terminar"}).status_code == 200
    assert Representacion.objects.get().estado == "terminada"
    assert sesion_de(vocera).post("aportes/", envio(**datos)).status_code == 403
