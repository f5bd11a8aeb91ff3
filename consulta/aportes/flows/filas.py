"""The rows of a contribution as it arrives: itself, its words, its author, and what hangs from it."""

from consulta.aportes.citas.anclas import anclar
from consulta.aportes.codigos import codigo_de, huella_de_codigo, nueva_sal
from consulta.aportes.flows.adjuntar import adjuntar
from consulta.aportes.flows.anotar import anotar_propuesta
from consulta.aportes.flows.contenido import LARGO_NOMBRE
from consulta.aportes.flows.pedidos import Pedido
from consulta.aportes.flows.repetidos import huella_de_envio
from consulta.aportes.models import Aporte, AporteVersion, Autoria


def crear_fila(pedido: Pedido) -> Aporte:
    """The row of the ledger, without folio."""
    contenido, padre = pedido.contenido, pedido.padre
    return Aporte.objects.create(
        consulta=pedido.consulta,
        asunto=pedido.asunto,
        tipo=pedido.tipo,
        padre=padre,
        raiz_id=None if padre is None else (padre.raiz_id or padre.pk),
        enviado_en=pedido.ahora,
        canal=pedido.canal,
        en_nombre_de=pedido.voz,
        organizacion=pedido.organizacion,
        exige_respuesta=pedido.voz is None,
        tema=contenido.tema,
        region=contenido.region,
        tipo_autor=contenido.tipo_autor,
        postura=contenido.postura,
        vence_el=pedido.consulta.vence_el(pedido.ahora),
        clave_idempotencia=pedido.clave,
    )


def crear_version(aporte: Aporte, pedido: Pedido) -> AporteVersion:
    """Its words, which nobody changes any more."""
    contenido = pedido.contenido
    version = AporteVersion.objects.create(
        aporte=aporte,
        n=1,
        titulo=contenido.titulo,
        texto=contenido.texto,
        campos=contenido.campos,
        en=pedido.ahora,
    )
    aporte.actuales = [version]  # as `con_texto`: what follows reads the words at no cost
    return version


def crear_autoria(aporte: Aporte, pedido: Pedido) -> str:
    """Who wrote it; returns the private code."""
    sal = nueva_sal()
    codigo = codigo_de(aporte_id=aporte.pk, sal=sal)
    por, invitado = pedido.por, pedido.invitado
    aporte.autoria = Autoria.objects.create(
        aporte=aporte,
        cuenta=por,
        correo=invitado.correo if por is None and invitado is not None else "",
        **firma_del(pedido),
        codigo_hash=huella_de_codigo(codigo),
        sal=sal,
        huella_envio=huella_de_envio(pedido),
    )
    return codigo


def firma_del(pedido: Pedido) -> dict[str, str]:
    """How it is signed in public, as columns of Autoria: what was written, or the name of the account."""
    por, invitado, organizacion = pedido.por, pedido.invitado, pedido.organizacion
    nombre = por.nombre_publico if por is not None else invitado.nombre if invitado else ""
    firma = pedido.contenido.firma
    return {
        "nombre_publico": (nombre if firma is None else firma)[:LARGO_NOMBRE],
        "organizacion": organizacion.nombre[:160]
        if organizacion
        else pedido.contenido.organizacion,
    }


def acompanar(aporte: Aporte, pedido: Pedido) -> None:
    """What hangs from a contribution besides its words; one line per module that adds something."""
    contenido = pedido.contenido
    anclar(aporte=aporte, cita=contenido.cita, inicio=contenido.cita_inicio, ahora=pedido.ahora)
    anotar_propuesta(aporte)
    adjuntar(aporte=aporte, elegidos=pedido.adjuntos, por=pedido.por, ahora=pedido.ahora)
