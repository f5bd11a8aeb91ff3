"""A consultation closes as «respondida» only when nothing that stands lacks an answer (INV-01)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.registro import Aviso, Evento
from consulta.aportes.flows.moderar import remover_aporte, reponer_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.respuestas.correos.cierre import avisar_cierre, balance_en_palabras, correo
from consulta.respuestas.enums import Resultado, Sentido
from consulta.respuestas.flows.cerrar import FaltaResponder, cerrar_consulta
from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura
from consulta.respuestas.flows.conflictos import declarar_conflicto
from consulta.respuestas.flows.sellar import sellar_respuesta
from consulta.respuestas.models import Cierre, Cobertura, Revision
from foro.enums import Sector
from tests.consulta.aportes.test_invitados import enviar as enviar_como_invitado
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.foro import consulta_que_pide, decidir, mandato, sellar
from tests.factories.procesos import AsuntoFactory, ConsultaFactory
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db
CIVIL = Sector.SOCIEDAD_CIVIL
DESPUES = AHORA + timedelta(days=30)


@pytest.fixture
def secretaria(db):
    return UserFactory(secretaria=True)


@pytest.fixture
def lista():
    """Two answered, one withdrawn, one removed: nothing is missing once the stage is over."""
    consulta = ConsultaFactory()
    uno, dos, retirado, removido = (aporte(consulta=consulta) for _ in range(4))
    responder(uno)
    responder(dos, razon="Otra razón.")
    retirar_aporte(aporte=retirado, por=retirado.autoria.cuenta, ahora=AHORA)
    remover_aporte(
        aporte=removido, por=UserFactory(moderador=True), causa="odio", motivo="x", ahora=AHORA
    )
    return {"consulta": consulta, "uno": uno, "dos": dos, "removido": removido}


def cerrar(consulta, por=None, ahora=DESPUES, **extra):
    por = por or UserFactory(secretaria=True)
    return cerrar_consulta(consulta=consulta, por=por, ahora=ahora, **extra)


def test_it_freezes_the_balance_says_so_and_is_audited(lista):
    cierre = cerrar(lista["consulta"], palabras="  Gracias a todas las personas.  ")
    cierre.refresh_from_db()
    assert (cierre.recibidos, cierre.respondidos, cierre.retirados, cierre.removidos) == (
        4,
        2,
        1,
        1,
    )
    assert cierre.palabras == "Gracias a todas las personas." and cierre.en == DESPUES
    lista["consulta"].refresh_from_db()
    assert lista["consulta"].respondida_en == DESPUES
    assert Evento.objects.get(verbo="cerrar_consulta").detalle.despues["respondidos"] == 2


def test_only_the_secretariat_closes(lista):
    for papel in ({}, {"oficial": True}, {"moderador": True}, {"editor": True}):
        with pytest.raises(SinPermiso):
            cerrar(lista["consulta"], por=UserFactory(**papel))
    assert not Cierre.objects.exists()


def test_while_something_lacks_an_answer_it_says_what_and_how_many(lista):
    folios = [aporte(consulta=lista["consulta"]).folio for _ in range(12)]
    with pytest.raises(FaltaResponder) as error:
        cerrar(lista["consulta"])
    (falta,) = error.value.faltas
    assert (falta.clave, falta.n, list(falta.folios)) == ("sin_respuesta", 12, folios[:10])
    assert (
        "12 aportes no tienen respuesta" in error.value.mensaje and "y 2 más" in error.value.mensaje
    )
    assert not Cierre.objects.exists()


def test_while_the_stage_is_open_it_does_not_close(lista):
    for ahora in (AHORA, lista["consulta"].etapa.fin - timedelta(microseconds=1)):
        with pytest.raises(FaltaResponder, match="sigue abierta"):
            cerrar(lista["consulta"], ahora=ahora)
    cerrar(lista["consulta"], ahora=lista["consulta"].etapa.fin)


def test_while_a_guest_may_still_confirm_it_does_not_close(lista):
    fin = lista["consulta"].etapa.fin
    asunto = AsuntoFactory(consulta=lista["consulta"])
    enviar_como_invitado(asunto=asunto, ahora=fin - timedelta(hours=1))
    with pytest.raises(FaltaResponder, match="puede confirmarse"):
        cerrar(lista["consulta"], ahora=fin + timedelta(hours=46))
    cerrar(lista["consulta"], ahora=fin + timedelta(hours=47))


def test_while_a_sealed_answer_waits_it_does_not_close(lista):
    oficial = UserFactory(oficial=True)
    respuesta = Cobertura.objects.get(aporte=lista["uno"]).version.respuesta
    type(oficial).objects.filter(pk=oficial.pk).update(institucion=respuesta.institucion)
    oficial.refresh_from_db()
    sellar_respuesta(
        coberturas=[
            LineaDeCobertura(lista["uno"], Resultado.ACLARACION, DestinoElegido(porque_nada="Ya."))
        ],
        razon="Nueva.", institucion=respuesta.institucion, por=oficial, respuesta=respuesta,
        motivo_cambio="Se corrige.", ahora=AHORA,
    )  # fmt: skip
    with pytest.raises(FaltaResponder, match="sellada que espera publicarse"):
        cerrar(lista["consulta"])


def _pedir_revision(uno):
    version = Cobertura.objects.get(aporte=uno).version
    Revision.objects.create(aporte=uno, version=version, texto="No responde.", pedida_en=AHORA)
    Aporte.objects.filter(pk=uno.pk).update(respondido_en=None)


def test_while_a_review_is_open_it_does_not_close(lista):
    _pedir_revision(lista["dos"])
    with pytest.raises(FaltaResponder) as error:
        cerrar(lista["consulta"])
    assert [(f.clave, f.n) for f in error.value.faltas] == [("en_revision", 1)]


def test_it_closes_once(lista):
    cerrar(lista["consulta"])
    with pytest.raises(Conflicto, match="ya se cerró"):
        cerrar(lista["consulta"])
    assert Cierre.objects.count() == 1


def test_a_consultation_nobody_wrote_to_closes_with_noughts():
    cierre = cerrar(ConsultaFactory())
    assert (cierre.recibidos, cierre.respondidos) == (0, 0)


def test_historical_hidden_or_wordy_ones_are_refused(lista):
    with pytest.raises(Conflicto):
        cerrar(ConsultaFactory(historica=True))
    with pytest.raises(Conflicto):
        cerrar(ConsultaFactory(publicada=False))
    with pytest.raises(DatoInvalido):
        cerrar(lista["consulta"], palabras="x" * 5_001)


def test_the_database_forbids_it_too(lista):
    aporte(consulta=lista["consulta"])
    with pytest.raises(DatabaseError, match="Quedan aportes"), transaction.atomic():
        Cierre.objects.create(
            consulta=lista["consulta"],
            recibidos=4,
            respondidos=2,
            retirados=1,
            removidos=1,
            en=AHORA,
        )


@pytest.mark.parametrize("campo", ["palabras", "retirados", "en"])
def test_what_was_frozen_is_not_rewritten(lista, campo):
    cierre = cerrar(lista["consulta"])
    nuevo = {"palabras": "Otras.", "retirados": 0, "en": AHORA}[campo]
    extra = {"respondidos": 3} if campo == "retirados" else {}
    with pytest.raises(DatabaseError, match="no se modifica"), transaction.atomic():
        Cierre.objects.filter(pk=cierre.pk).update(**{campo: nuevo}, **extra)


def test_each_participant_is_told_once(lista):
    persona = lista["uno"].autoria.cuenta
    aportes = Aporte.objects.filter(autoria__cuenta=lista["dos"].autoria.cuenta)
    type(lista["uno"].autoria).objects.filter(aporte__in=aportes).update(cuenta=persona)
    cierre = cerrar(lista["consulta"], palabras="Gracias.")
    for _ in range(2):
        avisar_cierre.func(cierre.pk)
    avisos = Aviso.objects.filter(razon="cierre")
    assert [a.destino for a in avisos] == [f"cuenta:{persona.pk}"]
    carta = correo(avisos[0])
    assert carta is not None and "Se respondieron todos" in carta.asunto
    assert carta.contexto["url"].endswith(f"/consultas/{lista['consulta'].slug}/cierre/")


@pytest.mark.parametrize(
    ("sumas", "dice"),
    [
        ((430, 412, 17, 1), "Se recibieron 430 aportes: 412 respondidos, 17 retirados por sus autores y "
         "1 removido por moderación. Ninguno quedó sin respuesta."),
        ((9, 8, 1, 0), "Se recibieron 9 aportes: 8 respondidos y 1 retirado por su autor o autora. "
         "Ninguno quedó sin respuesta."),
        ((1, 1, 0, 0), "Se recibió 1 aporte: 1 respondido. Ninguno quedó sin respuesta."),
        ((0, 0, 0, 0), "No se recibieron aportes."),
    ],
)  # fmt: skip
def test_the_mail_says_the_balance_in_plain_words(sumas, dice):
    nombres = ("recibidos", "respondidos", "retirados", "removidos")
    assert balance_en_palabras(Cierre(**dict(zip(nombres, sumas, strict=True)))) == dice


def test_its_page_tells_the_closing_and_what_changed_since(lista, client):
    consulta = lista["consulta"]
    pagina = reverse("paginas:cierre", args=[consulta.slug])
    assert client.get(pagina).status_code == 404
    cerrar(consulta, palabras="Gracias por participar.")
    texto = client.get(pagina).content.decode()
    assert "2 de 2 respondidos" in texto and "Gracias por participar." in texto
    assert "Qué cambió después del cierre" not in texto
    assert "no pidió conformidades" in texto
    reponer_aporte(
        aporte=lista["removido"], por=UserFactory(moderador=True), razon="Se removió por error.",
        ahora=DESPUES + timedelta(hours=1),
    )  # fmt: skip
    texto = client.get(pagina).content.decode()
    assert "1 aporte volvió a quedar pendiente" in texto
    assert "Removidos al cerrar: 1; hoy: 0." in texto
    assert "2 de 2 respondidos" in texto, "the frozen balance stays"


def test_where_two_approvals_are_asked_it_says_who_gave_them_and_each_dissent(client):
    consulta = consulta_que_pide()
    gobierno, civil, otra = mandato(), mandato(CIVIL), mandato(CIVIL)
    uno, dos, tres = (aporte(consulta=consulta) for _ in range(3))
    for fila in (uno, dos):
        version = sellar(fila)
        decidir(version, gobierno)
        decidir(version, otra if fila == dos else civil, *(
            (Sentido.CON_DISENSO, "El plazo es <muy> largo.") if fila == dos else ()
        ))  # fmt: skip
    # One who approved and declared an interest afterwards counts for nothing: a colleague did approve.
    version = sellar(tres)
    decidir(version, civil)
    declarar_conflicto(
        mandato=civil, consulta=consulta, respuesta=version.respuesta, motivo="Asesoría.",
        por=civil.cuenta, ahora=AHORA,
    )  # fmt: skip
    with pytest.raises(FaltaResponder):
        cerrar(consulta)
    decidir(version, otra)
    decidir(version, gobierno)
    cerrar(consulta)
    texto = client.get(reverse("paginas:cierre", args=[consulta.slug])).content.decode()
    assert "Gobierno: 3 conformes" in texto
    assert "Sociedad civil: 2 conformes y 1 con disenso" in texto
    assert f"<b>{otra.nombre}</b>, {otra.organizacion}" in texto
    assert "El plazo es &lt;muy&gt; largo." in texto and f'href="/aportes/{dos.folio}/"' in texto
    assert "no pidió conformidades" not in texto
    datos = client.get(f"/api/v2/consultas/{consulta.slug}/cierre/").json()
    assert [(c["sector"], c["conformes"], c["con_disenso"]) for c in datos["conformidades"]] == [
        ("Gobierno", 3, 0), ("Sociedad civil", 2, 1),
    ]  # fmt: skip
    assert [d["nota"] for d in datos["disensos"]] == ["El plazo es <muy> largo."]


def test_a_dissent_of_who_declared_an_interest_stays_and_does_not_count(client):
    consulta = consulta_que_pide(CIVIL)
    civil, otra, uno = mandato(CIVIL), mandato(CIVIL), aporte(consulta=consulta)
    version = sellar(uno)
    decidir(version, civil, Sentido.CON_DISENSO, "Falta un plazo.")
    declarar_conflicto(
        mandato=civil, consulta=consulta, respuesta=None, motivo="Asesoría.", por=civil.cuenta,
        ahora=AHORA,
    )  # fmt: skip
    version.refresh_from_db()
    if version.publicada_en is None:
        decidir(version, otra)
    cerrar(consulta)
    texto = client.get(reverse("paginas:cierre", args=[consulta.slug])).content.decode()
    assert "Falta un plazo." in texto and "no cuenta: después declaró un conflicto" in texto
    datos = client.get(f"/api/v2/consultas/{consulta.slug}/cierre/").json()
    assert [d["cuenta"] for d in datos["disensos"]] == [False]
    assert sum(c["con_disenso"] for c in datos["conformidades"]) == 0


def test_where_approvals_are_asked_and_nothing_was_answered_it_says_so(client):
    consulta = consulta_que_pide()
    uno = aporte(consulta=consulta)
    retirar_aporte(aporte=uno, por=uno.autoria.cuenta, ahora=AHORA)
    cerrar(consulta)
    texto = client.get(reverse("paginas:cierre", args=[consulta.slug])).content.decode()
    assert "no hubo respuestas que aprobar" in texto and "no pidió" not in texto


def test_a_correction_after_the_closing_is_listed(lista, client):
    cerrar(lista["consulta"])
    version = Cobertura.objects.get(aporte=lista["uno"]).version
    responder(
        lista["uno"], por=UserFactory(oficial=True, institucion=version.respuesta.institucion),
        respuesta=version.respuesta, motivo_cambio="Faltaba la fecha.", razon="Con fecha.",
        ahora=DESPUES + timedelta(days=2),
    )  # fmt: skip
    texto = client.get(reverse("paginas:cierre", args=[lista["consulta"].slug])).content.decode()
    assert "Respuestas corregidas después del cierre: 1" in texto and "Faltaba la fecha." in texto


def test_the_state_shows_wherever_the_consultation_does(lista, client):
    consulta = lista["consulta"]
    cerrar(consulta)
    for pagina in (
        consulta.get_absolute_url(), "/consultas/", consulta.etapa.proceso.get_absolute_url(),
    ):  # fmt: skip
        texto = client.get(pagina).content.decode()
        assert "Respondida" in texto and f"/consultas/{consulta.slug}/cierre/" in texto, pagina


def test_the_desk_says_what_is_missing_shows_how_it_reads_and_closes(lista, client, secretaria):
    consulta = lista["consulta"]
    desde = reverse("cerrar_consulta", args=[consulta.pk])
    client.force_login(UserFactory(oficial=True))
    assert client.get(desde).status_code == 403
    client.force_login(secretaria)
    pendiente = aporte(consulta=consulta)
    etapa = consulta.etapa
    type(etapa).objects.filter(pk=etapa.pk).update(fin=AHORA + timedelta(hours=1))
    texto = client.get(desde).content.decode()
    assert "Todavía no se puede cerrar" in texto and pendiente.folio in texto
    assert client.post(desde, {"palabras": "Mis palabras."}).status_code == 422
    retirado = Aporte.objects.filter(pk=pendiente.pk)
    retirado.update(situacion="retirado", motivo="x")
    largo = client.post(desde, {"palabras": "y" * 5_001})
    assert largo.status_code == 422 and "y" * 5_001 in largo.content.decode()
    previa = client.post(desde, {"palabras": "Mis palabras.", "accion": "ver"})
    assert previa.status_code == 200 and "Así se leerá" in previa.content.decode()
    assert not Cierre.objects.exists()
    hecho = client.post(desde, {"palabras": "Mis palabras.", "accion": "cerrar"})
    assert hecho.status_code == 302 and Cierre.objects.get().palabras == "Mis palabras."
    assert client.get(desde).status_code == 302
