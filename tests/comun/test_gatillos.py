"""What was published or recorded cannot be changed, whoever writes: the database itself refuses."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from comun.gatillos import PREFIJO, declarados, retirar_antes_de_migrar
from comun.registro import Evento, EventoDetalle, Redaccion
from consulta.aportes.enums import Situacion
from consulta.aportes.models import Aporte, AporteVersion, Autoria
from consulta.procesos.models import Fragmento, VersionBorrador
from consulta.respuestas.models import Cobertura, Destino, RespuestaVersion
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.procesos import ConsultaFactory, version_publicada
from tests.factories.respuestas import responder

pytestmark = pytest.mark.django_db


def instalados() -> set[str]:
    tabla = "sqlite_master" if connection.vendor == "sqlite" else "pg_trigger"
    columna = "name" if connection.vendor == "sqlite" else "tgname"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columna} FROM {tabla} WHERE {columna} LIKE '{PREFIJO}%%'")
        return {fila[0] for fila in cursor.fetchall()}


def prohibido(accion) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        accion()


def test_every_declared_trigger_is_installed():
    assert {g.completo for g in declarados()} <= instalados()
    assert len(declarados()) >= 20


def test_triggers_lost_to_a_table_rebuild_come_back_with_the_next_migrate():
    nombre = "intacto_aporteversion_d"
    donde = "" if connection.vendor == "sqlite" else " ON aportes_aporteversion"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {nombre}{donde}")
    assert nombre not in instalados()
    call_command("migrate", verbosity=0)
    assert nombre in instalados()


@pytest.mark.skipif("sqlite" not in settings.DATABASES["default"]["ENGINE"], reason="SQLite's own")
def test_tables_that_triggers_of_others_name_can_be_rebuilt_by_a_migration():
    retirar_antes_de_migrar(using="default", plan=[])
    assert instalados(), "without a migration to apply, nothing is taken away"
    retirar_antes_de_migrar(using="default", plan=[object()])
    assert not instalados()
    call_command("migrate", verbosity=0)
    assert {g.completo for g in declarados()} <= instalados()


def test_audit_events_and_redactions_are_append_only():
    aporte()
    Redaccion.objects.create(objeto="x:1", motivo="m", base_legal="b", por="", en=AHORA)
    prohibido(lambda: Evento.objects.update(verbo="otro"))
    prohibido(lambda: Evento.objects.all().delete())
    prohibido(lambda: EventoDetalle.objects.update(actor="otro"))
    prohibido(lambda: Redaccion.objects.update(motivo="otro"))
    prohibido(lambda: Redaccion.objects.all().delete())


def test_the_detail_of_an_event_may_be_erased():
    aporte()
    EventoDetalle.objects.all()._raw_delete(using="default")
    assert Evento.objects.exists()


def test_a_published_draft_is_frozen_in_every_way():
    version = version_publicada(ConsultaFactory(), ["uno", "dos"])
    prohibido(lambda: VersionBorrador.objects.update(titulo="otra"))
    prohibido(lambda: version.fragmentos.update(texto="otro"))
    prohibido(lambda: Fragmento.objects.filter(version=version)._raw_delete(using="default"))
    prohibido(
        lambda: Fragmento.objects.create(
            version=version, orden=3, tipo="parrafo", texto="tres", sha256="x"
        )
    )


def test_a_draft_not_yet_published_may_change():
    version = VersionBorrador.objects.create(consulta=ConsultaFactory(), n=1)
    Fragmento.objects.create(version=version, orden=1, tipo="parrafo", texto="a", sha256="x")
    version.fragmentos.update(texto="b")
    version.fragmentos.all().delete()


def test_words_of_a_person_change_only_to_nothing_and_with_a_redaction():
    dicho = aporte().contenido
    filas = AporteVersion.objects.filter(pk=dicho.pk)
    prohibido(lambda: filas.update(texto="otro"))
    prohibido(lambda: filas.update(texto=None, campos=None, titulo=None))
    prohibido(lambda: filas._raw_delete(using="default"))
    Redaccion.objects.create(
        objeto=f"aportes.aporteversion:{dicho.pk}",
        motivo="Pide borrarse",
        base_legal="Ley 21.719 art. 7",
        por="",
        en=AHORA,
    )
    prohibido(lambda: filas.update(texto="otro"))
    filas.update(texto=None, campos=None, titulo=None)
    dicho.refresh_from_db()
    assert dicho.texto is None


def test_a_received_contribution_keeps_its_folio_its_date_and_its_right_to_an_answer():
    uno = aporte()
    filas = Aporte.objects.filter(pk=uno.pk)
    prohibido(lambda: filas._raw_delete(using="default"))
    prohibido(lambda: filas.update(n=99))
    prohibido(lambda: filas.update(enviado_en=AHORA.replace(year=2025)))
    prohibido(lambda: filas.update(exige_respuesta=False))
    filas.update(region="13")


def test_removing_without_a_reason_is_refused_by_the_database():
    uno = aporte()
    prohibido(lambda: Aporte.objects.filter(pk=uno.pk).update(situacion=Situacion.REMOVIDO))


def test_author_data_may_be_erased_without_touching_the_contribution():
    uno = aporte()
    Autoria.objects.filter(pk=uno.pk).delete()
    assert Aporte.objects.get(pk=uno.pk).firma == "Participante"


def test_a_published_answer_is_frozen_in_every_way():
    version = responder(aporte())
    cobertura = version.coberturas.get()
    prohibido(lambda: RespuestaVersion.objects.update(razon="otra"))
    prohibido(lambda: RespuestaVersion.objects.update(publicada_en=None))
    prohibido(lambda: RespuestaVersion.objects.all()._raw_delete(using="default"))
    prohibido(lambda: Cobertura.objects.update(resultado="incorporada"))
    prohibido(lambda: Cobertura.objects.update(linea="otra"))
    prohibido(lambda: Destino.objects.update(porque_nada="otra"))
    prohibido(lambda: Destino.objects.all()._raw_delete(using="default"))
    prohibido(lambda: Cobertura.objects.filter(pk=cobertura.pk)._raw_delete(using="default"))
    prohibido(
        lambda: Cobertura.objects.create(
            version=version, aporte=aporte(), resultado="aclaracion", linea=""
        )
    )


def test_an_answer_without_reason_is_refused_by_the_database():
    version = responder(aporte())
    prohibido(
        lambda: RespuestaVersion.objects.create(
            respuesta=version.respuesta, n=2, razon="", motivo_cambio="porque sí"
        )
    )


def test_a_destination_is_exactly_one():
    version = RespuestaVersion.objects.create(
        respuesta=responder(aporte()).respuesta, n=2, razon="r", motivo_cambio="m"
    )
    cobertura = Cobertura.objects.create(version=version, aporte=aporte(), resultado="aclaracion")
    prohibido(lambda: Destino.objects.create(cobertura=cobertura))
