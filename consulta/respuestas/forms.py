"""The forms by which officials answer and hand over. They read and show; the rules are in the flows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.aportes.models import Aporte
from consulta.procesos.models import Fragmento
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.coberturas import LARGO_LINEA, LARGO_RAZON, DestinoElegido
from consulta.respuestas.models import Cobertura
from consulta.seguimiento.models import Compromiso
from cuentas.models import Institucion, User
from cuentas.roles import Rol
from noticias.models import EventoPage

EXPLICACIONES = {
    Resultado.INCORPORADA: _("Lo que pide queda en el texto, en un compromiso o en una actividad."),
    Resultado.PARCIAL: _("Una parte queda y otra no: diga cuál es cuál."),
    Resultado.YA_CONTEMPLADA: _("Ya estaba: muestre dónde puede leerse."),
    Resultado.NO_INCORPORADA: _("No se hará ahora. Diga por qué, con la razón de fondo."),
    Resultado.FUERA_DE_ALCANCE: _("Es de otra materia u otra autoridad: diga cuál."),
    Resultado.ACLARACION: _("Era una pregunta o un malentendido: respóndalo."),
}
FRAGMENTO, COMPROMISO, EVENTO, NADA = "fragmento", "compromiso", "evento", "nada"
DESTINOS = [
    (FRAGMENTO, _("Un párrafo del borrador")),
    (COMPROMISO, _("Un compromiso")),
    (EVENTO, _("Una actividad")),
    (NADA, _("Nada cambia, porque…")),
]
FALTA = {
    FRAGMENTO: _("Elija el párrafo donde quedó."),
    COMPROMISO: _("Elija el compromiso donde quedó."),
    EVENTO: _("Elija la actividad donde quedó."),
    NADA: _("Escriba por qué nada cambia."),
}
VACIO = _("— Elija —")


def _texto(filas: int, largo: int, **kwargs: Any) -> forms.CharField:
    atributos = {"rows": filas, "data-contador": largo}
    return forms.CharField(widget=forms.Textarea(attrs=atributos), strip=False, **kwargs)


class ParrafoField(forms.ModelChoiceField):
    """Paragraphs of the published versions of one consultation, grouped by version, newest first."""

    def label_from_instance(self, obj: Any) -> str:
        texto = " ".join(obj.texto.split())
        return f"§{obj.orden} {texto[:80]}{'…' if len(texto) > 80 else ''}"

    def agrupar(self) -> None:
        """Fill the widget from the queryset, in one query."""
        grupos: dict[str, list[tuple[int, str]]] = {}
        for fragmento in self.queryset or ():
            version = fragmento.version
            nombre = f"{version} · {version.titulo}" if version.titulo else str(version)
            grupos.setdefault(nombre, []).append(
                (fragmento.pk, self.label_from_instance(fragmento))
            )
        self.widget.choices = [("", VACIO), *grupos.items()]


class ResponderForm(forms.Form):
    """An answer to one contribution, or the correction of a published one."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    visto = forms.CharField(widget=forms.HiddenInput, required=False)
    version_leida = forms.IntegerField(widget=forms.HiddenInput, required=False)
    institucion = forms.ModelChoiceField(
        label=_("Institución que responde"), queryset=Institucion.objects.all(), empty_label=VACIO
    )
    resultado = forms.ChoiceField(
        label=_("¿Qué pasó con este aporte?"),
        choices=Resultado.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija un resultado.")},
    )
    razon = _texto(
        9,
        LARGO_RAZON,
        label=_("Razón"),
        error_messages={
            "required": _("Escriba la razón: quien participó debe saber por qué se decidió así.")
        },
        help_text=_(
            "Escriba como le explicaría a un vecino: qué se decidió, por qué y qué viene ahora. "
            "Frases cortas, sin siglas, y el enlace o el artículo si cita una norma."
        ),
    )
    linea = _texto(
        3,
        LARGO_LINEA,
        label=_("Línea personal (opcional)"),
        required=False,
        help_text=_("Algo solo para esta persona: un punto que planteó, un agradecimiento."),
    )
    destino = forms.ChoiceField(
        label=_("¿Dónde quedó?"),
        choices=DESTINOS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Diga dónde quedó el aporte, o por qué nada cambia.")},
    )
    fragmento = ParrafoField(label=_("Párrafo"), queryset=Fragmento.objects.none(), required=False)
    compromiso = forms.ModelChoiceField(
        label=_("Compromiso"),
        queryset=Compromiso.objects.select_related("plan").order_by("-plan__numero", "numero"),
        required=False,
        empty_label=VACIO,
    )
    evento: Any = forms.ModelChoiceField(
        label=_("Actividad"),
        queryset=EventoPage.objects.none(),
        required=False,
        empty_label=VACIO,
    )
    porque_nada = _texto(3, LARGO_LINEA, label=_("Por qué nada cambia"), required=False)
    motivo_cambio = _texto(
        2,
        LARGO_LINEA,
        label=_("Motivo del cambio"),
        required=False,
        help_text=_("Quedará a la vista, junto con la respuesta anterior."),
    )

    def __init__(
        self,
        *args: Any,
        aporte: Aporte,
        usuario: User,
        vigente: Cobertura | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        parrafos = self.fields["fragmento"]
        parrafos.queryset = (  # type: ignore[attr-defined]
            Fragmento.objects.publicos()
            .filter(version__consulta=aporte.consulta_id)
            .select_related("version")
            .order_by("-version__n", "orden")
        )
        parrafos.agrupar()  # type: ignore[attr-defined]
        self.fields["compromiso"].label_from_instance = lambda c: f"{c.plan}: {c}"  # type: ignore[attr-defined]
        self.fields["evento"].queryset = EventoPage.objects.publicos().order_by("-inicio")  # type: ignore[attr-defined]
        if vigente is None:
            del self.fields["motivo_cambio"]
        if vigente is not None or not usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR):
            del self.fields["institucion"]

    @property
    def opciones_de_resultado(self) -> list[tuple[Any, Any]]:
        """Each radio button with its explanation."""
        return [
            (boton, EXPLICACIONES[Resultado(boton.data["value"])]) for boton in self["resultado"]
        ]

    @property
    def opciones_de_destino(self) -> list[tuple[Any, Any]]:
        """Each radio button with the field that completes it."""
        campos = {FRAGMENTO: "fragmento", COMPROMISO: "compromiso", EVENTO: "evento"}
        return [
            (boton, self[campos.get(boton.data["value"], "porque_nada")])
            for boton in self["destino"]
        ]

    def clean(self) -> dict[str, Any]:
        limpios = super().clean() or {}
        elegido = limpios.get("destino", "")
        campo = "porque_nada" if elegido == NADA else elegido
        if campo and campo not in self.errors and not limpios.get(campo):
            self.add_error(campo, FALTA[elegido])
        return limpios

    def exigir_motivo(self) -> None:
        """Say that a correction lacks its reason together with whatever else was refused."""
        if "motivo_cambio" not in self.fields or self.has_error("motivo_cambio"):
            return
        if not self.cleaned_data.get("motivo_cambio"):
            self.add_error("motivo_cambio", _("Escriba por qué cambia la respuesta."))

    @property
    def destino_elegido(self) -> DestinoElegido:
        """What was chosen, once valid: the other three fields do not count."""
        elegido = self.cleaned_data["destino"]
        if elegido == NADA:
            return DestinoElegido(porque_nada=self.cleaned_data["porque_nada"])
        return DestinoElegido(**{elegido: self.cleaned_data[elegido]})


def datos_de(cobertura: Cobertura) -> dict[str, Any]:
    """A published answer as initial data of its correction."""
    dicho = cobertura.destino
    elegidos = {
        FRAGMENTO: dicho.fragmento_id,
        COMPROMISO: dicho.compromiso_id,
        EVENTO: dicho.evento_id,
    }
    return {
        "resultado": cobertura.resultado,
        "razon": cobertura.version.razon,
        "linea": cobertura.linea,
        "destino": next((d for d, valor in elegidos.items() if valor), NADA),
        "porque_nada": dicho.porque_nada,
        **elegidos,
    }
