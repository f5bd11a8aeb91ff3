"""A consultation becomes «respondida»: only when nothing that stands lacks an answer (INV-01)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comun import buscador
from comun.auditoria import registrar
from comun.errores import Conflicto, DatoInvalido, SinPermiso
from comun.fechas import dia_de
from comun.textos import limpiar
from consulta.aportes.models import Aporte
from consulta.procesos.models import Consulta, Etapa
from consulta.respuestas.cierre import Falta, faltas_para_cerrar
from consulta.respuestas.correos.cierre import avisar_cierre
from consulta.respuestas.models import Cierre
from consulta.respuestas.permissions import puede_cerrar
from cuentas.models import User

LARGO_PALABRAS = 5_000


class FaltaResponder(Conflicto):
    """What is missing is in `faltas`, each with its rows."""

    def __init__(self, faltas: list[Falta]) -> None:
        self.faltas = faltas
        super().__init__(
            _("La consulta no puede cerrarse como respondida. %(faltas)s")
            % {"faltas": " ".join(f"{falta.frase}." for falta in faltas).replace("..", ".")}
        )


@transaction.atomic
def cerrar_consulta(
    *, consulta: Consulta, por: User, palabras: str = "", ahora: datetime | None = None
) -> Cierre:
    """Freeze its balance and tell, once, whoever took part. It is never undone.

    Its rows are locked, so that none is restored, reviewed, sealed or withdrawn meanwhile: what comes
    after the closing shows as a difference from it. `palabras` are public.

    Raises SinPermiso, DatoInvalido (`palabras`), Conflicto (historical, not announced, closed before)
    or FaltaResponder.
    """
    ahora = ahora or timezone.now()
    if not puede_cerrar(por):
        raise SinPermiso(_("Solo la secretaría técnica cierra una consulta."))
    texto = limpiar(palabras)
    if len(texto) > LARGO_PALABRAS:
        raise DatoInvalido(
            _("Las palabras de cierre admiten %(m)s caracteres.") % {"m": LARGO_PALABRAS},
            campo="palabras",
        )
    consulta = Consulta.objects.select_for_update(no_key=True).get(pk=consulta.pk)
    consulta.etapa = Etapa.objects.select_for_update(no_key=True).get(pk=consulta.etapa_id)
    if consulta.etapa.proceso.es_historico:
        raise Conflicto(_("Un proceso histórico es de solo lectura."))
    if not consulta.publicada:
        raise Conflicto(_("La consulta todavía no se anuncia."))
    if consulta.respondida_en is not None:
        raise Conflicto(_("Esta consulta ya se cerró como respondida."))
    filas = Aporte.objects.de_consulta(consulta)
    list(filas.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    if faltas := faltas_para_cerrar(consulta, ahora):
        raise FaltaResponder(faltas)
    balance = filas.balance(dia_de(ahora))
    cierre = Cierre.objects.create(
        consulta=consulta,
        recibidos=balance.recibidos,
        respondidos=balance.respondidos,
        retirados=balance.retirados,
        removidos=balance.removidos,
        palabras=texto,
        por=por,
        en=ahora,
    )
    consulta.respondida_en = ahora
    consulta.save(update_fields=["respondida_en"])
    registrar(
        verbo="cerrar_consulta",
        objeto=consulta,
        por=por,
        ahora=ahora,
        despues={
            "recibidos": balance.recibidos,
            "respondidos": balance.respondidos,
            "retirados": balance.retirados,
            "removidos": balance.removidos,
            "palabras": texto,
        },
    )
    buscador.proyectar([consulta])
    avisar_cierre.enqueue(consulta.pk)
    return cierre
