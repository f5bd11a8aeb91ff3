"""Private notes and questions between institutions: who reads, who answers, and that nobody else does."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from comun import buscador
from comun.avisos import enviar_aviso
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.registro import Aviso, Evento
from consulta.aportes.models import Aporte
from consulta.respuestas.filtros import FiltrosDeCola
from consulta.respuestas.flows.anotar import anotar, contestar
from consulta.respuestas.notas import conversaciones, notas_que_lee
from cuentas.roles import Rol
from tests.factories.cuentas import UserFactory, cuenta_de

pytestmark = pytest.mark.django_db
SECRETO = "Cuidado: esto lo ve gabinete primero."


@pytest.fixture
def otra():
    return UserFactory(oficial=True)


def test_a_note_is_read_by_ones_institution_and_the_secretariat_only(pendiente, oficial, otra):
    nota = anotar(aporte=pendiente, texto=SECRETO, por=oficial)
    colega = UserFactory(oficial=True, institucion=oficial.institucion)
    for cuenta, lee in (
        (oficial, True),
        (colega, True),
        (UserFactory(secretaria=True), True),
        (otra, False),
    ):
        assert (nota in notas_que_lee(cuenta)) is lee


def test_a_question_tells_the_other_institution_which_answers_and_the_asker_is_told(
    pendiente, oficial, otra
):
    pregunta = anotar(aporte=pendiente, texto="¿Es suyo?", para=otra.institucion, por=oficial)
    assert set(Aviso.objects.filter(razon="pregunta").values_list("cuenta", flat=True)) == {otra.pk}
    (hilo,) = conversaciones(pendiente, otra)
    assert hilo.espera and hilo.puede_contestar
    contestar(pregunta=pregunta, texto="Sí, de la división norte.", por=otra)
    (hilo,) = conversaciones(pendiente, oficial)
    assert [n.texto for n in hilo.contestaciones] == ["Sí, de la división norte."]
    assert not hilo.espera and not hilo.puede_contestar
    aviso = Aviso.objects.get(razon="contestacion")
    assert aviso.cuenta == oficial.pk
    enviar_aviso.func(aviso.pk)
    assert "división norte" in mail.outbox[0].body
    assert "división norte" in mail.outbox[0].alternatives[0][0]
    verbos = set(
        Evento.objects.filter(objeto__startswith="respuestas.nota:").values_list("verbo", flat=True)
    )
    assert verbos == {"preguntar", "contestar_pregunta"}


def test_only_the_institution_asked_answers(pendiente, oficial, otra):
    pregunta = anotar(aporte=pendiente, texto="¿Es suyo?", para=otra.institucion, por=oficial)
    with pytest.raises(SinPermiso):
        contestar(pregunta=pregunta, texto="Yo mismo.", por=oficial)
    nota = anotar(aporte=pendiente, texto="Nota", por=oficial)
    with pytest.raises(Conflicto):
        contestar(pregunta=nota, texto="¿Qué?", por=otra)


@pytest.mark.parametrize("texto", ["", "  \n ", "x" * 4_001])
def test_a_note_has_words_and_not_too_many(pendiente, oficial, texto):
    with pytest.raises(DatoInvalido) as error:
        anotar(aporte=pendiente, texto=texto, por=oficial)
    assert error.value.campo == "texto"


def test_nobody_asks_oneself(pendiente, oficial):
    with pytest.raises(DatoInvalido) as error:
        anotar(aporte=pendiente, texto="¿?", para=oficial.institucion, por=oficial)
    assert error.value.campo == "para"


@pytest.mark.parametrize("rol", list(Rol))
def test_who_writes_notes(pendiente, rol):
    puede = rol in {Rol.OFICIAL, Rol.SECRETARIA, Rol.ADMINISTRADOR}
    if puede:
        assert anotar(aporte=pendiente, texto="Nota", por=cuenta_de(rol)).pk
    else:
        with pytest.raises(SinPermiso):
            anotar(aporte=pendiente, texto="Nota", por=cuenta_de(rol))


def test_the_queue_finds_what_one_is_asked_until_it_is_answered(pendiente, oficial, otra):
    pregunta = anotar(aporte=pendiente, texto="¿Es suyo?", para=otra.institucion, por=oficial)

    def hallados(cuenta, cual):
        filtros = FiltrosDeCola({"preguntas": cual}, cuenta)
        return list(filtros.aplicar(Aporte.objects.confirmados()))

    assert hallados(otra, "para_mi") == [pendiente]
    assert hallados(oficial, "para_mi") == []
    assert hallados(oficial, "abiertas") == [pendiente]
    contestar(pregunta=pregunta, texto="Sí.", por=otra)
    assert hallados(otra, "para_mi") == hallados(oficial, "abiertas") == []


def test_what_is_private_reaches_neither_the_public_nor_the_archive(
    client, como, pendiente, oficial, otra
):
    anotar(aporte=pendiente, texto=SECRETO, por=oficial)
    anotar(aporte=pendiente, texto=f"¿Vio? {SECRETO}", para=otra.institucion, por=oficial)
    publicas = [
        pendiente.get_absolute_url(),
        f"/api/v2/aportes/{pendiente.folio}/",
        "/api/v2/aportes/",
        f"/consultas/{pendiente.consulta.slug}/",
        f"/buscar/?q={'gabinete'}",
    ]
    for ruta in publicas:
        respuesta = client.get(ruta, follow=True)
        assert respuesta.status_code == 200, ruta
        assert "gabinete primero" not in respuesta.content.decode(), ruta
    assert not list(buscador.ids_que_dicen(Aporte, "gabinete") or [])
    assert client.get(f"/api/v2/aportes/{pendiente.folio}/notas/").status_code == 401
    planilla = como(oficial).get("/admin/participacion/aportes/?export=csv&estado=")
    assert b"gabinete" not in b"".join(planilla.streaming_content)
    ver = reverse("participacion_aportes_modeladmin_inspect", args=[pendiente.pk])
    assert SECRETO in como(oficial).get(ver).content.decode()
    for ajena in (UserFactory(oficial=True), UserFactory(moderador=True)):
        assert "gabinete" not in como(ajena).get(ver).content.decode()


def test_the_pages_keep_what_was_typed_and_say_what_is_wrong(como, pendiente, oficial, otra):
    ruta = reverse("anotar_aporte", args=[pendiente.pk])
    mala = como(oficial).post(ruta, {"texto": "", "para": otra.institucion.pk})
    assert mala.status_code == 422 and "texto" in mala.context["form"].errors
    assert (
        como(oficial).post(ruta, {"texto": "¿Es suyo?", "para": otra.institucion.pk}).status_code
        == 302
    )
    pregunta = pendiente.notas.get()
    contesta = reverse("contestar_pregunta", args=[pregunta.pk])
    assert como(UserFactory(oficial=True)).get(contesta).status_code == 404
    assert como(oficial).get(contesta).status_code == 403
    assert como(otra).post(contesta, {"texto": " "}).status_code == 422
    assert como(otra).post(contesta, {"texto": "Sí."}).status_code == 302
    assert pregunta.contestaciones.get().en <= timezone.now()
