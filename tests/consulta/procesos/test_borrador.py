import pytest

from comun.errores import Conflicto, DatoInvalido, SinPermiso
from consulta.procesos.flows.borrador import publicar_version
from consulta.procesos.huellas import huella_de_version
from consulta.procesos.models import Asunto, Fragmento, VersionBorrador
from tests.factories import AHORA
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory

pytestmark = pytest.mark.django_db


def borrador(consulta=None, n=1, textos=("uno", "dos")):
    version = VersionBorrador.objects.create(consulta=consulta or ConsultaFactory(), n=n)
    for i, texto in enumerate(textos, 1):
        Fragmento.objects.create(version=version, orden=i, tipo="parrafo", texto=texto, sha256="")
    return version


def test_publishing_seals_each_fragment_and_opens_it_to_comments():
    version = publicar_version(version=borrador(), por=UserFactory(secretaria=True), ahora=AHORA)
    fragmentos = list(version.fragmentos.order_by("orden"))
    assert version.publicada_en == AHORA
    assert version.sha256 == huella_de_version(fragmentos)
    assert Asunto.objects.filter(fragmento__in=fragmentos).count() == 2


def test_publishing_twice_or_backwards_is_a_conflict():
    por, consulta = UserFactory(secretaria=True), ConsultaFactory()
    primera, segunda = borrador(consulta, 1), borrador(consulta, 2)
    publicar_version(version=segunda, por=por, ahora=AHORA)
    for version in (primera, segunda):
        with pytest.raises(Conflicto):
            publicar_version(version=version, por=por, ahora=AHORA)


def test_an_empty_draft_or_a_stranger_is_refused():
    with pytest.raises(DatoInvalido):
        publicar_version(version=borrador(textos=()), por=UserFactory(secretaria=True))
    with pytest.raises(SinPermiso):
        publicar_version(version=borrador(), por=UserFactory(oficial=True))
