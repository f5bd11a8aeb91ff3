"""Members, officials and authors act at the same time. On both databases one order wins, whole."""

from functools import partial

import pytest

from comun.errores import Conflicto, SinPermiso
from comun.registro import Aviso
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.respuestas.enums import Sentido
from consulta.respuestas.flows.conflictos import declarar_conflicto
from consulta.respuestas.flows.dejar import dejar_sin_efecto
from consulta.respuestas.flows.publicar import publicar_version
from consulta.respuestas.flows.retomar import retomar
from consulta.respuestas.models import Borrador, Conformidad, Lote, RespuestaVersion
from foro.enums import Sector
from tests.consulta.aportes.test_carreras import a_la_vez
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.foro import consulta_que_pide, decidir, mandato, sellar

pytestmark = pytest.mark.django_db(transaction=True)
CIVIL = Sector.SOCIEDAD_CIVIL


def fallas(hechos, *clases):
    raras = [h for h in hechos if isinstance(h, Exception) and not isinstance(h, clases)]
    assert raras == []


def test_two_sectors_approving_at_once_publish_once():
    version, gobierno, civil = sellar(), mandato(), mandato(CIVIL)
    hechos = a_la_vez([partial(decidir, version, gobierno), partial(decidir, version, civil)])
    fallas(hechos)
    assert sum(len(h.publicadas) for h in hechos) == 1
    assert Conformidad.objects.count() == 2
    assert Aviso.objects.filter(razon="respuesta").count() == 1


def test_members_of_one_sector_deciding_at_once_each_leave_their_word():
    version = sellar(aporte(consulta=consulta_que_pide(CIVIL)))
    quienes = [mandato(CIVIL) for _ in range(4)]
    hechos = a_la_vez([partial(decidir, version, m) for m in quienes])
    fallas(hechos, Conflicto)
    assert sum(not isinstance(h, Exception) for h in hechos) == Conformidad.objects.count() == 1
    assert Aviso.objects.filter(razon="respuesta").count() == 1


def test_the_same_member_deciding_twice_at_once_decides_once():
    version, gobierno = sellar(), mandato()
    hechos = a_la_vez([partial(decidir, version, gobierno)] * 4)
    fallas(hechos, SinPermiso)
    assert Conformidad.objects.count() == 1


def test_publishing_while_the_last_approval_loses_its_weight_ends_in_one_of_the_two():
    consulta = consulta_que_pide(CIVIL)
    lote = Lote.objects.create(consulta=consulta, nombre="Marzo", creado_en=AHORA)
    version, civil = sellar(aporte(consulta=consulta), lote=lote), mandato(CIVIL)
    decidir(version, civil)
    publicar = partial(publicar_version, version=version, por=version.presentada_por, ahora=AHORA)
    declarar = partial(
        declarar_conflicto,
        mandato=civil,
        consulta=consulta,
        motivo="Es de mi familia.",
        por=civil.cuenta,
        ahora=AHORA,
    )
    hechos = a_la_vez([publicar, declarar])
    fallas(hechos, Conflicto)
    version.refresh_from_db()
    assert (version.publicada_en is not None) == isinstance(hechos[0], RespuestaVersion)
    assert Aporte.objects.get().esta_respondido == (version.publicada_en is not None)


def test_approving_while_it_is_withdrawn_ends_in_one_of_the_two():
    version, civil = sellar(aporte(consulta=consulta_que_pide(CIVIL))), mandato(CIVIL)
    uno = Aporte.objects.select_related("autoria__cuenta").get()
    hechos = a_la_vez(
        [
            partial(retirar_aporte, aporte=uno, por=uno.autoria.cuenta, ahora=AHORA),
            partial(decidir, version, civil),
        ]
    )
    fallas(hechos, Conflicto)
    version.refresh_from_db()
    uno.refresh_from_db()
    assert (version.publicada_en is None) == (version.sin_efecto_en is not None)
    balance = Aporte.objects.all().balance(AHORA.date())
    assert balance.cuadra
    assert balance.retirados == 1


def test_approving_while_officials_take_it_back_ends_in_one_of_the_two():
    version, civil = sellar(aporte(consulta=consulta_que_pide(CIVIL))), mandato(CIVIL)
    oficial = version.presentada_por
    hechos = a_la_vez(
        [
            partial(dejar_sin_efecto, version=version, motivo="Error", por=oficial, ahora=AHORA),
            partial(decidir, version, civil),
        ]
    )
    fallas(hechos, Conflicto)
    assert sum(isinstance(h, Conflicto) for h in hechos) == 1
    version.refresh_from_db()
    assert (version.publicada_en is None) == (version.sin_efecto_en is not None)


def test_two_officials_taking_it_up_at_once_get_one_draft():
    version, gobierno = sellar(), mandato()
    decidir(version, gobierno, Sentido.PIDE_CAMBIOS, "Sea más breve.")
    oficial = version.presentada_por
    hechos = a_la_vez([partial(retomar, version=version, por=oficial, ahora=AHORA)] * 4)
    fallas(hechos)
    assert Borrador.objects.count() == 1


def test_an_interest_declared_twice_at_once_is_declared_once():
    consulta, gobierno = consulta_que_pide(), mandato()
    declarar = partial(
        declarar_conflicto, mandato=gobierno, consulta=consulta, motivo="Asesoro al ministerio.",
        por=gobierno.cuenta, ahora=AHORA,
    )  # fmt: skip
    hechos = a_la_vez([declarar] * 4)
    fallas(hechos, Conflicto)
    assert sum(not isinstance(h, Exception) for h in hechos) == 1
