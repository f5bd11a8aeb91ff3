"""The tables of this room as of 0011, made at once where there is nothing yet.

What it replaces also moves data, which a new site does not have.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import comun.almacen


class Migration(migrations.Migration):
    replaces = [
        ("aportes", "0001_initial"),
        ("aportes", "0002_hilos_y_orden"),
        ("aportes", "0003_recuentos"),
        ("aportes", "0004_propuestas"),
        ("aportes", "0005_palabras_y_valores"),
        ("aportes", "0006_moderacion"),
        ("aportes", "0007_correos_de_invitados"),
        ("aportes", "0008_hilos_por_indice"),
        ("aportes", "0009_mismo_envio"),
        ("aportes", "0010_cuentas_de_campana"),
        ("aportes", "0011_indices_de_la_cola"),
    ]

    initial = True

    dependencies = [
        ("cuentas", "0004_suplencias"),
        ("procesos", "0006_plazo_y_respondida"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Aporte",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tipo",
                    models.CharField(
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
                    "n",
                    models.PositiveIntegerField(
                        blank=True, editable=False, null=True, verbose_name="número"
                    ),
                ),
                (
                    "version",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, verbose_name="versión vigente"
                    ),
                ),
                ("enviado_en", models.DateTimeField(verbose_name="enviado")),
                (
                    "confirmado_en",
                    models.DateTimeField(blank=True, null=True, verbose_name="confirmado"),
                ),
                (
                    "canal",
                    models.CharField(
                        choices=[
                            ("formulario", "Formulario en línea"),
                            ("api", "Interfaz de programación"),
                            ("oficio", "Oficio"),
                            ("mesa", "Mesa de trabajo"),
                            ("papel", "Papel"),
                        ],
                        default="formulario",
                        max_length=12,
                        verbose_name="canal",
                    ),
                ),
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
                    "valores",
                    models.PositiveSmallIntegerField(
                        default=0,
                        editable=False,
                        help_text="Los de su versión vigente, un bit cada uno.",
                        verbose_name="valores de gobierno abierto",
                    ),
                ),
                (
                    "referencia",
                    models.CharField(blank=True, max_length=80, verbose_name="número de oficio"),
                ),
                (
                    "postura",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("favor", "A favor"),
                            ("neutral", "Neutral"),
                            ("contra", "En contra"),
                        ],
                        max_length=8,
                        verbose_name="postura",
                    ),
                ),
                (
                    "exige_respuesta",
                    models.BooleanField(default=True, verbose_name="exige respuesta"),
                ),
                ("vence_el", models.DateField(blank=True, null=True, verbose_name="vence el")),
                (
                    "situacion",
                    models.CharField(
                        choices=[
                            ("vigente", "Vigente"),
                            ("retirado", "Retirado por su autor"),
                            ("removido", "Removido por moderación"),
                        ],
                        default="vigente",
                        max_length=10,
                        verbose_name="situación",
                    ),
                ),
                (
                    "causa",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("amenaza", "Amenaza o llama a la violencia"),
                            ("odio", "Insulta o discrimina a personas o grupos"),
                            ("datos_personales", "Publica datos personales de otra persona"),
                            ("publicidad", "Es publicidad o contenido automático"),
                            ("suplantacion", "Se hace pasar por otra persona u organización"),
                            ("ilegal", "Infringe la ley o derechos de autor"),
                            ("ajeno", "No tiene relación alguna con la consulta"),
                        ],
                        max_length=20,
                        verbose_name="causa de la remoción",
                    ),
                ),
                ("motivo", models.TextField(blank=True, verbose_name="motivo")),
                (
                    "quitado_en",
                    models.DateTimeField(blank=True, null=True, verbose_name="retirado o removido"),
                ),
                (
                    "repuesto_en",
                    models.DateTimeField(blank=True, null=True, verbose_name="repuesto"),
                ),
                ("repuesto_razon", models.TextField(blank=True, verbose_name="por qué se repuso")),
                (
                    "revisado_en",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="revisado por moderación"
                    ),
                ),
                (
                    "apoyos",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="apoyos"),
                ),
                (
                    "replicas_n",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="réplicas"),
                ),
                (
                    "respondido_en",
                    models.DateTimeField(blank=True, null=True, verbose_name="respondido"),
                ),
                (
                    "clave_idempotencia",
                    models.UUIDField(unique=True, verbose_name="clave de envío"),
                ),
                (
                    "asunto",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aportes",
                        to="procesos.asunto",
                    ),
                ),
                (
                    "consulta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aportes",
                        to="procesos.consulta",
                    ),
                ),
                (
                    "en_nombre_de",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voces",
                        to="cuentas.institucion",
                        verbose_name="voz institucional",
                    ),
                ),
                (
                    "ingresado_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ingresado por",
                    ),
                ),
                (
                    "institucion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aportes_a_cargo",
                        to="cuentas.institucion",
                        verbose_name="institución que responde",
                    ),
                ),
                (
                    "organizacion",
                    models.ForeignKey(
                        blank=True,
                        help_text="La que participa por medio de su representante verificado.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aportes",
                        to="cuentas.institucion",
                        verbose_name="organización por la que habla",
                    ),
                ),
                (
                    "padre",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replicas",
                        to="aportes.aporte",
                    ),
                ),
                (
                    "raiz",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hilo",
                        to="aportes.aporte",
                    ),
                ),
                (
                    "removido_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="removido por",
                    ),
                ),
                (
                    "responsable",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="aportes_a_cargo",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="responsable",
                    ),
                ),
                (
                    "tema",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="procesos.tema",
                        verbose_name="tema",
                    ),
                ),
            ],
            options={
                "verbose_name": "aporte",
                "ordering": ["-enviado_en", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("confirmado_en__isnull", False), ("raiz", None)),
                        fields=["asunto", "-enviado_en", "-id"],
                        name="aporte_raices",
                    ),
                    models.Index(
                        condition=models.Q(("confirmado_en__isnull", False), ("raiz", None)),
                        fields=["asunto", "-apoyos", "-enviado_en", "-id"],
                        name="aporte_raices_apoyadas",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("confirmado_en__isnull", False),
                            ("exige_respuesta", True),
                            ("raiz", None),
                            ("respondido_en", None),
                            ("situacion", "vigente"),
                        ),
                        fields=["asunto", "enviado_en", "id"],
                        name="aporte_raices_pendientes",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("confirmado_en__isnull", False),
                            ("raiz", None),
                            models.Q(("postura", ""), _negated=True),
                        ),
                        fields=["asunto", "postura", "-enviado_en", "-id"],
                        name="aporte_raices_postura",
                    ),
                    models.Index(
                        condition=models.Q(("confirmado_en__isnull", False)),
                        fields=["raiz", "enviado_en", "id"],
                        name="aporte_hilo",
                    ),
                    models.Index(
                        condition=models.Q(("confirmado_en__isnull", False)),
                        fields=["asunto", "enviado_en", "id"],
                        name="aporte_novedades",
                    ),
                    models.Index(
                        fields=["consulta", "tipo", "-apoyos", "-enviado_en", "-id"],
                        name="aporte_lista_apoyada",
                    ),
                    models.Index(
                        condition=models.Q(("confirmado_en", None)),
                        fields=["enviado_en"],
                        name="aporte_sin_confirmar",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("confirmado_en__isnull", False),
                            ("revisado_en", None),
                            ("situacion", "vigente"),
                        ),
                        fields=["-id"],
                        name="aporte_sin_revisar",
                    ),
                    models.Index(
                        condition=models.Q(("situacion", "removido")),
                        fields=["causa"],
                        name="aporte_removidos",
                    ),
                    models.Index(
                        fields=["consulta", "tipo", "-enviado_en", "-id"], name="aporte_lista"
                    ),
                    models.Index(
                        condition=models.Q(
                            ("exige_respuesta", True),
                            ("respondido_en", None),
                            ("situacion", "vigente"),
                        ),
                        fields=["consulta", "vence_el"],
                        name="aporte_pendientes",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("exige_respuesta", True),
                            ("respondido_en", None),
                            ("situacion", "vigente"),
                        ),
                        fields=["institucion", "vence_el", "enviado_en", "id"],
                        name="aporte_cola_institucion",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("exige_respuesta", True),
                            ("respondido_en", None),
                            ("situacion", "vigente"),
                        ),
                        fields=["vence_el", "enviado_en", "id"],
                        name="aporte_cola",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("consulta", "n"), name="aporte_folio_unico"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("situacion", "vigente"),
                            models.Q(("motivo", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="aporte_no_vigente_con_motivo",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmado_en", None), ("n", None)),
                            models.Q(("confirmado_en__isnull", False), ("n__isnull", False)),
                            _connector="OR",
                        ),
                        name="aporte_confirmado_con_folio",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("padre", None), ("raiz", None)),
                            models.Q(("padre__isnull", False), ("raiz__isnull", False)),
                            _connector="OR",
                        ),
                        name="aporte_replica_con_raiz_y_padre",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("en_nombre_de", None), ("exige_respuesta", False), _connector="OR"
                        ),
                        name="aporte_voz_oficial_no_exige",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("en_nombre_de", None), ("organizacion", None), _connector="OR"
                        ),
                        name="aporte_una_sola_voz",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("situacion", "vigente"), ("tipo", "observacion")),
                        fields=("asunto", "organizacion"),
                        name="aporte_organizacion_una_vez",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contador",
            fields=[
                (
                    "consulta",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="procesos.consulta",
                    ),
                ),
                ("ultimo", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "contador de folios",
                "verbose_name_plural": "contadores de folios",
            },
        ),
        migrations.CreateModel(
            name="Recuento",
            fields=[
                (
                    "asunto",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="recuento",
                        serialize=False,
                        to="procesos.asunto",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0, verbose_name="aportes")),
                ("raices", models.PositiveIntegerField(default=0, verbose_name="hilos")),
                (
                    "ultimo_en",
                    models.DateTimeField(blank=True, null=True, verbose_name="último aporte"),
                ),
                ("favor", models.PositiveIntegerField(default=0, verbose_name="a favor")),
                ("neutral", models.PositiveIntegerField(default=0, verbose_name="neutrales")),
                ("contra", models.PositiveIntegerField(default=0, verbose_name="en contra")),
            ],
            options={
                "verbose_name": "recuento de un asunto",
                "verbose_name_plural": "recuentos de asuntos",
            },
        ),
        migrations.CreateModel(
            name="Huella",
            fields=[
                (
                    "aporte",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="huella",
                        serialize=False,
                        to="aportes.aporte",
                    ),
                ),
                (
                    "exacta",
                    models.CharField(db_index=True, max_length=64, verbose_name="huella exacta"),
                ),
                ("minhash", models.BinaryField(max_length=512, verbose_name="minhash")),
            ],
            options={
                "verbose_name": "huella de un texto",
                "verbose_name_plural": "huellas de textos",
            },
        ),
        migrations.CreateModel(
            name="Apelacion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("texto", models.TextField(verbose_name="por qué debería volver")),
                ("en", models.DateTimeField(verbose_name="apelado")),
                ("acogida", models.BooleanField(blank=True, null=True, verbose_name="acogida")),
                ("razon", models.TextField(blank=True, verbose_name="razón de la decisión")),
                (
                    "resuelta_en",
                    models.DateTimeField(blank=True, null=True, verbose_name="resuelta"),
                ),
                (
                    "removido_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "resuelta_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "aporte",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apelaciones",
                        to="aportes.aporte",
                    ),
                ),
            ],
            options={
                "verbose_name": "apelación",
                "verbose_name_plural": "apelaciones",
                "ordering": ["en", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("acogida", None)),
                        fields=("aporte",),
                        name="apelacion_una_pendiente",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("acogida", None),
                            models.Q(("razon", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="apelacion_resuelta_con_razon",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ancla",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "inicio",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="posición"),
                ),
                ("cita", models.TextField(verbose_name="cita")),
                (
                    "prefijo",
                    models.CharField(blank=True, max_length=64, verbose_name="texto anterior"),
                ),
                (
                    "sufijo",
                    models.CharField(blank=True, max_length=64, verbose_name="texto posterior"),
                ),
                (
                    "estado",
                    models.CharField(
                        choices=[
                            ("original", "Como la escogió su autor"),
                            ("seguida", "Encontrada en la versión siguiente"),
                            ("huerfana", "Sin lugar en esta versión"),
                            ("resuelta", "Puesta por una persona"),
                            ("sin_lugar", "Una persona confirmó que ya no está en el texto"),
                        ],
                        default="original",
                        max_length=10,
                        verbose_name="estado",
                    ),
                ),
                (
                    "seguridad",
                    models.PositiveSmallIntegerField(default=100, verbose_name="seguridad"),
                ),
                ("en", models.DateTimeField(verbose_name="en")),
                (
                    "fragmento",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="anclas",
                        to="procesos.fragmento",
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
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="anclas",
                        to="procesos.versionborrador",
                    ),
                ),
                (
                    "aporte",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="anclas",
                        to="aportes.aporte",
                    ),
                ),
            ],
            options={
                "verbose_name": "cita",
                "indexes": [
                    models.Index(
                        condition=models.Q(("estado", "huerfana")),
                        fields=["version"],
                        name="ancla_huerfanas",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("aporte", "version"), name="ancla_una_por_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fragmento", None), ("inicio", None)),
                            models.Q(("fragmento__isnull", False), ("inicio__isnull", False)),
                            _connector="OR",
                        ),
                        name="ancla_con_lugar_o_huerfana",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cita", ""), _negated=True), name="ancla_con_cita"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adjunto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "archivo",
                    models.FileField(
                        max_length=200,
                        storage=comun.almacen.almacen_privado,
                        upload_to="adjuntos/%Y/%m/",
                        verbose_name="archivo",
                    ),
                ),
                ("nombre", models.CharField(max_length=160, verbose_name="nombre")),
                ("tipo_mime", models.CharField(max_length=100, verbose_name="tipo")),
                ("bytes", models.PositiveIntegerField(verbose_name="tamaño en bytes")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "descripcion",
                    models.CharField(blank=True, max_length=200, verbose_name="descripción"),
                ),
                (
                    "desde",
                    models.PositiveSmallIntegerField(default=1, verbose_name="desde la versión"),
                ),
                (
                    "hasta",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="hasta la versión"
                    ),
                ),
                (
                    "aporte",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjuntos",
                        to="aportes.aporte",
                    ),
                ),
            ],
            options={
                "verbose_name": "archivo adjunto",
                "verbose_name_plural": "archivos adjuntos",
                "ordering": ["aporte", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AporteVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("n", models.PositiveSmallIntegerField(verbose_name="número")),
                (
                    "titulo",
                    models.CharField(blank=True, max_length=200, null=True, verbose_name="título"),
                ),
                ("texto", models.TextField(blank=True, null=True, verbose_name="texto")),
                ("campos", models.JSONField(blank=True, null=True, verbose_name="campos")),
                ("en", models.DateTimeField(verbose_name="en")),
                (
                    "aporte",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versiones",
                        to="aportes.aporte",
                    ),
                ),
            ],
            options={
                "verbose_name": "versión del aporte",
                "verbose_name_plural": "versiones del aporte",
                "ordering": ["aporte", "n"],
                "constraints": [
                    models.UniqueConstraint(fields=("aporte", "n"), name="aporteversion_n_unico")
                ],
            },
        ),
        migrations.CreateModel(
            name="Apoyo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("en", models.DateTimeField(verbose_name="en")),
                (
                    "aporte",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quienes_apoyan",
                        to="aportes.aporte",
                    ),
                ),
                (
                    "cuenta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="apoyos",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "apoyo",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cuenta", "aporte"), name="apoyo_uno_por_persona"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Banda",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("banda", models.PositiveSmallIntegerField()),
                ("valor", models.BigIntegerField()),
                (
                    "aporte",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bandas",
                        to="aportes.aporte",
                    ),
                ),
                (
                    "consulta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="procesos.consulta",
                    ),
                ),
            ],
            options={
                "verbose_name": "banda de una huella",
                "verbose_name_plural": "bandas de huellas",
                "indexes": [
                    models.Index(fields=["consulta", "banda", "valor"], name="banda_buscar")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("aporte", "banda"), name="banda_una_por_aporte")
                ],
            },
        ),
        migrations.CreateModel(
            name="Bloqueo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("desde", models.DateTimeField(verbose_name="desde")),
                ("hasta", models.DateTimeField(blank=True, null=True, verbose_name="hasta")),
                ("motivo", models.TextField(verbose_name="motivo")),
                (
                    "levantado_en",
                    models.DateTimeField(blank=True, null=True, verbose_name="levantado"),
                ),
                (
                    "cuenta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bloqueos",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "levantado_por",
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
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bloqueo",
                "ordering": ["-desde"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("motivo", ""), _negated=True), name="bloqueo_con_motivo"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("levantado_en", None)),
                        fields=("cuenta",),
                        name="bloqueo_uno_vigente",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BorradorDeAporte",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "lugar",
                    models.CharField(max_length=200, verbose_name="dirección del formulario"),
                ),
                ("campos", models.JSONField(default=dict, verbose_name="campos")),
                ("guardado_en", models.DateTimeField(verbose_name="guardado")),
                (
                    "cuenta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="borradores",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "borrador de un aporte",
                "verbose_name_plural": "borradores de aportes",
                "indexes": [models.Index(fields=["guardado_en"], name="borrador_por_fecha")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cuenta", "lugar"), name="borrador_uno_por_lugar"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Grupo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "clase",
                    models.CharField(
                        choices=[
                            ("campana", "Texto compartido por varias personas"),
                            ("fusion", "Propuestas tratadas juntas"),
                            ("division", "Propuesta dividida"),
                        ],
                        max_length=10,
                        verbose_name="clase",
                    ),
                ),
                ("titulo", models.CharField(max_length=200, verbose_name="título")),
                ("texto", models.TextField(blank=True, verbose_name="texto")),
                ("motivo", models.TextField(blank=True, verbose_name="motivo")),
                ("creado_en", models.DateTimeField(verbose_name="creado")),
                (
                    "confirmado_en",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="confirmado por una persona"
                    ),
                ),
                (
                    "deshecho_en",
                    models.DateTimeField(blank=True, null=True, verbose_name="deshecho"),
                ),
                (
                    "motivo_deshecho",
                    models.TextField(blank=True, verbose_name="por qué se deshizo"),
                ),
                ("envios", models.PositiveIntegerField(default=0, verbose_name="envíos en pie")),
                (
                    "personas",
                    models.PositiveIntegerField(default=0, verbose_name="personas en pie"),
                ),
                (
                    "propios",
                    models.PositiveIntegerField(default=0, verbose_name="con aportes propios"),
                ),
                (
                    "por_contar",
                    models.BooleanField(default=True, verbose_name="las cuentas cambiaron"),
                ),
                (
                    "confirmado_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "consulta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grupos",
                        to="procesos.consulta",
                    ),
                ),
                (
                    "creado_por",
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
                "verbose_name": "grupo de aportes",
                "verbose_name_plural": "grupos de aportes",
                "ordering": ["-creado_en", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("por_contar", True)),
                        fields=["id"],
                        name="grupo_por_contar",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Palabra",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("raiz", models.CharField(max_length=32, verbose_name="raíz")),
                ("peso", models.PositiveSmallIntegerField()),
                (
                    "aporte",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="palabras",
                        to="aportes.aporte",
                    ),
                ),
                (
                    "consulta",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="procesos.consulta",
                    ),
                ),
            ],
            options={
                "verbose_name": "palabra de una propuesta",
                "verbose_name_plural": "palabras de propuestas",
                "indexes": [
                    models.Index(
                        fields=["consulta", "raiz", "aporte", "peso"], name="palabra_buscar"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pertenece",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "con_aporte_propio",
                    models.BooleanField(default=False, verbose_name="con aportes propios"),
                ),
                (
                    "parecido",
                    models.PositiveSmallIntegerField(default=100, verbose_name="parecido, en %"),
                ),
                (
                    "fuera_en",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="sacado por una persona"
                    ),
                ),
                (
                    "aporte",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pertenencias",
                        to="aportes.aporte",
                    ),
                ),
                (
                    "grupo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="miembros",
                        to="aportes.grupo",
                    ),
                ),
            ],
            options={
                "verbose_name": "pertenencia a un grupo",
                "verbose_name_plural": "pertenencias a grupos",
                "indexes": [
                    models.Index(
                        condition=models.Q(("fuera_en", None)),
                        fields=["grupo", "con_aporte_propio", "aporte"],
                        name="pertenece_en_pie",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("grupo", "aporte"), name="pertenece_una_vez")
                ],
            },
        ),
        migrations.CreateModel(
            name="Punto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("n", models.PositiveSmallIntegerField(verbose_name="número")),
                ("titulo", models.CharField(blank=True, max_length=200, verbose_name="título")),
                ("texto", models.TextField(verbose_name="texto")),
                (
                    "aporte",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="puntos",
                        to="aportes.aporte",
                    ),
                ),
            ],
            options={
                "verbose_name": "punto de un aporte",
                "verbose_name_plural": "puntos de un aporte",
                "ordering": ["aporte", "n"],
                "constraints": [
                    models.UniqueConstraint(fields=("aporte", "n"), name="punto_n_unico")
                ],
            },
        ),
        migrations.CreateModel(
            name="Reporte",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "causa",
                    models.CharField(
                        choices=[
                            ("amenaza", "Amenaza o llama a la violencia"),
                            ("odio", "Insulta o discrimina a personas o grupos"),
                            ("datos_personales", "Publica datos personales de otra persona"),
                            ("publicidad", "Es publicidad o contenido automático"),
                            ("suplantacion", "Se hace pasar por otra persona u organización"),
                            ("ilegal", "Infringe la ley o derechos de autor"),
                            ("ajeno", "No tiene relación alguna con la consulta"),
                        ],
                        max_length=20,
                        verbose_name="causa",
                    ),
                ),
                ("texto", models.TextField(blank=True, verbose_name="explicación")),
                ("en", models.DateTimeField(verbose_name="reportado")),
                (
                    "estado",
                    models.CharField(
                        choices=[
                            ("abierto", "Por revisar"),
                            ("acogido", "Acogido: el aporte se removió"),
                            ("desestimado", "Desestimado: el aporte sigue publicado"),
                        ],
                        default="abierto",
                        max_length=12,
                        verbose_name="estado",
                    ),
                ),
                (
                    "resuelto_en",
                    models.DateTimeField(blank=True, null=True, verbose_name="resuelto"),
                ),
                ("nota", models.TextField(blank=True, verbose_name="nota de moderación")),
                (
                    "aporte",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reportes",
                        to="aportes.aporte",
                    ),
                ),
                (
                    "cuenta",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "resuelto_por",
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
                "verbose_name": "reporte",
                "ordering": ["en", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("estado", "abierto")),
                        fields=["en"],
                        name="reporte_abiertos",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("aporte", "cuenta"), name="reporte_uno_por_persona"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Seguimiento",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("en", models.DateTimeField(verbose_name="en")),
                (
                    "asunto",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seguidores",
                        to="procesos.asunto",
                    ),
                ),
                (
                    "cuenta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seguimientos",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "raiz",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seguidores",
                        to="aportes.aporte",
                    ),
                ),
            ],
            options={
                "verbose_name": "seguimiento de un hilo",
                "verbose_name_plural": "seguimientos de hilos",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("raiz", None)),
                        fields=("cuenta", "asunto"),
                        name="seguimiento_de_asunto_unico",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("raiz__isnull", False)),
                        fields=("cuenta", "raiz"),
                        name="seguimiento_de_hilo_unico",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subida",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "archivo",
                    models.FileField(
                        max_length=200,
                        storage=comun.almacen.almacen_privado,
                        upload_to="adjuntos/%Y/%m/",
                        verbose_name="archivo",
                    ),
                ),
                ("nombre", models.CharField(max_length=160, verbose_name="nombre")),
                ("tipo_mime", models.CharField(max_length=100, verbose_name="tipo")),
                ("bytes", models.PositiveIntegerField(verbose_name="tamaño en bytes")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "descripcion",
                    models.CharField(blank=True, max_length=200, verbose_name="descripción"),
                ),
                ("token", models.CharField(max_length=43, unique=True)),
                ("subido_en", models.DateTimeField(db_index=True, verbose_name="subido")),
                (
                    "consulta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="procesos.consulta",
                    ),
                ),
                (
                    "cuenta",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "archivo subido",
                "verbose_name_plural": "archivos subidos",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Visita",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("en", models.DateTimeField(verbose_name="en")),
                (
                    "antes",
                    models.DateTimeField(blank=True, null=True, verbose_name="visita anterior"),
                ),
                ("veces", models.PositiveIntegerField(default=1, verbose_name="visitas")),
                (
                    "asunto",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="procesos.asunto",
                    ),
                ),
                (
                    "cuenta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "raiz",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="aportes.aporte",
                    ),
                ),
            ],
            options={
                "verbose_name": "visita",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("raiz", None)),
                        fields=("cuenta", "asunto"),
                        name="visita_una_por_asunto",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("raiz__isnull", False)),
                        fields=("cuenta", "raiz"),
                        name="visita_una_por_hilo",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Autoria",
            fields=[
                (
                    "aporte",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="autoria",
                        serialize=False,
                        to="aportes.aporte",
                    ),
                ),
                (
                    "nombre_publico",
                    models.CharField(blank=True, max_length=80, verbose_name="nombre público"),
                ),
                (
                    "organizacion",
                    models.CharField(blank=True, max_length=160, verbose_name="organización"),
                ),
                ("correo", models.EmailField(blank=True, max_length=254, verbose_name="correo")),
                ("codigo_hash", models.CharField(blank=True, db_index=True, max_length=64)),
                ("sal", models.CharField(blank=True, max_length=32)),
                ("huella_envio", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "cuenta",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="autorias",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "autoría",
                "indexes": [
                    models.Index(
                        condition=models.Q(("huella_envio", ""), _negated=True),
                        fields=["huella_envio"],
                        name="autoria_mismo_envio",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("cuenta", None), models.Q(("correo", ""), _negated=True)
                        ),
                        fields=["correo"],
                        name="autoria_de_invitados",
                    ),
                ],
            },
        ),
    ]
