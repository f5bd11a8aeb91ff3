"""The chain of seals, receipts and extensions over the API."""

from datetime import timedelta

import pytest

from comun import merkle
from comun.flows.sellar import sellar
from comun.registro import Sello
from consulta.aportes.codigos import codigo_de
from consulta.aportes.models import Aporte
from consulta.aportes.recibos import evento_de
from consulta.procesos.models import Excepcion, Prorroga
from tests.api.conftest import Programa, abierta, envio, sesion_de
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cadena import eventos
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db


def test_the_chain_is_read_page_by_page_and_proves_itself(anonimo) -> None:
    for _ in range(3):
        eventos(5)
        sellar(ahora=AHORA)
    pagina = anonimo.leer("sellos/?limite=2")
    assert [s["n"] for s in pagina["resultados"]] == [1, 2]
    assert [s["n"] for s in anonimo.leer(pagina["siguiente"])["resultados"]] == [3]
    assert [s["n"] for s in anonimo.leer("sellos/?desde=3")["resultados"]] == [3]
    uno = anonimo.leer("sellos/2/")
    hojas = [bytes.fromhex(h["hoja"]) for h in uno["hojas"]]
    assert merkle.raiz(hojas).hex() == uno["raiz"] == Sello.objects.get(n=2).raiz
    seq = uno["hojas"][3]["seq"]
    prueba = anonimo.leer(f"sellos/2/pruebas/{seq}/")
    pasos = [bytes.fromhex(p) for p in prueba["camino"]]
    dada = merkle.raiz_desde(bytes.fromhex(prueba["hoja"]), prueba["indice"], 5, pasos)
    assert dada is not None and dada.hex() == uno["raiz"]
    for mala in ("sellos/9/", f"sellos/1/pruebas/{seq}/", "sellos/2/pruebas/99999999999999999999/"):
        assert anonimo.get(mala).status_code == 404, mala
    assert anonimo.get("sellos/?desde=0").status_code == 400


def test_an_author_takes_the_receipt_by_session_and_anyone_verifies_it(anonimo) -> None:
    consulta = abierta(propuestas=True)
    autora = sesion_de(UserFactory())
    folio = autora.post("aportes/", envio(consulta=consulta.slug)).json()["folio"]
    recibo = autora.leer(f"aportes/{folio}/recibo/")
    pendiente = anonimo.post("verificar/", {"recibo": recibo})
    assert (pendiente.status_code, pendiente.json()["estado"]) == (200, "pendiente")
    sellar(ahora=AHORA)
    recibo = autora.leer(f"aportes/{folio}/recibo/")
    bien = anonimo.post("verificar/", {"recibo": recibo}).json()
    assert bien["estado"] == "bien" and bien["prueba"]["camino"] == recibo["prueba"]["camino"]
    recibo["contenido"]["texto"] += "!"
    mal = anonimo.post("verificar/", {"recibo": recibo}).json()
    assert mal["estado"] == "mal" and False in [p["bien"] for p in mal["pasos"]]
    huella = recibo["evento"]["compromiso"]
    dicho = anonimo.post("verificar/", {"folio": folio, "huella": huella[:16]}).json()
    assert dicho["estado"] == "bien"


def test_the_receipt_is_nobody_elses(anonimo) -> None:
    fila = aporte()
    ruta = f"aportes/{fila.folio}/recibo/"
    assert anonimo.get(ruta).status_code == 401
    assert sesion_de(UserFactory()).get(ruta).status_code == 403
    assert anonimo.post(ruta, {"codigo": "no-es"}).status_code == 400
    codigo = codigo_de(aporte_id=fila.pk, sal=Aporte.objects.get(pk=fila.pk).autoria.sal)
    dado = anonimo.post(ruta, {"codigo": codigo})
    assert dado.status_code == 200 and "no-store" in dado["Cache-Control"]
    assert dado.json()["evento"]["compromiso"] == evento_de(fila).compromiso


@pytest.mark.parametrize(
    "datos", [{}, {"recibo": {}}, {"recibo": []}, {"folio": "A-1"}, {"folio": "A-1", "huella": "z"}]
)
def test_what_is_no_receipt_is_refused_with_words(anonimo, datos) -> None:
    respuesta = anonimo.post("verificar/", datos)
    assert respuesta.status_code == 400 and respuesta.json()["errores"]


def test_the_secretariat_extends_and_everyone_reads_why(anonimo) -> None:
    consulta = abierta()
    etapa = consulta.etapa
    Excepcion.objects.create(
        consulta=consulta, regla="anticipacion", dias=3, razon="Una ley.", en=AHORA
    )
    ruta = f"procesos/{etapa.proceso.slug}/etapas/{etapa.orden}/prorrogar/"
    fin = (etapa.fin + timedelta(days=3)).isoformat()
    datos = {"fin": fin, "razon": "Se cayó el sitio."}
    assert anonimo.post(ruta, datos).status_code == 401
    assert sesion_de(UserFactory(editor=True)).post(ruta, datos).status_code == 403
    secretaria: Programa = sesion_de(UserFactory(secretaria=True))
    assert "razon" in secretaria.post(ruta, {"fin": fin}).json()["errores"]
    lejos = (etapa.fin + timedelta(days=200)).isoformat()
    corta = secretaria.post(ruta, datos | {"fin": lejos})
    assert corta.status_code == 400 and "responder_antes_de" in corta.json()["errores"]
    assert secretaria.post(ruta, datos).status_code == 201
    atras = secretaria.post(ruta, datos)
    assert atras.status_code == 400 and Prorroga.objects.count() == 1
    proceso = anonimo.leer(f"procesos/{etapa.proceso.slug}/")
    assert proceso["etapas"][0]["prorrogas"][0]["razon"] == "Se cayó el sitio."
    dicho = anonimo.leer(f"consultas/{consulta.slug}/")
    assert dicho["prorrogas"][0]["fin_nuevo"] and dicho["excepciones"][0]["dias"] == 3
    assert secretaria.post(ruta.replace(f"/{etapa.orden}/", "/99999999/"), datos).status_code == 404
