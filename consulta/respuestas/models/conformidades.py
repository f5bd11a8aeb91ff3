"""Approvals by members of the forum, and the interests that bar them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comun.gatillos import Gatillo
from consulta.procesos.models import Consulta
from consulta.respuestas.enums import Sentido
from consulta.respuestas.models.respuestas import Respuesta, RespuestaVersion
from foro.enums import Sector
from foro.models import Mandato


class Conformidad(models.Model):
    """What a member decided about one sealed version. `sha256` is that of the text they had before
    them: approving one text and publishing another is impossible. `por` is the account that acted,
    which may be a substitute's."""

    version = models.ForeignKey(
        RespuestaVersion, on_delete=models.PROTECT, related_name="conformidades"
    )
    mandato = models.ForeignKey(Mandato, on_delete=models.PROTECT, related_name="conformidades")
    sentido = models.CharField(_("sentido"), max_length=12, choices=Sentido.choices)
    nota = models.TextField(_("nota pública"), blank=True)
    sha256 = models.CharField(max_length=64)
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    en = models.DateTimeField(_("en"))

    class Meta:
        verbose_name = _("conformidad")
        verbose_name_plural = _("conformidades")
        ordering = ["en", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "mandato"], name="conformidad_unica"),
            models.CheckConstraint(
                condition=Q(sentido=Sentido.CONFORME) | ~Q(nota=""), name="conformidad_con_nota"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandato_id} sobre {self.version_id}: {self.sentido}"


class ConflictoDeInteres(models.Model):
    """A member declared an interest: they do not decide on that response, or on any of the
    consultation when `respuesta` is null. Public."""

    mandato = models.ForeignKey(Mandato, on_delete=models.PROTECT, related_name="conflictos")
    consulta = models.ForeignKey(Consulta, on_delete=models.PROTECT, related_name="conflictos")
    respuesta = models.ForeignKey(
        Respuesta, on_delete=models.PROTECT, null=True, blank=True, related_name="conflictos"
    )
    motivo = models.TextField(_("motivo"))
    en = models.DateTimeField(_("declarado"))

    class Meta:
        verbose_name = _("conflicto de interés")
        verbose_name_plural = _("conflictos de interés")
        ordering = ["-en"]
        constraints = [
            models.UniqueConstraint(
                fields=["mandato", "consulta"],
                condition=Q(respuesta=None),
                name="conflicto_con_consulta_unico",
            ),
            models.UniqueConstraint(
                fields=["mandato", "respuesta"],
                condition=Q(respuesta__isnull=False),
                name="conflicto_con_respuesta_unico",
            ),
            models.CheckConstraint(condition=~Q(motivo=""), name="conflicto_con_motivo"),
        ]

    def __str__(self) -> str:
        return f"{self.mandato_id} en {self.consulta_id}"


_OTRO_TEXTO = (
    "NEW.sha256 IS DISTINCT FROM (SELECT v.sha256 FROM respuestas_respuestaversion v "
    "WHERE v.id = NEW.version_id AND v.sellada_en IS NOT NULL AND v.publicada_en IS NULL "
    "AND v.sin_efecto_en IS NULL)"
)
_OTRA_DECISION = (
    "NEW.version_id IS DISTINCT FROM OLD.version_id OR NEW.mandato_id IS DISTINCT FROM OLD.mandato_id "
    "OR NEW.sentido IS DISTINCT FROM OLD.sentido OR NEW.nota IS DISTINCT FROM OLD.nota "
    "OR NEW.sha256 IS DISTINCT FROM OLD.sha256 OR NEW.en IS DISTINCT FROM OLD.en "
    "OR (NEW.por_id IS NOT NULL AND NEW.por_id IS DISTINCT FROM OLD.por_id)"
)
_OTRO_CONFLICTO = (
    "NEW.mandato_id IS DISTINCT FROM OLD.mandato_id OR NEW.motivo IS DISTINCT FROM OLD.motivo "
    "OR NEW.consulta_id IS DISTINCT FROM OLD.consulta_id OR NEW.en IS DISTINCT FROM OLD.en "
    "OR NEW.respuesta_id IS DISTINCT FROM OLD.respuesta_id"
)
_OTRA_PERSONA = (
    "(NEW.cuenta_id IS DISTINCT FROM OLD.cuenta_id OR NEW.sector IS DISTINCT FROM OLD.sector "
    "OR NEW.organizacion_id IS DISTINCT FROM OLD.organizacion_id "
    "OR NEW.nombre IS DISTINCT FROM OLD.nombre OR NEW.desde IS DISTINCT FROM OLD.desde) "
    "AND EXISTS (SELECT 1 FROM respuestas_conformidad k WHERE k.mandato_id = OLD.id)"
)
# The sectors are few and closed: one condition each, so that the same SQL serves both databases.
_LE_FALTA_A = (
    "((SELECT CAST(c.conformidades AS text) FROM procesos_consulta c "
    "JOIN respuestas_respuesta r ON r.consulta_id = c.id WHERE r.id = NEW.respuesta_id) "
    "LIKE '%\"{sector}\"%' AND COALESCE((SELECT k.sentido FROM respuestas_conformidad k "
    "JOIN foro_mandato m ON m.id = k.mandato_id JOIN respuestas_respuesta r ON r.id = NEW.respuesta_id "
    "WHERE k.version_id = NEW.id AND k.sha256 = NEW.sha256 AND m.sector = '{sector}' "
    "AND NOT EXISTS (SELECT 1 FROM respuestas_conflictodeinteres x WHERE x.mandato_id = m.id "
    "AND x.consulta_id = r.consulta_id AND (x.respuesta_id IS NULL OR x.respuesta_id = r.id)) "
    "ORDER BY k.en DESC, k.id DESC LIMIT 1), 'nadie') NOT IN ('conforme', 'con_disenso'))"
)
_LE_FALTA = " OR ".join(_LE_FALTA_A.format(sector=sector.value) for sector in Sector)
_ESPERAN = (
    "NEW.conformidades IS DISTINCT FROM OLD.conformidades AND EXISTS (SELECT 1 "
    "FROM respuestas_respuestaversion v JOIN respuestas_respuesta r ON r.id = v.respuesta_id "
    "WHERE r.consulta_id = OLD.id AND v.sellada_en IS NOT NULL AND v.publicada_en IS NULL "
    "AND v.sin_efecto_en IS NULL)"
)
_SIN_CONFORMIDAD = "A esta respuesta le falta una conformidad que pide la consulta"
GATILLOS = [
    Gatillo(
        "conformidad_i", "respuestas_conformidad", "INSERT", _OTRO_TEXTO,
        "Solo se da conformidad al texto sellado que aún no se publica",
    ),
    Gatillo(
        "conformidad_u", "respuestas_conformidad", "UPDATE", _OTRA_DECISION,
        "Lo que alguien decidió no se modifica",
    ),
    Gatillo(
        "conformidad_d", "respuestas_conformidad", "DELETE", "1 = 1",
        "Lo que alguien decidió no se borra",
    ),
    Gatillo(
        "conflicto_u", "respuestas_conflictodeinteres", "UPDATE", _OTRO_CONFLICTO,
        "Un conflicto de interés declarado no se modifica",
    ),
    Gatillo(
        "conflicto_d", "respuestas_conflictodeinteres", "DELETE", "1 = 1",
        "Un conflicto de interés declarado no se borra",
    ),
    Gatillo(
        "mandato_u", "foro_mandato", "UPDATE", _OTRA_PERSONA,
        "Quien ya decidió sigue siendo quien decidió: termine el mandato y nombre otro",
    ),
    Gatillo(
        "version_conforme_u", "respuestas_respuestaversion", "UPDATE",
        f"OLD.publicada_en IS NULL AND NEW.publicada_en IS NOT NULL AND ({_LE_FALTA})",
        _SIN_CONFORMIDAD,
    ),
    Gatillo(
        "version_conforme_i", "respuestas_respuestaversion", "INSERT",
        f"NEW.publicada_en IS NOT NULL AND ({_LE_FALTA})",
        _SIN_CONFORMIDAD,
    ),
    Gatillo(
        "consulta_conforme_u", "procesos_consulta", "UPDATE", _ESPERAN,
        "Mientras haya respuestas selladas que esperan, no cambia quién les da conformidad",
    ),
]  # fmt: skip
