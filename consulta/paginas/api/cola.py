"""What a program of an institution sends to the queue, and what it reads of it."""

from typing import Any

from rest_framework import serializers

from comun.regiones import Region
from consulta.aportes.enums import TipoAporte, TipoAutor
from consulta.aportes.models import Aporte
from consulta.paginas.api.envios import TextoField
from consulta.paginas.api.lectura import IdField
from consulta.paginas.api.serializers.campos import (
    DE_CONSULTAS,
    DE_OPCIONES,
    DE_TEMAS,
    DireccionField,
    InstitucionSerializer,
)
from consulta.respuestas.estados import Estado, esta_vencido, estado_de
from cuentas.models import User


def nombre_de(cuenta: User | None) -> str:
    """How an account is named to programs: never by its address."""
    return "" if cuenta is None else cuenta.nombre_interno


class FilaDeColaSerializer(serializers.Serializer[Aporte]):
    """A row of the queue."""

    folio = serializers.CharField()
    url = DireccionField()
    consulta = serializers.CharField(source="consulta.slug")
    tipo = serializers.CharField()
    titulo = serializers.CharField(source="contenido.titulo", allow_null=True)
    texto = serializers.CharField(source="contenido.texto", allow_null=True)
    tema = serializers.CharField(source="tema.slug", default=None, allow_null=True)
    region = serializers.CharField()
    tipo_autor = serializers.CharField()
    canal = serializers.CharField()
    apoyos = serializers.IntegerField()
    enviado_en = serializers.DateTimeField()
    estado = serializers.SerializerMethodField()
    vence_el = serializers.DateField(allow_null=True)
    vencido = serializers.SerializerMethodField()
    institucion = InstitucionSerializer(allow_null=True)
    responsable = serializers.SerializerMethodField(help_text="Nombre de quien lo tiene, si hay.")
    preguntas_abiertas = serializers.SerializerMethodField(
        help_text="Preguntas entre instituciones sin contestar."
    )

    def get_estado(self, fila: Aporte) -> str:
        return estado_de(fila).value

    def get_vencido(self, fila: Aporte) -> bool:
        return esta_vencido(fila, self.context["hoy"])

    def get_responsable(self, fila: Aporte) -> str:
        return nombre_de(fila.responsable)

    def get_preguntas_abiertas(self, fila: Aporte) -> int:
        return sum(not nota.contestada for nota in fila.preguntas)  # type: ignore[attr-defined]


class ConteoSerializer(serializers.Serializer[Any]):
    estado = serializers.ChoiceField(Estado.choices)
    cuantos = serializers.IntegerField()


class ColaSerializer(serializers.Serializer[Any]):
    """A page of the queue with the sums of its filter."""

    total = serializers.IntegerField()
    pagina = serializers.IntegerField()
    paginas = serializers.IntegerField()
    vencidos = serializers.IntegerField()
    por_vencer = serializers.IntegerField()
    conteos = ConteoSerializer(
        many=True, help_text="Del filtro, en cualquier estado: no se traslapan."
    )
    resultados = FilaDeColaSerializer(many=True)


class AsignarSerializer(serializers.Serializer[Any]):
    institucion = IdField(help_text=DE_OPCIONES)
    responsable = serializers.EmailField(
        required=False,
        default="",
        allow_blank=True,
        help_text="Correo de una cuenta de esa institución.",
    )
    razon = TextoField(
        required=False, default="", help_text="Obligatoria si pasa de una institución a otra."
    )


class DerivarSerializer(serializers.Serializer[Any]):
    institucion = IdField(help_text=DE_OPCIONES)
    razon = TextoField(help_text="La lee quien lo recibe.")


class AsignarVariosSerializer(AsignarSerializer):
    folios = serializers.ListField(
        child=serializers.CharField(max_length=24), required=False, default=list, max_length=2_000
    )
    filtro = serializers.CharField(
        required=False,
        allow_blank=True,
        default=None,
        allow_null=True,
        max_length=1_000,
        help_text="En vez de folios: los parámetros de GET /api/v2/cola/, como en una dirección.",
    )


class ApartadoSerializer(serializers.Serializer[Any]):
    folio = serializers.CharField(source="aporte.folio")
    motivo = serializers.CharField()


class MovidosSerializer(serializers.Serializer[Any]):
    """What became of handing over many."""

    asignados = serializers.SerializerMethodField()
    iguales = serializers.IntegerField(help_text="Los que ya estaban así.")
    apartados = ApartadoSerializer(many=True)
    tanda = serializers.UUIDField(help_text="Para deshacer, durante diez minutos.")

    def get_asignados(self, hecho: Any) -> int:
        return len(hecho.aportes)


class DeshacerAsignacionSerializer(serializers.Serializer[Any]):
    tanda = serializers.UUIDField()


class DerivacionSerializer(serializers.Serializer[Any]):
    """One change of hands."""

    en = serializers.DateTimeField()
    de = serializers.CharField(source="de.nombre", default=None, allow_null=True)
    a = serializers.CharField(source="a.nombre")
    razon = serializers.CharField()
    por_regla = serializers.SerializerMethodField()
    deshecha_en = serializers.DateTimeField(allow_null=True)

    def get_por_regla(self, paso: Any) -> bool:
        return paso.regla_id is not None


class NotaSerializer(serializers.Serializer[Any]):
    """A private note, a question or an answer to one."""

    id = serializers.IntegerField(source="pk")
    en = serializers.DateTimeField()
    institucion = serializers.CharField(source="institucion.nombre", default=None, allow_null=True)
    pregunta_a = serializers.CharField(source="para.nombre", default=None, allow_null=True)
    contesta = serializers.IntegerField(source="contesta_id", allow_null=True)
    texto = serializers.CharField()
    autor = serializers.SerializerMethodField()

    def get_autor(self, nota: Any) -> str:
        return nombre_de(nota.por)


class AnotarSerializer(serializers.Serializer[Any]):
    texto = TextoField()
    pregunta_a = IdField(
        required=False, allow_null=True, default=None, help_text=f"Para preguntar. {DE_OPCIONES}"
    )


class ContestarSerializer(serializers.Serializer[Any]):
    texto = TextoField()


class ReglaSerializer(serializers.Serializer[Any]):
    """A rule of assignment: its conditions, and who gets what fits them all."""

    id = serializers.IntegerField(source="pk")
    consulta = serializers.CharField(source="consulta.slug")
    orden = serializers.IntegerField()
    tema = serializers.CharField(source="tema.slug", default=None, allow_null=True)
    region = serializers.CharField()
    tipo = serializers.CharField()
    tipo_autor = serializers.CharField()
    palabras = serializers.CharField()
    desde_parrafo = serializers.IntegerField(allow_null=True)
    hasta_parrafo = serializers.IntegerField(allow_null=True)
    institucion = InstitucionSerializer()
    activa = serializers.BooleanField()


class CrearReglaSerializer(serializers.Serializer[Any]):
    """At least one condition; the rule goes after the others of its consultation."""

    consulta = serializers.SlugField(help_text=DE_CONSULTAS)
    institucion = IdField()
    tema = serializers.SlugField(required=False, allow_null=True, help_text=DE_TEMAS)
    region = serializers.ChoiceField(Region.choices, required=False, allow_blank=True, default="")
    tipo = serializers.ChoiceField(TipoAporte.choices, required=False, allow_blank=True, default="")
    tipo_autor = serializers.ChoiceField(
        TipoAutor.choices, required=False, allow_blank=True, default=""
    )
    palabras = TextoField(required=False)
    desde_parrafo = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=100_000
    )
    hasta_parrafo = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=100_000
    )


class AplicarReglasSerializer(serializers.Serializer[Any]):
    consulta = serializers.SlugField(help_text=DE_CONSULTAS)


class ReglasAplicadasSerializer(serializers.Serializer[Any]):
    asignados = serializers.IntegerField()


class SuplenciaSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    titular = serializers.SerializerMethodField()
    suplente = serializers.SerializerMethodField()
    desde = serializers.DateField()
    hasta = serializers.DateField(help_text="Ese día incluido.")
    motivo = serializers.CharField()
    terminada_en = serializers.DateTimeField(allow_null=True)

    def get_titular(self, fila: Any) -> str:
        return nombre_de(fila.titular)

    def get_suplente(self, fila: Any) -> str:
        return nombre_de(fila.suplente)


class CrearSuplenciaSerializer(serializers.Serializer[Any]):
    titular = serializers.EmailField(
        required=False, default="", allow_blank=True, help_text="Correo; vacío, quien lo pide."
    )
    suplente = serializers.EmailField(help_text="Correo de la cuenta.")
    desde = serializers.DateField()
    hasta = serializers.DateField(help_text="Ese día incluido.")
    motivo = serializers.CharField(required=False, default="", allow_blank=True, max_length=200)
