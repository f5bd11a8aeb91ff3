"""Each decision of moderation is listed on the site too, whatever the person chose for their mail."""

import pytest

from comun.avisos import OBLIGATORIAS, Clase
from comun.avisos.razones import razones
from comun.registro import Aviso
from consulta.aportes.flows.apelar import apelar_remocion, resolver_apelacion
from consulta.aportes.flows.bloquear import bloquear_cuenta, levantar_bloqueo
from consulta.aportes.flows.moderar import desestimar_reportes, remover_aporte
from consulta.aportes.flows.reportar import reportar_aporte
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db
DE_MODERACION = {"remocion", "reposicion", "apelacion", "reporte", "bloqueo"}


def linea(cuenta, razon):
    return Aviso.objects.filter(cuenta=cuenta.pk, razon=razon).latest("pk").texto


def test_what_moderation_decides_is_of_its_kind_and_has_a_line():
    todas = razones()
    assert {n for n, r in todas.items() if r.clase == Clase.MODERACION} == DE_MODERACION
    assert all(todas[n].linea for n in DE_MODERACION)
    assert Clase.MODERACION in OBLIGATORIAS
    assert {todas[n].clase for n in ("grupo", "grupo_deshecho", "division")} == {Clase.RESPUESTAS}


def test_author_and_reporters_read_each_decision():
    uno, otro = aporte(), aporte()
    autora, vecina = uno.autoria.cuenta, UserFactory()
    moderadora, otra = UserFactory(moderador=True), UserFactory(moderador=True)
    for cual in (uno, otro):
        reportar_aporte(aporte=cual, por=vecina, causa="odio", ahora=AHORA)
    desestimar_reportes(aporte=otro, por=moderadora, nota="Es una crítica.", ahora=AHORA)
    assert (
        linea(vecina, "reporte") == f"Revisamos su reporte: el aporte {otro.folio} sigue publicado"
    )
    remover_aporte(aporte=uno, por=moderadora, causa="odio", ahora=AHORA)
    assert linea(vecina, "reporte") == f"Revisamos su reporte: el aporte {uno.folio} se removió"
    assert linea(autora, "remocion").startswith(f"Moderación removió su aporte {uno.folio}")
    apelacion = apelar_remocion(aporte=uno, por=autora, texto="No.", ahora=AHORA)
    resolver_apelacion(apelacion=apelacion, por=otra, acogida=True, razon="Sí.", ahora=AHORA)
    assert linea(autora, "apelacion") == f"Se acogió su apelación por el aporte {uno.folio}"


def test_a_blocked_person_reads_when_it_begins_and_when_it_is_lifted():
    cuenta, moderadora = UserFactory(), UserFactory(moderador=True)
    bloqueo = bloquear_cuenta(cuenta=cuenta, por=moderadora, motivo="Insiste.", ahora=AHORA)
    assert linea(cuenta, "bloqueo") == "Su cuenta no puede escribir por ahora"
    levantar_bloqueo(bloqueo=bloqueo, por=moderadora, ahora=AHORA)
    assert linea(cuenta, "bloqueo") == "Su cuenta puede escribir otra vez"
