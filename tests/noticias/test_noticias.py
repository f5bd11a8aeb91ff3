from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect

from noticias.models import NoticiaPage, NoticiasIndexPage
from tests.factories.paginas import ImagenFactory, NoticiaFactory

pytestmark = pytest.mark.django_db
BASURA = [
    "0",
    "-1",
    "99999999999999999999",
    "x" * 5000,
    "\x00",
    "'; DROP TABLE--",
    "٢٠٢٦",
    "<b>",
    "🙂",
]


def consultas_de(client, ruta):
    client.get(ruta)
    with CaptureQueriesContext(connection) as hechas:
        respuesta = client.get(ruta)
    assert respuesta.status_code == 200
    return len(hechas)


def test_index_costs_the_same_with_one_and_with_twenty_five(client):
    imagen = ImagenFactory()
    NoticiaFactory(imagen=imagen, con_etiquetas=["Plan 7"])
    una = consultas_de(client, "/noticias/")
    for i in range(24):
        NoticiaFactory(imagen=ImagenFactory() if i < 5 else imagen, con_etiquetas=[f"E{i}"])
    assert consultas_de(client, "/noticias/") == una


def test_index_shows_twelve_newest_first(client):
    for dia in range(1, 15):
        NoticiaFactory(fecha=date(2026, 5, dia))
    pagina = client.get("/noticias/").context["page_obj"]
    assert [n.fecha.day for n in pagina] == list(range(14, 2, -1))
    assert len(client.get("/noticias/?pagina=2").context["page_obj"]) == 2


def test_index_leaves_out_drafts_private_and_withdrawn(client):
    NoticiaFactory(title="Visible")
    NoticiaFactory(title="Borrador", borrador=True)
    NoticiaFactory(title="Privada", privada=True)
    NoticiaFactory(title="Retirada", retirado_motivo="Error en las cifras.")
    cuerpo = client.get("/noticias/").content.decode()
    assert "Visible" in cuerpo
    assert not any(t in cuerpo for t in ("Borrador", "Privada", "Retirada"))


def test_private_page_asks_to_sign_in_and_draft_is_not_found(client):
    privada = NoticiaFactory(privada=True)
    borrador = NoticiaFactory(borrador=True)
    respuesta = client.get(privada.url)
    assert respuesta.status_code == 302
    assert respuesta["Location"].startswith("/cuenta/login/")
    assert client.get(borrador.url).status_code == 404


def test_year_and_tag_filter_together(client):
    NoticiaFactory(title="Una", fecha=date(2025, 12, 31), con_etiquetas=["Plan 7"])
    NoticiaFactory(title="Dos", fecha=date(2026, 1, 1), con_etiquetas=["Plan 7"])
    NoticiaFactory(title="Tres", fecha=date(2026, 1, 1))
    pagina = client.get("/noticias/?anio=2026&etiqueta=plan-7").context["page_obj"]
    assert [n.title for n in pagina] == ["Dos"]


@pytest.mark.parametrize("valor", BASURA)
@pytest.mark.parametrize("parametro", ["pagina", "anio", "etiqueta"])
def test_garbage_in_the_address_never_fails(client, parametro, valor):
    NoticiaFactory()
    respuesta = client.get("/noticias/", {parametro: valor})
    assert respuesta.status_code == 200
    assert len(respuesta.context["page_obj"]) == 1


def test_empty_index_says_so(client):
    assert "Aún no hay noticias" in client.get("/noticias/").content.decode()


def test_withdrawn_page_says_why_and_hides_its_content(client):
    noticia = NoticiaFactory(
        retirado_motivo="Publicaba un dato personal.",
        cuerpo=[("parrafo", "<p>El teléfono es 1234.</p>")],
    )
    cuerpo = client.get(noticia.url).content.decode()
    assert "Publicaba un dato personal." in cuerpo
    assert "1234" not in cuerpo


def test_every_block_renders_and_escapes(client):
    malo = "<script>alert(1)</script>"
    noticia = NoticiaFactory(
        title=malo,
        cuerpo=[
            ("parrafo", "<p>Hola <b>a</b> todas</p>"),
            ("titulo", {"texto": malo, "nivel": "h3"}),
            ("imagen", {"imagen": ImagenFactory(), "pie": malo}),
            ("cita", {"texto": malo, "autor": "Ana", "cargo": "Red"}),
            ("video", {"url": "https://example.org/v", "titulo": malo, "descripcion": "Dice"}),
            ("acordeon", {"paneles": [{"titulo": malo, "texto": "<p>Sí</p>"}]}),
            (
                "llamada",
                {
                    "titulo": malo,
                    "texto": "",
                    "boton": "Ir",
                    "direccion": "/agenda/",
                    "pagina": None,
                },
            ),
            ("cifra", {"numero": "81", "rotulo": malo, "nota": ""}),
        ],
    )
    respuesta = client.get(noticia.url)
    assert respuesta.status_code == 200
    assert malo not in respuesta.content.decode()


def test_moving_the_slug_leaves_a_redirect(client, django_capture_on_commit_callbacks):
    noticia = NoticiaFactory(title="Vieja", slug="vieja")
    with django_capture_on_commit_callbacks(execute=True):
        noticia.slug = "nueva"
        noticia.save_revision().publish()
    respuesta = client.get("/noticias/vieja/")
    assert respuesta.status_code == 301
    assert respuesta["Location"].endswith("/noticias/nueva/")
    assert Redirect.objects.get().automatically_created


def test_published_news_cannot_be_given_an_expiry(db):
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    noticia = NoticiaFactory()
    noticia.expire_at = timezone.now()
    with pytest.raises(ValidationError, match="no vence"):
        noticia.full_clean()


def test_head_metadata_names_the_page_whatever_the_host(client, settings):
    settings.DIRECCION_BASE = "https://portal.example"
    noticia = NoticiaFactory(title="Con datos", slug="con-datos")
    cuerpo = client.get(noticia.url, headers={"host": "otro.example"}).content.decode()
    assert '<link rel="canonical" href="https://portal.example/noticias/con-datos/">' in cuerpo
    assert 'property="og:title" content="Con datos"' in cuerpo
    assert '"@type":"NewsArticle"' in cuerpo


def test_page_types_are_where_they_belong():
    assert NoticiaPage.allowed_parent_page_models() == [NoticiasIndexPage]
