"""Who takes part: people of the demo, people who sign up by the form, and guests."""

from dataclasses import dataclass, field
from uuid import uuid4

from tests.carga.ensayo.correos import Buzon
from tests.carga.pagina import Persona
from tests.carga.programa import CLAVE, comprobar

NUEVAS = ("ana", "beto", "celia", "dario")
VISITAS = 6


@dataclass
class Elenco:
    """Everybody, with their sessions. `marca` keeps the addresses of one run apart."""

    base: str
    marca: str
    buzon: Buzon
    personas: dict[str, Persona] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.secretaria = self.demo("secretaria")
        self.datos, self.agua = self.demo("oficial.datos"), self.demo("oficial.agua")
        self.gobierno, self.civil = self.demo("foro.gobierno"), self.demo("foro.civil")
        self.moderacion, self.administracion = self.demo("moderacion"), self.demo("administracion")
        for nombre in ("marcela", "sergio", "carmen"):
            self.personas[f"{nombre}@demo.example"] = self.demo(nombre)
        for nombre in NUEVAS:
            correo = self.direccion(nombre)
            self.personas[correo] = self.registrar(correo, f"{nombre.title()} {self.marca}")
        self.visitas = [self.direccion(f"visita{n}") for n in range(1, VISITAS + 1)]

    def demo(self, nombre: str) -> Persona:
        return Persona(self.base, f"{nombre}@demo.example")

    def direccion(self, nombre: str) -> str:
        return f"{nombre}.{self.marca.lower()}@ensayo.example"

    @property
    def direcciones(self) -> frozenset[str]:
        return frozenset([*self.personas, *self.visitas])

    def registrar(self, correo: str, nombre: str) -> Persona:
        """Sign up by the form, open the link of the mail, press its button, sign in."""
        quien = Persona(self.base)
        quien.visitar("/cuenta/signup/").enviar(
            "password1",
            {"email": correo, "nombre_publico": nombre, "tramo_edad": "adulto",
             "password1": CLAVE, "password2": CLAVE},
        )  # fmt: skip
        enlaces = self.buzon.enlaces(self.buzon.carta(correo, ""))
        confirmar = next(e for e in enlaces if "confirm" in e)
        quien.visitar(confirmar).enviar("Confirmar", boton="Confirmar")
        lista = Persona(self.base, correo)
        comprobar(bool(lista.token), f"{correo} no pudo entrar")
        return lista


def clave() -> str:
    """A name for one sending."""
    return str(uuid4())
