"""The forms by which officials answer and hand over. They read and show; the rules are in the flows."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comun.errores import DatoInvalido, ErrorDeDominio
from consulta.aportes.models import Aporte, Punto
from consulta.procesos.models import Consulta, Fragmento
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.coberturas import LARGO_LINEA, LARGO_RAZON, DestinoElegido
from consulta.respuestas.flows.lineas import COMPROMISO, EVENTO, FALTA, FRAGMENTO, NADA, numero
from consulta.respuestas.forms.varios import PuntoForm
from consulta.respuestas.lugares import Lugar
from consulta.respuestas.models import Cobertura
from consulta.respuestas.referencias import a_referencias, con_referencias
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
A_LA_VISTA = 200
"""Places a list offers; of more, those that were searched and the chosen one."""
DESTINOS = [
    (FRAGMENTO, _("Un párrafo del borrador")),
    (COMPROMISO, _("Un compromiso")),
    (EVENTO, _("Una actividad")),
    (NADA, _("Nada cambia, porque…")),
]
VACIO = _("— Elija —")


def _texto(filas: int, largo: int, **kwargs: Any) -> forms.CharField:
    atributos = {"rows": filas, "data-contador": largo}
    return forms.CharField(widget=forms.Textarea(attrs=atributos), strip=False, **kwargs)


class ParrafoField(forms.ModelChoiceField):
    """Paragraphs of the published versions of the process of `consulta`, grouped by version, its own
    first and the newest first."""

    consulta: Consulta

    def label_from_instance(self, obj: Any) -> str:
        texto = " ".join(obj.texto.split())
        return f"§{obj.orden} {texto[:80]}{'…' if len(texto) > 80 else ''}"

    def agrupar(self, ids: set[int] | None = None) -> None:
        """Fill the widget from the queryset, or with those of `ids` only, in one query."""
        grupos: dict[str, list[tuple[int, str]]] = {}
        ofrecidos: Any = self.queryset
        for fragmento in ofrecidos.filter(pk__in=ids) if ids is not None else ofrecidos:
            version = fragmento.version
            nombre = f"{version} · {version.titulo}" if version.titulo else str(version)
            if version.consulta != self.consulta:
                nombre = f"{version.consulta.sigla} · {nombre}"
            grupos.setdefault(nombre, []).append(
                (fragmento.pk, self.label_from_instance(fragmento))
            )
        self.widget.choices = [("", VACIO), *grupos.items()]


class ResponderForm(forms.Form):
    """An answer to one contribution, or the correction of a published one."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    visto = forms.CharField(widget=forms.HiddenInput, required=False)
    version_leida = forms.IntegerField(widget=forms.HiddenInput, required=False)
    sumar = forms.BooleanField(
        label=_("Sumar este aporte a esa respuesta, como su nueva versión"),
        required=False,
        help_text=_(
            "La respuesta será la misma para quienes ya la tenían; nadie más recibe aviso."
        ),
    )
    usada = forms.IntegerField(widget=forms.HiddenInput, required=False)
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
    solo_redaccion = forms.BooleanField(
        label=_("Solo mejora la redacción: el resultado y dónde quedó son los mismos"),
        required=False,
        help_text=_("A quien escribió el aporte le llegará una línea, y no la respuesta completa."),
    )

    def __init__(
        self,
        *args: Any,
        aporte: Aporte,
        usuario: User,
        vigente: Cobertura | None = None,
        hallados: Sequence[Lugar] = (),
        puntos: Sequence[Punto] = (),
        de_puntos: Mapping[str, Mapping[str, Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.consulta = aporte.consulta
        self.puntos = self._forms_de_puntos(puntos, de_puntos or {})
        parrafos = self.fields["fragmento"]
        parrafos.queryset = Fragmento.objects.donde_quedo(aporte.consulta_id)  # type: ignore[attr-defined]
        parrafos.consulta = self.consulta  # type: ignore[attr-defined]
        parrafos.agrupar(self._ofrecidos(FRAGMENTO, hallados))  # type: ignore[attr-defined]
        self.fields["compromiso"].label_from_instance = lambda c: f"{c.plan}: {c}"  # type: ignore[attr-defined]
        self.fields["evento"].queryset = EventoPage.objects.publicos().order_by("-inicio")  # type: ignore[attr-defined]
        for campo in (COMPROMISO, EVENTO):
            ids = self._ofrecidos(campo, hallados)
            if ids is not None:
                lista: Any = self.fields[campo]
                pocos = lista.queryset.filter(pk__in=ids)
                lista.widget.choices = [
                    ("", VACIO),
                    *((o.pk, lista.label_from_instance(o)) for o in pocos),
                ]
        if vigente is None:
            del self.fields["motivo_cambio"]
            del self.fields["solo_redaccion"]
        if vigente is not None or not usuario.tiene_rol(Rol.SECRETARIA, Rol.ADMINISTRADOR):
            del self.fields["institucion"]

    def _ofrecidos(self, campo: str, hallados: Sequence[Lugar]) -> set[int] | None:
        """Which places the list of `campo` shows; None for all of them, where they are few."""
        lista: Any = self.fields[campo]
        if lista.queryset[: A_LA_VISTA + 1].count() <= A_LA_VISTA:
            return None
        elegido = self.data.get(campo) if self.is_bound else self.initial.get(campo)
        ids = {h.pk for h in hallados if h.tipo == campo}
        if pk := numero(elegido):
            ids.add(pk)
        lista.help_text = _("Son muchos: búsquelo más abajo y aparecerá en esta lista.")
        return ids

    def _forms_de_puntos(
        self, puntos: Sequence[Punto], de_puntos: Mapping[str, Mapping[str, Any]]
    ) -> list[tuple[Punto, PuntoForm]]:
        """A form for each point; empty fields say the same as the whole."""
        if self.is_bound:
            return [(p, PuntoForm(self.data, prefix=f"punto-{p.pk}")) for p in puntos]
        iniciales = a_referencias(
            self.consulta.pk, [dict(de_puntos.get(str(p.pk), {})) for p in puntos]
        )
        return [
            (p, PuntoForm(initial=inicial, prefix=f"punto-{p.pk}"))
            for p, inicial in zip(puntos, iniciales, strict=True)
        ]

    def dicho_de_puntos(self) -> dict[str, dict[str, Any]]:
        """What was typed of each point, by its id. Raises DatoInvalido (`punto-<id>-referencia`)."""
        partes = {
            str(p.pk): {c: self.data.get(f"punto-{p.pk}-{c}", "") for c in form.fields}
            for p, form in self.puntos
        }
        leidas, faltan = con_referencias(self.consulta, partes)
        for pk, escrita in faltan.items():
            raise DatoInvalido(
                _("«%(r)s» no es un párrafo, compromiso o actividad que exista.") % {"r": escrita},
                campo=f"punto-{pk}-referencia",
            )
        return {
            pk: {c: v for c, v in parte.items() if str(v).strip()} for pk, parte in leidas.items()
        }

    def anotar_en_punto(self, error: ErrorDeDominio) -> bool:
        """Put an error beside the field of a point it names; false when it names none."""
        for punto, form in self.puntos:
            prefijo = f"punto-{punto.pk}-"
            if (error.campo or "").startswith(prefijo):
                form.is_valid()
                nombre = (error.campo or "").removeprefix(prefijo)
                form.add_error({"fragmento": "referencia", "compromiso": "referencia",
                                "evento": "referencia"}.get(nombre, nombre), error.mensaje)  # fmt: skip
                self.add_error(None, error.mensaje)
                return True
        return False

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
