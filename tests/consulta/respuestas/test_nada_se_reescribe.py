"""Rung e: whoever tries, by ORM or by SQL, what was sealed, decided or published stays as it is."""

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.urls import get_resolver, reverse
from django.utils import timezone

from comun.errores import Conflicto, DatoInvalido
from comun.gatillos import instalar, retirar_antes_de_migrar
from comun.registro import Aviso, Evento
from consulta.aportes.models import Aporte, Punto
from consulta.procesos.flows.gestionar import editar_consulta
from consulta.procesos.models import Consulta
from consulta.respuestas.correos.respuestas import respuesta as correo_de_respuesta
from consulta.respuestas.enums import Resultado, Sentido
from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura
from consulta.respuestas.flows.conflictos import declarar_conflicto
from consulta.respuestas.flows.dejar import dejar_sin_efecto
from consulta.respuestas.models import (
    GATILLOS,
    Cobertura,
    ConflictoDeInteres,
    Conformidad,
    Destino,
    Opinion,
    RespuestaVersion,
)
from foro.enums import Sector
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.foro import consulta_que_pide, decidir, mandato, sellar
from tests.factories.respuestas import compromiso, responder

pytestmark = pytest.mark.django_db
CIVIL = Sector.SOCIEDAD_CIVIL


def prohibido(accion) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        accion()


def sql(sentencia: str, *valores: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sentencia, valores)


def publicar_a_mano(version: RespuestaVersion) -> None:
    sql("UPDATE respuestas_respuestaversion SET publicada_en = %s WHERE id = %s", AHORA, version.pk)


def test_approving_one_text_and_publishing_another_is_impossible():
    version, quien = sellar(), mandato()
    decidir(version, quien)
    for cambio in ({"razon": "Otra"}, {"sha256": "0" * 64}, {"motivo_cambio": "x"}, {"n": 9}):
        prohibido(lambda c=cambio: RespuestaVersion.objects.filter(pk=version.pk).update(**c))
    prohibido(lambda: sql("UPDATE respuestas_respuestaversion SET razon = 'Otra'"))
    prohibido(lambda: sql("UPDATE respuestas_cobertura SET resultado = 'incorporada'"))
    prohibido(lambda: sql("UPDATE respuestas_destino SET porque_nada = 'Otra'"))
    prohibido(lambda: sql("DELETE FROM respuestas_destino"))
    prohibido(lambda: sql("DELETE FROM respuestas_cobertura"))
    prohibido(lambda: sql("DELETE FROM respuestas_respuestaversion"))
    version.razon = "Otra"
    prohibido(lambda: version.save())
    prohibido(
        lambda: Cobertura.objects.create(version=version, aporte=aporte(), resultado="aclaracion")
    )


def test_nobody_publishes_by_hand_what_lacks_an_approval():
    version, gobierno, civil = sellar(), mandato(), mandato(CIVIL)
    prohibido(lambda: publicar_a_mano(version))
    decidir(version, gobierno)
    prohibido(lambda: publicar_a_mano(version))
    prohibido(lambda: RespuestaVersion.objects.update(publicada_en=AHORA))
    decidir(version, civil, Sentido.PIDE_CAMBIOS, "No dice qué ley.")
    prohibido(lambda: publicar_a_mano(version))
    prohibido(
        lambda: RespuestaVersion.objects.create(
            respuesta=version.respuesta, n=9, razon="r", motivo_cambio="m", sha256="0" * 64,
            sellada_en=AHORA, publicada_en=AHORA,
        )
    )  # fmt: skip


def test_an_interest_declared_after_approving_stops_publishing_by_hand_too():
    consulta = consulta_que_pide(CIVIL)
    version, civil = sellar(aporte(consulta=consulta), lote=_lote(consulta)), mandato(CIVIL)
    decidir(version, civil)
    declarar_conflicto(
        mandato=civil, consulta=consulta, motivo="Es de mi familia.", por=civil.cuenta, ahora=AHORA
    )
    prohibido(lambda: publicar_a_mano(version))


def test_with_its_approvals_the_same_statement_passes():
    consulta = consulta_que_pide(CIVIL)
    version, civil = sellar(aporte(consulta=consulta), lote=_lote(consulta)), mandato(CIVIL)
    decidir(version, civil)
    publicar_a_mano(version)


def test_an_approval_is_of_the_sealed_text_that_waits():
    version, gobierno = sellar(), mandato()
    datos = {"version": version, "mandato": gobierno, "sentido": "conforme", "en": AHORA}
    prohibido(lambda: Conformidad.objects.create(sha256="0" * 64, **datos))
    dejar_sin_efecto(version=version, motivo="Se repite.", por=version.presentada_por, ahora=AHORA)
    prohibido(lambda: Conformidad.objects.create(sha256=version.sha256, **datos))


def test_what_was_decided_or_declared_is_neither_changed_nor_deleted():
    version, gobierno = sellar(), mandato()
    decidir(version, gobierno)
    declarar_conflicto(
        mandato=gobierno,
        consulta=version.respuesta.consulta,
        motivo="Asesoré a alguien.",
        por=gobierno.cuenta,
        ahora=AHORA,
    )
    for tabla, cambio in (
        ("respuestas_conformidad", "sentido = 'pide_cambios', nota = 'x'"),
        ("respuestas_conformidad", "nota = 'otra'"),
        ("respuestas_conflictodeinteres", "motivo = 'otro'"),
    ):
        prohibido(lambda t=tabla, c=cambio: sql(f"UPDATE {t} SET {c}"))
    otra = UserFactory()
    prohibido(lambda: Conformidad.objects.update(por=otra))
    prohibido(lambda: Conformidad.objects.all()._raw_delete(using="default"))
    prohibido(lambda: ConflictoDeInteres.objects.all()._raw_delete(using="default"))
    Conformidad.objects.update(por=None)  # an erased account


def test_what_was_left_without_effect_does_not_come_back():
    version = sellar(aporte())
    dejar_sin_efecto(version=version, motivo="Error", por=version.presentada_por, ahora=AHORA)
    prohibido(lambda: RespuestaVersion.objects.update(sin_efecto_en=None, sin_efecto_motivo=""))
    prohibido(lambda: RespuestaVersion.objects.update(sin_efecto_motivo="Otro"))
    prohibido(lambda: publicar_a_mano(version))
    assert Evento.objects.filter(verbo="dejar_sin_efecto").count() == 1


def test_a_point_that_was_answered_and_an_opinion_stay():
    uno = aporte()
    punto = Punto.objects.create(aporte=uno, n=1, texto="Primero")
    Punto.objects.filter(pk=punto.pk).update(texto="Primero, mejor dicho")
    version = responder(uno)
    assert version.coberturas.filter(punto=punto).exists()
    prohibido(lambda: sql("UPDATE aportes_punto SET texto = 'Otro'"))
    prohibido(lambda: Punto.objects.all()._raw_delete(using="default"))
    Opinion.objects.create(aporte=uno, version=version, responde="si", en=AHORA)
    prohibido(lambda: sql("DELETE FROM respuestas_opinion"))


def test_whose_approval_is_needed_does_not_change_while_answers_wait():
    version, secretaria = sellar(), UserFactory(secretaria=True)
    consulta = version.respuesta.consulta
    for sectores in ([], ["gobierno"], ["gobierno", "sociedad_civil", "academia"]):
        with pytest.raises(DatoInvalido) as error:
            editar_consulta(objeto=consulta, por=secretaria, conformidades=sectores)
        assert error.value.campo == "conformidades"
        prohibido(lambda s=sectores: Consulta.objects.update(conformidades=s))
    editar_consulta(objeto=consulta, por=secretaria, conformidades=["sociedad_civil", "gobierno"])
    dejar_sin_efecto(version=version, motivo="Error", por=version.presentada_por, ahora=AHORA)
    hecha = editar_consulta(objeto=consulta, por=secretaria, conformidades=["academia"])
    assert hecha.conformidades == ["academia"]


def test_altering_their_tables_in_a_migration_keeps_the_triggers():
    version = responder(aporte())
    campo = models.CharField(max_length=300, default="", db_column="sobra")
    campo.set_attributes_from_name("sobra")
    if connection.vendor == "sqlite":
        # What migrate does around every plan; a table cannot be rebuilt inside a transaction here.
        retirar_antes_de_migrar(using="default", plan=[object()])
        sql("ALTER TABLE respuestas_respuestaversion ADD COLUMN sobra varchar(300) DEFAULT ''")
    else:
        sql("SET CONSTRAINTS ALL IMMEDIATE")  # else the table has pending events and is not altered
        with connection.schema_editor() as editor:
            editor.add_field(RespuestaVersion, campo)
    instalar(connection, GATILLOS)
    prohibido(lambda: RespuestaVersion.objects.filter(pk=version.pk).update(razon="Otra"))
    prohibido(lambda: Destino.objects.update(porque_nada="Otra"))


def test_the_admin_offers_no_way_round():
    """No address of the back office edits or deletes what is frozen."""
    congelados = ("respuestaversion", "cobertura", "destino", "conformidad", "opinion", "conflicto")
    nombres = [str(n).lower() for n in get_resolver().reverse_dict if isinstance(n, str)]
    sospechosos = [
        n for n in nombres if any(c in n for c in congelados) and ("edit" in n or "delete" in n)
    ]
    assert sospechosos == []


def test_the_page_of_a_sealed_answer_takes_back_and_changes_nothing_else(client):
    version = sellar(aporte(ahora=timezone.now()), ahora=timezone.now())
    ruta = reverse("version_sellada", args=[version.pk])
    client.force_login(UserFactory(oficial=True))
    assert client.post(ruta, {"accion": "dejar", "motivo": "x"}).status_code == 403
    client.force_login(UserFactory())
    assert client.get(ruta).status_code in (302, 403)
    client.force_login(version.presentada_por)
    assert client.post(ruta, {"accion": "dejar", "motivo": " "}).status_code == 422
    assert client.post(ruta, {"accion": "borrar", "razon": "Otra"}).status_code == 422
    assert version.sha256 in client.get(ruta).content.decode()
    hecho = client.post(ruta, {"accion": "retomar", "motivo": "Un error"})
    assert hecho["Location"] == reverse("responder_aporte", args=[Aporte.objects.get().pk])
    version.refresh_from_db()
    assert version.sin_efecto_motivo == "Un error"


def corregir(primera, uno, **cambios):
    datos = {
        "resultado": Resultado.NO_INCORPORADA,
        "destino": DestinoElegido(porque_nada="La norma ya lo regula."),
        "razon": "La ley vigente no lo permite hoy; se informará a la comisión.",
    } | cambios
    solo = datos.pop("solo_redaccion", False)
    linea = LineaDeCobertura(uno, datos["resultado"], datos["destino"])
    from consulta.respuestas.flows.publicar import publicar_respuesta

    return publicar_respuesta(
        coberturas=[linea],
        razon=datos["razon"],
        institucion=primera.respuesta.institucion,
        por=primera.presentada_por,
        respuesta=primera.respuesta,
        motivo_cambio="Había un error.",
        solo_redaccion=solo,
        ahora=AHORA,
    )


def carta(version):
    return correo_de_respuesta(Aviso.objects.get(razon="respuesta", version=version.n))


def test_a_correction_in_words_alone_is_told_in_a_line():
    uno = aporte()
    nueva = corregir(responder(uno), uno, solo_redaccion=True)
    correo = carta(nueva)
    assert correo.plantilla == "redaccion"
    assert "redacción" in correo.asunto


def test_a_correction_of_the_sense_tells_what_changed():
    uno = aporte()
    nueva = corregir(
        responder(uno),
        uno,
        resultado=Resultado.PARCIAL,
        destino=DestinoElegido(compromiso=compromiso()),
    )
    correo = carta(nueva)
    assert correo.plantilla == "respuesta"
    assert correo.contexto["cambio"].resultado == ("No incorporada", "Parcialmente incorporada")
    assert correo.contexto["cambio"].frase == "Cambian el resultado, dónde quedó y la razón."


def test_what_changes_the_sense_cannot_be_called_wording():
    uno = aporte()
    primera = responder(uno)
    with pytest.raises(DatoInvalido) as error:
        corregir(
            primera,
            uno,
            resultado=Resultado.ACLARACION,
            solo_redaccion=True,
        )
    assert error.value.campo == "solo_redaccion"
    with pytest.raises((DatoInvalido, Conflicto)):
        sellar(aporte(), solo_redaccion=True)


def _lote(consulta):
    from consulta.respuestas.models import Lote

    return Lote.objects.create(consulta=consulta, nombre="Marzo", creado_en=AHORA)


def test_the_form_of_a_correction_says_wording_and_is_believed_only_where_it_is(client):
    uno = aporte(ahora=timezone.now())
    primera = responder(uno, ahora=timezone.now())
    client.force_login(primera.presentada_por)
    ruta = reverse("responder_aporte", args=[uno.pk])
    datos = {
        "base": str(primera.pk), "visto": "", "resultado": "aclaracion", "linea": "",
        "razon": "La ley vigente no lo permite hoy.", "destino": "nada",
        "porque_nada": "La norma ya lo regula.", "motivo_cambio": "Un error.",
        "solo_redaccion": "on", "accion": "publicar",
    }  # fmt: skip
    mal = client.post(ruta, datos)
    assert mal.status_code == 422
    assert "más que la redacción" in mal.content.decode()
    assert client.post(ruta, datos | {"resultado": "no_incorporada"}).status_code == 302
    assert RespuestaVersion.objects.get(n=2).solo_redaccion


def test_where_approvals_are_asked_the_official_is_told_that_it_waits(client):
    uno = aporte(consulta=consulta_que_pide(), ahora=timezone.now())
    client.force_login(UserFactory(oficial=True))
    ruta = reverse("responder_aporte", args=[uno.pk])
    assert "Sellar y pedir conformidad" in client.get(ruta).content.decode()
    hecho = client.post(
        ruta,
        {
            "base": "0", "resultado": "no_incorporada", "razon": "La ley no lo permite.",
            "destino": "nada", "porque_nada": "Ya es así.", "accion": "publicar",
        },
        follow=True,
    ).content.decode()  # fmt: skip
    assert "sellada" in hecho
    assert "En conformidad" in hecho
    assert not Aporte.objects.get().esta_respondido
