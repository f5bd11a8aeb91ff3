"""What authors of the demo say of their answers: opinions of each kind, and reviews in each state."""

from datetime import datetime, timedelta
from itertools import cycle

from consulta.respuestas.enums import Resultado
from consulta.respuestas.flows.coberturas import DestinoElegido, LineaDeCobertura
from consulta.respuestas.flows.opinar import opinar
from consulta.respuestas.flows.publicar import publicar_respuesta
from consulta.respuestas.flows.revisar import pedir_revision
from consulta.respuestas.models import Cobertura
from cuentas.models import User
from cuentas.roles import Rol
from portal.demo.calendario import Calendario
from portal.demo.proceso import Escenario

SIGLA = "P7A"
OPINAN = ("si", "en_parte", "no", "si", "si", "no", "en_parte", "si")
UN_DIA = timedelta(days=1)
ABIERTA = (
    "La respuesta no dice qué pasa con las comunas que no tienen oficina. Pido que lo aclaren."
)
SE_MANTIENE = "Entiendo que falta presupuesto, pero pedí una etapa piloto y eso no se contesta."
CAMBIA = "El compromiso del plan ya incluye una parte de lo que propuse: debería decirlo."
RAZON_MANTIENE = (
    "Leímos otra vez la propuesta. La etapa piloto necesita la misma modificación legal que la medida "
    "completa, y esa reforma no depende de este plan."
)
RAZON_CAMBIA = (
    "Quien propuso tiene razón: una parte está en el compromiso que citamos. La otra, la de los plazos, "
    "no se hará en este plan."
)


def decir(calendario: Calendario, escenario: Escenario) -> int:
    """Some authors of the consultation that was answered speak; returns how many times.

    What is answered again is answered by a colleague where there is one.
    """
    filas = list(
        Cobertura.objects.publicadas()
        .con_respuesta()
        .filter(
            aporte__consulta__sigla=SIGLA,
            aporte__situacion="vigente",
            aporte__raiz=None,
            aporte__exige_respuesta=True,
            aporte__autoria__cuenta__isnull=False,
            version__n=1,
            version__publicada_en__lt=calendario.corte - 5 * UN_DIA,
            aporte__puntos=None,
        )
        .exclude(version__respuesta__versiones__n__gt=1)
        .select_related("aporte__autoria__cuenta", "aporte__consulta", "version__presentada_por")
        .order_by("aporte__n")
    )
    niegan = [c for c in filas if c.resultado == Resultado.NO_INCORPORADA]
    pedidas = niegan[:2] + [c for c in reversed(filas) if c not in niegan[:2]][:1]
    hechas = 0
    for cobertura, responde in zip(
        (c for c in filas if c not in pedidas), cycle(OPINAN), strict=False
    ):
        _opina(cobertura, responde)
        hechas += 1
    textos = (SE_MANTIENE, CAMBIA, ABIERTA)
    for cobertura, texto in zip(pedidas, textos, strict=False):
        _opina(cobertura, "no")
        pedir_revision(
            aporte=cobertura.aporte,
            texto=texto,
            version=1,
            por=cobertura.aporte.autoria.cuenta,
            ahora=_publicada(cobertura) + UN_DIA,
        )
        hechas += 2
    compromiso = next(iter(escenario.compromisos.values()))
    contestan = (
        (Resultado.NO_INCORPORADA, _igual(cobertura=pedidas[0]), RAZON_MANTIENE,
         "El resultado se mantiene: la etapa piloto necesita la misma ley."),
        (Resultado.PARCIAL, DestinoElegido(compromiso=compromiso), RAZON_CAMBIA,
         "El resultado cambia: una parte sí está en un compromiso."),
    )  # fmt: skip
    for cobertura, (resultado, destino, razon, motivo) in zip(pedidas, contestan, strict=False):
        publicar_respuesta(
            coberturas=[LineaDeCobertura(cobertura.aporte, resultado, destino, "")],
            razon=razon,
            institucion=cobertura.version.respuesta.institucion,
            por=_colega(cobertura),
            respuesta=cobertura.version.respuesta,
            motivo_cambio=motivo,
            ahora=_publicada(cobertura) + 4 * UN_DIA,
        )
    return hechas


def _opina(cobertura: Cobertura, responde: str) -> None:
    opinar(
        aporte=cobertura.aporte,
        responde=responde,
        version=cobertura.version.n,
        por=cobertura.aporte.autoria.cuenta,
        ahora=_publicada(cobertura) + UN_DIA / 2,
    )


def _publicada(cobertura: Cobertura) -> datetime:
    en = cobertura.version.publicada_en
    if en is None:
        raise ValueError("Aún no se publica")
    return en


def _igual(*, cobertura: Cobertura) -> DestinoElegido:
    """Where it landed, as it was said."""
    de = cobertura.destino
    return DestinoElegido(de.fragmento, de.compromiso, de.evento, de.porque_nada)


def _colega(cobertura: Cobertura) -> User:
    de, quien = cobertura.version.respuesta.institucion_id, cobertura.version.presentada_por
    if quien is None:
        raise ValueError("La demo no tiene respuestas sin quien las presente")
    oficiales = User.objects.filter(institucion=de, groups__name=Rol.OFICIAL).order_by("pk")
    return oficiales.exclude(pk=quien.pk).first() or quien
