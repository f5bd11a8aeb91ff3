"""What an official's program sends to answer."""

from typing import Any

from rest_framework import serializers
from wagtail.models import Page

from comun.errores import DatoInvalido
from consulta.aportes.models import Punto
from consulta.paginas.api.envios import TextoField
from consulta.paginas.api.folios import aportes_de
from consulta.paginas.api.lectura import IdField
from consulta.procesos.models import Fragmento
from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura, LineaDePunto
from consulta.respuestas.models import Respuesta
from consulta.seguimiento.models import Compromiso
from cuentas.models import Institucion, User

MAXIMO = 1_000
"""Contributions one request may cover."""


class DestinoElegidoSerializer(serializers.Serializer[Any]):
    """Exactly one of the four."""

    fragmento = IdField(required=False, allow_null=True)
    compromiso = IdField(required=False, allow_null=True)
    evento = IdField(required=False, allow_null=True)
    porque_nada = TextoField(required=False)


class LineaDePuntoSerializer(serializers.Serializer[Any]):
    """One point of a divided contribution, by its number."""

    n = serializers.IntegerField(min_value=1, max_value=100)
    resultado = serializers.ChoiceField(Resultado.choices)
    destino = DestinoElegidoSerializer()
    linea = TextoField(required=False)


class LineaSerializer(serializers.Serializer[Any]):
    aporte = serializers.CharField(max_length=24, help_text="Su folio.")
    resultado = serializers.ChoiceField(Resultado.choices)
    destino = DestinoElegidoSerializer()
    linea = TextoField(required=False)
    puntos = LineaDePuntoSerializer(
        many=True,
        required=False,
        help_text="De un aporte dividido, cada uno de sus puntos; el resultado general sale de ellos.",
    )
    version_leida = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=32_000,
        help_text="La `version` del aporte que se leyó: si su autor lo corrigió después, 409.",
    )


class DecisionSerializer(serializers.Serializer[Any]):
    """One reason for all the contributions it covers, each with its outcome and destination."""

    coberturas: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=LineaSerializer(), max_length=MAXIMO
    )
    razon = TextoField()
    institucion = IdField(required=False, allow_null=True, help_text="Si falta, la de la cuenta.")
    respuesta = IdField(required=False, allow_null=True, help_text="La respuesta que se corrige.")
    motivo_cambio = TextoField(required=False, help_text="Por qué se corrige.")
    solo_redaccion = serializers.BooleanField(
        required=False,
        default=False,
        help_text="La corrección decide lo mismo, con otras palabras.",
    )


class PublicadaSerializer(serializers.Serializer[Any]):
    respuesta = serializers.IntegerField(source="respuesta_id")
    version = serializers.IntegerField(source="n")
    sha256 = serializers.CharField()
    publicada_en = serializers.DateTimeField(
        allow_null=True, help_text="Nulo mientras espera conformidades."
    )


def decision_de(datos: dict[str, Any], por: User) -> dict[str, Any]:
    """Arguments of `publicar_respuesta`, in a constant number of queries. Raises DatoInvalido."""
    lineas = datos["coberturas"]
    aportes = aportes_de(linea["aporte"] for linea in lineas)
    destinos = _Destinos([*lineas, *(p for li in lineas for p in li.get("puntos", ()))])
    con_puntos = [a.pk for folio, a in aportes.items() if any(
        li.get("puntos") and li["aporte"].upper() == folio for li in lineas)]  # fmt: skip
    puntos = {
        (punto.aporte_id, punto.n): punto
        for punto in (Punto.objects.filter(aporte__in=con_puntos) if con_puntos else ())
    }
    return {
        "razon": datos["razon"],
        "motivo_cambio": datos.get("motivo_cambio", ""),
        "solo_redaccion": datos.get("solo_redaccion", False),
        "institucion": institucion_de(datos, por),
        "respuesta": respuesta_de(datos),
        "coberturas": [
            LineaDeCobertura(
                aporte=_de(aportes, linea["aporte"].upper(), "aporte"),
                resultado=Resultado(linea["resultado"]),
                destino=destinos.de(linea["destino"]),
                linea=linea.get("linea", ""),
                version_leida=linea.get("version_leida"),
                puntos=tuple(
                    LineaDePunto(
                        punto=_de(puntos, (aportes[linea["aporte"].upper()].pk, p["n"]), "puntos"),
                        resultado=Resultado(p["resultado"]),
                        destino=destinos.de(p["destino"]),
                        linea=p.get("linea", ""),
                    )
                    for p in linea.get("puntos", ())
                ),
            )
            for linea in lineas
        ],
    }


class _Destinos:
    """The fragments, commitments and events named in a request, read together."""

    def __init__(self, lineas: list[dict[str, Any]]) -> None:
        def ids(nombre: str) -> set[int]:
            return {i for linea in lineas if (i := linea["destino"].get(nombre))}

        fragmentos = Fragmento.objects.select_related("version")
        self.fragmentos = fragmentos.in_bulk(ids("fragmento"))
        self.compromisos = Compromiso.objects.in_bulk(ids("compromiso"))
        self.eventos = Page.objects.live().public().in_bulk(ids("evento"))

    def de(self, destino: dict[str, Any]) -> DestinoElegido:
        fragmento, compromiso = destino.get("fragmento"), destino.get("compromiso")
        evento = destino.get("evento")
        return DestinoElegido(
            fragmento=_de(self.fragmentos, fragmento, "fragmento") if fragmento else None,
            compromiso=_de(self.compromisos, compromiso, "compromiso") if compromiso else None,
            evento=_de(self.eventos, evento, "evento") if evento else None,
            porque_nada=destino.get("porque_nada", ""),
        )


def _de(filas: dict[Any, Any], cual: Any, campo: str) -> Any:
    if cual not in filas:
        nombre = cual[-1] if isinstance(cual, tuple) else cual
        raise DatoInvalido(f"No existe: {nombre}.", campo=campo)
    return filas[cual]


def institucion_de(datos: dict[str, Any], por: User) -> Institucion:
    if datos.get("institucion"):
        institucion = Institucion.objects.filter(pk=datos["institucion"]).first()
    else:
        institucion = por.institucion
    if institucion is None:
        raise DatoInvalido("Indique la institución que responde.", campo="institucion")
    return institucion


def respuesta_de(datos: dict[str, Any]) -> Respuesta | None:
    if not datos.get("respuesta"):
        return None
    respuesta = Respuesta.objects.filter(pk=datos["respuesta"]).first()
    if respuesta is None:
        raise DatoInvalido("No existe esa respuesta.", campo="respuesta")
    return respuesta
