"""Answers as institutions prepare them: one for many, one for a conversation, one point by point, a batch
that waits and one that was published."""

from datetime import datetime, timedelta

from consulta.aportes.enums import TipoAporte
from consulta.aportes.models import Aporte
from consulta.respuestas.difusion import difundir_ahora
from consulta.respuestas.flows.lotes import crear_lote, publicar_lote, sellar_lote
from consulta.respuestas.flows.ramas import alcance_de, reunir_rama
from consulta.respuestas.flows.varios import responder_borrador, reunir_borrador
from cuentas.models import Institucion, User
from cuentas.roles import Rol
from portal.demo.calendario import Calendario
from portal.demo.elenco import Elenco

PROPUESTAS, BORRADOR = "P7C", "P7B"
NADA = {
    "resultado": "no_incorporada",
    "destino": "nada",
    "porque_nada": "Se revisará con los municipios antes del próximo plan.",
}
ACLARA = {
    "resultado": "aclaracion",
    "destino": "nada",
    "porque_nada": "Era una pregunta, y queda respondida aquí.",
}
JUNTAS = (
    "Leímos juntos estos comentarios porque tocan lo mismo. Esta vez no cambian el texto: lo que piden "
    "necesita un acuerdo previo entre instituciones. En marzo se reunirá la mesa que lo verá, y "
    "publicaremos su acta."
)
CONVERSACION = (
    "Gracias por conversarlo entre ustedes. Recogimos las dudas en una sola respuesta: la propuesta pasa "
    "a la etapa de evaluación tal como está escrita, y sus comentarios van adjuntos para quienes la evalúan."
)
POR_PUNTOS = (
    "La propuesta trata materias distintas, así que respondemos cada una. Lo que depende de nuestro "
    "servicio se puede empezar este año; lo demás necesita a otra institución."
)
EN_LOTE = (
    "El equipo técnico lo revisó y lo sumará al diagnóstico que se publica en abril, donde podrá leer qué "
    "se hará y quién responde por ello.",
    "Hoy el dato se publica una vez al año. Pedimos a la unidad que lo produce decir si puede hacerlo cada "
    "trimestre; su respuesta se publicará junto al diagnóstico.",
    "Quien administra ese registro es otra institución, con la que tenemos convenio. Le llevaremos su "
    "comentario en la reunión de mayo y el acta quedará en este sitio.",
    "La duda es razonable: la redacción no dejaba claro quién decide. Decide la jefatura del servicio, y "
    "el diagnóstico lo dirá con esas palabras.",
    "Ya existe una mesa que trata esto y cualquiera puede inscribirse. La próxima sesión está en la agenda "
    "del sitio, con el enlace para participar.",
)


def redactar(calendario: Calendario, elenco: Elenco) -> int:
    """Prepare and publish, the last hours before the demo; returns how many contributions it touched."""
    secretaria = elenco.por_rol[Rol.SECRETARIA]
    institucion, oficial = elenco.instituciones["datos"], elenco.oficiales["datos"]
    ahora = calendario.corte - timedelta(hours=2)
    tocados = _por_puntos(institucion, secretaria, ahora)
    tocados += _conversacion(institucion, secretaria, ahora)
    tocados += _juntas(institucion, oficial, ahora)
    tocados += _lote("Primera entrega", institucion, oficial, ahora, publica=True)
    tocados += _lote("Segunda entrega", institucion, oficial, ahora, publica=False)
    return tocados


def _libres(oficial: User, cuantos: int) -> list[Aporte]:
    """Pending comments on the draft that nobody has in hand nor writes about, the last first."""
    filas = Aporte.objects.pendientes().filter(
        consulta__sigla=BORRADOR, tipo=TipoAporte.OBSERVACION, institucion=None,
        filas_de_borrador=None, replicas_n=0,
    )  # fmt: skip
    filas = filas.exclude(autoria__cuenta=oficial).select_related("consulta")
    return list(filas.order_by("-n")[:cuantos])


def _por_puntos(institucion: Institucion, por: User, ahora: datetime) -> int:
    dividido = (
        Aporte.objects.pendientes()
        .filter(consulta__sigla=PROPUESTAS, puntos__isnull=False)
        .select_related("consulta", "institucion")
        .distinct()
        .first()
    )
    if dividido is None:
        return 0
    puntos = list(dividido.puntos.order_by("n"))
    dichos = {
        str(p.pk): (
            NADA | {"linea": "Depende de la ley de presupuestos."}
            if i
            else ACLARA | {"linea": "Ya puede pedirse en línea: le contamos cómo en la razón."}
        )
        for i, p in enumerate(puntos)
    }
    hecho = reunir_borrador(
        aportes=[dividido.pk], consulta=dividido.consulta,
        institucion=dividido.institucion or institucion, por=por, razon=POR_PUNTOS,
        comunes=ACLARA, filas={dividido.pk: {"puntos": dichos}}, ahora=ahora,
    )  # fmt: skip
    responder_borrador(borrador=hecho.borrador, por=por, ahora=ahora)
    return 1


def _conversacion(institucion: Institucion, por: User, ahora: datetime) -> int:
    cabezas = (
        Aporte.objects.pendientes()
        .filter(
            consulta__sigla=PROPUESTAS, institucion=None, puntos=None, filas_de_borrador=None,
            replicas_n__range=(2, 8),
        )
        .select_related("consulta", "autoria")
        .order_by("n")
    )  # fmt: skip
    for cabeza in cabezas:
        if len(alcance_de(cabeza, ahora).ids) > 1:
            hecho = reunir_rama(
                cabeza=cabeza, institucion=institucion, por=por, razon=CONVERSACION,
                comunes=ACLARA, ahora=ahora,
            )  # fmt: skip
            version = responder_borrador(borrador=hecho.borrador, por=por, ahora=ahora)
            return version.rama_n or 0
    return 0


def _juntas(institucion: Institucion, por: User, ahora: datetime) -> int:
    aportes = _libres(por, 4)
    if len(aportes) < 2:
        return 0
    hecho = reunir_borrador(
        aportes=[a.pk for a in aportes], consulta=aportes[0].consulta, institucion=institucion,
        por=por, razon=JUNTAS, comunes=NADA, ahora=ahora,
        filas={aportes[0].pk: {"linea": "Gracias por el ejemplo que trae."}},
    )  # fmt: skip
    responder_borrador(borrador=hecho.borrador, por=por, ahora=ahora)
    return len(aportes)


def _lote(
    nombre: str, institucion: Institucion, por: User, ahora: datetime, *, publica: bool
) -> int:
    aportes = _libres(por, 5)
    if not aportes:
        return 0
    lote = crear_lote(
        nombre=nombre, consulta=aportes[0].consulta, institucion=institucion, por=por, ahora=ahora
    )
    for i, aporte in enumerate(aportes):
        linea = f"Su comentario {aporte.folio} quedó citado en el acta." if i else ""
        reunir_borrador(
            aportes=[aporte.pk], consulta=aporte.consulta, institucion=institucion, por=por,
            razon=EN_LOTE[i], comunes=ACLARA if publica or i else {}, lote=lote, ahora=ahora,
            filas={aporte.pk: {"linea": linea}},
        )  # fmt: skip
    if publica:
        sellar_lote(lote=lote, por=por, ahora=ahora)
        for version in publicar_lote(lote=lote, por=por, ahora=ahora).versiones:
            # The worker would do it after the demo was silenced, and mail people who do not exist.
            difundir_ahora(version)
    return len(aportes)
