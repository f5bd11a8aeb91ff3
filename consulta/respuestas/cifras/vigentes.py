"""The answer each contribution has now, and whether its words were told to somebody else as well.

Of each answered contribution the latest published coverage counts, and its whole text: reason and
personal line, as bare words (`Cobertura.huella`). It is

- `identico` when a *different* response tells the same words to another contribution;
- `comun` when only its own response does: one answer given openly to many, without a personal line
  that tells them apart;
- `propio` when nobody else was told those words.

All published answers are compared, whatever the consultation.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Texto(models.TextChoices):
    """How much an answer says to one contribution alone."""

    IDENTICO = "identico", _("Texto idéntico en otra respuesta")
    COMUN = "comun", _("Respuesta conjunta, sin línea personal")
    PROPIO = "propio", _("Texto propio")


VIGENTES = """
SELECT u.aporte_id, u.resultado, u.primera_en, u.vencia_el,
  CASE
    WHEN u.huella = '' THEN 'propio'
    WHEN MIN(u.respuesta_id) OVER h <> MAX(u.respuesta_id) OVER h THEN 'identico'
    WHEN COUNT(*) OVER h > 1 THEN 'comun'
    ELSE 'propio'
  END AS texto
FROM (
  SELECT c.aporte_id, c.resultado, c.huella, v.respuesta_id,
    CASE WHEN p.aporte_id IS NULL THEN a.vence_el ELSE p.vencia_el END AS vencia_el,
    MIN(v.publicada_en) OVER (PARTITION BY c.aporte_id) AS primera_en,
    ROW_NUMBER() OVER (
      PARTITION BY c.aporte_id ORDER BY v.publicada_en DESC, v.id DESC
    ) AS lugar
  FROM respuestas_cobertura c
  JOIN respuestas_respuestaversion v ON v.id = c.version_id
  JOIN aportes_aporte a ON a.id = c.aporte_id
  LEFT JOIN respuestas_revision p ON p.aporte_id = c.aporte_id
  WHERE v.publicada_en IS NOT NULL AND c.punto_id IS NULL
    AND a.situacion = 'vigente' AND a.respondido_en IS NOT NULL
) u
WHERE u.lugar = 1
WINDOW h AS (PARTITION BY u.huella)
"""
"""aporte_id, resultado, primera_en (when it was first answered; a correction does not move it), vencia_el
(the day that one was due, whatever a review gave the row since), texto."""
