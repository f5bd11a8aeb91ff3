import pytest
from django.utils import timezone

from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.registro import Evento
from consulta.aportes.flows.campanas import (
    deshacer_campana,
    devolver_a_campana,
    modelo_de,
    partes_propias,
    revisar_campana,
    sacar_de_campana,
)
from consulta.aportes.flows.colocar import agrupar_nuevos, colocar
from consulta.aportes.flows.corregir import corregir_aporte
from consulta.aportes.flows.moderar import remover_aporte, reponer_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte, Grupo
from consulta.aportes.semejanza.huellas import palabras
from tests.factories import AHORA
from tests.factories.aportes import aporte, contenido
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import AsuntoFactory

pytestmark = pytest.mark.django_db

CARTA = (
    "Pedimos que el compromiso sobre transparencia municipal incluya plazos claros, presupuesto "
    "publicado cada trimestre y una persona responsable en cada comuna del país."
)
PROPIO = (
    "\n\nEn Lota, donde vivo, el municipio dejó de publicar las compras de salud hace dos años y nadie "
    "en la oficina de partes supo decirme a quién debía pedirle esa información."
)


@pytest.fixture
def asunto():
    return AsuntoFactory()


def enviar(asunto, *textos):
    return [aporte(asunto=asunto, dice=contenido(texto)) for texto in textos]


def grupo_de(asunto, *textos):
    enviar(asunto, *(textos or [CARTA] * 3))
    agrupar_nuevos(AHORA)
    return Grupo.objects.get()


def test_three_copies_stand_together_and_two_do_not(asunto):
    enviar(asunto, CARTA, CARTA.upper())
    assert agrupar_nuevos(AHORA) == 2
    assert not Grupo.objects.exists()
    grupo = grupo_de(asunto, CARTA.replace("Pedimos", "Pido"))
    assert grupo.miembros.count() == 3
    assert grupo.creado_por is None
    assert agrupar_nuevos(AHORA) == 0


def test_later_copies_join_and_own_words_are_told_apart(asunto):
    grupo = grupo_de(asunto)
    [con_propio] = enviar(asunto, CARTA + PROPIO)
    agrupar_nuevos(AHORA)
    suyo = grupo.miembros.get(aporte=con_propio)
    assert suyo.con_aporte_propio
    assert modelo_de(grupo).contenido.texto == CARTA
    propio = partes_propias(palabras(CARTA), CARTA + PROPIO)
    assert propio.startswith("En Lota")
    assert "Pedimos" not in propio


def test_who_quotes_two_others_does_not_join_them(asunto):
    """Each is inside the long one, and the two have nothing in common."""
    enviar(asunto, CARTA, PROPIO, CARTA + PROPIO)
    agrupar_nuevos(AHORA)
    assert not Grupo.objects.exists()


def test_who_only_repeats_what_a_member_added_is_not_of_the_group(asunto):
    grupo = grupo_de(asunto, CARTA, CARTA, CARTA + PROPIO)
    enviar(asunto, PROPIO)
    agrupar_nuevos(AHORA)
    assert grupo.miembros.count() == 3


def test_short_texts_and_other_texts_are_no_campaign(asunto):
    enviar(asunto, *["Estoy de acuerdo con todo."] * 4)
    enviar(asunto, *(f"{' '.join(f'tema{i}x{j}' for j in range(30))}" for i in range(4)))
    agrupar_nuevos(AHORA)
    assert not Grupo.objects.exists()


def test_sums_are_the_same_with_and_without_groups(asunto):
    antes = enviar(asunto, *[CARTA] * 4) and Aporte.objects.all().balance(AHORA.date())
    agrupar_nuevos(AHORA)
    assert Grupo.objects.exists()
    assert Aporte.objects.all().balance(AHORA.date()) == antes


def test_the_shared_text_is_read_from_whoever_still_stands(asunto):
    grupo = grupo_de(asunto)
    primero = modelo_de(grupo)
    retirar_aporte(aporte=primero, por=primero.autoria.cuenta, ahora=AHORA)
    assert modelo_de(grupo) not in (None, primero)


def test_what_a_person_decided_stays(asunto):
    persona = UserFactory(secretaria=True)
    grupo = grupo_de(asunto)
    with pytest.raises(SinPermiso):
        revisar_campana(grupo=grupo, por=UserFactory(oficial=True), titulo="Carta")
    with pytest.raises(DatoInvalido):
        revisar_campana(grupo=grupo, por=persona, titulo=" ")
    assert revisar_campana(grupo=grupo, por=persona, titulo="La carta").confirmado_por == persona
    fuera = modelo_de(grupo)
    assert sacar_de_campana(grupo=grupo, aportes=[fuera], por=persona) == 1
    assert sacar_de_campana(grupo=grupo, aportes=[fuera], por=persona) == 0
    assert colocar(aporte=fuera, ahora=timezone.now()) is None
    deshacer_campana(grupo=grupo, por=persona, motivo="Son de tres mesas.")
    with pytest.raises(Conflicto):
        deshacer_campana(grupo=grupo, por=persona, motivo="Otra vez.")
    enviar(asunto, CARTA)
    agrupar_nuevos(AHORA)
    assert Grupo.objects.count() == 1


def test_placing_costs_the_same_in_a_large_campaign(asunto, django_assert_max_num_queries):
    grupo_de(asunto)
    costos = []
    for tanda in (2, 12):
        enviar(asunto, *[CARTA] * tanda)
        agrupar_nuevos(AHORA)
        [uno] = enviar(asunto, CARTA)
        with django_assert_max_num_queries(26) as consultas:
            assert colocar(aporte=uno, ahora=AHORA)
        costos.append(len(consultas))
    assert costos[0] == costos[1]


def test_a_corrected_text_leaves_when_it_says_something_else(asunto):
    grupo = grupo_de(asunto, *[CARTA] * 4)
    uno, otro = Aporte.objects.filter(pertenencias__grupo=grupo).order_by("pk")[:2]
    for cual, texto in ((uno, PROPIO.strip()), (otro, CARTA + PROPIO)):
        autor = cual.autoria.cuenta
        corregir_aporte(aporte=cual, contenido=contenido(texto), por=autor, version=1, ahora=AHORA)
    assert agrupar_nuevos(AHORA) == 2
    assert not grupo.miembros.filter(aporte=uno).exists()
    assert grupo.miembros.get(aporte=otro).con_aporte_propio
    assert Evento.objects.filter(verbo="salir_de_campana").count() == 1


def test_whom_a_person_took_out_stays_out_after_a_correction(asunto):
    grupo = grupo_de(asunto, *[CARTA] * 4)
    uno = Aporte.objects.filter(pertenencias__grupo=grupo).last()
    sacar_de_campana(grupo=grupo, aportes=[uno], por=UserFactory(moderador=True), ahora=AHORA)
    corregir_aporte(
        aporte=uno, contenido=contenido(CARTA + "."), por=uno.autoria.cuenta, version=1, ahora=AHORA
    )
    agrupar_nuevos(AHORA)
    assert grupo.miembros.get(aporte=uno).fuera_en


def test_members_come_back_and_the_figures_with_them(asunto):
    persona = UserFactory(secretaria=True)
    grupo = grupo_de(asunto, *[CARTA] * 4)
    fuera = modelo_de(grupo)
    sacar_de_campana(grupo=grupo, aportes=[fuera], por=persona)
    grupo.refresh_from_db()
    assert (grupo.envios, grupo.personas) == (3, 3)
    assert devolver_a_campana(grupo=grupo, aportes=[fuera], por=persona) == 1
    assert devolver_a_campana(grupo=grupo, aportes=[fuera], por=persona) == 0
    grupo.refresh_from_db()
    assert (grupo.envios, grupo.personas) == (4, 4)


def test_figures_follow_withdrawing_removing_and_restoring(asunto):
    grupo = grupo_de(asunto, *[CARTA] * 5)
    uno, otro = Aporte.objects.order_by("pk")[:2]
    retirar_aporte(aporte=uno, por=uno.autoria.cuenta, ahora=AHORA)
    moderadora = UserFactory(moderador=True)
    remover_aporte(aporte=otro, por=moderadora, causa="odio", ahora=AHORA)
    agrupar_nuevos(AHORA)
    grupo.refresh_from_db()
    assert (grupo.envios, grupo.personas) == (3, 3)
    reponer_aporte(aporte=otro, por=moderadora, razon="Error.", ahora=AHORA)
    agrupar_nuevos(AHORA)
    grupo.refresh_from_db()
    assert (grupo.envios, grupo.personas) == (4, 4)


def test_one_person_who_sends_thrice_is_one(asunto):
    persona = UserFactory()
    enviar(asunto, CARTA, CARTA)
    for variante in (CARTA.upper(), f"{CARTA} Gracias."):
        aporte(asunto=asunto, por=persona, dice=contenido(variante))
    agrupar_nuevos(AHORA)
    assert Grupo.objects.get().frase == "1 texto, 4 envíos de 3 personas, 0 con aportes propios"


def test_a_renaming_does_not_overwrite_another(asunto):
    persona, otra = UserFactory(secretaria=True), UserFactory(moderador=True)
    grupo = grupo_de(asunto)
    visto = grupo.titulo
    revisar_campana(grupo=grupo, por=persona, titulo="La carta", visto=visto)
    with pytest.raises(Conflicto) as error:
        revisar_campana(grupo=grupo, por=otra, titulo="Otra", visto=visto)
    assert "La carta" in error.value.mensaje
