"""Where what was said may have landed: also in the draft that another stage of its process discusses."""

from typing import Any

import pytest
from django.urls import reverse

from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta
from consulta.respuestas.flows.lineas import COMPROMISO, FRAGMENTO
from consulta.respuestas.lugares import Referencias, buscar_lugares
from consulta.respuestas.models import Cobertura
from consulta.respuestas.referencias import a_referencias
from tests.factories.procesos import ConsultaFactory, EtapaFactory, version_publicada
from tests.factories.respuestas import compromiso

pytestmark = pytest.mark.django_db
PARRAFOS = ["Publicar presupuestos comunales", "Otra cosa"]


def hermana(consulta: Consulta, **campos: Any) -> Consulta:
    """A consultation of another stage of the same process."""
    suya = consulta.etapa
    etapa = EtapaFactory(proceso=suya.proceso, inicio=suya.inicio, fin=suya.fin)
    return ConsultaFactory(etapa=etapa, **campos)


def leer(consulta: Consulta, referencia: str) -> int | None:
    return Referencias(consulta, [(FRAGMENTO, referencia)]).id_de(FRAGMENTO, referencia)


def test_a_paragraph_of_another_stage_is_found_and_named_with_its_acronym(consulta):
    otra = hermana(consulta, sigla="P7B")
    suyo = version_publicada(otra, PARRAFOS, n=2).fragmentos.get(orden=1)
    [hallado] = buscar_lugares(consulta, "presupuestos", FRAGMENTO)
    assert (hallado.pk, hallado.referencia) == (suyo.pk, "P7B 2.1")
    assert otra.titulo in hallado.texto
    for escrita in ("P7B 2.1", "p7b v2 § 1", "2.1", "1"):  # the only draft of the process
        assert leer(consulta, escrita) == suyo.pk, escrita
    assert a_referencias(consulta.pk, [{"destino": FRAGMENTO, FRAGMENTO: str(suyo.pk)}])[0][
        "referencia"
    ] == "P7B 2.1"  # fmt: skip


def test_numbers_alone_are_of_its_own_draft_and_of_none_where_two_others_have_one(consulta):
    otra, tercera = hermana(consulta, sigla="P7B"), hermana(consulta, sigla="P7C")
    ajeno = version_publicada(otra, PARRAFOS).fragmentos.get(orden=1)
    version_publicada(tercera, PARRAFOS)
    assert leer(consulta, "1.1") is None
    assert leer(consulta, "P7B 1.1") == ajeno.pk
    propio = version_publicada(consulta, PARRAFOS).fragmentos.get(orden=1)
    assert leer(consulta, "1.1") == leer(consulta, f"{consulta.sigla} 1.1") == propio.pk
    assert next(h.pk for h in buscar_lugares(consulta, "1.1", FRAGMENTO)) == propio.pk
    suyos = buscar_lugares(consulta, "P7B 1.1", FRAGMENTO)
    assert [h.pk for h in suyos] == [ajeno.pk]


def test_other_processes_and_what_is_not_announced_are_no_place(consulta):
    version_publicada(ConsultaFactory(sigla="OTRA"), PARRAFOS)
    callada = hermana(consulta, sigla="P7B", publicada=False)
    version_publicada(callada, PARRAFOS)
    assert buscar_lugares(consulta, "presupuestos", FRAGMENTO) == []
    assert [leer(consulta, r) for r in ("OTRA 1.1", "P7B 1.1", "1.1")] == [None] * 3


def test_a_commitment_is_named_by_plan_and_number(consulta):
    hecho = compromiso(numero=3)
    for escrita in ("7.3", "plan 7.3", "Plan 7, 3"):
        leidas = Referencias(consulta, [(COMPROMISO, escrita)])
        assert leidas.id_de(COMPROMISO, escrita) == hecho.pk, escrita


def test_a_proposal_is_answered_with_a_paragraph_of_the_draft_it_shaped(
    como, oficial, pendiente: Aporte, datos
):
    otra = hermana(pendiente.consulta, sigla="P7B")
    suyo = version_publicada(otra, PARRAFOS).fragmentos.get(orden=1)
    ruta = reverse("responder_aporte", args=[pendiente.pk])
    cliente = como(oficial)
    html = cliente.get(ruta).content.decode()
    assert f'<option value="{suyo.pk}">' in html
    assert "P7B · Versión 1" in html
    buscar = reverse("buscar_lugares", args=[pendiente.consulta_id])
    cambios = cliente.get(buscar, {"fragmento": suyo.pk}).json()["cambios"]
    assert cambios == [["pone", PARRAFOS[0]]]
    dicho = {"resultado": "incorporada", "destino": "fragmento", "fragmento": str(suyo.pk)}
    hecho = cliente.post(ruta, datos | dicho | {"porque_nada": "", "accion": "publicar"})
    assert hecho.status_code == 302
    cobertura = Cobertura.objects.publicadas().get(aporte=pendiente)
    assert cobertura.destino.fragmento == suyo
    publica = cliente.get(pendiente.get_absolute_url()).content.decode()
    assert f"Versión 1, párrafo 1 de «{otra.titulo}»" in publica
