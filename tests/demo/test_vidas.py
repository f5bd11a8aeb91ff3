"""The demo shows a contribution's whole life: guests, corrections, organisations, drafts, a long thread."""

from django.db.models import Max
from django.test import Client

from consulta.aportes.enums import Canal
from consulta.aportes.flows.confirmar import vence_en
from consulta.aportes.models import Aporte, Apoyo, BorradorDeAporte, Seguimiento
from consulta.aportes.versiones import corregido_en
from consulta.procesos.models import Consulta
from cuentas.models import Representacion, User


def test_one_guest_confirmed_and_another_still_may(demo) -> None:
    invitados = Aporte.objects.filter(autoria__cuenta=None, canal=Canal.FORMULARIO)
    confirmado = invitados.get(confirmado_en__isnull=False)
    espera = invitados.get(confirmado_en=None)
    assert confirmado.n
    assert vence_en(espera) > demo.ahora
    assert Client().get(confirmado.get_absolute_url()).status_code == 200


def test_corrected_ones_show_their_versions(demo) -> None:
    corregidos = Aporte.objects.filter(version=2)
    assert corregidos.count() == 2
    for aporte in corregidos:
        assert corregido_en(aporte)
        pagina = Client().get(f"{aporte.get_absolute_url()}versiones/")
        assert "<ins>" in pagina.content.decode()


def test_an_organisation_speaks_and_another_waits_to_be_verified(demo) -> None:
    (dicho,) = Aporte.objects.exclude(organizacion=None)
    assert dicho.organizacion.nombre in Client().get(dicho.get_absolute_url()).content.decode()
    estados = Representacion.objects.values_list("estado", flat=True).order_by("estado")
    assert set(estados) == {Representacion.Estado.VERIFICADA, Representacion.Estado.PENDIENTE}
    assert User.objects.get(email="carmen@demo.example").representa == dicho.organizacion


def test_marcela_left_a_text_half_written(demo) -> None:
    borrador = BorradorDeAporte.objects.get(cuenta__email="marcela@demo.example")
    cliente = Client()
    cliente.force_login(borrador.cuenta)
    html = cliente.get(borrador.lugar).content.decode()
    assert borrador.campos["texto"][0] in html
    assert "Recuperamos lo que había escrito" in html


def test_a_consultation_asks_for_a_stance_and_closes_after_the_draft(demo) -> None:
    """Tests in a browser comment on the first open draft, whose form asks for none."""
    consulta = Consulta.objects.con_contexto().get(pide_postura=True)
    borrador = Consulta.objects.con_contexto().get(slug="borrador-plan-7")
    assert consulta.etapa.fin > borrador.etapa.fin
    comentarios = consulta.aportes.raices()
    assert set(comentarios.values_list("postura", flat=True)) == {"favor", "neutral", "contra"}


def test_a_long_thread_goes_deep_and_is_supported_and_followed(demo) -> None:
    raiz = Aporte.objects.select_related("asunto").get(consulta__sigla="CNV", replicas_n__gte=150)
    padres = dict(raiz.hilo.values_list("pk", "padre"))

    def hondura(pk: int) -> int:
        return 0 if pk == raiz.pk else 1 + hondura(padres[pk])

    assert max(map(hondura, padres)) >= 6
    assert raiz.hilo.exclude(en_nombre_de=None).count() == 2
    assert raiz.hilo.aggregate(mas=Max("apoyos"))["mas"] >= 8
    assert Apoyo.objects.filter(aporte__raiz=raiz).count() >= 100
    assert Seguimiento.objects.filter(raiz=raiz).count() >= 10
    assert Client().get(raiz.get_absolute_url()).status_code == 200
