"""Forms of the secretariat's desk. The rules are in the flows."""

import re
from typing import Any

from django import forms
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from comun.errores import DatoInvalido
from consulta.procesos.avisos_de_plazo import en_texto, leer_avisos
from consulta.procesos.direcciones import ConDireccion
from consulta.procesos.flows.redactar import texto_de
from consulta.procesos.habiles import PLAZO_HABITUAL
from consulta.procesos.huellas import marca_de_version
from consulta.procesos.importar import importar_archivo
from consulta.procesos.importar.archivos import PESO_MAXIMO
from consulta.procesos.importar.marcas import a_texto
from consulta.procesos.models import Consulta, Etapa, Proceso, Tema, VersionBorrador
from foro.enums import Sector


class FechaHora(forms.DateTimeInput):
    """The browser's own control; a plain text box where it has none."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class Fecha(forms.DateInput):
    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


SIGLA = re.compile(r"[A-Z][A-Z0-9]{1,11}")
HORA_DE_CHILE = _("Hora de Chile continental.")


class ProcesoForm(ConDireccion):
    """Its régime is not asked: what is made here is in force; the others come from their sources."""

    class Meta:
        model = Proceso
        fields = ("titulo", "slug", "resumen", "nota_fuente")
        help_texts = {"nota_fuente": _("De dónde salen los datos, si no nacieron aquí.")}


class EtapaForm(forms.ModelForm):
    orden = forms.IntegerField(
        label=_("Orden"),
        required=False,
        min_value=1,
        max_value=999,
        help_text=_("Su lugar en el proceso. Si lo deja vacío, va al final."),
    )

    class Meta:
        model = Etapa
        fields = (
            "proceso", "tipo", "orden", "titulo", "descripcion",
            "prevista_inicio", "prevista_fin", "inicio", "fin",
        )  # fmt: skip
        widgets = {
            n: FechaHora() for n in ("prevista_inicio", "prevista_fin", "inicio", "fin")
        }  # fmt: skip
        help_texts = {
            "tipo": _(
                "Reciben aportes la «Recepción de propuestas» y la «Consulta del borrador»; en las "
                "demás, el público solo lee."
            ),
            "inicio": HORA_DE_CHILE,
            "fin": _(
                "El plazo termina justo a esta hora. Una vez anunciado, se alarga con «Extender el plazo»."
            ),
            "titulo": _("Vacío usa el nombre del tipo."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proceso"].queryset = Proceso.objects.vivos()  # type: ignore[attr-defined]
        proceso = str(self.initial.get("proceso", ""))
        if not self.instance.pk and proceso.isascii() and proceso.isdigit() and len(proceso) < 19:
            self.initial["orden"] = siguiente_orden(int(proceso))

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        proceso = datos.get("proceso")
        if proceso is not None and "orden" not in self.errors:
            if not datos.get("orden"):
                datos["orden"] = self.instance.orden or siguiente_orden(proceso.pk)
            elif (
                Etapa.objects.filter(proceso=proceso, orden=datos["orden"])
                .exclude(pk=self.instance.pk)
                .exists()
            ):
                self.add_error("orden", _("Otra etapa de este proceso ya tiene ese orden."))
        for inicio, fin in (("inicio", "fin"), ("prevista_inicio", "prevista_fin")):
            if datos.get(inicio) and datos.get(fin) and datos[fin] <= datos[inicio]:
                self.add_error(fin, _("La etapa debe terminar después de empezar."))
        return datos


def siguiente_orden(proceso: int) -> int:
    """The place after the last stage of a process."""
    ultima = Etapa.objects.filter(proceso=proceso).aggregate(ultima=Max("orden"))["ultima"]
    return (ultima or 0) + 1


class ProrrogaForm(forms.Form):
    """A later end, and why."""

    fin = forms.DateTimeField(
        label=_("Nuevo fin"),
        help_text=HORA_DE_CHILE,
        widget=FechaHora(),
        error_messages={"required": _("Escriba cuándo termina ahora.")},
    )
    razon = forms.CharField(
        label=_("Razón"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Se publica junto a las fechas, y se avisa a quienes participan."),
    )
    responder_antes_de = forms.DateField(
        label=_("Responder antes de"),
        required=False,
        widget=Fecha(),
        help_text=_(
            "Solo si la respuesta también se posterga, o si vencería antes del nuevo cierre. Lo ya "
            "recibido conserva su día."
        ),
    )


class AnuncioForm(forms.Form):
    """Why a consultation is announced with less time than the rule asks (INV-03)."""

    razon_excepcion = forms.CharField(
        label=_("Por qué se anuncia con menos de 14 días"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Se publica en la página de la consulta, con su fecha."),
    )


class ConsultaForm(ConDireccion):
    """What the public reads before taking part. Announcing it is a step of its own."""

    sigla = forms.CharField(
        label=_("Sigla"),
        max_length=12,
        help_text=_("Encabeza los folios: P7B da P7B-0001. Letras sin tilde y números."),
        error_messages={"unique": _("Otra consulta ya usa esa sigla: sus folios se confundirían.")},
    )

    conformidades = forms.MultipleChoiceField(
        label=_("Cada respuesta necesita la conformidad de"),
        choices=Sector.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Sectores del foro: uno de sus integrantes aprueba cada respuesta antes de publicarla. Si no "
            "marca ninguno, se publican al terminarlas. No cambia mientras haya respuestas esperando."
        ),
    )

    avisos_de_plazo = forms.CharField(
        label=_("Avisar antes de que venza el plazo, en días hábiles"),
        required=False,
        max_length=60,
        help_text=_(
            "Con cuántos días de anticipación empieza a figurar cada aporte en el correo diario de "
            "quien responde, y con cuántos urge: «5, 2». Hasta cuatro números, de 1 a 40. Vacío: solo "
            "se avisa lo que ya venció."
        ),
    )

    class Meta:
        model = Consulta
        fields = (
            "etapa", "titulo", "slug", "sigla", "resumen", "que_se_puede_cambiar",
            "que_no_se_puede_cambiar", "quien_decide", "conformidades", "plazo_habiles",
            "plazo_desde", "responder_antes_de", "avisos_de_plazo",
        )  # fmt: skip
        widgets = {"responder_antes_de": Fecha()}
        help_texts = {
            "plazo_habiles": _(
                "De lunes a viernes, sin los feriados de Chile. Vale para lo que llegue desde ahora: lo "
                "ya recibido conserva su día."
            ),
            "responder_antes_de": _(
                "Un día fijo para todos los aportes. Solo se usa si deja vacío el plazo en días hábiles."
            ),
            "que_se_puede_cambiar": _("Se muestra antes del formulario: sea concreto."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        etapas = Etapa.objects.filter(proceso__in=Proceso.objects.vivos())
        campo: Any = self.fields["etapa"]
        campo.queryset = etapas.select_related("proceso").order_by("-proceso", "orden")
        campo.label_from_instance = lambda etapa: f"{etapa.proceso}: {etapa}"
        self.fields["plazo_desde"].required = False
        self.initial["avisos_de_plazo"] = en_texto(self.instance.avisos_de_plazo)
        if not self.instance.pk:
            # Not the field's: the empty column of a new row would be shown instead of it.
            self.initial["plazo_habiles"] = PLAZO_HABITUAL

    def clean_plazo_desde(self) -> str:
        return self.cleaned_data["plazo_desde"] or self.instance.plazo_desde

    def clean_avisos_de_plazo(self) -> list[int]:
        # Whoever posts an older form, without the field, does not turn the warnings off.
        if self.add_prefix("avisos_de_plazo") not in self.data:
            return list(self.instance.avisos_de_plazo)
        try:
            return leer_avisos(self.cleaned_data["avisos_de_plazo"])
        except DatoInvalido as error:
            raise forms.ValidationError(error.mensaje) from error

    def clean_sigla(self) -> str:
        sigla: str = self.cleaned_data["sigla"].upper()
        if not SIGLA.fullmatch(sigla):
            raise forms.ValidationError(
                _("Use de 2 a 12 letras sin tilde o números, y empiece con una letra: P7B.")
            )
        return sigla


class TemaForm(ConDireccion):
    da_direccion = "nombre"

    class Meta:
        model = Tema
        fields = ("nombre", "slug")
        error_messages = {"nombre": {"unique": _("Ese tema ya existe.")}}


class VersionForm(forms.ModelForm):
    """A version of the draft, pasted or uploaded. What a file says is put in the text box when the
    form comes back, so that nothing is chosen twice."""

    archivo = forms.FileField(
        label=_("Archivo"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx,.md,.markdown,.html,.htm,.txt"}),
        help_text=_("DOCX, Markdown, HTML o texto, hasta 20 MB. O pegue el texto más abajo."),
    )
    texto = forms.CharField(
        label=_("Texto"),
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_(
            "Pegue el texto completo. Una línea en blanco separa párrafos; # antes de un título, "
            "- antes de cada punto de una lista, | entre las celdas de una tabla. También puede pegar "
            "HTML. Después de guardar verá los fragmentos y podrá corregirlos."
        ),
    )
    marca = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = VersionBorrador
        fields = ("consulta", "titulo")

    field_order = ("consulta", "titulo", "archivo", "texto")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        consultas = Consulta.objects.filter(etapa__proceso__in=Proceso.objects.vivos())
        self.fields["consulta"].queryset = consultas.con_contexto()  # type: ignore[attr-defined]
        if self.instance.pk is None:
            del self.fields["marca"]
            return
        del self.fields["consulta"]
        if not self.is_bound:
            self.fields["texto"].initial = texto_de(self.instance)
            self.fields["marca"].initial = marca_de_version(self.instance)

    def clean(self) -> dict[str, Any]:
        datos: dict[str, Any] = super().clean() or {}
        subido = datos.get("archivo")
        if subido is None:
            return datos
        if subido.size > PESO_MAXIMO:
            raise forms.ValidationError(
                {"archivo": _("El archivo pesa demasiado: el máximo son 20 MB.")}
            )
        if self.instance.pk is None and datos.get("texto", "").strip():
            raise forms.ValidationError(
                {"archivo": _("Elija una sola forma: vacíe el texto, o no suba el archivo.")}
            )
        return datos | {"archivo": subido.read(), "nombre": subido.name}

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        self._guardar_lo_leido()

    def _guardar_lo_leido(self) -> None:
        """What was uploaded could be read, and something else failed: the text is here to go on with."""
        contenido = self.cleaned_data.get("archivo") if hasattr(self, "cleaned_data") else None
        if not isinstance(contenido, bytes) or "archivo" in self.errors:
            return
        try:
            leido = a_texto(importar_archivo(contenido))
        except DatoInvalido:
            return
        self.data = {**self.data.dict(), self.add_prefix("texto"): leido}  # type: ignore[attr-defined]
