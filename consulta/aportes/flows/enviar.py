"""Sending a contribution: what is acknowledged is never lost, and what is sent twice counts once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from comun import buscador
from comun.auditoria import registrar
from comun.avisos import avisar
from comun.errores import Conflicto, DatoInvalido, FueraDePlazo, SinPermiso
from consulta.aportes.codigos import codigo_de, huella_de_codigo, nueva_sal
from consulta.aportes.enums import Canal, TipoAporte
from consulta.aportes.flows.contenido import Contenido, revisar
from consulta.aportes.models import Aporte, AporteVersion, Autoria, Contador
from consulta.aportes.permissions import es_autor, puede_enviar, puede_hablar_por_institucion
from consulta.aportes.recuentos import contar
from consulta.procesos.enums import EstadoEtapa
from consulta.procesos.models import Asunto, Consulta
from cuentas.models import User


@dataclass(frozen=True)
class Envio:
    """What the author takes away. `nuevo` is false when this very sending had arrived before."""

    aporte: Aporte
    codigo: str
    nuevo: bool


def enviar_aporte(
    *,
    asunto: Asunto,
    tipo: TipoAporte,
    contenido: Contenido,
    por: User,
    clave: UUID,
    padre: Aporte | None = None,
    canal: Canal = Canal.FORMULARIO,
    institucional: bool = False,
    ahora: datetime | None = None,
) -> Envio:
    """Receive a contribution of a signed-in person, give it a folio and a receipt.

    `clave` names this sending: repeating it (double click, reload, a retried request) returns the
    first contribution. `institucional` speaks for the institution of `por`, and asks no answer.
    `ahora` is UTC and decides the window, `inicio <= ahora < fin` (INV-04).

    Raises SinPermiso, FueraDePlazo, DatoInvalido (naming the field) or Conflicto.
    """
    ahora = ahora or timezone.now()
    previo = _previo(clave, por)
    if previo is not None:
        return previo
    _comprobar(asunto.consulta, tipo, por, institucional, padre, asunto, ahora)
    limpio = revisar(contenido, tipo)
    try:
        with transaction.atomic():
            return _escribir(asunto, tipo, limpio, por, clave, padre, canal, institucional, ahora)
    except IntegrityError:
        # The twin of this very request won the race: the unique key tells, whatever the timing.
        previo = _previo(clave, por)
        if previo is None:
            raise
        return previo


def _previo(clave: UUID, por: User) -> Envio | None:
    aporte = (
        Aporte.objects.select_related("autoria", "consulta")
        .filter(clave_idempotencia=clave)
        .first()
    )
    if aporte is None:
        return None
    if not es_autor(por, aporte):
        raise Conflicto(_("Este formulario ya fue usado por otra persona: ábralo de nuevo."))
    return Envio(aporte, codigo_de(aporte_id=aporte.pk, sal=aporte.autoria.sal), nuevo=False)


def _comprobar(
    consulta: Consulta,
    tipo: TipoAporte,
    por: User,
    institucional: bool,
    padre: Aporte | None,
    asunto: Asunto,
    ahora: datetime,
) -> None:
    if not por.is_authenticated or not por.is_active:
        raise SinPermiso(_("Ingrese con su cuenta para participar."))
    if not puede_enviar(por, consulta, tipo, ahora):
        estado = consulta.etapa.estado(ahora)
        if estado is EstadoEtapa.CERRADA:
            raise FueraDePlazo(
                _("El plazo para participar ya terminó. Su texto sigue aquí: guárdelo si quiere.")
            )
        if estado is EstadoEtapa.FUTURA:
            raise FueraDePlazo(_("Esta consulta todavía no se abre."))
        raise SinPermiso(_("Esta consulta no recibe este tipo de aportes."))
    if institucional and not puede_hablar_por_institucion(por):
        raise SinPermiso(_("Su cuenta no puede hablar en nombre de una institución."))
    if (tipo is TipoAporte.REPLICA) != (padre is not None):
        raise DatoInvalido(_("Una réplica responde a otro aporte."))
    if padre is not None:
        if padre.asunto_id != asunto.pk:
            raise DatoInvalido(_("La réplica y el aporte son de asuntos distintos."))
        if not padre.es_visible:
            raise Conflicto(_("El aporte al que responde ya no está publicado."))


def _escribir(
    asunto: Asunto,
    tipo: TipoAporte,
    contenido: Contenido,
    por: User,
    clave: UUID,
    padre: Aporte | None,
    canal: Canal,
    institucional: bool,
    ahora: datetime,
) -> Envio:
    aporte = Aporte.objects.create(
        consulta=asunto.consulta,
        asunto=asunto,
        tipo=tipo,
        padre=padre,
        raiz_id=None if padre is None else (padre.raiz_id or padre.pk),
        enviado_en=ahora,
        canal=canal,
        en_nombre_de=por.institucion if institucional else None,
        exige_respuesta=not institucional,
        tema=contenido.tema,
        region=contenido.region,
        tipo_autor=contenido.tipo_autor,
        vence_el=asunto.consulta.responder_antes_de,
        clave_idempotencia=clave,
    )
    AporteVersion.objects.create(
        aporte=aporte,
        n=1,
        titulo=contenido.titulo,
        texto=contenido.texto,
        campos=contenido.campos,
        en=ahora,
    )
    sal = nueva_sal()
    codigo = codigo_de(aporte_id=aporte.pk, sal=sal)
    aporte.autoria = Autoria.objects.create(
        aporte=aporte,
        cuenta=por,
        nombre_publico=por.nombre_publico if contenido.firma is None else contenido.firma,
        organizacion=contenido.organizacion,
        codigo_hash=huella_de_codigo(codigo),
        sal=sal,
    )
    registrar(
        verbo="enviar_aporte",
        objeto=aporte,
        por=por,
        ahora=ahora,
        despues={"tipo": tipo, "consulta": asunto.consulta.sigla, "canal": canal},
    )
    avisar(destino=f"aporte:{aporte.pk}", razon="recibo", objeto=aporte, ahora=ahora)
    _confirmar(aporte, ahora)
    buscador.proyectar([aporte])
    return Envio(aporte, codigo, nuevo=True)


def _confirmar(aporte: Aporte, ahora: datetime) -> None:
    """Give the folio: last, so that the counter's lock is held for the shortest time."""
    if not Contador.objects.filter(consulta=aporte.consulta).update(ultimo=F("ultimo") + 1):
        Contador.objects.get_or_create(consulta=aporte.consulta)
        Contador.objects.filter(consulta=aporte.consulta).update(ultimo=F("ultimo") + 1)
    aporte.n = Contador.objects.values_list("ultimo", flat=True).get(consulta=aporte.consulta)
    aporte.confirmado_en = ahora
    aporte.save(update_fields=["n", "confirmado_en"])
    contar(aporte)
