"""INV-21: no e-mail, account, private code nor key of a sending in any public answer."""

import json
import re

import pytest
from django.utils import timezone

from consulta.aportes.flows.quitar import retirar_aporte
from cuentas.models import User
from portal.api.esquema import documento
from tests.api.conftest import RAIZ, Programa, abierta, sesion_de
from tests.factories.aportes import contenido_de_propuesta, enviar
from tests.factories.cuentas import InstitucionFactory, UserFactory
from tests.factories.paginas import ArchivoFactory, DocumentoFactory, ImagenFactory, NoticiaFactory
from tests.factories.procesos import version_publicada
from tests.factories.respuestas import compromiso, responder

pytestmark = pytest.mark.django_db

MARCA = "marcador-privado"


def sembrar() -> tuple[list[str], list[str]]:
    """One of each thing, all by people whose data carry the mark; addresses to read, words to miss."""
    ahora = timezone.now()
    autora = UserFactory(
        email=f"{MARCA}@ejemplo.cl", first_name=MARCA, last_name=MARCA, nombre_publico=""
    )
    oficial = UserFactory(oficial=True, email=f"{MARCA}-oficial@ejemplo.cl", first_name=MARCA)
    institucion = InstitucionFactory(nombre="Con contacto")
    institucion.contacto_publico = f"{MARCA}-institucion@ejemplo.cl"
    institucion.save()
    consulta, borrador = abierta(propuestas=True), abierta()
    fragmento = version_publicada(borrador, ["Uno."]).fragmentos.get()
    envios = [
        enviar(consulta=consulta, por=autora, ahora=ahora),
        enviar(consulta=consulta, por=autora, dice=contenido_de_propuesta(region=""), ahora=ahora),
        enviar(asunto=fragmento.asunto, por=autora, ahora=ahora),
    ]
    replica = enviar(padre=envios[2].aporte, por=oficial, institucional=True, ahora=ahora)
    version = responder(envios[0].aporte, por=oficial, ahora=ahora)
    retirar_aporte(aporte=envios[1].aporte, por=autora, ahora=ahora)
    envios[0].aporte.responsable = oficial
    envios[0].aporte.save(update_fields=["responsable"])
    hecho = compromiso()
    imagen, archivo = (
        ImagenFactory(uploaded_by_user=oficial),
        ArchivoFactory(uploaded_by_user=oficial),
    )
    noticia = NoticiaFactory(owner=oficial, imagen=imagen)
    documento_ = DocumentoFactory(owner=oficial, archivo=archivo)
    rutas = [
        f"procesos/{consulta.etapa.proceso.slug}/",
        *(f"consultas/{c.slug}/" for c in (consulta, borrador)),
        f"fragmentos/{fragmento.pk}/",
        *(f"aportes/{e.aporte.folio}/" for e in (*envios, replica)),
        *(f"aportes/?raiz={e.aporte.folio}" for e in envios),
        f"respuestas/{version.respuesta_id}/",
        f"respuestas/{version.respuesta_id}/versiones/1/coberturas/",
        f"planes/{hecho.plan.numero}/",
        f"planes/{hecho.plan.numero}/compromisos/{hecho.numero}/",
        *(f"pages/{p.pk}/" for p in (noticia, documento_)),
        "buscar/?q=Persona", f"buscar/?q={autora.email}", "buscar/?q=presupuesto",
        "pages/?fields=*", "pages/?type=noticias.NoticiaPage&fields=*", "images/?fields=*",
        "pages/?type=biblioteca.DocumentoPage&fields=*", "documents/?fields=*",
        f"images/{imagen.pk}/", f"documents/{archivo.pk}/",
    ]  # fmt: skip
    secretos = [
        MARCA,
        *(e.codigo for e in envios),
        *(str(e.aporte.clave_idempotencia) for e in envios),
    ]
    secretos += [e.aporte.autoria.codigo_hash for e in envios]
    return rutas, secretos


def test_no_public_answer_carries_what_identifies_a_person(anonimo: Programa) -> None:
    rutas, secretos = sembrar()
    rutas += [
        ruta.removeprefix(RAIZ)
        for ruta, metodos in documento()["paths"].items()
        if ruta.startswith(RAIZ) and "{" not in ruta and "get" in metodos
    ] + ["", "openapi.json", "docs/"]
    leidas = 0
    for ruta in rutas:
        respuesta = anonimo.get(ruta)
        cuerpo = b"".join(respuesta.streaming_content) if respuesta.streaming else respuesta.content
        texto = cuerpo.decode()
        for secreto in secretos:
            assert secreto not in texto, (ruta, secreto)
        if ruta not in ("openapi.json", "docs/"):
            assert not re.search(r"[\w.+-]+@[\w-]+\.\w+", texto), ruta
            leidas += respuesta.status_code == 200
    assert leidas > 30


def test_the_keys_of_no_answer_name_an_account(anonimo: Programa) -> None:
    rutas, _ = sembrar()
    prohibidas = re.compile(
        r"correo|email|run\b|cuenta|usuario|user|owner|responsable|clave|codigo_hash|sal$"
    )
    for ruta in rutas:

        def revisar(nodo: object, ruta: str = ruta) -> None:
            if isinstance(nodo, dict):
                for clave, valor in nodo.items():
                    assert not prohibidas.search(clave), (ruta, clave)
                    revisar(valor)
            elif isinstance(nodo, list):
                for valor in nodo:
                    revisar(valor)

        revisar(json.loads(anonimo.get(ruta).content))


def test_pages_cannot_be_filtered_or_ordered_by_their_owner(anonimo: Programa) -> None:
    for ruta in ("pages/?owner=1", "pages/?order=owner", "images/?uploaded_by_user=1"):
        assert anonimo.get(ruta).status_code == 400


def test_my_list_does_not_carry_the_private_codes() -> None:
    sembrar()
    sesion = sesion_de(User.objects.get(email=f"{MARCA}@ejemplo.cl"))
    respuesta = sesion.get("mis-aportes/")
    assert respuesta.status_code == 200
    assert MARCA not in respuesta.content.decode()
