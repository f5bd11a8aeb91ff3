"""What a program sends to contribute, and what it takes away."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from comun.errores import DatoInvalido
from comun.pruebas_de_trabajo import LARGO_MAXIMO
from comun.regiones import Region
from consulta.aportes.enums import CAMPOS_DE_PROPUESTA, Canal, Postura, TipoAporte, TipoAutor
from consulta.aportes.flows.adjuntar import Elegido
from consulta.aportes.flows.confirmar import vence_en
from consulta.aportes.flows.contenido import Contenido
from consulta.aportes.flows.enviar import Envio
from consulta.aportes.flows.ingresar import CANALES
from consulta.aportes.flows.invitados import Invitado
from consulta.aportes.models import Aporte
from consulta.paginas.api.folios import por_folio
from consulta.paginas.api.lectura import IdField
from consulta.paginas.api.preguntas import AvisoDeEnvioSerializer, campo_preguntar, preguntas_de
from consulta.paginas.api.serializers.campos import (
    DE_CONSULTAS,
    DE_REGIONES,
    DE_TEMAS,
    DireccionApiField,
    DireccionField,
)
from consulta.paginas.api.serializers.propuestas import ElegidoSerializer
from consulta.procesos.models import Asunto, Consulta, Tema

ENVIABLES = [
    (tipo.value, tipo.label)
    for tipo in (TipoAporte.PROPUESTA, TipoAporte.OBSERVACION, TipoAporte.REPLICA)
]

DE_AVISOS = "Lo que conviene que su autor revise. Se publicó igual."
CANALES_DE_INGRESO = [(c.value, c.label) for c in CANALES]


class TextoField(serializers.CharField):
    """Words as people type them: the flow cleans and measures them, and says what is wrong."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_blank=True, trim_whitespace=False, **kwargs)
        self.validators = []


class CamposDeEnvioSerializer(serializers.Serializer[Any]):
    """Fields of a proposal beside title and text, as on the form."""

    def get_fields(self) -> dict[str, Any]:
        campos: dict[str, Any] = {
            nombre: TextoField(required=False, help_text=str(rotulo))
            for nombre, rotulo in CAMPOS_DE_PROPUESTA.items()
        }
        campos["valores"] = serializers.ListField(
            child=serializers.CharField(max_length=40), required=False, max_length=20
        )
        return campos


def campo_altcha() -> serializers.CharField:
    """A proof of work, as the forms take it."""
    return serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=LARGO_MAXIMO,
        help_text=(
            "Sin sesión, opcional: la solución del reto de GET /altcha/, en base64. Vale una vez; con "
            "ella el límite por dirección es más alto."
        ),
    )


class EnvioSerializer(serializers.Serializer[Any]):
    """A proposal names `consulta`; a comment `fragmento`, or `consulta` as a whole; a reply `padre`."""

    tipo = serializers.ChoiceField(ENVIABLES)
    clave = serializers.UUIDField(
        help_text="La inventa quien envía: la misma se recibe una sola vez."
    )
    consulta = serializers.SlugField(required=False, help_text=DE_CONSULTAS)
    fragmento = IdField(required=False, allow_null=True)
    padre = serializers.CharField(
        required=False,
        allow_null=True,
        max_length=24,
        help_text="Folio del aporte al que responde.",
    )
    cita = TextoField(
        required=False, help_text="Palabras del fragmento que se comentan, como aparecen en él."
    )
    cita_inicio = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=10_000_000,
        help_text="En qué carácter del fragmento empiezan; sin él, se buscan.",
    )
    titulo = TextoField(required=False, help_text="De una propuesta; 160 caracteres como máximo.")
    texto = TextoField(help_text="10.000 caracteres como máximo.")
    campos = CamposDeEnvioSerializer(required=False)
    tema = serializers.SlugField(required=False, allow_null=True, help_text=DE_TEMAS)
    region = serializers.ChoiceField(
        Region.choices, required=False, allow_blank=True, help_text=DE_REGIONES
    )
    tipo_autor = serializers.ChoiceField(TipoAutor.choices, required=False, allow_blank=True)
    postura = serializers.ChoiceField(
        Postura.choices,
        required=False,
        allow_blank=True,
        help_text="De un comentario, donde la consulta la pide (`pide_postura`).",
    )
    firma = TextoField(
        required=False, allow_null=True, help_text="Nombre público; si falta, el de la cuenta."
    )
    organizacion = TextoField(required=False)
    institucional = serializers.BooleanField(
        required=False, default=False, help_text="Oficiales: hablar en nombre de la institución."
    )
    adjuntos = ElegidoSerializer(
        many=True, required=False, help_text="Archivos subidos antes en /api/v2/adjuntos/."
    )
    por_organizacion = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Hablar por la organización que la cuenta representa, verificada.",
    )
    correo = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=400,
        help_text="Sin sesión: adonde se envía el enlace para confirmar. No se publica.",
    )
    tramo_edad = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=20,
        help_text="Sin sesión: `adolescente` (14 a 17) o `adulto`; `menor` no puede enviar.",
    )
    altcha = campo_altcha()
    preguntar = campo_preguntar()


class ReciboSerializer(serializers.Serializer[Any]):
    """The receipt. `codigo` is private: it is shown here and in the receipt mail, nowhere else."""

    folio = serializers.CharField(source="aporte.folio")
    url = DireccionField(source="aporte.get_absolute_url")
    api_url = DireccionApiField("aporte", lambda e: [e.aporte.folio])
    codigo = serializers.CharField()
    nuevo = serializers.BooleanField(help_text="Falso si este mismo envío ya había llegado.")
    enviado_en = serializers.DateTimeField(source="aporte.enviado_en")
    avisos = AvisoDeEnvioSerializer(source="dudas", many=True, help_text=DE_AVISOS)


class PorConfirmarSerializer(serializers.Serializer[Any]):
    """What a guest takes away: a mail is on its way, and until it is confirmed nothing shows."""

    estado = serializers.CharField(default="por_confirmar", read_only=True)
    enviado_en = serializers.DateTimeField(source="aporte.enviado_en")
    vence_en = serializers.SerializerMethodField()
    nuevo = serializers.BooleanField(help_text="Falso si este mismo envío ya había llegado.")
    avisos = AvisoDeEnvioSerializer(source="dudas", many=True, help_text=DE_AVISOS)

    @extend_schema_field(serializers.DateTimeField())
    def get_vence_en(self, envio: Envio) -> str:
        return str(serializers.DateTimeField().to_representation(vence_en(envio.aporte)))


class RetiroSerializer(serializers.Serializer[Any]):
    codigo = serializers.CharField(
        required=False, allow_blank=True, max_length=40, help_text="Sin sesión: el código privado."
    )
    motivo = TextoField(required=False, help_text="Quedará a la vista en lugar del texto.")


class IngresoSerializer(serializers.Serializer[Any]):
    """A proposal that came by another way, on behalf of whoever wrote it."""

    clave = serializers.UUIDField()
    consulta = serializers.SlugField()
    canal = serializers.ChoiceField(CANALES_DE_INGRESO)
    recibido = serializers.DateField(help_text="Día en que se recibió, en Santiago.")
    referencia = TextoField(required=False, default="", help_text="Número del oficio, o la mesa.")
    correo = serializers.EmailField(
        required=False, allow_blank=True, default="", help_text="No se publica."
    )
    titulo = TextoField()
    texto = TextoField()
    campos = CamposDeEnvioSerializer(required=False)
    tema = serializers.SlugField()
    region = serializers.ChoiceField(Region.choices, required=False, allow_blank=True)
    tipo_autor = serializers.ChoiceField(TipoAutor.choices, required=False, allow_blank=True)
    firma = TextoField(required=False, default="")
    organizacion = TextoField(required=False, default="")
    adjuntos = ElegidoSerializer(many=True, required=False)


def contenido_de(datos: dict[str, Any]) -> Contenido:
    """The words and the classification. Raises DatoInvalido for a theme that does not exist."""
    return Contenido(
        texto=datos["texto"],
        titulo=datos.get("titulo", ""),
        campos=dict(datos.get("campos", {})),
        tema=tema_de(datos),
        region=datos.get("region", ""),
        tipo_autor=datos.get("tipo_autor", ""),
        postura=datos.get("postura", ""),
        firma=datos.get("firma"),
        organizacion=datos.get("organizacion", ""),
        cita=datos.get("cita", ""),
        cita_inicio=datos.get("cita_inicio"),
    )


def adjuntos_de(datos: dict[str, Any]) -> list[Elegido]:
    """The uploaded files that go with it."""
    return [Elegido(a["token"], a["descripcion"]) for a in datos.get("adjuntos", [])]


def envio_de(datos: dict[str, Any]) -> dict[str, Any]:
    """Arguments of `enviar_aporte`. Raises DatoInvalido, naming what does not exist or does not fit."""
    tipo = TipoAporte(datos["tipo"])
    padre = _padre(datos, tipo)
    return {
        "tipo": tipo,
        "padre": padre,
        "asunto": padre.asunto if padre is not None else _asunto(datos, tipo),
        "clave": datos["clave"],
        "canal": Canal.API,
        "institucional": datos["institucional"],
        "por_organizacion": datos["por_organizacion"],
        "contenido": contenido_de(datos),
        "adjuntos": adjuntos_de(datos),
        "preguntas": preguntas_de(datos),
    }


def invitado_de(datos: dict[str, Any], desde: str) -> Invitado | None:
    """Who sends without a session from the network address `desde`, where they gave a mailbox."""
    if not datos.get("correo"):
        return None
    return Invitado(
        correo=datos["correo"],
        tramo_edad=datos.get("tramo_edad", ""),
        desde=desde,
        prueba=datos.get("altcha", ""),
    )


def _padre(datos: dict[str, Any], tipo: TipoAporte) -> Aporte | None:
    folio = datos.get("padre")
    if tipo is not TipoAporte.REPLICA:
        if folio:
            raise DatoInvalido("Solo una réplica responde a otro aporte.", campo="padre")
        return None
    if not folio:
        raise DatoInvalido("Indique el folio del aporte al que responde.", campo="padre")
    publicos = Aporte.objects.publicos().select_related("asunto__consulta__etapa__proceso")
    padre = por_folio(publicos, folio).first()
    if padre is None:
        raise DatoInvalido("No hay un aporte público con ese folio.", campo="padre")
    return padre


def _asunto(datos: dict[str, Any], tipo: TipoAporte) -> Asunto:
    if datos.get("fragmento"):
        return _asunto_de_fragmento(datos, tipo)
    consulta = (
        Consulta.objects.publicadas().con_contexto().filter(slug=datos.get("consulta", "")).first()
    )
    if consulta is None:
        raise DatoInvalido("Indique una consulta publicada.", campo="consulta")
    asunto, _nuevo = Asunto.objects.get_or_create(consulta=consulta, fragmento=None)
    asunto.consulta = consulta
    return asunto


def _asunto_de_fragmento(datos: dict[str, Any], tipo: TipoAporte) -> Asunto:
    if tipo is TipoAporte.PROPUESTA:
        raise DatoInvalido("Una propuesta no se refiere a un fragmento.", campo="fragmento")
    asunto = (
        Asunto.objects.select_related("consulta__etapa__proceso")
        .filter(
            fragmento=datos["fragmento"],
            fragmento__version__publicada_en__isnull=False,
            consulta__publicada=True,
        )
        .first()
    )
    if asunto is None:
        raise DatoInvalido("No hay un fragmento publicado con ese id.", campo="fragmento")
    if datos.get("consulta") not in (None, asunto.consulta.slug):
        raise DatoInvalido("Ese fragmento es de otra consulta.", campo="fragmento")
    return asunto


def tema_de(datos: dict[str, Any]) -> Tema | None:
    if not datos.get("tema"):
        return None
    tema = Tema.objects.filter(slug=datos["tema"]).first()
    if tema is None:
        raise DatoInvalido("Elija un tema de la lista de /api/v2/opciones/.", campo="tema")
    return tema
