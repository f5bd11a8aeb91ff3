"""The way from an empty process to an announced consultation, through the secretariat's forms."""

import pytest
from django.urls import reverse

from consulta.procesos.models import Consulta, Etapa, Proceso, Tema
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory, EtapaFactory, ProcesoFactory, TemaFactory


@pytest.fixture
def mesa(client, db):
    client.force_login(UserFactory(secretaria=True))
    return client


def ruta(que, accion="create", *args):
    return reverse(f"participacion_{que}_modeladmin_{accion}", args=args)


def test_each_save_leads_back_to_the_process_which_says_what_comes_next(mesa):
    respuesta = mesa.post(ruta("procesos"), {"titulo": "Plan 8: Ñuñoa"}, follow=True)
    proceso = Proceso.objects.get()
    assert (proceso.slug, proceso.regimen) == ("plan-8-nunoa", "vigente")
    pagina = respuesta.content.decode()
    assert f"{ruta('etapas')}?proceso={proceso.pk}" in pagina and "Demostración" not in pagina
    formulario = mesa.get(ruta("etapas"), {"proceso": proceso.pk}).context["form"]
    assert (formulario["proceso"].value(), formulario["orden"].value()) == (str(proceso.pk), 1)
    datos = {"proceso": proceso.pk, "tipo": "recepcion"}
    respuesta = mesa.post(ruta("etapas"), datos, follow=True)
    etapa = Etapa.objects.get()
    pagina = respuesta.content.decode()
    assert etapa.orden == 1 and "falta el inicio y el fin" in pagina
    assert f"{ruta('consultas')}?etapa={etapa.pk}" in pagina
    consulta = {
        "etapa": etapa.pk, "titulo": "Propuestas", "sigla": "p8", "resumen": "r",
        "que_se_puede_cambiar": "q", "quien_decide": "La Mesa",
    }  # fmt: skip
    respuesta = mesa.post(ruta("consultas"), consulta, follow=True)
    hecha = Consulta.objects.get()
    assert (hecha.slug, hecha.sigla) == ("propuestas", "P8")
    pagina = respuesta.content.decode()
    assert "Para anunciarla falta" in pagina and "no tiene fecha de inicio" in pagina


@pytest.mark.parametrize(
    ("que", "campo", "datos"),
    [
        ("etapas", "fin", {"inicio": "2027-03-02T10:00", "fin": "2027-03-01T10:00"}),
        ("etapas", "prevista_fin", {
            "prevista_inicio": "2027-03-02T10:00", "prevista_fin": "2027-03-01T10:00"}),
        ("etapas", "orden", {"orden": 1}),
        ("consultas", "sigla", {"sigla": "7-B"}),
        ("consultas", "sigla", {"sigla": "usada"}),
        ("consultas", "slug", {"slug": "usado"}),
        ("procesos", "slug", {"slug": "usado"}),
        ("procesos", "slug", {"slug": "¡!"}),
        ("temas", "nombre", {"nombre": "Usado"}),
    ],
)  # fmt: skip
def test_what_the_database_would_refuse_is_said_beside_its_field_in_plain_words(
    mesa, que, campo, datos
):
    etapa = EtapaFactory(orden=1, proceso=ProcesoFactory(slug="usado"))
    ConsultaFactory(slug="usado", sigla="USADA")
    TemaFactory(nombre="Usado", slug="usado")
    bueno = {
        "etapas": {"proceso": etapa.proceso_id, "tipo": "recepcion"},
        "consultas": {
            "etapa": etapa.pk, "titulo": "C", "sigla": "NUEVA", "resumen": "r",
            "que_se_puede_cambiar": "q", "quien_decide": "d",
        },
        "procesos": {"titulo": "P"},
        "temas": {"nombre": "T"},
    }[que]  # fmt: skip
    respuesta = mesa.post(ruta(que), bueno | datos)
    errores = respuesta.context["form"].errors
    assert list(errores) == [campo]
    dicho = " ".join(errores[campo]).lower()
    assert not any(mal in dicho for mal in ("restricción", "slug", "_", "con este"))


def test_the_same_title_twice_gives_two_addresses(mesa):
    for _ in range(3):
        mesa.post(ruta("temas"), {"nombre": f"Salud{' ' * _}!" if _ else "Salud"})
    assert sorted(Tema.objects.values_list("slug", flat=True)) == ["salud", "salud-2", "salud-3"]
