"""Rules of assignment: what fits, who decides first, what the clock takes, and what it leaves."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comun.errores import DatoInvalido, SinPermiso
from consulta.aportes.models import Aporte
from consulta.respuestas.flows.asignar import asignar_aporte, deshacer_asignacion
from consulta.respuestas.flows.reglas import (
    aplicar_reglas,
    aplicar_reglas_nuevas,
    crear_regla,
    editar_regla,
    mover_regla,
)
from consulta.respuestas.models import Derivacion, Regla
from consulta.respuestas.reglas import ensayar
from cuentas.roles import Rol
from tests.factories.aportes import aporte, contenido
from tests.factories.cuentas import InstitucionFactory, UserFactory, cuenta_de
from tests.factories.procesos import TemaFactory, version_publicada

pytestmark = pytest.mark.django_db


@pytest.fixture
def mesa():
    return UserFactory(secretaria=True)


def regla(consulta, mesa, institucion=None, **datos):
    ahora = timezone.now() - timedelta(hours=1)
    return crear_regla(
        consulta=consulta,
        por=mesa,
        ahora=ahora,
        institucion=institucion or InstitucionFactory(),
        **datos,
    )


def decir(consulta, texto="Falta nombrar a los municipios.", **campos):
    return aporte(consulta=consulta, dice=contenido(texto), ahora=timezone.now(), **campos)


def test_words_fit_with_or_without_accents_and_all_of_them(consulta, mesa):
    hecha = regla(consulta, mesa, palabras="GESTION hidrica")
    toca = decir(consulta, "La gestión hídrica de la cuenca.")
    decir(consulta, "La gestión de la cuenca.")
    aplicar_reglas(consulta=consulta, por=mesa)
    assert list(Aporte.objects.filter(institucion=hecha.institucion)) == [toca]


@pytest.mark.parametrize(
    ("condicion", "valor"),
    [("region", "08"), ("tipo", "observacion"), ("tipo_autor", "academia"), ("tema", None)],
)
def test_each_condition_takes_its_rows_and_no_other(consulta, mesa, condicion, valor):
    valor = valor or TemaFactory()
    hecha = regla(consulta, mesa, **{condicion: valor})
    toca, no = decir(consulta), decir(consulta)
    otros = {"region": "05", "tipo": "papel", "tipo_autor": "osc", "tema": TemaFactory()}
    Aporte.objects.filter(pk=toca.pk).update(**{condicion: valor})
    Aporte.objects.filter(pk=no.pk).update(**{condicion: otros[condicion]})
    aplicar_reglas(consulta=consulta, por=mesa)
    assert list(Aporte.objects.filter(institucion=hecha.institucion)) == [toca]


def test_a_range_of_paragraphs(consulta, mesa):
    version = version_publicada(consulta, ["uno", "dos", "tres", "cuatro"])
    asuntos = [f.asunto for f in version.fragmentos.order_by("orden")]
    filas = [aporte(asunto=a, ahora=timezone.now()) for a in asuntos]
    suelta = decir(consulta)
    hecha = regla(consulta, mesa, desde_parrafo=2, hasta_parrafo=3)
    aplicar_reglas(consulta=consulta, por=mesa)
    suyas = set(Aporte.objects.filter(institucion=hecha.institucion))
    assert suyas == {filas[1], filas[2]} and suelta not in suyas


def test_the_first_rule_that_fits_decides_and_the_preview_says_the_same(consulta, mesa):
    una = regla(consulta, mesa, palabras="agua")
    otra = regla(consulta, mesa, tipo="observacion")
    decir(consulta, "El agua de riego.")
    decir(consulta)
    decir(consulta)
    assert [(e.regla, e.n) for e in ensayar(consulta)] == [(una, 1), (otra, 2)]
    mover_regla(regla=otra, sube=True, por=mesa)
    assert [(e.regla, e.n) for e in ensayar(consulta)] == [(otra, 3), (una, 0)]
    hecho = aplicar_reglas(consulta=consulta, por=mesa)
    assert len(hecho.aportes) == 3
    assert set(Derivacion.objects.values_list("regla", flat=True)) == {otra.pk}
    assert [e.n for e in ensayar(consulta)] == [0, 0]


def test_what_somebody_has_or_was_answered_is_not_taken(consulta, mesa, oficial):
    regla(consulta, mesa, tipo="observacion")
    tenido = decir(consulta)
    asignar_aporte(aporte=tenido, institucion=oficial.institucion, por=oficial)
    aplicar_reglas(consulta=consulta, por=mesa)
    tenido.refresh_from_db()
    assert tenido.institucion == oficial.institucion


def test_the_clock_takes_what_came_since_and_leaves_the_old_to_a_person(consulta, mesa):
    ahora = timezone.now()
    vieja = aporte(consulta=consulta, ahora=ahora - timedelta(days=2))
    hecha = regla(consulta, mesa, tipo="observacion")
    nueva = aporte(consulta=consulta, ahora=ahora)
    assert aplicar_reglas_nuevas(ahora) == 1
    nueva.refresh_from_db()
    vieja.refresh_from_db()
    assert (nueva.institucion, vieja.institucion) == (hecha.institucion, None)
    paso = Derivacion.objects.get(aporte=nueva)
    assert (paso.regla, paso.por) == (hecha, None)
    assert aplicar_reglas_nuevas(ahora) == 0
    aplicar_reglas(consulta=consulta, por=mesa)
    vieja.refresh_from_db()
    assert vieja.institucion == hecha.institucion


def test_what_a_person_freed_is_not_taken_again(consulta, mesa):
    regla(consulta, mesa, tipo="observacion")
    fila = decir(consulta)
    hecho = aplicar_reglas(consulta=consulta, por=mesa)
    deshacer_asignacion(tanda=hecho.tanda, por=mesa)
    assert aplicar_reglas_nuevas(timezone.now()) == 0
    assert not aplicar_reglas(consulta=consulta, por=mesa).aportes
    fila.refresh_from_db()
    assert fila.institucion is None


def test_what_the_first_rule_lets_go_the_preview_gives_to_the_next(consulta, mesa):
    decir(consulta)
    una, otra = (regla(consulta, mesa, tipo="observacion") for _ in range(2))
    hecho = aplicar_reglas(consulta=consulta, por=mesa)
    deshacer_asignacion(tanda=hecho.tanda, por=mesa)
    assert [(e.regla, e.n) for e in ensayar(consulta)] == [(una, 0), (otra, 1)]
    aplicar_reglas(consulta=consulta, por=mesa)
    assert Aporte.objects.get().institucion == otra.institucion


def test_an_inactive_rule_takes_nothing(consulta, mesa):
    hecha = regla(consulta, mesa, tipo="observacion")
    editar_regla(regla=hecha, por=mesa, activa=False)
    decir(consulta)
    assert aplicar_reglas_nuevas(timezone.now()) == 0
    assert not aplicar_reglas(consulta=consulta, por=mesa).aportes


def test_applying_costs_the_same_for_three_rows_and_for_twelve(consulta, mesa):
    regla(consulta, mesa, tipo="observacion")

    def cuantas(n):
        for _ in range(n):
            decir(consulta)
        with CaptureQueriesContext(connection) as consultas:
            aplicar_reglas(consulta=consulta, por=mesa)
        return len(consultas)

    cuantas(1)
    assert cuantas(3) == cuantas(12)


def test_posting_asks_nothing_of_the_rules(consulta, mesa):
    def cuantas():
        persona = UserFactory()
        with CaptureQueriesContext(connection) as consultas:
            aporte(consulta=consulta, por=persona, ahora=timezone.now())
        return len(consultas)

    cuantas()
    sin = cuantas()
    regla(consulta, mesa, tipo="observacion")
    assert cuantas() == sin


def test_a_rule_needs_a_condition_that_makes_sense(consulta, mesa, oficial):
    with pytest.raises(DatoInvalido):
        regla(consulta, mesa)
    with pytest.raises(DatoInvalido) as error:
        regla(consulta, mesa, desde_parrafo=5, hasta_parrafo=2)
    assert error.value.campo == "hasta_parrafo"
    with pytest.raises(DatoInvalido) as error:
        regla(consulta, mesa, tipo="papel", responsable=oficial)
    assert error.value.campo == "responsable"
    for campo in ("desde_parrafo", "hasta_parrafo"):
        with pytest.raises(DatoInvalido) as error:
            regla(consulta, mesa, **{campo: 99_999_999_999})
        assert error.value.campo == campo


@pytest.mark.parametrize("rol", list(Rol))
def test_only_the_secretariat_writes_rules_and_officials_read_them(como, consulta, rol):
    cuenta = cuenta_de(rol)
    manda = rol in {Rol.SECRETARIA, Rol.ADMINISTRADOR}
    if not manda:
        with pytest.raises(SinPermiso):
            regla(consulta, cuenta, tipo="papel")
    if rol is Rol.PARTICIPANTE:
        return
    cliente = como(cuenta)
    lee = manda or rol in {Rol.OFICIAL, Rol.MODERADOR}
    assert cliente.get(reverse("reglas")).status_code == (200 if lee else 403)
    crear = reverse("crear_regla", args=[consulta.pk])
    assert cliente.get(crear).status_code == (200 if manda else 403)
    aplicar = reverse("aplicar_reglas", args=[consulta.pk])
    assert cliente.post(aplicar).status_code == (302 if manda else 403)


def test_the_page_writes_previews_orders_and_applies(como, consulta, mesa):
    cliente = como(mesa)
    crear = reverse("crear_regla", args=[consulta.pk])
    casa = InstitucionFactory()
    mala = cliente.post(crear, {"institucion": casa.pk, "activa": "on"})
    assert mala.status_code == 422 and mala.context["form"].non_field_errors()
    datos = {"institucion": casa.pk, "activa": "on", "palabras": "agua"}
    assert cliente.post(crear, datos).status_code == 302
    assert cliente.post(crear, datos | {"palabras": "riego"}).status_code == 302
    segunda = Regla.objects.get(palabras="riego")
    cliente.post(reverse("cambiar_regla", args=[segunda.pk]), {"subir": "1"})
    segunda.refresh_from_db()
    assert segunda.orden == 1
    decir(consulta, "El agua.")
    pagina = cliente.get(reverse("reglas"), {"consulta": consulta.pk}).content.decode()
    assert "Hoy tomaría 1 aporte" in pagina
    cliente.post(reverse("editar_regla", args=[segunda.pk]), datos | {"palabras": "sequía"})
    segunda.refresh_from_db()
    assert segunda.palabras == "sequía"
    cliente.post(reverse("aplicar_reglas", args=[consulta.pk]))
    assert Aporte.objects.filter(institucion=casa).count() == 1
    cliente.post(reverse("cambiar_regla", args=[segunda.pk]), {"eliminar": "1"})
    assert not Regla.objects.filter(pk=segunda.pk).exists()
