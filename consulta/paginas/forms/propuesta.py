"""The form of a proposal (SY07)."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from comun.regiones import Region
from consulta.aportes.enums import CAMPOS_DE_PROPUESTA, EXPLICACION_DE_VALOR, TipoAutor, Valor
from consulta.aportes.flows.contenido import LARGO_CAMPO, LARGO_TEXTO, LARGO_TITULO, Contenido
from consulta.paginas.archivos import CampoArchivos, CampoSubidos
from consulta.paginas.campos import TextoField
from consulta.paginas.ejemplos import EJEMPLOS
from consulta.paginas.forms.aporte import EnvioForm, campo_firma
from consulta.procesos.models import Tema


class PropuestaForm(EnvioForm):
    """What a proposal says, in three parts."""

    titulo = TextoField(
        label=_("Título"),
        max_length=LARGO_TITULO,
        help_text=_(
            "Una frase que diga qué propone: quien la lea en una lista debe entenderla sola."
        ),
        error_messages={"required": _("Póngale un título a su propuesta.")},
    )
    problema = TextoField(
        label=_("¿Qué problema quiere resolver?"),
        max_length=LARGO_CAMPO,
        filas=5,
        help_text=_("Cuente qué ocurre hoy, a quién afecta y desde cuándo."),
        error_messages={"required": _("Cuente qué problema quiere resolver.")},
    )
    brecha = TextoField(
        label=_("¿Qué le falta al Estado para ser más abierto en esto?"),
        max_length=LARGO_CAMPO,
        filas=4,
        required=False,
        help_text=_(
            "La brecha de gobierno abierto: información que no se publica, decisiones en que no "
            "se participa, cuentas que no se rinden."
        ),
    )
    texto = TextoField(
        label=_("¿Qué propone?"),
        max_length=LARGO_TEXTO,
        filas=8,
        help_text=_("Describa la propuesta con sus palabras: qué se haría y cómo ayudaría."),
        error_messages={"required": _("Describa su propuesta.")},
    )
    resultados_esperados = TextoField(
        label=_("¿Qué resultados espera?"),
        max_length=LARGO_CAMPO,
        filas=4,
        required=False,
        help_text=_("Qué sería distinto en dos años. Si puede, algo que se pueda medir."),
    )
    actores = TextoField(
        label=_("¿Quiénes deberían participar?"),
        max_length=LARGO_CAMPO,
        filas=3,
        required=False,
        help_text=_("Instituciones, organizaciones o comunidades. Puede ser una lista."),
    )
    componentes = TextoField(
        label=_("¿Qué partes o actividades tendría?"),
        max_length=LARGO_CAMPO,
        filas=4,
        required=False,
        help_text=_(
            "Por ejemplo: una norma, una plataforma, una mesa de trabajo, una capacitación."
        ),
    )
    valores = forms.MultipleChoiceField(
        label=_("Valores de gobierno abierto"),
        choices=[(v.value, f"{v.label}: {EXPLICACION_DE_VALOR[v]}") for v in Valor],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Marque los que su propuesta fortalece."),
    )
    tema = forms.ModelChoiceField(
        label=_("Tema"),
        queryset=Tema.objects.all(),
        to_field_name="slug",
        empty_label=_("Elija un tema"),
        help_text=_("Ayuda a que la reciba la institución que corresponde."),
        error_messages={"required": _("Elija el tema de su propuesta.")},
    )
    region = forms.ChoiceField(
        label=_("Región"),
        choices=[("", _("Nacional: todo el país")), *Region.choices],
        required=False,
        help_text=_("Si su propuesta es para un territorio en particular."),
    )
    tipo_autor = forms.ChoiceField(
        label=_("¿En qué calidad participa?"),
        choices=[("", _("Prefiero no decirlo")), *TipoAutor.choices],
        required=False,
    )
    firma = campo_firma()
    organizacion = TextoField(
        label=_("Organización"),
        max_length=LARGO_TITULO,
        required=False,
        auto="organization",
        help_text=_("Solo si la propuesta es de una organización. Se publica junto a su firma."),
    )

    adjunto = CampoSubidos()
    archivos = CampoArchivos()

    GRUPOS: ClassVar[list[tuple[str, tuple[str, ...]]]] = [
        ("Su idea", ("titulo", "problema", "brecha", "texto")),
        ("Qué implica", ("resultados_esperados", "actores", "componentes", "valores")),
        ("Dónde y quién", ("tema", "region", "tipo_autor", "voz", "firma", "organizacion")),
    ]

    def grupos(self) -> list[tuple[str, list[tuple[forms.BoundField, str]]]]:
        """The fields, each with its example, in the parts one reads them in."""
        return [
            (titulo, [(self[n], str(EJEMPLOS.get(n, ""))) for n in nombres if n in self.fields])
            for titulo, nombres in self.GRUPOS
        ]

    def perdonar(self) -> None:
        """Forget what is wrong: the form is drawn again because it was asked for, not refused."""
        self.errors.clear()

    def contenido(self) -> Contenido:
        """What the flow takes. Only after `is_valid`."""
        datos = self.cleaned_data
        return Contenido(
            titulo=datos["titulo"],
            texto=datos["texto"],
            campos={nombre: datos[nombre] for nombre in (*CAMPOS_DE_PROPUESTA, "valores")},
            tema=datos["tema"],
            region=datos["region"],
            tipo_autor=datos["tipo_autor"],
            firma=self._firma(),
            organizacion=datos.get("organizacion", ""),
        )
