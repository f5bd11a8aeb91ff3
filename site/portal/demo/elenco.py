"""Who takes part in the demo: invented institutions, their officials, and everyone who writes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from cuentas.models import Institucion, User
from cuentas.roles import Rol
from portal.demo.cuentas import CUENTAS, DOMINIO
from portal.demo.lectura import Nodo, hilo_completo, leer, propuestas

QUE_RESPONDEN = frozenset({"ejecutivo", "legislativo", "judicial", "autonomo"})
Firma = tuple[str, str]

SIN_CUENTA = (
    "Verónica Lillo", "Ignacio Marchant", "Teresa Quilodrán", "Bruno Aguayo", "Lorena Catrileo",
    "Mauricio Sandoval", "Pilar Yáñez", "Nelson Ovalle", "Andrea Bustos", "Ramón Cifuentes",
)  # fmt: skip
"""Invented names of the officials nobody may sign in as."""


@dataclass
class Elenco:
    """The cast. Keys of institutions are those of `datos/plan7.yaml`."""

    instituciones: dict[str, Institucion] = field(default_factory=dict)
    oficiales: dict[str, User] = field(default_factory=dict)
    por_rol: dict[Rol, User] = field(default_factory=dict)
    personas: dict[Firma, User] = field(default_factory=dict)
    del_foro: dict[str, User] = field(default_factory=dict)

    def persona(self, nodo: Nodo) -> User:
        """The account that signs `nodo`, always the same for the same signature."""
        return self.personas[_firma(nodo)]


def reunir() -> Elenco:
    """Create institutions and accounts. Those that only sign texts cannot be signed in with."""
    elenco = Elenco()
    for clave, datos in leer("plan7")["instituciones"].items():
        elenco.instituciones[clave] = Institucion.objects.create(
            **datos, contacto_publico=f"{clave.replace('_', '.')}@{DOMINIO}"
        )
    con_clave = _con_clave(elenco)
    oficiales = _oficiales(elenco)
    autores = _autores({c.nombre: u for c, u in zip(CUENTAS, con_clave, strict=True)})
    User.objects.bulk_create([u for u in [*oficiales, *autores.values()] if u.pk is None])
    elenco.personas = autores
    _poner_rol(Rol.OFICIAL, oficiales)
    _poner_rol(Rol.PARTICIPANTE, autores.values())
    return elenco


def _con_clave(elenco: Elenco) -> list[User]:
    """The accounts of `CUENTAS`, with verified addresses."""
    cifradas = {clave: make_password(clave) for clave in {c.clave for c in CUENTAS}}
    cuentas = User.objects.bulk_create(
        User(
            email=c.email,
            password=cifradas[c.clave],
            nombre_publico=c.nombre,
            institucion=elenco.instituciones.get(c.institucion),
        )
        for c in CUENTAS
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=u, email=u.email, verified=True, primary=True) for u in cuentas
    )
    for datos, cuenta in zip(CUENTAS, cuentas, strict=True):
        _poner_rol(datos.rol, [cuenta])
        elenco.por_rol.setdefault(datos.rol, cuenta)
        if datos.email.startswith("foro."):
            elenco.del_foro[datos.email.partition("@")[0].removeprefix("foro.")] = cuenta
        if datos.rol in (Rol.OFICIAL, Rol.SECRETARIA):
            elenco.oficiales[datos.institucion] = cuenta
    return cuentas


def _oficiales(elenco: Elenco) -> list[User]:
    """One official for each institution that answers and has no account to try."""
    nuevos: list[User] = []
    for clave, institucion in elenco.instituciones.items():
        if clave not in elenco.oficiales and institucion.tipo in QUE_RESPONDEN:
            elenco.oficiales[clave] = _sin_clave(f"oficial.{clave}", SIN_CUENTA[len(nuevos)])
            elenco.oficiales[clave].institucion = institucion
            nuevos.append(elenco.oficiales[clave])
    return nuevos


def _autores(conocidos: dict[str, User]) -> dict[Firma, User]:
    autores: dict[Firma, User] = {}
    for nodo in _todos():
        firma = _firma(nodo)
        if firma not in autores:
            nombre, organizacion = firma
            conocido = None if organizacion else conocidos.get(nombre)
            autores[firma] = conocido or _sin_clave(f"persona{len(autores) + 1}", nombre)
    return autores


def _todos() -> Iterable[Nodo]:
    for _tema, propuesta in propuestas():
        yield from hilo_completo(propuesta)
    fragmentos = [*leer("comentarios_borrador"), *leer("hoja_de_ruta")["comentarios"]]
    for fragmento in fragmentos:
        for nombre in _firmas_de_campana(fragmento):
            yield {"firma": nombre}
        for comentario in fragmento["comentarios"]:
            yield from hilo_completo(comentario)


def _firma(nodo: Nodo) -> Firma:
    return str(nodo.get("firma", "")), str(nodo.get("organizacion", ""))


def _sin_clave(usuario: str, nombre: str) -> User:
    return User(
        email=f"{usuario}@{DOMINIO}", password=make_password(None), nombre_publico=nombre[:80]
    )


def _poner_rol(rol: Rol, cuentas: Iterable[User]) -> None:
    grupo = Group.objects.get(name=rol)
    grupo.user_set.add(*cuentas)


def _firmas_de_campana(fragmento: Nodo) -> list[str]:
    campana = fragmento.get("campana")
    if not campana:
        return []
    return [*campana["firmas"], *(quien["firma"] for quien in campana["con_propio"])]
