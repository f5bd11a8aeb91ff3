"""Reading: open to any origin, kept by any cache, paged by cursor, filtered or refused."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from consulta.aportes.flows.corregir import corregir_aporte
from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.models import Aporte, AporteVersion
from tests.api.conftest import Programa, abierta
from tests.factories.aportes import aporte, contenido, contenido_de_propuesta
from tests.factories.cuentas import InstitucionFactory, UserFactory
from tests.factories.procesos import (
    AsuntoFactory,
    ConsultaFactory,
    ProcesoFactory,
    TemaFactory,
    version_publicada,
)
from tests.factories.respuestas import compromiso, responder

pytestmark = pytest.mark.django_db


def folios(programa: Programa, ruta: str) -> list[str]:
    return [fila["folio"] for fila in programa.leer(ruta)["resultados"]]


def test_any_origin_may_read_and_nobody_may_send_cookies(anonimo: Programa) -> None:
    for ruta in ("procesos/", "aportes/", "pages/", "", "aportes/X1-0001/", "nada/"):
        respuesta = anonimo.get(ruta, headers={"Origin": "https://otro.example"})
        assert respuesta["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in respuesta
    previa = anonimo._pedir("OPTIONS", "aportes/", headers={"Origin": "https://otro.example"})
    assert previa.status_code == 204
    assert previa["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("ruta", ["procesos/", "aportes/", "balance/", "pages/", "opciones/", ""])
def test_what_did_not_change_is_not_sent_again(anonimo: Programa, ruta: str) -> None:
    primera = anonimo.get(ruta)
    assert primera["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" not in primera.get("Vary", "")
    segunda = anonimo.get(ruta, headers={"If-None-Match": primera["ETag"]})
    assert (segunda.status_code, segunda.content) == (304, b"")


def test_the_tag_changes_with_the_thing(anonimo: Programa) -> None:
    consulta = abierta(propuestas=True)
    antes = anonimo.get("aportes/")["ETag"]
    aporte(consulta=consulta, ahora=timezone.now())
    assert anonimo.get("aportes/", headers={"If-None-Match": antes}).status_code == 200


def test_pages_neither_skip_nor_repeat_while_others_write(anonimo: Programa) -> None:
    consulta = abierta(propuestas=True)
    ahora = timezone.now()
    esperados = [aporte(consulta=consulta, ahora=ahora).folio for _ in range(5)]
    primera = anonimo.leer("aportes/?limite=2")
    aporte(consulta=consulta, ahora=ahora)
    vistos = [a["folio"] for a in primera["resultados"]]
    siguiente = primera["siguiente"]
    while siguiente:
        pagina = anonimo.leer(siguiente.removeprefix("http://testserver"))
        vistos += [a["folio"] for a in pagina["resultados"]]
        siguiente = pagina["siguiente"]
    assert vistos == esperados[::-1]


def test_a_list_ends_however_many_rows_are_alike_in_its_order(anonimo: Programa) -> None:
    consulta, ahora, cuantos = abierta(), timezone.now(), 1_205
    asunto = AsuntoFactory(consulta=consulta)
    filas = Aporte.objects.bulk_create(
        Aporte(
            consulta=consulta, asunto=asunto, tipo="observacion", n=n, enviado_en=ahora,
            confirmado_en=ahora, clave_idempotencia=uuid4(),
        )
        for n in range(1, cuantos + 1)
    )  # fmt: skip
    AporteVersion.objects.bulk_create(
        AporteVersion(aporte=a, n=1, texto="Hola.", en=ahora) for a in filas
    )
    vistos, ruta = [], "aportes/?orden=apoyados&limite=100"
    for _ in range(cuantos // 100 + 1):
        pagina = anonimo.leer(ruta.removeprefix("http://testserver"))
        vistos += [a["folio"] for a in pagina["resultados"]]
        ruta = pagina["siguiente"] or ""
    assert not ruta
    assert len(vistos) == len(set(vistos)) == cuantos


def test_fragments_come_in_the_order_of_the_text_whatever_order_they_were_written_in(
    anonimo: Programa,
) -> None:
    consulta = abierta()
    version_publicada(consulta, [f"Párrafo {i}." for i in range(7)])
    version_publicada(consulta, ["Nuevo."], n=2)
    ordenes, ruta = [], f"fragmentos/?consulta={consulta.slug}&version=1&limite=3"
    while ruta:
        pagina = anonimo.leer(ruta.removeprefix("http://testserver"))
        ordenes += [f["orden"] for f in pagina["resultados"]]
        ruta = pagina["siguiente"]
    assert ordenes == [1, 2, 3, 4, 5, 6, 7]


def test_at_most_a_hundred_rows_a_page(anonimo: Programa) -> None:
    consulta = abierta()
    version_publicada(consulta, [f"Párrafo {i}." for i in range(105)])
    assert len(anonimo.leer("fragmentos/?limite=5000")["resultados"]) == 100
    assert len(anonimo.leer("fragmentos/")["resultados"]) == 20


def test_each_filter_of_contributions_finds_its_own(anonimo: Programa) -> None:
    ahora = timezone.now()
    consulta, borrador = abierta(propuestas=True), abierta()
    tema = TemaFactory(slug="agua")
    en_agua = aporte(
        consulta=consulta, dice=contenido_de_propuesta(tema=tema, region="05"), ahora=ahora
    )
    otro = aporte(consulta=consulta, ahora=ahora)
    fragmento = version_publicada(borrador, ["Uno."]).fragmentos.get()
    sobre = aporte(asunto=fragmento.asunto, ahora=ahora)
    replica = aporte(padre=sobre, ahora=ahora)
    responder(otro, ahora=ahora)
    casos = {
        f"consulta={borrador.slug}": [replica, sobre],
        "tipo=propuesta": [otro, en_agua],
        "tipo=replica": [replica],
        "tema=agua": [en_agua],
        "region=05": [en_agua],
        f"fragmento={fragmento.pk}": [replica, sobre],
        f"raiz={sobre.folio}": [replica, sobre],
        f"raiz={sobre.folio.lower()}&orden=llegada": [sobre, replica],
        "estado=respondido": [otro],
        "estado=pendiente": [replica, sobre, en_agua],
        f"busca={otro.folio}": [otro],
        f"busca={borrador.sigla.lower()}": [replica, sobre],
        "busca=1": [sobre, en_agua],
        f"institucion={InstitucionFactory().pk}": [],
        "consulta=no-existe": [],
        "busca=%27%20OR%201": [],
        "tema=": [replica, sobre, otro, en_agua],
    }
    for filtro, esperados in casos.items():
        assert folios(anonimo, f"aportes/?{filtro}") == [a.folio for a in esperados], filtro


@pytest.mark.parametrize(
    "ruta",
    [
        "aportes/?tipo=otro", "aportes/?region=99", "aportes/?estado=x", "aportes/?institucion=abc",
        "aportes/?temas=agua", "aportes/?tema=%00", "fragmentos/?version=0", "procesos/?regimen=x",
        "consultas/?abierta=quizas", "compromisos/?plan=-1", "respuestas/?resultado=x",
        "balance/?nada=1", "opciones/?nada=1",
    ],
)  # fmt: skip
def test_a_filter_that_cannot_be_is_refused_and_named(anonimo: Programa, ruta: str) -> None:
    respuesta = anonimo.get(ruta)
    assert respuesta.status_code == 400
    nombre = ruta.partition("?")[2].partition("=")[0]
    assert list(respuesta.json()["errores"]) == [nombre]


@pytest.mark.parametrize("cursor", ["x", "cD1hYmM=", "cD05OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "%00"])
def test_a_cursor_nobody_gave_is_no_fault(anonimo: Programa, cursor: str) -> None:
    for lista in ("aportes", "fragmentos", "procesos", "respuestas", "planes"):
        assert anonimo.get(f"{lista}/?cursor={cursor}").status_code in (200, 404)


def test_what_is_not_announced_nor_published_is_not_there(anonimo: Programa) -> None:
    oculta = abierta(publicada=False)
    fragmento = version_publicada(oculta, ["Secreto."]).fragmentos.get()
    assert anonimo.get(f"consultas/{oculta.slug}/").status_code == 404
    assert anonimo.leer("consultas/")["resultados"] == []
    assert anonimo.get(f"fragmentos/{fragmento.pk}/").status_code == 404
    assert anonimo.leer("fragmentos/")["resultados"] == []
    assert anonimo.leer(f"procesos/{oculta.etapa.proceso.slug}/")["consultas"] == []
    assert anonimo.leer("balance/")["consultas"] == []


def test_a_removed_contribution_keeps_folio_and_reason_only(anonimo: Programa) -> None:
    ahora = timezone.now()
    malo = aporte(consulta=abierta(propuestas=True), ahora=ahora)
    responder(malo, ahora=ahora)
    remover_aporte(
        aporte=malo,
        por=UserFactory(moderador=True),
        causa="odio",
        motivo="Datos de terceros.",
        ahora=ahora,
    )
    visto = anonimo.leer(f"aportes/{malo.folio}/")
    assert visto["motivo"] == "Datos de terceros."
    assert visto["texto"] is visto["firma"] is visto["respuesta"] is None
    assert folios(anonimo, "aportes/?estado=removido") == [malo.folio]


def test_a_consultation_tells_what_may_be_sent_now(anonimo: Programa) -> None:
    ahora = timezone.now()
    casos = [
        (abierta(propuestas=True), "actual", ["apoyar", "proponer", "replicar"]),
        (abierta(), "actual", ["apoyar", "observar", "replicar"]),
        (ConsultaFactory(etapa__inicio=ahora - timedelta(days=9), etapa__fin=ahora), "pasada", []),
        (ConsultaFactory(etapa__sin_fecha=True), "sin_fecha", []),
    ]
    for consulta, estado, acepta in casos:
        leida = anonimo.leer(f"consultas/{consulta.slug}/")
        assert (leida["estado"], leida["acepta"]) == (estado, acepta)
    abiertas = anonimo.leer("consultas/?abierta=true")["resultados"]
    assert {c["slug"] for c in abiertas} == {casos[0][0].slug, casos[1][0].slug}


def test_processes_plans_and_commitments_are_read(anonimo: Programa) -> None:
    proceso = ProcesoFactory(historico=True)
    hecho = compromiso(numero=3, plan=5)
    assert anonimo.leer("procesos/?regimen=historico")["resultados"][0]["slug"] == proceso.slug
    assert anonimo.leer("planes/5/")["compromisos"][0]["numero"] == 3
    assert anonimo.leer(f"compromisos/?plan=5&institucion={hecho.institucion_id}")["resultados"]
    assert anonimo.leer("planes/5/compromisos/3/")["aportes"] == []
    assert anonimo.get("planes/5/compromisos/4/").status_code == 404
    assert anonimo.get("planes/99999999999999999999/").status_code == 404


def test_an_address_that_is_none_says_so_in_json(anonimo: Programa) -> None:
    respuesta = anonimo.get("nada/de/nada/")
    assert respuesta.status_code == 404
    assert respuesta.json()["codigo"] == "no_existe"
    assert anonimo.get("aportes").status_code == 301


def test_what_a_contribution_said_before_is_read_as_on_its_page(anonimo: Programa) -> None:
    ahora = timezone.now()
    uno = aporte(consulta=abierta(), ahora=ahora - timedelta(hours=2))
    antes = uno.contenido.texto
    assert [v["vigente"] for v in anonimo.leer(f"aportes/{uno.folio}/versiones/")] == [True]
    corregir_aporte(
        aporte=uno, contenido=contenido("Ahora dice otra cosa."), por=uno.autoria.cuenta, version=1,
        ahora=ahora,
    )  # fmt: skip
    nueva, primera = anonimo.leer(f"aportes/{uno.folio}/versiones/")
    assert (nueva["n"], nueva["vigente"], primera["n"]) == (2, True, 1)
    assert "".join(c["texto"] for c in primera["partes"][0]["cambios"]) == antes
    assert {c["operacion"] for c in nueva["partes"][0]["cambios"]} >= {"quita", "pone"}
    remover_aporte(aporte=uno, por=UserFactory(moderador=True), causa="ajeno")
    assert anonimo.leer(f"aportes/{uno.folio}/versiones/") == []
    assert anonimo.get("aportes/ZZZ-0001/versiones/").status_code == 404
