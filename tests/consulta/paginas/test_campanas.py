"""Shared texts where people read: said fairly, hiding nobody, adding to no sum, at the same cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consulta.aportes.flows.campanas import (
    deshacer_campana,
    sacar_de_campana,
)
from consulta.aportes.flows.colocar import agrupar_nuevos
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte, Grupo, Recuento
from consulta.aportes.recuentos import descuadres
from consulta.procesos.models import Consulta
from tests.consulta.aportes.test_campanas import CARTA, PROPIO
from tests.consulta.paginas.conftest import aporte
from tests.factories.aportes import contenido, contenido_de_propuesta
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db
FRASE = "1 texto, 4 personas, 1 con un aporte propio"


def enviar(asunto, *textos):
    return [aporte(asunto=asunto, dice=contenido(texto)) for texto in textos]


@pytest.fixture
def miembros(parrafo):
    filas = enviar(parrafo, CARTA, CARTA, CARTA, CARTA + PROPIO)
    agrupar_nuevos(timezone.now())
    return filas


def paginas(asunto, fila):
    consulta = f"/consultas/{asunto.consulta.slug}/"
    return {
        "hilo": asunto.get_absolute_url(),
        "lista": f"{consulta}aportes/",
        "consulta": consulta,
        "aporte": fila.get_absolute_url(),
    }


def sumas(consulta):
    hoy = timezone.localdate()
    return (
        Aporte.objects.de_consulta(consulta).balance(hoy),
        list(Recuento.objects.order_by("asunto").values_list("total", "raices")),
    )


def test_every_page_says_how_many_persons_and_shows_each_of_them(client, parrafo, miembros):
    for nombre, ruta in paginas(parrafo, miembros[0]).items():
        html = client.get(ruta).content.decode()
        assert FRASE in html, nombre
        assert f'href="/textos-compartidos/{Grupo.objects.get().pk}/"' in html, nombre
    for nombre in ("hilo", "lista"):
        html = client.get(paginas(parrafo, miembros[0])[nombre]).content.decode()
        for fila in miembros:
            assert f"/aportes/{fila.folio}/" in html, (nombre, fila.folio)
        assert html.count(FRASE) == 4


def test_the_pages_of_those_who_add_something_stay_among_them(client, parrafo, monkeypatch):
    enviar(parrafo, CARTA, CARTA, CARTA, CARTA + PROPIO, CARTA + PROPIO)
    agrupar_nuevos(timezone.now())
    monkeypatch.setattr("consulta.paginas.views.campanas.POR_PAGINA", 1)
    ruta = f"/textos-compartidos/{Grupo.objects.get().pk}/"
    html = client.get(f"{ruta}?ver=propios").content.decode()
    assert 'href="?ver=propios&amp;pagina=2"' in html and "pagina=3" not in html


def test_lists_of_proposals_say_it_too(client, propuestas):
    for _vez in range(3):
        aporte(consulta=propuestas, dice=contenido_de_propuesta())
    agrupar_nuevos(timezone.now())
    html = client.get(f"/consultas/{propuestas.slug}/propuestas/").content.decode()
    assert html.count("1 texto, 3 personas, 0 con aportes propios") == 3


def test_no_group_adds_to_a_sum_nor_takes_from_one(client, parrafo, miembros):
    con = sumas(parrafo.consulta)
    assert con[0].recibidos == 4
    assert not list(descuadres(parrafo.consulta))
    orden = [a.pk for a in Aporte.objects.order_by("-enviado_en", "-pk")]
    deshacer_campana(grupo=Grupo.objects.get(), por=UserFactory(secretaria=True), motivo="No.")
    assert sumas(parrafo.consulta) == con
    assert orden == [a.pk for a in Aporte.objects.order_by("-enviado_en", "-pk")]
    html = client.get(parrafo.get_absolute_url()).content.decode()
    assert FRASE not in html
    for fila in miembros:
        assert f"/aportes/{fila.folio}/" in html


def test_whoever_is_out_or_gone_is_not_said_to_share(client, parrafo, miembros):
    fuera, retirado = miembros[0], miembros[1]
    grupo = Grupo.objects.get()
    sacar_de_campana(grupo=grupo, aportes=[fuera], por=UserFactory(moderador=True))
    retirar_aporte(aporte=retirado, por=retirado.autoria.cuenta, ahora=timezone.now())
    agrupar_nuevos(timezone.now())
    html = client.get(paginas(parrafo, fuera)["lista"]).content.decode()
    assert html.count("1 texto, 2 personas, 1 con un aporte propio") == 2
    assert (
        "compartido"
        not in client.get(fuera.get_absolute_url())
        .content.decode()
        .partition('id="participar"')[0]
        .partition("<main")[2]
    )


def test_of_an_unannounced_consultation_nothing_is_said(client, parrafo, miembros):
    Consulta.objects.filter(pk=parrafo.consulta_id).update(publicada=False)
    assert client.get(f"/textos-compartidos/{Grupo.objects.get().pk}/").status_code == 404


def test_pages_ask_the_same_of_the_database_however_many_share(client, parrafo, miembros):
    rutas = list(paginas(parrafo, miembros[0]).values())

    def costos():
        cuentas = []
        for ruta in rutas:
            client.get(ruta)
            with CaptureQueriesContext(connection) as consultas:
                client.get(ruta)
            cuentas.append(len(consultas))
        return cuentas

    antes = costos()
    enviar(parrafo, *[CARTA] * 6, *[f"{CARTA} {PROPIO}"] * 4)
    enviar(parrafo, *[" ".join(f"otra{i}" for i in range(30))] * 3)
    agrupar_nuevos(timezone.now())
    assert costos() == antes
