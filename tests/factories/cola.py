"""Rows of the queue in every state, made by the flows."""

from datetime import datetime, timedelta

from django.utils import timezone

from consulta.aportes.flows.moderar import remover_aporte
from consulta.aportes.flows.quitar import retirar_aporte
from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta
from consulta.respuestas.enums import Resultado
from consulta.respuestas.estados import Estado
from consulta.respuestas.flows.asignar import asignar_aporte
from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura
from consulta.respuestas.flows.sellar import sellar_respuesta
from consulta.respuestas.models import Borrador, FilaDeBorrador, Revision
from cuentas.models import User
from tests.factories.aportes import aporte
from tests.factories.cuentas import UserFactory
from tests.factories.respuestas import responder


def borrador_de(fila: Aporte, por: User, ahora: datetime | None = None) -> Borrador:
    """A draft of `por`'s institution about one row."""
    ahora = ahora or timezone.now()
    hecho = Borrador.objects.create(
        consulta=fila.consulta, institucion=por.institucion, creado_en=ahora, modificado_en=ahora
    )
    FilaDeBorrador.objects.create(borrador=hecho, institucion=por.institucion, aporte=fila)
    return hecho


def sellar(fila: Aporte, por: User, ahora: datetime | None = None):
    """An answer that waits to be published."""
    return sellar_respuesta(
        coberturas=[
            LineaDeCobertura(
                fila, Resultado.NO_INCORPORADA, DestinoElegido(porque_nada="La norma ya lo regula.")
            )
        ],
        razon="La ley vigente no lo permite.",
        institucion=por.institucion,
        por=por,
        ahora=ahora,
    )


def en_estado(estado: Estado, consulta: Consulta, oficial: User) -> Aporte:
    """A row of `consulta` in that state, in the hands of `oficial`'s institution where it has any."""
    ahora = timezone.now()
    persona = UserFactory()
    if estado == Estado.NO_EXIGE:
        raiz = aporte(consulta=consulta, ahora=ahora)
        otra = UserFactory(oficial=True)
        voz = aporte(padre=raiz, por=otra, institucional=True, ahora=ahora)
        retirar_aporte(aporte=raiz, por=raiz.autoria.cuenta, ahora=ahora)
        return voz
    fila = aporte(consulta=consulta, por=persona, ahora=ahora)
    if estado == Estado.SIN_ASIGNAR:
        return fila
    if estado == Estado.RETIRADO:
        retirar_aporte(aporte=fila, por=persona, ahora=ahora)
        return fila
    if estado == Estado.REMOVIDO:
        remover_aporte(aporte=fila, por=UserFactory(moderador=True), causa="odio", motivo="Insulta")
        return fila
    asignar_aporte(aporte=fila, institucion=oficial.institucion, por=oficial)
    if estado == Estado.EN_REDACCION:
        borrador_de(fila, oficial)
    elif estado == Estado.EN_CONFORMIDAD:
        sellar(fila, oficial)
    elif estado in (Estado.RESPONDIDO, Estado.EN_REVISION):
        version = responder(fila, por=oficial, ahora=ahora)
        if estado == Estado.EN_REVISION:
            Revision.objects.create(
                aporte=fila,
                version=version,
                texto="No responde.",
                pedida_en=ahora + timedelta(minutes=1),
            )
            Aporte.objects.filter(pk=fila.pk).update(respondido_en=None)
    fila.refresh_from_db()
    return fila
