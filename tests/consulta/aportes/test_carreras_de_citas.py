"""A quote that is sent while a version is published. On both databases: in the new version it has a
place or is an orphan, whichever came first; it is never missing."""

from datetime import timedelta
from uuid import uuid4

import pytest

from consulta.aportes.citas.anclas import por_seguir
from consulta.aportes.enums import EstadoAncla, TipoAporte
from consulta.aportes.flows.enviar import enviar_aporte
from consulta.aportes.models import Ancla, Contador
from consulta.procesos.flows.borrador import publicar_version
from consulta.procesos.flows.redactar import preparar_version
from consulta.procesos.models import Asunto
from tests.consulta.aportes.test_carreras import a_la_vez
from tests.consulta.aportes.test_invitados import enviar as enviar_como_invitado
from tests.factories import AHORA
from tests.factories.aportes import contenido
from tests.factories.borradores import version
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory

pytestmark = pytest.mark.django_db(transaction=True)
UNO = "Los municipios publicarán sus presupuestos en marzo de cada año."
DOS = "Las bases de datos tendrán una licencia de uso libre."
ENVIOS = 8


@pytest.mark.parametrize("publica_tras", [0, ENVIOS // 2, ENVIOS])
def test_a_quote_sent_while_a_version_is_published_is_never_missing_in_it(publica_tras):
    consulta = ConsultaFactory()
    v1 = version(consulta, [UNO, DOS])
    asuntos = list(Asunto.objects.filter(fragmento__version=v1).order_by("fragmento__orden"))
    secretaria = UserFactory(secretaria=True)
    v2 = preparar_version(
        consulta=consulta, texto=f"Nuevo.\n\n{UNO}", titulo="", por=secretaria, ahora=AHORA
    )
    personas = [UserFactory() for _ in range(ENVIOS)]

    def citar(i, persona):
        dice = contenido(firma="Rosa", cita=("sus presupuestos", "licencia de uso libre")[i % 2])
        if i % 4 == 3:
            return enviar_como_invitado(asuntos[i % 2], contenido=dice)
        return enviar_aporte(
            asunto=asuntos[i % 2], tipo=TipoAporte.OBSERVACION, contenido=dice,
            por=persona, clave=uuid4(), ahora=AHORA,
        )  # fmt: skip

    tareas = [lambda i=i, p=p: citar(i, p) for i, p in enumerate(personas)]
    publicar = AHORA + timedelta(hours=1)
    tareas.insert(
        publica_tras, lambda: publicar_version(version=v2, por=secretaria, ahora=publicar)
    )
    fallas = [hecho for hecho in a_la_vez(tareas) if isinstance(hecho, Exception)]
    assert not fallas
    v2.refresh_from_db()
    assert not por_seguir(v2).exists()
    en_la_nueva = Ancla.objects.filter(version=v2)
    assert en_la_nueva.count() == Ancla.objects.filter(version=v1).count() == ENVIOS
    assert en_la_nueva.filter(estado=EstadoAncla.SEGUIDA, cita="sus presupuestos").count() == 4
    assert en_la_nueva.filter(estado=EstadoAncla.HUERFANA).count() == 4
    assert Contador.objects.get(consulta=consulta).ultimo == ENVIOS - 2
