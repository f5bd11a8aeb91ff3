"""The officials' queue by a program: verb × role × institution, the same sums and refusals."""

import json

import pytest
from django.utils import timezone

from comun.fechas import dia_de
from consulta.aportes.models import Aporte
from consulta.respuestas.flows.anotar import anotar
from consulta.respuestas.flows.asignar import asignar_aporte
from consulta.respuestas.flows.reglas import crear_regla
from cuentas.models import Suplencia
from cuentas.roles import Rol
from tests.api.conftest import Programa, abierta, sesion_de
from tests.factories.aportes import aporte
from tests.factories.cuentas import InstitucionFactory, UserFactory, cuenta_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def consulta():
    return abierta()


@pytest.fixture
def oficial():
    return UserFactory(oficial=True)


def uno(consulta, dueno=None):
    fila = aporte(consulta=consulta, ahora=timezone.now())
    if dueno:
        asignar_aporte(aporte=fila, institucion=dueno.institucion, responsable=dueno, por=dueno)
    return fila


def test_the_list_has_the_rows_the_sums_and_no_address(consulta, oficial):
    suyo, _libre = uno(consulta, oficial), uno(consulta)
    datos = sesion_de(oficial).leer("cola/?a_cargo=mios&estado=pendiente")
    assert [f["folio"] for f in datos["resultados"]] == [suyo.folio]
    assert datos["total"] == 1 and datos["conteos"] == [{"estado": "asignado", "cuantos": 1}]
    fila = datos["resultados"][0]
    assert fila["institucion"]["nombre"] == oficial.institucion.nombre
    assert fila["responsable"] == oficial.nombre_interno
    todo = sesion_de(oficial).leer(f"cola/?consulta={consulta.slug}")
    assert {c["estado"]: c["cuantos"] for c in todo["conteos"]} == {"asignado": 1, "sin_asignar": 1}
    assert "@" not in json.dumps(todo)


@pytest.mark.parametrize(
    "pedido",
    ["estado=otro", "dias=-1", "dias=9999", "consulta=%00", "nada=1", "pagina=0", "institucion=x"],
)
def test_a_filter_that_cannot_be_is_refused(consulta, oficial, pedido):
    respuesta = sesion_de(oficial).get(f"cola/?{pedido}")
    assert respuesta.status_code == 400 and respuesta.json()["codigo"] == "dato_invalido"


def test_a_filter_of_what_does_not_exist_finds_nothing(consulta, oficial):
    uno(consulta)
    assert sesion_de(oficial).leer("cola/?consulta=no-existe")["total"] == 0
    assert sesion_de(oficial).leer("cola/?tema=no-existe")["total"] == 0


QUIENES = ["anonimo", *Rol.values]


def programa(quien):
    if quien == "anonimo":
        return Programa(), None
    cuenta = cuenta_de(Rol(quien))
    return sesion_de(cuenta), cuenta


@pytest.mark.parametrize("quien", QUIENES)
@pytest.mark.parametrize("de_quien", ["nadie", "suya", "ajena"])
def test_verb_by_role_by_institution(consulta, oficial, quien, de_quien):
    cliente, cuenta = programa(quien)
    dueno = None
    if de_quien != "nadie":
        casa = cuenta.institucion if cuenta and de_quien == "suya" else None
        dueno = UserFactory(oficial=True, **({"institucion": casa} if casa else {}))
    fila = uno(consulta, dueno)
    otra = InstitucionFactory()
    cuerpo = {"institucion": otra.pk, "razon": "Le toca."}
    manda = quien in {Rol.SECRETARIA, Rol.ADMINISTRADOR}
    responde = manda or quien == Rol.OFICIAL
    mueve = manda or (quien == Rol.OFICIAL and de_quien != "ajena")
    sin_sesion = quien == "anonimo"

    def estado(si, bien, ajeno=403):
        return 401 if sin_sesion else bien if si else ajeno

    lee = responde or quien == Rol.MODERADOR
    assert cliente.get("cola/").status_code == estado(lee, 200)
    assert cliente.get("reglas/").status_code == estado(lee, 200)
    notas = f"aportes/{fila.folio}/notas/"
    assert cliente.get(notas).status_code == estado(responde, 200)
    assert cliente.post(notas, {"texto": "Nota"}).status_code == estado(responde, 201)
    # Another's row is a conflict for an official, who may hand over others.
    ajeno = 409 if quien == Rol.OFICIAL else 403
    deriva = cliente.post(f"aportes/{fila.folio}/derivar/", cuerpo)
    assert deriva.status_code == estado(mueve, 201, ajeno)
    fila = uno(consulta, dueno)
    asigna = cliente.post(f"aportes/{fila.folio}/asignar/", cuerpo)
    assert asigna.status_code == estado(mueve, 200, ajeno)
    fila.refresh_from_db()
    assert (fila.institucion == otra) is (mueve and not sin_sesion)


def test_many_by_folio_with_what_was_set_aside_and_taken_back(consulta, oficial):
    filas = [uno(consulta) for _ in range(3)]
    ajena = uno(consulta, UserFactory(oficial=True))
    cliente = sesion_de(oficial)
    cuerpo = {
        "folios": [f.folio for f in (*filas, ajena)],
        "institucion": oficial.institucion.pk,
        "responsable": oficial.email,
    }
    hecho = cliente.post("cola/asignar/", cuerpo).json()
    assert hecho["asignados"] == 3
    assert [a["folio"] for a in hecho["apartados"]] == [ajena.folio]
    deshecho = cliente.post("cola/deshacer/", {"tanda": hecho["tanda"]})
    assert deshecho.json()["asignados"] == 3
    assert cliente.post("cola/deshacer/", {"tanda": hecho["tanda"]}).status_code == 409
    assert not Aporte.objects.filter(responsable=oficial).exists()


def test_many_by_filter(consulta, oficial):
    filas = [uno(consulta) for _ in range(3)]
    otra = uno(abierta())
    cuerpo = {
        "filtro": f"consulta={consulta.slug}&a_cargo=sin_asignar&estado=pendiente",
        "institucion": oficial.institucion.pk,
    }
    assert sesion_de(oficial).post("cola/asignar/", cuerpo).json()["asignados"] == len(filas)
    otra.refresh_from_db()
    assert otra.institucion is None
    mal = sesion_de(oficial).post("cola/asignar/", cuerpo | {"filtro": "estado=otro"})
    assert mal.status_code == 400
    ya = sesion_de(oficial).post("cola/asignar/", cuerpo)
    assert ya.json()["errores"] == {"filtro": ["Ningún aporte cumple ese filtro."]}


@pytest.mark.parametrize(
    ("cambio", "campo"),
    [
        ({"institucion": 10**12}, "institucion"),
        ({"responsable": "nadie@pruebas.example"}, "responsable"),
        ({"folios": []}, "folios"),
        ({"folios": ["no-es"]}, "folios"),
    ],
)
def test_what_is_wrong_is_told_by_field(consulta, oficial, cambio, campo):
    fila = uno(consulta)
    cuerpo = {"folios": [fila.folio], "institucion": oficial.institucion.pk} | cambio
    respuesta = sesion_de(oficial).post("cola/asignar/", cuerpo)
    assert respuesta.status_code == 400 and campo in respuesta.json()["errores"]


def test_a_question_is_asked_and_answered(consulta, oficial):
    fila, otra = uno(consulta), UserFactory(oficial=True)
    hecha = sesion_de(oficial).post(
        f"aportes/{fila.folio}/notas/", {"texto": "¿Es suyo?", "pregunta_a": otra.institucion.pk}
    )
    assert hecha.status_code == 201
    ruta = f"notas/{hecha.json()['id']}/contestar/"
    assert sesion_de(UserFactory(oficial=True)).post(ruta, {"texto": "Sí"}).status_code == 404
    assert sesion_de(oficial).post(ruta, {"texto": "Sí"}).status_code == 403
    assert sesion_de(otra).post(ruta, {"texto": "Sí"}).status_code == 201
    textos = [n["texto"] for n in sesion_de(oficial).leer(f"aportes/{fila.folio}/notas/")]
    assert textos == ["¿Es suyo?", "Sí"]


def test_notes_of_others_are_not_told(consulta, oficial):
    fila = uno(consulta)
    anotar(aporte=fila, texto="Reservado", por=oficial)
    assert sesion_de(UserFactory(oficial=True)).leer(f"aportes/{fila.folio}/notas/") == []


def test_rules_are_read(consulta, oficial):
    mesa = UserFactory(secretaria=True)
    crear_regla(consulta=consulta, por=mesa, institucion=oficial.institucion, palabras="agua")
    (regla,) = sesion_de(oficial).leer(f"reglas/?consulta={consulta.slug}")
    assert (regla["palabras"], regla["orden"]) == ("agua", 1)


def test_rules_are_written_applied_and_taken_away_by_the_secretariat_alone(consulta, oficial):
    fila = uno(consulta)
    mesa = sesion_de(UserFactory(secretaria=True))
    cuerpo = {"consulta": consulta.slug, "institucion": oficial.institucion.pk, "tipo": fila.tipo}
    assert sesion_de(oficial).post("reglas/", cuerpo).status_code == 403
    sin_condicion = mesa.post("reglas/", cuerpo | {"tipo": ""})
    assert sin_condicion.status_code == 400
    ajena = mesa.post("reglas/", cuerpo | {"institucion": 999_999})
    assert "institucion" in ajena.json()["errores"]
    hecha = mesa.post("reglas/", cuerpo)
    assert hecha.status_code == 201, hecha.content
    assert (
        sesion_de(oficial).post("reglas/aplicar/", {"consulta": consulta.slug}).status_code == 403
    )
    assert mesa.post("reglas/aplicar/", {"consulta": consulta.slug}).json() == {"asignados": 1}
    assert Aporte.objects.get(pk=fila.pk).institucion == oficial.institucion
    ruta = f"reglas/{hecha.json()['id']}/"
    assert sesion_de(oficial).enviar("DELETE", ruta).status_code == 403
    assert mesa.enviar("DELETE", ruta).status_code == 204 and mesa.leer("reglas/") == []


def test_a_substitute_is_named_and_ended(oficial):
    colega = UserFactory(oficial=True, institucion=oficial.institucion)
    hoy = str(dia_de(timezone.now()))
    cliente = sesion_de(oficial)
    cuerpo = {"suplente": colega.email, "desde": hoy, "hasta": hoy}
    ajena = cliente.post("suplencias/", cuerpo | {"suplente": UserFactory(oficial=True).email})
    assert ajena.status_code == 400 and "suplente" in ajena.json()["errores"]
    hecha = cliente.post("suplencias/", cuerpo)
    assert hecha.status_code == 201 and "@" not in hecha.content.decode()
    ruta = f"suplencias/{hecha.json()['id']}/terminar/"
    assert sesion_de(UserFactory(oficial=True)).post(ruta).status_code == 404
    assert sesion_de(colega).post(ruta).status_code == 403
    assert cliente.post(ruta).status_code == 200
    assert Suplencia.objects.get().terminada_en is not None
    assert len(sesion_de(colega).leer("suplencias/")) == 1
