"""What a person fills in. The rules of each field are the flow's; here they only read well."""

from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from comun.trampa import FormularioAbierto
from consulta.aportes.flows.contenido import LARGO_NOMBRE, LARGO_TEXTO, Contenido
from consulta.aportes.flows.invitados import LARGO_CORREO, Invitado
from consulta.aportes.flows.preguntas import PorPreguntar, Pregunta
from consulta.aportes.flows.quitar import LARGO_MOTIVO
from consulta.aportes.permissions import puede_hablar_por_institucion
from consulta.paginas.campos import TextoField
from cuentas.edades import MENOR
from cuentas.forms import campo_edad
from cuentas.models import User
from cuentas.representacion import organizacion_de

PERSONA, INSTITUCION, ORGANIZACION = "persona", "institucion", "organizacion"
"""In whose voice one speaks: the values of `voz`."""


class EnvioForm(FormularioAbierto):
    """What every sending has: its key, which makes a second arrival the same one; in whose voice;
    and, of whoever has no account (`invitado`), an address to confirm it, their age, and what keeps
    programs out."""

    clave = forms.UUIDField(widget=forms.HiddenInput, required=False)
    duda: PorPreguntar | None = None

    def __init__(
        self,
        *args: Any,
        usuario: Any = None,
        invitado: bool = False,
        correccion: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.usuario = usuario
        self.invitado = invitado
        self.fields["clave"].initial = uuid4
        if not invitado:
            for nombre in FormularioAbierto.base_fields:
                self.fields.pop(nombre)
        if correccion:
            self._solo_las_palabras()
            return
        if "firma" in self.fields and isinstance(usuario, User):
            self.fields["firma"].initial = usuario.nombre_publico
        voces = self.voces(usuario) if isinstance(usuario, User) else []
        if voces:
            self.fields["voz"] = campo_voz(voces)
        if invitado:
            self.fields |= campos_de_invitado()

    def voces(self, usuario: User) -> list[tuple[str, str]]:
        """In whose voice, besides their own, this account may speak here."""
        organizacion = organizacion_de(usuario)
        return [(ORGANIZACION, f"Como {organizacion}")] if organizacion else []

    def _solo_las_palabras(self) -> None:
        """A correction changes what is said, neither who says it nor in whose voice."""
        for nombre in ("clave", "firma", "organizacion"):
            self.fields.pop(nombre, None)
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, min_value=1, max_value=32_000
        )

    @property
    def es_institucional(self) -> bool:
        return self.cleaned_data.get("voz") == INSTITUCION

    @property
    def por_organizacion(self) -> bool:
        return self.cleaned_data.get("voz") == ORGANIZACION

    @property
    def es_de_menor(self) -> bool:
        """Whether it comes from someone under 14, of whom nothing is kept."""
        return self.invitado and self.data.get("tramo_edad") == MENOR

    @property
    def seguros(self) -> list[str]:
        """What they said they mean, when they were asked."""
        dichos = self.data.getlist("seguro") if isinstance(self.data, QueryDict) else []
        return [p.value for p in Pregunta if p.value in dichos]

    @property
    def preguntas(self) -> list[Pregunta]:
        """What is still to be asked before publishing."""
        return [p for p in Pregunta if p.value not in self.seguros]

    def quien_invita(self, desde: str) -> Invitado | None:
        """Who sends without an account, from the network address `desde`. Only after `is_valid`."""
        if not self.invitado:
            return None
        datos = self.cleaned_data
        return Invitado(
            correo=datos["correo"],
            tramo_edad=datos["tramo_edad"],
            desde=desde,
            prueba=self.prueba,
        )

    def clean(self) -> dict[str, Any]:
        limpio = super().clean() or {}
        if "clave" in self.fields and limpio.get("clave") is None:
            self.errors.pop("clave", None)
            self.add_error(None, _("El formulario llegó incompleto. Revíselo y envíelo de nuevo."))
            self.renovar_clave()
        return limpio

    def renovar_clave(self) -> None:
        """Give what is drawn next a new key: sending it again is another sending."""
        self._poner("clave", str(uuid4()))

    def con_version(self, version: int) -> None:
        """A correction that comes back was written over `version`: sending it again replaces that."""
        self._poner("version", str(version))

    def _poner(self, nombre: str, valor: str) -> None:
        datos = QueryDict(mutable=True)
        datos.update(self.data)
        datos[nombre] = valor
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["texto"].label = _("Su comentario")
        self.order_fields(["clave", "voz", "texto", "firma"])

    def voces(self, usuario: User) -> list[tuple[str, str]]:
        """Also that of their institution."""
        voces = super().voces(usuario)
        if puede_hablar_por_institucion(usuario):
            voces.append((INSTITUCION, f"Como {usuario.institucion}"))
        return voces


def campo_voz(voces: list[tuple[str, str]]) -> forms.ChoiceField:
    """In whose voice one speaks: one's own, first."""
    ayuda = _(
        "La voz institucional se muestra con el nombre de la institución. No reemplaza la respuesta "
        "fundada, que se escribe en la administración."
    )
    if all(voz != INSTITUCION for voz, _nombre in voces):
        ayuda = _(
            "Si habla por su organización, se muestra como organización verificada. Comenta cada "
            "párrafo una sola vez, y puede corregir lo que dijo."
        )
    return forms.ChoiceField(
        label=_("¿En nombre de quién escribe?"),
        choices=[(PERSONA, _("A título personal")), *voces],
        widget=forms.RadioSelect,
        required=False,
        initial=PERSONA,
        help_text=ayuda,
    )


def campo_correo() -> forms.EmailField:
    """The address a guest confirms with."""
    return forms.EmailField(
        label=_("Su correo"),
        max_length=LARGO_CORREO,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_(
            "Le enviamos un enlace para confirmar su aporte. Tiene 48 horas. No se publica."
        ),
        error_messages={
            "required": _("Escriba su correo: con él confirma que el aporte es suyo."),
            "invalid": _("Revise el correo: debe ser como nombre@ejemplo.cl."),
        },
    )


def campos_de_invitado() -> dict[str, forms.Field]:
    """What is asked of whoever has no account."""
    return {"correo": campo_correo(), "tramo_edad": campo_edad()}


class OtroCorreoForm(FormularioAbierto):
    """The right address of a guest who mistyped theirs."""

    correo = campo_correo()

    def __init__(self, datos: QueryDict | None = None) -> None:
        super().__init__(datos, auto_id="otro_%s")
        self.fields["correo"].help_text = _(
            "El enlace irá a este correo. El que enviamos antes deja de servir."
        )


class RetiroForm(forms.Form):
    """Taking one's own words back."""

    motivo = TextoField(
        label=_("¿Por qué lo retira?"),
        max_length=LARGO_MOTIVO,
        filas=3,
        required=False,
        help_text=_("Si lo escribe, quedará a la vista en lugar del texto."),
    )


class CodigoForm(forms.Form):
    """Folio and private code, which open one's own contribution without an account."""

    folio = TextoField(
        label=_("Folio"),
        max_length=24,
        help_text=_("Está en el recibo, como P7B-0001."),
        error_messages={"required": _("Escriba el folio de su aporte.")},
    )
    codigo = TextoField(
        label=_("Código privado"),
        max_length=24,
        help_text=_("Tres grupos de letras y números, como ABCD-EFGH-JKLM."),
        error_messages={"required": _("Escriba el código privado que viene en su recibo.")},
    )
    siguiente = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nombre in ("folio", "codigo"):
            atributos = self.fields[nombre].widget.attrs
            atributos |= {"autocomplete": "off", "autocapitalize": "characters"}
            atributos["spellcheck"] = "false"
