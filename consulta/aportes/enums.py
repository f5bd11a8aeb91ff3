"""What a contribution may be, and where it came from."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class TipoAporte(models.TextChoices):
    PROPUESTA = "propuesta", _("Propuesta")
    OBSERVACION = "observacion", _("Comentario al borrador")
    REPLICA = "replica", _("Réplica")
    PAPEL = "papel", _("Formulario en papel")
    MESA = "mesa", _("Mesa de trabajo")


class Canal(models.TextChoices):
    FORMULARIO = "formulario", _("Formulario en línea")
    API = "api", _("Interfaz de programación")
    OFICIO = "oficio", _("Oficio")
    MESA = "mesa", _("Mesa de trabajo")
    PAPEL = "papel", _("Papel")


class Situacion(models.TextChoices):
    VIGENTE = "vigente", _("Vigente")
    RETIRADO = "retirado", _("Retirado por su autor")
    REMOVIDO = "removido", _("Removido por moderación")


class TipoAutor(models.TextChoices):
    CIUDADANIA = "ciudadania", _("Ciudadanía")
    OSC = "osc", _("Organización de la sociedad civil")
    ACADEMIA = "academia", _("Academia")
    SECTOR_PUBLICO = "sector_publico", _("Sector público")
    CONGRESO = "congreso", _("Congreso")
    PRIVADO = "privado", _("Sector privado")


class Postura(models.TextChoices):
    """Where a contribution stands, asked only where the consultation asks for it."""

    FAVOR = "favor", _("A favor")
    NEUTRAL = "neutral", _("Neutral")
    CONTRA = "contra", _("En contra")


class Causa(models.TextChoices):
    """The public list of causes for which a moderator may remove a contribution."""

    AMENAZA = "amenaza", _("Amenaza o llama a la violencia")
    ODIO = "odio", _("Insulta o discrimina a personas o grupos")
    DATOS = "datos_personales", _("Publica datos personales de otra persona")
    PUBLICIDAD = "publicidad", _("Es publicidad o contenido automático")
    SUPLANTACION = "suplantacion", _("Se hace pasar por otra persona u organización")
    ILEGAL = "ilegal", _("Infringe la ley o derechos de autor")
    AJENO = "ajeno", _("No tiene relación alguna con la consulta")


class EstadoAncla(models.TextChoices):
    """How a quote stands in a version of the text."""

    ORIGINAL = "original", _("Como la escogió su autor")
    SEGUIDA = "seguida", _("Encontrada en la versión siguiente")
    HUERFANA = "huerfana", _("Sin lugar en esta versión")
    RESUELTA = "resuelta", _("Puesta por una persona")
    SIN_LUGAR = "sin_lugar", _("Una persona confirmó que ya no está en el texto")


class ClaseGrupo(models.TextChoices):
    """Why contributions stand together. Groups change no sum and hide nobody."""

    CAMPANA = "campana", _("Texto compartido por varias personas")
    FUSION = "fusion", _("Propuestas tratadas juntas")
    DIVISION = "division", _("Propuesta dividida")


class EstadoCampana(models.TextChoices):
    """Where a group of alike texts stands: a program proposed it, a person confirmed or undid it."""

    POR_REVISAR = "por_revisar", _("Por revisar")
    CONFIRMADA = "confirmada", _("Confirmados")
    DESHECHA = "deshecha", _("Deshechos")


class VerMiembros(models.TextChoices):
    """Which members of a campaign are looked at."""

    TODOS = "todos", _("En el grupo")
    PROPIOS = "propios", _("Con aportes propios")
    FUERA = "fuera", _("Sacados")


class EstadoReporte(models.TextChoices):
    ABIERTO = "abierto", _("Por revisar")
    ACOGIDO = "acogido", _("Acogido: el aporte se removió")
    DESESTIMADO = "desestimado", _("Desestimado: el aporte sigue publicado")


class Valor(models.TextChoices):
    """The values of open government (OGP)."""

    TRANSPARENCIA = "transparencia", _("Transparencia y acceso a la información")
    PARTICIPACION = "participacion", _("Participación ciudadana")
    RENDICION = "rendicion", _("Rendición de cuentas")
    INNOVACION = "innovacion", _("Tecnología e innovación")


CAMPOS_DE_PROPUESTA = {
    "problema": _("Problema que quiere resolver"),
    "brecha": _("Brecha de gobierno abierto"),
    "resultados_esperados": _("Resultados esperados"),
    "actores": _("Actores que deberían participar"),
    "componentes": _("Componentes o actividades"),
}
"""Fields of a proposal beside its title and its description, in the order of the form (SY07)."""

SIN_MOTIVO = "Retirado por su autor o autora"
"""What stands for the reason of whoever withdrew their words and gave none."""

EXPLICACION_DE_VALOR = {
    Valor.TRANSPARENCIA: _(
        "Que la información pública se publique, se entienda y se pueda reutilizar."
    ),
    Valor.PARTICIPACION: _("Que las personas influyan en las decisiones antes de que se tomen."),
    Valor.RENDICION: _("Que la autoridad explique lo que hizo y responda por ello."),
    Valor.INNOVACION: _("Que la tecnología facilite lo anterior, sin dejar a nadie fuera."),
}


def mascara_de_valores(valores: Iterable[str]) -> int:
    """One bit per value, in the order of `Valor`: lists are filtered and counted by it."""
    return sum(1 << i for i, valor in enumerate(Valor.values) if valor in set(valores))


def mascaras_con(valor: str) -> list[int]:
    """Every mask in which `valor` is marked."""
    bit = 1 << Valor.values.index(valor)
    return [m for m in range(1 << len(Valor.values)) if m & bit]
