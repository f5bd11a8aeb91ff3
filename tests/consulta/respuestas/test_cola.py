"""The queue as a page: filters in the address, chips, one click to one's own, many rows at once, views."""

import re
from datetime import timedelta
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from consulta.aportes.enums import ClaseGrupo
from consulta.aportes.models import Aporte, Grupo, Pertenece
from consulta.respuestas import cola
from consulta.respuestas.estados import Estado
from consulta.respuestas.filtros import FiltrosDeCola
from consulta.respuestas.flows.asignar import asignar_aporte
from consulta.respuestas.models import Derivacion, VistaGuardada
from consulta.respuestas.seleccion import seleccion_de
from cuentas.flows.suplencias import crear_suplencia
from tests.factories.aportes import aporte, contenido
from tests.factories.cola import en_estado
from tests.factories.cuentas import InstitucionFactory, UserFactory
from tests.factories.procesos import ConsultaFactory, TemaFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db
LISTA = "/admin/participacion/aportes/"


@pytest.fixture
def mesa():
    return UserFactory(secretaria=True)


def hacer(consulta, n=1, **campos):
    filas = [aporte(consulta=consulta, ahora=timezone.now()) for _ in range(n)]
    if campos:
        Aporte.objects.filter(pk__in=[f.pk for f in filas]).update(**campos)
    return filas


def hallados(cuenta, **pedido):
    filtros = FiltrosDeCola(pedido, cuenta, propios=False)
    filas = filtros.ordenar(filtros.aplicar(Aporte.objects.confirmados()))
    return [f.pk for f in filas]


@pytest.mark.parametrize(
    ("campo", "valor", "otro"),
    [
        ("tipo", "papel", "mesa"),
        ("region", "08", "05"),
        ("tipo_autor", "osc", "academia"),
        ("canal", "oficio", "api"),
    ],
)
def test_filters_of_declared_values(consulta, mesa, campo, valor, otro):
    (uno,), _ = hacer(consulta, **{campo: valor}), hacer(consulta, **{campo: otro})
    assert hallados(mesa, **{campo: valor}) == [uno.pk]
    assert len(hallados(mesa, **{campo: "no-existe"})) == 2


def test_filters_by_row_of_another_table(consulta, mesa, oficial):
    tema = TemaFactory()
    (con_tema,) = hacer(consulta, tema=tema)
    (suyo,) = hacer(consulta)
    asignar_aporte(aporte=suyo, institucion=oficial.institucion, responsable=oficial, por=oficial)
    grupo = Grupo.objects.create(
        consulta=consulta, clase=ClaseGrupo.CAMPANA, titulo="Carta", creado_en=timezone.now()
    )
    Pertenece.objects.create(grupo=grupo, aporte=con_tema)
    Pertenece.objects.create(grupo=grupo, aporte=suyo, fuera_en=timezone.now())
    assert hallados(mesa, tema=str(tema.pk)) == [con_tema.pk]
    assert hallados(mesa, campana=str(grupo.pk)) == [con_tema.pk]
    assert hallados(mesa, institucion=str(oficial.institucion_id)) == [suyo.pk]
    assert hallados(mesa, quien=str(oficial.pk)) == [suyo.pk]
    assert hallados(mesa, consulta=str(consulta.pk + 999)) == []


def test_what_is_due_in_so_many_days_and_what_is_overdue(consulta, mesa):
    hoy = FiltrosDeCola({}, mesa).hoy
    ayer, ahora, luego, despues = (
        hacer(consulta, vence_el=hoy + timedelta(days=n))[0].pk for n in (-1, 0, 3, 4)
    )
    assert hallados(mesa, estado="vencido") == [ayer]
    assert hallados(mesa, estado="por_vencer", dias="3") == [ahora, luego]
    assert hallados(mesa, estado="por_vencer", dias="4") == [ahora, luego, despues]
    assert hallados(mesa, estado="por_vencer", dias="0") == [ahora]


def test_words_without_accents_and_words_of_what_was_removed(consulta, mesa, oficial):
    con = aporte(consulta=consulta, dice=contenido("La gestión hídrica."), ahora=timezone.now())
    quitado = en_estado(Estado.REMOVIDO, consulta, oficial)
    assert hallados(mesa, q="gestion HIDRICA") == [con.pk]
    assert hallados(mesa, q="municipios") == [quitado.pk]
    assert hallados(mesa, q=con.folio.lower()) == [con.pk]


def test_the_four_orders(consulta, mesa):
    hoy, ahora = timezone.now().date(), timezone.now()
    a, b, c = (aporte(consulta=consulta, ahora=ahora - timedelta(minutes=n)).pk for n in (3, 2, 1))
    for pk, dias, apoyos in ((a, 9, 1), (b, 1, 5), (c, 5, 3)):
        Aporte.objects.filter(pk=pk).update(vence_el=hoy + timedelta(days=dias), apoyos=apoyos)
    assert hallados(mesa) == hallados(mesa, orden="vence") == [b, c, a]
    assert hallados(mesa, orden="antiguos") == [a, b, c]
    assert hallados(mesa, orden="recientes") == [c, b, a]
    assert hallados(mesa, orden="apoyados") == [b, c, a]
    Aporte.objects.filter(pk=b).update(vence_el=None)
    assert hallados(mesa) == [c, a, b]


def test_an_official_opens_on_their_own_rows_when_they_have_any(como, consulta, oficial):
    suyo, de_la_casa = hacer(consulta, 2)
    asignar_aporte(aporte=de_la_casa, institucion=oficial.institucion, por=oficial)
    assert como(oficial).get(LISTA).context["filtros"]["a_cargo"] == "institucion"
    asignar_aporte(aporte=suyo, institucion=oficial.institucion, responsable=oficial, por=oficial)
    pagina = como(oficial).get(LISTA)
    assert pagina.context["filtros"].valores == {"estado": "pendiente", "a_cargo": "mios"}
    assert [f.pk for f in pagina.context["object_list"]] == [suyo.pk]


def test_each_chip_takes_its_filter_off_and_leaves_the_rest(como, consulta, mesa):
    hacer(consulta)
    pedido = {"estado": "pendiente", "tipo": "observacion", "q": "municipios", "region": "08"}
    fichas = como(mesa).get(LISTA, pedido).context["fichas"]
    assert {f["titulo"] for f in fichas} == {"Estado", "Tipo", "Texto", "Región"}
    for ficha in fichas:
        quedan = {k: v[0] for k, v in parse_qs(urlsplit(ficha["sin"]).query).items()}
        assert len(quedan) == 3 and quedan.items() <= pedido.items()
    (ultima,) = como(mesa).get(LISTA, {"tipo": "observacion"}).context["fichas"]
    sin = como(mesa).get(LISTA + ultima["sin"])
    assert sin.context["filtros"].valores == {}


def test_the_sums_of_the_bar_are_those_of_the_lists_it_opens(como, consulta, oficial):
    for estado in Estado:
        en_estado(estado, consulta, oficial)
    cliente = como(UserFactory(secretaria=True))
    for ofrece in cliente.get(LISTA, {"estado": ""}).context["estados"]:
        abierta = cliente.get(LISTA + ofrece["url"])
        assert abierta.context["pagina"].total == ofrece["n"], ofrece["texto"]
        assert len(abierta.context["object_list"]) == ofrece["n"], ofrece["texto"]


def test_pages_neither_skip_nor_repeat(como, consulta, mesa, monkeypatch):
    monkeypatch.setattr(cola, "POR_PAGINA", 3)
    filas = {f.pk for f in hacer(consulta, 8)}
    vistas = [
        f.pk
        for n in ("1", "2", "3")
        for f in como(mesa).get(LISTA, {"estado": "", "p": n}).context["object_list"]
    ]
    assert len(vistas) == 8 and set(vistas) == filas
    assert como(mesa).get(LISTA, {"estado": "", "p": "99"}).context["pagina"].numero == 3


def test_the_page_costs_the_same_with_one_row_and_with_many_in_every_state(como, consulta, oficial):
    cliente = como(oficial)

    def cuantas():
        cliente.get(LISTA, {"estado": ""})
        with CaptureQueriesContext(connection) as consultas:
            assert cliente.get(LISTA, {"estado": ""}).status_code == 200
        return len(consultas)

    hacer(consulta)
    con_uno = cuantas()
    for _ in range(2):
        for estado in Estado:
            en_estado(estado, consulta, oficial)
    assert cuantas() == con_uno


def test_a_selection_is_what_was_marked_or_all_of_a_filter(consulta, mesa, oficial):
    uno, dos, tres = hacer(consulta, 3)
    marcadas = QueryDict(f"ids={uno.pk}&ids={dos.pk}&ids=abc&ids={dos.pk}&ids=-1")
    assert set(seleccion_de(marcadas, mesa).ids()) == {uno.pk, dos.pk}
    asignar_aporte(aporte=tres, institucion=oficial.institucion, por=oficial)
    todas = QueryDict(mutable=True)
    todas["filtro"] = "estado=sin_asignar"
    assert set(seleccion_de(todas, mesa).ids()) == {uno.pk, dos.pk}
    assert seleccion_de(todas, mesa, hasta=timezone.now() - timedelta(days=1)).ids() == []
    assert seleccion_de(QueryDict(""), mesa).ids() == []


def test_many_are_assigned_after_a_page_that_says_how_many(como, consulta, oficial):
    filas = hacer(consulta, 3)
    cliente = como(oficial)
    ruta = reverse("asignar_varios")
    pedido = {"filtro": "estado=sin_asignar", "vuelta": "estado=pendiente"}
    antes = cliente.post(ruta, pedido)
    assert antes.status_code == 200 and antes.context["n"] == 3
    assert not Derivacion.objects.exists()
    datos = pedido | {
        "confirmar": "1",
        "visto_en": antes.context["form"]["visto_en"].value(),
        "institucion": oficial.institucion_id,
        "responsable": oficial.pk,
        "razon": "",
    }
    tarde = hacer(consulta)[0]
    hecho = cliente.post(ruta, datos)
    assert hecho.status_code == 302 and hecho["Location"] == f"{LISTA}?estado=pendiente"
    assert Aporte.objects.filter(responsable=oficial).count() == len(filas)
    tarde.refresh_from_db()
    assert tarde.institucion is None
    tanda = Derivacion.objects.first().tanda
    deshacer = reverse("deshacer_asignacion", args=[tanda])
    assert cliente.get(deshacer).context["n"] == 3
    cliente.post(deshacer)
    assert not Aporte.objects.filter(responsable=oficial).exists()


def test_what_was_set_aside_is_shown_with_its_reason(como, consulta, oficial):
    (libre,) = hacer(consulta)
    ajena = en_estado(Estado.ASIGNADO, consulta, UserFactory(oficial=True))
    pagina = como(oficial).post(
        reverse("asignar_varios"),
        {
            "ids": [libre.pk, ajena.pk],
            "confirmar": "1",
            "institucion": oficial.institucion_id,
        },
    )
    assert pagina.status_code == 200
    assert [a.aporte.pk for a in pagina.context["apartados"]] == [ajena.pk]
    assert ajena.folio in pagina.content.decode()


def test_referring_many_without_a_reason_comes_back_with_what_was_chosen(como, consulta, oficial):
    fila = en_estado(Estado.ASIGNADO, consulta, oficial)
    otra = InstitucionFactory()
    pedido = {"ids": [fila.pk], "confirmar": "1", "institucion": otra.pk, "razon": ""}
    cliente = como(oficial)
    mala = cliente.post(reverse("derivar_varios"), pedido)
    assert mala.status_code == 422 and "razon" in mala.context["form"].errors
    assert mala.context["ids"] == (fila.pk,)
    assert (
        cliente.post(reverse("derivar_varios"), pedido | {"razon": "Es suyo."}).status_code == 302
    )
    fila.refresh_from_db()
    assert fila.institucion == otra


def test_marking_nothing_goes_back_to_the_list(como, oficial, consulta):
    respuesta = como(oficial).post(reverse("asignar_varios"), {"vuelta": "estado=pendiente"})
    assert respuesta["Location"] == f"{LISTA}?estado=pendiente"
    fuera = como(oficial).post(reverse("asignar_varios"), {"vuelta": "//malo.example/"})
    assert fuera["Location"].startswith(f"{LISTA}?")


def test_views_are_saved_renamed_opened_and_deleted_by_their_owner_only(como, consulta, oficial):
    cliente = como(oficial)
    guardar = reverse("guardar_vista")
    filtro = "estado=vencido&tipo=propuesta"
    cliente.post(guardar, {"nombre": "Vencidas", "filtro": filtro})
    vista = VistaGuardada.objects.get()
    pagina = cliente.get(f"{LISTA}?{vista.filtros}")
    assert pagina.context["filtros"].valores == {"estado": "vencido", "tipo": "propuesta"}
    assert [v["elegida"] for v in pagina.context["vistas"]] == [True]
    cambiar = reverse("cambiar_vista", args=[vista.pk])
    cliente.post(cambiar, {"nombre": "Mis vencidas"})
    vista.refresh_from_db()
    assert vista.nombre == "Mis vencidas"
    assert como(UserFactory(oficial=True)).post(cambiar, {"eliminar": "1"}).status_code == 404
    cliente = como(oficial)
    cliente.post(guardar, {"nombre": "  ", "filtro": filtro})
    cliente.post(guardar, {"nombre": "Otra", "filtro": "autoria__cuenta=1"})
    otra = VistaGuardada.objects.get(nombre="Otra")
    assert otra.filtros == "estado="
    cliente.post(reverse("cambiar_vista", args=[otra.pk]), {"nombre": "Mis vencidas"})
    otra.refresh_from_db()
    assert otra.nombre == "Otra"
    cliente.post(cambiar, {"eliminar": "1"})
    assert list(VistaGuardada.objects.all()) == [otra]


def test_a_link_to_a_view_is_the_same_list_for_a_colleague(como, consulta, oficial):
    hacer(consulta, 2, region="08")
    direccion = f"{LISTA}?estado=pendiente&region=08"
    colega = UserFactory(oficial=True, institucion=oficial.institucion)
    suyas = [como(c).get(direccion).context["pagina"].total for c in (oficial, colega)]
    assert suyas == [2, 2]


def test_roles_that_do_not_hand_over_get_no_boxes(como, pendiente):
    pagina = como(UserFactory(moderador=True)).get(LISTA, {"estado": ""}).content.decode()
    assert 'name="ids"' not in pagina and "Asignar…" not in pagina
    cliente = como(UserFactory(moderador=True))
    for nombre in ("asignar_varios", "derivar_varios"):
        assert cliente.post(reverse(nombre), {"ids": [pendiente.pk]}).status_code == 403


def test_alike_contributions_and_earlier_answers_offer_a_base(como, consulta, oficial):
    from consulta.aportes.semejanza.cotejo import leer_textos
    from consulta.aportes.semejanza.vecinos import anotar_huellas

    carta = (
        "Pedimos que la gestión de los datos de agua de cada cuenca se publique completa, "
        "con su historia, en formatos abiertos y sin costo para las comunidades rurales."
    )
    uno = aporte(consulta=consulta, dice=contenido(carta), ahora=timezone.now())
    dos = aporte(consulta=consulta, dice=contenido(f"{carta} Gracias."), ahora=timezone.now())
    anotar_huellas(leer_textos([uno.pk, dos.pk]))
    version = responder(uno, por=oficial, ahora=timezone.now())
    ver = reverse("participacion_aportes_modeladmin_inspect", args=[dos.pk])
    pagina = como(oficial).get(ver)
    assert [i["aporte"] for i in pagina.context["iguales"]] == [uno]
    base = f"{reverse('responder_aporte', args=[dos.pk])}?base={version.coberturas.get().pk}"
    assert base in pagina.content.decode()


def test_the_filtered_queue_leads_to_its_spreadsheet(como, oficial, consulta):
    fila = aporte(consulta=consulta, ahora=timezone.now())
    cliente = como(oficial)
    pagina = cliente.get(f"{LISTA}?estado=pendiente&consulta={consulta.pk}").content.decode()
    enlace = re.search(r'href="([^"]*planillas/exportar/[^"]*)"', pagina)
    assert enlace is not None
    hoja = cliente.get(enlace[1].replace("&amp;", "&"))
    assert hoja["Content-Type"].endswith("spreadsheetml.sheet")
    libro = load_workbook(BytesIO(b"".join(hoja.streaming_content)))
    dichos = {c.value for h in libro.worksheets for f in h.iter_rows() for c in f}
    assert fila.folio in dichos


def test_the_form_of_filters_keeps_what_was_chosen_and_typed(client, consulta):
    oficial = UserFactory(oficial=True)
    hacer(consulta)
    client.force_login(oficial)
    pagina = client.get(f"{LISTA}?q=vereda&estado=vencido&orden=recientes").content.decode()
    assert '<option value="vencido" selected>' in pagina
    assert '<option value="recientes" selected>' in pagina
    assert 'value="vereda"' in pagina


def test_an_official_without_anything_is_led_to_their_institution(client):
    client.force_login(UserFactory(oficial=True))
    pagina = client.get(f"{LISTA}?estado=pendiente&a_cargo=mios").content.decode()
    assert "No tiene aportes a su nombre con estos filtros." in pagina


def test_whoever_stands_in_reads_for_whom(client, consulta):
    oficial = UserFactory(oficial=True)
    ausente = UserFactory(oficial=True, institucion=oficial.institucion)
    hoy = timezone.localdate()
    crear_suplencia(titular=ausente, suplente=oficial, desde=hoy, hasta=hoy, por=ausente)
    client.force_login(oficial)
    assert "Usted actúa hoy en suplencia de" in client.get(LISTA).content.decode()


def test_a_conversation_is_offered_only_while_something_in_it_waits(client, consulta):
    oficial = UserFactory(oficial=True)
    con, sin = hacer(consulta, 2)
    aporte(padre=con, ahora=timezone.now())
    callada = aporte(padre=sin, ahora=timezone.now())
    responder(con, por=oficial, ahora=timezone.now())
    responder(sin, callada, por=oficial, ahora=timezone.now())
    client.force_login(oficial)
    pagina = client.get(f"{LISTA}?estado=respondido").content.decode()
    assert reverse("responder_rama", args=[con.pk]) in pagina
    assert reverse("responder_rama", args=[sin.pk]) not in pagina
    ficha = "participacion_aportes_modeladmin_inspect"
    assert "Responder la conv" in client.get(reverse(ficha, args=[con.pk])).content.decode()
    assert "Responder la conv" not in client.get(reverse(ficha, args=[sin.pk])).content.decode()


def test_what_cannot_be_answered_together_comes_back_to_the_same_list(client, consulta, mesa):
    client.force_login(mesa)
    sale = client.post(
        reverse("responder_varios"), {"vuelta": "estado=vencido&tema=3"}, follow=False
    )
    assert sale.url == f"{LISTA}?estado=vencido&tema=3"


def test_the_spreadsheet_of_a_filter_with_one_consultation_needs_no_more_words(client, consulta):
    oficial = UserFactory(oficial=True)
    hacer(consulta, 2, institucion=oficial.institucion)
    client.force_login(oficial)
    hoja = client.get(f"{reverse('exportar_planilla')}?estado=pendiente&a_cargo=institucion")
    libro = load_workbook(BytesIO(b"".join(hoja.streaming_content)))
    assert consulta.titulo and libro.active.max_row >= 3


def test_the_spreadsheet_of_several_consultations_asks_which_and_keeps_the_filter(client, consulta):
    oficial = UserFactory(oficial=True)
    hacer(consulta, 2, institucion=oficial.institucion)
    otra = ConsultaFactory(titulo="La otra")
    hacer(otra, 1, institucion=oficial.institucion)
    ConsultaFactory(titulo="Una sin nada")
    client.force_login(oficial)
    ruta = f"{reverse('exportar_planilla')}?estado=pendiente&a_cargo=institucion"
    pide = client.get(ruta, follow=True)
    pagina = pide.content.decode()
    assert "Elija la consulta que se exporta" in pagina
    assert "Lo que filtró en la lista" in pagina
    assert '<input type="hidden" name="a_cargo" value="institucion">' in pagina
    ofrece = re.search(r'id="consulta-exportar">(.*?)</select>', pagina, re.S)[1]
    assert "1 · La otra" in ofrece and "Una sin nada" not in ofrece
    assert ofrece.index(f'value="{consulta.pk}"') < ofrece.index(f'value="{otra.pk}"')


def test_a_page_with_others_offers_to_mark_only_itself(client, consulta, monkeypatch):
    monkeypatch.setattr(cola, "POR_PAGINA", 2)
    hacer(consulta, 3)
    client.force_login(UserFactory(oficial=True))
    assert "Los 2 de esta página" in client.get(f"{LISTA}?estado=").content.decode()
    assert "de esta página" not in client.get(f"{LISTA}?estado=vencido").content.decode()
