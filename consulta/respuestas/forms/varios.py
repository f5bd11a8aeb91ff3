"""The form of one response for many: what all share, and the rows of one page."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.procesos.models import Consulta
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.coberturas import LARGO_LINEA, LARGO_RAZON
from consulta.respuestas.flows.lineas import COMPROMISO, EVENTO, FRAGMENTO, NADA
from consulta.respuestas.models import Borrador, FilaDeBorrador, Lote
from consulta.respuestas.referencias import a_referencias
from cuentas.models import User
from cuentas.roles import Rol

IGUAL = ("", _("Igual que todas"))
IGUAL_QUE_ARRIBA = ("", _("Igual que arriba"))
DESTINOS = [
    (FRAGMENTO, _("En un párrafo del borrador")),
    (COMPROMISO, _("En un compromiso")),
    (EVENTO, _("En una actividad")),
    (NADA, _("Nada cambia, porque…")),
]
AYUDA_REFERENCIA = _(
    "Párrafo: versión y número (2.14; con la sigla antes, P7B 2.14, si es de otra consulta del proceso). "
    "Compromiso: plan y número (7.3). Actividad: su número."
)


class ComunForm(forms.Form):
    """The shared reason, and what holds for every row that does not say otherwise."""

    visto = forms.CharField(widget=forms.HiddenInput, required=False)
    razon = forms.CharField(
        label=_("Razón, para todas las personas"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "data-contador": LARGO_RAZON}),
        help_text=_(
            "Qué se decidió, por qué y qué viene ahora. Frases cortas y sin siglas. Lo que sea de una sola "
            "persona va en su línea personal, más abajo."
        ),
    )
    motivo_cambio = forms.CharField(
        label=_("Motivo del cambio"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-contador": LARGO_LINEA}),
        help_text=_("Quedará a la vista, junto con la respuesta anterior."),
    )
    solo_redaccion = forms.BooleanField(
        label=_("Solo mejora la redacción: los resultados y dónde quedaron son los mismos"),
        required=False,
        help_text=_(
            "A quienes escribieron les llegará una línea, y no la respuesta completa. No se puede si "
            "alguna fila cambia su resultado o dónde quedó."
        ),
    )
    resultado = forms.ChoiceField(
        label=_("¿Qué pasó con estos aportes?"),
        choices=[("", _("— Elija —")), *Resultado.choices],
        required=False,
    )
    destino = forms.ChoiceField(
        label=_("¿Dónde quedaron?"), choices=[("", _("— Elija —")), *DESTINOS], required=False
    )
    referencia = forms.CharField(
        label=_("Cuál"), required=False, max_length=40, help_text=AYUDA_REFERENCIA
    )
    porque_nada = forms.CharField(
        label=_("Por qué nada cambia"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-contador": LARGO_LINEA}),
    )

    def __init__(self, *args: Any, borrador: Borrador, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if borrador.respuesta_id is None:
            del self.fields["motivo_cambio"]
            del self.fields["solo_redaccion"]


class FilaForm(forms.Form):
    """One contribution: empty fields say the same as all."""

    resultado = forms.ChoiceField(
        label=_("Resultado"), choices=[IGUAL, *Resultado.choices], required=False
    )
    linea = forms.CharField(
        label=_("Línea personal"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    destino = forms.ChoiceField(label=_("Dónde quedó"), choices=[IGUAL, *DESTINOS], required=False)
    referencia = forms.CharField(label=_("Cuál"), required=False, max_length=40)
    porque_nada = forms.CharField(
        label=_("Por qué nada cambia"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class PuntoForm(FilaForm):
    """One point of a divided contribution: empty fields say what was said above of the whole."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for campo in ("resultado", "destino"):
            self.fields[campo].choices = [IGUAL_QUE_ARRIBA, *self.fields[campo].choices[1:]]  # type: ignore[attr-defined]


def forms_de_filas(
    filas: list[FilaDeBorrador], escrito: Any = None
) -> list[tuple[FilaDeBorrador, FilaForm]]:
    """A form for each row of a page of one draft: what was typed, else what is kept. Needs `aporte`."""
    if escrito is not None:
        return [(f, FilaForm(escrito, prefix=f"fila-{f.aporte_id}")) for f in filas]
    if not filas:
        return []
    iniciales = a_referencias(filas[0].aporte.consulta_id, [dict(f.datos) for f in filas])
    return [
        (f, FilaForm(initial=inicial, prefix=f"fila-{f.aporte_id}"))
        for f, inicial in zip(filas, iniciales, strict=True)
    ]


class LoteForm(forms.Form):
    """A new batch."""

    nombre = forms.CharField(label=_("Nombre del lote"), max_length=120)
    consulta = forms.ModelChoiceField(
        label=_("Consulta"),
        queryset=Consulta.objects.none(),
        empty_label=_("— Elija —"),
        error_messages={"required": _("Elija la consulta del lote.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consulta"].queryset = Consulta.objects.publicadas().order_by("-pk")  # type: ignore[attr-defined]


class ElegirLoteForm(forms.Form):
    """Which open batch of the consultation a draft stands in: one of its institution, or, for the
    secretariat, of any."""

    lote = forms.ModelChoiceField(
        label=_("Lote"), queryset=Lote.objects.none(), required=False, empty_label=_("Ninguno")
    )

    def __init__(self, *args: Any, borrador: Borrador, usuario: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suyos = Q(institucion=borrador.institucion_id) | Q(pk=borrador.lote_id)
        if usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR):
            suyos |= Q(institucion=None)
        abiertos = Lote.objects.filter(suyos, consulta=borrador.consulta_id, publicado_en=None)
        self.fields["lote"].queryset = abiertos  # type: ignore[attr-defined]


class ProgramarForm(forms.Form):
    """When the clock publishes a batch: a time of Santiago."""

    publicar_en = forms.DateTimeField(
        label=_("Publicar el"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%d-%m-%Y %H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Hora de Santiago."),
        error_messages={"invalid": _("Escriba día y hora, por ejemplo 15-03-2027 09:00.")},
    )


class RamaForm(forms.Form):
    """Up to when the replies of a branch are taken."""

    hasta = forms.DateTimeField(
        label=_("Comentarios recibidos hasta"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%d-%m-%Y %H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Hora de Santiago. Si lo deja en blanco, hasta ahora."),
        error_messages={"invalid": _("Escriba día y hora, por ejemplo 15-03-2027 09:00.")},
    )
