"""The forum of the demo: who sits in it, and what they say of the answers to the roadmap."""

from datetime import datetime

from consulta.respuestas.enums import Sentido
from consulta.respuestas.flows.decidir import decidir_conformidad
from consulta.respuestas.models import RespuestaVersion
from cuentas.models import User
from cuentas.roles import Rol
from foro.enums import Sector
from foro.flows.mandatos import crear_mandato
from foro.models import Mandato
from portal.demo.calendario import Calendario
from portal.demo.elenco import Elenco

SIGLA = "HRD"
"""The consultation whose answers need the approval of both sectors."""
PIDE = [Sector.GOBIERNO.value, Sector.SOCIEDAD_CIVIL.value]
ACTO = "Acta de constitución del foro (demostración)"
INTEGRANTES = [
    ("gobierno", Sector.GOBIERNO, "secretaria", "Coordinadora de estado abierto"),
    ("civil", Sector.SOCIEDAD_CIVIL, "red_osc", "Representante titular"),
    ("", Sector.ACADEMIA, "red_academica", "Representante titular"),
    ("", Sector.OTROS_PODERES, "congreso", "Representante titular"),
]
SIN_CUENTA = {"red_academica": "Josefina Alarcón", "congreso": "Hernán Cifuentes"}
DISENSO = (
    "De acuerdo con la decisión, pero el costo debería publicarse por año y no solo como total: así "
    "nadie puede seguirlo."
)
CAMBIOS = "La respuesta no dice qué licencia se usará ni desde cuándo. Falta un plazo."
POR_FIRMA: dict[str, list[tuple[str, str, str]]] = {
    "Encargado de transparencia municipal": [
        ("gobierno", Sentido.CONFORME, ""),
        ("civil", Sentido.CON_DISENSO, DISENSO),
    ],
    "Bibliotecólogo": [
        ("gobierno", Sentido.CONFORME, ""),
        ("civil", Sentido.PIDE_CAMBIOS, CAMBIOS),
    ],
    "Usuario de planillas": [("gobierno", Sentido.CONFORME, "")],
    "Estudiante de la Conce": [],
}
"""Who decided what about the answer to whom; about the others both approved."""
AMBOS = [("gobierno", Sentido.CONFORME, ""), ("civil", Sentido.CONFORME, "")]


def nombrar(calendario: Calendario, elenco: Elenco) -> dict[str, Mandato]:
    """Name the members half a year ago; returns those one may sign in as."""
    mandatos = {}
    for clave, sector, institucion, cargo in INTEGRANTES:
        cuenta = elenco.del_foro.get(clave) or _sin_clave(SIN_CUENTA[institucion], institucion)
        mandato = crear_mandato(
            por=elenco.por_rol[Rol.SECRETARIA],
            ahora=calendario.a_las(-180, "10:00"),
            cuenta=cuenta,
            organizacion=elenco.instituciones[institucion],
            sector=sector,
            nombre=cuenta.nombre_publico,
            cargo=cargo,
            desde=calendario.dia(-180),
            acto=ACTO,
        )
        if clave:
            mandatos[clave] = mandato
    return mandatos


def decidir(
    version: RespuestaVersion, firma: str, mandatos: dict[str, Mandato], ahora: datetime
) -> None:
    """What each member said of the answer to `firma`; the last approval publishes it."""
    for clave, sentido, nota in POR_FIRMA.get(firma, AMBOS):
        mandato = mandatos[clave]
        decidir_conformidad(
            version=version,
            sha256=version.sha256,
            mandato=mandato,
            sentido=sentido,
            nota=nota,
            por=mandato.cuenta,
            ahora=ahora,
        )


def _sin_clave(nombre: str, institucion: str) -> User:
    return User.objects.create_user(f"foro.{institucion}@demo.example", nombre_publico=nombre)
