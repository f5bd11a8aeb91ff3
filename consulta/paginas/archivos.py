"""The files of a form: taken as soon as they arrive, so that an error elsewhere does not lose them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comun.errores import ErrorDeDominio
from comun.espera import anotar_espera
from comun.limites import direccion_de, gastar
from comun.textos import limpiar_linea
from consulta.aportes.archivos import CAMPO
from consulta.aportes.archivos.clases import EXTENSIONES
from consulta.aportes.flows.adjuntar import (
    ESPERA,
    LARGO_DESCRIPCION,
    Elegido,
    comprobar_conjunto,
    quitar_subida,
    subir_adjunto,
)
from consulta.aportes.models import Adjunto, Aporte, Subida
from consulta.procesos.models import Consulta
from cuentas.models import User

QUITAR = "quitar_adjunto"
QUITAR_PUBLICADO = "quitar_publicado"


class VariosArchivos(forms.ClearableFileInput):
    """A file input that takes several; what was chosen before is listed apart."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else []


class CampoArchivos(forms.Field):
    """Files that come with the form. What is wrong with them is said by the flow that takes them."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Archivos"),
            required=False,
            widget=VariosArchivos(attrs={"accept": ",".join(f".{e}" for e in EXTENSIONES)}),
            help_text=_(
                "Hasta %(n)s archivos de %(mb)s MB: PDF, imágenes (JPG, PNG, WebP) o documentos "
                "(DOCX, XLSX, PPTX, ODT, ODS, ODP). Les quitamos el nombre del autor, la "
                "ubicación de las fotos y otros datos ocultos antes de publicarlos."
            )
            % {"n": settings.ADJUNTOS_MAXIMO, "mb": settings.ADJUNTOS_MB},
        )

    def clean(self, value: Any) -> None:
        return None


class CampoSubidos(forms.MultipleChoiceField):
    """Tokens of the files taken already. One that waits no more is left out by whoever reads them."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.MultipleHiddenInput)

    def valid_value(self, value: Any) -> bool:
        return isinstance(value, str) and len(value) <= 43


@dataclass
class ArchivosDelFormulario:
    """What waits for this form, and what could not be taken. `puede`: the consultation takes files.

    Of a correction, also those published with it, `publicados`, and the ids of those to take off,
    `fuera`.
    """

    puede: bool
    subidas: list[Subida] = field(default_factory=list)
    errores: list[str] = field(default_factory=list)
    publicados: list[Adjunto] = field(default_factory=list)
    fuera: set[int] = field(default_factory=set)

    @property
    def elegidos(self) -> Sequence[Elegido]:
        return [Elegido(s.token, s.descripcion) for s in self.subidas]

    @property
    def conservar(self) -> list[int]:
        return [a.pk for a in self.publicados if a.pk not in self.fuera]

    def sumas(self) -> list[str]:
        """The files that would go with it, by their SHA-256."""
        quedan = (a.sha256 for a in self.publicados if a.pk not in self.fuera)
        return [*quedan, *(s.sha256 for s in self.subidas)]

    def anotar(self, form: forms.Form) -> None:
        """Put what is wrong beside the field."""
        for mensaje in self.errores:
            form.add_error(CAMPO, mensaje)


def archivos_de(
    request: HttpRequest, form: forms.Form, consulta: Consulta, corrige: Aporte | None = None
) -> ArchivosDelFormulario:
    """The files that came before and come now with `form`, less the one taken off; of a correction,
    also those of the contribution it corrects, of which the ticked ones go.
    """
    archivos = ArchivosDelFormulario(consulta.acepta_adjuntos)
    if corrige is not None:
        archivos.publicados = list(corrige.adjuntos.filter(hasta=None))
        pedidos = request.POST.getlist(QUITAR_PUBLICADO)
        archivos.fuera = {a.pk for a in archivos.publicados if str(a.pk) in pedidos}
    if not archivos.puede:
        return archivos
    if request.method != "POST":
        archivos.subidas = _esperan(form.initial.get("adjunto") or [], consulta)
        return archivos
    if getattr(form, "es_de_menor", False):
        # Nothing is kept of whoever is under 14: neither what they attached before they said so.
        for token in _tokens(request):
            quitar_subida(token=token)
        _repetir_tokens(form, [])
        return archivos
    fuera = _limpio(request.POST.get(QUITAR, ""))
    if fuera:
        quitar_subida(token=fuera)
    archivos.subidas = _esperan([t for t in _tokens(request) if t != fuera], consulta)
    _describir(request, archivos.subidas)
    por = request.user if isinstance(request.user, User) else None
    llegan = request.FILES.getlist(CAMPO)
    # Beyond this nobody sends them on purpose; the flow says how many go with a contribution.
    for archivo in llegan[: settings.ADJUNTOS_MAXIMO * 2]:
        try:
            # Asked before it is cleaned too: of thirty files, only those that fit are worked on.
            comprobar_conjunto([*archivos.sumas(), ""])
            if por is None:
                gastar("subida_invitado", direccion_de(request))
            subida = subir_adjunto(consulta=consulta, archivo=archivo, por=por)
            comprobar_conjunto([*archivos.sumas(), subida.sha256])
        except ErrorDeDominio as error:
            archivos.errores.append(error.mensaje)
            anotar_espera(form, error)
        else:
            archivos.subidas.append(subida)
    archivos.errores = list(dict.fromkeys(archivos.errores))
    _repetir_tokens(form, archivos.subidas)
    return archivos


def _tokens(request: HttpRequest) -> list[str]:
    """Those of the files taken before, as they came."""
    return [_limpio(token) for token in request.POST.getlist("adjunto")[:100]]


def _limpio(token: str) -> str:
    """No column holds a NUL, and a database that is asked for one fails."""
    return token.replace("\x00", "")


def _esperan(tokens: Sequence[str], consulta: Consulta) -> list[Subida]:
    desde = timezone.now() - ESPERA
    return list(Subida.objects.filter(token__in=tokens, consulta=consulta, subido_en__gt=desde))


def _describir(request: HttpRequest, subidas: Sequence[Subida]) -> None:
    for subida in subidas:
        dicha = request.POST.get(f"descripcion_{subida.token}")
        if dicha is None:
            continue
        nueva = limpiar_linea(dicha)[:LARGO_DESCRIPCION]
        if nueva != subida.descripcion:
            subida.descripcion = nueva
            subida.save(update_fields=["descripcion"])


def _repetir_tokens(form: forms.Form, subidas: Sequence[Subida]) -> None:
    datos = form.data.copy()  # type: ignore[attr-defined]
    datos.setlist("adjunto", [s.token for s in subidas])
    form.data = datos
