"""Sending a contribution: what is acknowledged is never lost, and what is sent twice counts once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun.auditoria import registrar
from comun.avisos import avisar
from comun.errores import Conflicto, DatoInvalido, FueraDePlazo, SinPermiso
from comun.limites import gastar
from consulta.aportes.anclas import anclar
from consulta.aportes.codigos import codigo_de, huella_de_codigo, nueva_sal
from consulta.aportes.enums import Canal, TipoAporte
from consulta.aportes.flows.adjuntar import Elegido, adjuntar
from consulta.aportes.flows.anotar import anotar_propuesta
from consulta.aportes.flows.bloquear import exigir_sin_bloqueo
from consulta.aportes.flows.contenido import LARGO_NOMBRE, Contenido, revisar
from consulta.aportes.flows.invitados import Invitado, revisar_invitado
from consulta.aportes.flows.postura import comprobar_postura
from consulta.aportes.flows.recepcion import recibir_aporte
from consulta.aportes.models import Aporte, AporteVersion, Autoria
from consulta.aportes.permissions import (
    es_autor,
    puede_enviar,
    puede_enviar_sin_cuenta,
    puede_hablar_por_institucion,
)
from consulta.aportes.recibos import lo_escrito
from consulta.procesos.enums import EstadoEtapa
from consulta.procesos.models import Asunto, Consulta
from cuentas.models import Institucion, User
from cuentas.representacion import organizacion_de

LIMITADOS = (Canal.FORMULARIO, Canal.API)
"""Channels by which people send for themselves: what the secretariat enters has no limit."""


@dataclass(frozen=True)
class Envio:
    """What the author takes away. `nuevo` is false when this very sending had arrived before.

    A guest's waits for its confirmation: it has no folio, and `codigo` is empty.
    """

    aporte: Aporte
    codigo: str
    nuevo: bool

    @property
    def por_confirmar(self) -> bool:
        return self.aporte.confirmado_en is None


class YaParticipo(Conflicto):
    """The organisation spoke of this already: `aporte` says where, and can be corrected."""

    def __init__(self, aporte: Aporte) -> None:
        self.aporte = aporte
        super().__init__(
            _(
                "Su organización ya comentó esto en el aporte %(folio)s, y una organización habla "
                "una vez: corrija ese aporte, o envíe este a título personal."
            )
            % {"folio": aporte.folio},
            campo="voz",
        )


@dataclass(frozen=True)
class _Pedido:
    """One sending as the steps below need it: what, where, by whom, in whose voice, when."""

    asunto: Asunto
    tipo: TipoAporte
    contenido: Contenido
    clave: UUID
    por: User | None
    invitado: Invitado | None
    padre: Aporte | None
    canal: Canal
    voz: Institucion | None
    organizacion: Institucion | None
    ahora: datetime
    adjuntos: Sequence[Elegido] = ()

    @property
    def consulta(self) -> Consulta:
        return self.asunto.consulta


def enviar_aporte(
    *,
    asunto: Asunto,
    tipo: TipoAporte,
    contenido: Contenido,
    por: User | None,
    clave: UUID,
    invitado: Invitado | None = None,
    padre: Aporte | None = None,
    canal: Canal = Canal.FORMULARIO,
    institucional: bool = False,
    por_organizacion: bool = False,
    adjuntos: Sequence[Elegido] = (),
    ahora: datetime | None = None,
) -> Envio:
    """Receive a contribution: of an account, which gets folio and receipt at once; or of a guest
    (`por` None, `invitado` given), which waits 48 hours to be confirmed by mail and shows nowhere.

    `clave` names this sending: repeating it (double click, reload, a retried request) returns the
    first contribution. `institucional` speaks for the institution of `por`, and asks no answer;
    `por_organizacion` for the organisation it represents, once per matter.
    `adjuntos` are files uploaded before (`subir_adjunto`).
    `ahora` is UTC and decides the window, `inicio <= ahora < fin` (INV-04).

    Raises SinPermiso, FueraDePlazo, DatoInvalido (naming the field), Conflicto or YaParticipo.
    """
    ahora = ahora or timezone.now()
    if por is None and invitado is not None:
        invitado = revisar_invitado(invitado)
    previo = _previo(clave, por, invitado)
    if previo is not None:
        return previo
    voz = por.institucion if por is not None and institucional else None
    organizacion = organizacion_de(por) if por is not None and por_organizacion else None
    pedido = _Pedido(
        asunto, tipo, contenido, clave, por, invitado, padre, canal, voz, organizacion, ahora,
        adjuntos,
    )  # fmt: skip
    _comprobar_quien(pedido, institucional=institucional, por_organizacion=por_organizacion)
    _comprobar_donde(pedido)
    pedido = replace(pedido, contenido=revisar(contenido, tipo))
    comprobar_postura(pedido.contenido.postura, pedido.consulta, tipo)
    try:
        with transaction.atomic():
            return _escribir(pedido)
    except IntegrityError:
        # The twin of this very request won the race: the unique key tells, whatever the timing.
        previo = _previo(clave, por, invitado)
        if previo is not None:
            return previo
        _comprobar_que_no_hablo(pedido)
        raise


def _previo(clave: UUID, por: User | None, invitado: Invitado | None) -> Envio | None:
    filas = Aporte.objects.filter(clave_idempotencia=clave)
    if not filas.exists():  # nearly always: the wide row is read only where there is one
        return None
    aporte = filas.select_related("autoria", "consulta").get()
    if por is not None and es_autor(por, aporte):
        return Envio(aporte, codigo_de(aporte_id=aporte.pk, sal=aporte.autoria.sal), nuevo=False)
    autoria = getattr(aporte, "autoria", None)
    if invitado is not None and autoria is not None and autoria.correo == invitado.correo:
        return Envio(aporte, "", nuevo=False)
    raise Conflicto(
        _("Este formulario ya se usó, con otra cuenta u otro correo. Envíelo otra vez si quiere.")
    )


def _comprobar_quien(pedido: _Pedido, *, institucional: bool, por_organizacion: bool) -> None:
    """Whether they may send this here and now. Limits on how much one may send come here too."""
    por, consulta, tipo, ahora = pedido.por, pedido.consulta, pedido.tipo, pedido.ahora
    if por is not None:
        if not por.is_authenticated or not por.is_active:
            raise SinPermiso(_("Ingrese con su cuenta para participar."))
        puede = puede_enviar(por, consulta, tipo, ahora)
    else:
        if pedido.invitado is None or not consulta.acepta_invitados:
            raise SinPermiso(_("Ingrese con su cuenta para participar en esta consulta."))
        puede = puede_enviar_sin_cuenta(consulta, tipo, ahora)
    if por is not None and pedido.canal in LIMITADOS:
        gastar("enviar", f"cuenta:{por.pk}", ahora)
    elif pedido.invitado is not None:
        gastar("invitado_correo", f"correo:{pedido.invitado.correo}", ahora)
    exigir_sin_bloqueo(por, ahora, correo=pedido.invitado.correo if pedido.invitado else "")
    if not puede:
        estado = consulta.etapa.estado(ahora)
        if estado is EstadoEtapa.CERRADA:
            raise FueraDePlazo(
                _("El plazo para participar ya terminó. Su texto sigue aquí: guárdelo si quiere.")
            )
        if estado is EstadoEtapa.FUTURA:
            raise FueraDePlazo(_("Esta consulta todavía no se abre."))
        raise SinPermiso(_("Esta consulta no recibe este tipo de aportes."))
    if institucional and (por is None or not puede_hablar_por_institucion(por)):
        raise SinPermiso(_("Su cuenta no puede hablar en nombre de una institución."))
    if por_organizacion and pedido.organizacion is None:
        raise SinPermiso(_("Su cuenta no representa a una organización verificada."))
    if institucional and por_organizacion:
        raise DatoInvalido(_("Elija una sola voz."), campo="voz")


def _comprobar_donde(pedido: _Pedido) -> None:
    padre = pedido.padre
    if (pedido.tipo is TipoAporte.REPLICA) != (padre is not None):
        raise DatoInvalido(_("Una réplica responde a otro aporte."))
    if padre is not None:
        if padre.asunto_id != pedido.asunto.pk:
            raise DatoInvalido(_("La réplica y el aporte son de asuntos distintos."))
        if not padre.es_visible:
            raise Conflicto(_("El aporte al que responde ya no está publicado."))
    _comprobar_que_no_hablo(pedido)


def _comprobar_que_no_hablo(pedido: _Pedido) -> None:
    """An organisation comments a matter once (`aporte_organizacion_una_vez`). Raises YaParticipo."""
    if pedido.organizacion is None or pedido.tipo is not TipoAporte.OBSERVACION:
        return
    dicho = (
        Aporte.objects.vigentes()
        .select_related("consulta")
        .filter(
            asunto=pedido.asunto,
            organizacion=pedido.organizacion,
            tipo=TipoAporte.OBSERVACION,
        )
        .first()
    )
    if dicho is not None:
        raise YaParticipo(dicho)


def _escribir(pedido: _Pedido) -> Envio:
    """The row; its words; its author; what hangs from it; the event; and then it counts, or waits.

    Each step has one place, in this order: what another module adds goes in `_acompanar`.
    """
    aporte = _crear_fila(pedido)
    version = _crear_version(aporte, pedido)
    codigo = _crear_autoria(aporte, pedido)
    _acompanar(aporte, pedido)
    registrar(
        verbo="enviar_aporte",
        objeto=aporte,
        por=pedido.por,
        ahora=pedido.ahora,
        despues={
            "tipo": pedido.tipo,
            "consulta": pedido.consulta.sigla,
            "canal": pedido.canal,
            **lo_escrito(version),
        },
    )
    if pedido.por is None:
        avisar(destino=f"aporte:{aporte.pk}", razon="confirmar", objeto=aporte, ahora=pedido.ahora)
        return Envio(aporte, "", nuevo=True)
    recibir_aporte(aporte, pedido.ahora)
    return Envio(aporte, codigo, nuevo=True)


def _crear_fila(pedido: _Pedido) -> Aporte:
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
        vence_el=pedido.consulta.responder_antes_de,
        clave_idempotencia=pedido.clave,
    )


def _crear_version(aporte: Aporte, pedido: _Pedido) -> AporteVersion:
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


def _crear_autoria(aporte: Aporte, pedido: _Pedido) -> str:
    """Who wrote it; returns the private code."""
    sal = nueva_sal()
    codigo = codigo_de(aporte_id=aporte.pk, sal=sal)
    por, invitado, organizacion = pedido.por, pedido.invitado, pedido.organizacion
    nombre = por.nombre_publico if por is not None else invitado.nombre if invitado else ""
    firma = pedido.contenido.firma
    aporte.autoria = Autoria.objects.create(
        aporte=aporte,
        cuenta=por,
        correo=invitado.correo if por is None and invitado is not None else "",
        nombre_publico=(nombre if firma is None else firma)[:LARGO_NOMBRE],
        organizacion=organizacion.nombre[:160] if organizacion else pedido.contenido.organizacion,
        codigo_hash=huella_de_codigo(codigo),
        sal=sal,
    )
    return codigo


def _acompanar(aporte: Aporte, pedido: _Pedido) -> None:
    """What hangs from a contribution besides its words; one line per module that adds something."""
    contenido = pedido.contenido
    anclar(aporte=aporte, cita=contenido.cita, inicio=contenido.cita_inicio, ahora=pedido.ahora)
    anotar_propuesta(aporte)
    adjuntar(aporte=aporte, elegidos=pedido.adjuntos, por=pedido.por, ahora=pedido.ahora)
