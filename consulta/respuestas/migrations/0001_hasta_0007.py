"""The tables of this room as of 0007, made at once where there is nothing yet.

What it replaces also moves data, which a new site does not have.
"""

import uuid

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("respuestas", "0001_initial"),
        ("respuestas", "0002_lotes_conformidades_y_cola"),
        ("respuestas", "0003_borradores_en_su_tabla"),
        ("respuestas", "0004_respuesta_sin_borrador"),
        ("respuestas", "0005_lotes_y_planillas"),
        ("respuestas", "0006_correccion_de_redaccion"),
        ("respuestas", "0007_tandas_de_derivaciones"),
    ]

    initial = True

    dependencies = [
        ("aportes", "0011_indices_de_la_cola"),
        ("cuentas", "0004_suplencias"),
        ("foro", "0001_mandatos"),
        ("procesos", "0006_plazo_y_respondida"),
        ("seguimiento", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Lote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nombre", models.CharField(max_length=120, verbose_name="nombre")),
                ("creado_en", models.DateTimeField(verbose_name="creado")),
                (
                    "publicar_en",
                    models.DateTimeField(blank=True, null=True, verbose_name="publicar en"),
                ),
                (
                    "sellando_desde",
                    models.DateTimeField(blank=True, null=True, verbose_name="sellando desde"),
                ),
                (
                    "publicado_en",
                    models.DateTimeField(blank=True, null=True, verbose_name="publicado"),
                ),
                (
                    "consulta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lotes",
                        to="procesos.consulta",
                    ),
                ),
                (
                    "creado_por",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "institucion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lotes",
                        to="cuentas.institucion",
                        verbose_name="institución",
                    ),
                ),
                (
                    "programado_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lote de respuestas",
                "verbose_name_plural": "lotes de respuestas",
                "ordering": ["-creado_en", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Planilla",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nombre", models.CharField(max_length=200, verbose_name="nombre")),
                ("sha256", models.CharField(max_length=64)),
                ("contenido", models.BinaryField(editable=True, null=True)),
                (
                    "estado",
                    models.CharField(
                        choices=[
                            ("leyendo", "Leyendo el archivo"),
                            ("leida", "Por confirmar"),
                            ("aplicando", "Haciendo borradores"),
                            ("aplicada", "Hecha borradores"),
                            ("desechada", "Desechada"),
                            ("ilegible", "No se pudo leer"),
                        ],
                        default="leyendo",
                        max_length=10,
                        verbose_name="estado",
                    ),
                ),
                ("error", models.TextField(blank=True, verbose_name="por qué no se pudo leer")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="filas")),
                ("subida_en", models.DateTimeField(verbose_name="subida")),
                (
                    "aplicada_en",
                    models.DateTimeField(blank=True, null=True, verbose_name="aplicada"),
                ),
                (
                    "consulta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procesos.consulta",
                    ),
                ),
                (
                    "institucion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cuentas.institucion",
                    ),
                ),
                (
                    "lote",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planillas",
                        to="respuestas.lote",
                    ),
                ),
                (
                    "subida_por",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "planilla de respuestas",
                "verbose_name_plural": "planillas de respuestas",
                "ordering": ["-subida_en", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Regla",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("orden", models.PositiveSmallIntegerField(default=0, verbose_name="orden")),
                (
                    "region",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("15", "Arica y Parinacota"),
                            ("01", "Tarapacá"),
                            ("02", "Antofagasta"),
                            ("03", "Atacama"),
                            ("04", "Coquimbo"),
                            ("05", "Valparaíso"),
                            ("13", "Metropolitana de Santiago"),
                            ("06", "Libertador General Bernardo O'Higgins"),
                            ("07", "Maule"),
                            ("16", "Ñuble"),
                            ("08", "Biobío"),
                            ("09", "La Araucanía"),
                            ("14", "Los Ríos"),
                            ("10", "Los Lagos"),
                            ("11", "Aysén del General Carlos Ibáñez del Campo"),
                            ("12", "Magallanes y de la Antártica Chilena"),
                        ],
                        max_length=2,
                        verbose_name="región",
                    ),
                ),
                (
                    "tipo",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("propuesta", "Propuesta"),
                            ("observacion", "Comentario al borrador"),
                            ("replica", "Réplica"),
                            ("papel", "Formulario en papel"),
                            ("mesa", "Mesa de trabajo"),
                        ],
                        max_length=12,
                        verbose_name="tipo",
                    ),
                ),
                (
                    "tipo_autor",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ciudadania", "Ciudadanía"),
                            ("osc", "Organización de la sociedad civil"),
                            ("academia", "Academia"),
                            ("sector_publico", "Sector público"),
                            ("congreso", "Congreso"),
                            ("privado", "Sector privado"),
                        ],
                        max_length=20,
                        verbose_name="tipo de autor",
                    ),
                ),
                (
                    "palabras",
                    models.CharField(
                        blank=True,
                        help_text="El texto las dice todas, con o sin tildes.",
                        max_length=200,
                        verbose_name="palabras",
                    ),
                ),
                (
                    "desde_parrafo",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="desde el párrafo"
                    ),
                ),
                (
                    "hasta_parrafo",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="hasta el párrafo"
                    ),
                ),
                ("activa", models.BooleanField(default=True, verbose_name="activa")),
                (
                    "vale_desde",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="vale desde"
                    ),
                ),
                (
                    "consulta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reglas",
                        to="procesos.consulta",
                    ),
                ),
                (
                    "institucion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cuentas.institucion",
                        verbose_name="institución",
                    ),
                ),
                (
                    "responsable",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="responsable",
                    ),
                ),
                (
                    "tema",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="procesos.tema",
                        verbose_name="tema",
                    ),
                ),
            ],
            options={
                "verbose_name": "regla de asignación",
                "verbose_name_plural": "reglas de asignación",
                "ordering": ["consulta", "orden", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Respuesta",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("creada_en", models.DateTimeField(verbose_name="creada")),
                ("modificada_en", models.DateTimeField(verbose_name="modificada")),
                (
                    "consulta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="respuestas",
                        to="procesos.consulta",
                    ),
                ),
                (
                    "institucion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="respuestas",
                        to="cuentas.institucion",
                        verbose_name="institución",
                    ),
                ),
            ],
            options={
                "verbose_name": "respuesta",
                "ordering": ["-modificada_en"],
            },
        ),
        migrations.CreateModel(
            name="Borrador",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rama_hasta",
                    models.DateTimeField(blank=True, null=True, verbose_name="comentarios hasta"),
                ),
                ("datos", models.JSONField(blank=True, default=dict, verbose_name="datos comunes")),
                ("razon", models.TextField(blank=True, verbose_name="razón")),
                ("motivo_cambio", models.TextField(blank=True, verbose_name="motivo del cambio")),
                ("creado_en", models.DateTimeField(verbose_name="creado")),
                ("modificado_en", models.DateTimeField(verbose_name="modificado")),
                ("anotado_en", models.DateTimeField(blank=True, null=True, verbose_name="anotado")),
                (
                    "consulta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procesos.consulta",
                    ),
                ),
                (
                    "editor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "institucion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cuentas.institucion",
                    ),
                ),
                (
                    "rama",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="aportes.aporte",
                    ),
                ),
                (
                    "lote",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="borradores",
                        to="respuestas.lote",
                    ),
                ),
                (
                    "respuesta",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="borradores",
                        to="respuestas.respuesta",
                    ),
                ),
            ],
            options={
                "verbose_name": "borrador de respuesta",
                "verbose_name_plural": "borradores de respuestas",
                "ordering": ["-modificado_en", "-pk"],
                "indexes": [
                    models.Index(fields=["-modificado_en", "-id"], name="borrador_recientes"),
                    models.Index(
                        fields=["institucion", "-modificado_en", "-id"],
                        name="borrador_de_institucion",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RespuestaVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("n", models.PositiveSmallIntegerField(verbose_name="número")),
                ("razon", models.TextField(verbose_name="razón")),
                ("motivo_cambio", models.TextField(blank=True, verbose_name="motivo del cambio")),
                (
                    "solo_redaccion",
                    models.BooleanField(
                        default=False,
                        help_text="La decisión es la misma: a quien escribió el aporte "
                        "se le cuenta en una línea.",
                        verbose_name="solo cambia la redacción",
                    ),
                ),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("sellada_en", models.DateTimeField(blank=True, null=True, verbose_name="sellada")),
                (
                    "publicada_en",
                    models.DateTimeField(blank=True, null=True, verbose_name="publicada"),
                ),
                (
                    "rama_hasta",
                    models.DateTimeField(blank=True, null=True, verbose_name="comentarios hasta"),
                ),
                (
                    "rama_n",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="comentarios de la rama"
                    ),
                ),
                (
                    "sin_efecto_en",
                    models.DateTimeField(blank=True, null=True, verbose_name="sin efecto"),
                ),
                (
                    "sin_efecto_motivo",
                    models.TextField(blank=True, verbose_name="por qué quedó sin efecto"),
                ),
                (
                    "lote",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versiones",
                        to="respuestas.lote",
                    ),
                ),
                (
                    "presentada_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rama",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="aportes.aporte",
                    ),
                ),
                (
                    "respuesta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versiones",
                        to="respuestas.respuesta",
                    ),
                ),
            ],
            options={
                "verbose_name": "versión de la respuesta",
                "verbose_name_plural": "versiones de la respuesta",
                "ordering": ["respuesta", "n"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("publicada_en", None),
                            ("sellada_en__isnull", False),
                            ("sin_efecto_en", None),
                        ),
                        fields=["sellada_en"],
                        name="respuesta_presentadas",
                    ),
                    models.Index(
                        condition=models.Q(("publicada_en__isnull", False)),
                        fields=["-publicada_en", "-id"],
                        name="respuesta_publicadas",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("respuesta", "n"), name="respuestaversion_n_unico"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("razon", ""), _negated=True), name="respuesta_con_razon"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("n", 1),
                            models.Q(("motivo_cambio", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="respuesta_cambia_con_motivo",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("publicada_en", None),
                            models.Q(
                                ("sellada_en__isnull", False),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="respuesta_publicada_sellada",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sin_efecto_en", None),
                            models.Q(
                                ("publicada_en", None),
                                models.Q(("sin_efecto_motivo", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="respuesta_sin_efecto_con_motivo",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rama", None), ("rama_hasta", None), ("rama_n", None)),
                            models.Q(
                                ("rama__isnull", False),
                                ("rama_hasta__isnull", False),
                                ("rama_n__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="respuesta_a_rama_entera",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                (
                    "aporte",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="opinion",
                        serialize=False,
                        to="aportes.aporte",
                    ),
                ),
                (
                    "responde",
                    models.CharField(
                        choices=[("si", "Sí"), ("en_parte", "En parte"), ("no", "No")],
                        max_length=10,
                        verbose_name="¿le responde?",
                    ),
                ),
                ("en", models.DateTimeField(verbose_name="en")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opiniones",
                        to="respuestas.respuestaversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "opinión sobre una respuesta",
                "verbose_name_plural": "opiniones sobre respuestas",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("responde__in", ["si", "en_parte", "no"])),
                        name="opinion_valida",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Conformidad",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sentido",
                    models.CharField(
                        choices=[
                            ("conforme", "Conforme"),
                            ("con_disenso", "Conforme con disenso"),
                            ("pide_cambios", "Pide cambios"),
                        ],
                        max_length=12,
                        verbose_name="sentido",
                    ),
                ),
                ("nota", models.TextField(blank=True, verbose_name="nota pública")),
                ("sha256", models.CharField(max_length=64)),
                ("en", models.DateTimeField(verbose_name="en")),
                (
                    "mandato",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conformidades",
                        to="foro.mandato",
                    ),
                ),
                (
                    "por",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conformidades",
                        to="respuestas.respuestaversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "conformidad",
                "verbose_name_plural": "conformidades",
                "ordering": ["en", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "mandato"), name="conformidad_unica"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sentido", "conforme"),
                            models.Q(("nota", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="conformidad_con_nota",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cobertura",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "resultado",
                    models.CharField(
                        choices=[
                            ("incorporada", "Incorporada"),
                            ("parcial", "Parcialmente incorporada"),
                            ("ya_contemplada", "Ya contemplada"),
                            ("no_incorporada", "No incorporada"),
                            ("fuera_de_alcance", "Fuera de alcance"),
                            ("aclaracion", "Aclaración"),
                        ],
                        max_length=20,
                        verbose_name="resultado",
                    ),
                ),
                ("linea", models.TextField(blank=True, verbose_name="línea personal")),
                (
                    "version_leida",
                    models.PositiveSmallIntegerField(default=1, verbose_name="versión leída"),
                ),
                (
                    "huella",
                    models.CharField(
                        blank=True, db_index=True, max_length=64, verbose_name="huella del texto"
                    ),
                ),
                (
                    "aporte",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coberturas",
                        to="aportes.aporte",
                    ),
                ),
                (
                    "punto",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coberturas",
                        to="aportes.punto",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coberturas",
                        to="respuestas.respuestaversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "cobertura",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("punto", None)),
                        fields=("version", "aporte"),
                        name="cobertura_unica",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("punto__isnull", False)),
                        fields=("version", "punto"),
                        name="cobertura_de_punto_unica",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "resultado__in",
                                [
                                    "incorporada",
                                    "parcial",
                                    "ya_contemplada",
                                    "no_incorporada",
                                    "fuera_de_alcance",
                                    "aclaracion",
                                ],
                            )
                        ),
                        name="cobertura_resultado_valido",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "aporte",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="revision",
                        serialize=False,
                        to="aportes.aporte",
                    ),
                ),
                ("texto", models.TextField(null=True, verbose_name="texto")),
                ("pedida_en", models.DateTimeField(verbose_name="pedida")),
                (
                    "resuelta_en",
                    models.DateTimeField(blank=True, null=True, verbose_name="resuelta"),
                ),
                (
                    "resuelta_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisiones",
                        to="respuestas.respuestaversion",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="respuestas.respuestaversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "revisión pedida",
                "verbose_name_plural": "revisiones pedidas",
                "ordering": ["-pedida_en"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("texto", None), models.Q(("texto", ""), _negated=True), _connector="OR"
                        ),
                        name="revision_con_texto",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resuelta_en", None), ("resuelta_por", None)),
                            models.Q(
                                ("resuelta_en__isnull", False), ("resuelta_por__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="revision_resuelta_por_version",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VistaGuardada",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nombre", models.CharField(max_length=80, verbose_name="nombre")),
                ("filtros", models.CharField(blank=True, max_length=500, verbose_name="filtros")),
                ("creada_en", models.DateTimeField(verbose_name="creada")),
                (
                    "cuenta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="vistas_guardadas",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "vista guardada",
                "verbose_name_plural": "vistas guardadas",
                "ordering": ["nombre"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cuenta", "nombre"), name="vista_guardada_unica"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Cierre",
            fields=[
                (
                    "consulta",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="cierre",
                        serialize=False,
                        to="procesos.consulta",
                    ),
                ),
                ("recibidos", models.PositiveIntegerField(verbose_name="recibidos")),
                ("respondidos", models.PositiveIntegerField(verbose_name="respondidos")),
                ("retirados", models.PositiveIntegerField(verbose_name="retirados")),
                ("removidos", models.PositiveIntegerField(verbose_name="removidos")),
                ("palabras", models.TextField(blank=True, verbose_name="palabras de cierre")),
                ("en", models.DateTimeField(verbose_name="en")),
                (
                    "por",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "cierre de una consulta",
                "verbose_name_plural": "cierres de consultas",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "recibidos",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("respondidos"), "+", models.F("retirados")
                                    ),
                                    "+",
                                    models.F("removidos"),
                                ),
                            )
                        ),
                        name="cierre_cuadra",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Destino",
            fields=[
                (
                    "cobertura",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="destino",
                        serialize=False,
                        to="respuestas.cobertura",
                    ),
                ),
                ("porque_nada", models.TextField(blank=True, verbose_name="por qué nada cambia")),
                (
                    "compromiso",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="destinos",
                        to="seguimiento.compromiso",
                    ),
                ),
                (
                    "evento",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "fragmento",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="destinos",
                        to="procesos.fragmento",
                    ),
                ),
            ],
            options={
                "verbose_name": "destino",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("compromiso", None),
                                ("evento", None),
                                ("fragmento__isnull", False),
                                ("porque_nada", ""),
                            ),
                            models.Q(
                                ("compromiso__isnull", False),
                                ("evento", None),
                                ("fragmento", None),
                                ("porque_nada", ""),
                            ),
                            models.Q(
                                ("compromiso", None),
                                ("evento__isnull", False),
                                ("fragmento", None),
                                ("porque_nada", ""),
                            ),
                            models.Q(
                                ("compromiso", None),
                                ("evento", None),
                                ("fragmento", None),
                                models.Q(("porque_nada", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="destino_exactamente_uno",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FilaDeBorrador",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("datos", models.JSONField(blank=True, default=dict, verbose_name="datos")),
                (
                    "version_leida",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="versión leída"
                    ),
                ),
                (
                    "aporte",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filas_de_borrador",
                        to="aportes.aporte",
                    ),
                ),
                (
                    "borrador",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="filas",
                        to="respuestas.borrador",
                    ),
                ),
                (
                    "institucion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cuentas.institucion",
                    ),
                ),
            ],
            options={
                "verbose_name": "fila de un borrador",
                "verbose_name_plural": "filas de borradores",
                "ordering": ["borrador", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("institucion", "aporte"), name="fila_de_borrador_unica"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Nota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("texto", models.TextField(verbose_name="texto")),
                ("en", models.DateTimeField(verbose_name="en")),
                (
                    "aporte",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notas",
                        to="aportes.aporte",
                    ),
                ),
                (
                    "contesta",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contestaciones",
                        to="respuestas.nota",
                    ),
                ),
                (
                    "institucion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cuentas.institucion",
                    ),
                ),
                (
                    "para",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="preguntas",
                        to="cuentas.institucion",
                        verbose_name="pregunta a",
                    ),
                ),
                (
                    "por",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "nota interna",
                "verbose_name_plural": "notas internas",
                "ordering": ["en", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("para__isnull", False)),
                        fields=["para", "aporte"],
                        name="nota_preguntas",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("texto", ""), _negated=True), name="nota_con_texto"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FilaDePlanilla",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("n", models.PositiveIntegerField(verbose_name="fila")),
                ("folio", models.CharField(blank=True, max_length=40, verbose_name="folio")),
                ("sello", models.CharField(blank=True, max_length=200)),
                ("datos", models.JSONField(blank=True, default=dict, verbose_name="datos")),
                (
                    "estado",
                    models.CharField(
                        choices=[
                            ("aceptada", "Aceptada"),
                            ("vacia", "Sin responder"),
                            ("error", "Con un error"),
                            ("conflicto", "Cambió desde que se exportó"),
                            ("aplicada", "Hecha borrador"),
                        ],
                        max_length=10,
                        verbose_name="estado",
                    ),
                ),
                ("celda", models.CharField(blank=True, max_length=12, verbose_name="celda")),
                ("reparo", models.TextField(blank=True, verbose_name="reparo")),
                (
                    "aporte",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="aportes.aporte",
                    ),
                ),
                (
                    "planilla",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="filas",
                        to="respuestas.planilla",
                    ),
                ),
            ],
            options={
                "verbose_name": "fila de una planilla",
                "verbose_name_plural": "filas de planillas",
                "ordering": ["planilla", "n"],
                "indexes": [
                    models.Index(fields=["planilla", "estado", "n"], name="fila_de_planilla_estado")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("planilla", "n"), name="fila_de_planilla_unica")
                ],
            },
        ),
        migrations.CreateModel(
            name="Presencia",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lugar", models.CharField(max_length=60)),
                ("en", models.DateTimeField(verbose_name="en")),
                (
                    "cuenta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presencias",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "presencia",
                "verbose_name_plural": "presencias",
                "indexes": [models.Index(fields=["en"], name="presencia_en")],
                "constraints": [
                    models.UniqueConstraint(fields=("lugar", "cuenta"), name="presencia_unica")
                ],
            },
        ),
        migrations.CreateModel(
            name="Derivacion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("razon", models.TextField(blank=True, verbose_name="razón")),
                ("tanda", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "deshecha_en",
                    models.DateTimeField(blank=True, null=True, verbose_name="deshecha"),
                ),
                ("en", models.DateTimeField(verbose_name="en")),
                (
                    "a",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cuentas.institucion",
                    ),
                ),
                (
                    "aporte",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="derivaciones",
                        to="aportes.aporte",
                    ),
                ),
                (
                    "de",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cuentas.institucion",
                    ),
                ),
                (
                    "de_responsable",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "responsable",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "regla",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="respuestas.regla",
                    ),
                ),
            ],
            options={
                "verbose_name": "derivación",
                "verbose_name_plural": "derivaciones",
                "ordering": ["-en", "-pk"],
                "indexes": [models.Index(fields=["tanda"], name="derivacion_tanda")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("de", None),
                            ("de", models.F("a")),
                            models.Q(("razon", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="derivacion_con_razon",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictoDeInteres",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("motivo", models.TextField(verbose_name="motivo")),
                ("en", models.DateTimeField(verbose_name="declarado")),
                (
                    "consulta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflictos",
                        to="procesos.consulta",
                    ),
                ),
                (
                    "mandato",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflictos",
                        to="foro.mandato",
                    ),
                ),
                (
                    "respuesta",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflictos",
                        to="respuestas.respuesta",
                    ),
                ),
            ],
            options={
                "verbose_name": "conflicto de interés",
                "verbose_name_plural": "conflictos de interés",
                "ordering": ["-en"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("respuesta", None)),
                        fields=("mandato", "consulta"),
                        name="conflicto_con_consulta_unico",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("respuesta__isnull", False)),
                        fields=("mandato", "respuesta"),
                        name="conflicto_con_respuesta_unico",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("motivo", ""), _negated=True),
                        name="conflicto_con_motivo",
                    ),
                ],
            },
        ),
    ]
