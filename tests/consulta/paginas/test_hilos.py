"""Threads: orders, stances, words, places, supports, follows, visits; with and without JavaScript."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comun.registro import Aviso
from consulta.aportes.flows.apoyar import apoyar
from consulta.aportes.flows.confirmar import confirmar_aporte
from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte, Apoyo, Recuento, Seguimiento, Visita
from consulta.aportes.novedades import avisar_novedad
from consulta.aportes.recuentos import descuadres
from consulta.paginas.presentacion.hilos import RAICES_POR_PAGINA
from consulta.paginas.presentacion.ramas import REPLICAS_POR_PAGINA
from consulta.procesos.models import Asunto
from cuentas.models import User
from tests.consulta.aportes.test_invitados import enviar as enviar_como_invitado
from tests.consulta.aportes.test_invitados import vale
from tests.consulta.paginas.conftest import aporte, cerrar, consulta_abierta
from tests.factories.aportes import contenido
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import version_publicada
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def html_de(url: str, cliente: Client | None = None, **cabeceras: str) -> str:
    respuesta = (cliente or Client()).get(url, **cabeceras)
    assert respuesta.status_code == 200
    return respuesta.content.decode()


def folios(html: str) -> list[str]:
    return re.findall(r'<article class="aporte[^"]*" id="aporte-([\w-]+)"', html)


def varios(asunto: Asunto, n: int, por: User | None = None) -> list[Aporte]:
    """`n` comments a second apart, the last one now."""
    por, ahora = por or UserFactory(), timezone.now()
    return [
        aporte(asunto=asunto, por=por, ahora=ahora - timedelta(seconds=n - i)) for i in range(n)
    ]


@pytest.fixture
def con_postura(db: None) -> Asunto:
    version = version_publicada(consulta_abierta(pide_postura=True), ["Un párrafo discutido."])
    return Asunto.objects.select_related("consulta__etapa__proceso").get(fragmento__version=version)


def test_roots_come_in_each_order(parrafo: Asunto) -> None:
    a, b, c = varios(parrafo, 3)
    apoyar(aporte=b, por=UserFactory())
    responder(a)
    url = parrafo.get_absolute_url()
    esperado = {
        "recientes": [c, b, a],
        "antiguos": [a, b, c],
        "apoyados": [b, c, a],
        "sin_respuesta": [b, c],
        "cualquiera": [c, b, a],
    }
    for orden, filas in esperado.items():
        assert folios(html_de(f"{url}?orden={orden}")) == [f.folio for f in filas], orden


@pytest.mark.parametrize("orden", ["recientes", "antiguos", "apoyados", "sin_respuesta"])
def test_every_root_is_on_exactly_one_page_and_a_deep_link_finds_it(
    parrafo: Asunto, orden: str
) -> None:
    filas = varios(parrafo, 2 * RAICES_POR_PAGINA + 3)
    for fila in filas[::3]:
        apoyar(aporte=fila, por=UserFactory())
    url = parrafo.get_absolute_url()
    paginas = [folios(html_de(f"{url}?orden={orden}&pagina={n}")) for n in (1, 2, 3)]
    assert [len(p) for p in paginas] == [20, 20, 3]
    assert {f for p in paginas for f in p} == {f.folio for f in filas}
    for pagina in paginas:
        for folio in (pagina[0], pagina[-1]):
            assert folios(html_de(f"{url}?orden={orden}&ver={folio}")) == pagina


def test_a_deep_link_that_the_filter_leaves_out_shows_the_thread_as_usual(parrafo: Asunto) -> None:
    a, _b = varios(parrafo, 2)
    responder(a)
    html = html_de(f"{parrafo.get_absolute_url()}?orden=sin_respuesta&ver={a.folio}")
    assert a.folio in folios(html)


def test_a_link_to_a_deep_reply_shows_it_in_its_place(parrafo: Asunto) -> None:
    raiz, por, ahora = aporte(asunto=parrafo), UserFactory(), timezone.now()
    replicas = [
        aporte(padre=raiz, por=por, ahora=ahora + timedelta(seconds=i))
        for i in range(REPLICAS_POR_PAGINA + 10)
    ]
    honda = aporte(padre=replicas[-1], por=por, ahora=ahora + timedelta(minutes=5))
    varios(parrafo, RAICES_POR_PAGINA)
    lugar = re.search(r'href="([^"]+\?ver=[^"]+)"', html_de(honda.get_absolute_url()))
    assert lugar
    url, _, ancla = lugar[1].partition("#")
    html = html_de(url)
    assert f'id="{ancla}"' in html
    assert honda.folio in folios(html)
    assert replicas[-1].folio in folios(html)
    assert "Mostrar las réplicas anteriores" in html


def test_replies_come_on_demand_as_a_piece_and_as_a_page(parrafo: Asunto) -> None:
    raiz, por, ahora = aporte(asunto=parrafo), UserFactory(), timezone.now()
    total = REPLICAS_POR_PAGINA + 7
    for i in range(total):
        aporte(padre=raiz, por=por, ahora=ahora + timedelta(seconds=i))
    vistas = []
    for n in (1, 2):
        url = reverse("paginas:respuestas", args=[raiz.folio]) + f"?pagina={n}"
        trozo = html_de(url, **HTMX)
        assert "<html" not in trozo
        assert "<html" in html_de(url)
        assert folios(html_de(url)) == folios(trozo)
        vistas += folios(trozo)
    assert len(vistas) == len(set(vistas)) == total
    primera = html_de(reverse("paginas:respuestas", args=[raiz.folio]), **HTMX)
    assert "Mostrar 7 réplicas más" in primera


def test_more_roots_come_as_a_piece_or_as_a_page(parrafo: Asunto) -> None:
    varios(parrafo, RAICES_POR_PAGINA + 2)
    url = parrafo.get_absolute_url()
    entera = html_de(url)
    assert 'rel="next" href="?pagina=2#hilo"' in entera
    trozo = html_de(f"{url}?pagina=2", **HTMX)
    assert "<html" not in trozo
    assert len(folios(trozo)) == 2
    assert "HX-Request" in Client().get(url)["Vary"]
    vuelta = html_de(url, **HTMX, HTTP_HX_HISTORY_RESTORE_REQUEST="true")
    assert "<html" in vuelta


def test_words_are_found_in_the_thread_whatever_their_accents(parrafo: Asunto) -> None:
    raiz = aporte(asunto=parrafo, dice=contenido("El río Ñuble necesita sensores."))
    honda = aporte(padre=raiz, dice=contenido("Los RIOS del sur también."))
    aporte(asunto=parrafo, dice=contenido("Nada que ver."))
    otro = Asunto.objects.get(fragmento__version=parrafo.fragmento.version, fragmento__orden=2)
    aporte(asunto=otro, dice=contenido("Un río de otro párrafo."))
    url = parrafo.get_absolute_url()
    html = html_de(f"{url}?q=rios")
    assert set(folios(html)) == {raiz.folio, honda.folio}
    assert "<mark>río</mark>" in html
    assert f"?ver={honda.folio}#aporte-{honda.folio}" in html
    nada = html_de(f"{url}?q=zzz")
    assert "Nada con esas palabras" in nada
    assert "Ver toda la conversación" in nada
    assert html_de(f"{url}?q=%22%27%28%29%5C%3C") is not None
    retirar_aporte(aporte=honda, por=honda.autoria.cuenta)
    assert folios(html_de(f"{url}?q=rios")) == [raiz.folio]


def test_a_stance_is_asked_where_the_consultation_asks_and_nowhere_else(
    como_autora: Client, con_postura: Asunto, parrafo: Asunto
) -> None:
    url = con_postura.get_absolute_url()
    clave = re.search(r'name="clave" value="([^"]+)"', html_de(url, como_autora))[1]
    sin = como_autora.post(url, {"texto": "Hola.", "clave": clave})
    assert sin.status_code == 422
    assert "Diga si está a favor, neutral o en contra." in sin.content.decode()
    assert "Hola." in sin.content.decode()
    con = como_autora.post(url, {"texto": "Hola.", "clave": clave, "postura": "contra"})
    assert con.status_code == 302
    fila = Aporte.objects.get(asunto=con_postura)
    assert fila.postura == "contra"
    assert 'name="postura"' not in html_de(parrafo.get_absolute_url(), como_autora)
    html = html_de(url)
    assert "En contra" in html
    assert folios(html_de(f"{url}?postura=contra")) == [fila.folio]
    assert "Ningún comentario «A favor»" in html_de(f"{url}?postura=favor")


def test_the_bar_counts_the_stances_that_stand(con_postura: Asunto) -> None:
    a, b = (
        aporte(asunto=con_postura, dice=contenido("Sí.", postura=p)) for p in ("favor", "contra")
    )
    remover_aporte(aporte=b, por=UserFactory(moderador=True), causa="odio")
    cuenta = Recuento.objects.get(asunto=con_postura)
    assert (cuenta.favor, cuenta.neutral, cuenta.contra) == (1, 0, 0)
    assert not list(descuadres(con_postura.consulta))
    assert a.postura == "favor"


def test_support_is_given_and_taken_back_by_a_plain_form(
    como_autora: Client, autora: User, parrafo: Asunto
) -> None:
    fila, mia = aporte(asunto=parrafo), aporte(asunto=parrafo, por=autora)
    url = parrafo.get_absolute_url()
    html = html_de(url, como_autora)
    accion = reverse("paginas:apoyar", args=[fila.folio])
    assert f'formaction="{accion}"' in html
    assert reverse("paginas:apoyar", args=[mia.folio]) not in html
    datos = {"accion": "apoyar", "siguiente": f"{url}?pagina=1"}
    for _ in range(2):
        hecho = como_autora.post(accion, datos)
        assert hecho.url == f"{url}?pagina=1#aporte-{fila.folio}"
    fila.refresh_from_db()
    assert fila.apoyos == Apoyo.objects.count() == 1
    assert 'value="quitar"' in html_de(url, como_autora)
    trozo = como_autora.post(accion, {"accion": "quitar"}, **HTMX).content.decode()
    assert 'value="apoyar"' in trozo
    assert Apoyo.objects.count() == 0
    assert como_autora.post(accion, {"siguiente": "https://otro.example/"}).url.startswith("/")


def test_one_cannot_support_ones_own_words_nor_after_the_close(
    como_autora: Client, autora: User, parrafo: Asunto
) -> None:
    mia, fila = aporte(asunto=parrafo, por=autora), aporte(asunto=parrafo)
    como_autora.post(reverse("paginas:apoyar", args=[mia.folio]), {"accion": "apoyar"})
    cerrar(parrafo.consulta)
    url = reverse("paginas:apoyar", args=[fila.folio])
    vuelta = como_autora.post(url, {"accion": "apoyar"}, follow=True)
    assert "El plazo para apoyar aportes no está abierto." in vuelta.content.decode()
    assert Apoyo.objects.count() == 0
    assert como_autora.post(url, {"accion": "apoyar"}, **HTMX)["HX-Refresh"] == "true"


def test_a_visitor_sees_the_number_and_how_to_sign_in_and_come_back(parrafo: Asunto) -> None:
    fila = aporte(asunto=parrafo)
    apoyar(aporte=fila, por=UserFactory())
    url = parrafo.get_absolute_url()
    html = html_de(url)
    assert "<b>1</b>" in html
    ingreso = re.search(r'class="apoyo" href="([^"]+)"', html)[1]
    assert ingreso.startswith("/cuenta/login/?next=%2Fconsultas")
    assert ingreso.endswith(f"%23aporte-{fila.folio}")
    hecho = Client().post(reverse("paginas:apoyar", args=[fila.folio]), {"siguiente": url})
    assert hecho.url.startswith("/cuenta/login/?next=")


def test_following_gives_one_notice_until_one_comes_back(
    como_autora: Client, autora: User, parrafo: Asunto
) -> None:
    accion = reverse(
        "paginas:seguir_fragmento",
        args=[parrafo.consulta.slug, 1, parrafo.fragmento.orden],
    )
    assert como_autora.post(accion, {"accion": "seguir"}).status_code == 302
    assert Seguimiento.objects.get().cuenta == autora
    otra = UserFactory()
    for fila in [aporte(asunto=parrafo, por=otra) for _ in range(3)]:
        avisar_novedad.call(fila.pk)
        avisar_novedad.call(fila.pk)
    suyos = Aviso.objects.filter(destino=f"cuenta:{autora.pk}", razon="seguimiento")
    assert suyos.count() == 1
    html_de(parrafo.get_absolute_url(), como_autora)
    avisar_novedad.call(aporte(asunto=parrafo, por=otra).pk)
    assert suyos.count() == 2
    avisar_novedad.call(aporte(asunto=parrafo, por=autora).pk)
    assert suyos.count() == 2
    como_autora.post(accion, {"accion": "dejar"})
    assert not Seguimiento.objects.exists()


def test_a_consultation_is_followed_and_left_on_its_page(
    parrafo: Asunto, como_autora: Client, autora: User
) -> None:
    pagina = parrafo.consulta.get_absolute_url()
    url = reverse("paginas:seguir_consulta", args=[parrafo.consulta.slug])
    assert "Ingresar para seguir esta consulta" in html_de(pagina)
    assert "Seguir esta consulta" in html_de(pagina, como_autora)
    como_autora.post(url, {"accion": "seguir"})
    assert Seguimiento.objects.filter(cuenta=autora, asunto__fragmento=None).exists()
    assert "Dejar de seguir" in html_de(pagina, como_autora)
    pieza = como_autora.post(url, {"accion": "dejar"}, **HTMX)
    assert "Seguir esta consulta" in pieza.content.decode()
    assert not Seguimiento.objects.filter(cuenta=autora).exists()


def test_the_author_hears_of_replies_and_not_of_their_own(parrafo: Asunto) -> None:
    autor = UserFactory()
    raiz = aporte(asunto=parrafo, por=autor)
    for por in (autor, UserFactory(), UserFactory()):
        avisar_novedad.call(aporte(padre=raiz, por=por).pk)
    avisos = Aviso.objects.filter(razon="replica")
    assert [a.destino for a in avisos] == [f"aporte:{raiz.pk}"]


def test_what_is_new_since_the_last_visit_is_told_and_led_to(
    como_autora: Client, autora: User, parrafo: Asunto
) -> None:
    aporte(asunto=parrafo, ahora=timezone.now() - timedelta(hours=3))
    url = parrafo.get_absolute_url()
    assert "desde su última visita" not in html_de(url, como_autora)
    Visita.objects.update(en=timezone.now() - timedelta(hours=2))
    nueva = aporte(asunto=parrafo)
    aporte(asunto=parrafo, por=autora)
    for _ in range(2):
        html = html_de(url, como_autora)
        assert "<b>1</b> nuevo desde su última visita" in html
        assert html.count("</svg>Nuevo</span>") == 1
        assert f'href="{url}?ver={nueva.folio}#aporte-{nueva.folio}"' in html
    assert Visita.objects.get().veces == 2
    Visita.objects.update(en=timezone.now() - timedelta(hours=1))
    como_autora.head(url)
    como_autora.get(url, HTTP_SEC_PURPOSE="prefetch")
    assert Visita.objects.get().veces == 2


def test_what_a_guest_sent_before_the_visit_and_confirmed_since_is_new(
    como_autora: Client, autora: User, parrafo: Asunto
) -> None:
    ahora, url = timezone.now(), parrafo.get_absolute_url()
    espera = enviar_como_invitado(parrafo, ahora=ahora - timedelta(hours=5)).aporte
    Visita.objects.create(cuenta=autora, asunto=parrafo, en=ahora - timedelta(hours=2))
    confirmar_aporte(vale=vale(espera), ahora=ahora - timedelta(hours=1))
    hilo = html_de(url, como_autora)
    assert "<b>1</b> nuevo desde su última visita" in hilo
    assert hilo.count("</svg>Nuevo</span>") == 1


def test_a_corrected_comment_may_change_its_stance(
    como_autora: Client, autora: User, con_postura: Asunto
) -> None:
    fila = aporte(asunto=con_postura, por=autora, dice=contenido(postura="contra"))
    url = reverse("paginas:corregir", args=[fila.folio])
    assert re.search(r'<input[^>]*value="contra"[^>]* checked', html_de(url, como_autora))
    datos = {"version": 1, "texto": "Lo pensé mejor.", "postura": "favor"}
    assert como_autora.post(url, datos).status_code == 302
    fila.refresh_from_db()
    assert fila.postura == "favor"
    assert not list(descuadres(con_postura.consulta))


def test_an_anonymous_page_is_the_same_for_everyone_but_its_form(parrafo: Asunto) -> None:
    varios(parrafo, 3)
    url = parrafo.get_absolute_url()
    # The guests' form is the only one: its token and the key of its sending are new each time.
    de_cada_vez = r'(name="(?:csrfmiddlewaretoken|clave)" value=)"[^"]+"'
    una, otra = (re.sub(de_cada_vez, r"\1", html_de(url)) for _ in range(2))
    assert una == otra
    hilo = una.partition('id="hilo"')[2].partition("</section>")[0]
    assert "csrfmiddlewaretoken" not in hilo


def test_the_voice_of_an_institution_is_marked(parrafo: Asunto) -> None:
    raiz = aporte(asunto=parrafo)
    aporte(padre=raiz, por=UserFactory(oficial=True), institucional=True)
    html = html_de(parrafo.get_absolute_url())
    assert 'class="aporte aporte--institucional"' in html
    assert "Voz institucional" in html


@pytest.mark.parametrize(
    "siguiente",
    [
        "https://otro.example/",
        "//otro.example/",
        "http://testserver//otro.example/",
        "/\\otro.example",
        "una-palabra",
        "a\x00b",
        "http://testserver",
    ],
)
def test_an_act_never_leads_out_of_the_site_nor_fails_for_where_it_leads(
    como_autora: Client, autora: User, parrafo: Asunto, siguiente: str
) -> None:
    raiz, propia = aporte(asunto=parrafo), aporte(asunto=parrafo, por=autora)
    for fila, accion in ((raiz, "apoyar"), (raiz, "seguir"), (propia, "apoyar")):
        url = reverse(f"paginas:{accion}", args=[fila.folio])
        vuelta = como_autora.post(url, {"accion": accion, "siguiente": siguiente}).url
        assert vuelta.startswith(fila.get_absolute_url())


def test_the_way_back_from_signing_in_has_an_end(parrafo: Asunto) -> None:
    aporte(asunto=parrafo)
    url = parrafo.get_absolute_url()

    def vuelta(pedido: str) -> str:
        (enlace,) = re.findall(r'class="apoyo" href="([^"]+)"', html_de(url + pedido))
        return str(enlace)

    assert "orden%3Dantiguos" in vuelta("?orden=antiguos")
    larga = vuelta(f"?x={'y' * 3_000}")
    assert "yyy" not in larga and f"next={quote(url, safe='')}" in larga
