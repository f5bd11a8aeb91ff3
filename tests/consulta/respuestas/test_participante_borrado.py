"""A participant is erased: the ledger, the answer and what was sealed stay true, and nobody is written to."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from comun.avisos import enviar_aviso
from comun.registro import Aviso, EventoDetalle, Redaccion
from consulta.aportes.models import Aporte, AporteVersion, Autoria
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura
from consulta.respuestas.flows.publicar import publicar_version
from consulta.respuestas.flows.sellar import sellar_respuesta
from tests.factories import AHORA
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory

pytestmark = pytest.mark.django_db


def borrar_a_quien_escribio(uno: Aporte) -> None:
    """Everything that identifies the author goes; the row of the ledger stays."""
    cuenta = uno.autoria.cuenta
    Autoria.objects.filter(aporte=uno).delete()
    for version in AporteVersion.objects.filter(aporte=uno):
        Redaccion.objects.create(
            objeto=f"aportes.aporteversion:{version.pk}", motivo="Lo pidió", base_legal="Ley 21.719",
            por="prueba", en=AHORA,
        )  # fmt: skip
        AporteVersion.objects.filter(pk=version.pk).update(texto=None, titulo=None, campos=None)
    EventoDetalle.objects.filter(evento__objeto=f"aportes.aporte:{uno.pk}").delete()
    cuenta.delete()


def sellada(uno: Aporte):
    oficial = UserFactory(oficial=True)
    return oficial, sellar_respuesta(
        coberturas=[
            LineaDeCobertura(
                uno, Resultado.NO_INCORPORADA, DestinoElegido(porque_nada="Ya está regulado.")
            )
        ],
        razon="La ley vigente no lo permite.",
        institucion=oficial.institucion,
        por=oficial,
        ahora=AHORA,
    )


def test_the_answer_to_who_was_erased_is_published_and_mailed_to_nobody(mailoutbox):
    uno = aporte()
    palabras = uno.contenido.texto
    oficial, version = sellada(uno)
    borrar_a_quien_escribio(uno)
    publicar_version(version=version, por=oficial, ahora=AHORA)
    for aviso in Aviso.objects.filter(razon="respuesta"):
        enviar_aviso.func(aviso.pk)
    assert not [m for m in mailoutbox if "Respondimos" in m.subject]
    assert Aporte.objects.get(pk=uno.pk).respondido_en == AHORA
    salida = StringIO()
    call_command("comprobar_libro", stdout=salida)
    assert "El libro cuadra" in salida.getvalue()
    pagina = Client().get(uno.get_absolute_url()).content.decode()
    assert "La ley vigente no lo permite." in pagina and palabras not in pagina


def test_erasing_after_the_answer_changes_no_sum_and_no_seal():
    uno = aporte()
    oficial, version = sellada(uno)
    publicar_version(version=version, por=oficial, ahora=AHORA)
    sello = version.sha256
    borrar_a_quien_escribio(uno)
    version.refresh_from_db()
    assert version.sha256 == sello
    call_command("comprobar_libro", stdout=StringIO())
    historia = Client().get(f"{uno.get_absolute_url()}historia/")
    assert historia.status_code == 200
