"""Quotes and comparisons over the API."""

from uuid import uuid4

import pytest

from consulta.aportes.models import Ancla
from cuentas.models import User
from tests.api.conftest import Programa
from tests.factories.borradores import version
from tests.factories.cuentas import UserFactory
from tests.factories.procesos import ConsultaFactory

pytestmark = pytest.mark.django_db
UNO = "Los municipios publicarán sus presupuestos. La publicación se hará en marzo."


@pytest.fixture
def consulta(abierta):
    return abierta


@pytest.fixture
def abierta():
    from datetime import timedelta

    from django.utils import timezone

    ahora = timezone.now()
    return ConsultaFactory(
        etapa__inicio=ahora - timedelta(days=5), etapa__fin=ahora + timedelta(days=5)
    )


def programa(persona: User) -> Programa:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=persona, email=persona.email, verified=True, primary=True)
    return Programa().ingresar(persona.email)


def test_a_program_quotes_reads_and_resolves(consulta):
    v1 = version(consulta, [UNO])
    fragmento = v1.fragmentos.get()
    envio = {
        "tipo": "observacion", "clave": str(uuid4()), "fragmento": fragmento.pk,
        "texto": "¿Y las corporaciones?", "cita": "sus presupuestos",
    }  # fmt: skip
    quien = programa(UserFactory())
    respuesta = quien.post("aportes/", envio)
    assert respuesta.status_code == 201, respuesta.content
    folio = respuesta.json()["folio"]
    leido = quien.leer(f"aportes/{folio}/")
    assert leido["cita"] == {"texto": "sus presupuestos", "inicio": UNO.index("sus ")}
    version(consulta, ["Otra cosa muy distinta.", "Habrá presupuestos claros."], [(1, 2)])
    huerfanas = Programa().leer(f"citas/?consulta={consulta.slug}&version=2")["resultados"]
    assert [(c["aporte"], c["estado"], c["fragmento"]) for c in huerfanas] == [
        (folio, "huerfana", None)
    ]
    ruta = f"citas/{huerfanas[0]['id']}/"
    assert quien.post(f"{ruta}resolver/", {"sin_lugar": True}).status_code == 403
    assert Programa().get(f"{ruta}candidatos/").status_code == 401
    secretaria = programa(UserFactory(secretaria=True))
    assert isinstance(secretaria.leer(f"{ruta}candidatos/"), list)
    nuevo = consulta.versiones.get(n=2).fragmentos.get(orden=2)
    malo = secretaria.post(f"{ruta}resolver/", {"fragmento": nuevo.pk, "cita": "no está"})
    assert (malo.status_code, list(malo.json()["errores"])) == (400, ["cita"])
    assert secretaria.post(f"{ruta}resolver/", {}).status_code == 400
    bien = secretaria.post(f"{ruta}resolver/", {"fragmento": nuevo.pk, "cita": "presupuestos"})
    assert (bien.status_code, bien.json()["estado"], bien.json()["orden"]) == (200, "resuelta", 2)
    fuera = secretaria.post(f"{ruta}resolver/", {"sin_lugar": True})
    assert fuera.json()["estado"] == "sin_lugar"


def test_words_that_are_not_in_the_fragment_are_refused(consulta):
    fragmento = version(consulta, [UNO]).fragmentos.get()
    respuesta = programa(UserFactory()).post(
        "aportes/",
        {
            "tipo": "observacion", "clave": str(uuid4()), "fragmento": fragmento.pk,
            "texto": "x", "cita": "el agua potable",
        },
    )  # fmt: skip
    assert (respuesta.status_code, list(respuesta.json()["errores"])) == (400, ["cita"])
    assert not Ancla.objects.exists()


def test_two_versions_are_compared_as_json(consulta):
    version(consulta, [UNO, "Igual."])
    version(consulta, [UNO.replace("marzo", "abril"), "Igual."], [(1, 1), (2, 2)])
    dicho = Programa().leer(f"consultas/{consulta.slug}/borrador/comparar/")
    assert dicho["resumen"] == {"cambia": 1, "igual": 1}
    (fila,) = dicho["resultados"]
    assert [(c["operacion"], c["texto"]) for c in fila["cambios"]][1:3] == [
        ("quita", "marzo"), ("pone", "abril"),
    ]  # fmt: skip
    todo = Programa().leer(f"consultas/{consulta.slug}/borrador/comparar/?de=1&a=2&todo=true")
    assert len(todo["resultados"]) == 2
    for mala, estado in (("?de=9", 404), ("?de=x", 400), ("?otra=1", 400)):
        ruta = f"consultas/{consulta.slug}/borrador/comparar/{mala}"
        assert Programa().get(ruta).status_code == estado
