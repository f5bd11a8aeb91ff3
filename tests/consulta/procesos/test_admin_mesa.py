"""The secretariat's desk through its real forms."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from comun.registro import Evento
from consulta.procesos.importar import importar_texto
from consulta.procesos.importar.marcas import a_texto
from consulta.procesos.models import Asunto, Consulta, Etapa, Fragmento, Proceso, VersionBorrador
from consulta.seguimiento.models import Compromiso, Plan
from cuentas.models import Institucion
from tests.factories.cuentas import InstitucionFactory, UserFactory
from tests.factories.procesos import (
    ConsultaFactory,
    EtapaFactory,
    ProcesoFactory,
    version_publicada,
)

TEXTO = """# Plan de acción

## Compromiso 1
Cada órgano publicará
su presupuesto.

- en datos abiertos
- cada mes

| Meta | Año |
| Uno | 2027 |

1. Primero
2. Segundo
"""


@pytest.fixture
def mesa(client, db):
    client.force_login(UserFactory(secretaria=True))
    return client


def ruta(que, accion="create", *args):
    return reverse(f"participacion_{que}_modeladmin_{accion}", args=args)


def local(instante):
    return timezone.localtime(instante).strftime("%Y-%m-%dT%H:%M")


def test_a_process_a_stage_a_consultation_and_its_draft_are_made_by_hand(mesa):
    ahora = timezone.now()
    mesa.post(ruta("procesos"), {"titulo": "Plan 8", "slug": "plan-8", "regimen": "vigente"})
    proceso = Proceso.objects.get()
    etapa = {
        "proceso": proceso.pk, "tipo": "consulta_borrador", "orden": 1,
        "inicio": local(ahora), "fin": local(ahora + timedelta(days=20)),
    }  # fmt: skip
    mesa.post(ruta("etapas"), etapa)
    consulta = {
        "etapa": Etapa.objects.get().pk, "titulo": "Borrador del plan 8", "slug": "borrador-8",
        "sigla": "P8B", "resumen": "r", "que_se_puede_cambiar": "q", "quien_decide": "La Mesa",
        "responder_antes_de": (ahora + timedelta(days=40)).date().isoformat(),
    }  # fmt: skip
    mesa.post(ruta("consultas"), consulta)
    hecha = Consulta.objects.get()
    assert not hecha.publicada
    mesa.post(reverse("anunciar_consulta", args=[hecha.pk]), {"razon_excepcion": "Urge."})
    hecha.refresh_from_db()
    assert hecha.publicada and hecha.anunciada_en
    assert Asunto.objects.filter(consulta=hecha, fragmento=None).exists()
    mesa.post(ruta("versiones"), {"consulta": hecha.pk, "titulo": "Primera", "texto": TEXTO})
    version = VersionBorrador.objects.get()
    assert version.n == 1 and version.publicada_en is None
    assert mesa.get(ruta("versiones", "inspect", version.pk)).status_code == 200
    pagina = mesa.get(reverse("revisar_version", args=[version.pk])).content.decode()
    assert "Cada órgano publicará su presupuesto." in pagina
    mesa.post(reverse("publicar_version", args=[version.pk]))
    version.refresh_from_db()
    assert version.publicada_en and version.sha256
    verbos = set(Evento.objects.values_list("verbo", flat=True))
    assert verbos >= {
        "crear_proceso", "crear_etapa", "crear_consulta", "anunciar_consulta", "preparar_version",
        "publicar_version",
    }  # fmt: skip


def test_a_pasted_text_is_cut_where_a_reader_would():
    trozos = [(t.tipo, t.nivel, t.texto) for t in importar_texto(TEXTO)]
    assert trozos == [
        ("titulo", 1, "Plan de acción"),
        ("titulo", 2, "Compromiso 1"),
        ("parrafo", 0, "Cada órgano publicará su presupuesto."),
        ("lista", 0, "- en datos abiertos\n- cada mes"),
        ("tabla", 0, "| Meta | Año |\n| Uno | 2027 |"),
        ("lista", 0, "1. Primero\n2. Segundo"),
    ]
    assert importar_texto(a_texto(importar_texto(TEXTO))) == importar_texto(TEXTO)


@pytest.mark.parametrize(
    "texto",
    ["", "   \n\n ", "\x00", "x" * 600_001, "\n\n".join("párrafo" for _ in range(3_001))],
    ids=["vacio", "blancos", "nulo", "enorme", "muchos"],
)
def test_a_text_that_gives_no_version_is_refused_and_stays_in_the_form(mesa, texto):
    consulta = ConsultaFactory()
    datos = {"consulta": consulta.pk, "titulo": "Mi versión", "texto": texto}
    respuesta = mesa.post(ruta("versiones"), datos)
    assert respuesta.status_code == 200 and respuesta.context["form"].errors["texto"]
    assert "Mi versión" in respuesta.content.decode()
    assert not VersionBorrador.objects.exists()


def test_odd_texts_are_kept_as_words(mesa):
    datos = {"consulta": ConsultaFactory().pk, "texto": "<script>x</script> 🌊 مرحبا \u202e"}
    respuesta = mesa.post(ruta("versiones"), datos, follow=True)
    assert "<script>x" not in respuesta.content.decode()
    assert Fragmento.objects.get().texto == "<script>x</script> 🌊 مرحبا"


def test_one_version_is_prepared_at_a_time_and_can_be_pasted_again(mesa):
    consulta = ConsultaFactory()
    mesa.post(ruta("versiones"), {"consulta": consulta.pk, "texto": "Uno"})
    respuesta = mesa.post(ruta("versiones"), {"consulta": consulta.pk, "texto": "Dos"})
    assert "aún no se publica" in respuesta.content.decode()
    version = VersionBorrador.objects.get()
    editar = ruta("versiones", "edit", version.pk)
    assert "Uno" in mesa.get(editar).content.decode()
    mesa.post(editar, {"titulo": "", "texto": "Tres\n\nCuatro"})
    assert [f.texto for f in version.fragmentos.order_by("orden")] == ["Tres", "Cuatro"]


def test_a_published_version_cannot_be_edited_nor_published_again(mesa):
    version = version_publicada(ConsultaFactory(), ["Uno"])
    assert mesa.get(ruta("versiones", "edit", version.pk)).status_code == 403
    respuesta = mesa.post(reverse("publicar_version", args=[version.pk]), follow=True)
    assert "ya está publicada" in respuesta.content.decode()


def datos_de_etapa(etapa, **cambios):
    return {
        "proceso": etapa.proceso_id, "tipo": etapa.tipo, "orden": etapa.orden,
        "inicio": timezone.localtime(etapa.inicio).strftime("%Y-%m-%dT%H:%M"),
        "fin": timezone.localtime(etapa.fin).strftime("%Y-%m-%dT%H:%M"),
    } | cambios  # fmt: skip


@pytest.fixture
def anunciada(db):
    """A stage under way whose consultation is announced."""
    ahora = timezone.now().replace(second=0, microsecond=0)
    etapa = EtapaFactory(inicio=ahora - timedelta(days=2), fin=ahora + timedelta(days=2))
    ConsultaFactory(etapa=etapa)
    return etapa


def test_an_announced_window_only_grows(mesa, anunciada):
    editar = ruta("etapas", "edit", anunciada.pk)
    corto = datos_de_etapa(anunciada, fin=local(anunciada.fin - timedelta(hours=5)))
    assert "solo puede alargarse" in mesa.post(editar, corto).content.decode()
    largo = anunciada.fin + timedelta(days=3)
    directo = mesa.post(editar, datos_de_etapa(anunciada, fin=local(largo)))
    assert "Extender el plazo" in directo.content.decode()
    prorrogar = reverse("prorrogar_etapa", args=[anunciada.pk])
    sin_razon = mesa.post(prorrogar, {"fin": local(largo), "razon": " "})
    assert sin_razon.status_code == 422 and local(largo) in sin_razon.content.decode()
    hecho = mesa.post(prorrogar, {"fin": local(largo), "razon": "Lo pidieron 40 personas."})
    assert hecho.status_code == 302
    anunciada.refresh_from_db()
    assert anunciada.fin == largo
    assert "Lo pidieron 40 personas." in mesa.get(prorrogar).content.decode()


@pytest.mark.parametrize(
    ("cambio", "campo"),
    [({"inicio": "2020-01-01T10:00"}, "inicio"), ({"tipo": "recepcion"}, "tipo")],
)
def test_what_was_announced_of_a_stage_stays(mesa, anunciada, cambio, campo):
    respuesta = mesa.post(ruta("etapas", "edit", anunciada.pk), datos_de_etapa(anunciada, **cambio))
    assert campo in respuesta.context["form"].errors


def test_a_closed_window_does_not_reopen(mesa):
    ahora = timezone.now().replace(second=0, microsecond=0)
    etapa = EtapaFactory(inicio=ahora - timedelta(days=9), fin=ahora - timedelta(days=1))
    ConsultaFactory(etapa=etapa)
    tarde = datos_de_etapa(etapa, fin=local(ahora + timedelta(days=5)))
    assert "no se reabre" in mesa.post(ruta("etapas", "edit", etapa.pk), tarde).content.decode()


@pytest.mark.parametrize("campo", ["slug", "sigla", "responder_antes_de"])
def test_what_was_announced_of_a_consultation_stays(mesa, campo):
    consulta = ConsultaFactory()
    datos = {
        "etapa": consulta.etapa_id, "titulo": "Otro título", "slug": consulta.slug,
        "sigla": consulta.sigla, "resumen": "r", "que_se_puede_cambiar": "q",
        "quien_decide": "La Mesa", "responder_antes_de": "2026-12-30",
    }  # fmt: skip
    mal = datos | {campo: {"slug": "otra", "sigla": "OTRA", "responder_antes_de": ""}[campo]}
    respuesta = mesa.post(ruta("consultas", "edit", consulta.pk), mal)
    assert campo in respuesta.context["form"].errors
    assert mesa.post(ruta("consultas", "edit", consulta.pk), datos).status_code == 302
    consulta.refresh_from_db()
    assert consulta.titulo == "Otro título"


def test_historical_things_are_read_only(mesa):
    historico = ProcesoFactory(historico=True)
    etapa = EtapaFactory(proceso=historico)
    consulta = ConsultaFactory(etapa=etapa)
    plan = Plan.objects.create(numero=5, titulo="Plan 5", desde=2020, hasta=2022, proceso=historico)
    for que, fila in (
        ("procesos", historico),
        ("etapas", etapa),
        ("consultas", consulta),
        ("planes", plan),
    ):
        assert mesa.get(ruta(que, "edit", fila.pk)).status_code == 403
    datos = {"proceso": historico.pk, "tipo": "recepcion", "orden": 7}
    assert "proceso" in mesa.post(ruta("etapas"), datos).context["form"].errors
    mesa.post(ruta("procesos"), {"titulo": "x", "slug": "x", "regimen": "historico"})
    assert Proceso.objects.get(slug="x").regimen == "vigente"


def test_a_plan_its_commitment_and_an_institution(mesa):
    mesa.post(ruta("instituciones"), {"nombre": "Archivo Nacional", "tipo": "ejecutivo"})
    institucion = Institucion.objects.get(nombre="Archivo Nacional")
    plan = {"numero": 8, "titulo": "Plan 8", "desde": 2031, "hasta": 2030}
    assert "hasta" in mesa.post(ruta("planes"), plan).context["form"].errors
    mesa.post(ruta("planes"), plan | {"hasta": 2034})
    compromiso = {
        "plan": Plan.objects.get(numero=8).pk, "numero": 1, "titulo": "Abrir el archivo",
        "institucion": institucion.pk, "area": "GA", "avance": "",
    }  # fmt: skip
    mesa.post(ruta("compromisos"), compromiso)
    hecho = Compromiso.objects.get()
    assert hecho.avance is None
    otro = mesa.post(ruta("compromisos", "edit", hecho.pk), compromiso | {"numero": 2})
    assert "numero" in otro.context["form"].errors


def test_the_same_institution_twice_is_one_and_says_so(mesa):
    InstitucionFactory(nombre="Archivo Nacional")
    datos = {"nombre": "Archivo Nacional", "tipo": "ejecutivo"}
    respuesta = mesa.post(ruta("instituciones"), datos)
    assert "nombre" in respuesta.context["form"].errors
    assert Institucion.objects.filter(nombre="Archivo Nacional").count() == 1


def test_a_change_leaves_what_it_was_and_what_it_is(mesa):
    proceso = ProcesoFactory(titulo="Antes")
    datos = {"titulo": "Después", "slug": proceso.slug, "regimen": "vigente"}
    mesa.post(ruta("procesos", "edit", proceso.pk), datos)
    detalle = Evento.objects.get(verbo="editar_proceso").detalle
    assert (detalle.antes, detalle.despues) == ({"titulo": "Antes"}, {"titulo": "Después"})
    mesa.post(ruta("procesos", "edit", proceso.pk), datos)
    assert Evento.objects.filter(verbo="editar_proceso").count() == 1


def test_a_term_in_business_days_is_proposed_checked_and_kept(client, db):

    consulta = ConsultaFactory(responder_antes_de=None, publicada=False)
    client.force_login(UserFactory(secretaria=True))
    nueva = client.get("/admin/participacion/consultas/create/").content.decode()
    assert 'name="plazo_habiles" value="30"' in nueva
    datos = {
        n: getattr(consulta, n)
        for n in (
            "titulo", "slug", "sigla", "resumen", "que_se_puede_cambiar",
            "que_no_se_puede_cambiar", "quien_decide",
        )
    } | {"etapa": consulta.etapa_id, "plazo_habiles": "251", "plazo_desde": "recepcion"}  # fmt: skip
    edicion = f"/admin/participacion/consultas/edit/{consulta.pk}/"
    mal = client.post(edicion, datos)
    assert 'value="251"' in mal.content.decode() and "menor o igual a 250" in mal.content.decode()
    assert client.post(edicion, datos | {"plazo_habiles": "20"}).status_code == 302
    hecha = Consulta.objects.get(pk=consulta.pk)
    assert (hecha.plazo_habiles, hecha.plazo_desde) == (20, "recepcion")


def test_how_long_before_a_deadline_one_is_warned_is_written_as_numbers(client, db):
    consulta = ConsultaFactory(publicada=False)
    client.force_login(UserFactory(secretaria=True))
    nueva = client.get("/admin/participacion/consultas/create/").content.decode()
    assert 'name="avisos_de_plazo" value="5, 2"' in nueva
    datos = {
        n: getattr(consulta, n)
        for n in (
            "titulo", "slug", "sigla", "resumen", "que_se_puede_cambiar",
            "que_no_se_puede_cambiar", "quien_decide", "responder_antes_de",
        )
    } | {"etapa": consulta.etapa_id, "plazo_desde": "cierre"}  # fmt: skip
    edicion = f"/admin/participacion/consultas/edit/{consulta.pk}/"

    def guardar(escrito):
        respuesta = client.post(edicion, datos | {"avisos_de_plazo": escrito})
        hecha = Consulta.objects.get(pk=consulta.pk)
        return respuesta.content.decode(), hecha.avisos_de_plazo

    assert guardar("2 y 10, 5, 5")[1] == [10, 5, 2]
    for mal, dicho in (
        ("cinco", "números separados por comas"),
        ("5, 0", "de 1 a 40 días hábiles"),
        ("41", "de 1 a 40 días hábiles"),
        ("99999", "números separados por comas"),
        ("1, 2, 3, 4, 5", "4 días distintos como máximo"),
    ):
        pagina, quedo = guardar(mal)
        assert dicho in pagina and f'value="{mal}"' in pagina and quedo == [10, 5, 2]
    assert guardar("")[1] == []
    assert client.post(edicion, datos).status_code == 302
    assert Consulta.objects.get(pk=consulta.pk).avisos_de_plazo == []


@pytest.mark.parametrize("proceso", ["²", "9" * 30, "-1", "x"])
def test_an_address_that_proposes_no_process_opens_the_form_empty(mesa, proceso):
    assert mesa.get(ruta("etapas"), {"proceso": proceso}).status_code == 200


@pytest.mark.parametrize("fin", ["9999-12-31T23:30", "2270-01-01T00:00"])
def test_a_year_mistyped_is_said_beside_its_field(mesa, fin):
    etapa = {
        "proceso": ProcesoFactory().pk, "tipo": "recepcion", "inicio": "2026-11-01T00:00", "fin": fin,
    }  # fmt: skip
    assert mesa.post(ruta("etapas"), etapa).context["form"].errors.keys() == {"fin"}
    ahora = timezone.now()
    abierta = EtapaFactory(inicio=ahora - timedelta(days=1), fin=ahora + timedelta(days=1))
    ConsultaFactory(etapa=abierta, plazo_habiles=30)
    prorroga = mesa.post(reverse("prorrogar_etapa", args=[abierta.pk]), {"fin": fin, "razon": "x"})
    assert prorroga.status_code == 422
    assert prorroga.context["form"].errors.keys() == {"fin"}
