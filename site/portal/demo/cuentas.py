"""The accounts one may try the demo with. `make run` prints them, docs/contrato.md promises them."""

from typing import NamedTuple

from cuentas.roles import Rol

DOMINIO = "demo.example"
CLAVE = "demo-estado-abierto"


class Cuenta(NamedTuple):
    """`institucion` is a key of `datos/plan7.yaml`; `nombre` signs in public."""

    rol: Rol
    email: str
    clave: str
    nombre: str
    institucion: str = ""


CUENTAS: list[Cuenta] = [
    Cuenta(Rol.PARTICIPANTE, f"marcela@{DOMINIO}", CLAVE, "Marcela Ríos"),
    Cuenta(Rol.PARTICIPANTE, f"sergio@{DOMINIO}", CLAVE, "Sergio Albornoz"),
    Cuenta(Rol.PARTICIPANTE, f"carmen@{DOMINIO}", CLAVE, "Carmen Gloria S."),
    Cuenta(Rol.EDITOR, f"editora@{DOMINIO}", CLAVE, "Edición del sitio"),
    Cuenta(Rol.OFICIAL, f"oficial.datos@{DOMINIO}", CLAVE, "Paula Henríquez", "datos"),
    Cuenta(Rol.OFICIAL, f"oficial.agua@{DOMINIO}", CLAVE, "Gonzalo Tapia", "agua"),
    Cuenta(Rol.SECRETARIA, f"secretaria@{DOMINIO}", CLAVE, "Isabel Fuenzalida", "secretaria"),
    Cuenta(Rol.PARTICIPANTE, f"foro.gobierno@{DOMINIO}", CLAVE, "Camila Donoso"),
    Cuenta(Rol.PARTICIPANTE, f"foro.civil@{DOMINIO}", CLAVE, "Rodrigo Painemal"),
    Cuenta(Rol.MODERADOR, f"moderacion@{DOMINIO}", CLAVE, "Equipo de moderación"),
    Cuenta(Rol.ADMINISTRADOR, f"administracion@{DOMINIO}", CLAVE, "Administración del sitio"),
]
