"""What a person fills in. The rules of each field are the flow's; here they only read well."""

from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from consulta.aportes.flows.contenido import LARGO_NOMBRE, LARGO_TEXTO, Contenido
from consulta.aportes.permissions import puede_hablar_por_institucion
from consulta.paginas.campos import TextoField
from cuentas.models import User


class EnvioForm(forms.Form):
    """What every sending has: its key, which makes a second arrival the same one."""

    clave = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, usuario: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usuario = usuario
        self.fields["clave"].initial = uuid4
        if "firma" in self.fields and isinstance(usuario, User):
            self.fields["firma"].initial = usuario.nombre_publico

    def clean(self) -> dict[str, Any]:
        limpio = super().clean() or {}
        if limpio.get("clave") is None:
            self.errors.pop("clave", None)
            self.add_error(None, _("El formulario llegó incompleto. Revíselo y envíelo de nuevo."))
            self.renovar_clave()
        return limpio

    def renovar_clave(self) -> None:
        """Give what is drawn next a new key: sending it again is another sending."""
        datos = QueryDict(mutable=True)
        datos.update(self.data)
        datos["clave"] = str(uuid4())
        self.data = datos

    def contenido(self) -> Contenido:
        """What the flow takes. Only after `is_valid`."""
        raise TypeError(type(self).__name__)

    def _firma(self) -> str | None:
        """The name chosen here; None where the form did not ask, and the account's stands."""
        return self.cleaned_data.get("firma") if "firma" in self.data else None


def campo_firma() -> TextoField:
    return TextoField(
        label=_("Cómo firma"),
        max_length=LARGO_NOMBRE,
        required=False,
        auto="nickname",
        help_text=_("Es público. Si lo deja vacío, aparecerá «Participante»."),
    )


class ComentarioForm(EnvioForm):
    """A comment on a fragment, or a reply."""

    texto = TextoField(
        label=_("Su comentario"),
        max_length=LARGO_TEXTO,
        filas=7,
        error_messages={"required": _("Escriba su comentario antes de enviarlo.")},
    )
    firma = campo_firma()

    def contenido(self) -> Contenido:
        """What the flow takes. Only after `is_valid`."""
        return Contenido(texto=self.cleaned_data["texto"], firma=self._firma())


class ReplicaForm(ComentarioForm):
    """A reply; whoever may speak for an institution chooses in whose voice."""

    PERSONA, INSTITUCION = "persona", "institucion"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["texto"].label = _("Su respuesta")
        usuario = self.usuario
        if isinstance(usuario, User) and puede_hablar_por_institucion(usuario):
            self.fields["voz"] = forms.ChoiceField(
                label=_("¿En nombre de quién responde?"),
                choices=[
                    (self.PERSONA, _("A título personal")),
                    (self.INSTITUCION, f"Como {usuario.institucion}"),
                ],
                widget=forms.RadioSelect,
                required=False,
                initial=self.PERSONA,
                help_text=_(
                    "La voz institucional se muestra con el nombre de la institución. No reemplaza "
                    "la respuesta fundada, que se escribe en la administración."
                ),
            )
            self.order_fields(["clave", "voz", "texto", "firma"])

    @property
    def es_institucional(self) -> bool:
        return self.cleaned_data.get("voz") == self.INSTITUCION


class RetiroForm(forms.Form):
    """Taking one's own words back."""

    motivo = TextoField(
        label=_("¿Por qué lo retira?"),
        max_length=500,
        filas=3,
        required=False,
        help_text=_("Si lo escribe, quedará a la vista en lugar del texto."),
    )
