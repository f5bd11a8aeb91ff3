"""Attached files, by the flow that takes them."""

from django.core.files.uploadedfile import SimpleUploadedFile

from consulta.aportes.flows.adjuntar import Elegido, subir_adjunto
from tests.factories import AHORA
from tests.factories.archivos import pdf


def archivo(nombre: str = "informe.pdf", datos: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(nombre, pdf() if datos is None else datos)


def subida(consulta, por=None, *, nombre="informe.pdf", datos=None, ahora=AHORA, descripcion=""):
    """A clean file that waits."""
    return subir_adjunto(
        consulta=consulta,
        archivo=archivo(nombre, datos),
        por=por,
        descripcion=descripcion,
        ahora=ahora,
    )


def elegido(*args, **kwargs) -> Elegido:
    """As `subida`, the way a flow is told of it."""
    return Elegido(subida(*args, **kwargs).token)
