"""What processes, stages and fragments may be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Regimen(models.TextChoices):
    """Which rules bind a process. The historical ones are read-only, gaps and all."""

    HISTORICO = "historico", _("Histórico")
    VIGENTE = "vigente", _("Vigente")
    DEMOSTRACION = "demostracion", _("Demostración")


class Verbo(models.TextChoices):
    """What a participant may do where a stage is open."""

    PROPONER = "proponer", _("enviar propuestas")
    OBSERVAR = "observar", _("comentar el borrador")
    REPLICAR = "replicar", _("responder a otras personas")
    APOYAR = "apoyar", _("apoyar lo que otras personas dicen")


class TipoEtapa(models.TextChoices):
    """Kind of stage. What each allows is data on the kind: see `PERMITE`."""

    SENSIBILIZACION = "sensibilizacion", _("Sensibilización")
    RECEPCION = "recepcion", _("Recepción de propuestas")
    FILTRO = "filtro", _("Criterios y filtro")
    PRIORIZACION = "priorizacion", _("Mesas de priorización")
    MESA_TECNICA = "mesa_tecnica", _("Mesas técnicas")
    SELECCION = "seleccion", _("Selección")
    CONSULTA_BORRADOR = "consulta_borrador", _("Consulta del borrador")
    PUBLICACION = "publicacion", _("Publicación")

    @property
    def permite(self) -> frozenset[Verbo]:
        """What participants may do while a stage of this kind is open."""
        return PERMITE.get(self, frozenset())


PERMITE: dict[TipoEtapa, frozenset[Verbo]] = {
    TipoEtapa.RECEPCION: frozenset({Verbo.PROPONER, Verbo.REPLICAR, Verbo.APOYAR}),
    TipoEtapa.CONSULTA_BORRADOR: frozenset({Verbo.OBSERVAR, Verbo.REPLICAR, Verbo.APOYAR}),
}


class EstadoEtapa(models.TextChoices):
    """Where a stage is at an instant."""

    FUTURA = "futura", _("Por comenzar")
    ABIERTA = "actual", _("En curso")
    CERRADA = "pasada", _("Terminada")
    SIN_FECHA = "sin_fecha", _("Sin fecha en la fuente")


class TipoFragmento(models.TextChoices):
    TITULO = "titulo", _("Título")
    PARRAFO = "parrafo", _("Párrafo")
    LISTA = "lista", _("Lista")
    TABLA = "tabla", _("Tabla")
    COMPROMISO = "compromiso", _("Ficha de compromiso")


class TipoCorrespondencia(models.TextChoices):
    """What happened to a fragment from one version to the next."""

    IGUAL = "igual", _("Igual")
    CAMBIA = "cambia", _("Cambia")
    DIVIDE = "divide", _("Se divide")
    UNE = "une", _("Se une con otros")
    MUEVE = "mueve", _("Cambia de lugar")


class Regla(models.TextChoices):
    """Rules of the calendar that a person may set aside, saying why in public."""

    ANTICIPACION = "anticipacion", _("Anunciar con 14 días de anticipación")


class PlazoDesde(models.TextChoices):
    """From which day the business days to answer are counted; that day itself does not count."""

    RECEPCION = "recepcion", _("que se recibe cada aporte")
    CIERRE = "cierre", _("que cierra la etapa")
