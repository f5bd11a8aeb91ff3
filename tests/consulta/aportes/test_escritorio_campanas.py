"""The desk of shared texts: who sees it, what a person decides, and that it costs the same however large."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from comun.registro import Evento
from consulta.aportes.flows.campanas import (
    deshacer_campana,
    modelo_de,
    revisar_campana,
    sacar_de_campana,
)
from consulta.aportes.flows.colocar import agrupar_nuevos
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte, Grupo
from cuentas.roles import Rol
from tests.consulta.aportes.test_campanas import CARTA, PROPIO, enviar
from tests.factories import AHORA
from tests.factories.cuentas import UserFactory, cuenta_de
from tests.factories.procesos import AsuntoFactory

pytestmark = pytest.mark.django_db
LISTA = "/admin/participacion/textos-compartidos/"
REVISAN = (Rol.MODERADOR, Rol.SECRETARIA, Rol.ADMINISTRADOR)


@pytest.fixture
def asunto():
    return AsuntoFactory()


@pytest.fixture
def grupo(asunto):
    enviar(asunto, CARTA, CARTA, CARTA, CARTA + PROPIO)
    agrupar_nuevos(AHORA)
    return Grupo.objects.get()


@pytest.fixture
def secretaria(client):
    cuenta = UserFactory(secretaria=True)
    client.force_login(cuenta)
    return cuenta


def pagina(grupo):
    return reverse("campana_del_escritorio", args=[grupo.pk])


def otra_carta(n):
    return " ".join(f"tema{n}palabra{i}" for i in range(30))


@pytest.mark.parametrize("rol", list(Rol))
def test_only_those_who_decide_see_the_desk(client, grupo, rol):
    client.force_login(cuenta_de(rol))
    for ruta in (LISTA, pagina(grupo)):
        assert (client.get(ruta).status_code == 200) == (rol in REVISAN), ruta
    if rol not in REVISAN:
        for accion in ("confirmar", "sacar", "deshacer"):
            client.post(pagina(grupo), {"accion": accion, "titulo": "X", "motivo": "X"})
        grupo.refresh_from_db()
        assert (grupo.confirmado_en, grupo.deshecho_en) == (None, None)


def test_an_empty_desk_says_so(client, secretaria):
    for ver in ("", "confirmada", "deshecha", "x"):
        assert 'class="vacio"' in client.get(LISTA, {"ver": ver}).content.decode()


def test_the_list_is_by_state_and_consultation_with_its_numbers(client, secretaria, grupo):
    otro = AsuntoFactory()
    enviar(otro, *[otra_carta(1)] * 3)
    agrupar_nuevos(AHORA)
    segundo = Grupo.objects.exclude(pk=grupo.pk).get()
    respuesta = client.get(LISTA)
    assert [g for g, _t in respuesta.context["filas"]] == [grupo, segundo]
    assert "1 texto, 4 personas, 1 con un aporte propio" in respuesta.content.decode()
    assert CARTA[:60] in respuesta.content.decode()
    solo = client.get(LISTA, {"consulta": otro.consulta.slug})
    assert [g for g, _t in solo.context["filas"]] == [segundo]
    assert [n for _v, _t, n in solo.context["vistas"]] == [1, 0, 0]
    revisar_campana(grupo=grupo, por=secretaria, titulo="La carta")
    deshacer_campana(grupo=segundo, por=secretaria, motivo="Son tres mesas.")
    assert [n for _v, _t, n in client.get(LISTA).context["vistas"]] == [0, 1, 1]
    assert "Son tres mesas." in client.get(LISTA, {"ver": "deshecha"}).content.decode()


def test_own_words_are_told_apart_from_the_common_text(client, secretaria, grupo):
    html = client.get(pagina(grupo), {"ver": "propios"}).content.decode()
    assert "<ins>" in html
    assert "En Lota, donde vivo" in html.partition("<ins>")[2].partition("</ins>")[0]
    assert "Las mismas palabras" not in html
    assert html.count("casos__uno") == 1
    assert client.get(pagina(grupo)).content.decode().count("Las mismas palabras") == 3


def test_a_group_is_confirmed_renamed_and_audited(client, secretaria, grupo):
    mal = client.post(pagina(grupo), {"accion": "confirmar", "titulo": " "})
    assert mal.status_code == 422
    largo = client.post(pagina(grupo), {"accion": "confirmar", "titulo": "a" * 201})
    assert largo.status_code == 422
    assert "a" * 201 in largo.content.decode()
    visto = {"accion": "confirmar", "visto": grupo.titulo}
    client.post(pagina(grupo), visto | {"titulo": "La carta"})
    grupo.refresh_from_db()
    assert (grupo.titulo, grupo.confirmado_por) == ("La carta", secretaria)
    otra = client.post(pagina(grupo), visto | {"titulo": "Otra"})
    assert otra.status_code == 422
    assert "ahora es «La carta»" in otra.content.decode()
    assert 'value="Otra"' in otra.content.decode()
    assert Evento.objects.filter(verbo="revisar_campana").count() == 1


def test_members_are_taken_out_and_put_back(client, secretaria, grupo):
    fuera = modelo_de(grupo)
    client.post(pagina(grupo), {"accion": "sacar", "aporte": [fuera.pk, "x", "9" * 30]})
    grupo.refresh_from_db()
    assert (grupo.envios, grupo.personas, grupo.propios) == (3, 3, 1)
    sacados = client.get(pagina(grupo), {"ver": "fuera"})
    assert [m.aporte for m in sacados.context["miembros"]] == [fuera]
    client.post(pagina(grupo), {"accion": "devolver", "aporte": fuera.pk})
    grupo.refresh_from_db()
    assert grupo.envios == 4
    assert modelo_de(grupo) == fuera
    verbos = ["sacar_de_campana", "devolver_a_campana"]
    assert (
        list(
            Evento.objects.filter(verbo__in=verbos).order_by("seq").values_list("verbo", flat=True)
        )
        == verbos
    )


def test_nothing_ticked_or_an_unknown_act_changes_nothing(client, secretaria, grupo):
    antes = Evento.objects.count()
    for datos in ({"accion": "sacar"}, {"accion": "quemar", "aporte": modelo_de(grupo).pk}, {}):
        assert client.post(pagina(grupo), datos).status_code == 302
    assert Evento.objects.count() == antes


def test_an_undone_group_stays_readable_and_takes_no_act(client, secretaria, grupo):
    assert client.post(pagina(grupo), {"accion": "deshacer", "motivo": ""}).status_code == 422
    client.post(pagina(grupo), {"accion": "deshacer", "motivo": "Son tres mesas."})
    html = client.get(pagina(grupo)).content.decode()
    assert "Son tres mesas." in html
    assert 'type="checkbox"' not in html
    assert client.get(f"/textos-compartidos/{grupo.pk}/").status_code == 404
    tarde = client.post(pagina(grupo), {"accion": "confirmar", "titulo": "X"})
    assert tarde.status_code == 422
    assert Aporte.objects.vigentes().count() == 4


def test_what_is_withdrawn_leaves_the_figures_and_its_text_is_not_shown(client, secretaria, grupo):
    suyo = grupo.miembros.get(con_aporte_propio=True).aporte
    sacar_de_campana(grupo=grupo, aportes=[suyo], por=secretaria)
    retirar_aporte(aporte=suyo, por=suyo.autoria.cuenta, ahora=AHORA)
    html = client.get(pagina(grupo), {"ver": "fuera"}).content.decode()
    assert "no se muestra" in html
    assert "En Lota" not in html
    retirar_aporte(aporte=modelo_de(grupo), por=modelo_de(grupo).autoria.cuenta, ahora=AHORA)
    agrupar_nuevos(AHORA + timedelta(minutes=1))
    grupo.refresh_from_db()
    assert (grupo.envios, grupo.personas, grupo.propios) == (2, 2, 0)


def test_no_address_of_anybody_is_shown(client, secretaria, grupo):
    for ruta in (LISTA, pagina(grupo)):
        html = client.get(ruta).content.decode().replace(secretaria.email, "")
        assert "pruebas.example" not in html


def test_list_and_group_cost_the_same_however_large(
    client, secretaria, asunto, grupo, django_assert_max_num_queries
):
    rutas = [LISTA, pagina(grupo), f"{pagina(grupo)}?ver=propios"]
    costos = []
    for _vez in range(2):
        for ruta in rutas:
            client.get(ruta)
            with django_assert_max_num_queries(32) as consultas:
                client.get(ruta)
            costos.append(len(consultas))
        for n in range(4):
            enviar(asunto, CARTA + PROPIO, *[otra_carta(n)] * 3)
        agrupar_nuevos(timezone.now())
    assert costos[:3] == costos[3:]
