"""The sixteen regions, north to south. CUT codes are two-character strings (Decreto exento 817)."""

from django.db import models


class Region(models.TextChoices):
    ARICA = "15", "Arica y Parinacota"
    TARAPACA = "01", "Tarapacá"
    ANTOFAGASTA = "02", "Antofagasta"
    ATACAMA = "03", "Atacama"
    COQUIMBO = "04", "Coquimbo"
    VALPARAISO = "05", "Valparaíso"
    METROPOLITANA = "13", "Metropolitana de Santiago"
    OHIGGINS = "06", "Libertador General Bernardo O'Higgins"
    MAULE = "07", "Maule"
    NUBLE = "16", "Ñuble"
    BIOBIO = "08", "Biobío"
    ARAUCANIA = "09", "La Araucanía"
    LOS_RIOS = "14", "Los Ríos"
    LOS_LAGOS = "10", "Los Lagos"
    AYSEN = "11", "Aysén del General Carlos Ibáñez del Campo"
    MAGALLANES = "12", "Magallanes y de la Antártica Chilena"
