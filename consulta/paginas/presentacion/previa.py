"""A proposal that was not sent yet, as it will look when it is."""

from dataclasses import dataclass
from typing import Any

from comun.regiones import Region
from consulta.aportes.enums import CAMPOS_DE_PROPUESTA, TipoAutor, Valor
from consulta.aportes.flows.contenido import Contenido
from consulta.aportes.models.aporte import firma_de
from consulta.paginas.presentacion.detalle import Campo
from cuentas.models import User


@dataclass(slots=True)
class Previa:
    """What everyone will read."""

    titulo: str
    firma: str
    partes: list[Campo]
    datos: list[dict[str, Any]]


def previa_de(contenido: Contenido, usuario: Any) -> Previa:
    """`contenido` as its page will show it; without a name chosen here, that of the account signs."""
    campos = contenido.campos
    partes = [
        Campo("Problema que quiere resolver", str(campos.get("problema") or "")),
        Campo("Descripción de la propuesta", contenido.texto),
        *(
            Campo(str(rotulo), str(campos.get(nombre) or ""))
            for nombre, rotulo in CAMPOS_DE_PROPUESTA.items()
            if nombre != "problema"
        ),
    ]
    marcados = campos.get("valores")
    valores = [Valor(v).label for v in marcados] if isinstance(marcados, list) else []
    datos = [
        ("Tema", contenido.tema.nombre if contenido.tema else ""),
        ("Región", Region(contenido.region).label if contenido.region else "Todo el país"),
        ("Participa como", TipoAutor(contenido.tipo_autor).label if contenido.tipo_autor else ""),
        ("Valores", ", ".join(str(v) for v in valores)),
    ]
    return Previa(
        titulo=contenido.titulo,
        firma=_firma(contenido, usuario),
        partes=[parte for parte in partes if parte.texto],
        datos=[{"rotulo": rotulo, "valor": valor} for rotulo, valor in datos if valor],
    )


def _firma(contenido: Contenido, usuario: Any) -> str:
    nombre = contenido.firma
    if nombre is None:
        nombre = usuario.nombre_publico if isinstance(usuario, User) else ""
    return firma_de(nombre, contenido.organizacion) or "Participante"
