import datetime

from django.core.validators import MaxValueValidator
from django.db import migrations, models

HASTA = MaxValueValidator(
    datetime.datetime(2200, 1, 1, tzinfo=datetime.UTC),
    "Revise el año: una etapa no llega tan lejos.",
)
FECHAS = {
    "prevista_inicio": "inicio previsto",
    "prevista_fin": "fin previsto",
    "inicio": "inicio",
    "fin": "fin",
}


class Migration(migrations.Migration):
    dependencies = [("procesos", "0007_avisos_de_plazo")]

    operations = [
        migrations.AlterField(
            model_name="etapa",
            name=nombre,
            field=models.DateTimeField(
                blank=True, null=True, validators=[HASTA], verbose_name=rotulo
            ),
        )
        for nombre, rotulo in FECHAS.items()
    ]
