"""What each page says, and in which state."""

import json
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.paginas.presentacion.ramas import REPLICAS_POR_PAGINA, REPLICAS_POR_RAIZ
from consulta.procesos.models import Asunto, Consulta
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.coberturas import DestinoElegido
from cuentas.models import User
from tests.consulta.paginas.conftest import aporte, cerrar, consulta_abierta
from tests.factories.aportes import contenido, contenido_de_propuesta
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory, EtapaFactory, version_publicada
from tests.factories.respuestas import compromiso, responder

pytestmark = pytest.mark.django_db


def html_de(url: str, cliente: Client | None = None) -> str:
    respuesta = (cliente or Client()).get(url)
    assert respuesta.status_code == 200
    return respuesta.content.decode()


def test_the_public_line_and_each_figure_lead_to_the_same_rows(propuestas: Consulta) -> None:
    autor, moderador = UserFactory(), UserFactory(moderador=True)
    filas = [aporte(consulta=propuestas, por=autor) for _ in range(6)]
    aporte(padre=filas[0])
    aporte(padre=filas[0], por=UserFactory(oficial=True), institucional=True)
    responder(filas[0], filas[1])
    retirar_aporte(aporte=filas[2], por=autor)
    remover_aporte(aporte=filas[3], por=moderador, causa="odio", motivo="Insulta.")
    html = html_de(propuestas.get_absolute_url())
    assert "2 respondidos de 5 · 3 pendientes" in html
    cifras = re.findall(r'href="([^"]+\?estado=\w+)">(\d+) ', html)
    assert len(cifras) == 4
    propuestas_sueltas = reverse("paginas:propuestas", args=[propuestas.slug])
    cifras += re.findall(r'href="([^"]+\?estado=\w+)">(\d+) ', html_de(propuestas_sueltas))
    assert len(cifras) == 8
    for url, cifra in cifras:
        assert html_de(url).count('class="fila-aporte"') == int(cifra)


def test_consultations_are_listed_open_then_coming_then_closed() -> None:
    ahora = timezone.now()
    ConsultaFactory(titulo="Ya cerrada", etapa__inicio=ahora - timedelta(9), etapa__fin=ahora)
    ConsultaFactory(
        titulo="La que viene", etapa__inicio=ahora + timedelta(1), etapa__fin=ahora + timedelta(9)
    )
    consulta_abierta(titulo="Abierta hoy")
    consulta_abierta(titulo="Sin anunciar", publicada=False)
    html = html_de(reverse("paginas:consultas"))
    lugares = [html.index(t) for t in ("Abierta hoy", "La que viene", "Ya cerrada")]
    assert lugares == sorted(lugares)
    assert "Quedan 20 días" in html
    assert "Sin anunciar" not in html


def test_what_is_not_announced_is_not_there(como_autora: Client) -> None:
    consulta = consulta_abierta(propuestas=True, publicada=False)
    version_publicada(consulta, ["Uno."])
    for nombre in ("consulta", "propuestas", "aportes", "proponer", "borrador"):
        url = reverse(f"paginas:{nombre}", args=[consulta.slug])
        assert como_autora.get(url).status_code == 404
    assert (
        como_autora.get(reverse("paginas:fragmento", args=[consulta.slug, 1, 1])).status_code == 404
    )


def test_an_empty_consultation_invites_and_a_closed_one_does_not(propuestas: Consulta) -> None:
    url = propuestas.get_absolute_url()
    html = html_de(url)
    assert "Aún no hay aportes por responder" in html
    assert "El suyo puede ser el primero" in html
    cerrar(propuestas)
    html = html_de(url)
    assert "Enviar una propuesta" not in html
    assert "Cerró el" in html


def test_the_form_says_first_what_can_change_who_decides_and_when(
    como_autora: Client, propuestas: Consulta
) -> None:
    html = html_de(reverse("paginas:proponer", args=[propuestas.slug]), como_autora)
    formulario = html.index("<textarea")
    for dicho in (
        "Qué se puede cambiar",
        "Qué no se puede cambiar",
        "Quién decide",
        "a más tardar",
    ):
        assert html.index(dicho) < formulario


def test_proposals_are_filtered_by_theme_region_and_state(propuestas: Consulta) -> None:
    uno = aporte(
        consulta=propuestas, dice=contenido_de_propuesta(titulo="La del Biobío", region="08")
    )
    aporte(consulta=propuestas, dice=contenido_de_propuesta(titulo="La de Arica", region="15"))
    responder(uno)
    base = reverse("paginas:propuestas", args=[propuestas.slug])
    for pedido in ("region=08", f"tema={uno.tema.slug}", "estado=respondido"):
        html = html_de(f"{base}?{pedido}")
        assert "La del Biobío" in html
        assert "La de Arica" not in html
    assert "Ninguna propuesta con esos filtros" in html_de(f"{base}?region=08&estado=pendiente")


def test_proposals_come_twenty_a_page_latest_first(propuestas: Consulta) -> None:
    autor, ahora = UserFactory(), timezone.now()
    for i in range(21):
        aporte(
            consulta=propuestas,
            por=autor,
            ahora=ahora - timedelta(minutes=30 - i),
            dice=contenido_de_propuesta(titulo=f"Propuesta n{i:02d}"),
        )
    base = reverse("paginas:propuestas", args=[propuestas.slug])
    assert re.findall(r"Propuesta n(\d\d)", html_de(base))[0] == "20"
    assert html_de(base).count('class="fila-aporte"') == 20
    assert re.findall(r"Propuesta n(\d\d)", html_de(f"{base}?pagina=2")) == ["00"]
    assert re.findall(r"Propuesta n(\d\d)", html_de(f"{base}?orden=antiguos"))[0] == "00"


def test_the_draft_reads_as_a_text_with_its_counts(parrafo: Asunto) -> None:
    aporte(padre=aporte(asunto=parrafo))
    slug = parrafo.consulta.slug
    url = reverse("paginas:borrador_version", args=[slug, 1])
    assert Client().get(reverse("paginas:borrador", args=[slug])).url == url
    html = html_de(url)
    assert "Los municipios publicarán su presupuesto." in html
    assert f'href="{parrafo.get_absolute_url()}#hilo"' in html
    assert "2 comentarios" in html


def test_a_former_version_stays_readable_and_says_there_is_another(parrafo: Asunto) -> None:
    version_publicada(parrafo.consulta, ["Nuevo."], n=2)
    for url in (
        reverse("paginas:borrador_version", args=[parrafo.consulta.slug, 1]),
        parrafo.get_absolute_url(),
    ):
        assert "versión más reciente" in html_de(url)
    borrador = reverse("paginas:borrador", args=[parrafo.consulta.slug])
    assert Client().get(borrador).url.endswith("/v2/")


def test_a_folio_in_any_case_leads_to_the_one_address(propuestas: Consulta) -> None:
    fila = aporte(consulta=propuestas)
    for folio in (fila.folio.lower(), fila.folio.replace("-0001", "-1")):
        respuesta = Client().get(f"/aportes/{folio}/")
        assert (respuesta.status_code, respuesta.url) == (301, fila.get_absolute_url())


def test_a_contribution_shows_every_field_and_its_answer(propuestas: Consulta) -> None:
    fila = aporte(consulta=propuestas)
    hecho = compromiso()
    primera = responder(
        fila,
        resultado=Resultado.PARCIAL,
        destino=DestinoElegido(compromiso=hecho),
        linea="Gracias.",
    )
    html = html_de(fila.get_absolute_url())
    for valor in fila.contenido.campos.values():
        assert isinstance(valor, list) or valor in html
    assert "Parcialmente incorporada" in html
    assert "Gracias." in html
    assert hecho.get_absolute_url() in html
    responder(
        fila,
        razon="La comisión cambió de parecer.",
        respuesta=primera.respuesta,
        motivo_cambio="Nueva ley.",
        por=UserFactory(oficial=True, institucion=primera.respuesta.institucion),
    )
    html = html_de(fila.get_absolute_url())
    assert html.index("La comisión cambió de parecer.") < html.index(primera.razon)
    assert "Nueva ley." in html
    assert "Por qué nada cambia" in html


def test_what_landed_in_a_commitment_is_listed_there_while_its_answer_says_so(
    propuestas: Consulta,
) -> None:
    fila, hecho = aporte(consulta=propuestas), compromiso()
    destino = DestinoElegido(compromiso=hecho)
    primera = responder(fila, resultado=Resultado.INCORPORADA, destino=destino)
    assert fila.folio in html_de(hecho.get_absolute_url())
    responder(
        fila,
        respuesta=primera.respuesta,
        motivo_cambio="Se retiró del compromiso.",
        por=UserFactory(oficial=True, institucion=primera.respuesta.institucion),
    )
    assert fila.folio not in html_de(hecho.get_absolute_url())


def test_a_tombstone_keeps_folio_and_reason_and_nothing_else(parrafo: Asunto) -> None:
    autor = UserFactory(nombre_publico="Nombre Que Se Va")
    fila = aporte(asunto=parrafo, por=autor, dice=contenido("Palabras que se van."))
    aporte(padre=fila, dice=contenido("Yo le respondí."))
    remover_aporte(
        aporte=fila, por=UserFactory(moderador=True), causa="odio", motivo="Publicaba un teléfono."
    )
    for url in (fila.get_absolute_url(), parrafo.get_absolute_url()):
        html = html_de(url)
        assert fila.folio in html
        assert "Publicaba un teléfono." in html
        assert "Yo le respondí." in html
        assert "Palabras que se van." not in html
        assert "Nombre Que Se Va" not in html


def test_four_levels_are_drawn_and_deeper_ones_say_whom_they_answer(parrafo: Asunto) -> None:
    filas = [aporte(asunto=parrafo)]
    for _ in range(5):
        filas.append(aporte(padre=filas[-1]))
    html = html_de(parrafo.get_absolute_url())
    assert html.count('class="aporte__replicas"') == 3
    assert all(f'id="aporte-{f.folio}"' in html for f in filas)
    nombrados = re.findall(r'En respuesta a <a href="#aporte-([\w-]+)">', html)
    assert nombrados == [filas[3].folio, filas[4].folio]


def test_a_busy_root_shows_its_first_replies_and_leads_to_the_others(parrafo: Asunto) -> None:
    raiz, por = aporte(asunto=parrafo), UserFactory()
    ahora = timezone.now()
    total = REPLICAS_POR_PAGINA + 5
    for i in range(total):
        aporte(padre=raiz, por=por, ahora=ahora + timedelta(seconds=i))
    html = html_de(parrafo.get_absolute_url())
    assert html.count('class="aporte"') == 1 + REPLICAS_POR_RAIZ
    assert f"Mostrar {total - REPLICAS_POR_RAIZ} réplicas más" in html
    assert html_de(raiz.get_absolute_url()).count('class="aporte"') == REPLICAS_POR_PAGINA
    ultima = Aporte.objects.filter(raiz=raiz).latest("enviado_en")
    lugar = re.search(r'href="([^"]+\?ver=[^"#]+)#aporte-', html_de(ultima.get_absolute_url()))[1]
    assert f'id="aporte-{ultima.folio}"' in html_de(lugar)


def test_a_reply_far_from_what_it_answers_names_it(parrafo: Asunto) -> None:
    raiz, por, ahora = aporte(asunto=parrafo), UserFactory(), timezone.now()
    primera = aporte(padre=raiz, por=por, ahora=ahora)
    for i in range(REPLICAS_POR_PAGINA):
        aporte(padre=raiz, por=por, ahora=ahora + timedelta(seconds=i + 1))
    aporte(padre=primera, por=por, ahora=ahora + timedelta(hours=1))
    html = html_de(f"{raiz.get_absolute_url()}?pagina=2")
    assert f'En respuesta a <a href="{primera.get_absolute_url()}">{primera.folio}</a>' in html


def test_machines_read_a_discussion_posting_that_no_text_can_break(propuestas: Consulta) -> None:
    fila = aporte(
        consulta=propuestas, dice=contenido_de_propuesta(texto="</script><script>malo()</script>")
    )
    html = html_de(fila.get_absolute_url())
    bloques = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    datos = next(d for d in map(json.loads, bloques) if d["@type"] == "DiscussionForumPosting")
    assert datos["identifier"] == fila.folio
    assert datos["text"].startswith("</script>")
    assert f'<link rel="canonical" href="{datos["url"]}">' in html


def test_my_contributions_say_who_has_them_and_until_when(
    como_autora: Client, autora: User, propuestas: Consulta
) -> None:
    url = reverse("paginas:mis_aportes")
    assert "Aún no ha enviado aportes" in html_de(url, como_autora)
    mio = aporte(consulta=propuestas, por=autora)
    aporte(consulta=propuestas, dice=contenido_de_propuesta(titulo="De otra persona"))
    html = html_de(url, como_autora)
    assert mio.folio in html
    assert "por asignar" in html
    assert "Retirar" in html
    assert "De otra persona" not in html
    responder(mio)
    assert "Por qué" in html_de(url, como_autora)
    assert Client().get(url).status_code == 302


def test_pages_drawn_for_a_person_are_private(como_autora: Client, propuestas: Consulta) -> None:
    url = propuestas.get_absolute_url()
    assert "private" in como_autora.get(url)["Cache-Control"]
    assert "private" not in Client().get(url)["Cache-Control"]


def test_a_process_says_where_it_is_what_one_can_do_and_what_comes(propuestas: Consulta) -> None:
    proceso = propuestas.etapa.proceso
    EtapaFactory(
        proceso=proceso, tipo="publicacion", orden=9000, inicio=None, fin=None, titulo="La entrega"
    )
    html = html_de(proceso.get_absolute_url())
    assert "Enviar una propuesta" in html
    assert "La entrega, con fecha por definir" in html
    assert propuestas.get_absolute_url() in html


def test_a_historical_process_shows_its_gaps() -> None:
    etapa = EtapaFactory(
        proceso__historico=True,
        inicio=None,
        fin=None,
        cifras={"propuestas_recibidas": 1081, "textos": None},
    )
    html = html_de(etapa.proceso.get_absolute_url())
    assert "1.081" in html
    assert "Sin dato en la fuente" in html
    assert "El proceso terminó" in html


def test_a_commitment_says_its_light_in_words() -> None:
    hecho = compromiso()
    hecho.avance, hecho.semaforo = "57.10", "amarillo"
    hecho.save()
    for url in (hecho.get_absolute_url(), hecho.plan.get_absolute_url()):
        html = html_de(url)
        assert "Con avance limitado" in html
        assert "57,1 %" in html


def test_the_ledger_with_filters_that_give_nothing_does_not_say_there_is_nothing(client):
    html = client.get("/libro/?region=08&mes=2026-01").content.decode()
    assert "Aún no hay aportes por responder" not in html
    assert "Ningún aporte por responder con estos filtros" in html


def test_a_row_that_waits_says_by_which_day_and_one_that_does_not_says_none(client):
    pendiente, hecha = aporte(), aporte()
    responder(hecha)
    Aporte.objects.filter(pk=pendiente.pk).update(vence_el=date(2020, 3, 9))
    html = client.get("/libro/aportes/").content.decode()
    assert html.count("venció el 9 mar 2020") == 1
    assert html.count("a más tardar el") == 0
