"""The forum over the API: reading is open, deciding is for members, taking back for officials."""

from typing import Any

import pytest
from django.test import Client

from consulta.respuestas.enums import Sentido
from consulta.respuestas.models import ConflictoDeInteres, Conformidad
from foro.enums import Sector
from foro.models import Mandato
from tests.factories.aportes import aporte
from tests.factories.cuentas import InstitucionFactory, UserFactory
from tests.factories.foro import consulta_que_pide, decidir, mandato, sellar

pytestmark = pytest.mark.django_db
RAIZ = "/api/v2/"
CIVIL = Sector.SOCIEDAD_CIVIL


def como(cuenta: Any) -> Client:
    cliente = Client()
    cliente.force_login(cuenta)
    return cliente


def enviar(cliente: Client, ruta: str, **datos: Any) -> Any:
    return cliente.post(f"{RAIZ}{ruta}", datos, content_type="application/json")


def test_a_member_reads_what_waits_and_decides() -> None:
    version, gobierno = sellar(), mandato()
    cliente = como(gobierno.cuenta)
    (fila,) = cliente.get(f"{RAIZ}conformidades/pendientes/").json()["resultados"]
    assert fila["id"] == version.pk
    una = cliente.get(fila["api_url"]).json()
    assert una["sha256"] == version.sha256
    assert una["faltan"] == ["Gobierno", "Sociedad civil"]
    assert una["coberturas"][0]["resultado"] == "no_incorporada"
    ruta = f"conformidades/pendientes/{version.pk}/decidir/"
    assert enviar(cliente, ruta, sentido="con_disenso", sha256=version.sha256).status_code == 400
    assert enviar(cliente, ruta, sentido="conforme", sha256="0" * 64).status_code == 409
    hecho = enviar(cliente, ruta, sentido="conforme", sha256=version.sha256)
    assert (hecho.status_code, hecho.json()["decididas"]) == (201, [version.pk])
    assert enviar(cliente, ruta, sentido="conforme", sha256=version.sha256).status_code == 403
    assert cliente.get(f"{RAIZ}conformidades/pendientes/").json()["resultados"] == []


def test_several_at_once_tell_what_became_of_each() -> None:
    consulta = consulta_que_pide(CIVIL)
    una, otra = sellar(aporte(consulta=consulta)), sellar(aporte(consulta=consulta))
    civil = mandato(CIVIL)
    hecho = enviar(
        como(civil.cuenta),
        "conformidades/decidir/",
        respuestas=[
            {"id": una.pk, "sha256": una.sha256},
            {"id": otra.pk, "sha256": "0" * 64},
            {"id": 999_999, "sha256": "0" * 64},
        ],
    ).json()
    assert hecho["publicadas"] == [una.pk]
    assert {r["id"] for r in hecho["rechazadas"]} == {otra.pk, 999_999}


def test_an_interest_is_declared_once() -> None:
    version, gobierno = sellar(), mandato()
    ruta = f"conformidades/pendientes/{version.pk}/conflicto/"
    cliente = como(gobierno.cuenta)
    assert enviar(cliente, ruta, alcance="respuesta", motivo=" ").status_code == 400
    assert enviar(cliente, ruta, alcance="respuesta", motivo="Asesoría.").status_code == 201
    assert enviar(cliente, ruta, alcance="respuesta", motivo="Asesoría.").status_code == 409
    assert ConflictoDeInteres.objects.get().respuesta == version.respuesta


@pytest.mark.parametrize(
    "rol", ["participante", "oficial", "secretaria", "moderador", "administrador"]
)
def test_no_role_by_itself_opens_the_desk(rol: str) -> None:
    version = sellar()
    cliente = como(UserFactory(**{rol: True}))
    for ruta in ("conformidades/pendientes/", f"conformidades/pendientes/{version.pk}/"):
        assert cliente.get(f"{RAIZ}{ruta}").status_code == 403
        assert Client().get(f"{RAIZ}{ruta}").status_code == 401
    ruta = f"conformidades/pendientes/{version.pk}/decidir/"
    datos = {"sentido": "conforme", "sha256": version.sha256}
    assert enviar(cliente, ruta, **datos).status_code == 403
    assert enviar(Client(), ruta, **datos).status_code == 401
    assert not Conformidad.objects.exists()


def test_officials_take_it_up_or_back() -> None:
    version = sellar()
    base = f"respuestas/{version.respuesta_id}/versiones/{version.n}"
    assert (
        enviar(como(UserFactory(oficial=True)), f"{base}/retomar/", motivo="x").status_code == 403
    )
    suyo = como(version.presentada_por)
    assert enviar(suyo, f"{base}/retomar/").status_code == 400
    hecho = enviar(suyo, f"{base}/retomar/", motivo="Un error").json()
    assert hecho["motivo"] == "Un error"
    assert enviar(suyo, f"{base}/dejar-sin-efecto/", motivo="Otra vez").status_code == 409


def test_what_was_published_says_who_decided_and_nothing_else_does() -> None:
    version, gobierno, civil = sellar(), mandato(), mandato(CIVIL)
    decidir(version, gobierno, Sentido.CON_DISENSO, "Falta un plazo.")
    assert Client().get(f"{RAIZ}conformidades/").json()["resultados"] == []
    decidir(version, civil)
    disensos = Client().get(f"{RAIZ}conformidades/", {"sentido": "con_disenso"})
    (fila,) = disensos.json()["resultados"]
    assert (fila["nota"], fila["nombre"], fila["sha256"]) == (
        "Falta un plazo.", gobierno.nombre, version.sha256,
    )  # fmt: skip
    una = Client().get(f"{RAIZ}respuestas/{version.respuesta_id}/")
    assert len(una.json()["vigente"]["decisiones"]) == 2
    assert gobierno.cuenta.email not in disensos.content.decode() + una.content.decode()


def test_where_approvals_are_asked_an_official_seals() -> None:
    uno, oficial = aporte(consulta=consulta_que_pide()), UserFactory(oficial=True)
    hecho = enviar(
        como(oficial),
        "respuestas/",
        razon="La ley vigente no lo permite.",
        coberturas=[
            {
                "aporte": uno.folio,
                "resultado": "aclaracion",
                "destino": {"porque_nada": "Ya es así."},
            }
        ],
    )
    assert (hecho.status_code, hecho.json()["publicada_en"]) == (202, None)


def test_members_are_read_as_of_a_day_and_named_by_the_secretariat() -> None:
    persona, secretaria = UserFactory(), como(UserFactory(secretaria=True))
    datos = {
        "correo": persona.email,
        "organizacion": InstitucionFactory().pk,
        "sector": "academia",
        "nombre": "Ana Soto",
        "desde": "2026-03-01",
    }
    assert enviar(como(persona), "foro/mandatos/", **datos).status_code == 403
    assert (
        enviar(secretaria, "foro/mandatos/", **datos | {"correo": "x@y.example"}).status_code == 400
    )
    nuevo = enviar(secretaria, "foro/mandatos/", **datos).json()
    assert "correo" not in nuevo
    assert enviar(secretaria, "foro/mandatos/", **datos).status_code == 409
    ruta = f"foro/mandatos/{nuevo['id']}/terminar/"
    assert enviar(secretaria, ruta, hasta="2026-06-30", motivo="Renunció").status_code == 200
    lista = f"{RAIZ}foro/integrantes/"
    dentro = Client().get(lista, {"al": "2026-06-30"}).json()["resultados"]
    assert [m["nombre"] for m in dentro] == ["Ana Soto"]
    assert Client().get(lista, {"al": "2026-07-01"}).json()["resultados"] == []
    assert Client().get(lista, {"al": "ayer"}).status_code == 400
    assert Mandato.objects.get().cuenta == persona
