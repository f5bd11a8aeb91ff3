"""The main job: from a form to a receipt, once, whatever happens on the way."""

import re
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.procesos.models import Asunto, Consulta
from cuentas.models import User
from tests.consulta.paginas.conftest import aporte, cerrar, datos_de_propuesta
from tests.factories.cuentas import CLAVE, UserFactory

pytestmark = pytest.mark.django_db


def clave_de(html: str) -> str:
    return re.search(r'name="clave" value="([0-9a-f-]{36})"', html)[1]


def abrir(cliente: Client, url: str) -> str:
    """The key of the form at `url`."""
    return clave_de(cliente.get(url).content.decode())


def test_a_proposal_leads_to_its_receipt(
    como_autora: Client, autora: User, propuestas: Consulta
) -> None:
    url = reverse("paginas:proponer", args=[propuestas.slug])
    datos = datos_de_propuesta(clave=abrir(como_autora, url))
    respuesta = como_autora.post(url, datos, follow=True)
    recibida = Aporte.objects.get()
    assert respuesta.redirect_chain == [(reverse("paginas:recibo", args=[recibida.folio]), 302)]
    assert recibida.folio in respuesta.content.decode()
    assert recibida.firma == "Ana de Talca"
    assert recibida.region == "08"
    assert recibida.contenido.campos["valores"] == ["transparencia", "rendicion"]
    assert recibida.contenido.titulo == datos["titulo"]


def test_a_comment_and_a_reply_reach_the_thread(como_autora: Client, parrafo: Asunto) -> None:
    url = parrafo.get_absolute_url()
    como_autora.post(url, {"clave": abrir(como_autora, url), "texto": "Falta un plazo."})
    raiz = Aporte.objects.get()
    responder = reverse("paginas:replicar", args=[raiz.folio])
    como_autora.post(responder, {"clave": abrir(como_autora, responder), "texto": "De acuerdo."})
    html = como_autora.get(url).content.decode()
    assert "Falta un plazo." in html
    assert "De acuerdo." in html
    assert Aporte.objects.get(padre=raiz).asunto == parrafo


def test_without_a_name_field_the_account_signs(
    como_autora: Client, autora: User, parrafo: Asunto
) -> None:
    como_autora.post(parrafo.get_absolute_url(), {"clave": uuid4(), "texto": "Bien."})
    assert Aporte.objects.get().firma == "Ana Pizarro"


def test_an_emptied_name_signs_as_participant(como_autora: Client, parrafo: Asunto) -> None:
    como_autora.post(parrafo.get_absolute_url(), {"clave": uuid4(), "texto": "Bien.", "firma": ""})
    assert Aporte.objects.get().firma == "Participante"


def test_sent_twice_leads_to_the_same_receipt(como_autora: Client, propuestas: Consulta) -> None:
    url = reverse("paginas:proponer", args=[propuestas.slug])
    datos = datos_de_propuesta(clave=uuid4())
    primero, segundo = como_autora.post(url, datos), como_autora.post(url, datos)
    assert primero.url == segundo.url
    assert Aporte.objects.count() == 1


def test_another_text_with_a_used_key_is_kept_and_told(
    como_autora: Client, parrafo: Asunto
) -> None:
    url, clave = parrafo.get_absolute_url(), str(uuid4())
    como_autora.post(url, {"clave": clave, "texto": "Lo primero."})
    respuesta = como_autora.post(url, {"clave": clave, "texto": "Otra cosa distinta."})
    html = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert "Otra cosa distinta." in html
    assert clave_de(html) != clave
    como_autora.post(url, {"clave": clave_de(html), "texto": "Otra cosa distinta."})
    assert Aporte.objects.count() == 2


def test_the_key_of_another_person_is_refused(como_autora: Client, parrafo: Asunto) -> None:
    url, clave = parrafo.get_absolute_url(), str(uuid4())
    otra = Client()
    otra.force_login(UserFactory())
    otra.post(url, {"clave": clave, "texto": "De otra persona."})
    respuesta = como_autora.post(url, {"clave": clave, "texto": "Mío."})
    assert respuesta.status_code == 422
    assert "Mío." in respuesta.content.decode()
    assert Aporte.objects.count() == 1


@pytest.mark.parametrize("clave", ["", "no-es-una-clave", "\x00"])
def test_a_broken_key_keeps_the_text_and_gets_a_new_one(
    como_autora: Client, parrafo: Asunto, clave: str
) -> None:
    respuesta = como_autora.post(
        parrafo.get_absolute_url(), {"clave": clave, "texto": "Sigo aquí."}
    )
    html = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert "Sigo aquí." in html
    assert clave_de(html)
    assert not Aporte.objects.exists()


def test_after_closing_the_text_is_still_there(como_autora: Client, propuestas: Consulta) -> None:
    url = reverse("paginas:proponer", args=[propuestas.slug])
    datos = datos_de_propuesta(clave=abrir(como_autora, url))
    cerrar(propuestas)
    respuesta = como_autora.post(url, datos)
    html = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert "El plazo para participar terminó" in html
    assert all(str(datos[c]) in html for c in ("titulo", "problema", "texto"))
    assert not Aporte.objects.exists()


def test_a_correction_that_comes_late_gives_back_every_word(
    como_autora: Client, autora: User, propuestas: Consulta
) -> None:
    suyo = aporte(consulta=propuestas, por=autora)
    cerrar(propuestas)
    url = reverse("paginas:corregir", args=[suyo.folio])
    datos = datos_de_propuesta(version=1, titulo="Otro título", brecha="Otra <brecha>.")
    html = como_autora.post(url, datos).content.decode()
    assert "El plazo terminó" in html
    for dicho in (
        "Otro título",
        "Otra &lt;brecha&gt;.",
        str(datos["problema"]),
        str(datos["texto"]),
    ):
        assert dicho in html, dicho


def test_what_one_replies_to_can_be_supported_without_leaving_the_page(
    como_autora: Client, propuestas: Consulta
) -> None:
    raiz = aporte(consulta=propuestas)
    url = reverse("paginas:replicar", args=[raiz.folio])
    html = como_autora.get(url).content.decode()
    apoyar = reverse("paginas:apoyar", args=[raiz.folio])
    assert f'form="acciones-hilo" formaction="{apoyar}"' in html and "ingrese primero" not in html
    assert 'id="acciones-hilo"' in html
    como_autora.post(apoyar, {"accion": "apoyar", "siguiente": url})
    assert "quitar mi apoyo" in como_autora.get(url).content.decode()


def test_a_reply_to_what_was_withdrawn_meanwhile_keeps_its_text(
    como_autora: Client, propuestas: Consulta
) -> None:
    otra = UserFactory()
    raiz = aporte(consulta=propuestas, por=otra)
    url = reverse("paginas:replicar", args=[raiz.folio])
    clave = abrir(como_autora, url)
    retirar_aporte(aporte=raiz, por=otra)
    respuesta = como_autora.post(url, {"clave": clave, "texto": "Mi respuesta."})
    assert respuesta.status_code == 422
    assert "Mi respuesta." in respuesta.content.decode()


def test_nobody_begins_a_reply_to_what_was_withdrawn(
    como_autora: Client, propuestas: Consulta
) -> None:
    otra = UserFactory()
    raiz = aporte(consulta=propuestas, por=otra)
    retirar_aporte(aporte=raiz, por=otra)
    html = como_autora.get(reverse("paginas:replicar", args=[raiz.folio])).content.decode()
    assert "No se le puede responder." in html and "<textarea" not in html


def test_with_an_expired_session_the_text_waits_for_its_author(
    autora: User, propuestas: Consulta
) -> None:
    EmailAddress.objects.create(user=autora, email=autora.email, verified=True, primary=True)
    cliente = Client()
    url = reverse("paginas:proponer", args=[propuestas.slug])
    datos = datos_de_propuesta(clave=str(uuid4()))
    respuesta = cliente.post(url, datos)
    html = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert str(datos["titulo"]) in html
    assert "Su sesión terminó" in html
    ingreso = re.search(r'href="(/cuenta/login/\?next=[^"]+)"', html)[1]
    vuelta = cliente.post(ingreso.replace("&amp;", "&"), {"login": autora.email, "password": CLAVE})
    assert vuelta.url == f"{url}#participar"
    html = cliente.get(url).content.decode()
    assert "Recuperamos lo que había escrito" in html
    assert all(str(datos[c]) in html for c in ("titulo", "problema", "texto", "firma"))
    assert clave_de(html) == datos["clave"]
    assert re.search(r'value="transparencia"[^>]* checked', html)
    assert not re.search(r'value="innovacion"[^>]* checked', html)
    cliente.post(url, datos)
    assert Aporte.objects.count() == 1
    assert "Recuperamos" not in cliente.get(url).content.decode()


def test_with_a_stale_token_the_text_is_shown_and_kept(autora: User, parrafo: Asunto) -> None:
    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(autora)
    url = parrafo.get_absolute_url()
    respuesta = cliente.post(
        url,
        {"csrfmiddlewaretoken": "x" * 32, "clave": str(uuid4()), "texto": "<b>No</b> me pierdan."},
    )
    html = respuesta.content.decode()
    assert respuesta.status_code == 403
    assert "&lt;b&gt;No&lt;/b&gt; me pierdan." in html
    assert "&lt;b&gt;No&lt;/b&gt; me pierdan." in cliente.get(url).content.decode()
    assert not Aporte.objects.exists()


def test_what_comes_from_another_site_is_not_repeated(autora: User, parrafo: Asunto) -> None:
    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(autora)
    url = parrafo.get_absolute_url()
    respuesta = cliente.post(url, {"texto": "Engaño"}, headers={"origin": "https://malo.example"})
    assert respuesta.status_code == 403
    assert "Engaño" not in respuesta.content.decode()
    assert "Engaño" not in cliente.get(url).content.decode()


def test_a_password_is_never_repeated() -> None:
    cliente = Client(enforce_csrf_checks=True)
    respuesta = cliente.post(
        reverse("account_login"), {"login": "a@b.cl", "password": "secretísima"}
    )
    assert respuesta.status_code == 403
    assert "secretísima" not in respuesta.content.decode()


def test_an_official_may_speak_for_the_institution(propuestas: Consulta) -> None:
    oficial = UserFactory(oficial=True)
    cliente = Client()
    cliente.force_login(oficial)
    raiz = aporte(consulta=propuestas)
    url = reverse("paginas:replicar", args=[raiz.folio])
    assert f"Como {oficial.institucion}" in cliente.get(url).content.decode()
    cliente.post(url, {"clave": uuid4(), "texto": "Lo vemos.", "voz": "institucion"})
    replica = Aporte.objects.get(padre=raiz)
    assert replica.en_nombre_de == oficial.institucion
    assert not replica.exige_respuesta


def test_a_participant_cannot_speak_for_an_institution(
    como_autora: Client, propuestas: Consulta
) -> None:
    raiz = aporte(consulta=propuestas)
    url = reverse("paginas:replicar", args=[raiz.folio])
    como_autora.post(url, {"clave": uuid4(), "texto": "Fingido.", "voz": "institucion"})
    assert Aporte.objects.get(padre=raiz).en_nombre_de is None


def test_the_private_code_shows_once_and_only_to_its_author(
    como_autora: Client, parrafo: Asunto
) -> None:
    como_autora.post(parrafo.get_absolute_url(), {"clave": uuid4(), "texto": "Bien."})
    envio = Aporte.objects.get()
    url = reverse("paginas:recibo", args=[envio.folio])
    assert "recibo__codigo" in como_autora.get(url).content.decode()
    assert "recibo__codigo" not in como_autora.get(url).content.decode()
    ajena = Client()
    ajena.force_login(UserFactory())
    otra = ajena.get(url)
    assert otra.status_code == 403 and "Esta cuenta no envió este aporte" in otra.content.decode()
    assert "no-store" in como_autora.get(url)["Cache-Control"]


def test_signed_out_one_reads_and_is_led_to_sign_in(propuestas: Consulta) -> None:
    cliente = Client()
    for nombre in ("proponer", "propuestas", "consulta"):
        assert cliente.get(reverse(f"paginas:{nombre}", args=[propuestas.slug])).status_code == 200
    propuestas.acepta_invitados = False
    propuestas.save()
    html = cliente.get(reverse("paginas:proponer", args=[propuestas.slug])).content.decode()
    assert "Ingrese para enviar su propuesta" in html
    assert "next=%2Fconsultas%2F" in html
    assert "<textarea" not in html


def test_withdrawing_asks_first_and_leaves_a_tombstone(
    como_autora: Client, autora: User, propuestas: Consulta
) -> None:
    mio = aporte(consulta=propuestas, por=autora)
    url = reverse("paginas:retirar", args=[mio.folio])
    assert "No se puede deshacer" in como_autora.get(url).content.decode()
    assert como_autora.post(url, {"motivo": "Cambié de opinión."}).status_code == 302
    html = Client().get(mio.get_absolute_url()).content.decode()
    assert "Cambié de opinión." in html
    assert mio.contenido.texto not in html


def test_only_its_author_may_withdraw(propuestas: Consulta) -> None:
    ajeno = aporte(consulta=propuestas)
    cliente = Client()
    cliente.force_login(UserFactory())
    assert cliente.post(reverse("paginas:retirar", args=[ajeno.folio])).status_code == 403
    ajeno.refresh_from_db()
    assert ajeno.es_visible
