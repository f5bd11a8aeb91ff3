"""The draft: reading it, quoting it, comparing its versions."""

import re
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consulta.aportes.flows.borradores import guardar_borrador
from consulta.aportes.models import Ancla, Aporte
from consulta.paginas.presentacion.borradores import vista_de_fragmento
from consulta.paginas.presentacion.comparar import comparar
from consulta.paginas.presentacion.tramos import Marca, cortar
from consulta.procesos.enums import TipoCorrespondencia, TipoFragmento
from consulta.procesos.flows.borrador import publicar_version
from consulta.procesos.flows.redactar import preparar_version
from consulta.procesos.models import Asunto, Consulta, Fragmento, VersionBorrador
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.coberturas import DestinoElegido
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido
from tests.factories.borradores import version
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db
UNO = "Los municipios publicarán sus presupuestos. La publicación se hará en marzo."
DOS = "Las bases de datos tendrán una licencia de uso libre."


@pytest.fixture(autouse=True)
def hoy(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AHORA)


@pytest.fixture
def consulta() -> Consulta:
    return ConsultaFactory()


def asunto(v: VersionBorrador, orden: int) -> Asunto:
    return Asunto.objects.get(fragmento__version=v, fragmento__orden=orden)


def citar(v: VersionBorrador, orden: int, cita: str) -> Aporte:
    return aporte(asunto=asunto(v, orden), dice=contenido(cita=cita))


def pagina(cliente: Client, ruta: str, estado: int = 200) -> str:
    respuesta = cliente.get(ruta)
    assert respuesta.status_code == estado
    return respuesta.content.decode()


class TestMarcas:
    def test_overlapping_quotes_are_cut_where_they_begin_and_end(self):
        marcas = [Marca(4, 10, "A-0001", "/1"), Marca(8, 14, "A-0002", "/2")]
        tramo = cortar("uno dos tres cuatro", 0, marcas, "/todas")
        assert [(p.texto, p.url) for p in tramo.partes] == [
            ("uno ", ""), ("dos ", "/1"), ("tr", "/todas"), ("es c", "/2"), ("uatro", ""),
        ]  # fmt: skip
        assert [p.nacen for p in tramo.partes] == [[], ["A-0001"], ["A-0002"], [], []]

    def test_a_run_that_is_not_the_first_knows_its_offset(self):
        tramo = cortar("tres cuatro", 8, [Marca(4, 12, "A-0001", "/1")], "")
        assert [(p.texto, bool(p.url)) for p in tramo.partes] == [
            ("tres", True),
            (" cuatro", False),
        ]

    def test_words_with_signs_of_html_are_escaped(self, client, consulta):
        v1 = version(consulta, ["Si a < b y <script>alert(1)</script> c, entonces."])
        citar(v1, 1, "b y <script>alert")
        html = pagina(client, asunto(v1, 1).get_absolute_url())
        assert "<script>alert" not in html
        assert "b y &lt;script&gt;alert" in html


class TestCitar:
    def enviar(self, cliente: Client, ruta: str, **campos: object):
        cliente.force_login(UserFactory())
        datos = {"texto": "Falta el plazo.", "firma": "", "clave": str(uuid4()), **campos}
        return cliente.post(ruta, datos)

    def test_typed_words_are_kept_as_a_quote(self, client, consulta):
        v1 = version(consulta, [UNO])
        respuesta = self.enviar(client, asunto(v1, 1).get_absolute_url(), cita="SE HARA en marzo")
        assert respuesta.status_code == 302
        assert Ancla.objects.get().cita == "se hará en marzo"

    def test_words_that_are_not_there_come_back_with_all_that_was_typed(self, client, consulta):
        v1 = version(consulta, [UNO])
        respuesta = self.enviar(client, asunto(v1, 1).get_absolute_url(), cita="el agua potable")
        assert respuesta.status_code == 422
        html = respuesta.content.decode()
        assert "Esas palabras no están en el párrafo" in html
        assert "Falta el plazo." in html
        assert "el agua potable" in html
        assert not Aporte.objects.exists()

    @pytest.mark.parametrize("inicio", ["-4", "x", "99999999999999", "", "2"])
    def test_a_wrong_place_only_makes_the_words_be_looked_for(self, client, consulta, inicio):
        v1 = version(consulta, [UNO])
        ruta = asunto(v1, 1).get_absolute_url()
        self.enviar(client, ruta, cita="sus presupuestos", cita_inicio=inicio)
        assert Ancla.objects.get().inicio == UNO.index("sus presupuestos")

    def test_without_a_script_a_sentence_is_chosen_by_its_link_and_fitted_word_by_word(
        self, client, consulta
    ):
        v1 = version(consulta, [UNO])
        ruta = asunto(v1, 1).get_absolute_url()
        client.force_login(UserFactory())
        inicio = UNO.index("La publicación")
        assert f'href="{ruta}?cita={inicio}-{len(UNO)}#participar"' in pagina(client, ruta)
        html = pagina(client, f"{ruta}?cita={inicio}-{len(UNO)}")
        assert "Comenta sobre: <q>La publicación se hará en marzo.</q>" in html
        assert f'name="cita_inicio" value="{inicio}"' in html
        una_menos = UNO.index("publicación se")
        assert f"?cita={una_menos}-{len(UNO) - 1}#participar" in html

    def test_the_chosen_words_are_still_chosen_after_signing_in_or_up(self, client, consulta):
        v1 = version(consulta, [UNO])
        ruta = f"{asunto(v1, 1).get_absolute_url()}?cita=0-14"
        html = pagina(client, ruta)
        siguiente = quote(f"{ruta}#participar", safe="")
        for nombre in ("account_login", "account_signup"):
            assert f'href="{reverse(nombre)}?next={siguiente}"' in html

    def test_the_words_of_the_address_stand_before_those_kept_earlier(self, client, consulta):
        ruta = asunto(version(consulta, [UNO]), 1).get_absolute_url()
        persona = UserFactory()
        client.force_login(persona)
        guardar_borrador(
            cuenta=persona,
            lugar=ruta,
            campos={"texto": ["Falta."], "cita": ["en marzo"]},
            ahora=AHORA,
        )
        html = pagina(client, f"{ruta}?cita=0-14")
        assert "Falta.</textarea>" in html
        assert f"{UNO[:14]}</textarea>" in html

    @pytest.mark.parametrize("cita", ["5", "9-2", "a-b", "0-0", "900-990", "1-99999999999"])
    def test_an_address_that_chooses_nothing_is_the_page_of_the_fragment(
        self, client, consulta, cita
    ):
        v1 = version(consulta, [UNO])
        client.force_login(UserFactory())
        html = pagina(client, f"{asunto(v1, 1).get_absolute_url()}?cita={cita}")
        assert "Comenta sobre" not in html

    def test_a_comment_says_what_it_quotes_and_what_became_of_it(self, client, consulta):
        v1 = version(consulta, [UNO, DOS])
        queda, sale = citar(v1, 1, "sus presupuestos"), citar(v1, 2, "licencia de uso libre")
        version(consulta, ["Nada.", UNO], [(1, 2)])
        html = pagina(client, queda.get_absolute_url())
        assert "<q>sus presupuestos</q>" in html
        assert "En la versión 2 están en el párrafo 2" in html
        html = pagina(client, sale.get_absolute_url())
        assert "No encontramos estas palabras en la versión 2" in html
        Ancla.objects.filter(estado="huerfana").update(estado="sin_lugar")
        html = pagina(client, sale.get_absolute_url())
        assert "Estas palabras ya no están en la versión 2" in html

    def test_a_quote_of_a_withdrawn_comment_is_not_marked(self, client, consulta):
        v1 = version(consulta, [UNO])
        quien = citar(v1, 1, "sus presupuestos")
        ruta = asunto(v1, 1).get_absolute_url()
        assert f'id="cita-{quien.folio}"' in pagina(client, ruta)
        Aporte.objects.update(situacion="retirado", motivo="x")
        assert "cita-ancla" not in pagina(client, ruta)


class TestLeer:
    def test_each_fragment_says_what_changed_by_whom_and_what_was_said_before(
        self, client, consulta
    ):
        v1 = version(consulta, [UNO, DOS])
        dicho = aporte(asunto=asunto(v1, 1))
        aporte(padre=dicho)
        v2 = version(
            consulta,
            [DOS, UNO.replace("marzo", "abril"), "Esto es nuevo."],
            [(1, 2), (2, 1, TipoCorrespondencia.IGUAL)],
        )
        fragmento = v2.fragmentos.get(orden=2)
        responder(
            dicho, resultado=Resultado.INCORPORADA, destino=DestinoElegido(fragmento=fragmento)
        )
        aporte(asunto=asunto(v2, 2))
        html = pagina(client, v2.get_absolute_url())
        assert "1 comentario<" in html
        assert "2 en la versión anterior" in html
        assert f"{dicho.get_absolute_url()}#respuesta" in html
        assert "Desde la versión 1: 1 párrafo cambia, 1 es nuevo y 1 cambia de lugar" in html
        html = pagina(client, fragmento.get_absolute_url())
        assert "Versión 1, párrafo 1" in html
        assert "2 comentarios" in html
        assert "Cambió por" in html

    def test_a_long_draft_comes_in_parts_and_a_paragraph_leads_to_its_own(self, client, consulta):
        v1 = version(
            consulta,
            [
                t
                for i in range(60)
                for t in (f"# Título {i}", *[f"{UNO} {i}-{j}" for j in range(9)])
            ],
        )
        html = pagina(client, v1.get_absolute_url())
        assert "Parte 1 de " in html
        assert 'id="p1"' in html
        assert 'id="p599"' not in html
        html = pagina(client, f"{v1.get_absolute_url()}?p=599")
        assert 'id="p599"' in html
        for raro in ("?parte=999", "?parte=x", "?p=0", "?p=99999999999"):
            pagina(client, v1.get_absolute_url() + raro)

    def test_it_costs_the_same_with_three_fragments_and_with_three_hundred(self, client):
        def consultas(cuantos: int) -> int:
            consulta = ConsultaFactory()
            textos = [f"{UNO} {i}" for i in range(cuantos)]
            v1 = version(consulta, textos)
            for orden in range(1, min(cuantos, 20) + 1):
                citar(v1, orden, "sus presupuestos")
            v2 = version(
                consulta, [f"{t}." for t in textos], [(i, i) for i in range(1, cuantos + 1)]
            )
            client.get(v2.get_absolute_url())
            with CaptureQueriesContext(connection) as hechas:
                pagina(client, v2.get_absolute_url())
            comparada = f"{reverse('paginas:comparar', args=[consulta.slug])}?todo=1"
            with CaptureQueriesContext(connection) as otras:
                pagina(client, comparada)
            assert len(otras) <= 8
            return len(hechas)

        assert consultas(3) == consultas(300) <= 12

    def test_the_draft_as_a_whole_has_its_own_thread(self, client, consulta):
        version(consulta, [UNO])
        ruta = reverse("paginas:borrador_comentarios", args=[consulta.slug])
        assert "Nadie ha comentado el borrador completo" in pagina(client, ruta)
        client.force_login(UserFactory())
        datos = {"texto": "Es muy largo.", "firma": "", "clave": str(uuid4())}
        assert client.post(ruta, datos).status_code == 302
        assert "Es muy largo." in pagina(client, ruta)
        hecho = Aporte.objects.get()
        assert hecho.asunto.fragmento is None
        assert "1 comentario al borrador completo" in pagina(
            client, reverse("paginas:borrador_version", args=[consulta.slug, 1])
        )

    def test_a_fragment_costs_the_same_with_two_quotes_and_with_sixty_signed_in(self, client):
        client.force_login(UserFactory())

        def consultas(cuantas: int) -> int:
            consulta = ConsultaFactory()
            v1 = version(consulta, [UNO, DOS])
            for _ in range(cuantas):
                citar(v1, 1, "sus presupuestos")
            v2 = version(consulta, [f"{UNO} Y más.", DOS])
            for _ in range(cuantas):
                citar(v2, 1, "en marzo")
            ruta = f"{asunto(v2, 1).get_absolute_url()}?cita=0-14"
            client.get(ruta)
            with CaptureQueriesContext(connection) as hechas:
                assert "Comenta sobre" in pagina(client, ruta)
            return len(hechas)

        assert consultas(2) == consultas(30) <= 15

    def test_a_process_of_no_plan_has_every_page_of_its_draft(self, client, consulta):
        assert not hasattr(consulta.etapa.proceso, "plan")
        v1 = version(consulta, [UNO, DOS])
        citar(v1, 1, "sus presupuestos")
        v2 = version(consulta, [UNO.replace("marzo", "abril"), DOS])
        for nombre in ("borrador_version", "borrador_comentarios", "comparar", "fragmento"):
            resto = {"borrador_version": [2], "fragmento": [2, 1]}.get(nombre, [])
            assert consulta.titulo in pagina(
                client, reverse(f"paginas:{nombre}", args=[consulta.slug, *resto])
            )
        assert v2.n == 2

    def test_where_there_is_no_draft_there_is_nothing_to_speak_of(self, client):
        for consulta in (ConsultaFactory(), ConsultaFactory(propuestas=True)):
            for nombre in ("borrador", "borrador_comentarios", "comparar"):
                pagina(client, reverse(f"paginas:{nombre}", args=[consulta.slug]), 404)


class TestListas:
    def test_contents_count_the_same_on_both_pages(self, client, consulta):
        v1 = version(consulta, [UNO])
        citar(v1, 1, "marzo")
        v2 = version(consulta, [UNO])
        citar(v2, 1, "municipios")
        texto = pagina(client, consulta.get_absolute_url())
        assert "2 comentarios" in texto[texto.index("por partes") :]

    """Every line of a list is an item of it; only what announces them stands before."""

    @pytest.mark.parametrize(
        ("texto", "presenta", "puntos"),
        [
            ("- primero\n- segundo", [], ["primero", "segundo"]),
            ("Se puede:\n- primero\n- segundo", ["Se puede:"], ["primero", "segundo"]),
            ("1. uno\n2. dos", [], ["uno", "dos"]),
            ("primero;\nsegundo", [], ["primero;", "segundo"]),
            ("Se puede:\nprimero;\nsegundo", ["Se puede:"], ["primero;", "segundo"]),
        ],
    )
    def test_a_list_is_drawn_as_it_was_written(self, texto, presenta, puntos):
        fila = Fragmento(orden=1, tipo=TipoFragmento.LISTA, texto=texto)
        vista = vista_de_fragmento(fila, slug="x", n=1)
        assert [t.texto for linea in vista.parrafos for t in linea] == presenta
        assert [t.texto for t in vista.puntos] == puntos
        assert vista.numerada == texto.startswith("1.")
        assert all(texto[t.inicio :].startswith(t.texto) for t in vista.puntos)

    @pytest.mark.parametrize("antes", ["", "Se puede:\n\n"])
    def test_a_pasted_list_keeps_its_first_item(self, client, consulta, antes):
        por = UserFactory(secretaria=True)
        texto = f"{antes}- primero\n- segundo"
        nueva = preparar_version(consulta=consulta, titulo="", texto=texto, por=por, ahora=AHORA)
        publicar_version(version=nueva, por=por, ahora=AHORA)
        html = pagina(client, reverse("paginas:borrador_version", args=[consulta.slug, 1]))
        puntos = re.findall(r"<li data-i=.*?>([^<]*)</li>", html)
        assert puntos == ["primero", "segundo"]
        assert ("Se puede:" in html) == bool(antes)


class TestComparar:
    def ruta(self, consulta: Consulta, consulta_http: str = "") -> str:
        return reverse("paginas:comparar", args=[consulta.slug]) + consulta_http

    def test_what_goes_and_comes_is_told_by_sign_and_to_screen_readers(self, client, consulta):
        version(consulta, [UNO, DOS])
        version(consulta, [UNO.replace("marzo", "abril"), DOS], [(1, 1), (2, 2)])
        html = pagina(client, self.ruta(consulta))
        assert "[se quita: </span>marzo" in html
        assert "[se agrega: </span>abril" in html
        assert "uso libre" not in html
        assert "uso libre" in pagina(client, self.ruta(consulta, "?todo=1"))

    def test_three_versions_are_composed(self, consulta):
        version(consulta, ["a uno", "b dos. c tres", "d cuatro", "e cinco", "f seis"])
        version(
            consulta,
            ["d cuatro", "a uno", "b dos.", "c tres", "e cinco nueve", "g siete"],
            [(1, 2), (2, 3), (2, 4), (3, 1), (4, 5)],
        )
        version(
            consulta,
            ["d cuatro", "a uno", "b dos.", "c tres", "e cinco", "g siete"],
            [(i, i) for i in range(1, 7)],
        )
        versiones = list(consulta.versiones.order_by("n"))
        filas = comparar(versiones, 1, 3).filas
        assert [(f.tipo, [x.orden for x in f.de], [x.orden for x in f.a]) for f in filas] == [
            ("mueve", [3], [1]),
            ("igual", [1], [2]),
            ("divide", [2], [3, 4]),
            ("igual", [4], [5]),
            ("quitado", [5], []),
            ("nuevo", [], [6]),
        ]
        al_reves = comparar(versiones, 3, 1)
        assert al_reves.cuentas == {"mueve": 1, "igual": 2, "une": 1, "quitado": 1, "nuevo": 1}

    def test_each_change_names_the_responses_that_made_it_also_of_a_version_between(
        self, client, consulta
    ):
        v1 = version(consulta, [UNO, DOS])
        uno, dos = aporte(asunto=asunto(v1, 1)), aporte(asunto=asunto(v1, 2))
        v2 = version(consulta, [UNO.replace("marzo", "abril"), DOS], [(1, 1), (2, 2)])
        version(consulta, [UNO.replace("marzo", "mayo"), DOS], [(1, 1), (2, 2)])
        destino = DestinoElegido(fragmento=v2.fragmentos.get(orden=1))
        responder(uno, resultado=Resultado.PARCIAL, destino=destino)
        responder(dos, resultado=Resultado.YA_CONTEMPLADA, destino=destino)
        html = pagina(client, self.ruta(consulta, "?de=1&a=3"))
        assert uno.folio in html
        assert dos.folio not in html
        assert uno.folio not in pagina(client, self.ruta(consulta, "?de=2&a=3"))

    @pytest.mark.parametrize("mala", ["?de=9", "?a=x", "?de=1&a=0", "?de=-1"])
    def test_versions_that_are_not_are_not_found(self, client, consulta, mala):
        version(consulta, [UNO])
        version(consulta, [DOS])
        pagina(client, self.ruta(consulta, mala), 404)

    def test_one_version_or_two_that_say_the_same_are_told(self, client, consulta):
        version(consulta, [UNO])
        assert "Hay una sola versión" in pagina(client, self.ruta(consulta))
        version(consulta, [UNO])
        assert "No hay diferencias" in pagina(client, self.ruta(consulta))
