"""The command that publishes a draft, as an operator runs it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from comun.registro import Evento
from consulta.procesos.models import Consulta, VersionBorrador
from tests.consulta.procesos.test_revisar import DOS, UNO
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory, EtapaFactory, ProcesoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def consulta():
    """Of a process that has no plan."""
    UserFactory(is_superuser=True)
    return ConsultaFactory(etapa=EtapaFactory(proceso=ProcesoFactory(titulo="Hoja de ruta")))


def publicar(consulta, tmp_path, texto, nombre="borrador.md", **opciones):
    archivo, salida = tmp_path / nombre, StringIO()
    archivo.write_text(texto)
    call_command(
        "publicar_borrador", str(archivo), consulta=consulta.slug, stdout=salida, **opciones
    )
    return salida.getvalue()


def test_a_draft_of_no_plan_is_published_twice_and_read(client, consulta, tmp_path):
    assert "primera versión" in publicar(consulta, tmp_path, UNO)
    dicho = publicar(consulta, tmp_path, DOS, titulo="Segunda")
    for frase in (
        "6 fragmentos",
        "Se divide",
        "Cambia de lugar",
        "Nuevos: 1",
        "Eliminados: 1",
        "El premio",
    ):
        assert frase in dicho
    assert Evento.objects.filter(verbo="publicar_version").count() == 2
    respuesta = client.get(f"/consultas/{consulta.slug}/borrador/v2/")
    assert respuesta.status_code == 200 and "jornadas abiertas" in respuesta.content.decode()


def test_a_rehearsal_writes_nothing(consulta, tmp_path):
    assert "no se escribió nada" in publicar(consulta, tmp_path, UNO, previsualizar=True)
    assert (
        not VersionBorrador.objects.exists()
        and not Evento.objects.filter(verbo="preparar_version").exists()
    )
    publicar(consulta, tmp_path, UNO, sin_publicar=True)
    assert VersionBorrador.objects.get().publicada_en is None


def test_what_is_wrong_is_said_and_has_its_code(consulta, tmp_path):
    def codigo(texto="x", **opciones):
        with pytest.raises(CommandError) as error:
            publicar(opciones.pop("donde", consulta), tmp_path, texto, **opciones)
        return error.value.returncode

    assert codigo(donde=Consulta(slug="ninguna")) == 2
    assert codigo(por="nadie@pruebas.example") == 2
    assert codigo(texto="%PDF-1.4") == 1
    assert codigo(por=UserFactory(oficial=True).email) == 1
    with pytest.raises(CommandError):
        call_command("publicar_borrador", "/no/existe", consulta=consulta.slug)
    assert not VersionBorrador.objects.exists()
