import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page, Workflow

from cuentas.roles import Rol
from noticias.models import NoticiasIndexPage
from tests.factories.cuentas import cuenta_de
from tests.factories.paginas import ArchivoFactory, ImagenFactory, NoticiaFactory

pytestmark = pytest.mark.django_db

P, E, O, S, M, A = Rol  # noqa: E741
EDITAN = {E, S, A}
ENTRAN = {E, O, S, M, A}

# What may be opened in the administration, by whom. Everybody else is turned away.
PANTALLAS = {
    "wagtailadmin_home": ENTRAN,
    "noticia_nueva": EDITAN,
    "noticia_edicion": EDITAN,
    "imagen_nueva": EDITAN,
    "imagen_edicion": EDITAN,
    "archivo_nuevo": EDITAN,
    "archivo_edicion": EDITAN,
    "wagtailredirects:index": EDITAN,
    "mensajes_de_contacto:index": {S, A},
    "wagtailusers_users:index": {A},
    "wagtailusers_groups:index": {A},
    "wagtailsites:index": {A},
    "wagtailadmin_collections:index": {A},
}


def ruta(nombre):
    indice = NoticiasIndexPage.objects.get()
    return {
        "noticia_nueva": lambda: reverse(
            "wagtailadmin_pages:add", args=["noticias", "noticiapage", indice.pk]
        ),
        "noticia_edicion": lambda: reverse("wagtailadmin_pages:edit", args=[NoticiaFactory().pk]),
        "imagen_nueva": lambda: reverse("wagtailimages:add"),
        "imagen_edicion": lambda: reverse("wagtailimages:edit", args=[ImagenFactory().pk]),
        "archivo_nuevo": lambda: reverse("wagtaildocs:add"),
        "archivo_edicion": lambda: reverse("wagtaildocs:edit", args=[ArchivoFactory().pk]),
    }.get(nombre, lambda: reverse(nombre))()


@pytest.mark.parametrize("rol", Rol)
@pytest.mark.parametrize("pantalla", PANTALLAS)
def test_matrix_of_roles_and_screens(client, rol, pantalla):
    direccion = ruta(pantalla)
    client.force_login(cuenta_de(rol))
    abre = client.get(direccion).status_code == 200
    assert abre == (rol in PANTALLAS[pantalla])


@pytest.mark.parametrize("rol", Rol)
def test_matrix_of_roles_and_page_permissions(rol):
    permisos = NoticiaFactory().permissions_for_user(cuenta_de(rol))
    edita = rol in EDITAN
    assert permisos.can_edit() == edita
    assert permisos.can_publish() == edita
    assert not permisos.can_unpublish(), "what came out is withdrawn, not unpublished"
    inicio = Page.objects.get(depth=1).permissions_for_user(cuenta_de(rol))
    assert inicio.can_add_subpage() == edita


def test_every_role_is_a_group_and_wagtails_own_are_gone():
    assert set(Group.objects.values_list("name", flat=True)) == set(Rol.values)


def test_review_is_in_spanish_and_in_hands_of_the_secretariat():
    flujo = Workflow.objects.get()
    assert flujo.name == "Revisión de la secretaría técnica"
    [tarea] = flujo.tasks.all()
    grupos = tarea.specific.groups.values_list("name", flat=True)
    assert set(grupos) == {Rol.SECRETARIA, Rol.ADMINISTRADOR}


def test_participant_and_visitor_are_sent_away_from_the_administration(client):
    assert client.get("/admin/").status_code == 302
    client.force_login(cuenta_de(Rol.PARTICIPANTE))
    assert client.get("/admin/").status_code == 302


def test_sharing_out_the_permissions_again_changes_nothing():
    from importlib import import_module

    from django.apps import apps

    antes = {g.name: set(g.permissions.values_list("pk", flat=True)) for g in Group.objects.all()}
    import_module("portal.migrations.0003_roles").repartir(apps, None)
    despues = {g.name: set(g.permissions.values_list("pk", flat=True)) for g in Group.objects.all()}
    assert antes == despues
